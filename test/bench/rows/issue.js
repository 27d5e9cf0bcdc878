import { fromPackage } from '../installed.js'
import { race } from '../measure.js'
import { digitalbazaar, rawSignature, textsOf } from '../setting.js'
import { fact, overRaw, timesFaster } from '../table.js'

export const title = 'Issue one (text in, text out)'

/** From the text of a credential to the text of the signed one: `signCredential` with nothing but a signer. */
export const contestants = {
  ours: async ({ installed, identity, file }) => {
    const { createSigner, signCredential } = await fromPackage(installed)
    const signer = await createSigner({ key: identity.privateJwk })
    const text = textsOf(file)
    return async (index) => JSON.stringify(await signCredential(JSON.parse(text(index)), { signer }))
  },
  vc: async ({ peers, identity, file }) => {
    const { issue } = await digitalbazaar({ peers, identity })
    const text = textsOf(file)
    return (index) => issue(text(index))
  },
  repaired: ({ repaired, ...data }) => contestants.vc({ ...data, peers: repaired }),
  raw: ({ identity }) => rawSignature(identity).sign,
}

export async function run(setting) {
  const { files, ...data } = setting
  const go = (file) => race(import.meta.url, Object.keys(contestants), { ...data, file })
  const typical = await go(files.typical)
  const minimal = await go(files.minimal)
  return [
    fact('typical: ours', typical.median('ours'), 'us'),
    timesFaster('typical: @digitalbazaar/vc', typical, 'vc', 'ours', 40),
    timesFaster('typical: @digitalbazaar/vc, repaired', typical, 'repaired', 'ours', 11),
    overRaw('typical: over the raw signature', typical, 'ours', 'raw', 4, 3),
    fact('minimal: ours', minimal.median('ours'), 'us'),
    timesFaster('minimal: @digitalbazaar/vc', minimal, 'vc', 'ours', 35),
    fact('minimal: @digitalbazaar/vc, repaired', minimal.ratio('repaired', 'ours'), 'x'),
    fact('minimal: over the raw signature', minimal.ratio('ours', 'raw'), 'x'),
  ]
}
