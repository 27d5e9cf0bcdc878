/**
 * Random values that a JSON Schema of 1EdTech allows, and small changes to them: the same for the same seed.
 *
 * @module
 */
import type { Json, JsonObject } from '../../src/internal/types.js'

/** A generator of numbers in [0, 1). mulberry32. */
export type Random = () => number
export function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T
}

interface JsonSchema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly $comment?: string
  readonly type?: string
  readonly enum?: readonly Json[]
  readonly pattern?: string
  readonly format?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema | readonly JsonSchema[]
  readonly additionalItems?: JsonSchema
  readonly minItems?: number
  readonly contains?: { readonly enum: readonly Json[] }
  readonly oneOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly propertyNames?: JsonSchema
}

const STRINGS_OF = {
  context: [
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
  ],
  language: ['en', 'pt-BR', 'zh-Hans'],
  jws: ['eyJhbGciOiJFZERTQSJ9.e30.c2ln', 'a..b'],
  term: ['ext:Own', 'ext:a.b-c_d'],
  'date-time': ['2030-01-31T09:00:00Z', '2024-02-29T23:59:60+00:00', '1999-12-31T23:59:59.123-05:00'],
  date: ['2001-02-03', '2000-02-29'],
  id: ['https://example.org/1', 'did:key:z6Mk', 'urn:uuid:0', 'urn:uuid:1'],
  noId: ['no scheme', ''],
  text: ['', 'plain', 'Grüße, 日本語, 🎓', 'constructor', '42', '3.5', '2030-01-31T09:00:00Z'],
} as const

function stringsFor({ pattern = '', format, $comment = '' }: JsonSchema, odd: boolean): readonly string[] {
  if (format === 'date-time' || format === 'date') return STRINGS_OF[format]
  if (pattern.startsWith('^https')) return STRINGS_OF.context
  if (pattern.startsWith('^[a-z]{2,4}')) return STRINGS_OF.language
  if (pattern.startsWith('^[a-zA-Z0-9_-]+')) return STRINGS_OF.jws
  if (pattern.startsWith('(ext:)')) return STRINGS_OF.term
  if (/Origin: (URI|URL|IRI)/.test($comment)) return odd ? STRINGS_OF.noId : STRINGS_OF.id
  return STRINGS_OF.text
}

export interface Mood {
  readonly root: JsonSchema
  readonly random: Random
  /** How likely an optional member is; it shrinks with depth. */
  readonly fill: number
  /** How likely a string is what the schema allows and nobody means: a language map, an id without scheme. */
  readonly odd: number
}

/** A value that `schema`, a part of `root`, allows. */
export function sample(schema: JsonSchema, mood: Mood): Json {
  const { root, random, odd } = mood
  if (schema.$ref) return sample(root.$defs?.[schema.$ref.split('/').at(-1) as string] as JsonSchema, mood)
  if (schema.oneOf) return sample({ $comment: schema.$comment ?? '', ...option(schema.oneOf, mood) }, mood)
  if (schema.anyOf) return sample(odd > 0 ? pick(random, schema.anyOf) : (schema.anyOf[0] as JsonSchema), mood)
  if (schema.allOf) return [...new Set(schema.allOf.flatMap((part) => sample(part, mood) as string[]))]
  if (schema.enum) return pick(random, schema.enum)
  switch (schema.type) {
    case 'string':
      return pick(random, stringsFor(schema, random() < odd))
    case 'number':
      return pick(random, [0, 1.5, -3, 1e21])
    case 'boolean':
      return random() < 0.5
    case 'array':
      return sampleArray(schema, mood)
    default:
      return sampleObject(schema, mood)
  }
}

/** A string or its language map; one value or an array; a class name or an array of them. */
function option(options: readonly JsonSchema[], { random, odd }: Mood): JsonSchema {
  const isMap = ({ propertyNames }: JsonSchema) => propertyNames !== undefined
  const isNames = ({ contains, allOf }: JsonSchema) => contains !== undefined || allOf !== undefined || isTuple
  const isTuple = options.some(({ items }) => Array.isArray(items))
  const usual = options.filter((each) => !isMap(each))
  const named = options.filter((each) => (isTuple ? Array.isArray(each.items) : isNames(each)))
  return pick(random, random() < odd ? options : named.length > 0 ? named : usual)
}

