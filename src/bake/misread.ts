/**
 * Files and texts that are no badges, by what they are: what people give by mistake.
 *
 * @module
 */
import { encodeHex } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { unreadable } from './codes.js'

const OTHER_IMAGE = 'Open Badges are baked into PNG and SVG only'

const LINE_ENDS =
  'a PNG whose line ends were changed on its way (by a transfer as text, or by git), and is damaged by that: get it again, as binary'

/** The first bytes in hexadecimal. */
const KNOWN: readonly (readonly [prefix: RegExp, what: string])[] = [
  [/^ffd8ff/, `a JPEG image: ${OTHER_IMAGE}`],
  [/^47494638/, `a GIF image: ${OTHER_IMAGE}`],
  [/^52494646.{8}57454250/, `a WebP image: ${OTHER_IMAGE}`],
  [/^.{8}66747970/, `an AVIF or HEIF image, or a video: ${OTHER_IMAGE}`],
  [/^(?:424d.{8}0000|49492a00|4d4d002a)/, `a bitmap or TIFF image: ${OTHER_IMAGE}`],
  [/^1f8b/, 'a gzip file (an .svgz?): unpack it first'],
  [/^504b0304/, 'a ZIP file (a spreadsheet of Excel is one too): unpack it first'],
  [/^255044462d/, 'a PDF: take the badge out of it first'],
  [/^(?:fffe|feff|3c00|003c|7b00|007b)/, 'a text in UTF-16: save it as UTF-8'],
  [/^efbfbd504e47/, 'a PNG that was read as text on its way, and is damaged by that: keep its bytes'],
  [/^89504e47(?:0a1a0a|0d0a1a0d0a|0d0d1a0d|0d0d0a|0d1a0d|0a0a1a0a)/, LINE_ENDS],
  [/^c289504e47/, 'a PNG whose bytes were written as text (Latin-1 as UTF-8), and is damaged by that: keep its bytes'],
  [/^09504e47/, 'a PNG that lost the eighth bit of each byte on its way: send it as binary'],
  [/^89504e47/, 'a PNG whose first bytes are damaged: get the file again, as binary'],
]

/** Throws ParseError `parse.unsupported` where the bytes begin like a file of a kind that is known and not read. */
export function refuseKnown(bytes: Bytes): void {
  const head = encodeHex(bytes.subarray(0, 16))
  for (const [prefix, what] of KNOWN) if (prefix.test(head)) throw unreadable('parse.unsupported', what)
  const at = indexOfPng(bytes)
  if (at > 0)
    throw unreadable(
      'parse.unsupported',
      `a PNG with ${at} ${at === 1 ? 'byte' : 'bytes'} before its beginning${whatIsBefore(bytes)}: take ${at === 1 ? 'it' : 'them'} away, or get the file again`,
    )
}

/** How far the beginning of a file may be off: a head of HTTP, a form, a few blanks. */
const MAX_LEAD = 4096
const PNG = '\x89PNG\r\n\x1a\n'

function indexOfPng(bytes: Bytes): number {
  return String.fromCharCode(...bytes.subarray(0, MAX_LEAD)).indexOf(PNG)
}

function whatIsBefore(bytes: Bytes): string {
  const lead = String.fromCharCode(...bytes.subarray(0, 64))
  if (lead.startsWith('\xef\xbb\xbf')) return ' (a byte order mark, which is for texts)'
  if (/^HTTP\//.test(lead)) return ' (the head of an answer of HTTP)'
  if (/^--|^Content-/i.test(lead)) return ' (the head of a form or a mail)'
  return /^\s/.test(lead) ? ' (white space)' : ''
}

/** Why the text is no badge, and the way out. It has no white space at its ends. */
export function misread(text: string): Error {
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
  if (/^iVBORw0KGgo/.test(text)) return unreadable('parse.unsupported', 'a PNG image in base64: decode it first')
  if (/^(?:PHN2Z|PD94bWw)/.test(text)) return unreadable('parse.unsupported', 'an SVG image in base64: decode it first')
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
