/**
 * How a request names its key, which decides who resolves it.
 *
 * @module
 */
import type { KeyRequest } from './key-resolver.js'
import { methodUrl } from './resolved-key.js'

export const DID_WEB = 'did:web:'

/** A key of a did:web, by its DID URL or a fragment of the issuer's. */
export function namesDidWeb(request: KeyRequest): boolean {
  return methodUrl(request).startsWith(DID_WEB)
}

/** A verification method by an https URL. */
export function namesHttpsKey({ id }: KeyRequest): boolean {
  return id !== undefined && /^https:\/\//i.test(id)
}

/** A bare `kid`, or none, of an https issuer. */
export function namesBareKey({ id, issuer }: KeyRequest): boolean {
  return /^https:\/\//i.test(issuer) && (id === undefined || !/^[a-z][a-z0-9+.-]*:/i.test(id))
}
