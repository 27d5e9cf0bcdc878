/**
 * What an evaluator says of a badge, as an endorsement: the endorsement's subject has `result`, of the class Result of Open Badges 3.0,
 * which the standard knows in an AchievementSubject only. So a context says what it is there: the same property.
 *
 * @module
 */
import { isObject, listOf } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { Result } from './result.js'

/** The property of the standard: Open Badges 3.0, AchievementSubject.result. */
const RESULT = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#result'

/** Makes `result` of an endorsement's subject the property that it is in a badge. */
export const EVALUATION_CONTEXT = { result: { '@id': RESULT, '@type': '@id', '@container': '@set' } } as const

/** The results that an endorsement states, by the name or by the IRI that a proof of the graph secures. */
export function evaluationResults(subject: unknown): Partial<Result>[] {
  if (!isObject(subject as Json)) return []
  const { result, [RESULT]: byIri } = subject as JsonObject
  return [...listOf(result), ...listOf(byIri)].flatMap((one) => (isObject(one as Json) ? [one as Partial<Result>] : []))
}

/** An evaluation whose result is not "Completed": an endorsement by its form, and by its content the opposite. */
export const isAdverse = (subject: unknown): boolean =>
  evaluationResults(subject).some(({ status }) => status !== undefined && status !== 'Completed')
