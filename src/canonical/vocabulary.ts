/**
 * The standard's own terms: what the bundled contexts call which IRI. A reader of the JSON knows these names and no others, so
 * a document is read as it was signed only if everything that the standard has a name for goes by that name.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import { bundledContext, bundledContextUrls } from '../resolve/contexts/bundle.js'
import type { Container } from './active-context.js'
import { isAbsoluteIri } from './keywords.js'

/** Credentials, status lists and proofs: W3C's own vocabularies. */
const W3C = [
  'https://www.w3.org/2018/credentials#',
  'https://www.w3.org/ns/credentials/status#',
  'https://w3id.org/vc/status-list#',
  'https://w3id.org/security#',
]
/** IRIs that are the standard's alone. Others, from schema.org for one, it shares with everybody. */
const OWN = [...W3C, 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#']

/** Where a term is defined, for advice. */
export interface Definition {
  /** The bundled context. */
  readonly url: string
  /** The type whose objects have the term; absent where any object has it. */
  readonly type?: string
}

/**
 * By convention, which all bundled contexts keep, classes begin with a capital (or a digit). It matters: "criteria" and "Criteria"
 * have one IRI, and only one of them is a member.
 */
export function isClassName(name: string): boolean {
  const first = name.charCodeAt(0)
  return (first >= 0x41 && first <= 0x5a) || (first >= 0x30 && first <= 0x39)
}

/** Older names of properties that have a current one: security/v1 has "expiration" where everybody else has "expires". */
export const SUPERSEDED: ReadonlySet<string> = new Set(['expiration'])

/** Asked for what a document has beside the terms of bundled contexts; made when it is first asked. */
export class Vocabulary {
  #harvested: Harvest | undefined

  get #own(): Harvest {
    this.#harvested ??= new Harvest()
    return this.#harvested
  }

  /** Is the IRI, or keyword, of this name one of the standard's, and is this its name? */
  isOwnProperty(iri: string, name: string): boolean {
    return this.#own.properties.get(iri)?.has(name) ?? false
  }

  isOwnClass(iri: string, name: string): boolean {
    return this.#own.classes.get(iri)?.has(name) ?? false
  }

  /** The standard's names for a property. */
  namesOf(iri: string): readonly string[] {
    return [...(this.#own.properties.get(iri)?.keys() ?? [])]
  }

  /** The standard's names for a class. */
  classNamesOf(iri: string): readonly string[] {
    return [...(this.#own.classes.get(iri) ?? [])]
  }

  /** Has the standard anything to do with a class of this IRI, or this name? */
  concernsClass(iri: string, name: string): boolean {
    return this.#own.classes.has(iri) || this.owns(iri) || this.isName(name)
  }

  /** What the standard calls by this name. */
  irisOf(name: string): readonly string[] {
    return [...(this.#own.iris.get(name) ?? [])]
  }

  /** How the standard structures the values of a property in JSON; undefined where it has no such property. */
  containersOf(iri: string, name: string): ReadonlySet<Container> | undefined {
    return this.#own.properties.get(iri)?.get(name)
  }

  /** Does the standard use this name, for whatever? */
  isName(name: string): boolean {
    return this.#own.iris.has(name)
  }

  /** Is it a name of credentials, status lists or proofs? */
  isW3cName(name: string): boolean {
    return [...(this.#own.iris.get(name) ?? [])].some((iri) => startsWithAny(iri, W3C))
  }

  /** Does one of the standard's own vocabularies define the IRI? */
  owns(iri: string): boolean {
    return startsWithAny(iri, OWN) && (this.#own.properties.has(iri) || this.#own.classes.has(iri))
  }

  /** Is the value of the property, in JSON, structured as the standard does it? */
  isOwnContainer(iri: string, name: string, container: Container): boolean {
    return this.#own.properties.get(iri)?.get(name)?.has(container) ?? false
  }

  /** The properties that objects of a type have beside those that any object may have. */
  membersOf(type: string): ReadonlySet<string> {
    return this.#own.members.get(type) ?? new Set()
  }

  /** Where a term is defined, best advice first. */
  definitionsOf(name: string): readonly Definition[] {
    return this.#own.definitions.get(name) ?? []
  }
}

/** What the bundled contexts say. */
class Harvest {
  /** By IRI: the names of its property terms, each with the containers it is defined with. */
  readonly properties = new Map<string, Map<string, Set<Container>>>()
  /** By IRI: the names of its class terms. */
  readonly classes = new Map<string, Set<string>>()
  /** By name of a property or class: its IRIs. */
  readonly iris = new Map<string, Set<string>>()
  /** By class: the IRIs of the terms that its scoped context defines. */
  readonly members = new Map<string, Set<string>>()
  readonly definitions = new Map<string, Definition[]>()

  constructor() {
    for (const url of bundledContextUrls)
      this.#harvest((bundledContext(url) as JsonObject)['@context'] as Json, new Map(), { url })
  }

  /**
   * The bundled contexts need no full processing: each of their IRIs is absolute, or has a prefix that was defined before it.
   * A test compares the outcome with that of full processing.
   */
  #harvest(context: Json, prefixes: Map<string, string>, place: Definition): void {
    if (typeof context === 'string')
      this.#harvest((bundledContext(context) as JsonObject)['@context'] as Json, prefixes, place)
    else if (Array.isArray(context)) for (const item of context as readonly Json[]) this.#harvest(item, prefixes, place)
    else if (isObject(context)) {
      for (const [name, definition] of Object.entries(context)) {
        const iri = iriOf(definition)
        if (iri !== undefined && /[:/?#]$/.test(iri)) prefixes.set(name, iri)
      }
      for (const [name, definition] of Object.entries(context)) this.#add(name, definition, context, prefixes, place)
    }
  }

  #add(name: string, definition: Json, context: JsonObject, prefixes: Map<string, string>, place: Definition): void {
    const given = iriOf(definition)
    if (name.startsWith('@') || given === undefined) return
    // A class may be an alias of another one: "AchievementCredential": { "@id": "OpenBadgeCredential" }.
    const iri = expand(iriOf(context[given]) ?? given, prefixes)
    if (!iri.startsWith('@') && !isAbsoluteIri(iri)) return
    add(this.iris, name, iri)
    if (isClassName(name)) {
      add(this.classes, iri, name)
      if (isObject(definition) && isObject(definition['@context']))
        for (const member of Object.keys(definition['@context']))
          this.#addMember(name, member, definition['@context'], prefixes)
    } else if (!SUPERSEDED.has(name)) {
      const names = this.properties.get(iri) ?? new Map<string, Set<Container>>()
      this.properties.set(iri, names)
      add(names, name, containerOf(definition))
    }
    this.#define(name, place)
    if (isObject(definition) && definition['@context'] !== undefined) {
      const type = isClassName(name) ? name : place.type
      this.#harvest(definition['@context'], new Map(prefixes), type === undefined ? place : { url: place.url, type })
    }
  }

  #addMember(type: string, member: string, context: JsonObject, prefixes: Map<string, string>): void {
    const given = iriOf(context[member])
    if (given !== undefined && !given.startsWith('@') && !member.startsWith('@'))
      add(this.members, type, expand(given, prefixes))
  }

  #define(name: string, place: Definition): void {
    const definitions = this.definitions.get(name) ?? []
    this.definitions.set(name, definitions)
    if (!definitions.some(({ url, type }) => url === place.url && type === place.type)) definitions.push(place)
  }
}

function startsWithAny(iri: string, namespaces: readonly string[]): boolean {
  return namespaces.some((namespace) => iri.startsWith(namespace))
}

function iriOf(definition: Json | undefined): string | undefined {
  const id = isObject(definition) ? definition['@id'] : definition
  return typeof id === 'string' ? id : undefined
}

function containerOf(definition: Json): Container {
  const container = isObject(definition) ? definition['@container'] : undefined
  return container === undefined || container === '@set' ? 'none' : ((container as string).slice(1) as Container)
}

function expand(iri: string, prefixes: ReadonlyMap<string, string>): string {
  const colon = iri.indexOf(':')
  const namespace = iri.startsWith('//', colon + 1) ? undefined : prefixes.get(iri.slice(0, colon))
  return namespace === undefined ? iri : namespace + iri.slice(colon + 1)
}

function add<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key)
  if (set === undefined) map.set(key, new Set([value]))
  else set.add(value)
}
