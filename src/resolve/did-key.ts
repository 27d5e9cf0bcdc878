/**
 * did:key (W3C CCG did:key v0.9): the identifier is the key. Nothing is fetched.
 *
 * @module
 */
import type { KeyResolver, ResolvedKey } from './key-resolver.js'
import { jwkFromMultikey, keyError, methodUrl, resolvedKey, splitFragment } from './resolved-key.js'

const PREFIX = 'did:key:'
/** A key that is its own identifier never changes; it is kept only so that it need not be imported again. */
const FOREVER_SECONDS = 31_536_000

/** A bare did:key is its one key; a fragment must repeat it. */
export function didKeyResolver(): KeyResolver {
  return {
    matches: (request) => methodUrl(request).startsWith(PREFIX),
    resolve: async (request, { cache }) => {
      const [did, fragment] = splitFragment(methodUrl(request))
      const multikey = did.slice(PREFIX.length)
      if (fragment !== undefined && fragment !== multikey) {
        throw keyError(
          'resolve.key_not_found',
          methodUrl(request),
          `a did:key has one key, named #${multikey.slice(0, 60)}`,
        )
      }
      const cached = cache.get(did)
      if (cached !== undefined) return cached as ResolvedKey
      const id = `${did}#${multikey}`
      const key = await resolvedKey({
        id,
        controller: did,
        purposes: ['assertionMethod', 'authentication'],
        publicJwk: jwkFromMultikey(multikey, did),
        evidence: { method: id },
      })
      cache.set(did, key, FOREVER_SECONDS)
      return key
    },
  }
}
