/**
 * Recipients who are known by an e-mail address or another identifier, and not by an id: Open Badges 3.0 appendix B.1, class IdentityObject.
 *
 * @module
 */
import type { Identifier } from '../model/person.js'
import type { IdentityObject } from '../model/types.js'
import { hashHex } from '../platform/hash.js'

export type IdentityOptions =
  /** Readers of the badge do not see the address; who knows it can check it. `salt` is random, and another one for each badge. */
  | { readonly hashed: true; readonly salt: string }
  /** Everybody who sees the badge sees the address. */
  | { readonly hashed: false }

/**
 * The recipient as an IdentityObject. Hashed: `sha256$` and the hexadecimal SHA-256 of the value followed by the salt, both in
 * UTF-8 (type IdentityHash).
 *
 * A hashed e-mail address is first brought into lower case and Unicode's composed form (NFC): from a hash nobody can tell how it was
 * typed, and verifiers try this form. In clear it stays as it is given; so does any other identifier.
 */
export function identityFor({ type: identityType, value }: Identifier, options: IdentityOptions): IdentityObject {
  const type = 'IdentityObject'
  if (!options.hashed) return { type, identityType, hashed: false, identityHash: value }
  const { salt } = options
  const form = identityType === 'emailAddress' ? value.normalize('NFC').toLowerCase() : value
  return { type, identityType, hashed: true, identityHash: `sha256$${hashHex('SHA-256', form + salt)}`, salt }
}
