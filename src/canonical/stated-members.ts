/**
 * What of a document its graph states. JSON-LD drops null, empty arrays, `@index` and the keys of maps by index: no statement
 * carries them, so whoever holds a signed document can write them in, and a proof of the graph still verifies. Nor does it carry names:
 * where a context from elsewhere says what they mean, another one can say that "grade" is "room" and the other way round. So
 * what only such a context names (members, types and values that are terms) is shown by its IRI, which is signed. Nor does it carry forms: such
 * a context says which texts are dates, references or lists, and a value can say it of itself. So the values of such members, and all that is
 * below them, are shown as expansion states them (expanded-values.ts).
 *
 * @module
 */
import { isObject, listOf } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ActiveContext, TermDefinition } from './active-context.js'
import { budgetOf, compiledFor, loadedFor } from './analyze.js'
import { CanonicalizationError } from './canonicalization-error.js'
import { Contexts, MissingContext, UnknownContext } from './contexts.js'
import { ExpandedValues, isGraph, type Member, type NamedMember, type Pair, resource } from './expanded-values.js'
import { expandIri } from './iri-expansion.js'
import { isAbsoluteIri, JsonLdSyntaxError } from './keywords.js'
import { known, UNTOLD } from './known-names.js'
import { definitionOf, nameFor } from './members.js'
import type { Told } from './node-groups.js'
import { readTogether } from './read-together.js'
import { define, StatedNode } from './stated-node.js'
import type { CanonicalContext } from './types.js'
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

/** For the types of an object, and for its members. */
interface Pairs {
  readonly types: Pair
  readonly members: Pair
}

/** What keywords are called below members from elsewhere, whatever their names in the document. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['@id', 'id'],
  ['@type', 'type'],
])

const NO_MEMBER: Member = { whole: null, standard: null }

/** Follows the expansion algorithm (JSON-LD 1.1 API section 5.1.2) with both contexts. */
class Statements {
  readonly #contexts: Contexts
  readonly #vocabulary: Vocabulary
  /** By the name of a member that has an array somewhere: is it a list there, and everywhere else? */
  readonly #lists = new Map<string, boolean>()
  readonly #told = new Map<JsonObject, StatedNode>()
  readonly #expanded: ExpandedValues
  /** Of the object that is being looked at. */
  #graph: object = {}
  /** Is it below a member that only a context from elsewhere names? */
  #isBelow = false

