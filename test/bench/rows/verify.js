import { STATUS_LIST } from '../badges.js'
import { fromPackage, fromPeers } from '../installed.js'
import { race } from '../measure.js'
import { demandValid, digitalbazaar, loaderOf, rawSignature, textsOf } from '../setting.js'
import { fact, overRaw, timesFaster } from '../table.js'

export const title = 'Verify one (text in, full report out)'

export const contestants = {
  /** A verifier that has met the issuer before, as a service has: key imported, status list decoded. No verdict is kept. */
  ours: async ({ installed, identity, statusList, file }) => {
    const { createVerifier } = await fromPackage(installed)
    const verifier = createVerifier({ trustedIssuers: [identity.did], loader: loaderOf(statusList) })
    const text = textsOf(file)
    return async (index) => demandValid(await verifier.verify(text(index)))
  },
  vc: async ({ peers, identity, file }) => {
    const { verify } = await digitalbazaar({ peers, identity })
    const text = textsOf(file)
    return (index) => verify(text(index))
  },
  repaired: ({ repaired, ...data }) => contestants.vc({ ...data, peers: repaired }),
  verifierCore: async ({ peers, statusList, file }) => {
    const { answerFetches, verify } = await fromPeers('verifier-core', peers)
    answerFetches({ [STATUS_LIST]: JSON.parse(statusList) })
    const text = textsOf(file)
    return (index) => verify(text(index))
  },
  raw: ({ identity }) => rawSignature(identity).verify,
}

export async function run(setting) {
  const { files, ...data } = setting
  const go = (file) => race(import.meta.url, Object.keys(contestants), { ...data, file })
  const typical = await go(files['signed-typical'])
  const minimal = await go(files['signed-minimal'])
  return [
    fact('typical: ours', typical.median('ours'), 'us'),
    timesFaster('typical: @digitalbazaar/vc', typical, 'vc', 'ours', 27),
    fact('typical: @digitalbazaar/vc, repaired', typical.ratio('repaired', 'ours'), 'x'),
    timesFaster('typical: @digitalcredentials/verifier-core', typical, 'verifierCore', 'ours', 25),
    overRaw('typical: over the raw signature', typical, 'ours', 'raw', 2, 1.7),
    fact('minimal: ours', minimal.median('ours'), 'us'),
    timesFaster('minimal: @digitalbazaar/vc', minimal, 'vc', 'ours', 17),
    fact('minimal: @digitalbazaar/vc, repaired', minimal.ratio('repaired', 'ours'), 'x'),
    timesFaster('minimal: @digitalcredentials/verifier-core', minimal, 'verifierCore', 'ours', 25),
    fact('minimal: over the raw signature', minimal.ratio('ours', 'raw'), 'x'),
  ]
}
