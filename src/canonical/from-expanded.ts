/**
 * From expanded JSON-LD to quads: node map generation (JSON-LD 1.1 API section 7.2) and deserialization to RDF (section 8.1.2)
 * in one. A dataset is a set, so statements can be written down where they are met, without a map of nodes.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { Budget } from './budget.js'
import { type Dataset, DEFAULT_GRAPH, type Term } from './dataset.js'
import { isAbsoluteIri, isBlankNodeIdentifier, isKeyword, isLanguageTag } from './keywords.js'
import {
  directionalString,
  jsonLiteral,
  languageString,
  literal,
  RDF_FIRST,
  RDF_NIL,
  RDF_REST,
  RDF_TYPE,
} from './literals.js'
import { iriText } from './nquads.js'

/** `dropped`: what RDF cannot say, in the words of the document. */
export interface Deserialized {
  readonly dataset: Dataset
  readonly dropped: readonly string[]
}

/** Throws CanonicalizationError. */
export function fromExpanded(expanded: readonly JsonObject[], budget: Budget): Deserialized {
  const quads = new Deserialization(budget)
  for (const node of expanded) quads.node(node, DEFAULT_GRAPH)
  return { dataset: quads, dropped: quads.dropped }
}

class Deserialization implements Dataset {
  readonly subjects: Term[] = []
  readonly predicates: string[] = []
  readonly objects: Term[] = []
  readonly graphs: Term[] = []
  readonly dropped: string[] = []
  blankNodes = 0
  /** The document's own names for blank nodes. */
  readonly #named = new Map<string, Term>()
  readonly #budget: Budget

  constructor(budget: Budget) {
    this.#budget = budget
  }

  #add(subject: Term | undefined, predicate: string | undefined, object: Term | undefined, graph: Term): void {
    if (subject === undefined || predicate === undefined || object === undefined) return
    const texts = [subject, predicate, object, graph]
    this.#budget.spend(
      'characters',
      texts.reduce<number>((sum, term) => sum + (typeof term === 'string' ? term.length : 9), 0),
    )
    this.subjects.push(subject)
    this.predicates.push(predicate)
    this.objects.push(object)
    this.graphs.push(graph)
  }

  /**
   * Writes down what a node object says; its own term is given back, undefined where its id is no IRI. What is no object is
   * dropped: jsonld leaves a text where a member means one keyword outside and another one in its own scoped context.
   */
  node(node: Json, graph: Term): Term | undefined {
    if (!isObject(node)) {
      this.dropped.push(String(node))
      return undefined
    }
    const subject = node['@id'] === undefined ? this.blankNodes++ : this.#resource(node['@id'])
    for (const [property, value] of Object.entries(node)) {
      const values = (Array.isArray(value) ? value : [value]) as readonly Json[]
      switch (property) {
        case '@id':
        case '@index':
          break
        case '@type':
          for (const type of values) this.#add(subject, RDF_TYPE, this.#resource(type), graph)
          break
        case '@graph':
          for (const inner of values) if (subject !== undefined) this.node(inner, subject)
          break
        case '@included':
          for (const other of values) this.node(other, graph)
          break
        case '@reverse':
          for (const [reverse, others] of Object.entries(value as JsonObject))
            for (const other of others as readonly Json[])
              this.#add(this.node(other, graph), this.#predicate(reverse), subject, graph)
          break
        default:
          this.#statements(subject, property, values, graph)
      }
    }
    return subject
  }

  #statements(subject: Term | undefined, property: string, values: readonly Json[], graph: Term): void {
    const predicate = this.#predicate(property)
    // Keywords that mean nothing here have no nodes for values.
    if (isKeyword(property)) return
    for (const item of values) this.#add(subject, predicate, this.#object(item, graph), graph)
  }

  #predicate(property: string): string | undefined {
    if (isKeyword(property) || !isAbsoluteIri(property) || isBlankNodeIdentifier(property)) {
      this.dropped.push(property)
      return undefined
    }
    return iriText(property)
  }

  #resource(id: Json | undefined): Term | undefined {
    if (typeof id !== 'string' || !isAbsoluteIri(id)) {
      this.dropped.push(String(id))
      return undefined
    }
    if (!isBlankNodeIdentifier(id)) return iriText(id)
    const known = this.#named.get(id)
    if (known !== undefined) return known
    const made = this.blankNodes++
    this.#named.set(id, made)
    return made
  }

  #object(item: Json, graph: Term): Term | undefined {
    if (!isObject(item)) return this.node(item, graph)
    if (item['@value'] !== undefined) return this.#value(item)
    if (item['@list'] !== undefined) return this.#list(listOf(item['@list']), graph)
    return this.node(item, graph)
  }

  /** Section 8.2.2. */
  #value(item: JsonObject): string | undefined {
    const value = item['@value'] as Json
    const type = item['@type']
    if (type === '@json') return jsonLiteral(value)
    const { '@language': language, '@direction': direction } = item
    // Only a text has one; of other values it would be said by nothing.
    if (direction !== undefined && typeof value !== 'string') this.dropped.push('@direction')
    if (typeof value === 'object' || (type !== undefined && (typeof type !== 'string' || !isAbsoluteIri(type)))) {
      this.dropped.push(JSON.stringify(value))
      return undefined
    }
    if (typeof value !== 'string') return literal(value, type ?? null)
    if (language === undefined)
      return typeof direction === 'string' ? directionalString(value, null, direction) : literal(value, type ?? null)
    if (typeof language === 'string' && isLanguageTag(language))
      return typeof direction === 'string'
        ? directionalString(value, language, direction)
        : languageString(value, language.toLowerCase())
    this.dropped.push(String(language))
    return undefined
  }

  /** Section 8.2. */
  #list(items: readonly Json[], graph: Term): Term {
    const head: Term = items.length === 0 ? RDF_NIL : this.blankNodes++
    let cell = head
    for (const [index, item] of items.entries()) {
      const rest: Term = index === items.length - 1 ? RDF_NIL : this.blankNodes++
      this.#add(cell, RDF_FIRST, this.#object(item, graph), graph)
      this.#add(cell, RDF_REST, rest, graph)
      cell = rest
    }
    return head
  }
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value]
}
