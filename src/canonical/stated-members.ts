/**
 * What of a document its graph states. JSON-LD drops null, empty arrays, `@index` and the keys of maps by index: no statement
 * carries them, so whoever holds a signed document can write them in, and a proof of the graph still verifies. Nor does it carry names:
 * where a context from elsewhere says what they mean, another one can say that "grade" is "room" and the other way round. So
 * what only such a context names (members, types and values that are terms) is shown by its IRI, which is signed.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ActiveContext, TermDefinition } from './active-context.js'
import { budgetOf, compiledFor, loadedFor } from './analyze.js'
import { CanonicalizationError } from './canonicalization-error.js'
import { Contexts, MissingContext, UnknownContext } from './contexts.js'
import { expandIri } from './iri-expansion.js'
import { isAbsoluteIri, isKeyword, JsonLdSyntaxError } from './keywords.js'
import { definitionOf, nameFor } from './members.js'
import type { Told } from './node-groups.js'
import { readTogether } from './read-together.js'
import type { CanonicalContext } from './types.js'
import { REFERENCES } from './unstated.js'
import type { Vocabulary } from './vocabulary.js'

/** What the graph of a document says. */
export interface Stated<View> {
  readonly view: View
  /** The members whose arrays a context makes lists wherever they stand, by the names in `view`: their order is stated, and no other. */
  readonly lists: readonly string[]
}

/**
 * `view` as it was stated: without what no statement carries, and with the IRIs of what the standard has no name for. It is a view of
 * `document`, which has been analyzed: nothing is loaded. Where its contexts cannot be had any more, nobody can tell which nulls stand in a
 * JSON literal, which empty arrays are lists, and what names mean: all of those are left out, and names that the standard does not know.
 */
export function statedMembers<View extends object>(
  view: View,
  document: JsonObject,
  context: CanonicalContext,
): Stated<View> {
  const compiled = compiledFor(context)
  // A budget of its own: a report shows the same, whoever has spent the others' meanwhile.
  const contexts = new Contexts(compiled, loadedFor(document, context), budgetOf({ limits: context.limits }))
  const seen = view as unknown as JsonObject
  const stated = withDefinitions(seen, contexts, compiled.vocabulary) ?? {
    view: readTogether(known(seen, compiled.vocabulary), () => UNTOLD),
    lists: [],
  }
  return stated as unknown as Stated<View>
}

/** Is any text in it written with its language? */
export function isTagged(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([name, inner]) => name === '@value' || (name !== '@context' && isTagged(inner as Json)),
  )
}

/** By the standard's names alone. */
const UNTOLD: Told = {
  graph: {},
  iriOf: (name) => (name === 'id' ? '@id' : name === 'type' ? '@type' : name),
  isList: (name) => name === '@list',
  isReference: (name) => REFERENCES.has(name),
}

function withDefinitions(view: JsonObject, contexts: Contexts, vocabulary: Vocabulary): Stated<JsonObject> | undefined {
  const start = { whole: contexts.initial, standard: contexts.initial }
  const statements = new Statements(contexts, vocabulary)
  try {
    const stated = statements.node(view, start, NO_MEMBER)
    return { view: readTogether(stated, (node) => statements.toldOf(node)), lists: statements.lists }
  } catch (error) {
    const isBeyond =
      error instanceof MissingContext ||
      error instanceof UnknownContext ||
      error instanceof JsonLdSyntaxError ||
      error instanceof CanonicalizationError
    if (isBeyond) return undefined
    throw error
  }
}

/** The active contexts of one place: of all contexts, and of the standard's alone. */
interface Pair {
  readonly whole: ActiveContext
  readonly standard: ActiveContext
}

/** What the two say of one member; null where there is none. */
interface Member {
  readonly whole: TermDefinition | null
  readonly standard: TermDefinition | null
}

const NO_MEMBER: Member = { whole: null, standard: null }

/** Follows the expansion algorithm (JSON-LD 1.1 API section 5.1.2) with both contexts. */
class Statements {
  readonly #contexts: Contexts
  readonly #vocabulary: Vocabulary
  /** By the name of a member that has an array somewhere: is it a list there, and everywhere else? */
  readonly #lists = new Map<string, boolean>()
  readonly #told = new Map<JsonObject, Told>()
  /** Of the object that is being looked at. */
  #graph: object = {}

  constructor(contexts: Contexts, vocabulary: Vocabulary) {
    this.#contexts = contexts
    this.#vocabulary = vocabulary
  }

