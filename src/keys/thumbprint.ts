/**
 * JWK thumbprints (RFC 7638): a name for a key that follows from the key.
 *
 * @module
 */
import { encodeBase64url } from '../internal/base64url.js'
import { decodeHex } from '../internal/bytes.js'
import { record } from '../internal/members.js'
import type { PrivateJwk, PublicJwk } from '../model/jwk.js'
import { hashHex } from '../platform/hash.js'
import { demandArgument } from '../report/demand-options.js'
import { expectKey, publicJwk, readPrivateJwk, readPublicJwk, requiredMembers } from './jwk.js'

/** SHA-256 of the key's required members, base64url. The same for a private key and its public part. Throws UsageError `usage.invalid_key`. */
export function thumbprint(key: PublicJwk | PrivateJwk): string {
  demandArgument(key, record, 'key')
  const read: PublicJwk =
    'd' in key ? publicJwk(expectKey(readPrivateJwk(key), 'key').key) : expectKey(readPublicJwk(key), 'key').key
  // The members stand in lexicographic order, and their values are ASCII: this is the JSON that section 3 asks for.
  const digest = decodeHex(hashHex('SHA-256', JSON.stringify(requiredMembers(read))))
  return encodeBase64url(digest as Uint8Array)
}
