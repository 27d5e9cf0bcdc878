/**
 * An issuer with a memory beside one without: libsql, and PostgreSQL whose every commit reaches the disk, on the same cores. With
 * `--cpu` the ratios are of CPU time, and two processes are judged by what two cores can do of their work and the server's.
 *
 * @module
 */
import { join } from 'node:path'
import { hire } from '../clerks.js'
import { clockName, median } from '../measure.js'
import { benchServer } from '../postgres.js'
import { fact, line, notMeasured } from '../table.js'
import { watchServer } from '../watch.js'

export const title = 'Issuing and revoking with stores (awards in, texts out)'

const ROUNDS = 5
/** Awards of one process in one round. */
const AWARDS = 4000
const WARM_UP = 3000
const PROCESSES = [1, 2, 4]

export async function run({ folder, installed, identity }) {
  const server = await benchServer(folder)
  const places = {
    libsql: { path: join(folder, 'stores.db') },
    ...('missing' in server ? {} : { PostgreSQL: { postgres: server.options } }),
  }
  const hired = {}
  try {
    hired.none = await hire(1, { installed, identity, place: {} })
    for (const [name, place] of Object.entries(places))
      hired[name] = await hire(Math.max(...PROCESSES), { installed, identity, place })
    const lines = await measure(hired, server)
    if ('missing' in server) lines.push(notMeasured('PostgreSQL', server.missing))
    return lines
  } finally {
    for (const clerks of Object.values(hired)) await Promise.all(clerks.map((clerk) => clerk.end()))
    if ('stop' in server) server.stop()
  }
}

async function measure(hired, server) {
  const watch = 'options' in server ? watchServer(server.options) : undefined
  const rounds = {}
  let next = 0
  /** So many of them at once. Microseconds of an award, all together: by the clock, of the processes, of the server. */
  const issue = async (clerks, count) => {
    const server = await watch?.cpu()
    const start = performance.now()
    const answers = await Promise.all(
      clerks.map((clerk) => {
        next += count
        return clerk.ask({ task: 'issue', count, first: next })
      }),
    )
    const awards = count * clerks.length
    return {
      wall: ((performance.now() - start) * 1000) / awards,
      cpu: answers.reduce((sum, { cpu }) => sum + cpu, 0) / awards,
      server: watch === undefined ? 0 : ((await watch.cpu()) - server) / awards,
      megabytes: Math.max(...answers.map(({ rss }) => rss)) / 1e6,
    }
  }
  for (const clerks of Object.values(hired)) await issue(clerks, WARM_UP)
  const kinds = Object.keys(hired).flatMap((name) =>
    (name === 'none' ? [1] : PROCESSES).map((count) => ({ key: `${name} ${count}`, name, count })),
  )
  for (let round = 0; round < ROUNDS; round++)
    for (const { key, name, count } of kinds) {
      const looking = name === 'PostgreSQL' && count > 1 ? watch.look() : undefined
      const figures = await issue(hired[name].slice(0, count), AWARDS)
      await looking?.()
      rounds[key] = [...(rounds[key] ?? []), figures]
    }
  const flips = {}
  for (const name of Object.keys(hired).filter((each) => each !== 'none')) {
    const [clerk] = hired[name]
    flips[name] = []
    for (let round = 0; round < 3; round++) {
      await issue([clerk], AWARDS)
      const { ids } = await clerk.ask({ task: 'ids', count: AWARDS, first: next })
      const [start, before] = [performance.now(), await watch?.cpu()]
      const { cpu } = await clerk.ask({ task: 'revoke', ids })
      const spent = (performance.now() - start) * 1000
      const server = watch === undefined ? 0 : (await watch.cpu()) - before
      flips[name].push((ids.length * 1e6) / (clockName() === 'CPU time' ? cpu + server : spent))
    }
  }
  await watch?.end()
  return linesOf(rounds, flips, watch)
}

function linesOf(rounds, flips, watch) {
  const of = (key, what) => median(rounds[key].map((each) => each[what]))
  const ratio = (key, other, what) => median(rounds[key].map((each, round) => rounds[other][round][what] / each[what]))
  const byCpu = clockName() === 'CPU time'
  const rate = (key) => fact(`${key} at work, awards a second`, 1e6 / of(key, 'wall'), '')
  const lines = [fact('no stores, awards a second', 1e6 / of('none 1', 'wall'), '')]
  for (const name of Object.keys(flips)) {
    const [one, two, four] = PROCESSES.map((count) => `${name} ${count}`)
    lines.push(rate(one), rate(two), rate(four))
    lines.push(fact(`${one}, CPU of an award`, of(one, 'cpu'), 'us'))
    if (name === 'PostgreSQL') lines.push(fact('and of the server', of(one, 'server'), 'us'))
    lines.push(
      line(`${name}, one process: of the rate without stores`, {
        reached: ratio(one, 'none 1', byCpu ? 'cpu' : 'wall'),
        floor: 0.5,
      }),
    )
    // Of SQLite's writers one is at work at a time.
    const twoOfOne = byCpu ? (2 * of(one, 'cpu')) / (of(two, 'cpu') + of(two, 'server')) : ratio(two, one, 'wall')
    lines.push(
      name === 'PostgreSQL'
        ? line(`${name}, two processes: of one`, { reached: twoOfOne, floor: 1.3 })
        : fact(`${name}, two processes: of one`, ratio(two, one, 'wall'), 'x'),
      fact(`${name}, four processes: of one`, ratio(four, one, 'wall'), 'x'),
      fact(`${name}, memory of a process at most`, Math.max(...rounds[one].map(({ megabytes }) => megabytes)), 'MB'),
      line(`${name}, revokeMany, a second`, { reached: median(flips[name]), unit: '', floor: 5000 }),
    )
  }
  if (watch === undefined) return lines
  const { samples, busy, rows, files } = watch.waits
  const looks = `in ${samples} looks at ${busy} busy backends`
  return [
    ...lines,
    line(`PostgreSQL, waits for another's row or transaction ${looks}`, {
      reached: rows,
      unit: '',
      floor: 0,
      atMost: true,
    }),
    fact('PostgreSQL, waits for a file that another makes longer', files, ''),
  ]
}
