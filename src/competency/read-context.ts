/**
 * Contexts in JSON that people wrote: in stacks and in crosswalks.
 *
 * @module
 */
import { pointer } from '../internal/json-pointer.js'
import type { JsonObject } from '../internal/types.js'
import type { ContextOfUse } from '../model/extension-context.js'
import { DIMENSIONS } from './context.js'
import { present, type Reading } from './reading.js'
import type { RequiredContext } from './types.js'

/** Words of one dimension beyond which nobody means them. */
const MAX_WORDS = 50
const POLICIES: readonly string[] = ['uncertain', 'refused', 'accepted']

/** The member `context`; undefined where it is absent. */
export function readContext(
  reading: Reading,
  parent: JsonObject,
  place: string,
  name: string,
  further: readonly string[] = [],
): ContextOfUse | undefined {
  if (parent.context === undefined) return undefined
  const at = pointer(place, 'context')
  const what = `${name} "context"`
  const context = reading.object(parent.context, at, what)
  if (context === undefined) return undefined
  reading.only(context, [...DIMENSIONS, ...further], at, what)
  if (DIMENSIONS.every((dimension) => context[dimension] === undefined))
    reading.report('parse.value', at, `${what} asks for nothing: name some of ${DIMENSIONS.join(', ')}`)
  return present<ContextOfUse>({
    educationLevel: readWords(reading, context, 'educationLevel', at, what),
    subject: readWords(reading, context, 'subject', at, what),
    language: readWords(reading, context, 'language', at, what),
    schoolModel: readWords(reading, context, 'schoolModel', at, what),
  })
}

/** The same with what is to come of a badge that does not say it. */
export function readRequiredContext(
  reading: Reading,
  parent: JsonObject,
  place: string,
  name: string,
): RequiredContext | undefined {
  const context = readContext(reading, parent, place, name, ['notSaid'])
  const { notSaid } = (context === undefined ? {} : parent.context) as JsonObject
  if (context === undefined || notSaid === undefined) return context
  if (!POLICIES.includes(notSaid as string))
    reading.report(
      'parse.value',
      pointer(pointer(place, 'context'), 'notSaid'),
      `${name} "context.notSaid" must be one of ${POLICIES.join(', ')}`,
    )
  return { ...context, notSaid: notSaid as NonNullable<RequiredContext['notSaid']> }
}

/** Words of a list: each a text that is not empty. */
export function readWords(
  reading: Reading,
  parent: JsonObject,
  member: string,
  place: string,
  name: string,
): readonly string[] | undefined {
  if (parent[member] === undefined) return undefined
  const at = pointer(place, member)
  const words = reading.array(parent[member], at, `${name} "${member}"`)
  if (Array.isArray(parent[member]) && (words.length === 0 || words.length > MAX_WORDS))
    reading.report('parse.value', at, `${name} "${member}" names ${words.length}: from 1 to ${MAX_WORDS}`)
  return words.flatMap((word, index) => {
    if (typeof word === 'string' && word.trim() !== '') return [word]
    reading.report('parse.type', pointer(at, index), `${name} "${member}[${index}]" must be a text that is not empty`)
    return []
  })
}
