/**
 * The signature primitives of a runtime behind one interface: node:crypto and WebCrypto implement it.
 *
 * @module
 */
import type { Bytes, MaybePromise } from '../internal/types.js'

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
