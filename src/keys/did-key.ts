/**
 * did:key (W3C CCG, v0.9) and did:jwk as encodings: an identifier that is its own key. Resolving them is resolve/'s.
 *
 * @module
 */
import { encodeBase64url } from '../internal/base64url.js'
import { encodeUtf8 } from '../internal/bytes.js'
import type { PublicJwk } from '../model/jwk.js'
import { requiredMembers } from './jwk.js'
import { encodePublicMultikey } from './multikey.js'

/** The DID of a key and the one verification method it has: did:key, for RSA did:jwk. */
export function didOf(key: PublicJwk): { did: string; verificationMethod: string } {
  return key.kty === 'RSA' ? didJwk(key) : didKey(key)
}

export function didKey(key: Exclude<PublicJwk, { kty: 'RSA' }>): { did: string; verificationMethod: string } {
  const multikey = encodePublicMultikey(key)
  const did = `did:key:${multikey}`
  return { did, verificationMethod: `${did}#${multikey}` }
}

/** Made from the key alone, whatever its JWK says besides: the same key is the same issuer. */
export function didJwk(key: PublicJwk): { did: string; verificationMethod: string } {
  const did = `did:jwk:${encodeBase64url(encodeUtf8(JSON.stringify(requiredMembers(key))))}`
  return { did, verificationMethod: `${did}#0` }
}
