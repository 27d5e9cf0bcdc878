/**
 * The port for keys: whoever can sign bytes can issue, be it a JWK in memory, a KMS or a smart card.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'
import type { PublicJwk } from '../model/jwk.js'

/**
 * Ed25519 -> EdDSA (RFC 8037 section 3.1), P-256 -> ES256 and P-384 -> ES384 (RFC 7518 section 3.4), RSA of 2048 bits or
 * more -> RS256 (RFC 7518 section 3.3). One vocabulary everywhere, also for Data Integrity.
 */
export type KeyAlgorithm = 'EdDSA' | 'ES256' | 'ES384' | 'RS256'

/** A signer that says whose key it has: what `createSigner` and `digestSigner` make. */
export interface ControlledSigner extends Signer {
  /** Who has the key: the verification method without its fragment. The `id` of the issuer or holder who signs with it. */
  readonly controller: string
}

/** What stands before the fragment of a verification method. */
export function controllerOf(verificationMethod: string): string {
  return verificationMethod.split('#', 1)[0] ?? verificationMethod
}

/** Signs bytes. Must not log, cache or alter them. Throws only SigningError. */
export interface Signer {
  readonly algorithm: KeyAlgorithm
  /** DID URL or https URL written into the proof or `kid`. */
  readonly verificationMethod: string
  readonly publicKey: PublicJwk
  /** The unhashed message in; ECDSA as raw r||s out (RFC 7518 section 3.4), not DER. */
  sign(message: Bytes): Promise<Bytes> | Bytes
}
