/** The classes Achievement, Criteria, Related, AchievementSubject and AchievementCredential. @module */
import { ACHIEVEMENT_TYPES } from '../vocabulary.js'
import { byId, dateTime, languageTag, many, number, open, optional, term, text, types, uri } from './blocks.js'
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

export const achievementSubject = open('AchievementSubject', {
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
})

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
