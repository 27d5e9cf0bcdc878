/**
 * A JSON-LD document as an RDF dataset, with its problems. Synchronous where every context is bundled or known, and nothing is
 * unusual; a promise otherwise.
 *
 * @module
 */
import type { JsonObject, MaybePromise } from '../internal/types.js'
import { Budget } from './budget.js'
import { CanonicalizationError } from './canonicalization-error.js'
import { cacheKey, MAX_CONTEXT_DOCUMENTS } from './context-cache.js'
import type { ContextDocument } from './context-document.js'
import { CompiledContexts, type ContextFailure, Contexts, MissingContext, UnknownContext } from './contexts.js'
import type { examine } from './examine.js'
import type { Examined } from './general-path.js'
import { JsonLdSyntaxError } from './keywords.js'
import { hasNoProblems, type Quads, toQuads } from './to-quads.js'
import type { Analysis, AnalyzeOptions, CanonicalContext, JsonLdProblem } from './types.js'
import { Unusual } from './unusual.js'
import { Vocabulary } from './vocabulary.js'

/** What is kept in the caller's cache between verifications: nothing that depends on a document. */
class CompiledPath extends CompiledContexts {
  #vocabulary: Vocabulary | undefined

  get vocabulary(): Vocabulary {
    this.#vocabulary ??= new Vocabulary()
    return this.#vocabulary
  }
}

/** The one cache entry of this room beside fetched contexts. It follows from bundled contexts alone, so verifiers may share it. */
export const COMPILED = 'canonical:compiled'
const YEAR_SECONDS = 31_536_000
/** Bytes. What is made of the contexts that nearly all badges have. */
const COMPILED_WEIGHT = 8_388_608

/** What has been made of contexts, for all who share the caller's cache. */
export function compiledFor({ cache }: CanonicalContext): CompiledPath {
  const known = cache.get(COMPILED)
  if (known instanceof CompiledPath && !known.full) return known
  const made = new CompiledPath()
  cache.set(COMPILED, made, YEAR_SECONDS, COMPILED_WEIGHT)
  return made
}

/** The budget of the report, or one for a document that is looked at alone. */
export function budgetOf({ budget, limits }: Pick<CanonicalContext, 'budget' | 'limits'>): Budget {
  return budget ?? new Budget({ bytes: limits.documentBytes, steps: limits.canonicalSteps })
}

/** Throws, or rejects with, what the loader throws besides ResolutionError, and the signal's reason. */
export function analyze(
  document: JsonObject,
  context: CanonicalContext,
  options: AnalyzeOptions = {},
): MaybePromise<Analysis> {
  const { memo } = context
  if (memo === undefined) return analyzeOnce(document, context, options)
  const known: Known = (memo.get(document) as Known | undefined) ?? { analyses: {}, loaded: new Map() }
  memo.set(document, known)
  const key = `${context.graphOnly ? 'graph' : 'analysis'} without ${options.except ?? 'nothing'}`
  const before = known.analyses[key]
  if (before !== undefined) return before
  const analysis = analyzeOnce(document, context, options, known.loaded)
  known.analyses[key] = analysis
  return analysis
}

type Loaded = Map<string, ContextDocument | ContextFailure>

/** What a verification remembers of one document. */
interface Known {
  readonly analyses: { [except: string]: MaybePromise<Analysis> }
  /** The contexts that it led to, beside those that are bundled. */
  readonly loaded: Loaded
}

/** The contexts that were loaded when the document was analyzed. */
export function loadedFor(
  document: JsonObject,
  { memo }: CanonicalContext,
): ReadonlyMap<string, ContextDocument | ContextFailure> {
  return (memo?.get(document) as Known | undefined)?.loaded ?? new Map()
}

/**
 * The problems that `analyze` would find, for those who sign or verify the JSON itself and want no dataset: a document that has none
 * takes half the time. Throws, or rejects with, what `analyze` does.
 */
export function findProblems(document: JsonObject, context: CanonicalContext): MaybePromise<readonly JsonLdProblem[]> {
  if (hasCertainlyNone(document, context)) return []
  // Where the JSON itself is signed, nobody has to ask whether a graph could be read in another way.
  const analysis = analyze(document, { ...context, graphOnly: true })
  return analysis instanceof Promise ? analysis.then(({ problems }) => problems) : analysis.problems
}

/** False also where a context has to be loaded first, and where anything is unusual. */
function hasCertainlyNone(document: JsonObject, context: CanonicalContext): boolean {
  if (context.generalPathOnly) return false
  const compiled = compiledFor(context)
  try {
    return hasNoProblems(document, new Contexts(compiled, new Map(), budgetOf(context)), compiled.vocabulary)
  } catch (error) {
    if (isHandedOver(error) || error instanceof MissingContext || error instanceof CanonicalizationError) return false
    throw error
  }
}

