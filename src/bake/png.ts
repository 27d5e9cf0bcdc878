/**
 * Badges in PNG images: Open Badges 3.0 section 5.3.1, and the text chunks of PNG (third edition) section 11.3.3. No pixel is
 * moved or changed.
 *
 * @module
 */
import { decodeUtf8, encodeUtf8 } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { decompress } from '../platform/zlib.js'
import type { Limits } from '../report/limits.js'
import { unreadable } from './codes.js'
import { crc32 } from './crc32.js'
import { chunksOf, uint32 } from './png-chunks.js'

const KEYWORD = 'openbadgecredential'
/** Open Badges 1.1 and 2.0; before 1.0 the keyword had no "s". */
const OLDER_KEYWORDS: readonly string[] = ['openbadges', 'openbadge']

/** The four letters of a chunk's type as one number. */
const ITXT = 0x69545874
const TEXT_TYPES: ReadonlyMap<number, string> = new Map([
  [ITXT, 'iTXt'],
  [0x74455874, 'tEXt'],
  [0x7a545874, 'zTXt'],
])
/** Signature, and IHDR with its length, type, 13 bytes and CRC. */
const AFTER_HEADER = 33

/** A chunk of text about a badge. `start` is its length field, `end` behind its CRC. */
interface BadgeChunk {
  readonly type: string
  readonly keyword: string
  readonly start: number
  readonly end: number
}

/**
 * The text of the one `openbadgecredential` chunk. Throws ParseError: `parse.malformed_image`, `parse.no_badge_in_image`,
 * `parse.several_badges`, `parse.open_badges_2`, `parse.unsupported` (a badge of 3.0 in the place of 2.0), `parse.too_large` (what a compressed
 * text unfolds to).
 */
export async function extractPng(image: Bytes, { documentBytes }: Pick<Limits, 'documentBytes'>): Promise<string> {
  const chunks = findBadgeChunks(image)
  const [chunk, another] = chunks.filter(({ keyword }) => keyword === KEYWORD)
  if (another !== undefined)
    throw unreadable(
      'parse.several_badges',
      'the PNG holds more than one badge (Open Badges 3.0 section 5.3.1 allows one)',
    )
  if (chunk === undefined) {
    if (chunks.length === 0)
      throw unreadable('parse.no_badge_in_image', 'the PNG holds no badge: it has no chunk "openbadgecredential"')
    const { misplacedBadge } = await import('./misplaced.js')
    throw await misplacedBadge('PNG', () => extractPngAssertion(image, { documentBytes }), { documentBytes })
  }
  if (chunk.type !== 'iTXt')
    throw unreadable(
      'parse.malformed_image',
      `the badge stands in a ${chunk.type} chunk, which is Latin-1: it must be iTXt`,
    )
  return textOfChunk(image, chunk, documentBytes)
}

/** The text of the first Open Badges 2.0 (or older) chunk. Throws ParseError `parse.no_badge_in_image` and those of damage. */
export async function extractPngAssertion(
  image: Bytes,
  { documentBytes }: Pick<Limits, 'documentBytes'>,
): Promise<string> {
  const chunk = findBadgeChunks(image).find(({ keyword }) => keyword !== KEYWORD)
  if (chunk === undefined)
    throw unreadable(
      'parse.no_badge_in_image',
      'the PNG holds no Open Badges 2.0 assertion: it has no chunk "openbadges"',
    )
  if (chunk.type !== 'tEXt') return textOfChunk(image, chunk, documentBytes)
  // Open Badges 0.5 and 1.0 baked a URL: ASCII in a chunk of Latin-1.
  const data = image.subarray(chunk.start + 8 + chunk.keyword.length + 1, chunk.end - 4)
  return Array.from(data.subarray(0, documentBytes), (byte) => String.fromCharCode(byte)).join('')
}

async function textOfChunk(image: Bytes, chunk: BadgeChunk, documentBytes: number): Promise<string> {
  if (chunk.type !== 'iTXt')
    throw unreadable('parse.malformed_image', `the badge stands in a ${chunk.type} chunk: it must be iTXt`)
  if (crc32(image, chunk.start + 4, chunk.end - 4) !== uint32(image, chunk.end - 4))
    throw unreadable('parse.malformed_image', 'the checksum of the badge chunk is wrong: the file is damaged')
  const text = decodeUtf8(
    await internationalText(image.subarray(chunk.start + 8, chunk.end - 4), chunk.keyword, documentBytes),
  )
  if (text === undefined) throw unreadable('parse.malformed', 'the badge in the PNG is not UTF-8')
  return text
}

