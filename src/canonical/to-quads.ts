/**
 * From a document straight to quads: expansion (JSON-LD 1.1 API section 5.1.2) and deserialization to RDF (section 8.1.2) in one
 * walk, which the compiled contexts make short. It handles what credentials consist of and hands over, by `Unusual`, what they
 * do not: `@list`, `@set`, `@graph`, `@included`, `@reverse`, `@nest`, `@index`, `@direction`, maps by language, index, id or
 * type, and blank node identifiers.
 *
 * It knows no places. Where something is worth a closer look it sets `suspect`, and examine.ts looks for it.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import { type ActiveContext, TermDefinition, type TypeScope } from './active-context.js'
import { CREDENTIAL_MEMBERS, isNativeElsewhere, ownershipOf } from './ambiguous.js'
import type { Budget } from './budget.js'
import type { Contexts } from './contexts.js'
import { type BlankNode, type Dataset, DEFAULT_GRAPH, type Term } from './dataset.js'
import { DescribedNodes, isComment } from './described-nodes.js'
import { expandIri, expandsToItself } from './iri-expansion.js'
import { isAbsoluteIri, isBlankNodeIdentifier, isKeyword, isLanguageTag, JsonLdSyntaxError } from './keywords.js'
import {
  directionalString,
  endOf,
  I18N,
  jsonLiteral,
  languageString,
  literal,
  RDF_FIRST,
  RDF_NIL,
  RDF_REST,
  RDF_TYPE,
} from './literals.js'
import { definitionOf, keepsTypeScope, memberOf } from './members.js'
import { iriText, stringText } from './nquads.js'
import type { RankedPredicate } from './predicate-order.js'
import { typeScope } from './type-scope.js'
import type { AnalyzeOptions } from './types.js'
import { Unusual } from './unusual.js'
import { isClassName, type Vocabulary } from './vocabulary.js'

export interface Quads {
  readonly dataset: Dataset
  /** Has the document anything in it that could be a problem? False is certain. */
  readonly suspect: boolean
}

/** Throws Unusual, JsonLdSyntaxError, MissingContext UnknownContext and CanonicalizationError. */
export function toQuads(
  document: JsonObject,
  contexts: Contexts,
  vocabulary: Vocabulary,
  options: AnalyzeOptions,
): Quads {
  const walk = new QuadWriter(contexts, vocabulary, options)
  walk.node(document, contexts.initial, null, DEFAULT_GRAPH, null)
  // A document without statements, or one whose only statement went with its proof.
  if (walk.statements === 0) walk.suspect = true
  walk.ranked = contexts.compiled.predicates.rank(walk.predicates)
  return { dataset: walk, suspect: walk.suspect }
}

/**
 * Is there certainly nothing in the document that could be a problem? The same walk without a dataset, for those who sign or verify
 * the JSON itself. Throws what `toQuads` throws.
 */
export function hasNoProblems(document: JsonObject, contexts: Contexts, vocabulary: Vocabulary): boolean {
  const walk = new QuadWriter(contexts, vocabulary, {}, false)
  walk.node(document, contexts.initial, null, DEFAULT_GRAPH, null)
  return !walk.suspect && walk.statements > 0
}

/** What a property without definition is: a value there has no coercion. */
const UNDEFINED = new TermDefinition('')
/** Stands for each literal where none is written. */
const ANY_LITERAL = '""'
/** What the text of a literal begins with, and that of no IRI. */
const QUOTE = 0x22

/** What a term takes in a line: blank nodes get short names. */
const lengthOf = (term: Term): number => (typeof term === 'string' ? term.length : 9)

class QuadWriter implements Dataset {
  readonly subjects: Term[] = []
  readonly predicates: string[] = []
  readonly objects: Term[] = []
  readonly graphs: Term[] = []
  ranked: readonly RankedPredicate[] = []
  blankNodes = 0
  readonly origins: object[] = []
  suspect = false
  statements = 0
  /** False where nobody wants the dataset: statements are counted, and literals, which nothing depends on, are not written. */
  readonly #writes: boolean
  readonly #contexts: Contexts
  readonly #budget: Budget
  readonly #vocabulary: Vocabulary
  readonly #except: string | undefined
  readonly #described = new DescribedNodes()
  /** Inside a credential within the credential? That is verified for itself, and read only then. */
  #nested = false

