/**
 * Lines of a stream, with where they end: for reading NDJSON, and for repairing it.
 *
 * @module
 */
import { concatBytes, decodeUtf8 } from '../../internal/bytes.js'
import type { Bytes } from '../../internal/types.js'

export interface Line {
  /** From 1. */
  readonly number: number
  /** Undefined where it is not UTF-8, or longer than allowed. Without its line break. */
  readonly text: string | undefined
  /** Why there is no text. */
  readonly fault?: string
  /** The offset of the byte after it. */
  readonly end: number
  /** False for a last line without a line break. */
  readonly isWhole: boolean
}

const NEWLINE = 0x0a

/** Nothing is kept of a line that is longer than `maxBytes`. */
export async function* linesOf(chunks: AsyncIterable<Bytes>, maxBytes: number): AsyncGenerator<Line> {
  let parts: Bytes[] = []
  let [length, number, end] = [0, 0, 0]
  const take = (isWhole: boolean): Line => {
    const bytes = concatBytes(...parts)
    const isTooLong = length > maxBytes
    const text = isTooLong ? undefined : decodeUtf8(bytes)?.replace(/\r$/, '')
    const fault = isTooLong
      ? `has more than ${maxBytes} bytes`
      : text === undefined
        ? 'is not text in UTF-8'
        : undefined
    ;[parts, length] = [[], 0]
    number++
    return {
      number,
      // A byte order mark: Windows editors write one.
      text: number === 1 ? text?.replace(/^\ufeff/, '') : text,
      ...(fault === undefined ? {} : { fault }),
      end,
      isWhole,
    }
  }
  const keep = (part: Bytes) => {
    length += part.length
    end += part.length
    if (length <= maxBytes) parts.push(part)
    else parts = []
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.slice(start, at))
      end++
      yield take(true)
      start = at + 1
    }
    if (start < chunk.length) keep(chunk.slice(start))
  }
  if (length > 0) yield take(false)
}
