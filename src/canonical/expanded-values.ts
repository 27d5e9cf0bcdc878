/**
 * The values of members that only a context from elsewhere names, as expansion states them: JSON-LD 1.1 API sections 5.1.2, step 13, and
 * 5.3.2. One graph can be written in many forms, by terms that say which texts are references, dates, lists or maps, and by values that
 * say it of themselves; whoever holds a document chooses. Here each has one form:
 *
 * - a text without language and direction, a boolean, and a number that JSON writes as the graph has it: as they are
 * - any other literal: `@value`, with `@type`, or `@language` and `@direction`
 * - a reference: an object with `id` alone
 * - a list: an object with `@list`; a graph: one with `@graph`; a reversed property: below `@reverse`
 * - maps by language, index, id and type: what they stand for
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ActiveContext, TermDefinition } from './active-context.js'
import type { Contexts } from './contexts.js'
import { expandIri } from './iri-expansion.js'
import { isAbsoluteIri } from './keywords.js'
import { literal } from './literals.js'
import { definitionOf } from './members.js'

/** The active contexts of one place: of all contexts, and of the standard's alone. */
export interface Pair {
  readonly whole: ActiveContext
  readonly standard: ActiveContext
}

/** What the two say of one member; null where there is none. */
export interface Member {
  readonly whole: TermDefinition | null
  readonly standard: TermDefinition | null
}

/** A member that its document names. */
export type NamedMember = Member & { readonly whole: TermDefinition }

/** What is asked of the walk over the nodes. */
export interface NodeWalk {
  /** The active contexts within an object: steps 7 to 9. */
  inside(element: JsonObject, pair: Pair, member: Member): Pair
  /** A node object that is a value of the member. */
  node(element: JsonObject, pair: Pair, member: Member): JsonObject
  /** An object that no document has: its members have the names of keywords, and `id`. It stands in the graph around. */
  made(node: JsonObject): JsonObject
  /** What `work` makes stands in a graph of its own. */
  inGraph<T>(work: () => T): T
}

export class ExpandedValues {
  readonly #contexts: Contexts
  readonly #walk: NodeWalk

  constructor(contexts: Contexts, walk: NodeWalk) {
    this.#contexts = contexts
    this.#walk = walk
  }

  /** Undefined where nothing is stated. `pair`: of the object that has the member. */
  of(value: Json, pair: Pair, member: NamedMember): Json | undefined {
    const { whole } = member
    if (whole.type === '@json') return { '@value': value, '@type': '@json' }
    const items = isMap(value, whole) ? this.#map(value, pair, member) : this.#items(value, pair, member)
    if (whole.container === 'list') return isList(value, items) ? items[0] : this.#list(items)
    if (items.length === 0) return undefined
    return items.length === 1 && !Array.isArray(value) ? items[0] : items
  }

