/**
 * Base64 (RFC 4648 section 4) and base64url (section 5), strictly: one text for each sequence of bytes. A lenient decoder
 * would let one signature be written in many ways.
 *
 * @module
 */
import type { Bytes } from './types.js'

const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const URL_SAFE = tables(`${COMMON}-_`)
const STANDARD = tables(`${COMMON}+/`)

interface Tables {
  /** Character code of each sextet. */
  readonly codes: Uint8Array
  /** Sextet of each ASCII code; 255 is no sextet. */
  readonly sextets: Uint8Array
}

function tables(alphabet: string): Tables {
  const codes = new Uint8Array(64)
  const sextets = new Uint8Array(256).fill(255)
  for (let sextet = 0; sextet < 64; sextet++) {
    codes[sextet] = alphabet.charCodeAt(sextet)
    sextets[alphabet.charCodeAt(sextet)] = sextet
  }
  return { codes, sextets }
}

const ascii = new TextDecoder()

/** Without padding. */
export function encodeBase64url(bytes: Bytes): string {
  return encode(bytes, URL_SAFE)
}

/** Undefined where there is padding, white space, another alphabet, an impossible length or a trailing bit that is not zero. */
export function decodeBase64url(text: string): Bytes | undefined {
  return decode(text, text.length, URL_SAFE)
}

/** The standard alphabet, with padding. */
export function encodeBase64(bytes: Bytes): string {
  return encode(bytes, STANDARD) + '=='.slice(0, (3 - (bytes.length % 3)) % 3)
}

/** The standard alphabet; padding is required, everything else is refused as in `decodeBase64url`. */
export function decodeBase64(text: string): Bytes | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return decode(text, text.length - padding, STANDARD)
}

function encode(bytes: Bytes, { codes }: Tables): string {
  const { length } = bytes
  const text = new Uint8Array(Math.ceil((length * 4) / 3))
  const whole = length - (length % 3)
  let out = 0
  for (let index = 0; index < whole; index += 3) {
    const group = (at(bytes, index) << 16) | (at(bytes, index + 1) << 8) | at(bytes, index + 2)
    text[out++] = at(codes, group >> 18)
    text[out++] = at(codes, (group >> 12) & 63)
    text[out++] = at(codes, (group >> 6) & 63)
    text[out++] = at(codes, group & 63)
  }
  if (length - whole === 1) {
    text[out++] = at(codes, at(bytes, whole) >> 2)
    text[out] = at(codes, (at(bytes, whole) & 3) << 4)
  } else if (length - whole === 2) {
    const group = (at(bytes, whole) << 8) | at(bytes, whole + 1)
    text[out++] = at(codes, group >> 10)
    text[out++] = at(codes, (group >> 4) & 63)
    text[out] = at(codes, (group & 15) << 2)
  }
  return ascii.decode(text)
}

/** The first `length` characters. */
function decode(text: string, length: number, { sextets }: Tables): Bytes | undefined {
  const rest = length % 4
  if (rest === 1) return undefined
  const bytes = new Uint8Array((length * 3) >> 2)
  const whole = length - rest
  // A code above 255 would wrap in the table, and a 255 from the table would pass for bits: both end here, after the loop.
  let seen = 0
  let worst = 0
  let out = 0
  for (let index = 0; index < whole; index += 4) {
    const c0 = text.charCodeAt(index)
    const c1 = text.charCodeAt(index + 1)
    const c2 = text.charCodeAt(index + 2)
    const c3 = text.charCodeAt(index + 3)
    seen |= c0 | c1 | c2 | c3
    const s0 = at(sextets, c0 & 255)
    const s1 = at(sextets, c1 & 255)
    const s2 = at(sextets, c2 & 255)
    const s3 = at(sextets, c3 & 255)
    worst |= s0 | s1 | s2 | s3
    bytes[out++] = (s0 << 2) | (s1 >> 4)
    bytes[out++] = (s1 << 4) | (s2 >> 2)
    bytes[out++] = (s2 << 6) | s3
  }
  if (rest > 0) {
    let group = 0
    for (let index = whole; index < length; index++) {
      const code = text.charCodeAt(index)
      const sextet = at(sextets, code & 255)
      seen |= code
      worst |= sextet
      group = (group << 6) | sextet
    }
    // 12 bits hold 8 and 4 of filling, 18 bits hold 16 and 2.
    const filling = rest === 2 ? 4 : 2
    if ((group & ((1 << filling) - 1)) !== 0) return undefined
    group >>= filling
    if (rest === 3) bytes[out++] = group >> 8
    bytes[out] = group
  }
  return seen > 127 || worst > 63 ? undefined : bytes
}

/** An index that is in range by construction. */
function at(array: Uint8Array, index: number): number {
  return array[index] as number
}
