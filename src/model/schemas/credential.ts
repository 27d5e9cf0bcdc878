/** Credentials in general: VCDM 2.0 section 4. @module */
import * as z from 'zod/mini'
import {
  dateTime,
  expecting,
  many,
  oneOrMany,
  oneOrMore,
  open,
  optional,
  token,
  typeOrTypes,
  types,
  uri,
} from './blocks.js'
import { credentialContexts } from './contexts.js'
import { proofs } from './proof.js'
import { languageText } from './text.js'

// All classes of this file are open: VCDM 2.0 section 5.2.
export const credentialStatus = open('CredentialStatus', { id: optional(uri), type: typeOrTypes })
export const credentialSchema = open('CredentialSchema', { id: uri, type: typeOrTypes })
export const refreshService = open('RefreshService', { id: optional(uri), type: typeOrTypes })
/** Open Badges demand the id. */
export const refreshServiceAt = open('RefreshServiceAt', { id: uri, type: typeOrTypes })
export const termsOfUse = open('TermsOfUse', { id: optional(uri), type: typeOrTypes })
export const credentialEvidence = open(
  'CredentialEvidence',
  { id: optional(uri), type: types(), digestSRI: optional(token), digestMultibase: optional(token) },
  { fromId: true },
)

const aDigest = 'an object with "digestSRI" or "digestMultibase"'
export const relatedResource = open(
  'RelatedResource',
  { id: uri, mediaType: optional(token), digestSRI: optional(token), digestMultibase: optional(token) },
  { json: { anyOf: [{ required: ['digestSRI'] }, { required: ['digestMultibase'] }] } },
  z.refine(
    ({ digestSRI, digestMultibase }) => digestSRI !== undefined || digestMultibase !== undefined,
    expecting(aDigest),
  ),
)
const relatedResources = many(relatedResource).check(
  z.refine((values) => new Set(values.map(({ id }) => id)).size === values.length, expecting('one entry for each id')),
)

export const credentialSubject = open(
  'CredentialSubject',
  { id: optional(uri) },
  // At least one member that is neither null nor an array of nothing.
  {
    json: { not: { additionalProperties: { anyOf: [{ type: 'null' }, { type: 'array', items: { type: 'null' } }] } } },
  },
  z.refine((value) => Object.values(value).some(says), expecting('an object with at least one claim')),
)

/** JSON-LD drops null (JSON-LD 1.1 API section 5.1.2), and an empty array has nothing to say. */
function says(value: unknown): boolean {
  return Array.isArray(value) ? value.some((item) => item !== null) : value !== null
}

const issuer = open('CredentialIssuer', {
  id: uri,
  name: optional(languageText),
  description: optional(languageText),
})

/** The members that Open Badges take over as they are. */
export const common = {
  validUntil: optional(dateTime),
  credentialStatus: optional(oneOrMany(credentialStatus)),
  credentialSchema: optional(many(credentialSchema)),
  termsOfUse: optional(many(termsOfUse)),
  relatedResource: optional(relatedResources),
  proof: optional(proofs),
}

export const verifiableCredential = open(
  'VerifiableCredential',
  {
    '@context': credentialContexts,
    id: optional(uri),
    type: types(['VerifiableCredential']),
    name: optional(languageText),
    description: optional(languageText),
    issuer: z.union([uri, issuer], expecting('an absolute URI, or an object with an id')),
    // VCDM 2.0 section 4.8: a credential makes at least one claim.
    credentialSubject: oneOrMore(credentialSubject),
    validFrom: optional(dateTime),
    ...common,
    refreshService: optional(oneOrMany(refreshService)),
    evidence: optional(many(credentialEvidence)),
  },
  { document: true },
)
