/**
 * What the rows share: the built package, the peers, an issuer with its key in every form that somebody wants, files of badges.
 * All of it can be sent to another process as JSON; the functions below make of it what runs.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { base58 } from '@scure/base'
import { CONTEXTS, minimalBadge, STATUS_ENTRIES, STATUS_LIST, typicalBadge } from './badges.js'
import { buildPackage, fromPackage, fromPeers, installPeers, repairPeers, scratchFolder } from './installed.js'

/** Badges of each kind, each another one; a contestant that goes round sees its first badge again after this many. */
const BADGES = 5000

/** `badges`: how many of each kind are written to files. */
export async function makeSetting({ badges: count = BADGES } = {}) {
  const folder = scratchFolder()
  const installed = buildPackage(folder)
  const badgewright = await fromPackage(installed)
  const { createSigner, generateKey, signCredential } = badgewright
  const identity = await identify(await generateKey('EdDSA'), createSigner)
  const signer = await createSigner({ key: identity.privateJwk })
  const statusList = JSON.stringify(await signCredential(statusListOf(identity.did), { signer }))
  const files = {}
  for (const [name, badge] of Object.entries({ minimal: minimalBadge, typical: typicalBadge })) {
    const badges = Array.from({ length: count }, (_, index) => badge(identity.did, index))
    files[name] = writeTexts(
      join(folder, `${name}.ndjson`),
      badges.map((each) => JSON.stringify(each)),
    )
    const signed = []
    for (const each of badges) signed.push(JSON.stringify(await signCredential(each, { signer })))
    files[`signed-${name}`] = writeTexts(join(folder, `signed-${name}.ndjson`), signed)
  }
  let repaired
  return {
    folder,
    installed,
    identity,
    statusList,
    files,
    get peers() {
      return installPeers()
    },
    get repaired() {
      repaired ??= repairPeers(folder)
      return repaired
    },
  }
}

/** A key in every form that somebody wants. */
export async function identify(privateJwk, createSigner) {
  const { verificationMethod } = await createSigner({ key: privateJwk })
  const [did, publicKeyMultibase] = verificationMethod.split('#')
  const { d: _, ...publicJwk } = privateJwk
  const seed = Buffer.from(privateJwk.d, 'base64url')
  const secretKeyMultibase = `z${base58.encode(Uint8Array.from([0x80, 0x26, ...seed]))}`
  return { did, verificationMethod, publicKeyMultibase, secretKeyMultibase, privateJwk, publicJwk }
}

export function statusListOf(
  issuer,
  encodedList = `u${gzipSync(Buffer.alloc(STATUS_ENTRIES / 8)).toString('base64url')}`,
) {
  return {
    '@context': CONTEXTS.slice(0, 1),
    id: STATUS_LIST,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: `${STATUS_LIST}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList,
    },
  }
}

export function writeTexts(path, texts) {
  writeFileSync(path, texts.join('\n'))
  return path
}

/** `(index) => text` of a file of badges. Each has its own memory, as if it had just come in; `split` makes views of one long text. */
export function textsOf(path) {
  const texts = readFileSync(path, 'utf8')
    .split('\n')
    .map((text) => Buffer.from(text).toString())
  return (index) => texts[index % texts.length]
}

/** Answers the status list, and nothing else: nothing else may be asked for. */
export function loaderOf(statusList) {
  const bytes = new TextEncoder().encode(statusList)
  return {
    load: async ({ url }) => {
      if (url !== STATUS_LIST) throw new Error(`the bench has no ${url}`)
      return { url, bytes, mediaType: 'application/vc', maxAgeSeconds: 3600 }
    },
  }
}

export async function digitalbazaar({ peers, identity }) {
  return (await fromPeers('digitalbazaar', peers)).digitalbazaar(identity)
}

/**
 * The bound that no library can move: node:crypto's one-shot call with keys imported once. `length`: how many bytes are signed; 64
 * are what an embedded proof signs.
 */
export function rawSignature({ privateJwk, publicJwk }, { hash = null, length = 64 } = {}) {
  const dsaEncoding = 'ieee-p1363'
  const key = { key: createPrivateKey({ key: privateJwk, format: 'jwk' }), dsaEncoding }
  const publicKey = { key: createPublicKey({ key: publicJwk, format: 'jwk' }), dsaEncoding }
  const data = randomBytes(length)
  const signature = sign(hash, data, key)
  return { sign: () => sign(hash, data, key), verify: () => verify(hash, data, publicKey, signature) }
}

/** Throws where a badge of the bench does not verify. */
export function demandValid({ outcome, checks }) {
  if (outcome !== 'valid') throw new Error(`a badge of the bench is ${outcome}: ${JSON.stringify(checks)}`)
}
