/**
 * Where the model and 1EdTech's published JSON Schemas differ on purpose, each with its reason. There is no other place.
 *
 * @module
 */
import type { ErrorObject } from 'ajv/dist/2019.js'
import type { ParseIssue } from '../../src/errors.js'
import { resolvePointer } from '../../src/internal/json-pointer.js'
import type { Json } from '../../src/internal/types.js'
import type { Remark } from '../../src/model/walk.js'
import { achievement } from './documents.js'

/** What the test prints of each: the difference, its reason, and a change to a badge that shows it. */
interface Row {
  readonly what: string
  readonly why: string
  /** A path into the badge of documents.ts, and what to put there. */
  readonly example: readonly [path: string, value: unknown]
}

interface StricterRow extends Row {
  readonly explains: (issue: ParseIssue, found: Json | undefined) => boolean
}

const isObject = (value: Json | undefined) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isLanguageMap = (value: Json | undefined) =>
  isObject(value) && Object.values(value as object).every((text) => typeof text === 'string')

/** What 1EdTech's current schema accepts and the model refuses. */
export const STRICTER: readonly StricterRow[] = [
  {
    what: 'an id that is no absolute URI',
    example: ['credentialSubject.achievement.id', 'achievement-1'],
    why: 'the schema says string; the specification says URI, and a relative one means another thing at each place (VCDM 2.0 section 4.4)',
    explains: ({ code, message }, found) =>
      code === 'parse.value' && message.includes('absolute URI') && typeof found === 'string',
  },
  {
    what: 'a language map where no text is expected: an id, a type, a hash, a JWS, a phone number',
    example: ['credentialSubject.identifier.0.identityHash', { en: 'me@example.org' }],
    why: 'the schema was generated with one rule for all strings; languages of an id mean nothing',
    explains: ({ code }, found) => (code === 'parse.type' || code === 'parse.value') && isLanguageMap(found),
  },
  {
    what: 'a language map without languages',
    example: ['name', {}],
    why: 'it is an empty object, and holds no text',
    explains: ({ code }, found) =>
      code === 'parse.type' && isObject(found) && Object.keys(found as object).length === 0,
  },
  {
    what: 'a language map as issuer',
    example: ['issuer', { en: 'did:web:school.example' }],
    why: 'the same rule, for the URI of an issuer; here it reads as a Profile that lacks its members',
    explains: ({ code, pointer }) => code === 'parse.missing' && /\/issuer\/(id|type)$/.test(pointer),
  },
  {
    what: 'a single type that is not the name of the class',
    example: ['credentialSubject.type', 'https://school.example/Own'],
    why: 'the schema demands the name in an array only; without it the contexts define none of the members',
    explains: ({ pointer, message }, found) =>
      pointer.endsWith('/type') && message.includes('contains') && typeof found === 'string',
  },
  {
    what: 'a single context, or an object alone',
    example: ['@context', 'https://www.w3.org/ns/credentials/v2'],
    why: 'VCDM 2.0 section 4.3 wants an ordered set that begins with its own; the Open Badges terms need theirs',
    explains: ({ pointer }, found) => /\/@context(\/[01])?$/.test(pointer) && !Array.isArray(found),
  },
  {
    what: 'a subject with neither an "id", nor an "identifier", nor so much as a name',
    example: ['credentialSubject', { type: ['AchievementSubject'], achievement: achievement }],
    why: 'the specification says that it MUST have one of the first two (appendix B.1.3, 1EdTech/openbadges-specification#395)',
    explains: ({ pointer, message }) =>
      /^(?:\/credentialSubject)?$/.test(pointer) && message.includes('whom the achievement is of'),
  },
  {
    what: 'members that 1EdTech does not list and another standard does: "relatedResource", "id" of a proof',
    example: ['relatedResource', [{ id: 'https://school.example/a' }]],
    why: 'VCDM 2.0 section 5.3 and VC Data Integrity section 2.1 define them',
    explains: ({ pointer, message }) =>
      pointer.includes('/relatedResource') ||
      (/^(.*\/proof(\/\d+)?)?\/id$/.test(pointer) && message.includes('must be a string')),
  },
]

/** A document that was read: its strict form, and what was remarked on. */
export interface Accepted {
  readonly value: unknown
  readonly remarks: readonly Pick<Remark, 'kind'>[]
}

interface LooserRow extends Row {
  readonly explains: (reading: Accepted) => boolean
}

const remarked = (kind: string) => (reading: Accepted) => reading.remarks.some((remark) => remark.kind === kind)

/** What 1EdTech's current schema refuses and the model reads. All but the last rows leave a note. */
export const LOOSER: readonly LooserRow[] = [
  {
    what: 'shorthands: an id for an object, a language-tagged value for a text, an array of one type',
    example: ['credentialSubject.achievement.image', 'https://school.example/badge.png'],
    why: 'the contexts make no difference between them, and issuers write them',
    explains: remarked('shorthand'),
  },
  {
    what: 'terms outside the vocabularies',
    example: ['credentialSubject.achievement.achievementType', 'Juggling'],
    why: 'a badge is no worse for a term that nobody defined',
    explains: remarked('outside_vocabulary'),
  },
  {
    what: 'dates without offset',
    example: ['validFrom', '2030-01-31T09:00:00'],
    why: 'VCDM 1.1 was silent about it; read as UTC',
    explains: remarked('no_offset'),
  },
  {
    what: 'several status entries, or several types of a status, schema, service or terms',
    example: [
      'credentialStatus',
      [
        { id: 'urn:a', type: 'A' },
        { id: 'urn:b', type: 'B' },
      ],
    ],
    why: 'VCDM 2.0 sections 4.5 and 4.10; issuers that keep revocation and suspension write two entries',
    explains: ({ value }) => /"credentialStatus":\[|"type":\["[^"]*","/.test(JSON.stringify(value)),
  },
  {
    what: 'several domains of a proof',
    example: ['proof', [{ type: 'DataIntegrityProof', domain: ['a.example', 'b.example'] }]],
    why: 'VC Data Integrity section 2.1',
    explains: ({ value }) => JSON.stringify(value).includes('"domain":['),
  },
]

interface StrictRow extends Row {
  readonly explains: (error: ErrorObject) => boolean
}

/** What only the older, strict schema refuses of our strict form. */
export const LOOSER_THAN_STRICT: readonly StrictRow[] = [
  {
    what: 'one proof outside an array',
    example: ['proof', { type: 'DataIntegrityProof' }],
    why: 'what others have signed is kept as it is; what we sign has a list (src/model/proof-list.ts)',
    explains: ({ instancePath, keyword }) => instancePath.endsWith('/proof') && keyword === 'type',
  },
  {
    what: 'a status entry without id',
    example: ['credentialStatus', { type: 'A' }],
    why: 'optional in VCDM 2.0 section 4.10, and in the current schema',
    explains: ({ schemaPath, params }) =>
      schemaPath.endsWith('CredentialStatus/required') && params.missingProperty === 'id',
  },
]

/** Is there a row for this issue of a document that they accept? */
export function isStricterOnPurpose(issue: ParseIssue, document: Json, rows = STRICTER): boolean {
  const found = resolvePointer(document, issue.pointer)
  return rows.some((row) => row.explains(issue, found))
}
