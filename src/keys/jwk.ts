/**
 * Which keys are taken: a JWK is read member by member, and what leaves is a new object with the known members only.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { decodeBase64url } from '../internal/base64url.js'
import type { PrivateJwk, PublicJwk } from '../model/jwk.js'
import { refusalOfEd25519Point } from '../platform/ed25519-strict.js'
import { isOnCurve, type NistCurve } from './ec-point.js'
import type { KeyAlgorithm } from './signer.js'

/** Why a key is not taken. Never has key material in its message. */
export interface KeyProblem {
  readonly code: 'private' | 'unsupported' | 'malformed' | 'too_weak'
  readonly message: string
}
export type KeyReading<K> =
  | { readonly ok: true; readonly key: K; readonly algorithm: KeyAlgorithm }
  | { readonly ok: false; readonly problem: KeyProblem }

/** RFC 7518 sections 6.2.2 and 6.3.2, RFC 8037 section 2, and `k` of symmetric keys (section 6.4.1). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const
const RSA_PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const

/** NIST SP 800-131A: shorter RSA keys are not to be used for signatures. */
export const MIN_RSA_BITS = 2048
/** Longer moduli only serve to make verifying slow. */
const MAX_RSA_BITS = 8192

/** One row for each curve: the algorithm its keys sign with and how long a coordinate is. */
export const CURVES = {
  Ed25519: { kty: 'OKP', algorithm: 'EdDSA', bytes: 32 },
  'P-256': { kty: 'EC', algorithm: 'ES256', bytes: 32 },
  'P-384': { kty: 'EC', algorithm: 'ES384', bytes: 48 },
} as const satisfies Record<string, { kty: 'OKP' | 'EC'; algorithm: KeyAlgorithm; bytes: number }>

export type CurveName = keyof typeof CURVES

const fail = (code: KeyProblem['code'], message: string): { ok: false; problem: KeyProblem } => ({
  ok: false,
  problem: { code, message },
})

/**
 * Reads a public key. A private member is refused and not dropped: whoever published it has to know.
 * `use`, `key_ops` and `alg` are kept for `checkKeyUse`.
 */
export function readPublicJwk(value: unknown): KeyReading<PublicJwk> {
  if (!isObject(value)) return fail('malformed', 'a JWK is an object')
  const present = PRIVATE_MEMBERS.filter((member) => Object.hasOwn(value, member))
  if (present.length > 0) {
    return fail(
      'private',
      `a public key is expected, but this JWK has the private member "${present[0]}": publish it without, and replace the key if it was public`,
    )
  }
  return readMaterial(value)
}

/** Reads a private key. */
export function readPrivateJwk(value: unknown): KeyReading<PrivateJwk> {
  if (!isObject(value)) return fail('malformed', 'a JWK is an object')
  const reading = readMaterial(value)
  if (!reading.ok) return reading
  const { key, algorithm } = reading
  // RFC 7518 section 6.3.2.7: who does not support keys of more than two primes must not use one.
  if (key.kty === 'RSA' && value.oth !== undefined)
    return fail('unsupported', 'RSA keys of more than two primes ("oth") are not supported')
  const names = key.kty === 'RSA' ? RSA_PRIVATE : (['d'] as const)
  const material: Record<string, string> = {}
  for (const name of names) {
    const text = value[name]
    if (typeof text !== 'string' || decodeBase64url(text) === undefined) {
      return fail(
        'malformed',
        `a private key is expected, but "${name}" is ${text === undefined ? 'missing' : 'not base64url'}`,
      )
    }
    material[name] = text
  }
  if (key.kty !== 'RSA' && decodeBase64url(material.d as string)?.length !== CURVES[key.crv].bytes) {
    return fail('malformed', `"d" of a ${key.crv} key has ${CURVES[key.crv].bytes} bytes`)
  }
  return { ok: true, key: { ...key, ...material } as PrivateJwk, algorithm }
}

/** The public part of a private key. */
export function publicJwk(key: PrivateJwk | PublicJwk): PublicJwk {
  const { kid, use, alg } = key
  const common = {
    ...(kid === undefined ? {} : { kid }),
    ...(use === undefined ? {} : { use }),
    ...(alg === undefined ? {} : { alg }),
  }
  switch (key.kty) {
    case 'OKP':
      return { kty: key.kty, crv: key.crv, x: key.x, ...common }
    case 'EC':
      return { kty: key.kty, crv: key.crv, x: key.x, y: key.y, ...common }
    case 'RSA':
      return { kty: key.kty, n: key.n, e: key.e, ...common }
  }
}

