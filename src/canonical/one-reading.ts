/**
 * Does a document whose contexts are not all the standard's own say one thing only?
 *
 * A proof secures the graph that *all* contexts of a document make of it. A reader of the JSON knows the standard's names and no
 * others. Contexts from elsewhere can give a standard name another meaning, in more ways than can be listed (scopes by type and by
 * property, aliases, prefixes, imports), and whoever holds a badge can append one where the issuer's contexts are not protected. So
 * nothing is listed here. The document is expanded twice by one processor: with all its contexts, and with the standard's own
 * alone, which is how a reader sees it. What the second says must be what the first says, but for properties and types that the
 * standard does not own. Those are never read by the standard's names: where a member has one that its context does not define, the second
 * expansion gives it the standard's meaning, so that any other meaning shows.
 *
 * Why that suffices: what is read is a function of the second expansion. Two documents with one signed graph whose second expansions
 * are each the standard's part of that graph are read alike. What foreign properties lead to is not read, and must not describe
 * anything that is, or a description could be moved there.
 *
 * @module
 */

import { isSameJson } from '../internal/json-equal.js'
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ContextDocument } from './context-document.js'
import { isKeyword } from './keywords.js'
import { isPinned } from './pinned-contexts.js'
import type { JsonLdProblem } from './types.js'
import { isClassName, type Vocabulary } from './vocabulary.js'

/** What is known of the contexts that a document refers to. */
export type ContextAt = (url: string) => ContextDocument | undefined

/** Is it the standard's: bundled, or known by its digest? */
function isStandard({ own, pinned }: ContextDocument): boolean {
  return own || pinned
}

/**
 * The document as a reader of the standard sees it: its contexts from elsewhere are taken out, but for the default language and
 * direction of its texts, which a reader of the JSON does not ask about.
 */
export function withStandardContexts(document: JsonObject, contextAt: ContextAt): JsonObject {
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      name === '@context' ? standardPart(value, contextAt) : inside(value, contextAt),
    ]),
  )
}

function inside(value: Json, contextAt: ContextAt): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => inside(item, contextAt))
  return isObject(value) ? withStandardContexts(value, contextAt) : value
}

function standardPart(context: Json, contextAt: ContextAt): Json {
  if (Array.isArray(context)) return (context as readonly Json[]).map((item) => standardPart(item, contextAt))
  if (context === null) return null
  if (typeof context === 'string') {
    const known = contextAt(context)
    if (known !== undefined && isStandard(known)) return context
    return known === undefined ? {} : textDefaults(known.context)
  }
  return isPinned(context) ? context : textDefaults(context)
}

function textDefaults(context: Json): JsonObject {
  if (!isObject(context)) return {}
  if (context['@context'] !== undefined) return textDefaults(context['@context'])
  const { '@language': language, '@direction': direction } = context
  return {
    ...(language === undefined ? {} : { '@language': language }),
    ...(direction === undefined ? {} : { '@direction': direction }),
  }
}

/** What the standard calls by a name that no context of the standard defines in this document. */
export type Supplement = ReadonlyMap<string, string>

/**
 * The standard's meaning of names that `standard` dropped: of those that a reader looks for in an object of its types, or of no type, and of
 * those that the signed graph has that meaning of.
 */
export function supplementFor(
  document: JsonObject,
  droppedNames: ReadonlySet<string>,
  whole: readonly Json[],
  vocabulary: Vocabulary,
): Supplement {
  const suspects = new Set([...droppedNames].filter((name) => vocabulary.isName(name) && !isClassName(name)))
  if (suspects.size === 0) return new Map()
  const signed = new Set<string>()
  collectProperties(whole, signed)
  const urls = new Set<string>()
  collectContextUrls(document, urls)
  // In an object without types every name of the standards counts that the document is written by.
  const ofUsed = [...suspects].filter((name) => vocabulary.definitionsOf(name).some(({ url }) => urls.has(url)))
  const read = new Set<string>()
  collectRead(document, { suspects, untyped: new Set(ofUsed), vocabulary }, read)
  const found = new Map<string, string>()
  for (const name of suspects) {
    const iris = vocabulary.irisOf(name).filter((iri) => vocabulary.containersOf(iri, name) !== undefined)
    const iri = iris.find((one) => signed.has(one)) ?? (read.has(name) ? iris[0] : undefined)
    if (iri !== undefined) found.set(name, iri)
  }
  return found
}

/** The document with the supplement as its last context. */
export function supplemented(document: JsonObject, supplement: Supplement, vocabulary: Vocabulary): JsonObject {
  const context = Object.fromEntries(
    [...supplement].map(([name, iri]): [string, Json] => {
      const container = [...(vocabulary.containersOf(iri, name) ?? [])].find((one) => one === 'list' || one === 'graph')
      return [name, container === undefined ? iri : { '@id': iri, '@container': `@${container}` }]
    }),
  )
  const own = document['@context']
  return { ...document, '@context': [...(Array.isArray(own) ? own : own === undefined ? [] : [own]), context] }
}

function collectProperties(value: Json, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) collectProperties(item, into)
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      if (!isKeyword(key)) into.add(key)
      collectProperties(inner, into)
    }
}

function collectContextUrls(value: Json, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) collectContextUrls(item, into)
  else if (isObject(value))
    for (const [name, inner] of Object.entries(value)) {
      if (name === '@context') for (const context of [inner].flat()) if (typeof context === 'string') into.add(context)
      collectContextUrls(inner, into)
    }
}

