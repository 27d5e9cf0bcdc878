/**
 * Names of things and people that are no URIs: Open Badges 3.0 appendix B.1, classes IdentityObject and IdentifierEntry.
 *
 * @module
 */
import type { IDENTIFIER_TYPES, ReadTerm } from './vocabulary.js'

/** The recipient by an identifier, in clear or hashed. Closed. */
export interface IdentityObject {
  readonly type: 'IdentityObject'
  readonly hashed: boolean
  /** The identifier, or `sha256$` (`md5$`) and the hash in hexadecimal of the identifier followed by the salt. */
  readonly identityHash: string
  readonly identityType: ReadTerm<(typeof IDENTIFIER_TYPES)[number]>
  readonly salt?: string
}

/** A further identifier of an achievement or profile. Closed. */
export interface IdentifierEntry {
  readonly type: 'IdentifierEntry'
  readonly identifier: string
  readonly identifierType: ReadTerm<(typeof IDENTIFIER_TYPES)[number]>
}
