/**
 * Would a viewer show this PNG? PNG (third edition) sections 5, 8, 10 and 11.2. Asked before a badge is baked: whoever is given an
 * image that opens nowhere takes the badge to be broken. It judges what stops a viewer (header, palette, the checksums of what it
 * has to read, pixels that cannot be unfolded or are too few), and not what viewers pass over: damaged texts, bytes behind the pixels,
 * a wrong Adler-32.
 *
 * @module
 */
import { concatBytes } from '../internal/bytes.js'
import type { Bytes, MaybePromise } from '../internal/types.js'
import { type DecompressionFault, decompress } from '../platform/zlib.js'
import { unreadable } from './codes.js'
import { crc32 } from './crc32.js'
import { type ChunkPlace, chunksOf, damaged, IDAT, IEND, IHDR, PLTE, uint32 } from './png-chunks.js'

/**
 * The images whose pixels were unfolded and found good, each with the checksums of what was judged: one image is baked with many
 * badges, and unfolding takes longer than baking. The same bytes changed in place have other checksums, and are judged again.
 */
export type ViewableImages = WeakMap<Bytes, string>

/** So many bytes of pixels are unfolded at most. */
const MAX_PIXEL_BYTES = 64 * 1024 * 1024

/** Channels of each colour type, and the depths that it may have: table 12 of section 11.2.1. */
const COLOURS: ReadonlyMap<number, readonly [channels: number, depths: readonly number[]]> = new Map([
  [0, [1, [1, 2, 4, 8, 16]]],
  [2, [3, [8, 16]]],
  [3, [1, [1, 2, 4, 8]]],
  [4, [2, [8, 16]]],
  [6, [4, [8, 16]]],
])
const INDEXED = 3

