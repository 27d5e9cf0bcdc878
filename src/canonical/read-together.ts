/**
 * A view in which each node is read as a whole, wherever it stands. A graph does not say in which of the objects with one id a
 * member stood: an issuer who is also the creator of an achievement has a name, an e-mail address and a "(sandbox)" behind it in both
 * places or in one of them, and whoever holds the badge chooses which. So each of those places shows all that the graph says, as far
 * as it belongs to what stands there; two names are two names, and none is chosen.
 *
 * What this shows is a function of the graph. Nodes are looked at by id and by what refers to them, never by where they were found first;
 * what would be too much to repeat is left out by the number of steps from the root, which is the same for all places that are equally far.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ModelClass } from '../model/classes.js'
import { BETWEEN_TEXTS } from '../model/text.js'
import { isBlankNodeIdentifier } from './keywords.js'
import { classWithin, isShownAs, typesAs } from './node-classes.js'
import {
  type Group,
  Groups,
  ID,
  isNode,
  isShared,
  type Member,
  type Scope,
  sizeOf,
  type ToldOf,
  TYPE,
} from './node-groups.js'

/** `view`, read so. The same object where nothing is said twice. */
export function readTogether(view: JsonObject, toldOf: ToldOf): JsonObject {
  const groups = new Groups(view, toldOf)
  if (!groups.found) return view
  return new Together(groups).root(view)
}

/** How many times the length of all that is said may be shown in further places. */
const TIMES = 4
/** Characters that may always be, in a document. A profile has a few hundred. */
const AT_LEAST = 65_536
/** Quotes, colons, commas and brackets of a member, an element or an object. */
const PUNCTUATION = 8
/** Credentials within each other that are read so; a verifier reads fewer, and others stay as they are. */
const MAX_CREDENTIALS = 4
/** Nodes within each other. The depth of documents is bounded, and chains of references are not. */
const MAX_STEPS = 64

/** The nodes around one, by id and class: what is shown of them is not shown in themselves again. */
interface Around {
  readonly id: string | undefined
  readonly type: ModelClass | undefined
  readonly steps: number
  readonly next: Around | undefined
}

/** A place that a shared node is to be written to. */
interface Slot {
  readonly group: Group
  /** Itself, and what is around it. */
  readonly around: Around
  /** As it was found: an id, or an object. */
  readonly found: Json
  readonly fill: (value: Json) => void
}

/** What is being made of one scope. */
interface Making {
  readonly scope: Scope
  /** The places that are still to be filled, by their steps from the root. */
  readonly slots: Slot[][]
  /** Characters, more or less. */
  written: number
}

class Together {
  readonly #groups: Groups

  constructor(groups: Groups) {
    this.#groups = groups
  }

  /** The document, or a credential or graph within it. */
  root(node: JsonObject): JsonObject {
    const { scope, type } = this.#groups.placeOf(node)
    const making: Making = { scope, slots: [], written: 0 }
    const group = this.#groupOf(node, scope)
    const around: Around = { id: group?.id, type, steps: 0, next: undefined }
    const context = Object.hasOwn(node, '@context') ? { '@context': node['@context'] as Json } : {}
    const made =
      group !== undefined && isShared(group)
        ? this.#shared(group, around, making, context)
        : this.#node(node, around, making)
    this.#fill(making)
    return made
  }

  /** Nearest to the root first, and of those that are equally far all or none. */
  #fill(making: Making): void {
    const { size, around } = making.scope
    let left = around === undefined ? Math.max(AT_LEAST, TIMES * size) : TIMES * size
    for (let steps = 1; steps < making.slots.length; steps++) {
      const slots = making.slots[steps] ?? []
      const further: Making = { scope: making.scope, slots: [], written: 0 }
      const made: JsonObject[] = []
      if (steps <= MAX_STEPS)
        for (const { group, around } of slots) {
          if (further.written > left) break
          made.push(this.#shared(group, around, further))
        }
      left -= further.written
      if (left < 0 || steps > MAX_STEPS) {
        left = -1
        for (const slot of slots) slot.fill(reference(slot))
        continue
      }
      for (const [index, slot] of slots.entries()) slot.fill(asFound(made[index] as JsonObject, slot))
      for (const [at, more] of further.slots.entries())
        if (more !== undefined) making.slots[at] = [...(making.slots[at] ?? []), ...more]
    }
  }

