/**
 * When two credentials are the same one: Open Badges 3.0, "Credential equality and comparison algorithm".
 *
 * @module
 */
import { UsageError } from '../errors.js'
import type { VerifiableCredential } from './credential.js'
import { parseDateTime } from './date-time.js'

/**
 * Equal ids of credential and issuer, after unescaping percent-encoded characters and trimming white space. A credential
 * without id is the same as none. Compares names only: whether either of them is genuine is for verifying.
 */
export function isSameCredential(a: VerifiableCredential, b: VerifiableCredential): boolean {
  const key = credentialKey(a)
  return key !== undefined && key === credentialKey(b)
}

/** Equal for two that are the same; undefined for one without id. */
export function credentialKey(credential: VerifiableCredential): string | undefined {
  // What was decoded and never judged may have anything in their place.
  const id: unknown = credential?.id
  const issuer = issuerId(credential)
  return typeof id === 'string' && issuer !== undefined ? JSON.stringify([plainUri(issuer), plainUri(id)]) : undefined
}

/**
 * The more up-to-date of two that are the same: the one with the later `validFrom`; `a` where they have the same, or none.
 * Throws UsageError `usage.different_credentials` where they are not the same.
 */
export function newerCredential<C extends VerifiableCredential>(a: C, b: C): C {
  if (!isSameCredential(a, b))
    throw new UsageError('usage.different_credentials', 'only credentials with the same id and issuer have a newer one')
  return startOf(b) > startOf(a) ? b : a
}

/** Milliseconds since 1970; minus infinity where nothing is said, or no moment. */
export function startOf({ validFrom }: VerifiableCredential): number {
  return (typeof validFrom !== 'string' ? undefined : parseDateTime(validFrom)?.time) ?? Number.NEGATIVE_INFINITY
}

function issuerId(credential: VerifiableCredential): string | undefined {
  const issuer: unknown = credential?.issuer
  const id = typeof issuer === 'object' && issuer !== null ? (issuer as { readonly id?: unknown }).id : issuer
  return typeof id === 'string' ? id : undefined
}

/** RFC 3986 section 2.1. A sequence that is no UTF-8 stays escaped. */
function plainUri(uri: string): string {
  return uri.trim().replace(/(?:%[0-9A-Fa-f]{2})+/g, (escaped) => {
    try {
      return decodeURIComponent(escaped)
    } catch {
      return escaped.toUpperCase()
    }
  })
}
