/**
 * Addresses in the form of a URI: `mailto:` (RFC 6068) and `tel:` (RFC 3966).
 *
 * @module
 */

/** What somebody is reached at, without the scheme. */
export interface Contact {
  readonly kind: 'email' | 'phone'
  readonly address: string
}

/** Undefined for every other URI, and for a `mailto:` that names nobody, several, or is not percent-encoded as it must be. */
export function contactIn(uri: string): Contact | undefined {
  const phone = /^tel:(.+)$/is.exec(uri)?.[1]
  if (phone !== undefined) return { kind: 'phone', address: phone }
  // What is behind the question mark is the letter, and not whom it is for.
  const encoded = /^mailto:([^?,]+)(?:\?.*)?$/is.exec(uri)?.[1]
  if (encoded === undefined) return undefined
  try {
    return { kind: 'email', address: decodeURIComponent(encoded) }
  } catch {
    return undefined // no UTF-8
  }
}

/** A telephone number without the signs that are there for the eye: RFC 3966 section 5.1.1, and the spaces that people write. */
export function withoutSeparators(phone: string): string {
  return phone.replace(/[-.()\s]/g, '')
}