  constructor(contexts: Contexts, vocabulary: Vocabulary, { except }: AnalyzeOptions, writes = true) {
    this.#writes = writes
    this.#contexts = contexts
    this.#budget = contexts.budget
    this.#vocabulary = vocabulary
    this.#except = except
  }

  #blankNode(origin: object): BlankNode {
    if (this.#writes) this.origins.push(origin)
    return this.blankNodes++
  }

  #add(subject: Term, predicate: string, object: Term, graph: Term): void {
    this.statements++
    this.#budget.spend(
      'characters',
      predicate.length + lengthOf(subject) + lengthOf(object) + (graph === DEFAULT_GRAPH ? 0 : lengthOf(graph)),
    )
    if (!this.#writes) return
    this.subjects.push(subject)
    this.predicates.push(predicate)
    this.objects.push(object)
    this.graphs.push(graph)
  }

  /** A node object, or a value object: expansion steps 7 to 19. `member` has it as its value, `parent` has that member. */
  node(
    element: JsonObject,
    active: ActiveContext,
    member: TermDefinition | null,
    graph: Term,
    parent: Term | null,
  ): Term {
    // 7
    if (active.previous !== null && !keepsTypeScope(element, active)) active = active.previous
    // 8, 9
    if (member?.scope) active = this.#contexts.propertyScoped(active, member)
    if (element['@context'] !== undefined) active = this.#contexts.embedded(active, element['@context'])
    // 11
    const type = memberOf(element, active.typeNames)
    const scope = type === undefined ? null : typeScope(active, type, this.#contexts, this.#vocabulary)
    if (
      element['@value'] !== undefined ||
      (active.valueNames.length > 1 && memberOf(element, active.valueNames) !== undefined)
    )
      return this.#valueObject(element, active, member, scope)
    if (scope !== null) active = scope.active

    const id = memberOf(element, active.idNames)
    const subject = id === undefined ? this.#blankNode(element) : this.#id(id, active)
    const before = this.statements
    const around = this.#nested
    if (scope !== null) {
      if (scope.verifiable && member !== null) this.#nested = true
      if (!scope.regular) this.suspect = true
      if (scope.credential && member?.ownership === 'own' && !CREDENTIAL_MEMBERS.has(member.name)) this.suspect = true
      for (const text of scope.types) this.#add(subject, RDF_TYPE, text, graph)
    }
    // 13
    for (const name in element) {
      if (name === '@context') continue
      const definition = definitionOf(active, name, this.#contexts)
      definition.ownership ??= ownershipOf(definition, this.#vocabulary)
      if (definition.ownership === 'irregular') this.suspect = true
      if (definition.keyword) {
        if (definition.iri !== '@id' && definition.iri !== '@type') throw new Unusual()
        continue
      }
      if (definition.predicate === '') continue
      const value = element[name] as Json
      if (parent === null && name === this.#except && graph === DEFAULT_GRAPH && member === null)
        this.#aside(subject, definition, value, active, graph)
      else this.#member(subject, definition, value, active, graph)
    }
    if (id !== undefined && this.statements > before) {
      const key = graph === DEFAULT_GRAPH ? (subject as string) : `${subject} ${graph}`
      const isSuspect =
        scope === null || scope.endorsed === 'no'
          ? this.#described.add(key, member)
          : this.#described.addEndorsed(key, member, this.#nested && isComment(element, scope, active, this.#contexts))
      if (isSuspect) this.suspect = true
    }
    this.#nested = around
    return subject
  }

  /** A member whose statements are not kept. */
  #aside(subject: Term, definition: TermDefinition, value: Json, active: ActiveContext, graph: Term): void {
    const { statements, blankNodes } = this
    this.#member(subject, definition, value, active, graph)
    this.statements = statements
    this.subjects.length = statements
    this.predicates.length = statements
    this.objects.length = statements
    this.graphs.length = statements
    this.blankNodes = blankNodes
    this.origins.length = blankNodes
  }

  /** Expansion steps 13.5 to 13.15, and section 8.1.2 step 1.3.2. */
  #member(subject: Term, definition: TermDefinition, value: Json, active: ActiveContext, graph: Term): void {
    if (definition.reverse) throw new Unusual()
    if (definition.type === '@json') {
      // In a container it becomes the one item of a list, or is in a graph.
      if (value === null || definition.container !== 'none') throw new Unusual()
      this.#add(subject, definition.predicate, jsonLiteral(value), graph)
      return
    }
    if (value === null) return
    switch (definition.container) {
      case 'none':
        break
      case 'list':
        this.#list(subject, definition, value, active, graph)
        return
      case 'graph':
        this.#graphs(subject, definition, value, active, graph)
        return
      default:
        if (typeof value === 'object') throw new Unusual()
    }
    if (Array.isArray(value)) this.#values(subject, definition, value as readonly Json[], active, graph)
    else this.#value(subject, definition, value, active, graph)
  }

  #values(subject: Term, definition: TermDefinition, items: readonly Json[], active: ActiveContext, graph: Term): void {
    let nodes: Set<string> | undefined
    for (const item of items) {
      const object = this.#value(subject, definition, item, active, graph)
      if (items.length === 1 || typeof object !== 'string' || object.charCodeAt(0) === QUOTE) continue
      // One node as two values: RDF takes them for one, others do not.
      nodes ??= new Set()
      if (nodes.has(object)) this.suspect = true
      nodes.add(object)
    }
  }

  /** Gives back the object of the statement, where there is one. */
  #value(subject: Term, definition: TermDefinition, value: Json, active: ActiveContext, graph: Term): Term | undefined {
    if (value === null) return undefined
    if (Array.isArray(value)) {
      // Arrays within arrays are one array to JSON-LD, and something else to everybody else.
      this.suspect = true
      this.#values(subject, definition, value as readonly Json[], active, graph)
      return undefined
    }
    const object =
      typeof value === 'object'
        ? this.node(value as JsonObject, active, definition, graph, subject)
        : this.#scalar(value, definition, active)
    if (object !== undefined) this.#add(subject, definition.predicate, object, graph)
    return object
  }

  /** Section 8.2, List to RDF Conversion. */
  #list(subject: Term, definition: TermDefinition, value: Json, active: ActiveContext, graph: Term): void {
    const items = (Array.isArray(value) ? (value as readonly Json[]) : [value]).filter((item) => item !== null)
    const origin = Array.isArray(value) ? value : items
    let cell: Term = items.length === 0 ? RDF_NIL : this.#blankNode(origin)
    this.#add(subject, definition.predicate, cell, graph)
    for (let index = 0; index < items.length; index++) {
      const item = items[index] as Exclude<Json, null>
      if (Array.isArray(item)) throw new Unusual()
      const object =
        typeof item === 'object'
          ? this.node(item as JsonObject, active, definition, graph, cell)
          : this.#scalar(item, definition, active)
      if (object === undefined) throw new Unusual()
      this.#add(cell, RDF_FIRST, object, graph)
      const rest: Term = index === items.length - 1 ? RDF_NIL : this.#blankNode(origin)
      this.#add(cell, RDF_REST, rest, graph)
      cell = rest
    }
  }

  /** Expansion step 13.12: each value is a graph of its own, named by a blank node. */
  #graphs(subject: Term, definition: TermDefinition, value: Json, active: ActiveContext, graph: Term): void {
    for (const item of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
      if (item === null) continue
      if (typeof item !== 'object' || Array.isArray(item)) throw new Unusual()
      const name = this.#blankNode(item)
      this.#add(subject, definition.predicate, name, graph)
      const before = this.statements
      this.node(item as JsonObject, active, definition, name, subject)
      // A graph without statements is dropped by some and kept by others.
      if (this.statements === before) throw new Unusual()
    }
  }

  /** Value Expansion (section 5.3.2) and Object to RDF Conversion (section 8.2.2). Undefined where the value is dropped. */
  #scalar(value: string | number | boolean, member: TermDefinition, context: ActiveContext): string | undefined {
    let active = context
    let definition = member
    if (member.scope !== null) {
      active = this.#contexts.propertyScoped(context, member)
      definition = active.terms.get(member.name) ?? UNDEFINED
    }
    const { type } = definition
    if (member.ownership === 'own' && isNativeElsewhere(value, type)) this.suspect = true
    if (typeof value !== 'string') return literal(value, type === null || isKeyword(type) ? null : type)
    if (type === null || type === '@none') {
      const direction = definition.direction === undefined ? active.direction : definition.direction
      const language = definition.language === undefined ? active.language : definition.language
      this.#budget.spend('characters', language?.length ?? 0)
      if (direction !== null) {
        if (language !== null && !isLanguageTag(language)) throw new Unusual()
        return directionalString(value, language, direction)
      }
      if (language === null) return this.#writes ? literal(value, null) : ANY_LITERAL
      if (!isLanguageTag(language)) throw new Unusual()
      return languageString(value, language)
    }
    if (type === '@id') return this.#iri(value, active)
    if (type === '@vocab') return this.#vocabIri(value, active)
    if (type.startsWith(I18N)) this.suspect = true
    if (!this.#writes) return ANY_LITERAL
    definition.end ??= endOf(type)
    return stringText(value, definition.end)
  }

  /** Expansion steps 14 and 13.4.7 to 13.4.9. */
  #valueObject(
    element: JsonObject,
    active: ActiveContext,
    member: TermDefinition | null,
    scope: TypeScope | null,
  ): string {
    if (member === null || member.container === 'graph' || (scope !== null && scope.active !== active))
      throw new Unusual()
    let value: Json = null
    let language: string | null = null
    let direction: string | null = null
    let type: string | null = null
    for (const name in element) {
      if (name === '@context') continue
      const definition = definitionOf(active, name, this.#contexts)
      if (definition.iri !== name && definition.iri !== '@type') this.suspect = true
      const given = element[name] as Json
      if (definition.iri === '@value') value = given
      else if (definition.iri === '@type') {
        type = typeof given === 'string' ? expandIri(active, given, { vocab: true, budget: this.#budget }) : null
        if (type === null) throw new Unusual()
        if (member.ownership === 'own' || type?.startsWith(I18N)) this.suspect = true
      } else if (definition.iri === '@direction') {
        if (given !== 'ltr' && given !== 'rtl') throw new Unusual()
        direction = given
      } else if (definition.iri === '@language') {
        if (given === null) continue
        if (typeof given !== 'string' || !isLanguageTag(given)) throw new Unusual()
        language = given.toLowerCase()
      } else throw new Unusual()
    }
    if (type === '@json') return jsonLiteral(value)
    if (value === null || typeof value === 'object') throw new Unusual()
    if (language !== null || direction !== null) {
      if (typeof value !== 'string' || type !== null) throw new Unusual()
      return direction === null
        ? languageString(value, language as string)
        : directionalString(value, language, direction)
    }
    if (type !== null && (!isAbsoluteIri(type) || isBlankNodeIdentifier(type))) throw new Unusual()
    return literal(value, type)
  }

  /** The node's own id. One that is no IRI takes all statements of the node with it. */
  #id(id: Json, active: ActiveContext): string {
    if (typeof id !== 'string') throw new JsonLdSyntaxError('invalid @id value', 'an id must be a string')
    const text = this.#iri(id, active)
    if (text === undefined) throw new Unusual()
    return text
  }

  /** Where nothing is written the IRI stands for its text: only whether two are one is asked for. */
  #iriTerm(iri: string): string {
    return this.#writes ? iriText(iri) : iri
  }

  /** IRI expansion for `@id` and for values of type `@id`: terms are not considered. */
  #iri(value: string, active: ActiveContext): string | undefined {
    if (expandsToItself(value, active)) return this.#iriTerm(value)
    if (isBlankNodeIdentifier(value)) throw new Unusual()
    const expanded = expandIri(active, value, { vocab: false, budget: this.#budget })
    this.suspect = true
    if (expanded !== null && isAbsoluteIri(expanded) && !isBlankNodeIdentifier(expanded)) return this.#iriTerm(expanded)
    // Relative. A base would make it absolute.
    if (active.base !== null || expanded === null || isBlankNodeIdentifier(expanded)) throw new Unusual()
    return undefined
  }

  #vocabIri(value: string, active: ActiveContext): string | undefined {
    const expanded = expandIri(active, value, { vocab: true, budget: this.#budget })
    // The standard's own value, under its own name, or none of its values at all.
    const own = active.terms.get(value)?.own === true && !isClassName(value)
    if (!own && (expanded === null || !this.#vocabulary.isOwnProperty(expanded, value)))
      if (expanded === null || expanded !== value || this.#vocabulary.namesOf(expanded).length > 0) this.suspect = true
    if (expanded !== null && isAbsoluteIri(expanded) && !isBlankNodeIdentifier(expanded)) return this.#iriTerm(expanded)
    throw new Unusual()
  }
}
