import { awards, issuerOptions } from '../awards.js'
import { fromPackage } from '../installed.js'
import { race } from '../measure.js'
import { digitalbazaar, rawSignature, textsOf } from '../setting.js'
import { fact, overRaw, timesFaster } from '../table.js'

export const title = 'Batch on one core (awards in, texts out)'

/** Awards of one call of `issueBatch`. What it prepares is paid for again in each. */
const BATCH = 250

export const contestants = {
  ours: async ({ installed, identity }) => {
    const { createIssuer, createSigner } = await fromPackage(installed)
    const signer = await createSigner({ key: identity.privateJwk })
    const issuer = createIssuer(issuerOptions(await fromPackage(installed, 'store/memory'), identity, signer))
    // As they would be written to a file.
    const file = Buffer.alloc(16_384)
    return async (index) => {
      for await (const { text, error } of issuer.issueBatch(awards(BATCH, index * BATCH), { as: 'text' })) {
        if (error !== undefined) throw error
        file.write(text)
      }
    }
  },
  vc: async ({ peers, identity, file }) => {
    const { issue } = await digitalbazaar({ peers, identity })
    const text = textsOf(file)
    return (index) => issue(text(index))
  },
  raw: ({ identity }) => rawSignature(identity).sign,
}

export async function run({ files, ...setting }) {
  const times = await race(import.meta.url, Object.keys(contestants), { ...setting, file: files.typical })
  const each = (name) => ({ ...times, ratio: (a, b) => times.ratio(a, b) * (a === name ? 1 / BATCH : BATCH) })
  return [
    fact('ours, each', times.median('ours') / BATCH, 'us'),
    timesFaster('@digitalbazaar/vc', each('ours'), 'vc', 'ours', 65),
    overRaw('over the raw signature', each('ours'), 'ours', 'raw', 2.4, 1.8),
  ]
}