/** What the compiled path cannot tell, another one can. */
function isHandedOver(error: unknown): boolean {
  return error instanceof Unusual || error instanceof JsonLdSyntaxError || error instanceof UnknownContext
}

function analyzeOnce(
  document: JsonObject,
  context: CanonicalContext,
  options: AnalyzeOptions,
  loaded: Loaded = new Map(),
): MaybePromise<Analysis> {
  const attempt = new Attempt(document, context, options, loaded)
  try {
    const analysis = attempt.run()
    return analysis instanceof Promise ? analysis.catch(tooComplex) : analysis
  } catch (error) {
    return tooComplex(error)
  }
}

/** Throws what says anything else. */
function tooComplex(error: unknown): Analysis {
  if (!(error instanceof CanonicalizationError) || error.kind !== 'too_complex') throw error
  return { problems: [{ kind: 'too_complex', pointer: '', message: error.message }], path: 'general' }
}

/** One analysis, which may have to begin again when a context has been loaded. */
class Attempt {
  readonly #document: JsonObject
  readonly #context: CanonicalContext
  readonly #options: AnalyzeOptions
  readonly #compiled: CompiledPath
  readonly #loaded: Loaded
  readonly #budget: Budget
  #examine: typeof examine | undefined

  constructor(document: JsonObject, context: CanonicalContext, options: AnalyzeOptions, loaded: Loaded) {
    this.#loaded = loaded
    this.#document = document
    this.#context = context
    this.#options = options
    this.#compiled = compiledFor(context)
    this.#budget = budgetOf(context)
  }

  run(): MaybePromise<Analysis> {
    while (true) {
      try {
        return this.#analyze()
      } catch (error) {
        if (!(error instanceof MissingContext)) throw error
        const known = this.#context.cache.get(cacheKey(error.url)) as ContextDocument | undefined
        if (known === undefined) return this.#load(error.url).then(() => this.run())
        this.#keep(error.url, known)
      }
    }
  }

  #analyze(): MaybePromise<Analysis> {
    const contexts = new Contexts(this.#compiled, this.#loaded, this.#budget)
    const quads = this.#context.generalPathOnly ? undefined : this.#quads(contexts)
    const isJudged = (foreign: boolean) => foreign && !this.#context.graphOnly
    if (quads !== undefined && !quads.suspect && !isJudged(contexts.hasForeign))
      return { dataset: quads.dataset, problems: [], path: 'compiled' }
    // Loaded for the first document that has anything suspect in it; then it begins again.
    if (this.#examine === undefined) return this.#closerLook()
    const examined = new Contexts(this.#compiled, this.#loaded, this.#budget)
    const { problems, dropsSomething } = this.#examine(this.#document, examined, this.#compiled.vocabulary)
    const hasForeign = isJudged(contexts.hasForeign || examined.hasForeign)
    // One processor makes the graph and judges the reading: see one-reading.ts.
    if (quads !== undefined && !hasForeign) return { dataset: quads.dataset, problems, path: 'compiled' }
    const understood = problems.every(({ kind }) => kind === 'ambiguous_member' || kind === 'undefined_term')
    if (!understood) return { problems, path: 'general' }
    const losesDirection = contexts.losesDirection || examined.losesDirection
    return this.#generalPath({ problems, dropsSomething, hasForeign, losesDirection, dataset: quads?.dataset })
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

  async #generalPath(examined: Examined): Promise<Analysis> {
    const { proof: _, ...withoutProof } = this.#document
    const document = this.#options.except === 'proof' ? withoutProof : this.#document
    const load = async (url: string): Promise<ContextDocument> => {
      const found = this.#compiled.bundled(url) ?? this.#loaded.get(url) ?? (await this.#load(url))
      if ('code' in found) throw new UnknownContext(found)
      return found
    }
    const { generalPath } = await import('./general-path.js')
    const contextAt = (url: string) => {
      const found = this.#compiled.bundled(url) ?? this.#loaded.get(url)
      return found === undefined || 'code' in found ? undefined : found
    }
    const surroundings = { load, contextAt, vocabulary: this.#compiled.vocabulary, budget: this.#budget }
    return generalPath(document, examined, surroundings, this.#context)
  }

  async #load(url: string): Promise<ContextDocument | ContextFailure> {
    const document =
      this.#loaded.size < MAX_CONTEXT_DOCUMENTS
        ? await (await import('./context-loading.js')).loadContext(url, this.#context)
        : { url, code: 'resolve.too_many', message: `a document may lead to ${MAX_CONTEXT_DOCUMENTS} contexts` }
    this.#keep(url, document)
    return document
  }

  /** What it says was sent too. */
  #keep(url: string, document: ContextDocument | ContextFailure): void {
    if ('bytes' in document) this.#budget.admit(document.bytes)
    this.#loaded.set(url, document)
  }
}
