/**
 * What bytes are, by what they begin with; never by a file name or a media type.
 *
 * @module
 */
import { decodeUtf8 } from '../internal/bytes.js'
import type { Bytes, MaybePromise } from '../internal/types.js'
import { unreadable } from './codes.js'

/** A PNG as bytes; XML (an SVG, one hopes) and all other text as text, decoded from UTF-8. */
export type Sniffed =
  | { readonly kind: 'png'; readonly bytes: Bytes }
  | { readonly kind: 'xml' | 'text'; readonly text: string }

/** PNG (third edition) section 5.2. */
const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** How JSON, a JWS and XML begin; in UTF-16 there would be a zero. */
const BADGE = /^\s*[{e<][^\0]/

/** Throws, or rejects with, ParseError: `parse.unsupported` for what is known and not read, `parse.malformed` for what is no text. */
export function sniffBytes(bytes: Bytes): MaybePromise<Sniffed> {
  if (PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) return { kind: 'png', bytes }
  const text = decodeUtf8(bytes)
  if (text !== undefined && BADGE.test(text)) return sniffText(text)
  return import('./misread.js').then(({ refuseKnown }) => {
    refuseKnown(bytes)
    if (text === undefined) throw unreadable('parse.malformed', 'neither a PNG image nor a text in UTF-8')
    return sniffText(text)
  })
}

/** XML or another text. Throws ParseError `parse.unsupported` for what is known and not read. */
export function sniffText(text: string): Sniffed & { readonly text: string } {
  const head = text.slice(0, 1000).trimStart()
  if (/^[\x89\ufffd]PNG/.test(head))
    throw unreadable('parse.unsupported', 'a PNG image as a string: give its bytes, as a Uint8Array')
  if (/^<(?:!doctype\s+html|html)\b/i.test(head))
    throw unreadable('parse.unsupported', 'a web page, not a badge: open it and save the badge itself')
  return { kind: head.startsWith('<') ? 'xml' : 'text', text }
}