  #items(value: Json, pair: Pair, member: NamedMember): Json[] {
    if (value === null) return []
    if (Array.isArray(value))
      return (value as readonly Json[]).flatMap((item) => {
        const items = this.#items(item, pair, member)
        return Array.isArray(item) && member.whole.container === 'list' ? [this.#list(items)] : items
      })
    if (isObject(value)) return this.#object(value, pair, member)
    return [this.#scalar(value as string | number | boolean, pair, member)]
  }

  #object(value: JsonObject, pair: Pair, member: NamedMember): Json[] {
    const inside = this.#walk.inside(value, pair, member)
    const keywords = this.#keywords(value, inside)
    const set = keywords?.get('@set')
    if (set !== undefined) return this.#items(set, inside, member)
    const list = keywords?.get('@list')
    if (list !== undefined) return [this.#list(this.#items(list, inside, member))]
    if (keywords?.has('@value')) return this.#literal(keywords, inside.whole)
    if (!isGraph(member.whole)) return [this.#walk.node(value, pair, member)]
    return [this.#graph(value, pair, member)]
  }

  #list(items: readonly Json[]): JsonObject {
    return this.#walk.made({ '@list': items as Json })
  }

  #graph(value: JsonObject, pair: Pair, member: NamedMember, id?: string): JsonObject {
    const content = this.#walk.inGraph(() => this.#walk.node(value, pair, member))
    return this.#walk.made({ ...(id === undefined ? {} : { id }), '@graph': content })
  }

  /** The members of a value object, a list or a set, by keyword; undefined for a node. */
  #keywords(value: JsonObject, { whole }: Pair): ReadonlyMap<string, Json> | undefined {
    const found = new Map<string, Json>()
    for (const [name, inner] of Object.entries(value)) {
      if (name === '@context') continue
      const { iri, keyword } = definitionOf(whole, name, this.#contexts)
      if (!keyword || iri === null) return undefined
      found.set(iri, inner as Json)
    }
    return found
  }

  /** Section 5.3.2, Value Expansion. */
  #scalar(value: string | number | boolean, pair: Pair, { whole }: NamedMember): Json {
    const active = this.#contexts.propertyScoped(pair.whole, whole)
    // Its own scope may define the member once more.
    const { type, language, direction } = (whole.scope === null ? undefined : active.terms.get(whole.name)) ?? whole
    if (typeof value !== 'string') return shown(value, isDatatype(type) ? type : null)
    if (type === '@id') return this.#reference(resource(value, active, this.#contexts))
    if (type === '@vocab') {
      const iri = expandIri(active, value, { vocab: true, budget: this.#contexts.budget })
      return this.#reference(iri !== null && isAbsoluteIri(iri) ? iri : value)
    }
    if (isDatatype(type)) return shown(value, type)
    return tagged(
      value,
      language === undefined ? active.language : language,
      direction === undefined ? active.direction : direction,
    )
  }

  #reference(id: string): JsonObject {
    return this.#walk.made({ id })
  }

  /** JSON-LD 1.1 section 9.5, Value Objects. */
  #literal(members: ReadonlyMap<string, Json>, active: ActiveContext): Json[] {
    const [value, type, language, direction] = ['@value', '@type', '@language', '@direction'].map((name) =>
      members.get(name),
    )
    if (type === '@json') return [{ '@value': value as Json, '@type': '@json' }]
    if (value === null || typeof value === 'object' || value === undefined) return []
    if (typeof type === 'string') {
      const datatype = expandIri(active, type, { vocab: true, budget: this.#contexts.budget })
      return [shown(value, datatype ?? type)]
    }
    if (typeof value !== 'string') return [shown(value, null)]
    const text = (said: Json | undefined) => (typeof said === 'string' ? said : null)
    return [tagged(value, text(language), text(direction))]
  }

  /** Steps 13.7 and 13.8. */
  #map(map: JsonObject, pair: Pair, member: NamedMember): Json[] {
    return Object.entries(map).flatMap(([key, value]) => {
      const isNone = definitionOf(pair.whole, key, this.#contexts).iri === '@none'
      if (member.whole.container === 'language')
        return this.#texts(value as Json, isNone ? null : key, pair.whole, member.whole)
      return this.#itemsAt(isNone ? undefined : key, value as Json, pair, member)
    })
  }

  #texts(value: Json, language: string | null, active: ActiveContext, { direction }: TermDefinition): Json[] {
    return [value]
      .flat()
      .flatMap((text) =>
        typeof text === 'string'
          ? [tagged(text, language, direction === undefined ? active.direction : direction)]
          : [],
      )
  }

  /** What stands in a map at a key, which says something of each. */
  #itemsAt(key: string | undefined, value: Json, pair: Pair, member: NamedMember): Json[] {
    const { container, index } = member.whole
    if (value === null) return []
    if (Array.isArray(value))
      return (value as readonly Json[]).flatMap((item) => this.#itemsAt(key, item, pair, member))
    if (key === undefined) return this.#items(value, pair, member)
    if (container === 'id-graph' && isObject(value))
      return [this.#graph(value, pair, member, resource(key, pair.whole, this.#contexts))]
    if (container === 'id' && isObject(value)) {
      const hasId = Object.keys(value).some((name) => definitionOf(pair.whole, name, this.#contexts).iri === '@id')
      return this.#items(hasId ? value : { '@id': key, ...value }, pair, member)
    }
    if (container === 'type') {
      const node = isObject(value) ? value : { '@id': value }
      const types = node['@type']
      return this.#items({ ...node, '@type': types === undefined ? key : ([key, types].flat() as Json) }, pair, member)
    }
    const items = this.#items(value, pair, member)
    if (index === undefined) return items
    // Step 13.8.3.7.2: the key is a value of this property.
    const property = definitionOf(pair.whole, index, this.#contexts)
    const said = this.#scalar(key, pair, { whole: property, standard: null })
    for (const item of items)
      if (isObject(item) && property.iri !== null) {
        const before = item[property.iri]
        Object.defineProperty(item, property.iri, {
          value: before === undefined ? said : [said, before].flat(),
          enumerable: true,
          writable: true,
          configurable: true,
        })
      }
    return items
  }
}

/** An id as it was signed: compact IRIs are short for others. */
export function resource(id: string, active: ActiveContext, { budget }: Contexts): string {
  const iri = expandIri(active, id, { vocab: false, budget })
  return iri !== null && isAbsoluteIri(iri) ? iri : id
}

export function isGraph(member: TermDefinition | null): boolean {
  return member !== null && (member.container === 'graph' || member.container.endsWith('-graph'))
}

/** Is an object here a map, and no node? */
function isMap(value: Json, { container }: TermDefinition): value is JsonObject {
  return isObject(value) && container !== 'none' && container !== 'list' && container !== 'graph'
}

/** Was it written as a list already? An array that holds one is a list of lists. */
function isList(value: Json, items: readonly Json[]): boolean {
  const [only] = items
  return !Array.isArray(value) && items.length === 1 && isObject(only) && Object.hasOwn(only, '@list')
}

function isDatatype(type: string | null): type is string {
  return type !== null && !type.startsWith('@')
}

/** A literal without language: as JSON has it where the graph has both alike. */
function shown(value: string | number | boolean, datatype: string | null): Json {
  const written = literal(value, datatype)
  for (const native of [true, false, Number(value) + 0])
    if (Number.isFinite(Number(native)) && literal(native, null) === written) return native
  if (datatype === null || literal('', datatype) === literal('', null)) return String(value)
  return { '@value': lexicalOf(value, written), '@type': datatype }
}

/** The text of a number as the graph has it: quotes and a backslash do not occur in one. */
function lexicalOf(value: string | number | boolean, written: string): string {
  return typeof value === 'string' ? value : written.slice(1, written.lastIndexOf('"'))
}

function tagged(text: string, language: string | null, direction: string | null): Json {
  if (language === null && direction === null) return text
  return {
    '@value': text,
    // Section 8.2.2 step 12 and RDF 1.1 Concepts section 3.3: tags are compared in lower case.
    ...(language === null ? {} : { '@language': language.toLowerCase() }),
    ...(direction === null ? {} : { '@direction': direction }),
  }
}
