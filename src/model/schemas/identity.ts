/** The classes IdentityObject and IdentifierEntry. @module */
import { IDENTIFIER_TYPES } from '../vocabulary.js'
import { boolean, closed, only, optional, term, text, token } from './blocks.js'

export const identityObject = closed('IdentityObject', {
  type: only('IdentityObject'),
  hashed: boolean,
  identityHash: token,
  identityType: term(IDENTIFIER_TYPES),
  salt: optional(text),
})

export const identifierEntry = closed('IdentifierEntry', {
  type: only('IdentifierEntry'),
  identifier: token,
  identifierType: term(IDENTIFIER_TYPES),
})
