/**
 * Context processing: JSON-LD 1.1 API section 4.1.2. The numbers in the comments are its steps.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import { ActiveContext } from './active-context.js'
import type { Budget } from './budget.js'
import type { ContextDocument } from './context-document.js'
import { expandIri } from './iri-expansion.js'
import { isAbsoluteIri, isLanguageTag, JsonLdSyntaxError } from './keywords.js'
import { defineTerm } from './term-definition.js'

/** Where processing gets documents from, and what bounds it. */
export interface ContextSource {
  /** The active context of a document without any. */
  readonly initial: ActiveContext
  readonly budget: Budget
  /** Set where a context follows one that gives texts a base direction. */
  losesDirection: boolean
  /** The context document at an absolute URL. Throws where there is none. */
  document(url: string): ContextDocument
  /** Counts terms that are copied, or that only jsonld copies: `validated` is false. Throws CanonicalizationError. */
  copied(terms: number, validated?: boolean): void
}

export interface ProcessingOptions {
  /** False for type-scoped contexts: they end at the next node object. */
  readonly propagate: boolean
  /** True for property-scoped contexts. */
  readonly overrideProtected: boolean
  /** The URL of the document in which the local context stands; null in the document itself. */
  readonly base: string | null
  /** Does it stand in a bundled context? */
  readonly own: boolean
  /** The URLs of the contexts that led here, by reference or by `@import`, to find circles. */
  readonly chain?: readonly string[]
  /** The URLs that have been scoped contexts on the way: a scoped context may refer to itself, and is validated once. */
  readonly scopes?: Set<string>
  /** How many contexts stand in one another here. */
  readonly depth?: number
}

/** A chain of contexts that refer to one another. JSON-LD 1.1 API section 9.4, context overflow. */
const MAX_CHAIN = 8
/** Contexts within contexts, however they came there: what one document nests, by `Limits.depth`, and more than anybody needs. */
const MAX_NESTING = 128

/** What a context definition has beside terms. */
const CONTEXT_KEYWORDS: ReadonlySet<string> = new Set(
  '@base @direction @import @language @propagate @protected @version @vocab'.split(' '),
)

/** The active context after `local`. Throws JsonLdSyntaxError, and what the source throws. */
export function processContext(
  active: ActiveContext,
  local: Json,
  source: ContextSource,
  given: ProcessingOptions,
): ActiveContext {
  const options = { ...given, depth: (given.depth ?? 0) + 1 }
  if (options.depth > MAX_NESTING)
    throw new JsonLdSyntaxError('context overflow', `contexts stand in one another more than ${MAX_NESTING} deep`)
  // 2
  const propagate = isObject(local) && local['@propagate'] !== undefined ? local['@propagate'] : options.propagate
  if (typeof propagate !== 'boolean')
    throw new JsonLdSyntaxError('invalid @propagate value', '"@propagate" must be true or false')
  // 3
  let result = active
  if (!propagate && active.previous === null) {
    result = copyOf(active, source, options)
    result.previous = active
    result.finish()
  }
  // 4, 5
  for (const context of Array.isArray(local) ? (local as readonly Json[]) : [local]) {
    if (context === null) result = nullify(result, source, propagate, options)
    else if (typeof context === 'string') result = processRemote(result, context, source, options)
    else if (isObject(context))
      // Not in the algorithm, but everybody understands it: an embedded context written like a context document.
      result = Object.hasOwn(context, '@context')
        ? processContext(result, context['@context'] as Json, source, options)
        : processDefinition(result, context, source, options)
    else throw new JsonLdSyntaxError('invalid local context', 'a context must be a URL, an object or null')
  }
  return result
}

