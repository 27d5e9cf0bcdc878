/**
 * The contexts of one analysis: found, compiled, and remembered. A context that has to be fetched interrupts the synchronous
 * work by `MissingContext`; whoever catches it has it loaded and begins again.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json } from '../internal/types.js'
import { bundledContext } from '../resolve/contexts/bundle.js'
import { ActiveContext, type TermDefinition } from './active-context.js'
import type { Budget } from './budget.js'
import { type ContextDocument, contextDocument } from './context-document.js'
import { type ContextSource, type ProcessingOptions, processContext } from './context-processing.js'
import { isAbsoluteIri, JsonLdSyntaxError } from './keywords.js'
import { isPinned } from './pinned-contexts.js'
import { PredicateOrder } from './predicate-order.js'

/** A context that is neither bundled nor loaded yet. Caught inside this room. */
export class MissingContext extends Error {
  readonly url: string

  constructor(url: string) {
    super(`context ${url} is not loaded`)
    this.url = url
  }
}

/** Why a context could not be had. */
export interface ContextFailure {
  readonly url: string
  /** The code of the ResolutionError. */
  readonly code: string
  readonly message: string
}

/** A context that could not be had. Caught inside this room. */
export class UnknownContext extends Error {
  readonly failure: ContextFailure

  constructor(failure: ContextFailure) {
    super(failure.message)
    this.failure = failure
  }
}

/** Terms of which memory is kept. Bundled contexts lead to some tens of thousands; more come of putting them in every order. */
const MAX_REMEMBERED = 1_000_000

/**
 * What outlives an analysis: everything that has been made of bundled contexts, and nothing else. What a badge says, or a context
 * that it led to, is forgotten with its verification. Kept in the caller's cache.
 */
export class CompiledContexts {
  readonly initial = new ActiveContext()
  readonly predicates = new PredicateOrder()
  readonly #bundled = new Map<string, ContextDocument>()
  #remembered = 0

  constructor() {
    this.initial.bundled = true
  }

  bundled(url: string): ContextDocument | undefined {
    const known = this.#bundled.get(url)
    if (known !== undefined) return known
    const document = bundledContext(url)
    if (document === undefined) return undefined
    const made = { ...contextDocument(document), own: true }
    this.#bundled.set(url, made)
    return made
  }

  /** For an active context of bundled contexts alone. */
  remember({ terms }: ActiveContext): void {
    this.#remembered += terms.size
    for (const { predicate } of terms.values()) this.predicates.learn(predicate)
  }

  /** Then it is time for a new one. */
  get full(): boolean {
    return this.#remembered > MAX_REMEMBERED
  }
}

export class Contexts implements ContextSource {
  readonly compiled: CompiledContexts
  readonly initial: ActiveContext
  /** The URLs that the document has led to. */
  readonly used = new Set<string>()
  readonly budget: Budget
  /** Loaded documents and failures, by URL. */
  readonly #loaded: ReadonlyMap<string, ContextDocument | ContextFailure>
  /** What must not be remembered by an active context itself, because it must not live as long: see `of`. */
  readonly #brief = new Map<object, Map<unknown, unknown>>()
  /** Terms that jsonld would have copied so far for what was made here. */
  #copies = 0
  /** Has the document led to a context that is not the standard's own? */
  hasForeign = false
  /** Does another context follow one that gives texts a base direction? There jsonld forgets it. */
  losesDirection = false

  constructor(
    compiled: CompiledContexts,
    loaded: ReadonlyMap<string, ContextDocument | ContextFailure>,
    budget: Budget,
  ) {
    this.compiled = compiled
    this.initial = compiled.initial
    this.#loaded = loaded
    this.budget = budget
  }

  document(url: string): ContextDocument {
    this.used.add(url)
    const document = this.compiled.bundled(url) ?? this.#loaded.get(url)
    if (document === undefined) throw new MissingContext(url)
    if ('code' in document) throw new UnknownContext(document)
    if (!document.own && !document.pinned) this.hasForeign = true
    return document
  }

