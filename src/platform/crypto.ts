/**
 * The signature primitives of the runtime behind one interface. node:crypto is taken where the runtime has it: its one-shot
 * calls are synchronous and take two thirds of WebCrypto's time. Elsewhere WebCrypto does the same work asynchronously.
 *
 * Nothing here knows what a key is for; `keys/` decides which keys are taken.
 *
 * @module
 */
import type { Bytes, MaybePromise } from '../internal/types.js'
import { nodeBuiltin } from './builtin.js'
import { nodeCrypto } from './node-crypto.js'
import { webCrypto } from './web-crypto.js'

/** JWS names (RFC 7518 section 3.1, RFC 8037 section 3.1), used for embedded proofs too. */
export type SignatureAlgorithm = 'EdDSA' | 'ES256' | 'ES384' | 'RS256'
export type HashAlgorithm = 'SHA-256' | 'SHA-384'

/** A key of one platform, imported once and used often. Only the platform that made it can use it. */
export type PlatformKey = object

/** Signatures are raw: 64 bytes for Ed25519, r||s for ECDSA (RFC 7518 section 3.4). */
export interface CryptoPlatform {
  readonly name: 'node' | 'webcrypto'
  /** Throws (or rejects with) whatever the runtime says where the key is not one: callers translate. */
  importPublicKey(algorithm: SignatureAlgorithm, jwk: object): MaybePromise<PlatformKey>
  importPrivateKey(algorithm: SignatureAlgorithm, jwk: object): MaybePromise<PlatformKey>
  /**
   * With `elsewhere` on another thread, where the runtime has one and it pays: that takes longer for one signature, and lets this
   * thread go on with the next badge.
   */
  sign(algorithm: SignatureAlgorithm, key: PlatformKey, data: Bytes, elsewhere?: boolean): MaybePromise<Bytes>
  /** False also for a signature of the wrong length. `elsewhere` as for `sign`. */
  verify(
    algorithm: SignatureAlgorithm,
    key: PlatformKey,
    data: Bytes,
    signature: Bytes,
    elsewhere?: boolean,
  ): MaybePromise<boolean>
  digest(algorithm: HashAlgorithm, data: Bytes): MaybePromise<Bytes>
  /** A new private key as a JWK. RSA keys have 2048 bits unless `bits` says more. */
  generateKey(algorithm: SignatureAlgorithm, bits?: number): Promise<object>
}

/** The best of this runtime. A runtime with neither has no secure randomness either, and cannot be used. */
export function cryptoPlatform(): CryptoPlatform {
  chosen ??= choose()
  return chosen
}

/** A runtime does not change while it runs. */
let chosen: CryptoPlatform | undefined

function choose(): CryptoPlatform {
  const builtin = nodeBuiltin('node:crypto')
  if (builtin !== undefined) return nodeCrypto(builtin)
  if (globalThis.crypto?.subtle !== undefined) return webCrypto(globalThis.crypto)
  throw new TypeError(
    'this runtime has neither node:crypto nor WebCrypto; in browsers WebCrypto needs https or localhost',
  )
}

/** WebCrypto where a CryptoKey was given: only the interface that made it can use it. */
export function webCryptoPlatform(): CryptoPlatform {
  return webCrypto(globalThis.crypto)
}
