/**
 * The CRC of PNG chunks: that of zlib where the runtime has it, else by PNG (third edition) section 5.5 and annex D, four bytes a
 * step ("slicing").
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'
import { nodeBuiltin } from '../platform/builtin.js'

/** What a byte does to the CRC, and what it does when one, two and three more bytes of zero have followed. */
const [AT_ONCE, AFTER_1, AFTER_2, AFTER_3] = /* @__PURE__ */ makeTables()

function makeTables(): [Int32Array, Int32Array, Int32Array, Int32Array] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
    return crc
  })
  const next = (table: Int32Array): Int32Array => table.map((crc) => at(first, crc & 255) ^ (crc >>> 8))
  const second = next(first)
  const third = next(second)
  return [first, second, third, next(third)]
}

/** The checksum of the bytes from `start` to before `end`. */
export function crc32(bytes: Bytes, start = 0, end = bytes.length): number {
  // Younger than the oldest Node that we run on (20.15, 22.2), and other runtimes may lack it.
  const zlib = nodeBuiltin('node:zlib') as { crc32?: (data: Bytes) => number } | undefined
  return zlib?.crc32?.(bytes.subarray(start, end)) ?? portableCrc32(bytes, start, end)
}

/** Exported for its test: what browsers and workers use. */
export function portableCrc32(bytes: Bytes, start = 0, end = bytes.length): number {
  let crc = -1
  let index = start
  for (; index + 4 <= end; index += 4) {
    crc ^= at(bytes, index) | (at(bytes, index + 1) << 8) | (at(bytes, index + 2) << 16) | (at(bytes, index + 3) << 24)
    crc =
      at(AFTER_3, crc & 255) ^
      at(AFTER_2, (crc >>> 8) & 255) ^
      at(AFTER_1, (crc >>> 16) & 255) ^
      at(AT_ONCE, crc >>> 24)
  }
  for (; index < end; index++) crc = at(AT_ONCE, (crc ^ at(bytes, index)) & 255) ^ (crc >>> 8)
  return ~crc >>> 0
}

/** An index that is in range by construction. */
function at(array: Uint8Array | Int32Array, index: number): number {
  return array[index] as number
}
