/**
 * Loads a JSON document through the loader port, with the limits and the cache of the context.
 *
 * @module
 */
import { ResolutionError } from '../errors.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { weightOfJson } from '../internal/json-weight.js'
import type { Bytes, Json, JsonObject, MaybePromise } from '../internal/types.js'
import type { Context } from './context.js'
import type { DocumentKind } from './document-loader.js'

/** How long a document without a max-age of its own is believed. Keys are rotated and revoked, so not long. */
const DEFAULT_MAX_AGE_SECONDS = 300
/** No server can make us believe its key for longer than a day. */
const MAX_AGE_SECONDS = 86_400

/** Throws ResolutionError: the loader's, or `resolve.malformed` where what was served is not a JSON object. */
export function loadJsonObject(url: string, kind: DocumentKind, accept: string, context: Context): Promise<JsonObject> {
  return loadJson(url, kind, accept, context, (document) => document)
}

/**
 * As `loadJsonObject`, for what has to be known of the document's bytes too: it is made once, and one cache entry with the document, so
 * that no other load can change the one without the other. For one kind of document it is always made alike.
 */
export async function loadJson<Kept>(
  url: string,
  kind: DocumentKind,
  accept: string,
  context: Context,
  make: (document: JsonObject, bytes: Bytes) => MaybePromise<Kept>,
): Promise<Kept> {
  const key = documentKey(kind, url)
  const cached = context.cache.get(key)
  if (cached !== undefined) return cached as Kept
  const { bytes, maxAgeSeconds } = await context.loader.load(
    { url, kind, maxBytes: context.limits.documentBytes, accept },
    context.signal === undefined ? {} : { signal: context.signal },
  )
  const document = readJson(url, bytes, context)
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new ResolutionError('resolve.malformed', url, `${url} is not a JSON object`)
  }
  const kept = await make(document as JsonObject, bytes)
  const age = Math.min(maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS, MAX_AGE_SECONDS)
  context.cache.set(key, kept, age, weightOfJson(document))
  return kept
}

/** Where a cache keeps a document. What the same URL answers as another kind is another document: servers look at the request. */
export function documentKey(kind: DocumentKind, url: string): string {
  return `${kind}:${url}`
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
