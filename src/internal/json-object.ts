/**
 * JSON as linked data is written: objects, one or many of something, and ids that stand alone or in an object.
 *
 * @module
 */
import type { Json, JsonObject } from './types.js'

/** How deep a document may be nested: deeper than any badge, and far from the end of any runtime's stack. */
export const MAX_DEPTH = 64

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON-LD's way to write one or many: none where it is absent. */
export function listOf(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value as Json]
}

/** The id of an issuer, holder or subject: the text itself, or that of the object. */
export function idOf(value: Json | undefined): string | undefined {
  const id = isObject(value) ? value.id : value
  return typeof id === 'string' ? id : undefined
}
