import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { typicalBadge } from '../badges.js'
import { fromPackage, fromPeers } from '../installed.js'
import { race } from '../measure.js'
import { demandValid, identify, rawSignature, textsOf, writeTexts } from '../setting.js'
import { fact, overRaw, timesFaster } from '../table.js'

export const title = 'VC-JWT, typical badge'

const BADGES = 3000

export const contestants = {
  sign: async ({ installed, identity, file }) => {
    const { createSigner, signCredential } = await fromPackage(installed)
    const signer = await createSigner({ key: identity.privateJwk })
    const text = textsOf(file)
    return (index) => signCredential(JSON.parse(text(index)), { signer, format: 'jwt' })
  },
  verify: async ({ installed, identity, signed }) => {
    const { createVerifier } = await fromPackage(installed)
    const verifier = createVerifier({ trustedIssuers: [identity.did] })
    const text = textsOf(signed)
    return async (index) => demandValid(await verifier.verify(text(index)))
  },
  'jose sign': async ({ peers, algorithm, identity, file }) => {
    const { jose } = await fromPeers('jwt', peers)
    const { sign } = await jose(algorithm, identity)
    const text = textsOf(file)
    return (index) => sign(text(index))
  },
  'jose verify': async ({ peers, algorithm, identity, signed }) => {
    const { jose } = await fromPeers('jwt', peers)
    const { verify } = await jose(algorithm, identity)
    const text = textsOf(signed)
    return (index) => verify(text(index))
  },
  'did-jwt-vc sign': async ({ peers, identity, file }) => {
    const { sign } = (await fromPeers('jwt', peers)).didJwtVc(identity)
    const text = textsOf(file)
    return (index) => sign(text(index))
  },
  'did-jwt-vc verify': async ({ peers, identity, file }) => {
    const { sign, verify } = (await fromPeers('jwt', peers)).didJwtVc(identity)
    const text = textsOf(file)
    const signed = []
    for (let index = 0; index < 300; index++) signed.push(await sign(text(index)))
    return (index) => verify(signed[index % signed.length])
  },
  // Over as many bytes as a JWT of this badge has: they are hashed as part of the signature.
  'raw sign': ({ identity, raw }) => rawSignature(identity, raw).sign,
  'raw verify': ({ identity, raw }) => rawSignature(identity, raw).verify,
}

export async function run({ folder, files: _, ...setting }) {
  const { createSigner, generateKey, signCredential } = await fromPackage(setting.installed)
  const lines = []
  for (const algorithm of ['EdDSA', 'ES256']) {
    const identity = await identify(await generateKey(algorithm), createSigner)
    const signer = await createSigner({ key: identity.privateJwk })
    const file = join(folder, `${algorithm}.ndjson`)
    const signed = join(folder, `${algorithm}.jwts`)
    const badges = Array.from({ length: BADGES }, (_, index) => withoutStatus(typicalBadge(identity.did, index)))
    writeTexts(
      file,
      badges.map((badge) => JSON.stringify(badge)),
    )
    const jwts = []
    for (const badge of badges) jwts.push(await signCredential(badge, { signer, format: 'jwt' }))
    writeTexts(signed, jwts)
    const raw = { hash: algorithm === 'EdDSA' ? null : 'sha256', length: readFileSync(signed).indexOf('\n') - 87 }
    const names = Object.keys(contestants).filter((name) => algorithm === 'EdDSA' || !name.startsWith('did-jwt-vc'))
    const times = await race(import.meta.url, names, { ...setting, algorithm, identity, file, signed, raw })
    for (const [name, joseFloor] of [
      ['sign', 1.5],
      ['verify', 1.4],
    ]) {
      lines.push(
        fact(`${algorithm}, ${name}: ours`, times.median(name), 'us'),
        timesFaster(`${algorithm}, ${name}: jose alone`, times, `jose ${name}`, name, joseFloor),
        overRaw(`${algorithm}, ${name}: over the raw signature`, times, name, `raw ${name}`, 1.8, 1.5),
      )
      if (algorithm === 'EdDSA')
        lines.push(timesFaster(`${algorithm}, ${name}: did-jwt-vc`, times, `did-jwt-vc ${name}`, name, 10))
    }
  }
  return lines
}

/** The peers ask for no status. */
function withoutStatus({ credentialStatus: _, ...badge }) {
  return badge
}
