/**
 * A JSON-LD document as an RDF dataset, with its problems. Synchronous where every context is bundled or known, and nothing is
 * unusual; a promise otherwise.
 *
 * @module
 */
import type { Json, JsonObject, MaybePromise } from '../internal/types.js'
import type { ActiveContext } from './active-context.js'
import { cacheKey, MAX_CONTEXT_DOCUMENTS } from './context-cache.js'
import type { ContextDocument } from './context-document.js'
import { CompiledContexts, type ContextFailure, Contexts, MissingContext, UnknownContext } from './contexts.js'
import type { Dataset } from './dataset.js'
import type { examine } from './examine.js'
import { JsonLdSyntaxError } from './keywords.js'
import { isBeyondSuspicion, type Quads, toQuads } from './to-quads.js'
import type { Analysis, AnalyzeOptions, CanonicalContext, JsonLdProblem } from './types.js'
import { Unusual } from './unusual.js'
import { Vocabulary } from './vocabulary.js'

/** What is kept in the caller's cache between verifications: nothing that depends on a document. */
class Compiled extends CompiledContexts {
  #vocabulary: Vocabulary | undefined

  get vocabulary(): Vocabulary {
    this.#vocabulary ??= new Vocabulary()
    return this.#vocabulary
  }
}

/** The one cache entry of this room. What it holds follows from the bytes of contexts alone, so verifiers may share it. */
export const COMPILED = 'canonical:compiled'
const YEAR_SECONDS = 31_536_000

function compiledFor({ cache }: CanonicalContext): Compiled {
  const known = cache.get(COMPILED)
  if (known instanceof Compiled && !known.full) return known
  const made = new Compiled()
  cache.set(COMPILED, made, YEAR_SECONDS)
  return made
}

/** Throws, or rejects with, what the loader throws besides ResolutionError, and the signal's reason. */
export function analyze(
  document: JsonObject,
  context: CanonicalContext,
  options: AnalyzeOptions = {},
): MaybePromise<Analysis> {
  const { memo } = context
  if (memo === undefined) return analyzeOnce(document, context, options)
  const known = (memo.get(document) ?? {}) as { [except: string]: MaybePromise<Analysis> }
  const key = options.except === undefined ? 'analysis' : `analysis without ${options.except}`
  const before = known[key]
  if (before !== undefined) return before
  const analysis = analyzeOnce(document, context, options)
  known[key] = analysis
  memo.set(document, known)
  return analysis
}

/**
 * The problems that `analyze` would find, for those who sign or verify the JSON itself and want no dataset: a document that has none
 * takes half the time. Throws, or rejects with, what `analyze` does.
 */
export function findProblems(document: JsonObject, context: CanonicalContext): MaybePromise<readonly JsonLdProblem[]> {
  if (hasCertainlyNone(document, context)) return []
  const analysis = analyze(document, context)
  return analysis instanceof Promise ? analysis.then(({ problems }) => problems) : analysis.problems
}

/** False also where a context has to be loaded first, and where anything is unusual. */
function hasCertainlyNone(document: JsonObject, context: CanonicalContext): boolean {
  if (context.generalPathOnly) return false
  const compiled = compiledFor(context)
  try {
    return isBeyondSuspicion(document, new Contexts(compiled, new Map()), compiled.vocabulary)
  } catch (error) {
    if (isHandedOver(error) || error instanceof MissingContext) return false
    throw error
  }
}

/** What the compiled path cannot tell, another one can. */
function isHandedOver(error: unknown): boolean {
  return error instanceof Unusual || error instanceof JsonLdSyntaxError || error instanceof UnknownContext
}

function analyzeOnce(document: JsonObject, context: CanonicalContext, options: AnalyzeOptions): MaybePromise<Analysis> {
  const attempt = new Attempt(document, context, options)
  const isProof = document.proofPurpose !== undefined && options.except === undefined && !context.generalPathOnly
  return isProof ? attempt.runForProof() : attempt.run()
}

/** A document whose canonical form is known. A class, since an object with a getter in it would have a shape of its own each time. */
class KnownForm implements Analysis {
  readonly problems = []
  readonly path = 'compiled'
  readonly nquads: string
  readonly #quads: () => Quads

  constructor(nquads: string, quads: () => Quads) {
    this.nquads = nquads
    this.#quads = quads
  }

  /** Others of its kind have become datasets before. */
  get dataset(): Dataset {
    return this.#quads().dataset
  }
}

/** One analysis, which may have to begin again when a context has been loaded. */
class Attempt {
  readonly #document: JsonObject
  readonly #context: CanonicalContext
  readonly #options: AnalyzeOptions
  readonly #compiled: Compiled
  readonly #loaded = new Map<string, ContextDocument | ContextFailure>()
  #examine: typeof examine | undefined

