/**
 * Multikey (Controlled Identifiers 1.0 section 2.2.2): a multicodec header and the key's bytes, in base58btc with the multibase `z`.
 *
 * @module
 */
import { decodeBase58btc, encodeBase58btc } from '../internal/base58btc.js'
import { decodeBase64url, encodeBase64url } from '../internal/base64url.js'
import { concatBytes } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import type { PublicJwk } from '../model/jwk.js'
import { refusalOfEd25519Point } from '../platform/ed25519-strict.js'
import { compressPoint, decompressPoint } from './ec-point.js'
import { CURVES, type CurveName, type KeyProblem } from './jwk.js'

/** The multicodec table's unsigned varints. Length is that of the key after the header. */
const PUBLIC: Readonly<Record<CurveName, { header: Bytes; length: number }>> = {
  Ed25519: { header: new Uint8Array([0xed, 0x01]), length: 32 },
  'P-256': { header: new Uint8Array([0x80, 0x24]), length: 33 },
  'P-384': { header: new Uint8Array([0x81, 0x24]), length: 49 },
}
const SECRET: Readonly<Record<CurveName, { header: Bytes; length: number }>> = {
  Ed25519: { header: new Uint8Array([0x80, 0x26]), length: 32 },
  'P-256': { header: new Uint8Array([0x86, 0x26]), length: 32 },
  'P-384': { header: new Uint8Array([0x87, 0x26]), length: 48 },
}

export type MultikeyReading<K> =
  | { readonly ok: true; readonly key: K }
  | { readonly ok: false; readonly problem: KeyProblem }

/** `publicKeyMultibase` of a key. RSA keys have no Multikey form. */
export function encodePublicMultikey(key: Exclude<PublicJwk, { kty: 'RSA' }>): string {
  const x = decodeBase64url(key.x) as Bytes
  const material = key.kty === 'OKP' ? x : compressPoint(x, decodeBase64url(key.y) as Bytes)
  return `z${encodeBase58btc(concatBytes(PUBLIC[key.crv].header, material))}`
}

/** Reads `publicKeyMultibase`. Points that are not on their curve are refused, and those of Ed25519 that are of small order or not canonical. */
export function decodePublicMultikey(text: string): MultikeyReading<PublicJwk> {
  const read = split(text, PUBLIC, SECRET)
  if ('problem' in read) return { ok: false, problem: read.problem }
  const { curve, material } = read
  if (curve === 'Ed25519') {
    const refusal = refusalOfEd25519Point(material)
    return refusal === undefined
      ? { ok: true, key: { kty: 'OKP', crv: curve, x: encodeBase64url(material) } }
      : { ok: false, problem: { code: 'too_weak', message: `the point of the Ed25519 Multikey ${refusal}` } }
  }
  const point = decompressPoint(curve, material)
  if (point === undefined)
    return { ok: false, problem: { code: 'malformed', message: `the Multikey is not a point of ${curve}` } }
  return { ok: true, key: { kty: 'EC', crv: curve, x: encodeBase64url(point.x), y: encodeBase64url(point.y) } }
}

/** The curve, the private scalar or seed, and the public key where it stands behind it. */
export interface SecretMultikey {
  readonly curve: CurveName
  readonly secret: Bytes
  readonly publicKey?: Bytes
}

/**
 * Reads `secretKeyMultibase`. Controlled Identifiers 1.0 section 2.2.2 has the bare seed for Ed25519; @digitalbazaar/ed25519-multikey
 * writes the public key behind it unless it is told to be canonical, and its keys are what many issuers have.
 */
export function decodeSecretMultikey(text: string): MultikeyReading<SecretMultikey> {
  const read = split(text, SECRET, PUBLIC)
  if ('problem' in read) return { ok: false, problem: read.problem }
  const { curve, material } = read
  const { length } = SECRET[curve]
  if (material.length === length) return { ok: true, key: { curve, secret: material } }
  return { ok: true, key: { curve, secret: material.slice(0, length), publicKey: material.slice(length) } }
}

type Table = typeof PUBLIC

function split(
  text: string,
  expected: Table,
  other: Table,
): { curve: CurveName; material: Bytes } | { problem: KeyProblem } {
  const bytes = text.startsWith('z') && text.length <= 1024 ? decodeBase58btc(text.slice(1)) : undefined
  if (bytes === undefined)
    return {
      problem: {
        code: 'malformed',
        message: 'a Multikey is "z" and base58btc (Controlled Identifiers 1.0 section 2.2.2)',
      },
    }
  const curve = curveOf(bytes, expected)
  if (curve !== undefined) {
    const { header, length } = expected[curve]
    const found = bytes.length - header.length
    const isPair = expected === SECRET && curve === 'Ed25519' && found === length + PUBLIC.Ed25519.length
    if (found === length || isPair) return { curve, material: bytes.slice(header.length) }
    return {
      problem: {
        code: 'malformed',
        message: `a ${curve} Multikey has ${length} bytes of key, this one has ${found}`,
      },
    }
  }
  if (curveOf(bytes, other) !== undefined) {
    const problem: KeyProblem =
      expected === PUBLIC
        ? { code: 'private', message: 'a public key is expected, but this Multikey is a secret key' }
        : { code: 'malformed', message: 'a secret key is expected, but this Multikey is a public key' }
    return { problem }
  }
  return {
    problem: {
      code: isOtherKind(bytes) ? 'unsupported' : 'malformed',
      message: `${kindOf(bytes)} not supported: use Ed25519, P-256 or P-384`,
    },
  }
}

function curveOf(bytes: Bytes, table: Table): CurveName | undefined {
  return (Object.keys(CURVES) as CurveName[]).find((curve) =>
    table[curve].header.every((byte, at) => bytes[at] === byte),
  )
}

/** Other kinds of keys in the multicodec table. An unknown header is not shown: it may be the beginning of a bare secret. */
const OTHERS: Readonly<Record<string, readonly [number, number]>> = {
  secp256k1: [0xe7, 0x01],
  X25519: [0xec, 0x01],
  'BLS12-381 G1': [0xea, 0x01],
  'BLS12-381 G2': [0xeb, 0x01],
  'P-521': [0x82, 0x24],
  Ed448: [0x83, 0x24],
  RSA: [0x85, 0x24],
}

function kindOf(bytes: Bytes): string {
  const name = Object.keys(OTHERS).find((kind) => OTHERS[kind]?.every((byte, at) => bytes[at] === byte))
  return name === undefined
    ? 'a Multikey with an unknown multicodec header (a bare key has none) is'
    : `Multikeys of ${name} are`
}

/** A kind that the table knows and we do not take, as against bytes that are no key at all. */
function isOtherKind(bytes: Bytes): boolean {
  return Object.values(OTHERS).some((header) => header.every((byte, at) => bytes[at] === byte))
}
