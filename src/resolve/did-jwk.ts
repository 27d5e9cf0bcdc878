/**
 * did:jwk: the identifier is a JWK in base64url. Nothing is fetched.
 *
 * @module
 */
import { decodeBase64url } from '../internal/base64url.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import type { Json } from '../internal/types.js'
import type { KeyResolver } from './key-resolver.js'
import { keyError, methodUrl, resolvedKey, splitFragment } from './resolved-key.js'

const PREFIX = 'did:jwk:'

/** Its one key is named `#0`; a bare did:jwk is that key. */
export function didJwkResolver(): KeyResolver {
  return {
    matches: (request) => methodUrl(request).startsWith(PREFIX),
    resolve: async (request) => {
      const [did, fragment] = splitFragment(methodUrl(request))
      if (fragment !== undefined && fragment !== '0')
        throw keyError('resolve.key_not_found', methodUrl(request), 'a did:jwk has one key, named #0')
      const publicJwk = readJwk(did)
      // did:jwk: a key for encryption has no verification relationships.
      const purposes = ['assertionMethod', 'authentication']
      const evidence = { method: `${did.slice(0, 200)}#0` }
      return resolvedKey({ id: `${did}#0`, controller: did, purposes, publicJwk, evidence }, 'identifier')
    },
  }
}

function readJwk(did: string): Json {
  const bytes = did.length <= 16_384 ? decodeBase64url(did.slice(PREFIX.length)) : undefined
  const text = bytes === undefined ? undefined : decodeUtf8(bytes)
  if (text === undefined) throw keyError('resolve.unusable_key', did, 'a did:jwk is a JWK in base64url')
  try {
    return parseJson(text, { maxDepth: 4 })
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    throw keyError('resolve.unusable_key', did, `a did:jwk is a JWK in base64url: ${cause.message}`)
  }
}
