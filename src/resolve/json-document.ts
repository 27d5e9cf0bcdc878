/**
 * Loads a JSON document through the loader port, with the limits and the cache of the context.
 *
 * @module
 */
import { ResolutionError } from '../errors.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { Context } from './context.js'
import type { DocumentKind } from './document-loader.js'

/** How long a document without a max-age of its own is believed. Keys are rotated and revoked, so not long. */
const DEFAULT_MAX_AGE_SECONDS = 300
/** No server can make us believe its key for longer than a day. */
const MAX_AGE_SECONDS = 86_400

/** Throws ResolutionError: the loader's, or `resolve.malformed` where what was served is not a JSON object. */
export async function loadJsonObject(
  url: string,
  kind: DocumentKind,
  accept: string,
  context: Context,
): Promise<JsonObject> {
  const key = `${kind}:${url}`
  const cached = context.cache.get(key)
  if (cached !== undefined) return cached as JsonObject
  const { bytes, maxAgeSeconds } = await context.loader.load(
    { url, kind, maxBytes: context.limits.documentBytes, accept },
    context.signal === undefined ? {} : { signal: context.signal },
  )
  const document = readJson(url, bytes, context)
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new ResolutionError('resolve.malformed', url, `${url} is not a JSON object`)
  }
  context.cache.set(key, document, Math.min(maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS, MAX_AGE_SECONDS))
  return document as JsonObject
}

function readJson(url: string, bytes: Uint8Array, context: Context): Json {
  const text = decodeUtf8(bytes)
  if (text === undefined) throw new ResolutionError('resolve.malformed', url, `${url} is not UTF-8`)
  try {
    return parseJson(text, { maxDepth: context.limits.depth })
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    throw new ResolutionError('resolve.malformed', url, `${url} is not readable JSON: ${cause.message}`, { cause })
  }
}
