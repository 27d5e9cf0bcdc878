/**
 * A view by the standard's names alone: for a document whose contexts cannot be had any more.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import { isKeyword } from './keywords.js'
import type { Told } from './node-groups.js'
import { define } from './stated-node.js'
import { REFERENCES } from './unstated.js'
import type { Vocabulary } from './vocabulary.js'

/** By the standard's names alone. */
export const UNTOLD: Told = {
  graph: {},
  iriOf: (name) => (name === 'id' ? '@id' : name === 'type' ? '@type' : name),
  isList: (name) => name === '@list',
  isReference: (name) => REFERENCES.has(name),
}

/** Without what the standard does not know, and without what may be nothing. */
export function known(value: JsonObject, vocabulary: Vocabulary): JsonObject {
  const stated: Record<string, Json> = {}
  for (const [name, inner] of Object.entries(value)) {
    if (name === '@context') define(stated, name, inner)
    else if (name !== '@index' && (isKeyword(name) || vocabulary.isName(name) || NAMES_OF_KEYWORDS.has(name))) {
      const kept = knownValue(inner, vocabulary)
      if (kept !== undefined) define(stated, name, kept)
    }
  }
  return stated
}

const NAMES_OF_KEYWORDS: ReadonlySet<string> = new Set(['id', 'type'])

function knownValue(value: Json, vocabulary: Vocabulary): Json | undefined {
  if (value === null) return undefined
  if (!Array.isArray(value)) return isObject(value) ? known(value, vocabulary) : value
  const items = (value as readonly Json[]).flatMap((item) => knownValue(item, vocabulary) ?? [])
  return items.length > 0 ? items : undefined
}
