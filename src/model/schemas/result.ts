/** The classes Alignment, RubricCriterionLevel, ResultDescription and Result. @module */
import { ALIGNMENT_TARGET_TYPES, RESULT_STATUSES, RESULT_TYPES } from '../vocabulary.js'
import { link, many, oneOf, open, optional, term, text, types, uri } from './blocks.js'

// Open, as all classes of this file: Open Badges 3.0 section 6.
export const alignment = open('Alignment', {
  type: types(['Alignment']),
  targetName: text,
  targetUrl: link,
  targetCode: optional(text),
  targetDescription: optional(text),
  targetFramework: optional(text),
  targetType: optional(term(ALIGNMENT_TARGET_TYPES)),
})

export const rubricCriterionLevel = open(
  'RubricCriterionLevel',
  {
    id: uri,
    type: types(['RubricCriterionLevel']),
    name: text,
    alignment: optional(many(alignment)),
    description: optional(text),
    level: optional(text),
    points: optional(text),
  },
  { freshId: true },
)

export const resultDescription = open(
  'ResultDescription',
  {
    id: uri,
    type: types(['ResultDescription']),
    name: text,
    resultType: term(RESULT_TYPES),
    alignment: optional(many(alignment)),
    allowedValue: optional(many(text)),
    requiredLevel: optional(link),
    requiredValue: optional(text),
    rubricCriterionLevel: optional(many(rubricCriterionLevel)),
    valueMax: optional(text),
    valueMin: optional(text),
  },
  { freshId: true },
)

export const result = open('Result', {
  type: types(['Result']),
  achievedLevel: optional(link),
  alignment: optional(many(alignment)),
  resultDescription: optional(link),
  status: optional(oneOf(RESULT_STATUSES)),
  value: optional(text),
})
