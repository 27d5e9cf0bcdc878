/**
 * Active contexts and term definitions: what the context processing algorithms (JSON-LD 1.1 API section 4) make of `@context`.
 * Once made they do not change, so one is shared by all documents that arrive at it.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import { isAbsoluteIri, isBlankNodeIdentifier } from './keywords.js'
import { iriText } from './nquads.js'

/** The container mapping without `@set`, which has no meaning for RDF. Combinations name the graph last. */
export type Container = 'none' | 'list' | 'graph' | 'language' | 'index' | 'id' | 'type' | 'index-graph' | 'id-graph'

/**
 * - `own`: one of the standard's own terms, under its own name and in its own form.
 * - `foreign`: the standard has nothing to do with it.
 * - `irregular`: neither is plain to see. See ambiguous.ts.
 */
export type Ownership = 'own' | 'foreign' | 'irregular'

/** A scoped context, and the URL that its relative references are resolved against. JSON-LD 1.1 section 4.1.8. */
export interface ScopedContext {
  readonly context: Json
  readonly base: string | null
  /** Does it stand in a bundled context? */
  readonly own: boolean
}

/** JSON-LD 1.1 API section 4.2: what a member name means. Filled in by `defineTerm` and left alone afterwards. */
export class TermDefinition {
  readonly name: string
  /** The IRI mapping: an IRI, a keyword, or null for a name that is to be dropped. */
  iri: string | null = null
  /** Is `iri` a keyword? */
  keyword = false
  reverse = false
  /** May it stand before the colon of a compact IRI? */
  prefix = false
  protected = false
  /** Does a bundled context define it, all by itself? Then it is the standard's own term, in its own form. */
  own = false
  /** The type mapping: `@id`, `@vocab`, `@json`, `@none`, a datatype, or null. */
  type: string | null = null
  container: Container = 'none'
  /** `@container` had `@set`: only for comparing protected definitions. */
  set = false
  scope: ScopedContext | null = null
  /** Undefined leaves it to the context's default language. */
  language: string | null | undefined = undefined
  direction: string | null | undefined = undefined
  index: string | undefined = undefined
  nest: string | undefined = undefined

  /** The predicate's N-Quads text; empty where there is none, and the member is dropped. */
  predicate = ''
  /** What literals of its type end with, once one has been written. */
  end: string | undefined = undefined
  /** What a reader of the JSON makes of the name, once that has been judged. */
  ownership: Ownership | undefined = undefined

  constructor(name: string) {
    this.name = name
  }

  /** To be called when `iri` is known. */
  setIri(iri: string | null, keyword: boolean): void {
    this.iri = iri
    this.keyword = keyword
    this.predicate = iri === null || !isAbsoluteIri(iri) || isBlankNodeIdentifier(iri) ? '' : iriText(iri)
  }
}

/** The active context after a node's types have been seen, and the types themselves: the same for every node with these types. */
export interface TypeScope {
  readonly active: ActiveContext
  /** N-Quads text of the types. */
  readonly types: readonly string[]
  /** Nothing about the types is worth a closer look: none is dropped, none goes by another name than its own. */
  readonly regular: boolean
  /** Is it a credential or presentation? */
  readonly credential: boolean
  /** Is it a credential that, within another one, is verified for itself? */
  readonly verifiable: boolean
  /** Is it what an endorsement endorses, and is it called anything else? */
  readonly endorsed: 'no' | 'also' | 'only'
}

/** JSON-LD 1.1 API section 4: the active context. */
export class ActiveContext {
  readonly terms: Map<string, TermDefinition>
  /** `@base`; null where relative references stay relative. The documents here have no base of their own. */
  base: string | null
  vocab: string | null
  language: string | null
  direction: string | null
  /** What to go back to at the next node object, where this one must not be propagated. */
  previous: ActiveContext | null
  /** Names that mean `@id`, `@type` and `@value`, so that a node can be asked for them without a walk over its members. */
  idNames: readonly string[] = ['@id']
  typeNames: readonly string[] = ['@type']
  valueNames: readonly string[] = ['@value']
  /** Has it been made of bundled contexts alone? Then it outlives the analysis, and so does what is remembered by it. */
  bundled = false
  /** How many terms jsonld copies to come here from the context before. */
  copies = 0

  // What has been derived from this context, so that it is derived once. All of it by bundled contexts: see `Contexts.of`.
  /** By context document. */
  readonly embedded = new Map<unknown, ActiveContext>()
  /** By the term whose property-scoped context was applied. */
  readonly propertyScoped = new Map<TermDefinition, ActiveContext>()
  /** By the term whose type-scoped context was applied. */
  readonly typeScoped = new Map<TermDefinition, ActiveContext>()
  /** By the value of `@type`: a few terms of this context. */
  readonly typeScopes = new Map<string, TypeScope>()

  constructor(from?: ActiveContext) {
    this.terms = new Map(from?.terms)
    this.base = from?.base ?? null
    this.vocab = from?.vocab ?? null
    this.language = from?.language ?? null
    this.direction = from?.direction ?? null
    this.previous = from?.previous ?? null
  }

  /** To be called when all terms are defined. */
  finish(): this {
    const names = { '@id': ['@id'], '@type': ['@type'], '@value': ['@value'] }
    for (const { name, iri, keyword } of this.terms.values())
      if (keyword && iri !== null && iri !== name && Object.hasOwn(names, iri))
        names[iri as keyof typeof names].push(name)
    this.idNames = names['@id']
    this.typeNames = names['@type']
    this.valueNames = names['@value']
    return this
  }
}
