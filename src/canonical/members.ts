/**
 * The members of an object, by what they mean.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import { type ActiveContext, TermDefinition } from './active-context.js'
import type { Contexts } from './contexts.js'
import { expandIri } from './iri-expansion.js'
import { isKeyword } from './keywords.js'
import { Unusual } from './unusual.js'

/** More names than this for one keyword are an attack on the time it takes to look for them. */
const MAX_ALIASES = 8

/** What a member means: a term, a keyword, a compact or absolute IRI, something for `@vocab`, or nothing. */
export function definitionOf(active: ActiveContext, name: string, contexts: Contexts): TermDefinition {
  const term = active.terms.get(name)
  if (term !== undefined) return term
  const others = contexts.of<string, TermDefinition>(active)
  const known = others.get(name)
  if (known !== undefined) return known
  const definition = new TermDefinition(name)
  const iri = expandIri(active, name, { vocab: true, budget: contexts.budget })
  definition.setIri(iri, iri !== null && isKeyword(iri))
  others.set(name, definition)
  return definition
}

/** The value of the member that goes by one of these names. Two of them are too many. */
export function memberOf(element: JsonObject, names: readonly string[]): Json | undefined {
  if (names.length > MAX_ALIASES) throw new Unusual()
  let found: Json | undefined
  for (const name of names) {
    const value = element[name]
    if (value === undefined || !Object.hasOwn(element, name)) continue
    if (found !== undefined) throw new Unusual()
    found = value
  }
  return found
}

/** Expansion step 7: a value object, and a reference to a node, are no new nodes. */
export function keepsTypeScope(element: JsonObject, active: ActiveContext): boolean {
  if (memberOf(element, active.valueNames) !== undefined) return true
  if (memberOf(element, active.idNames) === undefined) return false
  let members = 0
  for (const _ in element) members++
  return members === 1
}

/** The name of the member that expands to `keyword`. */
export function nameFor(
  element: JsonObject,
  active: ActiveContext,
  keyword: string,
  contexts: Contexts,
): string | undefined {
  return Object.keys(element).find(
    (name) => name !== '@context' && definitionOf(active, name, contexts).iri === keyword,
  )
}
