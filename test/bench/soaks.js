/**
 * The two soaks; each runs in a process of its own (see soak.js) and says what it saw.
 *
 * @module
 */
import { awards, issuerOptions } from './awards.js'
import { typicalBadge } from './badges.js'
import { fromPackage } from './installed.js'
import { median } from './measure.js'
import { demandValid, loaderOf } from './setting.js'

export const BATCH = 10_000
export const BATCH_MB = 150
const SAMPLES = 20
/** After the first fifth (code is compiled, caches are filled) the last fifth may hold this much more. MB. */
const GROWTH_MB = 8
const MB = 1024 * 1024

export const contestants = {
  /** Awards in, badges out, none of them kept. Resident memory is sampled while it runs, garbage and all. */
  issue:
    ({ installed, identity }) =>
    async () => {
      const { createIssuer, createSigner } = await fromPackage(installed)
      const signer = await createSigner({ key: identity.privateJwk })
      const issuer = createIssuer(issuerOptions(await fromPackage(installed, 'store/memory'), identity, signer))
      let characters = 0
      let peak = 0
      let done = 0
      for await (const { credential, error } of issuer.issueBatch(awards(BATCH))) {
        if (error !== undefined) throw error
        characters += JSON.stringify(credential).length
        if (++done % 100 === 0) peak = Math.max(peak, process.memoryUsage.rss())
      }
      const reached = peak / MB
      return {
        text: `${done} badges, ${(characters / MB).toFixed(1)} MB of text: ${reached.toFixed(0)} MB resident at most`,
        isMet: reached < BATCH_MB,
      }
    },
  /** A service that verifies badge after badge, each signed just before. After each part: collected, then weighed. */
  verify:
    ({ installed, identity, statusList, count }) =>
    async () => {
      const { createSigner, createVerifier, signCredential } = await fromPackage(installed)
      const signer = await createSigner({ key: identity.privateJwk })
      const verifier = createVerifier({ trustedIssuers: [identity.did], loader: loaderOf(statusList) })
      const samples = []
      for (let index = 0; index < count; index++) {
        const badge = await signCredential(typicalBadge(identity.did, index), { signer })
        demandValid(await verifier.verify(JSON.stringify(badge)))
        if ((index + 1) % Math.ceil(count / SAMPLES) !== 0) continue
        globalThis.gc()
        const { heapUsed, rss } = process.memoryUsage()
        samples.push({ heap: heapUsed / MB, rss: rss / MB })
        console.log(
          `  ${String(index + 1).padStart(8)} verified: heap ${(heapUsed / MB).toFixed(1)} MB, resident ${(rss / MB).toFixed(0)} MB`,
        )
      }
      const fifth = Math.max(1, Math.floor(samples.length / 5))
      const grownBy = (name) => {
        const of = (some) => median(some.map((sample) => sample[name]))
        return of(samples.slice(-fifth)) - of(samples.slice(fifth, 2 * fifth))
      }
      const [heap, rss] = [grownBy('heap'), grownBy('rss')]
      return {
        text: `${count} badges: heap grew by ${heap.toFixed(1)} MB, resident memory by ${rss.toFixed(1)} MB (bound ${GROWTH_MB})`,
        isMet: heap < GROWTH_MB && rss < GROWTH_MB,
      }
    },
}