/** RFC 7638 section 3.2: what makes the key, in the order of the alphabet. */
export function requiredMembers(key: PrivateJwk | PublicJwk): Readonly<Record<string, string>> {
  switch (key.kty) {
    case 'OKP':
      return { crv: key.crv, kty: key.kty, x: key.x }
    case 'EC':
      return { crv: key.crv, kty: key.kty, x: key.x, y: key.y }
    case 'RSA':
      return { e: key.e, kty: key.kty, n: key.n }
  }
}

/** The one algorithm a key signs with here: the algorithm comes from the key, never from a header (RFC 8725 section 3.1). */
export function algorithmOf(key: PublicJwk | PrivateJwk): KeyAlgorithm {
  return key.kty === 'RSA' ? 'RS256' : CURVES[key.crv].algorithm
}

/** Why the key must not verify (or sign) signatures, where its own `use`, `key_ops` or `alg` say so. RFC 7517 sections 4.2 to 4.4. */
export function checkKeyUse(key: PublicJwk, operation: 'verify' | 'sign' = 'verify'): string | undefined {
  if (key.use !== undefined && key.use !== 'sig') return `its "use" is "${printable(key.use)}", not "sig"`
  if (key.key_ops !== undefined && !key.key_ops.includes(operation))
    return `its "key_ops" do not include "${operation}"`
  // RFC 9864 names the curve where RFC 8037 says EdDSA.
  const names = [algorithmOf(key), ...(key.kty === 'OKP' ? ['Ed25519'] : [])]
  if (key.alg !== undefined && !names.includes(key.alg))
    return `its "alg" is "${printable(key.alg)}", but keys of its kind sign with ${names[0]}`
  return undefined
}

/** Same key material, whatever else the two say. */
export function isSameKey(a: PublicJwk, b: PublicJwk): boolean {
  if (a.kty === 'RSA') return b.kty === 'RSA' && a.n === b.n && a.e === b.e
  if (b.kty === 'RSA' || a.crv !== b.crv || a.x !== b.x) return false
  return a.kty === 'OKP' || (b.kty === 'EC' && a.y === b.y)
}

/** Throws what a caller who gave the wrong key should read. */
export function expectKey<K>(reading: KeyReading<K>, what: string): { key: K; algorithm: KeyAlgorithm } {
  if (reading.ok) return reading
  throw new UsageError('usage.invalid_key', `${what}: ${reading.problem.message}`)
}

/** `expectKey`, and its own `use`, `key_ops` and `alg` allow it to verify: others would refuse what it signs. */
export function expectVerifyingKey(value: unknown, what: string): { key: PublicJwk; algorithm: KeyAlgorithm } {
  return expectUse(expectKey(readPublicJwk(value), what), what, 'verify')
}

/** `expectKey`, and its own `use`, `key_ops` and `alg` allow it to sign. */
export function expectSigningKey(value: unknown, what: string): { key: PrivateJwk; algorithm: KeyAlgorithm } {
  return expectUse(expectKey(readPrivateJwk(value), what), what, 'sign')
}

function expectUse<K extends PublicJwk>(
  read: { key: K; algorithm: KeyAlgorithm },
  what: string,
  operation: 'verify' | 'sign',
): { key: K; algorithm: KeyAlgorithm } {
  const refusal = checkKeyUse(read.key, operation)
  if (refusal !== undefined) throw new UsageError('usage.invalid_key', `${what}: ${refusal}`)
  return read
}

/** Bytes of a signature by this key: RFC 8032 section 5.1.6, RFC 7518 section 3.4, RFC 8017 section 8.2. */
export function signatureBytes(key: PublicJwk): number {
  return key.kty === 'RSA' ? Math.ceil(bitLength(decodeBase64url(key.n) as Uint8Array) / 8) : 2 * CURVES[key.crv].bytes
}

/** A kind that may be a good one elsewhere, as against a shared secret, or an object that is no key. */
function isOtherKind(kty: unknown, crv: unknown): boolean {
  if (kty === 'EC' || kty === 'OKP') return typeof crv === 'string'
  return typeof kty === 'string' && kty !== 'oct'
}

