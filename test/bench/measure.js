/**
 * Interleaved rounds: A, B, C, raw, A, B, ... so that a noisy machine is noisy for all of them; medians over the rounds, ratios
 * within each round. Each contestant has a process of its own, or one would pay for the garbage and the memory of another.
 *
 * @module
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Milliseconds of work of one contestant in one round: long beside the clock, short beside the noise of a shared machine. */
const ROUND_MS = 40
/** Compilers want some thousand calls; those that take long get fewer, in microseconds all together. */
const WARM_UP_CALLS = 8000
const WARM_UP = 4_000_000

/** CPU time of the process (its garbage collector's too) instead of the clock on the wall: for a machine that others use. */
let byCpu = false
export function measureCpuTime() {
  byCpu = true
}
export const clockName = () => (byCpu ? 'CPU time' : 'wall clock')

/**
 * Runs some of a row's `contestants` (name to `(data) => work`, where `work(index)` is called with another index each time) and
 * answers `{ median(name), ratio(a, b) }`: microseconds per call, and how many times longer `a` takes than `b`.
 *
 * `row` is the URL of the module that exports them. `data` is plain JSON.
 */
export async function race(row, names, data, { rounds = 21 } = {}) {
  const lanes = []
  try {
    for (const name of names) {
      const lane = openLane(row, name, data)
      const each = await warmUp(lane)
      lanes.push({ ...lane, name, count: Math.max(1, Math.round((ROUND_MS * 1000) / each)), times: [] })
    }
    for (let round = 0; round < rounds; round++) for (const lane of lanes) lane.times.push(await lane.run(lane.count))
  } finally {
    for (const { close } of lanes) close()
  }
  const timesOf = (name) => {
    const lane = lanes.find((each) => each.name === name)
    if (lane === undefined) throw new Error(`no contestant is called ${name}`)
    return lane.times
  }
  return {
    median: (name) => median(timesOf(name)),
    ratio: (a, b) => {
      const other = timesOf(b)
      return median(timesOf(a).map((time, round) => time / other[round]))
    },
  }
}

/** Microseconds of one call, once it is warm. Step by step: the first calls take many times as long as the others. */
async function warmUp(lane) {
  let [calls, spent, each, step] = [0, 0, 0, 3]
  while (calls < WARM_UP_CALLS && spent < WARM_UP) {
    each = await lane.run(step)
    calls += step
    spent += each * step
    step = Math.max(1, Math.min(500, Math.ceil(200_000 / each)))
  }
  return each
}

/** What `contestants[name](data)()` answers, in a process of its own. */
export async function runOnce(row, name, data) {
  const lane = openLane(row, name, data)
  try {
    return await lane.answer()
  } finally {
    lane.close()
  }
}

function openLane(row, name, data) {
  const child = fork(new URL('lane.js', import.meta.url), [JSON.stringify({ row, name, byCpu })], {
    execArgv: ['--expose-gc'],
  })
  child.send({ data })
  const gone = once(child, 'exit').then(([code]) => ({ error: `its process ended with ${code}` }))
  const ask = async (question) => {
    const answered = new Promise((resolve) => child.once('message', resolve))
    child.send(question)
    const { error, ...answer } = await Promise.race([answered, gone])
    if (error !== undefined) throw new Error(`${name}: ${error}`)
    return answer
  }
  return {
    run: async (count) => (await ask({ count })).time,
    answer: async () => (await ask({ count: 1, answer: true })).answer,
    close: () => child.kill(),
  }
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