  constructor(contexts: Contexts, vocabulary: Vocabulary) {
    this.#contexts = contexts
    this.#vocabulary = vocabulary
    this.#expanded = new ExpandedValues(contexts, {
      inside: (element, pair, member) => this.#insideBoth(element, pair, member),
      node: (element, pair, member) => this.node(element, pair, member),
      made: (node) => this.#made(node),
      inGraph: (work) => this.#inGraph(work),
    })
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
    const read = (): JsonObject => {
      const node = new StatedNode(this.#graph)
      this.#told.set(node.stated, node)
      this.#members(element, { types: pair, members: scoped }, node)
      return node.stated
    }
    return isGraph(member.whole) && !this.#isBelow ? this.#inGraph(read) : read()
  }

  #inGraph<T>(work: () => T): T {
    const around = this.#graph
    this.#graph = {}
    const made = work()
    this.#graph = around
    return made
  }

  #made(members: JsonObject): JsonObject {
    const node = new StatedNode(this.#graph)
    this.#told.set(node.stated, node)
    for (const [name, value] of Object.entries(members)) {
      node.add(name, value, { iri: name === 'id' ? '@id' : name, isList: name === '@list', isReference: false })
      if (name === '@list') this.#lists.set(name, true)
    }
    return node.stated
  }

  #members(element: JsonObject, pairs: Pairs, into: StatedNode): void {
    for (const [name, value] of Object.entries(element)) {
      if (name === '@context') define(into.stated, name, value)
      else this.#member(name, value, pairs, into)
    }
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

  #member(name: string, value: Json, pairs: Pairs, into: StatedNode): void {
    const { members } = pairs
    const whole = definitionOf(members.whole, name, this.#contexts)
    const standard = members.standard.terms.get(name) ?? null
    if (whole.iri === '@index') return
    if (whole.iri === '@nest' || whole.iri === '@reverse') {
      this.#gathered(whole.iri, value, pairs, into)
      return
    }
    const isNamed = this.#isNamedByStandard(whole, standard)
    const isShort = isNamed && !this.#isBelow
    const kept = isShort
      ? this.#memberValue(value, whole, standard, pairs)
      : this.#below(() => this.#belowMember(value, { whole, standard }, pairs))
    if (kept === undefined) return
    if (whole.reverse) {
      this.#reversed(into).add(whole.iri as string, kept, { iri: whole.iri })
      return
    }
    const named = isNamed ? name : (whole.iri as string)
    const shown = (isShort ? undefined : SHORT_NAMES.get(whole.iri as string)) ?? named
    const type = this.#contexts.propertyScoped(members.whole, whole).terms.get(name)?.type ?? whole.type
    if (isShort && Array.isArray(kept))
      this.#lists.set(
        shown,
        whole.container === 'list' && this.#lists.get(shown) !== false && !Object.hasOwn(into.stated, shown),
      )
    into.add(shown, kept, {
      iri: whole.iri,
      isList: (isShort && whole.container === 'list') || whole.iri === '@list',
      isReference: isShort && (type === '@id' || type === '@vocab'),
    })
  }

  #below<T>(work: () => T): T {
    const around = this.#isBelow
    this.#isBelow = true
    const made = work()
    this.#isBelow = around
    return made
  }

  #belowMember(value: Json, member: NamedMember, pairs: Pairs): Json | undefined {
    const { iri } = member.whole
    if (iri === '@type' || iri === '@id') return this.#memberValue(value, member.whole, member.standard, pairs)
    return this.#expanded.of(value, pairs.members, member)
  }

  /** What `@nest` holds are members of the object around it; what `@reverse` holds, of other objects. */
  #gathered(keyword: '@nest' | '@reverse', value: Json, pairs: Pairs, into: StatedNode): void {
    for (const item of listOf(value) as readonly Json[])
      if (isObject(item)) this.#members(item, pairs, keyword === '@nest' ? into : this.#reversed(into))
  }

  /** The object of what refers to a node by a property that leads the other way. */
  #reversed({ stated }: StatedNode): StatedNode {
    const known = stated['@reverse']
    const there = isObject(known) ? this.#told.get(known) : undefined
    if (there !== undefined) return there
    const node = new StatedNode(this.#graph)
    this.#told.set(node.stated, node)
    define(stated, '@reverse', node.stated)
    return node
  }

  #memberValue(
    value: Json,
    whole: TermDefinition,
    standard: TermDefinition | null,
    { types, members }: Pairs,
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
    if (set !== undefined) return this.#items(set.items, set.pair, member)
    return this.#plainText(value, pair, member) ?? this.node(value, pair, member)
  }

  /** A value object that says of a text what the text says by itself. */
  #plainText(value: JsonObject, pair: Pair, member: Member): string | undefined {
    const names = Object.keys(value)
    if (member.whole === null || member.whole.type !== null || names.length > 3) return undefined
    const { whole } = this.#insideBoth(value, pair, member)
    const keywords = new Map(names.map((name) => [definitionOf(whole, name, this.#contexts).iri, value[name]]))
    const text = keywords.get('@value')
    const isPlain = names.every((name) =>
      ['@value', '@index', '@context'].includes(definitionOf(whole, name, this.#contexts).iri ?? ''),
    )
    return isPlain && typeof text === 'string' && whole.language === null && whole.direction === null ? text : undefined
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

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  return Array.isArray(value) ? (value as readonly Json[]).map((item) => mapTexts(item, change)) : value
}

/** An empty list is a value; an empty set is not one. */
function saysEmpty(definition: TermDefinition | null): boolean {
  return definition?.container === 'list' || definition?.iri === '@list'
}

/** As the closer look does it: no number of aliases is too many. */
function keepsTypeScope(element: JsonObject, active: ActiveContext, contexts: Contexts): boolean {
  if (nameFor(element, active, '@value', contexts) !== undefined) return true
  return Object.keys(element).length === 1 && nameFor(element, active, '@id', contexts) !== undefined
}
