/**
 * A badge as text: JSON with a proof inside, or a compact JWS (Open Badges 3.0 section 5.1). Everything else that people paste
 * by mistake is named in misread.ts, which is loaded for it.
 *
 * @module
 */
import { encodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import type { JsonObject, MaybePromise } from '../internal/types.js'
import type { Limits } from '../report/limits.js'
import { unreadable, unreadableJson } from './codes.js'

/** Exactly one of the two. */
export type BadgeText =
  | { readonly document: JsonObject; readonly jws?: never }
  | { readonly jws: string; readonly document?: never }

/** RFC 7515 section 7.1. The signature may be missing here (`alg: none`): that is for the proof to refuse. */
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]*$/

/** Has the text the shape of a signed compact JWS? Its parts have not been decoded. */
export function isCompactJws(text: string): boolean {
  return COMPACT_JWS.test(text) && !text.endsWith('.')
}

/** Reads the text; white space and a byte order mark around it are tolerated. Throws, or rejects with, ParseError. */
export function readBadgeText(
  text: string,
  { documentBytes, depth }: Pick<Limits, 'documentBytes' | 'depth'>,
): MaybePromise<BadgeText> {
  if (isLongerThan(documentBytes, text))
    throw unreadable('parse.too_large', `the badge has more than ${documentBytes} bytes`)
  const trimmed = text.trim() // a byte order mark is white space to ECMAScript
  if (trimmed.startsWith('{')) {
    try {
      return { document: parseJson(trimmed, { maxDepth: depth }) as JsonObject }
    } catch (error) {
      throw error instanceof JsonError ? unreadableJson(error) : error
    }
  }
  if (COMPACT_JWS.test(trimmed)) return { jws: trimmed }
  return import('./misread.js').then(({ misread }) => {
    throw misread(trimmed)
  })
}

/** In UTF-8. */
export function isLongerThan(bytes: number, text: string): boolean {
  // A code unit takes one to three bytes: most texts need no counting.
  return text.length > bytes || (text.length * 3 > bytes && encodeUtf8(text).length > bytes)
}