interface Suspects {
  readonly suspects: ReadonlySet<string>
  /** Those that count in an object without types. */
  readonly untyped: ReadonlySet<string>
  readonly vocabulary: Vocabulary
}

/** The names of members that the standard has in objects of these types. */
function collectRead(value: Json, names: Suspects, into: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) collectRead(item, names, into)
    return
  }
  if (!isObject(value)) return
  const types = [value.type, value['@type']].flat().filter((type) => typeof type === 'string')
  for (const [name, inner] of Object.entries(value)) {
    if (name === '@context') continue
    const isRead =
      types.length === 0
        ? names.untyped.has(name)
        : names.suspects.has(name) && types.some((type) => has(type as string, name, names.vocabulary))
    if (isRead) into.add(name)
    collectRead(inner, names, into)
  }
}

function has(type: string, name: string, vocabulary: Vocabulary): boolean {
  const members = vocabulary.membersOf(type)
  return vocabulary.irisOf(name).some((iri) => members.has(iri))
}

/** Both expansions of a document. */
export interface Expansions {
  readonly whole: readonly Json[]
  readonly standard: readonly Json[]
  readonly supplement: Supplement
}

/** `ambiguous_member` problems; none where the document has one reading. Linear in the expansions. */
export function findOtherReadings(
  { whole, standard, supplement }: Expansions,
  vocabulary: Vocabulary,
): readonly JsonLdProblem[] {
  const problems: JsonLdProblem[] = []
  const signed = new StandardPart(vocabulary)
  const read = new StandardPart(vocabulary)
  const plain = new Set(supplement.values())
  const difference = firstDifference(signed.of(whole), read.of(standard), '', plain)
  if (difference !== undefined)
    problems.push(
      ambiguous(
        difference === '' ? 'the document' : difference,
        'means something else under all contexts of the document than under the standard’s own',
      ),
    )
  const shared = [...signed.describedApart].find((id) => read.ids.has(id) || signed.ids.has(id))
  if (shared !== undefined)
    problems.push(ambiguous(shared, 'is described under a member that is not the standard’s, where nobody reads it'))
  return problems
}

function ambiguous(term: string, says: string): JsonLdProblem {
  return {
    kind: 'ambiguous_member',
    pointer: '/@context',
    term,
    message: `${JSON.stringify(term.slice(0, 80))} ${says}`,
  }
}

/** Takes out of an expansion what the standard does not own, and remembers whom the two parts speak of. */
class StandardPart {
  /** Each id in what is read, described or only referred to. */
  readonly ids = new Set<string>()
  /** Ids that are described (not only referred to) below foreign properties. */
  readonly describedApart = new Set<string>()
  readonly #vocabulary: Vocabulary

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  of(value: Json): Json {
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => this.of(item))
    if (!isObject(value) || value['@value'] !== undefined) return value
    const kept: Record<string, Json> = {}
    for (const [key, inner] of Object.entries(value)) {
      if (key === '@id') {
        if (typeof inner === 'string') this.ids.add(inner)
        kept[key] = inner
      } else if (key === '@type') {
        const types = (Array.isArray(inner) ? (inner as readonly Json[]) : [inner]).filter((type) =>
          this.#isClass(type),
        )
        if (types.length > 0) kept[key] = types
      } else if (key === '@reverse' && isObject(inner)) kept[key] = this.#properties(inner)
      else if (isKeyword(key)) kept[key] = this.of(inner)
      else if (this.#isProperty(key)) kept[key] = this.of(inner)
      else this.#apart(inner)
    }
    return kept
  }

  #properties(reverse: JsonObject): JsonObject {
    const kept: Record<string, Json> = {}
    for (const [key, inner] of Object.entries(reverse))
      if (this.#isProperty(key)) kept[key] = this.of(inner)
      else this.#apart(inner)
    return kept
  }

  #isClass(type: Json): boolean {
    return typeof type === 'string' && (this.#vocabulary.classNamesOf(type).length > 0 || this.#vocabulary.owns(type))
  }

  #isProperty(iri: string): boolean {
    return this.#vocabulary.namesOf(iri).length > 0 || this.#vocabulary.owns(iri)
  }

  #apart(value: Json): void {
    if (Array.isArray(value)) for (const item of value as readonly Json[]) this.#apart(item)
    else if (isObject(value) && value['@value'] === undefined) {
      const { '@id': id, ...rest } = value
      if (typeof id === 'string' && Object.keys(rest).some((key) => key !== '@index')) this.describedApart.add(id)
      for (const inner of Object.values(rest)) this.#apart(inner)
    }
  }
}

/**
 * The property at which two expansions begin to differ; undefined where they are the same. Of the properties in `plain` the datatype does
 * not count: both expansions are of one text, and the standard's context was not there to give it one.
 */
function firstDifference(
  one: Json | undefined,
  other: Json | undefined,
  property: string,
  plain: ReadonlySet<string>,
): string | undefined {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    for (const [index, item] of one.entries()) {
      const found = firstDifference(item as Json, other[index] as Json, property, plain)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (isObject(one) && isObject(other)) {
    if (plain.has(property) && isSameJson(textOf(one), textOf(other))) return undefined
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const found = firstDifference(one[key], other[key], isKeyword(key) ? property : key, plain)
      if (found !== undefined) return found
    }
    return undefined
  }
  return isSameJson(one, other) ? undefined : property
}

/** What a value or a reference is in JSON; a node object is itself. */
function textOf(value: JsonObject): Json {
  if (value['@value'] !== undefined) return value['@value']
  return value['@id'] !== undefined && Object.keys(value).length === 1 ? value['@id'] : value
}
