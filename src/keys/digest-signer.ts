/**
 * For key management services that sign digests and answer in DER, as most do.
 *
 * @module
 */
import { invalidOption, SigningError, UsageError } from '../errors.js'
import type { Bytes } from '../internal/types.js'
import type { PublicJwk } from '../model/jwk.js'
import type { CryptoPlatform, HashAlgorithm } from '../platform/crypto-platform.js'
import { expectVerifyingKey, signatureBytes } from './jwk.js'
import { checkVerificationMethod } from './local-signer.js'
import { type ControlledSigner, controllerOf, type KeyAlgorithm } from './signer.js'

/** Ed25519 hashes the message itself (twice), so it cannot be signed by digest. */
export type DigestAlgorithm = Exclude<KeyAlgorithm, 'EdDSA'>

/** A key in a service that signs digests. */
export interface DigestSignerOptions {
  readonly algorithm: DigestAlgorithm
  readonly publicKey: PublicJwk
  readonly verificationMethod: string
  /** Gets the SHA-256 (for ES384 the SHA-384) of the message: 32 or 48 bytes. */
  signDigest(digest: Bytes): Promise<Bytes>
  /** What `signDigest` answers: `raw` is r||s, or an RSA signature as it is; `der` is ECDSA-Sig-Value (RFC 3279 section 2.2.3). */
  readonly encoding: 'raw' | 'der'
}

const DIGEST: Readonly<Record<DigestAlgorithm, HashAlgorithm>> = {
  ES256: 'SHA-256',
  ES384: 'SHA-384',
  RS256: 'SHA-256',
}
const COORDINATE: Readonly<Record<DigestAlgorithm, number>> = { ES256: 32, ES384: 48, RS256: 0 }

/** Throws UsageError where the key is not of the algorithm; signing throws SigningError `sign.failed` or `sign.malformed`. */
export function createDigestSigner(options: DigestSignerOptions, platform: CryptoPlatform): ControlledSigner {
  // May be the client of the service itself, with members of its own. Those that are needed are asked for below, each by name.
  const { algorithm, encoding, signDigest } = options ?? {}
  if (!Object.hasOwn(DIGEST, algorithm)) {
    throw invalidOption('algorithm', 'is ES256, ES384 or RS256: Ed25519 signs messages, not digests')
  }
  if (encoding !== 'raw' && encoding !== 'der') throw invalidOption('encoding', 'is "raw" or "der"')
  if (typeof signDigest !== 'function') throw invalidOption('signDigest', 'is a function')
  const read = expectVerifyingKey(options.publicKey, '"publicKey"')
  if (read.algorithm !== algorithm)
    throw new UsageError('usage.invalid_key', `"publicKey" is a key for ${read.algorithm}, not for ${algorithm}`)
  const verificationMethod = checkVerificationMethod(options.verificationMethod)
  return {
    algorithm,
    publicKey: read.key,
    verificationMethod,
    controller: controllerOf(verificationMethod),
    sign: async (message) => {
      const digest = await platform.digest(DIGEST[algorithm], message)
      let signature: Bytes
      try {
        signature = await options.signDigest(digest)
      } catch (cause) {
        throw new SigningError('sign.failed', 'the key management service could not sign', { cause })
      }
      if (!(signature instanceof Uint8Array)) throw new SigningError('sign.malformed', '"signDigest" answered no bytes')
      if (algorithm === 'RS256' || encoding === 'raw') {
        const expected = signatureBytes(read.key)
        if (signature.length === expected) return signature
        throw new SigningError(
          'sign.malformed',
          `"signDigest" answered ${signature.length} bytes, a raw ${algorithm} signature of this key has ${expected}; is "encoding" right?`,
        )
      }
      const raw = rawFromDer(signature, COORDINATE[algorithm])
      if (raw === undefined)
        throw new SigningError(
          'sign.malformed',
          '"signDigest" answered no DER signature (RFC 3279 section 2.2.3); is "encoding" right?',
        )
      return raw
    },
  }
}

/** SEQUENCE { INTEGER r, INTEGER s } to r||s, each padded to `size`. Undefined where it is anything else. */
export function rawFromDer(der: Bytes, size: number): Bytes | undefined {
  const raw = new Uint8Array(2 * size)
  // A sequence of two integers of at most 48 bytes needs no long-form length: 2 * (2 + 49) = 102 < 128.
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined
  let at = 2
  for (const end of [size, 2 * size]) {
    const length = der[at + 1] ?? 0
    if (der[at] !== 0x02 || length === 0 || at + 2 + length > der.length) return undefined
    let integer = der.subarray(at + 2, at + 2 + length)
    if ((integer[0] as number) & 0x80) return undefined
    // DER (X.690 section 8.3.2): no zero byte in front but the one that keeps a number positive.
    if (length > 1 && integer[0] === 0 && ((integer[1] as number) & 0x80) === 0) return undefined
    if (integer[0] === 0) integer = integer.subarray(1)
    if (integer.length > size) return undefined
    raw.set(integer, end - integer.length)
    at += 2 + length
  }
  return at === der.length ? raw : undefined
}
