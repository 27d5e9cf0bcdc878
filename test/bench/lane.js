/**
 * The process of one contestant: gets its data, then the number of calls of each round, and answers the microseconds of one call;
 * asked for one `answer`, what the call answers.
 *
 * @module
 */
const { row, name, byCpu } = JSON.parse(process.argv[2])
let work
let next = 0

process.on('message', async ({ data, count, answer }) => {
  try {
    if (data !== undefined) {
      work = import(row).then(({ contestants }) => contestants[name](data))
      // Its error is told with the first round.
      work.catch(() => undefined)
      return
    }
    const one = await work
    process.send(answer ? { answer: await one(next++) } : { time: await timed(one, count) })
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) })
  }
})

async function timed(one, count) {
  const start = clock()
  // What answers no promise is still awaited, as its callers would.
  for (const end = next + count; next < end; next++) await one(next)
  return (clock() - start) / count
}

/** Microseconds. */
function clock() {
  if (!byCpu) return performance.now() * 1000
  const { user, system } = process.cpuUsage()
  return user + system
}
