/**
 * Checks of what a badge means: does the next holder of it do the same?
 *
 * @module
 */
import { number, shape, text, whole } from '../../internal/members.js'
import type { JsonObject } from '../../internal/types.js'
import type {
  Achievement,
  OpenBadgeCredential,
  Result,
  ResultDescription,
  RubricCriterionLevel,
} from '../../model/types.js'
import { canonicalUri } from '../identifiers.js'
import { plusMonths } from '../judge.js'
import { answer, at, ofBadge, ofExtension, quoted, without } from './answers.js'
import type { QualityAnswer, QualityCheck, QualityPlace, QualitySubject } from './types.js'

const MONTHS = 12

export const PREDICTABLE_CHECKS: Readonly<Record<string, QualityCheck>> = {
  'predictable.rubric_incomplete': {
    asks: 'Is there a rubric of at least two levels for each result?',
    mend: 'Give each "resultDescription" a "rubricCriterionLevel" for each level, from low to high.',
    judge: ({ achievement: { resultDescription = [] }, base }) =>
      resultDescription.length === 0
        ? answer('not-met', at(`${base}/resultDescription`, 'it describes no results'))
        : without(
            resultDescription.flatMap(({ name, rubricCriterionLevel = [] }, index) =>
              rubricCriterionLevel.length < 2
                ? [
                    at(
                      `${base}/resultDescription/${index}/rubricCriterionLevel`,
                      `${quoted(name)} has ${rubricCriterionLevel.length === 0 ? 'no levels' : 'one level only'}`,
                    ),
                  ]
                : [],
            ),
            `${base}/resultDescription`,
            `${resultDescription.length} with levels`,
          ),
  },
  'predictable.required_level_unknown': {
    asks: 'Does each rubric require one of its own levels?',
    mend: 'Let "requiredLevel" be the "id" of the lowest level that passes.',
    judge: ({ achievement, base }) => {
      const rubrics = rubricsOf(achievement)
      if (rubrics.length === 0) return answer('does-not-apply', at(`${base}/resultDescription`, 'it has no rubric'))
      const faults = rubrics.flatMap(({ description, levels, index }): QualityPlace[] => {
        const place = `${base}/resultDescription/${index}/requiredLevel`
        const { requiredLevel } = description
        if (requiredLevel === undefined) return [at(place, `${quoted(description.name)} requires no level`)]
        return !ranksOf(levels).has(canonicalUri(requiredLevel))
          ? [at(place, `${quoted(description.name)} requires a level that it does not have`)]
          : []
      })
      return without(faults, `${base}/resultDescription`, `${rubrics.length} with a level that passes`)
    },
  },
  'predictable.result_below_required': {
    asks: 'Does every result reach what is required?',
    mend: 'Award it when each criterion is met, and state a result for each.',
    judge: (subject) => ofBadge(subject, '/credentialSubject/result', judgeResults),
  },
  'predictable.not_reviewed': {
    asks: 'Was it reviewed lately?',
    mend: 'Review criteria and rubric, and write the day in "reviewed" of the extension context.',
    settings: shape({ months: whole(1, 1200) }),
    judge: judgeReviewed,
  },
  'predictable.no_assessor_agreement': {
    asks: 'Does it say how far its assessors agree?',
    mend: 'Have several assessors judge the same work, and write "assessorAgreement" of the extension context: { "measure": "cohen-kappa", "value": 0.8, "n": 60, "interval": [0.7, 0.9] }.',
    settings: shape({ measure: text, atLeast: number }),
    judge: (subject, { measure, atLeast }) =>
      ofExtension(subject, 'assessorAgreement', (stated, place) => {
        const says = `${stated.measure} ${stated.value} of ${stated.n}`
        if (measure !== undefined && stated.measure !== measure)
          return answer('not-met', at(place, `${says}; ${measure} is asked`))
        return atLeast !== undefined && stated.value < Number(atLeast)
          ? answer('not-met', at(place, `${says}; at least ${atLeast} is asked`))
          : answer('met', at(place, says))
      }),
  },
}

interface Rubric {
  readonly description: ResultDescription
  readonly levels: readonly RubricCriterionLevel[]
  readonly index: number
}

const rubricsOf = ({ resultDescription = [] }: Achievement): Rubric[] =>
  resultDescription.flatMap((description, index) => {
    const levels = description.rubricCriterionLevel ?? []
    return levels.length === 0 ? [] : [{ description, levels, index }]
  })

