/**
 * The closer look: finds the places of everything in a document that is dropped, ambiguous or wrong. Follows the expansion
 * algorithm (JSON-LD 1.1 API section 5.1.2) through all of JSON-LD, makes nothing of it, and takes its time: documents that
 * have nothing suspect in them never come here.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ActiveContext, ScopedContext, TermDefinition } from './active-context.js'
import { CREDENTIAL_MEMBERS, isCredentialClass, ownershipOf } from './ambiguous.js'
import { CHARACTERS_PER_COPY } from './budget.js'
import { type Contexts, UnknownContext } from './contexts.js'
import { type Description, Descriptions } from './descriptions.js'
import { examineRepetition, examineScalar, examineValueObject } from './examine-values.js'
import { expandIri } from './iri-expansion.js'
import { isLanguageTag, JsonLdSyntaxError } from './keywords.js'
import { definitionOf, nameFor } from './members.js'
import { type DocumentPlace, itemsOf, Problems } from './problems.js'
import type { JsonLdProblem } from './types.js'
import type { Vocabulary } from './vocabulary.js'

export interface Findings {
  readonly problems: readonly JsonLdProblem[]
  /** Does JSON-LD drop something of the document? The problems say what. */
  readonly dropsSomething: boolean
}

/** The problems of a document, in the order of their places. Throws MissingContext and CanonicalizationError. */
export function examine(document: JsonObject, contexts: Contexts, vocabulary: Vocabulary): Findings {
  const problems = new Problems(vocabulary, contexts)
  const examination = new Examination(contexts, vocabulary, problems)
  const root: DocumentPlace = { pointer: '', standard: true, strict: true, nested: false, types: [] }
  examination.node(document, contexts.initial, null, root, '')
  // A reader may misunderstand its id; it says nothing all the same.
  const isUnderstood = problems.all.every(({ kind }) => kind === 'ambiguous_member')
  if (isUnderstood && examination.descriptions.none) problems.dropped('', '', 'the document says nothing')
  examination.descriptions.judge(problems)
  return { problems: problems.all, dropsSomething: problems.dropsSomething }
}

/** An object that is a value of a map by index, id or type. */
interface FromMap {
  /** In a map by ids. */
  readonly id: string | undefined
}

class Examination {
  readonly descriptions: Descriptions
  readonly #contexts: Contexts
  readonly #vocabulary: Vocabulary
  readonly #problems: Problems

  constructor(contexts: Contexts, vocabulary: Vocabulary, problems: Problems) {
    this.#contexts = contexts
    this.#vocabulary = vocabulary
    this.#problems = problems
    this.descriptions = new Descriptions(vocabulary)
  }

  /** An object in the place of a node object or value object. `graph` tells graphs apart. */
  node(
    element: JsonObject,
    inherited: ActiveContext,
    member: TermDefinition | null,
    place: DocumentPlace,
    graph: string,
    from?: FromMap,
  ): void {
    const active = this.#context(element, inherited, member, place, from)
    if (active === undefined) return
    if (nameFor(element, active, '@value', this.#contexts) !== undefined) {
      examineValueObject(element, active, member, place, this.#problems, this.#contexts)
      return
    }
    for (const wrapper of ['@list', '@set']) {
      const name = nameFor(element, active, wrapper, this.#contexts)
      if (name === undefined) continue
      if (member === null) this.#problems.dropped(place.pointer, wrapper, `"${wrapper}" is the value of no member`)
      else
        this.#value(element[name] as Json, active, member, { ...place, pointer: pointer(place.pointer, name) }, graph)
      return
    }
    const types = this.#types(element, active, place)
    if (types === undefined) return
    const nested = place.nested || (member !== null && types.names.includes('VerifiableCredential'))
    if (member?.ownership === 'own' && !CREDENTIAL_MEMBERS.has(member.name) && types.names.some(isCredentialClass))
      this.#problems.ambiguous(place.pointer, member.name, 'is a credential, which the standard does not have here')
    const here: DocumentPlace = { ...place, nested, types: types.names }
    this.#contexts.budget.spend('characters', graph.length)
    const described = this.descriptions.add(here, member, graph, types.names)
    described.id = from?.id
    this.#members(element, types.active, active, here, graph, described)
  }

  /** Steps 7 to 9; undefined where the context is beyond understanding. */
  #context(
    element: JsonObject,
    inherited: ActiveContext,
    member: TermDefinition | null,
    place: DocumentPlace,
    from: FromMap | undefined,
  ): ActiveContext | undefined {
    let active = inherited
    if (active.previous !== null && from === undefined && !keepsTypeScope(element, active, this.#contexts))
      active = active.previous
    const found = this.#attempt(place.pointer, () =>
      member === null ? active : this.#copied(this.#contexts.propertyScoped(active, member), member),
    )
    const local = element['@context']
    if (found === undefined || local === undefined) return found
    const at = pointer(place.pointer, '@context')
    if (!Array.isArray(local)) return this.#embedded(found, local, at)
    // One by one, to tell which. What is wrong with one does not keep the others from being asked for.
    let result: ActiveContext | undefined = found
    for (const [index, item] of (local as readonly Json[]).entries()) {
      const before: ActiveContext = result ?? found
      const after = this.#embedded(before, [item], pointer(at, index))
      if (result !== undefined) result = after
    }
    return result
  }

  #embedded(active: ActiveContext, local: Json, at: string): ActiveContext | undefined {
    return this.#attempt(at, () => this.#copied(this.#contexts.embedded(active, local), null))
  }

  /**
   * Pays for what jsonld would do to come to this context. It makes it again for each use, where this room shares it, and looks a scoped
   * context up by its text.
   */
  #copied(made: ActiveContext, scoping: TermDefinition | null): ActiveContext {
    const { budget } = this.#contexts
    if (scoping === null) budget.spend('copies', made.copies)
    else if (scoping.scope !== null)
      budget.spend('copies', made.copies + made.terms.size + this.#lengthOf(scoping.scope) / CHARACTERS_PER_COPY)
    return made
  }

  #lengthOf(scope: ScopedContext): number {
    const lengths = this.#contexts.of<ScopedContext, number>(this)
    const known = lengths.get(scope) ?? JSON.stringify(scope.context).length
    lengths.set(scope, known)
    return known
  }

  /** Runs the context algorithms and notes what they throw. */
  #attempt<T>(at: string, run: () => T): T | undefined {
    try {
      return run()
    } catch (error) {
      if (error instanceof UnknownContext) this.#problems.unknownContext(at, error.failure)
      else if (error instanceof JsonLdSyntaxError) this.#problems.invalid(at, error)
      else throw error
      return undefined
    }
  }

