/**
 * The JSON Schema (2020-12) of a credential that uses the extension context, for editors, for other languages, and for `credentialSchema`. It says
 * what our terms may hold, and nothing of what the standard says. `schemas/extension.json` is this; a test holds it and the reader to the
 * same judgement.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import { ASSESSMENT_TYPES, PARTICIPATION_FORMS } from './extension-context.js'

const filled = { type: 'string', pattern: '\\S' }
const positive = { type: 'number', exclusiveMinimum: 0 }
const uri = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:' }
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }
const some = (items: JsonObject) => ({ type: 'array', items, minItems: 1 })
const few = (items: JsonObject) => ({ ...some(items), maxItems: 50 })
const wordOf = (words: readonly string[]) => ({
  anyOf: [{ enum: [...words] }, { type: 'string', pattern: '^ext:[A-Za-z0-9._|-]+$' }],
})

/** JSON Schema (2020-12) of a credential with terms of `extensionContext`. */
export const extensionSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Extension context: what Open Badges 3.0 have no member for',
  type: 'object',
  properties: {
    credentialSubject: { $ref: '#/$defs/AchievementSubject' },
  },
  $defs: {
    AchievementSubject: {
      type: 'object',
      properties: {
        achievement: { $ref: '#/$defs/Achievement' },
        shownIn: {
          ...few({ $ref: '#/$defs/ContextOfUse' }),
          description: 'The contexts in which this person showed it; each by itself.',
        },
      },
    },
    ContextOfUse: {
      description: 'For whom and where.',
      type: 'object',
      properties: {
        educationLevel: { ...few(filled), description: 'Grades or levels of education, in words or as URIs.' },
        subject: few(filled),
        language: { ...few(filled), description: 'Of instruction: BCP 47.' },
        schoolModel: { ...few(filled), description: 'How the school works.' },
      },
      anyOf: ['educationLevel', 'subject', 'language', 'schoolModel'].map((name) => ({ required: [name] })),
    },
    Achievement: {
      type: 'object',
      properties: {
        workload: {
          description: 'How much work it is for most people: hours of 60 minutes, ECTS credits, or both.',
          type: 'object',
          properties: { hours: positive, ects: positive },
          anyOf: [{ required: ['hours'] }, { required: ['ects'] }],
        },
        assessmentType: { ...some(wordOf(ASSESSMENT_TYPES)), description: 'How it was assessed.' },
        participation: { ...some(wordOf(PARTICIPATION_FORMS)), description: 'How people took part in the learning.' },
        qualityAssurance: { ...filled, description: 'Who or what assures its quality, in words or as a URI.' },
        reviewed: { ...day, description: 'When its criteria and rubric were last reviewed.' },
        assessorAgreement: {
          description: 'How far assessors agreed: the measure, its value, how many pieces of work, its interval.',
          type: 'object',
          properties: {
            measure: filled,
            value: { type: 'number' },
            n: { type: 'integer', minimum: 1 },
            interval: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
          },
          required: ['measure', 'value', 'n'],
        },
        researchBase: { ...some(uri), description: 'The research that its key method rests on.' },
        integration: {
          enum: ['standalone', 'stackable'],
          description: 'Whether it counts towards another credential.',
        },
        prerequisite: { ...some(uri), description: 'Achievements that have to be earned before.' },
      },
    },
  },
} as const satisfies JsonObject
