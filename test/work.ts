/**
 * Work as a number that is the same on every machine: how often the pieces of code were run, as V8 counts them for coverage. Import what is
 * measured with `import()` after this module: code that was compiled before is counted by whole functions only. What the engine does in one
 * call (a regular expression, indexOf) counts as one.
 *
 * @module
 */
import { Session } from 'node:inspector'

const session = new Session()
session.connect()

/** Answered at once: the session is of this thread. */
function ask(method: string, params: object = {}): unknown {
  let answer: unknown
  session.post(method, params, (error, result) => {
    if (error !== null) throw new Error(`${method}: ${JSON.stringify(error)}`)
    answer = result
  })
  return answer
}

interface Coverage {
  readonly result: readonly {
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[]
  }[]
}

ask('Profiler.enable')
ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
// Taking it sets the counters to zero.
const take = () => ask('Profiler.takePreciseCoverage') as Coverage

/** Of `act`, which is synchronous. */
export function workOf(act: () => unknown): number {
  take()
  act()
  let work = 0
  for (const { functions } of take().result)
    for (const { ranges } of functions) for (const { count } of ranges) work += count
  return work
}

/** How many times the work of the smallest each is, for inputs of one, two and four times `size`. */
export function growthOf(act: (size: number) => unknown, size: number): readonly number[] {
  // What is loaded and remembered once is not part of it.
  act(size)
  const [one, ...more] = [1, 2, 4].map((times) => workOf(() => act(times * size)))
  return more.map((work) => work / (one as number))
}

/** The same of what answers later. Nothing else may run meanwhile. */
export async function workOfAsync(act: () => Promise<unknown>): Promise<number> {
  take()
  await act()
  let work = 0
  for (const { functions } of take().result)
    for (const { ranges } of functions) for (const { count } of ranges) work += count
  return work
}
