/**
 * A caller's object as the JSON text that is baked.
 *
 * @module
 */
import { snapshotJson } from '../internal/json.js'

/** In characters and levels, as `snapshotJson` counts them. */
interface Bounds {
  readonly maxDepth: number
  readonly maxSize: number
}

/** What was kept of the object, and its text. */
export interface KeptJson {
  readonly value: unknown
  readonly text: string
}

/**
 * The text of what `snapshotJson` keeps of the object, with its refusals: throws `JsonError`.
 *
 * Most objects come from JSON.parse, and nothing in them is to be refused. They are copied in a way that finds out no more than
 * that, in half the time; wherever it is not so, or not certain, `snapshotJson` reads the object from its beginning. What is
 * written is always a copy, each member of which was judged as it was read.
 */
export function jsonText(object: object, bounds: Bounds): KeptJson {
  const value = plainCopy(object, bounds)
  const text = value === undefined ? undefined : JSON.stringify(value)
  // The text shows these sooner than its parts do: lone surrogates, which are written as escapes, and a forbidden name.
  if (text !== undefined && !text.includes('\\ud') && !text.includes('__proto__')) return { value, text }
  const strict = snapshotJson(object, bounds)
  return { value: strict, text: JSON.stringify(strict) }
}

/** Undefined where there is anything to look at closely. */
function plainCopy(object: object, { maxDepth, maxSize }: Bounds): unknown {
  const budget: Budget = { left: maxSize }
  try {
    const copied = copyValue(object, maxDepth, budget)
    return budget.left < 0 ? undefined : copied
  } catch {
    return undefined // a getter or a proxy: it will throw again, and its place be told
  }
}

/** Characters that may still come. */
interface Budget {
  left: number
}

function copy(value: object, levels: number, budget: Budget): object | undefined {
  if (levels === 0) return undefined
  return Array.isArray(value) ? copyItems(value, levels, budget) : copyMembers(value, levels, budget)
}

function copyItems(items: readonly unknown[], levels: number, budget: Budget): readonly unknown[] | undefined {
  const copied: unknown[] = []
  const { length } = items
  for (let index = 0; index < length; index++) {
    const kept = copyValue(items[index], levels - 1, budget)
    if (kept === undefined) return undefined
    copied.push(kept)
  }
  return copied
}

function copyMembers(object: object, levels: number, budget: Budget): object | undefined {
  if (Object.getPrototypeOf(object) !== Object.prototype) return undefined
  const copied = { ...object } as { [member: string]: unknown }
  for (const name of Object.keys(copied)) {
    const member = copied[name]
    if (member === undefined) continue // JSON.stringify drops it
    const kept = copyValue(member, levels - 1, budget)
    if (kept === undefined) return undefined
    if (kept !== member) copied[name] = kept
    budget.left -= name.length
  }
  return copied
}

function copyValue(value: unknown, levels: number, budget: Budget): unknown {
  if (--budget.left < 0) return undefined
  switch (typeof value) {
    case 'string':
      budget.left -= value.length
      return value
    case 'number':
      return Number.isFinite(value) ? value : undefined
    case 'boolean':
      return value
    case 'object':
      return value === null ? null : copy(value, levels, budget)
    default:
      return undefined
  }
}
