/**
 * did:web (W3C CCG): a DID document at an https URL that the DID spells out.
 *
 * @module
 */

import { demandSubject, findKey } from './controlled-document.js'
import { loadJsonObject } from './json-document.js'
import type { KeyResolver } from './key-resolver.js'
import { DID_WEB, namesDidWeb } from './named-keys.js'
import { keyError, methodUrl, resolvedKey, splitFragment } from './resolved-key.js'

/** Keys of did:web: the document at the domain that the DID names. */
export function didWebResolver(): KeyResolver {
  return {
    matches: namesDidWeb,
    resolve: async (request, context) => {
      const url = methodUrl(request)
      const [did] = splitFragment(url)
      const location = didWebUrl(did)
      const document = await loadJsonObject(
        location,
        'key',
        'application/did+json, application/did+ld+json, application/json',
        context,
      )
      // Without this, whoever may put a file on a host could answer for another of its identifiers.
      demandSubject(document, did, url, location)
      return resolvedKey(findKey(document, url, { document: location }))
    },
  }
}

/**
 * Where a did:web keeps its document: colons are path separators, a port is percent-encoded, other percent-encodings stay.
 * Throws ResolutionError where the DID hides a path, a query or credentials in its parts.
 */
export function didWebUrl(did: string): string {
  const [host, ...path] = did.slice(DID_WEB.length).split(':')
  const authority = /^([^%]+)(?:%3A(\d{1,5}))?$/i.exec(host ?? '')
  const name = authority?.[1] ?? ''
  const port = authority?.[2]
  const segments = path.every(
    (part) =>
      /^(?:[\w.~!$&'()*+,;=@-]|%[0-9a-f]{2})+$/i.test(part) &&
      !/^(?:\.|%2e){1,2}$/i.test(part) &&
      !/%(?:2f|5c)/i.test(part),
  )
  // Internationalized names stand in their ASCII form.
  if (!/^[a-z0-9.-]+$/i.test(name) || Number(port ?? 443) > 65_535 || !segments) {
    throw keyError(
      'resolve.unusable_key',
      did,
      `"${did.slice(0, 200)}" is not a did:web: did:web:host, did:web:host%3A8443, did:web:host:path:to`,
    )
  }
  const directory = path.length === 0 ? '.well-known' : path.join('/')
  return `https://${name}${port === undefined ? '' : `:${port}`}/${directory}/did.json`
}
