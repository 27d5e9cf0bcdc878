/**
 * How much memory a JSON value takes: an estimate from above, of what engines do, so that a memory can be bounded by bytes. A text of
 * JSON says little about it: `[{},{},{}]` takes twenty times its length.
 *
 * @module
 */
import type { Json } from './types.js'

/** A text with its header, rounded up. */
const TEXT = 32
const NUMBER = 16
const LIST = 64
const OBJECT = 96
/** The place of an item in its list. */
const ITEM = 8
/** The weight of a member beside its name: its place, and its share of the table that the engine makes of names. */
const MEMBER = 128

/** In bytes. Recursive: the depth of what was parsed has been judged. */
export function weightOfJson(value: Json): number {
  if (typeof value === 'string') return weightOfText(value)
  if (typeof value === 'number') return NUMBER
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value))
    return (value as readonly Json[]).reduce<number>((sum, item) => sum + ITEM + weightOfJson(item), LIST)
  let sum = OBJECT
  for (const [name, member] of Object.entries(value)) sum += MEMBER + weightOfText(name) + weightOfJson(member as Json)
  return sum
}

/** In bytes. Engines keep texts that are all Latin-1 in half of it. */
export function weightOfText(text: string): number {
  return TEXT + 2 * text.length
}
