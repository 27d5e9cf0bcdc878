/**
 * The contexts of one analysis: found, compiled, and remembered. A context that has to be fetched interrupts the synchronous
 * work by `MissingContext`; whoever catches it has it loaded and begins again.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import { bundledContext } from '../resolve/contexts/bundle.js'
import { ActiveContext, type TermDefinition } from './active-context.js'
import { type ContextDocument, contextDocument } from './context-document.js'
import { type ContextSource, processContext } from './context-processing.js'
import { isAbsoluteIri, JsonLdSyntaxError } from './keywords.js'
import { PredicateOrder } from './predicate-order.js'
import { isObject } from './term-definition.js'

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

/**
 * Terms that may be copied in one analysis: a fraction of a second. A credential needs some thousands; only a document that
 * stacks huge contexts needs more.
 */
const MAX_WORK = 1_000_000
/** The same for all that is remembered. */
const MAX_REMEMBERED = 1_000_000

/** What outlives an analysis: everything that has been made of contexts. Kept in the caller's cache. */
export class CompiledContexts {
  readonly initial = new ActiveContext()
  readonly predicates = new PredicateOrder()
  /** By digest of their bytes. */
  readonly loaded = new Map<string, ContextDocument>()
  readonly #bundled = new Map<string, ContextDocument>()
  #remembered = 0

  bundled(url: string): ContextDocument | undefined {
    const known = this.#bundled.get(url)
    if (known !== undefined) return known
    const document = bundledContext(url)
    if (document === undefined) return undefined
    // What a bundled context refers to is bundled too, and does not change.
    const made = { ...contextDocument(document), selfContained: true, own: true }
    this.#bundled.set(url, made)
    return made
  }

  /** Counts what is remembered; false where there is no more room. */
  remember(terms: number): boolean {
    this.#remembered += terms
    return !this.full
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
  /** Loaded documents and failures, by URL. */
  readonly #loaded: ReadonlyMap<string, ContextDocument | ContextFailure>
  /** Beside each map of an active context: what must not be remembered there, because it must not live as long. */
  readonly #brief = new Map<object, Map<unknown, ActiveContext>>()
  #work = 0

  constructor(compiled: CompiledContexts, loaded: ReadonlyMap<string, ContextDocument | ContextFailure>) {
    this.compiled = compiled
    this.initial = compiled.initial
    this.#loaded = loaded
  }

  document(url: string): ContextDocument {
    this.used.add(url)
    const document = this.compiled.bundled(url) ?? this.#loaded.get(url)
    if (document === undefined) throw new MissingContext(url)
    if ('code' in document) throw new UnknownContext(document)
    return document
  }

  spend(terms: number): void {
    this.#work += terms + 1
    if (this.#work > MAX_WORK)
      throw new JsonLdSyntaxError('context overflow', 'the contexts of this document are too many, and too large')
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
      result = this.#step(result, context)
    }
    return result
  }

  #step(active: ActiveContext, local: Json): ActiveContext {
    const document = typeof local === 'string' && isAbsoluteIri(local) ? this.document(local) : undefined
    // An embedded context is its own JSON text; text and document cannot be mistaken for one another.
    const key = document ?? JSON.stringify(local)
    const known = active.embedded.get(key) ?? this.#brief.get(active.embedded)?.get(key)
    if (known !== undefined) return known
    const made = processContext(active, local, this, {
      propagate: true,
      overrideProtected: false,
      base: null,
      own: false,
    })
    const lasting = document?.selfContained ?? contextDocument({ '@context': local }).selfContained
    this.#keep(active, active.embedded, key, made, lasting)
    return made
  }

  /** Remembers `made` by `key`: in the active context, unless it must not live as long. */
  #keep<Key>(
    active: ActiveContext,
    known: Map<Key, ActiveContext>,
    key: Key,
    made: ActiveContext,
    lasting: boolean,
  ): void {
    if (made !== active && made !== this.initial && (active.brief || !lasting)) made.brief = true
    if (
      active.brief ||
      (lasting && this.compiled.remember(made.terms.size + (typeof key === 'string' ? key.length : 0)))
    )
      known.set(key, made)
    else {
      const brief = this.#brief.get(known) ?? new Map<unknown, ActiveContext>()
      this.#brief.set(known, brief.set(key, made))
    }
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
    const before = known.get(definition) ?? this.#brief.get(known)?.get(definition)
    if (before !== undefined) return before
    const { context, base, own } = definition.scope
    const made = processContext(active, context, this, {
      propagate: byProperty,
      overrideProtected: byProperty,
      base,
      own,
    })
    this.#keep(active, known, definition, made, contextDocument({ '@context': context }).selfContained)
    return made
  }
}
