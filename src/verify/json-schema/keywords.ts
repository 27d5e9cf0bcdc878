/**
 * The keywords of JSON Schema, drafts 4 to 2020-12: which hold schemas, and what shape each must have. A schema of another shape is none, and
 * nothing follows from it.
 *
 * @module
 */
import { pointer } from '../../internal/json-pointer.js'
import { shown } from '../../internal/shown.js'
import type { Json, JsonObject } from '../../internal/types.js'

/** What was served is no schema, or one that leads nowhere. */
export class NoSchema extends Error {}

/** How the keyword holds schemas. */
export type Holds = 'one' | 'list' | 'map' | 'one-or-list' | 'map-or-names'

export const HOLDS: Readonly<Record<string, Holds>> = {
  $defs: 'map',
  definitions: 'map',
  allOf: 'list',
  anyOf: 'list',
  oneOf: 'list',
  not: 'one',
  // biome-ignore lint/suspicious/noThenProperty: the keyword's name.
  then: 'one',
  if: 'one',
  else: 'one',
  properties: 'map',
  patternProperties: 'map',
  additionalProperties: 'one',
  unevaluatedProperties: 'one',
  propertyNames: 'one',
  dependentSchemas: 'map',
  dependencies: 'map-or-names',
  prefixItems: 'list',
  items: 'one-or-list',
  additionalItems: 'one',
  unevaluatedItems: 'one',
  contains: 'one',
}

const TYPE_NAMES: readonly Json[] = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']

const isText = (value: Json) => typeof value === 'string'
const isNumber = (value: Json) => typeof value === 'number'
const isCount = (value: Json) => Number.isInteger(value) && (value as number) >= 0
const isBoolean = (value: Json) => typeof value === 'boolean'
export const isNames = (value: Json) => Array.isArray(value) && value.every(isText)
/** Numbers since draft 6; before, they sharpened their neighbour. */
const isBound = (value: Json) => typeof value === 'number' || typeof value === 'boolean'

const SHAPES: Readonly<Record<string, (value: Json) => boolean>> = {
  $id: isText,
  $ref: isText,
  $dynamicRef: isText,
  $recursiveRef: isText,
  $anchor: isText,
  $dynamicAnchor: isText,
  $recursiveAnchor: isBoolean,
  type: (value) => [value].flat().every((name) => TYPE_NAMES.includes(name as Json)),
  enum: (value) => Array.isArray(value),
  multipleOf: (value) => typeof value === 'number' && value > 0,
  maximum: isNumber,
  minimum: isNumber,
  exclusiveMaximum: isBound,
  exclusiveMinimum: isBound,
  maxLength: isCount,
  minLength: isCount,
  pattern: isText,
  format: isText,
  maxItems: isCount,
  minItems: isCount,
  uniqueItems: isBoolean,
  minContains: isCount,
  maxContains: isCount,
  maxProperties: isCount,
  minProperties: isCount,
  // Draft 3 and earlier had a boolean here.
  required: isNames,
  dependentRequired: (value) => isObject(value) && Object.values(value).every(isNames),
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isSchema(value: Json | undefined): value is JsonObject | boolean {
  return typeof value === 'boolean' || isObject(value)
}

/** A schema inside of another, and where. */
export interface Inner {
  readonly keyword: string
  readonly place: string
  readonly schema: JsonObject | boolean
}

/** Throws NoSchema where a keyword has another shape than it may. */
export function innerSchemas(schema: JsonObject, place: string): Inner[] {
  const inner: Inner[] = []
  for (const keyword of Object.keys(schema)) {
    const value = schema[keyword] as Json
    const at = pointer(place, keyword)
    const shape = Object.hasOwn(SHAPES, keyword) ? SHAPES[keyword] : undefined
    if (shape !== undefined && !shape(value)) throw new NoSchema(`${at} is ${shown(value)}`)
    if (!Object.hasOwn(HOLDS, keyword)) continue
    for (const [token, schema] of held(HOLDS[keyword] as Holds, value, at)) {
      const place = token === undefined ? at : pointer(at, token)
      if (!isSchema(schema)) throw new NoSchema(`${place} is no schema`)
      inner.push({ keyword, place, schema })
    }
  }
  return inner
}

function held(holds: Holds, value: Json, at: string): [string | number | undefined, Json][] {
  if (holds === 'one' || (holds === 'one-or-list' && !Array.isArray(value))) return [[undefined, value]]
  if (holds === 'list' || holds === 'one-or-list') {
    if (!Array.isArray(value)) throw new NoSchema(`${at} is no list`)
    return [...value.entries()]
  }
  if (!isObject(value)) throw new NoSchema(`${at} is no object`)
  const all = Object.entries(value)
  return holds === 'map' ? all : all.filter(([, dependency]) => !isNames(dependency))
}
