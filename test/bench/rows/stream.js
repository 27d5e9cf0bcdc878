import { cpus } from 'node:os'
import { awards, issuerOptions } from '../awards.js'
import { fromPackage } from '../installed.js'
import { median, runOnce } from '../measure.js'
import { fact, line } from '../table.js'

export const title = '10 000 typical badges, two cores, streamed'

const BADGES = 10_000
const RUNS = 5
const MB = 1024 * 1024

export const contestants = {
  /** On the thread of the caller, from the call to the last text. The other core compiles and collects garbage. */
  issueBatch: async ({ installed, identity }) => {
    const { createIssuer, createSigner } = await fromPackage(installed)
    const signer = await createSigner({ key: identity.privateJwk })
    const issuer = createIssuer(issuerOptions(await fromPackage(installed, 'store/memory'), identity, signer))
    return () => timed(issuer.issueBatch(awards(BADGES), { as: 'text' }))
  },
}

async function timed(badges) {
  let [done, peak] = [0, 0]
  const start = performance.now()
  for await (const { error } of badges) {
    if (error !== undefined) throw error
    if (++done % 100 === 0) peak = Math.max(peak, process.memoryUsage.rss())
  }
  if (done !== BADGES) throw new Error(`${done} badges came out`)
  return { seconds: (performance.now() - start) / 1000, megabytes: peak / MB }
}

export async function run({ installed, identity }) {
  const figures = {}
  for (const name of Object.keys(contestants)) {
    const runs = []
    for (let run = 0; run < RUNS; run++) runs.push(await runOnce(import.meta.url, name, { installed, identity }))
    figures[name] = {
      seconds: median(runs.map((run) => run.seconds)),
      megabytes: Math.max(...runs.map((run) => run.megabytes)),
    }
  }
  const { issueBatch } = figures
  const cores = cpus().length
  return [
    line('issueBatch', { reached: issueBatch.seconds, unit: 's', floor: 0.9, aim: 0.6, atMost: true }),
    line('issueBatch, resident memory at most', {
      reached: issueBatch.megabytes,
      unit: 'MB',
      floor: 150,
      atMost: true,
    }),
    ...(cores === 2 ? [] : [fact('cores of this machine', cores, '')]),
  ]
}
