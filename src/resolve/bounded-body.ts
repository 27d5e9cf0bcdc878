/**
 * Reads a stream of bytes that may never end into memory that does.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'

const FIRST_BYTES = 16_384

/**
 * All the bytes, in an array of their own; undefined as soon as there is one more than `maxBytes`. Memory is at most three times
 * what has come, however small the pieces it came in: a server that sends single bytes must not cost an object for each.
 */
export async function readBounded(body: AsyncIterable<Bytes>, maxBytes: number): Promise<Bytes | undefined> {
  let buffer = new Uint8Array(0)
  let length = 0
  for await (const chunk of body) {
    const needed = length + chunk.length
    // Written so that a bound which is not a number allows nothing.
    if (!(needed <= maxBytes)) return undefined
    if (needed > buffer.length) {
      const grown = new Uint8Array(Math.min(maxBytes, Math.max(needed, buffer.length * 2, FIRST_BYTES)))
      grown.set(buffer.subarray(0, length))
      buffer = grown
    }
    buffer.set(chunk, length)
    length = needed
  }
  return buffer.length === length ? buffer : buffer.slice(0, length)
}
