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
/** Bytes of a key with what the engine holds for it. */
const KEY_WEIGHT = 4096

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
      const kept = `did-key:${did}`
      const cached = cache.get(kept)
      if (cached !== undefined) return cached as ResolvedKey
      const id = `${did}#${multikey}`
      const publicJwk = jwkFromMultikey(multikey, did, 'identifier')
      const purposes = ['assertionMethod', 'authentication']
      const facts = { id, controller: did, purposes, publicJwk, evidence: { method: id } }
      const key = await resolvedKey(facts, 'identifier')
      cache.set(kept, key, FOREVER_SECONDS, KEY_WEIGHT)
      return key
    },
  }
}