function readMaterial(value: Readonly<Record<string, unknown>>): KeyReading<PublicJwk> {
  const common = readCommon(value)
  if (typeof common === 'string') return fail('malformed', common)
  const { kty, crv } = value
  if (kty === undefined) return fail('malformed', 'it has no "kty", which says what kind of key a JWK is')
  if (kty === 'RSA') return readRsa(value, common)
  if (typeof crv !== 'string' || !Object.hasOwn(CURVES, crv) || CURVES[crv as CurveName].kty !== kty) {
    return fail(
      isOtherKind(kty, crv) ? 'unsupported' : 'malformed',
      `keys of kty "${printable(kty)}"${crv === undefined ? '' : ` and crv "${printable(crv)}"`} are not supported: use Ed25519, P-256, P-384 or RSA`,
    )
  }
  const { algorithm, bytes } = CURVES[crv as CurveName]
  for (const name of kty === 'OKP' ? ['x'] : ['x', 'y']) {
    const coordinate = value[name]
    if (typeof coordinate !== 'string' || decodeBase64url(coordinate)?.length !== bytes) {
      return fail('malformed', `"${name}" of a ${crv} key is base64url of ${bytes} bytes (RFC 7518 section 6.2.1)`)
    }
  }
  const { x, y } = value as { x: string; y: string }
  const refusal = crv === 'Ed25519' ? refusalOfEd25519Point(decodeBase64url(x) as Uint8Array) : undefined
  if (refusal !== undefined) return fail('too_weak', `"x" of an Ed25519 key: the point ${refusal}`)
  if (
    crv !== 'Ed25519' &&
    !isOnCurve(crv as NistCurve, decodeBase64url(x) as Uint8Array, decodeBase64url(y) as Uint8Array)
  ) {
    return fail('malformed', `"x" and "y" are not a point of ${crv}`)
  }
  const key = kty === 'OKP' ? { kty, crv, x, ...common } : { kty, crv, x, y, ...common }
  return { ok: true, key: key as PublicJwk, algorithm }
}

function readRsa(value: Readonly<Record<string, unknown>>, common: object): KeyReading<PublicJwk> {
  const { n, e } = value
  const modulus = typeof n === 'string' ? decodeBase64url(n) : undefined
  const exponent = typeof e === 'string' ? decodeBase64url(e) : undefined
  if (modulus === undefined || exponent === undefined)
    return fail('malformed', '"n" and "e" of an RSA key are base64url')
  const bits = bitLength(modulus)
  if (bits < MIN_RSA_BITS) return fail('too_weak', `this RSA key has ${bits} bits; at least ${MIN_RSA_BITS} are needed`)
  if (bits > MAX_RSA_BITS)
    return fail('unsupported', `this RSA key has ${bits} bits; at most ${MAX_RSA_BITS} are taken`)
  // Exponents are small in practice; RFC 8017 wants odd and at least 3. A long one only makes verifying slow.
  const odd = ((exponent.at(-1) ?? 0) & 1) === 1
  if (!odd || bitLength(exponent) < 2 || bitLength(exponent) > 64)
    return fail('malformed', '"e" of an RSA key is an odd number of at least 3 and at most 64 bits')
  return { ok: true, key: { kty: 'RSA', n: n as string, e: e as string, ...common }, algorithm: 'RS256' }
}

function readCommon(value: Readonly<Record<string, unknown>>): string | object {
  const common: Record<string, unknown> = {}
  for (const name of ['kid', 'use', 'alg'] as const) {
    if (value[name] === undefined) continue
    if (typeof value[name] !== 'string') return `"${name}" of a JWK is a string`
    common[name] = value[name]
  }
  if (value.key_ops !== undefined) {
    if (!Array.isArray(value.key_ops) || !value.key_ops.every((operation) => typeof operation === 'string'))
      return '"key_ops" of a JWK is an array of strings'
    common.key_ops = [...value.key_ops]
  }
  return common
}

function bitLength(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first === -1 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] as number) + 24
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** What it is, where it is no text: an object may have a toString that throws. */
const printable = (value: unknown): string => (typeof value === 'string' ? value : typeof value).slice(0, 20)