/** 5.1 */
function nullify(
  active: ActiveContext,
  source: ContextSource,
  propagate: boolean,
  { overrideProtected, own }: ProcessingOptions,
): ActiveContext {
  if (!overrideProtected)
    for (const definition of active.terms.values())
      if (definition.protected)
        throw new JsonLdSyntaxError('invalid context nullification', 'null cannot take back protected terms')
  if (propagate) return source.initial
  const result = new ActiveContext()
  result.bundled = own && active.bundled
  result.previous = active.previous
  return result.finish()
}

/** 5.2 */
function processRemote(
  active: ActiveContext,
  reference: string,
  source: ContextSource,
  options: ProcessingOptions,
): ActiveContext {
  const { url, chain } = follow(reference, options)
  const { context, own } = source.document(url)
  return processContext(active, context, source, {
    propagate: true,
    overrideProtected: options.overrideProtected,
    base: url,
    own,
    chain,
    depth: options.depth ?? 0,
    ...(options.scopes === undefined ? {} : { scopes: options.scopes }),
  })
}

/** Every way in which contexts refer to one another, but as the scoped context itself: see `validateScope`. */
function follow(
  reference: string,
  { base, chain = [] }: ProcessingOptions,
): { readonly url: string; readonly chain: readonly string[] } {
  const url = resolveUrl(reference, base)
  if (chain.includes(url))
    throw new JsonLdSyntaxError('recursive context inclusion', `the context ${url} refers to itself`)
  if (chain.length === MAX_CHAIN)
    throw new JsonLdSyntaxError('context overflow', `more than ${MAX_CHAIN} contexts refer to one another`)
  return { url, chain: [...chain, url] }
}

function resolveUrl(reference: string, base: string | null): string {
  if (isAbsoluteIri(reference)) return reference
  if (base !== null && URL.canParse(reference, base)) return new URL(reference, base).href
  throw new JsonLdSyntaxError(
    'loading remote context failed',
    `the context ${JSON.stringify(reference)} is no absolute URL`,
  )
}

/** 5.4 to 5.13 */
function processDefinition(
  active: ActiveContext,
  given: JsonObject,
  source: ContextSource,
  options: ProcessingOptions,
): ActiveContext {
  if (given['@version'] !== undefined && given['@version'] !== 1.1)
    throw new JsonLdSyntaxError('invalid @version value', '"@version" must be the number 1.1')
  const { local, chain } =
    given['@import'] === undefined ? { local: given, chain: options.chain } : importContext(given, source, options)
  const result = copyOf(active, source, options)
  if (local !== given) result.bundled = false
  setBase(result, local['@base'], options)
  setVocab(result, local['@vocab'], source.budget)
  setLanguage(result, local['@language'])
  setDirection(result, local['@direction'])
  const isProtected = local['@protected'] ?? false
  if (typeof isProtected !== 'boolean')
    throw new JsonLdSyntaxError('invalid @protected value', '"@protected" must be true or false')
  // What is said where nothing is said, by the algorithm; jsonld takes it for the name of a term.
  if (local['@protected'] === false)
    throw new JsonLdSyntaxError(
      'invalid context entry',
      '"@protected": false for a whole context is understood in two ways: leave it out',
    )
  const definitions = {
    active: result,
    local,
    defined: new Map<string, boolean>(),
    protected: isProtected,
    overrideProtected: options.overrideProtected,
    base: options.base,
    own: options.own && local === given,
    budget: source.budget,
    depth: 0,
  }
  const within = { ...options, scopes: options.scopes ?? new Set(), ...(chain === undefined ? {} : { chain }) }
  for (const term in local) {
    if (CONTEXT_KEYWORDS.has(term)) continue
    source.budget.spend('terms', 1)
    defineTerm(term, definitions)
    const definition = local[term]
    if (isObject(definition) && definition['@context'] !== undefined)
      validateScope(result, definition['@context'], source, within)
  }
  return result.finish()
}

/**
 * Section 4.2.2 step 21, where jsonld does it: every scoped context must be valid, used or not. It is processed and forgotten; one
 * that stands alone as a URL only once, so that it may refer to itself. Those of bundled contexts are known to be valid.
 */
