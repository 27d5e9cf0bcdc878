/**
 * The stream of chunks of a PNG: PNG (third edition) section 5. Headers are walked; what is in a chunk is its reader's to judge.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'
import { unreadable } from './codes.js'

/** The four letters of a chunk's type as one number. */
export const IHDR = 0x49484452
export const PLTE = 0x504c5445
export const IDAT = 0x49444154
export const IEND = 0x49454e44

/** Where a chunk stands: `start` is its length field, its data begin eight bytes on and end four bytes before `end`. */
export interface ChunkPlace {
  readonly type: number
  readonly start: number
  readonly end: number
}

/**
 * The chunks up to IEND, which is the last. What stands behind it is no part of the image (section 5.6): it is never searched.
 * Throws ParseError `parse.malformed_image` where the stream breaks off or is no stream of chunks.
 */
export function* chunksOf(image: Bytes): Generator<ChunkPlace, void, void> {
  let start = 8
  for (;;) {
    if (start + 12 > image.length) throw damaged('it is truncated: no IEND chunk', image.length)
    const length = uint32(image, start)
    const type = uint32(image, start + 4)
    const end = start + 12 + length
    if (start === 8 && (type !== IHDR || length !== 13)) throw damaged('it does not begin with IHDR', start)
    if (length > 0x7fffffff || end > image.length) throw damaged('a chunk is longer than the file', start)
    if (!isChunkType(image, start + 4)) throw damaged('a chunk has no type', start)
    yield { type, start, end }
    if (type === IEND) return
    start = end
  }
}

/** `at` counts from the first byte of the file. */
export function damaged(what: string, at: number): Error {
  return unreadable('parse.malformed_image', `the PNG is damaged: ${what} (byte ${at})`)
}

export function uint32(bytes: Bytes, at: number): number {
  const [a, b, c, d] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]] as [number, number, number, number]
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}

/** Four ASCII letters (section 5.3). */
function isChunkType(bytes: Bytes, at: number): boolean {
  for (let index = at; index < at + 4; index++) {
    const letter = (bytes[index] as number) | 0x20
    if (letter < 0x61 || letter > 0x7a) return false
  }
  return true
}