function sampleArray({ items, additionalItems, contains }: JsonSchema, mood: Mood): Json {
  const deeper = { ...mood, fill: mood.fill * 0.7 }
  const some = Array.from({ length: Math.floor(mood.random() * 2.5) })
  if (Array.isArray(items)) {
    const first = (items as readonly JsonSchema[]).map((part) => sample(part, mood))
    return additionalItems ? [...first, ...some.map(() => sample(additionalItems, mood))] : first
  }
  const values = some.map(() => sample(items as JsonSchema, deeper))
  return contains ? [pick(mood.random, contains.enum), ...values] : values
}

function sampleObject({ properties, required = [], propertyNames }: JsonSchema, mood: Mood): Json {
  const { random, fill } = mood
  if (!properties)
    return propertyNames
      ? pick<Json>(random, [{}, { en: 'a' }, { en: 'a', 'pt-BR': 'b' }])
      : { own: 'https://example.org/own#' }
  const deeper = { ...mood, fill: fill * 0.7 }
  const names = Object.keys(properties).filter((name) => required.includes(name) || random() < fill)
  return Object.fromEntries(names.map((name) => [name, sample(properties[name] as JsonSchema, deeper)]))
}

/** Every place of a value: the tokens down to it. */
function places(value: Json): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [[]]
  const entries: (readonly [string | number, Json])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  return [[], ...entries.flatMap(([token, member]) => places(member).map((rest) => [token, ...rest]))]
}

const REPLACEMENTS: readonly Json[] = [
  null,
  true,
  0,
  '',
  'no scheme',
  'urn:x:1',
  'Achievement',
  '2030-01-31T09:00:00',
  '2030-02-30T00:00:00Z',
  'https://www.w3.org/2018/credentials/v1',
  [],
  [null],
  {},
  { en: 'a language map' },
  { '@value': 'a text', '@language': 'en' },
  { '@value': 1 },
  { id: 'urn:x:1' },
  { type: 'X' },
  { constructor: 1, toString: 'x' },
]

/** One small change at a random place: a member gone, added or replaced, a value wrapped or unwrapped. */
export function mutate(value: Json, random: Random): Json {
  const all = places(value)
  const place = pick(random, all)
  const replaced = (at: Json): Json => {
    const choice = random()
    if (choice < 0.15) return [at]
    if (choice < 0.3 && Array.isArray(at) && at.length > 0) return at[0] as Json
    if (choice < 0.45 && typeof at === 'object' && at !== null && !Array.isArray(at))
      return { ...at, [pick(random, ['zzz', 'constructor', 'name', 'id', 'type'])]: pick(random, REPLACEMENTS) }
    if (choice < 0.6 && typeof at === 'object' && at !== null && 'id' in at) return (at as JsonObject).id as Json
    return pick(random, REPLACEMENTS)
  }
  return change(value, place, random() < 0.25 && place.length > 0 ? undefined : replaced)
}

/** A copy with the value at `place` changed, or removed where there is no `replace`. */
function change(value: Json, place: readonly (string | number)[], replace: ((at: Json) => Json) | undefined): Json {
  const [token, ...rest] = place
  if (token === undefined) return replace ? replace(value) : value
  const gone = rest.length === 0 && !replace
  if (Array.isArray(value)) {
    const items = value as readonly Json[]
    if (gone) return items.filter((_, index) => index !== token)
    return items.map((item, index) => (index === token ? change(item, rest, replace) : item))
  }
  const entries = Object.entries(value as JsonObject).filter(([name]) => !gone || name !== token)
  return Object.fromEntries(
    entries.map(([name, member]) => [name, name === token ? change(member, rest, replace) : member]),
  )
}
