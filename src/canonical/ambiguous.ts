/**
 * Ambiguous members: the heart of why a verified RDF proof may be believed by somebody who reads JSON.
 *
 * The proof secures the canonical form, and many JSON documents have the same one. Whoever holds a signed document can rewrite
 * it into any of them: rename `validUntil` to its IRI, give it another name in an appended context, put it into an `@included`
 * object, or describe one thing in two places. The signature still verifies, and a reader of the JSON sees no end of validity.
 *
 * So every document must be written the way the standard writes it. This file says what that means for a single name or value;
 * examine.ts walks a document and finds the places; to-quads.ts, which has no time for places, only notices that there are any.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import type { Ownership, TermDefinition } from './active-context.js'
import { isKeyword } from './keywords.js'
import { isClassName, SUPERSEDED, type Vocabulary } from './vocabulary.js'

/** Keywords that move statements to another place. They have no business in a credential. */
export const MOVING_KEYWORDS: ReadonlySet<string> = new Set(['@graph', '@included', '@nest', '@reverse'])

/** How a reader understands a member with this name and definition. */
export function ownershipOf(definition: TermDefinition, vocabulary: Vocabulary): Ownership {
  const { iri, name, container } = definition
  // Dropped, and so not signed.
  if (iri === null) return 'irregular'
  if (definition.keyword) return ownershipOfKeyword(iri, name)
  if (definition.predicate === '' || definition.reverse) return 'irregular'
  if (definition.own && !isClassName(name) && !SUPERSEDED.has(name)) return 'own'
  if (vocabulary.isOwnProperty(iri, name)) return vocabulary.isOwnContainer(iri, name, container) ? 'own' : 'irregular'
  return vocabulary.namesOf(iri).length > 0 || vocabulary.owns(iri) || vocabulary.isName(name) ? 'irregular' : 'foreign'
}

/** Keywords go by their own names, but for two that the standard calls `id` and `type` in every object. */
function ownershipOfKeyword(keyword: string, name: string): Ownership {
  if (MOVING_KEYWORDS.has(keyword)) return 'irregular'
  if (keyword === '@id') return name === 'id' ? 'own' : 'irregular'
  if (keyword === '@type') return name === 'type' ? 'own' : 'irregular'
  return isKeyword(name) ? 'own' : 'irregular'
}

/** Datatypes whose JSON form is a number or a boolean; contexts write XML Schema with http and with https. */
const NATIVE = /^https?:\/\/www\.w3\.org\/2001\/XMLSchema#(?:boolean|decimal|double|float|integer|nonNegativeInteger)$/

/**
 * `"hashed": "false"` and `"hashed": false` are one statement where the context coerces to a boolean, and so are `"points": 5`
 * and `"points": "5"` where it coerces to a string. Only one of each is what the standard writes.
 */
export function isNativeElsewhere(value: Json, datatype: string | null): boolean {
  if (datatype === null || isKeyword(datatype)) return false
  return (typeof value === 'string') === NATIVE.test(datatype)
}

/**
 * Members whose values decide what a verifier says. An object that is the value of one of these must be described in one place,
 * and its names must mean what they mean in the standard.
 */
export const DECIDING_MEMBERS: ReadonlySet<string> = new Set([
  'achievement',
  'credentialSchema',
  'credentialStatus',
  'credentialSubject',
  'identifier',
  'proof',
  'refreshService',
  'result',
  'resultDescription',
  'termsOfUse',
])

/** The classes of credentials and presentations, by the standard's names. */
export function isCredentialClass(type: string): boolean {
  return /(?:Credential|Presentation)$/.test(type)
}

/**
 * Where the standard has credentials within credentials. Anywhere else one could change places with the credential around it:
 * an endorsement refers to what it endorses, so either of the two can be written as the outer one.
 */
export const CREDENTIAL_MEMBERS: ReadonlySet<string> = new Set(['endorsement', 'verifiableCredential'])