function validateScope(
  active: ActiveContext,
  scope: Json,
  source: ContextSource,
  options: ProcessingOptions & { readonly scopes: Set<string> },
): void {
  if (active.bundled) {
    source.copied(active.terms.size, false)
    return
  }
  const { base, own, scopes, depth = 0 } = options
  let chain = options.chain ?? []
  // What is forgotten loses nothing.
  const { losesDirection } = source
  try {
    if (typeof scope === 'string') {
      const url = resolveUrl(scope, base)
      if (scopes.has(url)) return
      scopes.add(url)
      // Each URL comes here once, so what begins here ends.
      chain = []
    }
    processContext(active, scope, source, { propagate: true, overrideProtected: true, base, own, chain, scopes, depth })
  } catch (error) {
    if (!(error instanceof JsonLdSyntaxError)) throw error
    throw new JsonLdSyntaxError(
      'invalid scoped context',
      `a scoped context is invalid (${error.code}): ${error.message}`,
    )
  } finally {
    source.losesDirection = losesDirection
  }
}

/** 5.6 */
function importContext(
  given: JsonObject,
  source: ContextSource,
  options: ProcessingOptions,
): { readonly local: JsonObject; readonly chain: readonly string[] } {
  const reference = given['@import']
  if (typeof reference !== 'string') throw new JsonLdSyntaxError('invalid @import value', '"@import" must be a URL')
  const { url, chain } = follow(reference, options)
  const imported = source.document(url).context
  if (!isObject(imported))
    throw new JsonLdSyntaxError('invalid remote context', `"@import": ${reference} is not one context definition`)
  if (imported['@import'] !== undefined)
    throw new JsonLdSyntaxError('invalid context entry', `"@import": ${reference} has an "@import" of its own`)
  return { local: { ...imported, ...given }, chain }
}

/** 5.7: only a document may set its base, not a context that it refers to. */
function setBase(active: ActiveContext, value: Json | undefined, { base }: ProcessingOptions): void {
  if (value === undefined || base !== null) return
  if (value !== null && typeof value !== 'string')
    throw new JsonLdSyntaxError('invalid base IRI', '"@base" must be an IRI or null')
  active.base = value
}

/** 5.8 */
function setVocab(active: ActiveContext, value: Json | undefined, budget: Budget): void {
  if (value === undefined) return
  if (value !== null && typeof value !== 'string')
    throw new JsonLdSyntaxError('invalid vocab mapping', '"@vocab" must be an IRI or null')
  active.vocab = value === null ? null : expandIri(active, value, { vocab: true, budget })
  // Where there is no base to resolve it by, what it makes of names is no IRI either.
  if (active.vocab !== null && !isAbsoluteIri(active.vocab))
    throw new JsonLdSyntaxError('invalid vocab mapping', `"@vocab" is no IRI: ${JSON.stringify(value)}`)
}

/** 5.9 */
function setLanguage(active: ActiveContext, value: Json | undefined): void {
  if (value === undefined) return
  if (value !== null && (typeof value !== 'string' || !isLanguageTag(value)))
    throw new JsonLdSyntaxError('invalid default language', '"@language" must be a language tag or null')
  active.language = value === null ? null : value.toLowerCase()
}

/** 5.10 */
function setDirection(active: ActiveContext, value: Json | undefined): void {
  if (value === undefined) return
  if (value !== null && value !== 'ltr' && value !== 'rtl')
    throw new JsonLdSyntaxError('invalid base direction', '"@direction" must be "ltr", "rtl" or null')
  active.direction = value
}

function copyOf(active: ActiveContext, source: ContextSource, { own }: ProcessingOptions): ActiveContext {
  source.copied(active.terms.size)
  if (active.direction != null) source.losesDirection = true
  const copy = new ActiveContext(active)
  copy.bundled = own && active.bundled
  return copy
}
