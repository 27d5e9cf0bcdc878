/**
 * Parts of documents that many awards share: the issuer's profile and the achievements. A copy of each is kept, so that they are
 * read once; whoever changes his object between two awards gets what it says then.
 *
 * @module
 */
import type { Json, JsonObject } from '../../internal/types.js'

/** Is the caller's value still what was copied of it? Also false for what is no plain JSON. Each member is read once. */
export function isStill(value: unknown, copy: Json): boolean {
  if (typeof copy !== 'object' || copy === null) return value === copy
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(copy)) {
    if (!Array.isArray(value) || value.length !== copy.length) return false
    for (let index = 0; index < copy.length; index++) if (!isStill(value[index], copy[index] as Json)) return false
    return true
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  // In their order, which is the order in the badge.
  const names = Object.keys(copy)
  let next = 0
  for (const name of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[name]
    if (member === undefined) continue
    if (names[next++] !== name || !isStill(member, (copy as JsonObject)[name] as Json)) return false
  }
  return next === names.length
}

/** A copy of plain JSON that shares nothing with it. */
export function copyOf<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => copyOf(item as Json)) as unknown as T
  const copy: { [member: string]: Json } = { ...(value as JsonObject) }
  for (const name in copy) if (typeof copy[name] === 'object') copy[name] = copyOf(copy[name] as Json)
  return copy as T
}
