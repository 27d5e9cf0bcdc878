/**
 * What a view says of each node, wherever it says it. Within one graph, objects with one id are one node (RDF 1.1 Concepts section 3.1): its
 * members may stand in any of them, and whoever holds the document can move them.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ModelClass } from '../model/classes.js'
import { CREDENTIAL_MEMBERS } from './ambiguous.js'
import { isBlankNodeIdentifier } from './keywords.js'
import { classWithin, NodeClasses } from './node-classes.js'

/** What contexts say of the members of one object of a view, by their names there. */
export interface Told {
  /** The same for all objects of one graph. */
  readonly graph: object
  readonly iriOf: (name: string) => string
  readonly isList: (name: string) => boolean
  /** Is a text in it the id of a node? */
  readonly isReference: (name: string) => boolean
}
export type ToldOf = (node: JsonObject) => Told

/** Where an object stands. */
export interface Place {
  readonly scope: Scope
  /** Undefined where the model knows no class: then any member may belong there. */
  readonly type: ModelClass | undefined
}

/** A value, with a number that is the same for the same value, whatever the order of members and of sets. */
export interface Item {
  readonly value: Json
  readonly same: number
  /** Characters, more or less, that it takes to write, without what has an id of its own. */
  readonly size: number
}

export interface Member {
  readonly name: string
  readonly isArray: boolean
  readonly isReference: boolean
  /** By what is the same. */
  readonly items: ReadonlyMap<number, Item>
}

/** All that is said of one id in one scope. */
export interface Group {
  readonly id: string
  /** What refers to it: more than one thing, and it is shared. */
  readonly referrers: ReadonlySet<string>
  /** Is it written more than once, be it by the same thing? */
  readonly isRepeated: boolean
  /** What it is where it stands. */
  readonly classes: ReadonlySet<ModelClass | undefined>
  /** The name of `@id`. */
  readonly idName: string
  /** By IRI; types are one of them. */
  readonly members: ReadonlyMap<string, Member>
}

/**
 * A graph, or a credential within it. What a credential inside of another one says is read for itself, by what stands in it alone; and what
 * stands around it, by all that is said: it could have been moved inside.
 */
export class Scope {
  readonly groups = new Map<string, MutableGroup>()
  readonly around: Scope | undefined
  readonly graph: object

  constructor(around: Scope | undefined, graph: object) {
    this.around = around
    this.graph = graph
  }

  /** Characters, more or less, of all that is said of what has an id, each thing once. */
  get size(): number {
    let size = 0
    for (const { id, members } of this.groups.values()) {
      size += id.length
      for (const [iri, { items }] of members) for (const item of items.values()) size += iri.length + item.size
    }
    return size
  }
}

/** Is it described, or could it be, in more than one place? A blank node with a label is treated alike: the label is signed by nobody. */
export function isShared({ id, referrers }: Group): boolean {
  return referrers.size > 1 || isBlankNodeIdentifier(id)
}

interface MutableMember extends Member {
  isArray: boolean
  readonly items: Map<number, Item>
}
interface MutableGroup extends Group {
  idName: string
  isRepeated: boolean
  readonly referrers: Set<string>
  readonly classes: Set<ModelClass | undefined>
  readonly members: Map<string, MutableMember>
}

export const ID = '@id'
export const TYPE = '@type'

/** Is it a node, and not a value? */
export function isNode(value: Json): value is JsonObject {
  return isObject(value) && !('@value' in value)
}

/** Of a value that is no node. */
export function sizeOf(value: Json): number {
  return typeof value === 'string' ? value.length : typeof value === 'object' ? JSON.stringify(value).length : 8
}

/** Texts, numbers and values that a set has twice. */
function hasRepetitions(items: readonly Json[]): boolean {
  const seen = new Set<string>()
  for (const item of items) {
    if (isNode(item) || Array.isArray(item)) continue
    const text = JSON.stringify(item)
    if (seen.has(text)) return true
    seen.add(text)
  }
  return false
}

/** The nodes of a view, grouped. */
export class Groups {
  readonly toldOf: ToldOf
  readonly root: Place
  readonly #classes = new NodeClasses()
  readonly #places = new Map<JsonObject, Place>()
  readonly #graphs = new Map<object, Scope>()
  readonly #numbers = new Map<string, number>()
  #unnamed = 0
  /** Is anything said twice? */
  found = false

  constructor(view: JsonObject, toldOf: ToldOf) {
    this.toldOf = toldOf
    this.root = { scope: this.#scopeOf(toldOf(view).graph), type: this.#classes.credential(view) }
    this.#node(view, this.root, 'the document itself')
  }

  placeOf(node: JsonObject): Place {
    return this.#places.get(node) as Place
  }

  idOf(node: JsonObject): string | undefined {
    const name = this.#idName(node)
    const id = name === undefined ? undefined : node[name]
    return typeof id === 'string' ? id : undefined
  }

  #idName(node: JsonObject): string | undefined {
    const told = this.toldOf(node)
    return Object.keys(node).find((name) => name !== '@context' && told.iriOf(name) === ID)
  }