/** Does it hold a badge, however written? */
export function holdsPngBadge(image: Bytes): boolean {
  return findBadgeChunks(image).some(({ keyword }) => keyword === KEYWORD)
}

/**
 * The image with this text as its one badge, directly behind IHDR, where a reader of a stream finds it first. Badges that it
 * holds are dropped; all other chunks, an Open Badges 2.0 assertion too, stay as they are, byte for byte.
 */
export function embedPng(image: Bytes, text: string): Bytes {
  const dropped = findBadgeChunks(image).filter(({ keyword }) => keyword === KEYWORD)
  const badge = encodeUtf8(text)
  // Each byte is moved once, into its place: a copy of the image is most of what baking costs.
  const data = KEYWORD.length + 5 + badge.length
  const saved = dropped.reduce((sum, { start, end }) => sum + end - start, 0)
  const baked = new Uint8Array(image.length + data + 12 - saved)
  baked.set(image.subarray(0, AFTER_HEADER))
  let at = AFTER_HEADER
  setUint32(baked, at, data)
  setUint32(baked, at + 4, ITXT)
  for (let index = 0; index < KEYWORD.length; index++) baked[at + 8 + index] = KEYWORD.charCodeAt(index)
  // Five null bytes follow, as they are: the keyword's end, no compression, method 0, no language, no translated keyword.
  baked.set(badge, at + 8 + KEYWORD.length + 5)
  setUint32(baked, at + 8 + data, crc32(baked, at + 4, at + 8 + data))
  at += data + 12
  let from = AFTER_HEADER
  for (const { start, end } of dropped) {
    baked.set(image.subarray(from, start), at)
    at += start - from
    from = end
  }
  baked.set(image.subarray(from), at)
  return baked
}

function findBadgeChunks(image: Bytes): BadgeChunk[] {
  const found: BadgeChunk[] = []
  for (const { type, start, end } of chunksOf(image)) {
    const name = TEXT_TYPES.get(type)
    const keyword = name === undefined ? undefined : keywordOf(image, start + 8, end - 4)
    if (name !== undefined && keyword !== undefined) found.push({ type: name, keyword, start, end })
  }
  return found
}

function setUint32(bytes: Bytes, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

/** Which of our keywords the data begins with; the null behind it is part of the comparison. */
function keywordOf(bytes: Bytes, start: number, end: number): string | undefined {
  // All begin with "openbadge": most text chunks of most images end here.
  if (bytes[start] !== 0x6f || bytes[start + 1] !== 0x70) return undefined
  return [KEYWORD, ...OLDER_KEYWORDS].find((keyword) => {
    if (start + keyword.length >= end || bytes[start + keyword.length] !== 0) return false
    for (let index = 0; index < keyword.length; index++)
      if (bytes[start + index] !== keyword.charCodeAt(index)) return false
    return true
  })
}

/**
 * The bytes of the text of an iTXt chunk (section 11.3.3.4): keyword, compression, language, translated keyword, text. What is
 * not compressed is bounded by the image already; its exact limit is judged where it is read.
 */
async function internationalText(data: Bytes, keyword: string, maxBytes: number): Promise<Bytes> {
  const flags = keyword.length + 1
  const language = data.indexOf(0, flags + 2)
  const translated = language === -1 ? -1 : data.indexOf(0, language + 1)
  const [flag, method] = [data[flags], data[flags + 1]]
  if (translated === -1 || (flag !== 0 && (flag !== 1 || method !== 0)))
    throw unreadable('parse.malformed_image', 'the badge chunk does not follow the layout of iTXt')
  const text = data.subarray(translated + 1)
  if (flag === 0) return text
  // Badges must not be compressed, yet some programs compress every text of a PNG when they save it: no harm, within the limit.
  const unfolded = await decompress('deflate', text, maxBytes)
  if (unfolded instanceof Uint8Array) return unfolded
  const faults = {
    too_large: unreadable('parse.too_large', `the compressed badge has more than ${maxBytes} bytes`),
    malformed: unreadable('parse.malformed_image', 'the compressed badge cannot be decompressed'),
    unsupported: unreadable('parse.unsupported', 'the badge is compressed, and this runtime cannot decompress'),
  }
  throw faults[unfolded]
}
