import type { Json, JsonObject } from './types.js'

/**
 * `{ ...object }`, to be added to. Member by member, because the copies of objects of the same members then have one shape: what V8
 * makes of a spread it takes apart by name when a member is added, and writes out as JSON by a path that takes twice as long.
 */
export function shallowCopy(object: JsonObject): { [member: string]: Json } {
  // An assignment would not define this one.
  if (Object.hasOwn(object, '__proto__')) return { ...object }
  const copy: { [member: string]: Json } = {}
  for (const name of Object.keys(object)) copy[name] = object[name] as Json
  return copy
}