  #scopeOf(graph: object): Scope {
    const scope = this.#graphs.get(graph) ?? new Scope(undefined, graph)
    this.#graphs.set(graph, scope)
    return scope
  }

  /** Linear in the view, times the credentials that stand in each other. */
  #node(node: JsonObject, place: Place, referrer: string): Item {
    this.#places.set(node, place)
    const told = this.toldOf(node)
    const idName = this.#idName(node)
    const id = this.idOf(node)
    const groups = id === undefined ? [] : this.#refer(id, place, referrer)
    for (const group of groups) if (group.idName === ID) group.idName = idName as string
    this.#unnamed++
    const self = id !== undefined ? `id ${id}` : `unnamed ${this.#unnamed}`
    const sames: string[] = []
    let size = id?.length ?? 0
    for (const [name, value] of Object.entries(node)) {
      if (name === '@context' || name === idName) continue
      const iri = told.iriOf(name)
      const isReference = told.isReference(name)
      const from = `${self} ${iri}`
      const items =
        Array.isArray(value) && !told.isList(name)
          ? (value as readonly Json[]).map((item) => this.#item(item, name, told, place, from))
          : [this.#item(value, name, told, place, from)]
      const isArray = Array.isArray(value) && !told.isList(name)
      if (isArray && hasRepetitions(value as readonly Json[])) this.found = true
      for (const group of groups) this.#add(group, iri, { name, isArray, isReference }, items)
      if (groups.length > 0) continue
      const distinct = new Map(items.map((item) => [item.same, item.size]))
      sames.push(`${iri} ${[...distinct.keys()].sort((a, b) => a - b).join()}`)
      for (const each of distinct.values()) size += iri.length + each
    }
    return { value: node, same: this.#number(id !== undefined ? self : `{${sames.sort().join('\n')}}`), size }
  }

  /** Says that something at `place` has this id, there and around. */
  #refer(id: string, { scope, type }: Place, referrer: string): MutableGroup[] {
    const found: MutableGroup[] = []
    for (let at: Scope | undefined = scope; at !== undefined; at = at.around) {
      let group = at.groups.get(id)
      if (group === undefined) {
        group = { id, idName: ID, isRepeated: false, referrers: new Set(), classes: new Set(), members: new Map() }
        at.groups.set(id, group)
      } else group.isRepeated = true
      group.referrers.add(referrer)
      group.classes.add(type)
      if (group.isRepeated || isShared(group)) this.found = true
      found.push(group)
    }
    return found
  }

  #add(
    group: MutableGroup,
    iri: string,
    { name, isArray, isReference }: Omit<Member, 'items'>,
    items: readonly Item[],
  ): void {
    let member = group.members.get(iri)
    if (member === undefined) {
      member = { name, isArray, isReference, items: new Map() }
      group.members.set(iri, member)
    }
    member.isArray ||= isArray
    for (const item of items) {
      const before = member.items.get(item.same)
      // An object says more than its id alone.
      if (before === undefined || (!isNode(before.value) && isNode(item.value))) member.items.set(item.same, item)
    }
  }

  #item(value: Json, name: string, told: Told, place: Place, from: string): Item {
    if (Array.isArray(value)) {
      const items = (value as readonly Json[]).map((item) => this.#item(item, name, told, place, from))
      const size = items.reduce((sum, item) => sum + item.size, 0)
      return { value, same: this.#number(`[${items.map(({ same }) => same).join()}]`), size }
    }
    if (typeof value === 'string' && told.isReference(name)) {
      this.#refer(value, this.#placeIn(place, name, undefined, told), from)
      return { value, same: this.#number(`id ${value}`), size: value.length }
    }
    if (isNode(value)) return this.#node(value, this.#placeIn(place, name, value, told), from)
    const text = isObject(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value
    return { value, same: this.#number(JSON.stringify(text)), size: sizeOf(value) }
  }

  /** The place of what stands in a member of a node at `place`. */
  #placeIn({ scope, type }: Place, name: string, node: JsonObject | undefined, told: Told): Place {
    const graph = node === undefined ? told.graph : this.toldOf(node).graph
    if (graph !== scope.graph) return { scope: this.#scopeOf(graph), type: node && this.#classes.credential(node) }
    if (node !== undefined && CREDENTIAL_MEMBERS.has(name))
      return { scope: new Scope(scope, graph), type: this.#classes.credential(node) }
    return { scope, type: classWithin(type, name) }
  }

  #number(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size
    this.#numbers.set(text, number)
    return number
  }
}
