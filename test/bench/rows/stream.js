import { cpus } from 'node:os'
import { awards, issuerOptions } from '../awards.js'
import { fromPackage } from '../installed.js'
import { median, runOnce } from '../measure.js'
import { fact, line } from '../table.js'

export const title = '10 000 typical badges, two cores, streamed'

const BADGES = 10_000
const RUNS = 3
const MB = 1024 * 1024

export const contestants = {
  /** `issueInWorkers` with two threads, from the call to the last text; starting the threads is a part of it. */
  ours: async ({ installed, identity }) => {
    const { issueInWorkers } = await fromPackage(installed, 'node')
    const { memoryStores } = await fromPackage(installed, 'store/memory')
    return async () => {
      const { profile, status } = issuerOptions({ memoryStores }, identity)
      const options = { profile, status, key: identity.privateJwk, workers: 2, as: 'text' }
      let [done, peak] = [0, 0]
      const start = performance.now()
      for await (const { error } of issueInWorkers(awards(BADGES), options)) {
        if (error !== undefined) throw error
        // Resident memory of the process, its threads included.
        if (++done % 100 === 0) peak = Math.max(peak, process.memoryUsage.rss())
      }
      if (done !== BADGES) throw new Error(`${done} badges came out`)
      return { seconds: (performance.now() - start) / 1000, megabytes: peak / MB }
    }
  },
}

export async function run({ installed, identity }) {
  const runs = []
  for (let run = 0; run < RUNS; run++) runs.push(await runOnce(import.meta.url, 'ours', { installed, identity }))
  const seconds = median(runs.map((run) => run.seconds))
  const megabytes = Math.max(...runs.map((run) => run.megabytes))
  const cores = cpus().length
  return [
    line('wall clock', { reached: seconds, unit: 's', floor: 0.9, aim: 0.6, atMost: true }),
    line('resident memory at most', { reached: megabytes, unit: 'MB', floor: 150, atMost: true }),
    ...(cores === 2 ? [] : [fact('cores of this machine', cores, '')]),
  ]
}
