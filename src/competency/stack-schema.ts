/**
 * The JSON Schema (2020-12) of a stack's JSON form: for editors, and for whoever writes stacks in another language.
 * `schemas/competency-stack.json` is this. Pure data; a test holds it and `parseStack` to the same judgement.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'

const text = { type: 'string', pattern: '\\S' }
const uri = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:\\S+$' }
const uris = { type: 'array', items: uri, minItems: 1 }
const words = { type: 'array', items: text, minItems: 1, maxItems: 50 }
const requirements = { type: 'array', items: { $ref: '#/$defs/Requirement' }, minItems: 1 }

const described = <S extends JsonObject>(schema: S, description: string) => ({ ...schema, description })

/** JSON Schema (2020-12) of a CompetencyStack, for editors and other languages. */
export const competencyStackSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Competency stack: what a school needs for a role',
  type: 'object',
  properties: {
    $schema: text,
    id: described(uri, 'Names the stack; other stacks extend it by this id, or by id@version.'),
    name: text,
    role: text,
    version: text,
    extends: described(
      { type: 'array', items: uri },
      'Stacks whose requirements are this one\'s too: an id, or "id@version".',
    ),
    requirements: { ...requirements, minItems: 0 },
  },
  required: ['id', 'name', 'requirements'],
  anyOf: [
    { properties: { requirements: { minItems: 1 } } },
    { properties: { extends: { minItems: 1 } }, required: ['extends'] },
  ],
  additionalProperties: false,
  $defs: {
    Requirement: {
      oneOf: [
        { $ref: '#/$defs/CompetencyRequirement' },
        { $ref: '#/$defs/AllRequirement' },
        { $ref: '#/$defs/AnyRequirement' },
      ],
    },
    CompetencyRequirement: {
      type: 'object',
      properties: {
        id: text,
        competency: described(uri, 'The id of a competency.'),
        level: described(uri, 'The id of the lowest rubric level of that competency that will do.'),
        evidence: described({ type: 'boolean' }, 'Must the credential bring evidence?'),
        maxAgeMonths: described(
          { type: 'integer', minimum: 1, maximum: 1200 },
          'How old the award may be, in calendar months from awardedDate, else validFrom.',
        ),
        issuers: described(uris, 'The issuers that will do. Absent: whoever the verifier trusts.'),
        endorsedBy: {
          description:
            'Who must endorse the credential or its achievement; "independent": anybody but issuer and recipient.',
          anyOf: [{ const: 'independent' }, uris],
        },
        matches: described(
          { enum: ['exact', 'narrow'] },
          'Default exact. "narrow": a narrower competency will do too, by a crosswalk.',
        ),
        covers: described(
          { enum: ['parts', 'itself'] },
          'Default itself. "parts": a badge about a set, of which the competency is a part, will do too.',
        ),
        predictable: described(
          {
            type: 'object',
            properties: {
              confirmed: described(
                { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
                'The share of badges like it that must be confirmed where they are judged anew.',
              ),
              confidence: described(
                { type: 'number', minimum: 0.5, maximum: 0.9999 },
                'Two-sided, of the interval whose low end must reach that share.',
              ),
            },
            required: ['confirmed', 'confidence'],
            additionalProperties: false,
          },
          'What the track record of its issuer, achievement and version has to show.',
        ),
        context: described(
          {
            type: 'object',
            properties: {
              educationLevel: described(words, 'Grades or levels of education, in words or as URIs.'),
              subject: words,
              language: described(words, 'Of instruction: BCP 47. "en" takes "en-US".'),
              schoolModel: described(words, 'How the school works.'),
              notSaid: described(
                { enum: ['uncertain', 'refused', 'accepted'] },
                'What a badge comes to that does not say it. Default uncertain.',
              ),
            },
            anyOf: ['educationLevel', 'subject', 'language', 'schoolModel'].map((name) => ({ required: [name] })),
            additionalProperties: false,
          },
          'For whom and where it must have been shown: of each dimension that is named, one of what is listed.',
        ),
      },
      required: ['id', 'competency'],
      additionalProperties: false,
    },
    AllRequirement: {
      type: 'object',
      properties: { id: text, allOf: requirements },
      required: ['id', 'allOf'],
      additionalProperties: false,
    },
    AnyRequirement: {
      type: 'object',
      properties: {
        id: text,
        anyOf: requirements,
        atLeast: described({ type: 'integer', minimum: 1 }, 'How many of them. Not more than there are.'),
        distinct: described({ type: 'boolean' }, 'One credential counts once in all that is below.'),
      },
      required: ['id', 'anyOf', 'atLeast'],
      additionalProperties: false,
    },
  },
} as const satisfies JsonObject
