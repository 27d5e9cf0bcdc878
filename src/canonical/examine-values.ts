/**
 * The closer look at values: scalars, value objects, and values that stand twice.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ActiveContext, TermDefinition } from './active-context.js'
import { isNativeElsewhere } from './ambiguous.js'
import type { Contexts } from './contexts.js'
import { expandIri } from './iri-expansion.js'
import { isAbsoluteIri, isBlankNodeIdentifier, isLanguageTag } from './keywords.js'
import { I18N } from './literals.js'
import { definitionOf, nameFor } from './members.js'
import type { DocumentPlace, Problems } from './problems.js'

/** Value expansion, section 5.3.2. `active`: after the member's own scoped context. */
export function examineScalar(
  value: string | number | boolean,
  active: ActiveContext,
  member: TermDefinition,
  place: DocumentPlace,
  problems: Problems,
  contexts: Contexts,
): void {
  const definition = member.scope === null ? member : active.terms.get(member.name)
  const type = definition?.type ?? null
  const own = member.ownership === 'own'
  if (own && isNativeElsewhere(value, type))
    problems.ambiguous(
      place.pointer,
      member.name,
      typeof value === 'string'
        ? 'is a string where a number or boolean belongs'
        : `is a ${typeof value} where a string belongs`,
    )
  if (typeof value !== 'string') return
  if (type === '@id') problems.id({ ...place, standard: own }, value, active)
  else if (type === '@vocab') problems.vocabValue(place, value, active, own)
  else if (type === null || type === '@none') {
    const language = definition?.language === undefined ? active.language : definition.language
    if (language !== null) contexts.budget.spend('characters', language.length)
    if (language !== null && !isLanguageTag(language)) problems.language(place.pointer, language)
  } else if (type.startsWith(I18N)) problems.ambiguous(place.pointer, member.name, OF_A_DIRECTION)
}

/** Section 9.4 of JSON-LD 1.1, Value Objects. */
export function examineValueObject(
  element: JsonObject,
  active: ActiveContext,
  member: TermDefinition | null,
  place: DocumentPlace,
  problems: Problems,
  contexts: Contexts,
): void {
  const at = place.pointer
  const found = new Map<string, Json>()
  for (const [name, value] of Object.entries(element)) {
    if (name === '@context') continue
    const { iri } = definitionOf(active, name, contexts)
    if (iri === null || !['@value', '@type', '@language', '@direction', '@index'].includes(iri))
      problems.syntax(pointer(at, name), 'invalid value object', `a value object has no member ${JSON.stringify(name)}`)
    else if (iri !== name && iri !== '@type' && place.standard)
      problems.ambiguous(pointer(at, name), name, `stands for "${iri}", and a reader of the JSON looks for "${iri}"`)
    if (iri !== null) found.set(iri, value)
  }
  if (member === null) {
    problems.dropped(at, '@value', 'a value that belongs to no member is dropped')
    return
  }
  const value = found.get('@value') as Json
  const language = found.get('@language')
  const type = found.get('@type')
  if (type !== undefined && member.ownership === 'own')
    problems.ambiguous(
      at,
      member.name,
      'is a value object with a type of its own, where the standard has a plain value',
    )
  const datatype = typeof type === 'string' ? expandIri(active, type, { vocab: true, budget: contexts.budget }) : null
  if (datatype === '@json') return
  if (type !== undefined && (datatype === null || !isAbsoluteIri(datatype) || isBlankNodeIdentifier(datatype)))
    problems.syntax(at, 'invalid typed value', 'the "@type" of a value object must be an IRI')
  if (value === null) problems.dropped(at, '@value', 'a value object without value is dropped')
  else if (typeof value === 'object')
    problems.syntax(at, 'invalid value object value', '"@value" must be a string, number or boolean')
  const direction = found.get('@direction')
  if (direction !== undefined) {
    if (direction !== 'ltr' && direction !== 'rtl')
      problems.syntax(at, 'invalid base direction', '"@direction" must be "ltr" or "rtl"')
    else if (typeof value !== 'string')
      problems.dropped(at, '@direction', 'the base direction of what is no text is dropped')
    if (type !== undefined)
      problems.syntax(at, 'invalid value object', 'a value has a type, or a language and a base direction')
  }
  if (member.ownership !== 'own' && datatype?.startsWith(I18N)) problems.ambiguous(at, member.name, OF_A_DIRECTION)
  if (language === undefined || language === null) return
  if (type !== undefined || typeof value !== 'string')
    problems.syntax(at, 'invalid language-tagged value', 'only a string can have a language')
  if (typeof language !== 'string')
    problems.syntax(at, 'invalid language-tagged string', '"@language" must be a string')
  else if (!isLanguageTag(language)) problems.language(at, language)
}

const OF_A_DIRECTION = `has a datatype of ${I18N}, which stands for "@language" and "@direction": a reader of the JSON looks for those`

/** One node as two values of a member: to RDF they are one value. */
export function examineRepetition(
  items: readonly Json[],
  active: ActiveContext,
  place: DocumentPlace,
  problems: Problems,
  contexts: Contexts,
): void {
  const texts = new Map<string, string>()
  for (const [index, item] of items.entries()) {
    const name = isObject(item) ? nameFor(item, active, '@id', contexts) : undefined
    const id = isObject(item) && name !== undefined ? item[name] : item
    if (typeof id !== 'string') continue
    const iri = expandIri(active, id, { vocab: false, budget: contexts.budget }) ?? id
    const text = JSON.stringify(item)
    contexts.budget.spend('characters', text.length)
    if ((texts.get(iri) ?? text) !== text)
      problems.ambiguous(
        pointer(place.pointer, index),
        id,
        'stands here twice and not with the same content: to the signature both are one, to a reader of the JSON they are two',
      )
    texts.set(iri, text)
  }
}
