/**
 * Recipients who are known by an e-mail address and not by an id: Open Badges 3.0 appendix B.1, class IdentityObject.
 *
 * @module
 */
import type { IdentityObject } from '../model/types.js'
import { hashHex } from '../platform/hash.js'

export type IdentityOptions =
  /** Readers of the badge do not see the address; who knows it can check it. `salt` is random, and another one for each badge. */
  | { readonly hashed: true; readonly salt: string }
  /** Everybody who sees the badge sees the address. */
  | { readonly hashed: false }

/**
 * The recipient as an IdentityObject. Hashed: `sha256$` and the hexadecimal SHA-256 of the address followed by the salt, both in
 * UTF-8 (type IdentityHash).
 *
 * A hashed address is first brought into lower case and Unicode's composed form (NFC): from a hash nobody can tell how it was
 * typed, and verifiers try this form. In clear it stays as it is given.
 */
export function identityFor(email: string, options: IdentityOptions): IdentityObject {
  const [type, identityType] = ['IdentityObject', 'emailAddress'] as const
  if (!options.hashed) return { type, identityType, hashed: false, identityHash: email }
  const { salt } = options
  return {
    type,
    identityType,
    hashed: true,
    identityHash: `sha256$${hashHex('SHA-256', email.normalize('NFC').toLowerCase() + salt)}`,
    salt,
  }
}