  constructor(document: JsonObject, context: CanonicalContext, options: AnalyzeOptions) {
    this.#document = document
    this.#context = context
    this.#options = options
    this.#compiled = compiledFor(context)
  }

  /** For the proofs that are alike: all but the first of a kind have no dataset unless somebody asks for one. */
  runForProof(): MaybePromise<Analysis> {
    for (const form of this.#bundledContext()?.proofForms ?? []) {
      const nquads = form(this.#document)
      if (nquads !== undefined)
        return new KnownForm(nquads, () => this.#quads(new Contexts(this.#compiled, this.#loaded)) as Quads)
    }
    const analysis = this.run()
    const active = this.#bundledContext()
    if (active === undefined || analysis instanceof Promise || analysis.problems.length > 0) return analysis
    return this.#remember(active, analysis)
  }

  async #remember(active: ActiveContext, analysis: Analysis): Promise<Analysis> {
    const { rememberProofForm } = await import('./plain-proofs.js')
    rememberProofForm(this.#document, active, analysis.dataset as Dataset)
    return analysis
  }

  /** The document's active context, where it is one of bundled contexts and has been compiled. */
  #bundledContext(): ActiveContext | undefined {
    const local = this.#document['@context']
    let active: ActiveContext | undefined = this.#compiled.initial
    for (const reference of Array.isArray(local) ? (local as readonly Json[]) : [local]) {
      const document = typeof reference === 'string' ? this.#compiled.bundled(reference) : undefined
      active = document && active.embedded.get(document)
      if (active === undefined) return undefined
    }
    return active
  }

  run(): MaybePromise<Analysis> {
    while (true) {
      try {
        return this.#analyze()
      } catch (error) {
        if (!(error instanceof MissingContext)) throw error
        const known = this.#context.cache.get(cacheKey(error.url)) as ContextDocument | undefined
        if (known === undefined) return this.#load(error.url).then(() => this.run())
        this.#loaded.set(error.url, known)
      }
    }
  }

  #analyze(): MaybePromise<Analysis> {
    const contexts = new Contexts(this.#compiled, this.#loaded)
    const quads = this.#context.generalPathOnly ? undefined : this.#quads(contexts)
    if (quads !== undefined && !quads.suspect) return { dataset: quads.dataset, problems: [], path: 'compiled' }
    // Loaded for the first document that has anything suspect in it; then it begins again.
    if (this.#examine === undefined) return this.#closerLook()
    const { problems, dropsSomething, copiedTerms } = this.#examine(
      this.#document,
      new Contexts(this.#compiled, this.#loaded),
      this.#compiled.vocabulary,
    )
    if (quads !== undefined) return { dataset: quads.dataset, problems, path: 'compiled' }
    const understood = problems.every(({ kind }) => kind === 'ambiguous_member' || kind === 'undefined_term')
    if (!understood) return { problems, path: 'general' }
    if (copiedTerms > MAX_COPIED_TERMS) return { problems: [...problems, TOO_MUCH], path: 'general' }
    return this.#generalPath(problems, dropsSomething)
  }

  async #closerLook(): Promise<Analysis> {
    const { examine } = await import('./examine.js')
    this.#examine = examine
    return this.run()
  }

  #quads(contexts: Contexts): Quads | undefined {
    try {
      return toQuads(this.#document, contexts, this.#compiled.vocabulary, this.#options)
    } catch (error) {
      if (isHandedOver(error)) return undefined
      throw error
    }
  }

  async #generalPath(problems: readonly JsonLdProblem[], dropsSomething: boolean): Promise<Analysis> {
    const { proof: _, ...withoutProof } = this.#document
    const document = this.#options.except === 'proof' ? withoutProof : this.#document
    const load = async (url: string): Promise<ContextDocument> => {
      const found = this.#compiled.bundled(url) ?? this.#loaded.get(url) ?? (await this.#load(url))
      if ('code' in found) throw new UnknownContext(found)
      return found
    }
    const { generalPath } = await import('./general-path.js')
    return generalPath(document, { problems, dropsSomething }, load, this.#context)
  }

  async #load(url: string): Promise<ContextDocument | ContextFailure> {
    const document =
      this.#loaded.size < MAX_CONTEXT_DOCUMENTS
        ? await (await import('./context-loading.js')).loadContext(url, this.#compiled, this.#context)
        : { url, code: 'resolve.too_many', message: `a document may lead to ${MAX_CONTEXT_DOCUMENTS} contexts` }
    this.#loaded.set(url, document)
    return document
  }
}

/** A large credential of the general path needs some hundred thousand; this takes jsonld about a second. */
const MAX_COPIED_TERMS = 2_000_000

const TOO_MUCH: JsonLdProblem = {
  kind: 'invalid',
  pointer: '/@context',
  message: 'the contexts of this document are too large for a document that uses unusual parts of JSON-LD',
}
