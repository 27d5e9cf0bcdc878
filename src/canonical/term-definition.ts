/**
 * Create Term Definition: JSON-LD 1.1 API section 4.2.2. The numbers in the comments are its steps.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import { type ActiveContext, type Container, TermDefinition } from './active-context.js'
import type { Budget } from './budget.js'
import { expandIri } from './iri-expansion.js'
import { isAbsoluteIri, isBlankNodeIdentifier, isKeyword, JsonLdSyntaxError, looksLikeKeyword } from './keywords.js'

/** One context definition while its terms are being defined. */
export interface Definitions {
  /** The context that the terms go into. */
  readonly active: ActiveContext
  /** The context definition. */
  readonly local: JsonObject
  /** Whether a term has been defined (true), or is being defined (false). */
  readonly defined: Map<string, boolean>
  /** The context definition's `@protected`. */
  readonly protected: boolean
  /** Property-scoped contexts may redefine protected terms. */
  readonly overrideProtected: boolean
  /** The URL of the document that the context definition stands in. */
  readonly base: string | null
  /** Does it stand in a bundled context? */
  readonly own: boolean
  readonly budget: Budget
  /** How many terms are being defined, each by the next one. */
  depth: number
}

/** A prefix that is defined by a prefix, and so on: two are usual. */
const MAX_DEPTH = 64

const EXPECTED: ReadonlySet<string> = new Set(
  '@id @reverse @container @context @direction @index @language @nest @prefix @protected @type'.split(' '),
)

/** Defines `term` in `definitions.active`. Throws JsonLdSyntaxError and CanonicalizationError. */
export function defineTerm(term: string, definitions: Definitions): void {
  const { active, local, defined, budget } = definitions
  budget.spend('characters', term.length)
  // 1: a name that is being defined, and is met again on the way, leads in a circle.
  const state = defined.get(term)
  if (state === true) return
  if (state === false) throw problem('cyclic IRI mapping', term, 'is defined by itself')
  // 2, 3
  if (term === '') throw new JsonLdSyntaxError('invalid term definition', 'a term cannot be the empty string')
  defined.set(term, false)
  const given = local[term] as Json
  // 4, 5
  if (term === '@type') demandTypeContainer(given)
  else if (isKeyword(term)) throw problem('keyword redefinition', term, 'is a keyword, which cannot be redefined')
  else if (looksLikeKeyword(term)) throw reserved(term, term)
  // 6
  const previous = active.terms.get(term)
  active.terms.delete(term)
  // 7, 8, 9
  const simple = typeof given === 'string'
  const value: Json = simple || given === null ? { '@id': given } : given
  if (!isObject(value)) throw problem('invalid term definition', term, 'must be a string, an object or null')
  for (const name in value)
    if (!EXPECTED.has(name)) throw problem('invalid term definition', term, `has a member ${JSON.stringify(name)}`)
  // 10, 11
  const definition = new TermDefinition(term)
  definition.own = definitions.own && isSettled(value['@id'], local)
  definition.protected = booleanOf(value, '@protected', term, 'invalid @protected value') ?? definitions.protected
  // 12 to 18
  setIriMapping(definition, value, simple, definitions)
  active.terms.set(term, definition)
  // 28, early: a term may be its own datatype, `"dateTime": { "@id": "xsd:dateTime", "@type": "dateTime" }`.
  defined.set(term, true)
  setTypeMapping(definition, value, definitions)
  setContainerMapping(definition, value)
  setIndexMapping(definition, value, definitions)
  setLanguageAndDirection(definition, value)
  setNestAndPrefix(definition, value)
  // 21: it is validated in context-processing.ts.
  if (value['@context'] !== undefined)
    definition.scope = { context: value['@context'], base: definitions.base, own: definitions.own }
  // 27
  if (previous?.protected && !definitions.overrideProtected) {
    definition.protected = true
    if (!sameDefinition(previous, definition))
      throw problem('protected term redefinition', term, 'is protected: no later context may give it another meaning')
  }
}

/**
 * Does the IRI hang on nothing outside of this context definition? In credentials/v1 there is a `sec:challenge` whose prefix only a
 * document could define.
 */
function isSettled(id: Json | undefined, local: JsonObject): boolean {
  if (typeof id !== 'string') return false
  return isKeyword(id) || id.includes('://') || Object.hasOwn(local, id.split(':', 1)[0] as string)
}

/** Step 4: the one thing that a context may say about a keyword. */
function demandTypeContainer(value: Json): void {
  const allowed =
    isObject(value) &&
    Object.keys(value).length > 0 &&
    (value['@container'] ?? '@set') === '@set' &&
    Object.keys(value).every((name) => name === '@container' || name === '@protected')
  if (!allowed) throw problem('keyword redefinition', '@type', 'may only be given "@container": "@set" or "@protected"')
}

