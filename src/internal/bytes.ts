/**
 * Bytes and text. Results are plain `Uint8Array`s, never a Node Buffer, whatever came in.
 *
 * @module
 */
import type { Bytes } from './types.js'

const encoder = new TextEncoder()
// ignoreBOM: a byte order mark stays in the text, so that decoding loses nothing; who tolerates one strips it himself.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8. A lone surrogate becomes U+FFFD: refuse such text before it comes here. */
export function encodeUtf8(text: string): Bytes {
  return encoder.encode(text)
}

/** Strict: undefined where the bytes are not UTF-8. A byte order mark is kept as U+FEFF. */
export function decodeUtf8(bytes: Bytes): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** One array with all of them, in order. */
export function concatBytes(...parts: readonly Bytes[]): Bytes {
  let length = 0
  for (const part of parts) length += part.length
  const all = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

/** Same length, same bytes. Not constant time: for public values only (digests of documents, signatures, chunk names). */
export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal. */
export function encodeHex(bytes: Bytes): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** Undefined where the text is not pairs of hexadecimal digits, in either case. */
export function decodeHex(text: string): Bytes | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = (digit(text.charCodeAt(index * 2)) << 4) | digit(text.charCodeAt(index * 2 + 1))
  return bytes
}

/** The value of `0` to `9`, `A` to `F` and `a` to `f`: letters have bit 6, and stand nine behind their low bits. */
function digit(code: number): number {
  return (code & 15) + 9 * (code >> 6)
}
