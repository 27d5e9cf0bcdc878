/**
 * Files that hold badges instead of being one: answers of servers, exports of wallets, lists. What is inside goes on as if each badge had been
 * a file.
 *
 * @module
 */
import { holderOf } from '../bake/holder.js'
import { defaultLimits } from '../entries/index.js'
import { decodeUtf8, encodeUtf8 } from '../internal/bytes.js'
import { readDataUrl } from '../internal/data-url.js'
import { JsonError, parseJson } from '../internal/json.js'
import { pointer } from '../internal/json-pointer.js'
import type { Bytes, Json, JsonObject } from '../internal/types.js'

/** One badge of a file, or the file itself. */
export interface Unwrapped {
  /** The file's name, and after `#` where in it. */
  readonly name: string
  readonly input: Bytes
}

/** Lists and answers inside each other. */
const MAX_HOLDERS = 6
/** JSON, a JSON text, or a data: URL. */
const HOLDER = /^(?:\xef\xbb\xbf)?\s*(?:[{["]|data:)/i

/** The file itself where it holds nothing that is known: the verifier says what it is. */
export function unwrap(name: string, input: Bytes, holders = 0): readonly Unwrapped[] {
  const itself = [{ name, input }]
  if (holders === MAX_HOLDERS || !HOLDER.test(String.fromCharCode(...input.subarray(0, 64)))) return itself
  const text = decodeUtf8(input)?.trim()
  if (text === undefined) return itself
  if (/^data:/i.test(text)) {
    const data = readDataUrl(text, defaultLimits.imageBytes)
    return typeof data === 'string' ? itself : unwrap(name, data, holders + 1)
  }
  const parts = partsOf(text)
  if (parts === undefined) return itself
  return parts.flatMap(([place, part]) =>
    unwrap(
      place === '' || name.includes('#') ? name + place : `${name}#${place}`,
      encodeUtf8(typeof part === 'string' ? part : JSON.stringify(part)),
      holders + 1,
    ),
  )
}

/** Undefined where the JSON is no holder, or cannot be read. */
function partsOf(text: string): readonly (readonly [place: string, part: Json])[] | undefined {
  const value = parsed(text)
  if (typeof value === 'string') return [['', value]]
  if (typeof value !== 'object' || value === null) return undefined
  const parts = Array.isArray(value)
    ? (value as readonly Json[]).map((item, index) => [pointer('', index), item] as const)
    : holderOf(value as JsonObject)?.parts
  return parts?.length === 0 ? undefined : parts
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text, { maxDepth: defaultLimits.depth })
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}
