/**
 * What bytes are, by what they begin with; never by a file name or a media type.
 *
 * @module
 */
import { decodeUtf8, encodeHex } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { unreadable } from './codes.js'

/** A PNG as bytes; XML (an SVG, one hopes) and all other text as text, decoded from UTF-8. */
export type Sniffed =
  | { readonly kind: 'png'; readonly bytes: Bytes }
  | { readonly kind: 'xml' | 'text'; readonly text: string }

const OTHER_IMAGE = 'Open Badges are baked into PNG and SVG only'

/** PNG (third edition) section 5.2. */
const PNG_SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** The first bytes in hexadecimal. */
const KNOWN: readonly (readonly [prefix: RegExp, what: string])[] = [
  [/^ffd8ff/, `a JPEG image: ${OTHER_IMAGE}`],
  [/^47494638/, `a GIF image: ${OTHER_IMAGE}`],
  [/^52494646.{8}57454250/, `a WebP image: ${OTHER_IMAGE}`],
  [/^.{8}66747970/, `an AVIF or HEIF image, or a video: ${OTHER_IMAGE}`],
  [/^(?:424d.{8}0000|49492a00|4d4d002a)/, `a bitmap or TIFF image: ${OTHER_IMAGE}`],
  [/^1f8b/, 'a gzip file (an .svgz?): unpack it first'],
  [/^504b0304/, 'a ZIP file: unpack it first'],
  [/^255044462d/, 'a PDF: take the badge out of it first'],
  [/^(?:fffe|feff|3c00|003c|7b00|007b)/, 'a text in UTF-16: save it as UTF-8'],
  [/^efbfbd504e47/, 'a PNG that was read as text on its way, and is damaged by that: keep its bytes'],
]

/** Throws ParseError: `parse.unsupported` for what is known and not read, `parse.malformed` for what is no text. */
export function sniffBytes(bytes: Bytes): Sniffed {
  if (PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) return { kind: 'png', bytes }
  const head = encodeHex(bytes.subarray(0, 16))
  for (const [prefix, what] of KNOWN) if (prefix.test(head)) throw unreadable('parse.unsupported', what)
  const text = decodeUtf8(bytes)
  if (text === undefined) throw unreadable('parse.malformed', 'neither a PNG image nor a text in UTF-8')
  return sniffText(text)
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
