/**
 * A badge as text: JSON with a proof inside, or a compact JWS (Open Badges 3.0 section 5.1). Everything else that people paste
 * by mistake is named as what it is.
 *
 * @module
 */
import { encodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import type { JsonObject } from '../internal/types.js'
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

/** Reads the text; white space and a byte order mark around it are tolerated. Throws ParseError. */
export function readBadgeText(
  text: string,
  { documentBytes, depth }: Pick<Limits, 'documentBytes' | 'depth'>,
): BadgeText {
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
  throw misread(trimmed)
}

/** In UTF-8. */
export function isLongerThan(bytes: number, text: string): boolean {
  // A code unit takes one to three bytes: most texts need no counting.
  return text.length > bytes || (text.length * 3 > bytes && encodeUtf8(text).length > bytes)
}

function misread(text: string): Error {
  if (text === '') return unreadable('parse.malformed', 'the badge is empty')
  if (/^https?:/i.test(text)) return unreadable('parse.is_url', 'this is a URL, not a badge: fetch it first')
  if (/^data:/i.test(text))
    return unreadable('parse.is_url', 'this is a data: URL: decode it first and give what it holds')
  const scheme = /^([a-z][a-z0-9+.-]*):\S/i.exec(text)?.[1]
  if (scheme !== undefined && scheme.length < 40)
    return unreadable('parse.is_url', `this is a link (${scheme}:), perhaps for a wallet, and not a badge`)
  if (text.startsWith('['))
    return unreadable('parse.malformed', 'a JSON array, not a badge: give its members one by one')
  if (text.startsWith('"'))
    return unreadable('parse.malformed', 'a JSON string, not a badge: give the string that it stands for')
  if (/^[\w.+/=~-]+$/.test(text)) return misreadToken(text)
  if (/^[\w-]+\.[\w\s-]+\.[\w\s-]*$/.test(text))
    return unreadable('parse.malformed', 'a JWS with white space inside: give it in one line')
  return unreadable('parse.malformed', 'neither a JSON object nor a compact JWS')
}

/** Letters, digits and dots: something like a JWS. */
function misreadToken(text: string): Error {
  if (text.includes('~')) return unreadable('parse.unsupported', 'an SD-JWT: this format is not read')
  const parts = text.split('.')
  if (parts.length === 5) return unreadable('parse.unsupported', 'an encrypted token (JWE): decrypt it first')
  if (parts.length !== 3)
    return unreadable(
      'parse.malformed',
      `neither JSON nor a compact JWS, which has 3 parts between dots: this has ${parts.length}`,
    )
  if (parts[1] === '')
    return unreadable('parse.malformed', 'a JWS without its payload (RFC 7515 appendix F): give it whole')
  return unreadable(
    'parse.malformed',
    'a JWS that is not base64url: padding and the characters + and / have no place in it',
  )
}
