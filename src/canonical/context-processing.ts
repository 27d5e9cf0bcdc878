/**
 * Context processing: JSON-LD 1.1 API section 4.1.2. The numbers in the comments are its steps.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import { ActiveContext } from './active-context.js'
import type { ContextDocument } from './context-document.js'
import { expandIri } from './iri-expansion.js'
import { isAbsoluteIri, isLanguageTag, JsonLdSyntaxError } from './keywords.js'
import { defineTerm, isObject } from './term-definition.js'

/** Where processing gets documents from, and what bounds it. */
export interface ContextSource {
  /** The active context of a document without any. */
  readonly initial: ActiveContext
  /** The context document at an absolute URL. Throws where there is none. */
  document(url: string): ContextDocument
  /** Counts work; throws JsonLdSyntaxError where it is too much. */
  spend(terms: number): void
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
  /** The URLs of the contexts that led here, to find circles. */
  readonly remote?: readonly string[]
}

/** A chain of contexts that refer to one another. JSON-LD 1.1 API section 9.4, context overflow. */
const MAX_REMOTE = 8

/** What a context definition has beside terms. */
const CONTEXT_KEYWORDS: ReadonlySet<string> = new Set(
  '@base @direction @import @language @propagate @protected @version @vocab'.split(' '),
)

/** The active context after `local`. Throws JsonLdSyntaxError, and what the source throws. */
export function processContext(
  active: ActiveContext,
  local: Json,
  source: ContextSource,
  options: ProcessingOptions,
): ActiveContext {
  // 2
  const propagate = isObject(local) && local['@propagate'] !== undefined ? local['@propagate'] : options.propagate
  if (typeof propagate !== 'boolean')
    throw new JsonLdSyntaxError('invalid @propagate value', '"@propagate" must be true or false')
  // 3
  let result = active
  if (!propagate && active.previous === null) {
    result = copyOf(active, source)
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
  { overrideProtected }: ProcessingOptions,
): ActiveContext {
  if (!overrideProtected)
    for (const definition of active.terms.values())
      if (definition.protected)
        throw new JsonLdSyntaxError('invalid context nullification', 'null cannot take back protected terms')
  if (propagate) return source.initial
  const result = new ActiveContext()
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
  const url = resolveUrl(reference, options.base)
  const remote = options.remote ?? []
  if (remote.includes(url))
    throw new JsonLdSyntaxError('recursive context inclusion', `the context ${url} refers to itself`)
  if (remote.length === MAX_REMOTE)
    throw new JsonLdSyntaxError('context overflow', `more than ${MAX_REMOTE} contexts refer to one another`)
  const { context, own } = source.document(url)
  return processContext(active, context, source, {
    propagate: true,
    overrideProtected: options.overrideProtected,
    base: url,
    own,
    remote: [...remote, url],
  })
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
  const local = given['@import'] === undefined ? given : importContext(given, source, options)
  const result = copyOf(active, source)
  setBase(result, local['@base'], options)
  setVocab(result, local['@vocab'])
  setLanguage(result, local['@language'])
  setDirection(result, local['@direction'])
  const isProtected = local['@protected'] ?? false
  if (typeof isProtected !== 'boolean')
    throw new JsonLdSyntaxError('invalid @protected value', '"@protected" must be true or false')
  const definitions = {
    active: result,
    local,
    defined: new Map<string, boolean>(),
    protected: isProtected,
    overrideProtected: options.overrideProtected,
    base: options.base,
    own: options.own && given['@import'] === undefined,
  }
  for (const term in local) if (!CONTEXT_KEYWORDS.has(term)) defineTerm(term, definitions)
  return result.finish()
}

/** 5.6 */
function importContext(given: JsonObject, source: ContextSource, options: ProcessingOptions): JsonObject {
  const reference = given['@import']
  if (typeof reference !== 'string') throw new JsonLdSyntaxError('invalid @import value', '"@import" must be a URL')
  const imported = source.document(resolveUrl(reference, options.base)).context
  if (!isObject(imported))
    throw new JsonLdSyntaxError('invalid remote context', `"@import": ${reference} is not one context definition`)
  if (imported['@import'] !== undefined)
    throw new JsonLdSyntaxError('invalid context entry', `"@import": ${reference} has an "@import" of its own`)
  return { ...imported, ...given }
}

/** 5.7: only a document may set its base, not a context that it refers to. */
function setBase(active: ActiveContext, value: Json | undefined, { remote }: ProcessingOptions): void {
  if (value === undefined || (remote !== undefined && remote.length > 0)) return
  if (value !== null && typeof value !== 'string')
    throw new JsonLdSyntaxError('invalid base IRI', '"@base" must be an IRI or null')
  active.base = value
}

/** 5.8 */
function setVocab(active: ActiveContext, value: Json | undefined): void {
  if (value === undefined) return
  if (value !== null && typeof value !== 'string')
    throw new JsonLdSyntaxError('invalid vocab mapping', '"@vocab" must be an IRI or null')
  active.vocab = value === null ? null : expandIri(active, value, { vocab: true })
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

function copyOf(active: ActiveContext, source: ContextSource): ActiveContext {
  source.spend(active.terms.size)
  return new ActiveContext(active)
}
