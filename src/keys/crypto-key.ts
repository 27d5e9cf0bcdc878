/**
 * WebCrypto's CryptoKey in the vocabulary of this library.
 *
 * @module
 */

import { UsageError } from '../errors.js'
import type { WebCryptoKey } from '../internal/types.js'
import type { PrivateJwk, PublicJwk } from '../model/jwk.js'
import { exportCryptoKey } from '../platform/web-crypto.js'
import { expectKey, publicJwk, readPrivateJwk, readPublicJwk } from './jwk.js'
import type { KeyAlgorithm } from './signer.js'

/** The algorithm a CryptoKey was made for; a key made for another use is refused. */
export function readCryptoKey(key: WebCryptoKey, type: 'private' | 'public'): KeyAlgorithm {
  if (key.type !== type)
    throw new UsageError('usage.invalid_key', `a ${type} key is expected, but this WebCryptoKey is ${key.type}`)
  const usage = type === 'private' ? 'sign' : 'verify'
  if (!key.usages.includes(usage))
    throw new UsageError('usage.invalid_key', `this WebCryptoKey was imported without the usage "${usage}"`)
  const { name, namedCurve, hash } = key.algorithm as { name: string; namedCurve?: string; hash?: { name: string } }
  if (name === 'Ed25519') return 'EdDSA'
  if (name === 'ECDSA' && namedCurve === 'P-256') return 'ES256'
  if (name === 'ECDSA' && namedCurve === 'P-384') return 'ES384'
  if (name === 'RSASSA-PKCS1-v1_5' && hash?.name === 'SHA-256') return 'RS256'
  throw new UsageError(
    'usage.invalid_key',
    `a CryptoKey for ${name}${namedCurve ? ` on ${namedCurve}` : ''}${hash ? ` with ${hash.name}` : ''} is not supported: use Ed25519, ECDSA on P-256 or P-384, or RSASSA-PKCS1-v1_5 with SHA-256`,
  )
}

/** The public key of an extractable CryptoKey; undefined where it keeps its secret. */
export async function publicKeyOfCryptoKey(key: WebCryptoKey): Promise<PublicJwk | undefined> {
  if (!key.extractable) return undefined
  const jwk = await exportCryptoKey(key)
  if (key.type === 'public') return publicJwk(expectKey(readPublicJwk(withoutUses(jwk)), 'CryptoKey').key)
  return publicJwk(expectKey(readPrivateJwk(withoutUses(jwk)), 'CryptoKey').key)
}

/** The private JWK of an extractable CryptoKey. */
export async function privateJwkOfCryptoKey(key: WebCryptoKey): Promise<PrivateJwk> {
  const jwk = await exportCryptoKey(key)
  return expectKey(readPrivateJwk(withoutUses(jwk)), 'CryptoKey').key
}

/** WebCrypto writes what the key object may do, not what the key is for, and an `alg` in some runtimes. */
function withoutUses({ key_ops, ext, alg, ...jwk }: JsonWebKey): object {
  return jwk
}