  /** All that is said of a node and shown as one of its class. */
  #shared(group: Group, around: Around, making: Making, made: Record<string, Json> = {}): JsonObject {
    making.written += group.id.length + PUNCTUATION
    if (!isBlankNodeIdentifier(group.id)) made[group.idName] = group.id
    // Two IRIs may have one name: "image" has had several.
    const byName = new Map<string, Member[]>()
    for (const [iri, member] of group.members) {
      if (iri === TYPE) {
        const types = typesOf(member, around.type, group)
        if (types.length > 0) define(made, member.name, written(types, member, around.type))
        making.written += types.join().length
      } else if (isShownAs(around.type, group, iri, member))
        byName.set(member.name, [...(byName.get(member.name) ?? []), member])
    }
    for (const [name, members] of byName) {
      const values = members.flatMap(({ items }) => [...items.values()].map(({ value }) => value))
      if (values.length > 1 && around.type?.isText(name) && values.every((value) => typeof value === 'string')) {
        // Where a text is expected it is one: all that are said, and a link to nowhere.
        define(made, name, [...values].sort().join(BETWEEN_TEXTS))
        for (const value of values) making.written += sizeOf(value)
        continue
      }
      const isArray = members.some((member) => member.isArray)
      // Some with their languages: one of them is a text without.
      const said =
        values.some(isValue) && values.length > 1
          ? values.map((value) => (typeof value === 'string' ? { '@value': value } : value))
          : values
      const isReference = members.some((member) => member.isReference)
      this.#member(made, name, said, { isArray, isReference, around, making })
    }
    return made
  }

  /** What is said in this place alone. */
  #node(node: JsonObject, around: Around, making: Making): JsonObject {
    const told = this.#groups.toldOf(node)
    const made: Record<string, Json> = {}
    for (const [name, value] of Object.entries(node)) {
      const iri = told.iriOf(name)
      if (name === '@context' || iri === ID || iri === TYPE) {
        define(made, name, value)
        making.written += name === '@context' ? 0 : JSON.stringify(value).length
        continue
      }
      const isArray = Array.isArray(value) && !told.isList(name)
      const values = isArray ? this.#onceEach(value as readonly Json[]) : [value]
      this.#member(made, name, values, { isArray, isReference: told.isReference(name), around, making })
    }
    return made
  }

  #member(into: Record<string, Json>, name: string, values: readonly Json[], of: Holding): void {
    of.making.written += name.length + PUNCTUATION
    if (!of.isArray && values.length === 1) {
      define(into, name, null)
      this.#value(values[0] as Json, name, of, (value) => define(into, name, value))
      return
    }
    const items: Json[] = [...values]
    define(into, name, items)
    for (const [index, each] of values.entries())
      this.#value(each, name, of, (value) => {
        items[index] = value
      })
  }

  #value(value: Json, name: string, of: Holding, fill: (value: Json) => void): void {
    const { around, making } = of
    making.written += PUNCTUATION
    if (Array.isArray(value)) {
      const items: Json[] = [...(value as readonly Json[])]
      fill(items)
      for (const [index, each] of (value as readonly Json[]).entries())
        this.#value(each, name, of, (made) => {
          items[index] = made
        })
      return
    }
    const type = classWithin(around.type, name)
    const inside = (id: string | undefined): Around => ({ id, type, steps: around.steps + 1, next: around })
    if (isNode(value)) {
      if (this.#groups.placeOf(value).scope !== making.scope) {
        fill(levelsOf(this.#groups.placeOf(value).scope) < MAX_CREDENTIALS ? this.root(value) : value)
        return
      }
      const group = this.#groupOf(value, making.scope)
      if (group !== undefined && isShared(group))
        this.#slot({ group, around: inside(group.id), found: value, fill }, making)
      else if (group?.isRepeated) fill(this.#shared(group, inside(group.id), making))
      else fill(this.#node(value, inside(group?.id), making))
      return
    }
    const group = typeof value === 'string' && of.isReference ? making.scope.groups.get(value) : undefined
    if (group !== undefined && isShared(group) && group.members.size > 0)
      this.#slot({ group, around: inside(group.id), found: value, fill }, making)
    else {
      making.written += sizeOf(value)
      fill(value)
    }
  }

  #slot(slot: Slot, making: Making): void {
    const { id, type, steps, next } = slot.around
    making.written += slot.group.id.length
    for (let each = next; each !== undefined; each = each.next)
      if (each.id === id && each.type === type) {
        slot.fill(reference(slot))
        return
      }
    const slots = making.slots[steps]
    if (slots === undefined) making.slots[steps] = [slot]
    else slots.push(slot)
  }

  /** What a set has twice it has once. Nodes without an id are others, however alike they are. */
  #onceEach(values: readonly Json[]): readonly Json[] {
    const seen = new Set<string>()
    return values.filter((value) => {
      const id = isNode(value) ? this.#groups.idOf(value) : undefined
      if (Array.isArray(value) || (isNode(value) && id === undefined)) return true
      const text = id === undefined ? JSON.stringify(value) : `id ${id}`
      return !seen.has(text) && seen.add(text)
    })
  }

  #groupOf(node: JsonObject, scope: Scope): Group | undefined {
    const id = this.#groups.idOf(node)
    return id === undefined ? undefined : scope.groups.get(id)
  }
}

/** How many credentials is it in? */
function levelsOf({ around }: Scope): number {
  return around === undefined ? 0 : 1 + levelsOf(around)
}

function isValue(value: Json): boolean {
  return isObject(value) && '@value' in value
}

/** What holds a value. */
interface Holding {
  readonly isArray: boolean
  readonly isReference: boolean
  readonly around: Around
  readonly making: Making
}

/** Nothing but who it is. */
function reference(slot: Slot): Json {
  const { group, around, found } = slot
  if (typeof found === 'string') return found
  const made: Record<string, Json> = isBlankNodeIdentifier(group.id) ? {} : { [group.idName]: group.id }
  const member = group.members.get(TYPE)
  const types = member && typesOf(member, around.type, group).filter((name) => around.type?.types.has(name))
  if (member !== undefined && types?.length) define(made, member.name, written(types, member, around.type))
  return made
}

/** An id of which nothing is shown stays one. */
function asFound(made: JsonObject, { found }: Slot): Json {
  return typeof found === 'string' && Object.keys(made).length === 1 ? found : made
}

function typesOf({ items }: Member, type: ModelClass | undefined, group: Group): readonly string[] {
  const all = [...items.values()].flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  return typesAs(type, group, all)
}

function written(types: readonly string[], { isArray }: Member, type: ModelClass | undefined): Json {
  return (type?.listsTypes ?? isArray) || types.length !== 1 ? types : (types[0] as string)
}

/** Also a member that is called `__proto__`. */
function define(object: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
}
