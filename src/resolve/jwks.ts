/**
 * Keys that a JWT names by a bare `kid`: they stand in the issuer's JWKS (RFC 7517 section 5).
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import { loadJsonObject } from './json-document.js'
import type { KeyResolver } from './key-resolver.js'
import { namesBareKey } from './named-keys.js'
import { keyError, methodUrl, resolvedKey } from './resolved-key.js'

/**
 * Reads `/.well-known/jwks.json` of an https issuer's host. One host may serve many issuers, so its keys count only where the
 * set names the issuer in `iss`, or the issuer is the host itself.
 */
export function jwksResolver(): KeyResolver {
  return {
    matches: namesBareKey,
    resolve: async (request, context) => {
      const { id, issuer } = request
      const { origin, pathname, search } = parseUrl(issuer)
      const location = `${origin}/.well-known/jwks.json`
      const set = await loadJsonObject(location, 'key', 'application/jwk-set+json, application/json', context)
      if (!Array.isArray(set.keys))
        throw keyError('resolve.malformed', location, `${location} is not a JWKS: it has no "keys"`)
      const isHost = pathname === '/' && search === ''
      if (set.iss === undefined ? !isHost : set.iss !== issuer) {
        throw keyError(
          'resolve.wrong_document',
          location,
          `${location} does not speak for ${issuer}: it ${set.iss === undefined ? 'has no "iss"' : `says "iss" is "${shown(set.iss, 200)}"`}`,
        )
      }
      const candidates = set.keys.filter((key) => isObject(key) && (id === undefined || key.kid === id))
      if (candidates.length !== 1) {
        throw keyError(
          'resolve.key_not_found',
          location,
          `${location} has ${candidates.length === 0 ? 'no key' : `${candidates.length} keys`} ${id === undefined ? 'and the JWT names none' : `with the kid "${id.slice(0, 100)}"`}`,
        )
      }
      const purposes = ['assertionMethod', 'authentication']
      const evidence = { document: location, ...(id === undefined ? {} : { kid: id }) }
      const facts = { id: methodUrl(request), controller: issuer, purposes, publicJwk: candidates[0], evidence }
      return resolvedKey(facts)
    },
  }
}

function parseUrl(issuer: string): URL {
  try {
    return new URL(issuer)
  } catch {
    throw keyError('resolve.unusable_key', issuer, `"${issuer.slice(0, 200)}" is not a URL`)
  }
}