  get lists(): readonly string[] {
    return [...this.#lists].flatMap(([name, isList]) => (isList ? [name] : []))
  }

  toldOf(node: JsonObject): Told {
    return this.#told.get(node) ?? UNTOLD
  }

  node(element: JsonObject, inherited: Pair, member: Member): JsonObject {
    const pair = this.#insideBoth(element, inherited, member)
    const types = pair.whole.typeNames.flatMap((name) =>
      Object.hasOwn(element, name) ? ([element[name]].flat() as readonly Json[]) : [],
    )
    const scoped = { whole: this.#typeScoped(types, pair.whole), standard: this.#typeScoped(types, pair.standard) }
    const stated: Record<string, Json> = {}
    const around = this.#graph
    if (isGraph(member.whole)) this.#graph = {}
    const told = new ToldMembers(this.#graph)
    this.#told.set(stated, told)
    for (const [name, value] of Object.entries(element)) {
      if (name === '@context') define(stated, name, value)
      else this.#member(name, value, { types: pair, members: scoped }, stated, told)
    }
    this.#graph = around
    return stated
  }

  #insideBoth(element: JsonObject, inherited: Pair, member: Member): Pair {
    const local = element['@context']
    return {
      whole: this.#inside(element, inherited.whole, member.whole, local),
      standard: this.#inside(element, inherited.standard, member.standard, local && this.#contexts.standardPart(local)),
    }
  }

  /** Steps 7 to 9 */
  #inside(element: JsonObject, inherited: ActiveContext, member: TermDefinition | null, local?: Json): ActiveContext {
    let active = inherited
    if (active.previous !== null && !keepsTypeScope(element, active, this.#contexts)) active = active.previous
    if (member?.scope) active = this.#contexts.propertyScoped(active, member)
    return local === undefined ? active : this.#contexts.embedded(active, local)
  }

  /** Step 11 */
  #typeScoped(types: readonly Json[], active: ActiveContext): ActiveContext {
    let scoped = active
    for (const type of types.filter((one) => typeof one === 'string').sort()) {
      const definition = active.terms.get(type)
      if (definition !== undefined) scoped = this.#contexts.typeScoped(scoped, definition)
    }
    return scoped
  }

  #member(
    name: string,
    value: Json,
    { types, members }: { types: Pair; members: Pair },
    into: Record<string, Json>,
    told: ToldMembers,
  ): void {
    const whole = definitionOf(members.whole, name, this.#contexts)
    const standard = members.standard.terms.get(name) ?? null
    if (whole.iri === '@index') return
    const kept = this.#memberValue(value, whole, standard, types, members)
    if (kept === undefined) return
    const shown = this.#isNamedByStandard(whole, standard) ? name : (whole.iri as string)
    told.add(shown, whole, this.#contexts.propertyScoped(members.whole, whole).terms.get(name)?.type ?? whole.type)
    if (Array.isArray(kept))
      this.#lists.set(
        shown,
        whole.container === 'list' && this.#lists.get(shown) !== false && !Object.hasOwn(into, shown),
      )
    // Two foreign names may have one IRI: then they are one member.
    const before = Object.hasOwn(into, shown) ? (into[shown] as Json) : undefined
    define(into, shown, before === undefined ? kept : ([before, kept].flat() as Json))
  }

  #memberValue(
    value: Json,
    whole: TermDefinition,
    standard: TermDefinition | null,
    types: Pair,
    members: Pair,
  ): Json | undefined {
    // A JSON literal is signed as it stands.
    if (whole.type === '@json') return value
    if (whole.iri === '@type')
      return this.#value(
        mapTexts(value, (type) => this.#type(type, types)),
        members,
        { whole, standard },
      )
    if (whole.iri === '@id') return mapTexts(value, (id) => resource(id, members.whole, this.#contexts))
    return this.#value(value, members, { whole, standard })
  }

  /** Do the standard's contexts say what it is called, or would they if they had the term in this place? */
  #isNamedByStandard({ name, iri, keyword, predicate }: TermDefinition, standard: TermDefinition | null): boolean {
    // What means nothing here is a name of the normalized view, or has been refused.
    if (iri === null || iri === name || (predicate === '' && !keyword)) return true
    return standard?.iri === iri || this.#vocabulary.isOwnProperty(iri, name)
  }

  #type(type: string, { whole, standard }: Pair): string {
    const iri = expandIri(whole, type, { vocab: true, budget: this.#contexts.budget })
    if (iri === null || !isAbsoluteIri(iri) || standard.terms.get(type)?.iri === iri) return type
    return this.#vocabulary.isOwnClass(iri, type) ? type : iri
  }

  /** A value of a member whose values are ids or terms. Section 5.3.2: its own scope may define the member once more. */
  #text(text: string, { whole, standard }: Pair, member: TermDefinition | null): string {
    if (member === null) return text
    const active = this.#contexts.propertyScoped(whole, member)
    const type = member.scope === null ? member.type : active.terms.get(member.name)?.type
    if (type === '@id') return resource(text, active, this.#contexts)
    if (type !== '@vocab') return text
    const iri = expandIri(active, text, { vocab: true, budget: this.#contexts.budget })
    if (iri === null || !isAbsoluteIri(iri) || standard.terms.get(text)?.iri === iri) return text
    return this.#vocabulary.isOwnProperty(iri, text) ? text : iri
  }

  #value(value: Json, pair: Pair, member: Member): Json | undefined {
    if (!isObject(value)) return this.#items(value, pair, member)
    switch (member.whole?.container) {
      case 'language':
      case 'id':
      case 'type':
      case 'id-graph':
        return this.#map(value, pair, member)
      case 'index':
      case 'index-graph':
        // Whatever its keys are called: unless "@index" makes a property of them they are not signed, and their values are.
        return member.whole.index === undefined
          ? this.#items(Object.values(value) as Json, pair, member)
          : this.#map(value, pair, member)
      default:
        return this.#items(value, pair, member)
    }
  }

  /** What is no map. */
  #items(value: Json, pair: Pair, member: Member): Json | undefined {
    if (value === null) return undefined
    if (Array.isArray(value)) {
      const items = (value as readonly Json[]).flatMap((item) => this.#items(item, pair, member) ?? [])
      return items.length > 0 || saysEmpty(member.whole) ? items : undefined
    }
    if (typeof value === 'string') return this.#text(value, pair, member.whole)
    if (!isObject(value)) return value
    const set = this.#itemsOfSet(value, pair, member)
    return set === undefined ? this.node(value, pair, member) : this.#items(set.items, set.pair, member)
  }

  /** A set object says no more than what it holds (JSON-LD 1.1 section 9.4), whatever the keyword is called here. */
  #itemsOfSet(value: JsonObject, pair: Pair, member: Member): { items: Json; pair: Pair } | undefined {
    const names = Object.keys(value)
    // Beside it there may be an index and a context.
    if (names.length > 3) return undefined
    const inside = this.#insideBoth(value, pair, member)
    const name = names.find((one) => definitionOf(inside.whole, one, this.#contexts).iri === '@set')
    return name === undefined ? undefined : { items: value[name] as Json, pair: inside }
  }

  #map(map: JsonObject, pair: Pair, member: Member): JsonObject | undefined {
    const stated: Record<string, Json> = {}
    for (const [key, item] of Object.entries(map)) {
      const kept = this.#items(item, pair, member)
      if (kept !== undefined) define(stated, key, kept)
    }
    return Object.keys(stated).length > 0 ? stated : undefined
  }
}

/** What the contexts say of the members of an object. */
class ToldMembers implements Told {
  readonly graph: object
  readonly #iris = new Map<string, string>()
  readonly #lists = new Set<string>()
  readonly #references = new Set<string>()

  constructor(graph: object) {
    this.graph = graph
  }

  add(shown: string, { iri, container }: TermDefinition, type: string | null): void {
    if (iri !== null) this.#iris.set(shown, iri)
    if (container === 'list' || iri === '@list') this.#lists.add(shown)
    if (type === '@id' || type === '@vocab') this.#references.add(shown)
  }

  iriOf(name: string): string {
    return this.#iris.get(name) ?? name
  }
  isList(name: string): boolean {
    return this.#lists.has(name)
  }
  isReference(name: string): boolean {
    return this.#references.has(name)
  }
}

function isGraph(member: TermDefinition | null): boolean {
  return member !== null && (member.container === 'graph' || member.container.endsWith('-graph'))
}

/** An id as it was signed: compact IRIs are short for others. */
function resource(id: string, active: ActiveContext, { budget }: Contexts): string {
  const iri = expandIri(active, id, { vocab: false, budget })
  return iri !== null && isAbsoluteIri(iri) ? iri : id
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  return Array.isArray(value) ? (value as readonly Json[]).map((item) => mapTexts(item, change)) : value
}

/** An empty list is a value; an empty set is not one. */
function saysEmpty(definition: TermDefinition | null): boolean {
  return definition?.container === 'list' || definition?.iri === '@list'
}

function known(value: JsonObject, vocabulary: Vocabulary): JsonObject {
  const stated: Record<string, Json> = {}
  for (const [name, inner] of Object.entries(value)) {
    if (name === '@context') define(stated, name, inner)
    else if (name !== '@index' && (isKeyword(name) || vocabulary.isName(name) || NAMES_OF_KEYWORDS.has(name))) {
      const kept = knownValue(inner, vocabulary)
      if (kept !== undefined) define(stated, name, kept)
    }
  }
  return stated
}

const NAMES_OF_KEYWORDS: ReadonlySet<string> = new Set(['id', 'type'])

function knownValue(value: Json, vocabulary: Vocabulary): Json | undefined {
  if (value === null) return undefined
  if (!Array.isArray(value)) return isObject(value) ? known(value, vocabulary) : value
  const items = (value as readonly Json[]).flatMap((item) => knownValue(item, vocabulary) ?? [])
  return items.length > 0 ? items : undefined
}

/** As the closer look does it: no number of aliases is too many. */
function keepsTypeScope(element: JsonObject, active: ActiveContext, contexts: Contexts): boolean {
  if (nameFor(element, active, '@value', contexts) !== undefined) return true
  return Object.keys(element).length === 1 && nameFor(element, active, '@id', contexts) !== undefined
}

/** Also a member that is called `__proto__`. */
function define(object: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
}
