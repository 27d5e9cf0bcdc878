/** The classes Achievement, Criteria, Related, AchievementSubject and AchievementCredential. @module */
import * as z from 'zod/mini'
import { ACHIEVEMENT_TYPES } from '../vocabulary.js'
import {
  byId,
  dateTime,
  expecting,
  languageTag,
  many,
  number,
  open,
  optional,
  term,
  text,
  types,
  uri,
} from './blocks.js'
import { identifierEntry, identityObject } from './identity.js'
import { badgeMembers, endorsements, image, profile } from './profile.js'
import { alignment, result, resultDescription } from './result.js'

// Open, as all classes of this file: Open Badges 3.0 section 6.
export const criteria = open('Criteria', { id: optional(uri), narrative: optional(text) }, { fromId: true })

export const related = open('Related', {
  id: uri,
  type: types(['Related']),
  inLanguage: optional(languageTag),
  version: optional(text),
})

export const achievement = open(
  'Achievement',
  {
    id: uri,
    type: types(['Achievement']),
    name: text,
    description: text,
    criteria,
    achievementType: optional(term(ACHIEVEMENT_TYPES)),
    alignment: optional(many(alignment)),
    creator: optional(profile),
    creditsAvailable: optional(number),
    ...endorsements,
    fieldOfStudy: optional(text),
    humanCode: optional(text),
    image: optional(image),
    inLanguage: optional(languageTag),
    otherIdentifier: optional(many(identifierEntry)),
    related: optional(many(related)),
    resultDescription: optional(many(resultDescription)),
    specialization: optional(text),
    tag: optional(many(text)),
    version: optional(text),
  },
  { freshId: true },
)

/**
 * Whom it is of. "Either id or at least one identifier MUST be supplied" (appendix B.1.3) stands in the specification's prose and in
 * none of 1EdTech's schemas, and issuers of many badges say no more than a name. So a subject that names nobody at all is none, and one
 * that has only a name is read with a remark (semantic.ts) and never written.
 */
const aRecipient = 'an object with an "id" or at least one "identifier": whom the achievement is of'
const aText = { type: 'string', pattern: '\\S' }
const aTaggedText = { type: 'object', required: ['@value'], properties: { '@value': aText } }
const aName = { anyOf: [aText, aTaggedText, { type: 'array', contains: { anyOf: [aText, aTaggedText] } }] }
const recipients = [
  { required: ['id'] },
  { required: ['identifier'], properties: { identifier: { type: 'array', minItems: 1 } } },
  { required: ['name'], properties: { name: aName } },
]

function namesSomebody(subject: object): boolean {
  const { id, identifier, name } = subject as Readonly<Record<string, unknown>>
  return id !== undefined || (Array.isArray(identifier) && identifier.length > 0) || [name].flat().some(isName)
}

/** A text, with its language or without. */
function isName(value: unknown): boolean {
  const text = typeof value === 'object' && value !== null ? (value as { '@value'?: unknown })['@value'] : value
  return typeof text === 'string' && /\S/.test(text)
}

export const achievementSubject = open(
  'AchievementSubject',
  {
    id: optional(uri),
    type: types(['AchievementSubject']),
    achievement,
    activityEndDate: optional(dateTime),
    activityStartDate: optional(dateTime),
    creditsEarned: optional(number),
    identifier: optional(many(identityObject)),
    image: optional(image),
    licenseNumber: optional(text),
    narrative: optional(text),
    result: optional(many(result)),
    role: optional(text),
    source: optional(byId(profile)),
    term: optional(text),
  },
  { json: { anyOf: recipients } },
  z.refine(namesSomebody, expecting(aRecipient)),
)

export const openBadgeCredential = open(
  'AchievementCredential',
  {
    ...badgeMembers,
    type: types(['VerifiableCredential'], ['OpenBadgeCredential', 'AchievementCredential']),
    name: optional(text),
    image: optional(image),
    credentialSubject: achievementSubject,
    ...endorsements,
  },
  { document: true },
)