/** Steps 12 to 18. */
function setIriMapping(definition: TermDefinition, value: JsonObject, simple: boolean, context: Definitions): void {
  const { active } = context
  const term = definition.name
  const define = definer(context)
  const expand = (iri: string): string | null => expandIri(active, iri, { vocab: true, define, budget: context.budget })

  const reverse = value['@reverse']
  if (reverse !== undefined) {
    if (value['@id'] !== undefined || value['@nest'] !== undefined)
      throw problem('invalid reverse property', term, 'has "@reverse" together with "@id" or "@nest"')
    if (typeof reverse !== 'string') throw problem('invalid IRI mapping', term, 'has an "@reverse" that is no string')
    if (looksLikeKeyword(reverse)) throw reserved(term, reverse)
    const iri = expand(reverse)
    if (iri === null || !isAbsoluteIri(iri))
      throw problem('invalid IRI mapping', term, 'has an "@reverse" that is no IRI')
    definition.setIri(iri, false)
    definition.reverse = true
    return
  }

  const id = value['@id']
  if (id === null) {
    definition.setIri(null, false)
    return
  }
  if (id !== undefined && id !== term) {
    if (typeof id !== 'string') throw problem('invalid IRI mapping', term, 'has an "@id" that is no string')
    if (!isKeyword(id) && looksLikeKeyword(id)) throw reserved(term, id)
    const iri = expand(id)
    if (iri === null || !(isKeyword(iri) || isAbsoluteIri(iri)))
      throw problem('invalid IRI mapping', term, `has an "@id" that is no IRI: ${JSON.stringify(id)}`)
    if (iri === '@context') throw problem('invalid keyword alias', term, 'is an alias of @context')
    // 14.2.4: a term that looks like an IRI must mean that IRI.
    if (/.:.|\//.test(term)) {
      context.defined.set(term, true)
      if (expand(term) !== iri) throw problem('invalid IRI mapping', term, 'looks like an IRI, and means another')
      context.defined.set(term, false)
    }
    definition.setIri(iri, isKeyword(iri))
    definition.prefix = simple && !/[:/]/.test(term) && (/[:/?#[\]@]$/.test(iri) || isBlankNodeIdentifier(iri))
    return
  }

  const colon = term.indexOf(':', 1)
  if (colon !== -1) {
    const prefix = term.slice(0, colon)
    define(prefix)
    const base = active.terms.get(prefix)
    const iri = base?.iri == null ? term : base.iri + term.slice(colon + 1)
    context.budget.spend('characters', iri.length)
    definition.setIri(iri, false)
  } else if (term.includes('/')) {
    const iri = expand(term)
    if (iri === null || !isAbsoluteIri(iri)) throw problem('invalid IRI mapping', term, 'is a relative reference')
    definition.setIri(iri, false)
  } else if (term === '@type') definition.setIri('@type', true)
  else if (active.vocab !== null) {
    context.budget.spend('characters', active.vocab.length + term.length)
    definition.setIri(active.vocab + term, false)
  } else throw problem('invalid IRI mapping', term, 'has no "@id", and there is no @vocab')
}

/** For IRI expansion: terms may be used before the place where they are defined. */
function definer(context: Definitions): (name: string) => void {
  return (name) => {
    if (!Object.hasOwn(context.local, name) || context.defined.get(name) === true) return
    if (++context.depth > MAX_DEPTH)
      throw problem('context overflow', name, `ends a chain of more than ${MAX_DEPTH} terms that define one another`)
    defineTerm(name, context)
    context.depth--
  }
}

/** Step 13 (type mapping). */
function setTypeMapping(definition: TermDefinition, value: JsonObject, context: Definitions): void {
  const given = value['@type']
  if (given === undefined) return
  const term = definition.name
  if (typeof given !== 'string') throw problem('invalid type mapping', term, 'has an "@type" that is no string')
  const type = expandIri(context.active, given, {
    vocab: true,
    define: definer(context),
    budget: context.budget,
  })
  const special = type === '@id' || type === '@vocab' || type === '@json' || type === '@none'
  if (type === null || !(special || isAbsoluteIri(type)) || isBlankNodeIdentifier(type))
    throw problem('invalid type mapping', term, `has an "@type" that is no IRI: ${JSON.stringify(given)}`)
  definition.type = type
}

/** The container mapping by its sorted members, `@set` taken out. */
const CONTAINERS: ReadonlyMap<string, Container> = new Map([
  ['', 'none'],
  ['@list', 'list'],
  ['@graph', 'graph'],
  ['@language', 'language'],
  ['@index', 'index'],
  ['@id', 'id'],
  ['@type', 'type'],
  ['@graph @index', 'index-graph'],
  ['@graph @id', 'id-graph'],
])

/** Step 19 (container mapping). */
function setContainerMapping(definition: TermDefinition, value: JsonObject): void {
  const given = value['@container']
  if (given === undefined || given === null) return
  const term = definition.name
  const members: readonly Json[] = Array.isArray(given) ? given : [given]
  const others = members.filter((member) => member !== '@set')
  const container = others.every((member) => typeof member === 'string')
    ? CONTAINERS.get([...others].sort().join(' '))
    : undefined
  const set = others.length !== members.length
  if (container === undefined || members.length - others.length > 1 || (set && container === 'list'))
    throw problem('invalid container mapping', term, `has "@container": ${JSON.stringify(given)}`)
  if (definition.reverse && container !== 'none' && container !== 'index')
    throw problem('invalid reverse property', term, 'has "@reverse" with such a "@container"')
  definition.container = container
  definition.set = set
  if (container === 'type') {
    definition.type ??= '@id'
    if (definition.type !== '@id' && definition.type !== '@vocab')
      throw problem('invalid type mapping', term, 'has "@container": "@type" with such an "@type"')
  }
}

/** Step 20. */
function setIndexMapping(definition: TermDefinition, value: JsonObject, context: Definitions): void {
  const given = value['@index']
  if (given === undefined) return
  const iri =
    typeof given === 'string' ? expandIri(context.active, given, { vocab: true, budget: context.budget }) : null
  const indexed = definition.container === 'index' || definition.container === 'index-graph'
  if (typeof given !== 'string' || iri === null || !isAbsoluteIri(iri) || !indexed)
    throw problem('invalid term definition', definition.name, 'has an "@index" that cannot be')
  definition.index = given
}

/** Steps 22 and 23. */
function setLanguageAndDirection(definition: TermDefinition, value: JsonObject): void {
  const language = value['@language']
  if (language !== undefined && value['@type'] === undefined) {
    if (language !== null && typeof language !== 'string')
      throw problem('invalid language mapping', definition.name, 'has an "@language" that is no string')
    definition.language = language === null ? null : language.toLowerCase()
  }
  const direction = value['@direction']
  if (direction !== undefined) {
    if (direction !== null && direction !== 'ltr' && direction !== 'rtl')
      throw problem('invalid base direction', definition.name, 'has an "@direction" that is neither "ltr" nor "rtl"')
    // The algorithm passes over it, and jsonld does not.
    if (value['@type'] !== undefined)
      throw problem(
        'invalid base direction',
        definition.name,
        'has "@direction" beside "@type": understood in two ways',
      )
    definition.direction = direction
  }
}

/** Steps 24 and 25. */
function setNestAndPrefix(definition: TermDefinition, value: JsonObject): void {
  const nest = value['@nest']
  if (nest !== undefined) {
    if (typeof nest !== 'string' || (nest !== '@nest' && looksLikeKeyword(nest)))
      throw problem('invalid @nest value', definition.name, 'has an "@nest" that cannot be')
    definition.nest = nest
  }
  const prefix = booleanOf(value, '@prefix', definition.name, 'invalid @prefix value')
  if (prefix === undefined) return
  if (/[:/]/.test(definition.name) || definition.keyword)
    throw problem('invalid term definition', definition.name, 'cannot be a prefix')
  definition.prefix = prefix
}

/** Step 27 compares all but `protected`. */
function sameDefinition(a: TermDefinition, b: TermDefinition): boolean {
  return (
    a.iri === b.iri &&
    a.reverse === b.reverse &&
    a.prefix === b.prefix &&
    a.type === b.type &&
    a.container === b.container &&
    a.set === b.set &&
    a.language === b.language &&
    a.direction === b.direction &&
    a.index === b.index &&
    a.nest === b.nest &&
    sameJson(a.scope?.context, b.scope?.context)
  )
}

/** The order of members does not matter. */
function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    )
  const [left, right] = [a as JsonObject, b as JsonObject]
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  )
}

function booleanOf(value: JsonObject, name: string, term: string, code: string): boolean | undefined {
  const given = value[name]
  if (given !== undefined && typeof given !== 'boolean') throw problem(code, term, `has ${name} that is no boolean`)
  return given
}

/**
 * Steps 5, 12 and 14.2.2: the algorithm drops such a term, with a warning. In safe mode others refuse it, used or not, so it is refused here too:
 * what it should have meant would be in no signature.
 */
function reserved(term: string, name: string): JsonLdSyntaxError {
  return problem(
    'invalid term definition',
    term,
    `is defined by ${JSON.stringify(name)}, which is reserved for keywords to come`,
  )
}

function problem(code: string, term: string, says: string): JsonLdSyntaxError {
  return new JsonLdSyntaxError(code, `the term ${JSON.stringify(term)} ${says}`)
}
