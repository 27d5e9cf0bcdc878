/**
 * The bitstring behind a status list: Bitstring Status List 1.0 sections 2.2, 3.3, 3.4 and 7.1. Packed bytes, the leftmost bit
 * first: index 0 is the most significant bit of the first byte.
 *
 * @module
 */
import { ParseError, UsageError } from '../errors.js'
import { decodeBase64, decodeBase64url, encodeBase64url } from '../internal/base64url.js'
import { bytes, type Members, oneOf, text, whole } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { Bytes, MaybePromise } from '../internal/types.js'
import { type DecompressionFault, decompress, gzip } from '../platform/zlib.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'

/** So many entries hide each single one (section 6.1): 16 KiB where an entry is one bit. */
export const MINIMUM_ENTRIES = 131_072
/** Bits of the longest entry that is read. Each bit doubles the messages that an entry must list, so real ones are short. */
export const MAX_STATUS_SIZE = 32

/** `multibase`: `u` and base64url. `base64`: without the prefix, in either alphabet, as StatusList2021 wrote it. */
export type BitstringEncoding = 'multibase' | 'base64'

/** How a list is written, and how large it may be. */
export interface DecodeOptions {
  /** Bytes after decompression. */
  readonly maxBytes: number
  /** Default `multibase`. Never guessed: a list that could be read in two ways could be shown to two readers. */
  readonly encoding?: BitstringEncoding | undefined
}

const DECODE: Members<DecodeOptions> = { maxBytes: whole(0), encoding: oneOf('multibase', 'base64') }

/**
 * From `encodedList` to packed bytes (section 3.4). Throws (or rejects with) ParseError: `parse.malformed`, `parse.too_large`,
 * `parse.unsupported` (a runtime that cannot decompress). Synchronous where the runtime has node:zlib.
 */
export function decodeBitstring(encoded: string, options: DecodeOptions): MaybePromise<Bytes> {
  demandArgument(encoded, text, 'encoded')
  demandOptions(options, DECODE, { required: ['maxBytes'] })
  const { maxBytes, encoding = 'multibase' } = options
  const compressed = encoding === 'multibase' ? fromMultibase(encoded) : fromBase64(encoded)
  if (compressed === undefined) {
    const expected = encoding === 'multibase' ? '"u" and base64url without padding' : 'base64 or base64url'
    throw new ParseError('parse.malformed', `the list is not written as ${expected}`)
  }
  const bits = decompress('gzip', compressed, maxBytes)
  return bits instanceof Promise ? bits.then((result) => demandBits(result, maxBytes)) : demandBits(bits, maxBytes)
}

function fromMultibase(text: string): Bytes | undefined {
  return text.startsWith('u') ? decodeBase64url(text.slice(1)) : undefined
}

/** The alphabets differ in two characters, and padding says nothing: a text has one reading at most. */
function fromBase64(text: string): Bytes | undefined {
  return decodeBase64url(text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text) ?? decodeBase64(text)
}

function demandBits(result: Bytes | DecompressionFault, maxBytes: number): Bytes {
  switch (result) {
    case 'too_large':
      throw new ParseError(
        'parse.too_large',
        `the list has more than ${maxBytes} bytes after decompression (limits.statusListBytes)`,
      )
    case 'malformed':
      throw new ParseError('parse.malformed', 'the list is not compressed with gzip, or it is damaged')
    case 'unsupported':
      throw new ParseError('parse.unsupported', 'this runtime has neither node:zlib nor DecompressionStream')
    default:
      return result
  }
}

/**
 * From packed bytes to `encodedList` (section 3.3). Throws UsageError `usage.invalid_option` for fewer than 16 KiB, which no
 * reader has to take; rejects with `usage.unsupported_runtime` where nothing can compress.
 */
export async function encodeBitstring(bits: Bytes): Promise<string> {
  demandArgument(bits, bytes, 'bits')
  if (bits.length * 8 < MINIMUM_ENTRIES) {
    throw new UsageError('usage.invalid_option', `a status list has at least ${MINIMUM_ENTRIES / 8} bytes`, {
      option: 'bits',
    })
  }
  const compressed = await gzip(bits)
  if (compressed === undefined) {
    throw new UsageError('usage.unsupported_runtime', 'this runtime has neither node:zlib nor CompressionStream')
  }
  return `u${encodeBase64url(compressed)}`
}

/** A list of zeros. Throws UsageError `usage.invalid_option` for fewer than 131 072 entries. */
export function createBitstring(entries: number = MINIMUM_ENTRIES, statusSize = 1): Bytes {
  if (!Number.isSafeInteger(entries) || entries < MINIMUM_ENTRIES) {
    throw new UsageError('usage.invalid_option', `a status list has at least ${MINIMUM_ENTRIES} entries`, {
      option: 'entries',
    })
  }
  demandStatusSize(statusSize)
  return new Uint8Array(Math.ceil((entries * statusSize) / 8))
}

/** How many entries of this size there are. Bits that are left over at the end are none. */
export function countEntries(bits: Bytes, statusSize = 1): number {
  return Math.floor((bits.length * 8) / statusSize)
}

/**
 * The value of an entry: its bits from left to right, the first one the most significant. Undefined where there is no such
 * entry. The position is the index times the size (section 3.2).
 */
export function readEntry(bits: Bytes, index: number, statusSize = 1): number | undefined {
  demandArgument(bits, bytes, 'bits')
  if (!isStatusSize(statusSize) || !isEntry(bits, index, statusSize)) return undefined
  const start = index * statusSize
  let value = 0
  // Not shifted: the 32nd bit would be the sign.
  for (let bit = start; bit < start + statusSize; bit++) value = value * 2 + bitAt(bits, bit)
  return value
}

/** Changes an entry in place. Throws UsageError `usage.invalid_option`: no such entry, or no such value. */
export function writeEntry(bits: Bytes, index: number, statusSize: number, value: number): void {
  demandArgument(bits, bytes, 'bits')
  demandStatusSize(statusSize)
  if (!isEntry(bits, index, statusSize)) {
    const entries = countEntries(bits, statusSize)
    throw new UsageError('usage.invalid_option', `there is no entry ${shown(index)}: the list has ${entries}, from 0`, {
      option: 'index',
    })
  }
  if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** statusSize) {
    throw new UsageError('usage.invalid_option', `an entry of ${statusSize} bits cannot be ${shown(value)}`, {
      option: 'value',
    })
  }
  const start = index * statusSize
  let rest = value
  for (let bit = start + statusSize - 1; bit >= start; bit--) {
    const byte = Math.floor(bit / 8)
    const mask = 0x80 >> (bit % 8)
    const old = bits[byte] as number
    bits[byte] = rest % 2 === 1 ? old | mask : old & ~mask
    rest = Math.floor(rest / 2)
  }
}

/** A bit that is in range. */
function bitAt(bits: Bytes, bit: number): number {
  return ((bits[Math.floor(bit / 8)] as number) >> (7 - (bit % 8))) & 1
}

function isEntry(bits: Bytes, index: number, statusSize: number): boolean {
  return Number.isSafeInteger(index) && index >= 0 && index < countEntries(bits, statusSize)
}

function isStatusSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 1 && size <= MAX_STATUS_SIZE
}

function demandStatusSize(size: number): void {
  if (!isStatusSize(size)) {
    throw new UsageError('usage.invalid_option', `a status has from 1 to ${MAX_STATUS_SIZE} bits, not ${shown(size)}`, {
      option: 'statusSize',
    })
  }
}
