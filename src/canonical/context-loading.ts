/**
 * Contexts from outside: fetched through the caller's loader, remembered by URL for as long as their server says, compiled once
 * for each content.
 *
 * @module
 */
import { ResolutionError } from '../errors.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { hashHex } from '../platform/hash.js'
import { cacheKey } from './context-cache.js'
import { type ContextDocument, contextDocument } from './context-document.js'
import type { CompiledContexts, ContextFailure } from './contexts.js'
import { isObject } from './term-definition.js'
import type { CanonicalContext } from './types.js'

/** Where the server does not say. Published contexts change rarely, and never should. */
const DEFAULT_MAX_AGE_SECONDS = 3600
/** Contents that are kept compiled. */
const MAX_LOADED = 256

const ACCEPT = 'application/ld+json, application/json;q=0.9, */*;q=0.1'

/** The document, or why it could not be had. Rejects with whatever is not a ResolutionError, aborts among them. */
export async function loadContext(
  url: string,
  compiled: CompiledContexts,
  context: CanonicalContext,
): Promise<ContextDocument | ContextFailure> {
  context.signal?.throwIfAborted()
  const { cache, limits, loader } = context
  const known = cache.get(cacheKey(url)) as ContextDocument | undefined
  if (known !== undefined) return known
  try {
    const { bytes, maxAgeSeconds } = await loader.load(
      { url, kind: 'context', maxBytes: limits.documentBytes, accept: ACCEPT },
      context.signal === undefined ? {} : { signal: context.signal },
    )
    const document = parseContext(url, bytes, compiled, limits.depth)
    cache.set(cacheKey(url), document, maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS)
    return document
  } catch (error) {
    if (error instanceof ResolutionError) return { url, code: error.code, message: error.message }
    throw error
  }
}

function parseContext(url: string, bytes: Uint8Array, compiled: CompiledContexts, maxDepth: number): ContextDocument {
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new ResolutionError('resolve.malformed', url, 'not UTF-8')
  const digest = hashHex('SHA-256', text)
  const before = compiled.loaded.get(digest)
  if (before !== undefined) return before
  try {
    const value = parseJson(text, { maxDepth })
    if (!isObject(value)) throw new ResolutionError('resolve.malformed', url, 'not a JSON object')
    const document = contextDocument(value)
    // One that has relative references means something else at another URL; others have their meaning wherever they are.
    if (!document.selfContained) return document
    if (compiled.loaded.size >= MAX_LOADED) compiled.loaded.clear()
    compiled.loaded.set(digest, document)
    return document
  } catch (error) {
    if (error instanceof JsonError) throw new ResolutionError('resolve.malformed', url, error.message, { cause: error })
    throw error
  }
}
