/**
 * The public functions with their defaults. Making and reading keys. Here, and nowhere below, clock, randomness, network and caches come from
 * the platform.
 *
 * @module
 */

import { invalidOption } from '../errors.js'
import type { WebCryptoKey } from '../internal/types.js'
import { createDigestSigner, type DigestSignerOptions } from '../keys/digest-signer.js'
import { type PrivateKeyInput, readPrivateKey } from '../keys/import-key.js'
import { expectKey, readPrivateJwk } from '../keys/jwk.js'
import { createLocalSigner, type SignerOptions } from '../keys/local-signer.js'
import type { ControlledSigner, KeyAlgorithm } from '../keys/signer.js'
import type { PrivateJwk } from '../model/jwk.js'
import { cryptoPlatform, webCryptoPlatform } from '../platform/crypto.js'

/** A new private key. Default EdDSA (Ed25519); RSA keys have 2048 bits. Keep it as you would a password. */
export async function generateKey(algorithm: KeyAlgorithm = 'EdDSA'): Promise<PrivateJwk> {
  if (!['EdDSA', 'ES256', 'ES384', 'RS256'].includes(algorithm))
    throw invalidOption('algorithm', 'is EdDSA, ES256, ES384 or RS256')
  return expectKey(readPrivateJwk(await cryptoPlatform().generateKey(algorithm)), 'the new key').key
}

/**
 * Reads a private key: JWK, Multikey (a secret one, or better both halves), PKCS#8 PEM, raw Ed25519 seed, or CryptoKey, which comes back as it is.
 *
 * Throws UsageError `usage.invalid_key`, which never quotes the key, and `usage.public_key_needed` for the secret Multikey of P-256 or P-384
 * alone in a runtime that does not tell its public key (Safari, Firefox).
 */
export async function importPrivateKey(input: PrivateKeyInput): Promise<PrivateJwk | WebCryptoKey> {
  return readPrivateKey(input)
}

/**
 * A Signer for a key that this process holds. `verificationMethod` defaults to the key's own did:key (RSA: did:jwk). Its
 * `controller` is whose key that is: the `id` of the issuer.
 *
 * Throws UsageError `usage.invalid_key`, `usage.invalid_option`, or `usage.public_key_needed` for a CryptoKey that is not extractable.
 */
export async function createSigner(options: SignerOptions): Promise<ControlledSigner> {
  return createLocalSigner(options, cryptoPlatform(), webCryptoPlatform)
}

/** A Signer for a KMS that signs digests or answers in DER. Throws UsageError; its `sign` throws SigningError. */
export function digestSigner(options: DigestSignerOptions): ControlledSigner {
  return createDigestSigner(options, cryptoPlatform())
}