  /** Step 11. */
  #types(
    element: JsonObject,
    active: ActiveContext,
    place: DocumentPlace,
  ): { active: ActiveContext; names: string[] } | undefined {
    const names: string[] = []
    for (const [name, value] of Object.entries(element)) {
      if (name === '@context' || definitionOf(active, name, this.#contexts).iri !== '@type') continue
      const at = pointer(place.pointer, name)
      const items = Array.isArray(value) ? (value as readonly Json[]) : [value]
      for (const [index, type] of items.entries()) {
        const where = Array.isArray(value) ? pointer(at, index) : at
        if (typeof type !== 'string') {
          this.#problems.syntax(where, 'invalid type value', 'a type must be a string')
          return undefined
        }
        names.push(type)
        this.#problems.type(where, type, active, place)
      }
    }
    let scoped: ActiveContext | undefined = active
    for (const type of [...names].sort()) {
      const definition = active.terms.get(type)
      const before: ActiveContext = scoped
      scoped = this.#attempt(place.pointer, () =>
        definition ? this.#copied(this.#contexts.typeScoped(before, definition), definition) : before,
      )
      if (scoped === undefined) return undefined
    }
    return { active: scoped, names }
  }

  /** Step 13. */
  #members(
    element: JsonObject,
    active: ActiveContext,
    typeScoped: ActiveContext,
    place: DocumentPlace,
    graph: string,
    described: Description,
  ): void {
    for (const [name, value] of Object.entries(element)) {
      if (name === '@context') continue
      const definition = definitionOf(active, name, this.#contexts)
      definition.ownership ??= ownershipOf(definition, this.#vocabulary)
      const at: DocumentPlace = { ...place, pointer: pointer(place.pointer, name) }
      // jsonld looks at the IRI each time.
      this.#contexts.budget.spend('characters', name.length + (definition.iri?.length ?? 0))
      if (definition.ownership === 'irregular') this.#problems.member(at, definition, active)
      if (definition.keyword) this.#keyword(definition.iri as string, value, active, typeScoped, at, graph, described)
      else if (definition.predicate !== '') {
        if (saysSomething(value, definition)) described.members.set(definition.iri as string, value)
        const own = definition.ownership === 'own'
        this.#value(value, active, definition, { ...at, standard: place.standard && own, strict: false }, graph)
      }
    }
  }

  #keyword(
    keyword: string,
    value: Json,
    active: ActiveContext,
    typeScoped: ActiveContext,
    place: DocumentPlace,
    graph: string,
    described: Description,
  ): void {
    switch (keyword) {
      case '@type':
        return
      case '@id':
        if (typeof value !== 'string')
          this.#problems.syntax(place.pointer, 'invalid @id value', 'an id must be a string')
        else described.id = this.#problems.id(place, value, active)
        return
      case '@included':
      case '@graph':
        for (const [item, at] of itemsOf(value, place))
          if (isObject(item))
            this.node(item, active, null, { ...at, strict: false }, keyword === '@graph' ? place.pointer : graph)
        return
      case '@nest':
        for (const [item, at] of itemsOf(value, place))
          if (isObject(item)) this.#members(item, active, typeScoped, at, graph, described)
        return
      case '@reverse':
        if (isObject(value)) this.#members(value, active, typeScoped, place, graph, this.descriptions.apart(described))
        return
      case '@index':
        if (typeof value !== 'string')
          this.#problems.syntax(place.pointer, 'invalid @index value', '"@index" must be a string')
        return
      default:
        this.#problems.dropped(place.pointer, keyword, `"${keyword}" has no meaning here`)
    }
  }

  /** The value of a member that is a property. */
  #value(value: Json, active: ActiveContext, definition: TermDefinition, place: DocumentPlace, graph: string): void {
    if (value === null || definition.type === '@json') return
    if (
      isObject(value) &&
      definition.container !== 'none' &&
      definition.container !== 'list' &&
      definition.container !== 'graph'
    ) {
      this.#map(value, active, definition, place, graph)
      return
    }
    if (definition.ownership === 'own' && definition.container !== 'graph' && Array.isArray(value))
      examineRepetition(value, active, place, this.#problems, this.#contexts)
    for (const [item, at] of itemsOf(value, place)) {
      if (Array.isArray(item)) {
        if (definition.ownership === 'own')
          this.#problems.ambiguous(
            at.pointer,
            definition.name,
            'is an array within an array, which a reader of the JSON does not expect',
          )
        this.#value(item, active, definition, at, graph)
      } else if (isObject(item)) this.#object(item, active, definition, at, graph)
      else if (typeof item !== 'object') {
        if (definition.container === 'graph')
          this.#problems.dropped(
            at.pointer,
            definition.name,
            `"${definition.name}" must be an object: a reference alone says nothing`,
          )
        const scoped = this.#attempt(at.pointer, () =>
          this.#copied(this.#contexts.propertyScoped(active, definition), definition),
        )
        if (scoped !== undefined) examineScalar(item, scoped, definition, at, this.#problems, this.#contexts)
      }
    }
  }

  #object(
    item: JsonObject,
    active: ActiveContext,
    definition: TermDefinition,
    place: DocumentPlace,
    graph: string,
  ): void {
    const inner = definition.container === 'graph' ? place.pointer : graph
    if (
      definition.container === 'graph' &&
      Object.keys(item).every((name) => name === '@context' || definitionOf(active, name, this.#contexts).iri === '@id')
    )
      this.#problems.dropped(place.pointer, definition.name, `"${definition.name}" says nothing`)
    for (const wrapper of ['@list', '@set', '@graph'])
      if (definition.ownership === 'own' && nameFor(item, active, wrapper, this.#contexts) !== undefined)
        this.#problems.ambiguous(
          place.pointer,
          definition.name,
          `is wrapped in "${wrapper}", where a reader of the JSON does not look`,
        )
    this.node(item, active, definition, { ...place, strict: isStrict(definition) && place.standard }, inner)
  }

  /** Maps by language, index, id or type: expansion steps 13.7 and 13.8. */
  #map(
    value: JsonObject,
    active: ActiveContext,
    definition: TermDefinition,
    place: DocumentPlace,
    graph: string,
  ): void {
    const { container } = definition
    for (const [key, item] of Object.entries(value)) {
      const at: DocumentPlace = { ...place, pointer: pointer(place.pointer, key) }
      if (container === 'language') {
        if (expandIri(active, key, { vocab: true, budget: this.#contexts.budget }) !== '@none' && !isLanguageTag(key))
          this.#problems.language(at.pointer, key)
        continue
      }
      // As jsonld reads step 13.8.3: its reading is what makes the dataset.
      let mapped: ActiveContext | undefined = container === 'type' ? (active.previous ?? active) : active
      const type = container === 'type' ? mapped.terms.get(key) : undefined
      if (type?.scope && Object.keys(value).length > 1)
        this.#problems.syntax(
          at.pointer,
          'invalid scoped context',
          `the scoped context of ${JSON.stringify(key)}, in a map by types, is understood in two ways`,
        )
      else if (type !== undefined) {
        const before: ActiveContext = mapped
        mapped = this.#attempt(at.pointer, () => this.#copied(this.#contexts.typeScoped(before, type), type))
      }
      if (mapped === undefined) return
      const id = container === 'id' || container === 'id-graph' ? this.#problems.id(at, key, active) : undefined
      const inner = container === 'index-graph' || container === 'id-graph' ? at.pointer : graph
      for (const [object, there] of itemsOf(item, at))
        if (isObject(object))
          this.node(object, mapped, definition, there, inner, { id: container === 'id' ? id : undefined })
    }
  }
}

/** Null and empty arrays say nothing, unless they are a JSON literal or a list. */
function saysSomething(value: Json, { type, container }: TermDefinition): boolean {
  if (type === '@json') return true
  return Array.isArray(value) ? value.length > 0 || container === 'list' : value !== null
}

function isStrict({ name }: TermDefinition): boolean {
  return name === 'credentialStatus' || name === 'refreshService' || name === 'proof'
}

function keepsTypeScope(element: JsonObject, active: ActiveContext, contexts: Contexts): boolean {
  if (nameFor(element, active, '@value', contexts) !== undefined) return true
  return Object.keys(element).length === 1 && nameFor(element, active, '@id', contexts) !== undefined
}