/**
 * The rank of each level by its id: by `level`, else by `points`, where each level has a number of its own; else as they are listed, lowest
 * first.
 */
function ranksOf(levels: readonly RubricCriterionLevel[]): ReadonlyMap<string, number> {
  const numbers = (['level', 'points'] as const)
    .map((member) => levels.map((level) => Number(level[member] ?? Number.NaN)))
    .find((ranks) => ranks.every(Number.isFinite) && new Set(ranks).size === levels.length)
  return new Map(levels.map(({ id }, index) => [canonicalUri(id), numbers?.[index] ?? index]))
}

function judgeResults({ credentialSubject }: OpenBadgeCredential): QualityAnswer {
  const { achievement, result = [] } = credentialSubject
  const place = '/credentialSubject/result'
  const descriptions = achievement.resultDescription ?? []
  if (descriptions.length === 0 && result.length === 0)
    return answer('does-not-apply', at(place, 'there are no results'))
  const byId = new Map(descriptions.map((description) => [canonicalUri(description.id), scaleOf(description)]))
  const stated = new Set(
    result.flatMap(({ resultDescription }) => (resultDescription === undefined ? [] : canonicalUri(resultDescription))),
  )
  const absent = descriptions.filter(({ id }) => !stated.has(canonicalUri(id)))
  const faults = result.flatMap((one, index): QualityPlace[] => {
    const fault = shortOf(one, byId.get(canonicalUri(one.resultDescription ?? '')))
    return fault === undefined ? [] : [at(`${place}/${index}`, fault)]
  })
  return without(
    [...faults, ...absent.map(({ name }) => at(place, `no result for ${quoted(name)}`))],
    place,
    `${result.length} of ${descriptions.length}`,
  )
}

interface Scale {
  readonly description: ResultDescription
  readonly levels: ReadonlyMap<string, number>
  readonly values: ReadonlyMap<string, number>
}

function scaleOf(description: ResultDescription): Scale {
  const { rubricCriterionLevel = [], allowedValue = [] } = description
  const values = new Map(allowedValue.map((value, index) => [value, index]))
  return { description, levels: ranksOf(rubricCriterionLevel), values }
}

/** What is missing; nothing where nothing is required. */
function shortOf({ status, value, achievedLevel }: Result, scale: Scale | undefined): string | undefined {
  if (status !== undefined && status !== 'Completed') return `its status is "${status}"`
  if (scale === undefined) return 'it is a result of no description'
  const { requiredLevel, requiredValue, name } = scale.description
  if (requiredLevel !== undefined && scale.levels.size > 0) {
    if (achievedLevel === undefined) return `${quoted(name)} requires a level, and none is stated`
    const [reached, least] = [achievedLevel, requiredLevel].map((level) => scale.levels.get(canonicalUri(level)))
    if (reached === undefined || least === undefined) return `${quoted(name)} does not have the level`
    return reached < least ? `${quoted(name)} was not reached: it is below the level required` : undefined
  }
  if (requiredValue === undefined) return undefined
  if (value === undefined) return `${quoted(name)} requires ${quoted(requiredValue)}, and no value is stated`
  const rank = (each: string) => (scale.values.size > 0 ? scale.values.get(each) : Number(each)) ?? Number.NaN
  const [reached, least] = [rank(value), rank(requiredValue)]
  if (Number.isNaN(reached) || Number.isNaN(least))
    return `${quoted(value)} and ${quoted(requiredValue)} cannot be compared`
  return reached < least ? `${quoted(value)} is below ${quoted(requiredValue)}, which is required` : undefined
}

function judgeReviewed(subject: QualitySubject, { months = MONTHS }: JsonObject): QualityAnswer {
  return ofExtension(subject, 'reviewed', (day, place) => {
    const { now } = subject.options
    if (now === undefined) return answer('not-judged', at(place, `reviewed on ${day}; today was not given ("now")`))
    const latest = new Date(`${day}T00:00:00Z`)
    if (latest.getTime() > now.getTime()) return answer('not-met', at(place, `${day} is in the future`))
    return plusMonths(latest.getTime(), Number(months)) < now.getTime()
      ? answer('not-met', at(place, `reviewed on ${day}, more than ${months} months ago`))
      : answer('met', at(place, `reviewed on ${day}`))
  })
}
