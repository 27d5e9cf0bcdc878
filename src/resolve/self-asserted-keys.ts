/**
 * Keys that a badge brings along. 1EdTech's own software writes the key into the fragment of an https (or urn) verification
 * method and never asks the issuer; other JWTs carry it as the header `jwk`. Such a signature proves that the badge is
 * unchanged since somebody signed it, not who that was.
 *
 * @module
 */
import type { KeyRequest, KeyResolver } from './key-resolver.js'
import { jwkFromMultikey, type KeyFacts, resolvedKey, splitFragment } from './resolved-key.js'

/** Not among the defaults. What it resolves is `selfAsserted`: with a list of trusted issuers the badge is `issuer.unauthenticated`. */
export function selfAssertedKeys(): KeyResolver {
  return {
    matches: (request) => request.jwk !== undefined || multikeyOf(request) !== undefined,
    resolve: async (request) => {
      const multikey = multikeyOf(request)
      const id = request.id ?? request.issuer
      const [base] = splitFragment(id)
      const facts: KeyFacts = {
        id,
        // Nobody but the badge says so: the note and the issuer check take care of what that is worth.
        controller: multikey === undefined ? request.issuer : base,
        purposes: ['assertionMethod', 'authentication'],
        publicJwk: multikey === undefined ? request.jwk : jwkFromMultikey(multikey, id, 'identifier'),
        selfAsserted: true,
        evidence: { method: id.slice(0, 300), source: multikey === undefined ? 'header jwk' : 'fragment' },
      }
      return resolvedKey(facts, 'identifier')
    },
  }
}

function multikeyOf({ id, jwk }: KeyRequest): string | undefined {
  if (jwk !== undefined || id === undefined || !/^(?:https|urn):/i.test(id)) return undefined
  const [, fragment] = splitFragment(id)
  return fragment?.startsWith('z') ? fragment : undefined
}