  copied(terms: number, validated = true): void {
    this.#copies += terms + 1
    if (validated) this.budget.spend('terms', terms + 1)
  }

  /** What one analysis remembers beside a map or an active context that outlives it. */
  of<Key, Value>(lasting: object): Map<Key, Value> {
    const known = this.#brief.get(lasting)
    if (known !== undefined) return known as Map<Key, Value>
    const made = new Map<Key, Value>()
    this.#brief.set(lasting, made)
    return made
  }

  /** What is the standard's in a node's own `@context`: bundled, or pinned by its digest. */
  standardPart(local: Json): readonly Json[] {
    return ([local].flat() as readonly Json[]).filter((context) => {
      if (typeof context !== 'string') return context === null || isPinned(context)
      const document = this.compiled.bundled(context) ?? this.#loaded.get(context)
      return document !== undefined && !('code' in document) && (document.own || document.pinned)
    })
  }

  /** The active context after a node's own `@context`. */
  embedded(active: ActiveContext, local: Json): ActiveContext {
    if (!Array.isArray(local)) return this.#step(active, local)
    let result = active
    for (const context of local as readonly Json[]) {
      // Step 2 of the algorithm heeds it only where it stands alone, other implementations in the first of several too.
      if (isObject(context) && context['@propagate'] !== undefined)
        throw new JsonLdSyntaxError(
          'invalid context entry',
          '"@propagate" in one of several contexts is understood in two ways',
        )
      // Step 5 is about one array, not about arrays within it.
      if (Array.isArray(context))
        throw new JsonLdSyntaxError('invalid local context', 'a context must be a URL, an object or null')
      result = this.#step(result, context)
    }
    return result
  }

  #step(active: ActiveContext, local: Json): ActiveContext {
    const document = typeof local === 'string' && isAbsoluteIri(local) ? this.document(local) : undefined
    if (typeof local === 'object' && local !== null) this.hasForeign = true
    // An embedded context is its own JSON text; text and document cannot be mistaken for one another.
    const key = document ?? JSON.stringify(local)
    return this.#made(active, active.embedded, key, local, {
      propagate: true,
      overrideProtected: false,
      base: null,
      own: false,
    })
  }

  /** Once for each `key`: remembered in `known`, unless it must not live as long. */
  #made<Key>(
    active: ActiveContext,
    known: Map<Key, ActiveContext>,
    key: Key,
    local: Json,
    options: ProcessingOptions,
  ): ActiveContext {
    const brief = this.of<Key, ActiveContext>(known)
    const before = known.get(key) ?? brief.get(key)
    if (before !== undefined) return before
    const copies = this.#copies
    const made = processContext(active, local, this, options)
    const isNew = made !== active && made !== this.initial
    if (isNew) made.copies = this.#copies - copies
    if (isNew && made.bundled) {
      this.compiled.remember(made)
      known.set(key, made)
    } else brief.set(key, made)
    return made
  }

  /** The active context for the values of a term that has a scoped context. JSON-LD 1.1 section 4.1.8. */
  propertyScoped(active: ActiveContext, definition: TermDefinition): ActiveContext {
    return this.#scoped(active, definition, active.propertyScoped, true)
  }

  /** The active context after a type that has a scoped context. */
  typeScoped(active: ActiveContext, definition: TermDefinition): ActiveContext {
    return this.#scoped(active, definition, active.typeScoped, false)
  }

  #scoped(
    active: ActiveContext,
    definition: TermDefinition,
    known: Map<TermDefinition, ActiveContext>,
    byProperty: boolean,
  ): ActiveContext {
    if (definition.scope === null) return active
    const { context, base, own } = definition.scope
    return this.#made(active, known, definition, context, {
      propagate: byProperty,
      overrideProtected: byProperty,
      base,
      own,
    })
  }
}
