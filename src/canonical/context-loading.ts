/**
 * Contexts from outside: fetched through the caller's loader, and remembered by URL for as long as their server says.
 *
 * @module
 */

import { ResolutionError } from '../errors.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { isObject } from '../internal/json-object.js'
import { weightOfJson } from '../internal/json-weight.js'
import { digestDocument } from '../resolve/document-digest.js'
import { cacheKey } from './context-cache.js'
import { type ContextDocument, contextDocument } from './context-document.js'
import type { ContextFailure } from './contexts.js'
import { isPinned } from './pinned-contexts.js'
import type { CanonicalContext } from './types.js'

/** Where the server does not say. Published contexts change rarely, and never should. */
const DEFAULT_MAX_AGE_SECONDS = 3600

const ACCEPT = 'application/ld+json, application/json;q=0.9, */*;q=0.1'

/** The document, or why it could not be had. Rejects with whatever is not a ResolutionError, aborts among them. */
export async function loadContext(url: string, context: CanonicalContext): Promise<ContextDocument | ContextFailure> {
  context.signal?.throwIfAborted()
  const { cache, limits, loader } = context
  const known = cache.get(cacheKey(url)) as ContextDocument | undefined
  if (known !== undefined) return known
  try {
    const { bytes, maxAgeSeconds } = await loader.load(
      { url, kind: 'context', maxBytes: limits.documentBytes, accept: ACCEPT },
      context.signal === undefined ? {} : { signal: context.signal },
    )
    const document = { ...parseContext(url, bytes, limits.depth), digest: await digestDocument(bytes) }
    cache.set(cacheKey(url), document, maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS, weightOfJson(document.context))
    return document
  } catch (error) {
    if (error instanceof ResolutionError) return { url, code: error.code, message: error.message }
    throw error
  }
}

function parseContext(url: string, bytes: Uint8Array, maxDepth: number): ContextDocument {
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new ResolutionError('resolve.malformed', url, 'not UTF-8')
  try {
    const value = parseJson(text, { maxDepth })
    if (!isObject(value)) throw new ResolutionError('resolve.malformed', url, 'not a JSON object')
    const document = contextDocument(value)
    return { ...document, pinned: isPinned(document.context), bytes: bytes.length }
  } catch (error) {
    if (error instanceof JsonError) throw new ResolutionError('resolve.malformed', url, error.message, { cause: error })
    throw error
  }
}