/** Adam7, section 8.1: where each pass begins, and how far its pixels are apart. */
const PASSES: readonly (readonly [x: number, y: number, right: number, down: number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
]

/** Rows of one length: of the image, or of one pass. */
interface Rows {
  readonly count: number
  /** With the byte that names the filter. */
  readonly bytes: number
}

/** Throws, or rejects with, ParseError `parse.malformed_image`: what is wrong, and at which byte. */
export function demandViewable(image: Bytes, known: ViewableImages): MaybePromise<void> {
  const { rows, pixels, sums } = readCritical(image)
  if (known.get(image) === sums) return
  const expected = rows.reduce((sum, { count, bytes }) => sum + count * bytes, 0)
  const data = pixels.map(({ start, end }) => image.subarray(start + 8, end - 4))
  const stream = concatBytes(...data)
  const at = (pixels[0] as ChunkPlace).start
  demandZlib(stream, at)
  // Without the two bytes before it and the Adler-32 behind, which viewers do not ask for once they have all pixels.
  const unfolding = decompress('deflate-raw', stream.subarray(2, -4), Math.min(expected, MAX_PIXEL_BYTES), 'ignored')
  const judge = (unfolded: Bytes | DecompressionFault): void => {
    demandPixels(unfolded, rows, expected, at)
    known.set(image, sums)
  }
  return unfolding instanceof Promise ? unfolding.then(judge) : judge(unfolding)
}

interface Critical {
  readonly rows: readonly Rows[]
  /** The IDAT chunks, which follow each other. */
  readonly pixels: readonly ChunkPlace[]
  /** The checksums, and so the content, of all that a viewer must read. */
  readonly sums: string
}

/** The chunks without which there is no image: their order, their checksums, the header, the palette. */
function readCritical(image: Bytes): Critical {
  const pixels: ChunkPlace[] = []
  const sums: number[] = []
  let palette = false
  let previous: number | undefined
  for (const place of chunksOf(image)) {
    const { type, start, end } = place
    const known = type === IHDR || type === PLTE || type === IDAT || type === IEND
    // Bit 5 of the first letter is 0, a capital: no viewer may pass over the chunk (section 5.4).
    if (!known && (image[start + 4] as number) < 0x61)
      throw damaged(`the chunk ${nameOf(image, start)} is one that no viewer knows and none may pass over`, start)
    if (type === IHDR && previous !== undefined) throw damaged('it has a second IHDR', start)
    const apart = type === IDAT && pixels.length > 0 && previous !== IDAT
    if (type === IHDR || type === PLTE || (type === IDAT && !apart)) {
      const sum = uint32(image, end - 4)
      if (crc32(image, start + 4, end - 4) !== sum)
        throw damaged(`the checksum of its chunk ${nameOf(image, start)} is wrong`, start)
      sums.push(sum, end - start)
    }
    if (type === PLTE && pixels.length === 0) palette = isPalette(end - start - 12)
    // A viewer stops at the first chunk of another kind: what is missing until there is missing.
    if (type === IDAT && !apart) pixels.push(place)
    previous = type
  }
  const rows = readHeader(image)
  if (image[25] === INDEXED && !palette) throw damaged('its colours are indexed, and it has no palette before them', 8)
  if (pixels.length === 0) throw damaged('it has no pixels: no IDAT chunk', image.length)
  return { rows, pixels, sums: sums.join() }
}

/** Three bytes a colour, 1 to 256 of them (section 11.2.2). */
function isPalette(length: number): boolean {
  return length > 0 && length <= 768 && length % 3 === 0
}

function nameOf(image: Bytes, start: number): string {
  return String.fromCharCode(...image.subarray(start + 4, start + 8))
}

/** IHDR, section 11.2.1: width, height, depth, colour type, compression, filter, interlace. */
function readHeader(image: Bytes): readonly Rows[] {
  const [width, height] = [uint32(image, 16), uint32(image, 20)]
  const [depth, colour, compression, filter, interlace] = image.subarray(24, 29)
  const wrong = (what: string): Error => damaged(`its header ${what}`, 16)
  if (width === 0 || height === 0 || width > 0x7fffffff || height > 0x7fffffff)
    throw wrong(`says ${width} by ${height} pixels`)
  const [channels, depths] = COLOURS.get(colour as number) ?? []
  if (channels === undefined) throw wrong(`names colour type ${colour}, which there is not`)
  if (!depths?.includes(depth as number))
    throw wrong(`says ${depth} bits a sample, which colour type ${colour} cannot have`)
  if (compression !== 0) throw wrong(`names compression method ${compression}: there is only 0`)
  if (filter !== 0) throw wrong(`names filter method ${filter}: there is only 0`)
  const bits = channels * (depth as number)
  if (interlace === 0) return rowsOf(width, height, bits)
  if (interlace !== 1) throw wrong(`names interlace method ${interlace}: there are 0 and 1`)
  return PASSES.flatMap(([x, y, right, down]) =>
    rowsOf(Math.ceil((width - x) / right), Math.ceil((height - y) / down), bits),
  )
}

/** None for a pass without pixels (section 8.1). */
function rowsOf(width: number, height: number, bits: number): readonly Rows[] {
  return width <= 0 || height <= 0 ? [] : [{ count: height, bytes: 1 + Math.ceil((width * bits) / 8) }]
}

/** The header of a zlib stream, RFC 1950 section 2.2: deflate, a window that there is, no preset dictionary. */
function demandZlib(stream: Bytes, at: number): void {
  const [method, flags] = stream
  const sound =
    method !== undefined &&
    flags !== undefined &&
    (method & 15) === 8 &&
    method >>> 4 <= 7 &&
    (method * 256 + flags) % 31 === 0 &&
    (flags & 32) === 0
  if (!sound) throw damaged('its pixels are not compressed as PNG demands (no zlib stream)', at)
}

function demandPixels(unfolded: Bytes | DecompressionFault, rows: readonly Rows[], expected: number, at: number): void {
  // More than the header says, or than is looked at.
  if (unfolded === 'too_large') return
  if (unfolded === 'unsupported')
    throw unreadable('parse.unsupported', 'the pixels of the PNG cannot be looked at: this runtime cannot decompress')
  if (unfolded === 'malformed') throw damaged('its pixels cannot be decompressed', at)
  if (unfolded.length < expected)
    throw damaged(`its header promises ${expected} bytes of pixels, and there are ${unfolded.length}`, at)
  let row = 0
  for (const { count, bytes } of rows)
    for (let index = 0; index < count; index++, row += bytes)
      if ((unfolded[row] as number) > 4)
        throw damaged(`a row of pixels names filter ${unfolded[row]}: there are 0 to 4`, at)
}
