/**
 * From what may be read to the strict form, in one pass that follows the schema: an array where one value stood, an object
 * where its id stood, a text where a language-tagged one stood, VCDM 2.0 names where VCDM 1.1's stood. What is already strict
 * comes back as the same object.
 *
 * The same pass notices whether anything could displease zod, so that zod runs only on documents that it may refuse: what
 * this file calls clean, zod accepts (test/model/schema-agreement.test.ts holds it to that), and zod's verdict is the one that counts.
 *
 * @module
 */
import type * as z from 'zod/mini'
import { pointerOf } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'
import { isAbsoluteUri, isExtensionTerm, type ValueRule, valueRules } from './schemas/blocks.js'
import { textOf } from './text.js'
import { upgrade } from './upgrade.js'
import { MAX_DEPTH, type Walk } from './walk.js'

/** Gives the strict form of `value`. */
export type Read = (value: Json, walk: Walk) => Json

/** Made once for each class; closures, not code from text. */
export function readerOf(schema: z.core.$ZodType): Read {
  return make(schema as z.core.$ZodTypes, new Map())
}

type Made = Map<z.core.$ZodType, Read>

function make(schema: z.core.$ZodTypes, made: Made): Read {
  const before = made.get(schema)
  if (before) return before
  let read: Read | undefined
  // Classes contain each other: whoever meets one that is being made gets it by reference.
  made.set(schema, (value, walk) => (read as Read)(value, walk))
  read = fromId(schema, unwrap(schema, bare(schema, made)))
  made.set(schema, read)
  return read
}

function bare(schema: z.core.$ZodTypes, made: Made): Read {
  const { def } = schema._zod
  const inner = (type: z.core.$ZodType) => make(type as z.core.$ZodTypes, made)
  switch (def.type) {
    case 'string':
      return readString(schema)
    case 'number':
    case 'boolean':
      return leaf((value) => typeof value === def.type)
    case 'literal':
      return leaf((value) => def.values.includes(value as string))
    case 'enum':
      return leaf((value) => typeof value === 'string' && Object.values(def.entries).includes(value))
    case 'optional':
      return inner(def.innerType)
    case 'lazy':
      return inner(def.getter())
    case 'array':
      return readArray(schema, inner(def.element))
    case 'tuple':
      return readTuple(def.items.map(inner), inner(def.rest as z.core.$ZodType))
    case 'union':
      return readUnion(def.options, inner)
    case 'object':
      return readObject(schema as z.core.$ZodObject, inner)
    default:
      throw new TypeError(`the reader knows no schema of type ${def.type}`)
  }
}

/** Never normalizes, and says whether zod accepts. */
function leaf(accepts: (value: Json) => boolean): Read {
  const read: Read = (value, walk) => {
    walk.trace?.texts.set(pointerOf(walk.target), read)
    if (!accepts(value)) walk.clean = false
    return value
  }
  return read
}

/** For a schema without checks. */
export const always = (): boolean => true

/** The checks of a schema as one predicate. A check that is not known here is left to zod. */
export function checksOf(schema: z.core.$ZodTypes): (value: never) => boolean {
  const checks = (schema._zod.def.checks ?? []).map((check): ((value: never) => boolean) => {
    const { pattern, fn } = check._zod.def as z.core.$ZodCheckDef & {
      readonly pattern?: RegExp
      readonly fn?: (value: never) => unknown
    }
    if (pattern) return (value) => pattern.test(value)
    if (fn) return (value) => Boolean(fn(value))
    return () => false
  })
  const [only] = checks
  if (checks.length <= 1) return only ?? always
  return (value) => checks.every((accepts) => accepts(value))
}

function readString(schema: z.core.$ZodTypes): Read {
  const accepts = checksOf(schema) as (value: string) => boolean
  const { text, vocabulary, link, dateTime }: ValueRule = valueRules.get(schema) ?? {}
  const terms = vocabulary && new Set(vocabulary)
  const read: Read = (value, walk) => {
    walk.trace?.texts.set(pointerOf(walk.target), read)
    if (typeof value !== 'string') {
      const plain = text ? textOf(value, walk.language) : undefined
      if (plain === undefined) walk.clean = false
      else walk.remark('shorthand', 'a text with its language: read as its text alone')
      return plain ?? value
    }
    if (!accepts(value)) walk.clean = false
    if (terms && !terms.has(value) && !isExtensionTerm(value))
      walk.remark(
        'outside_vocabulary',
        'a term that Open Badges 3.0 does not list; a term of your own begins with "ext:"',
      )
    if (link && !isAbsoluteUri(value)) walk.remark('semantic', 'no absolute URI: begin it with a scheme, e.g. "https:"')
    if (dateTime && !/(?:[Zz]|[+-]\d\d:\d\d)$/.test(value))
      walk.remark('no_offset', 'a date-time without offset: end it with "Z" for UTC, or with an offset')
    return value
  }
  return read
}

function readArray(schema: z.core.$ZodTypes, item: Read): Read {
  const accepts = checksOf(schema) as (value: Json) => boolean
  return (value, walk) => {
    if (value === null) {
      walk.clean = false
      return value
    }
    const items = Array.isArray(value) ? readItems(value, item, walk) : [wrapped(value, item, walk)]
    walk.trace?.wholes.push({ at: walk.target, accepts })
    if (walk.clean && !accepts(items)) walk.clean = false
    return items
  }
}

function readItems(items: readonly Json[], item: Read, walk: Walk): readonly Json[] {
  let copy: Json[] | undefined
  for (let index = 0; index < items.length; index++) {
    walk.path.push(index)
    const value = items[index] as Json
    const strict = item(value, walk)
    walk.path.pop()
    if (strict === value) continue
    copy ??= [...items]
    copy[index] = strict
  }
  return copy ?? items
}

function wrapped(value: Json, item: Read, walk: Walk): Json {
  walk.remark('shorthand', 'one value where the strict form has an array: read as an array of one')
  return walk.elsewhere({ to: 0 }, () => item(value, walk))
}

function readTuple(first: readonly Read[], rest: Read): Read {
  return (value, walk) => {
    if (value === null) {
      walk.clean = false
      return value
    }
    const items = Array.isArray(value) ? (value as readonly Json[]) : [wrapped(value, first[0] ?? rest, walk)]
    if (items.length < first.length) walk.clean = false
    if (items !== value) return items
    for (const [index, item] of items.entries()) {
      const read = first[index] ?? rest
      walk.path.push(index)
      read(item, walk)
      walk.path.pop()
    }
    return items
  }
}

/** The kinds of JSON that an option takes. No two options of a union take the same, but objects that `when` tells apart. */
export function kindsOf(schema: z.core.$ZodTypes): readonly string[] {
  const { def } = schema._zod
  if (def.type === 'union') return def.options.flatMap((option) => kindsOf(option as z.core.$ZodTypes))
  if (def.type === 'array' || def.type === 'tuple') return ['array']
  return [def.type === 'object' ? 'object' : 'string']
}

function readUnion(options: readonly z.core.$ZodType[], inner: (type: z.core.$ZodType) => Read): Read {
  const rows = (options as readonly z.core.$ZodTypes[]).map((option) => ({
    kinds: kindsOf(option),
    when: valueRules.get(option)?.when,
    read: inner(option),
  }))
  return (value, walk) => {
    const kind = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
    const row = rows.find((each) => each.kinds.includes(kind) && (each.when?.(value as JsonObject) ?? true))
    if (row) return row.read(value, walk)
    walk.clean = false
    return value
  }
}

interface Member {
  readonly name: string
  readonly read: Read
  readonly optional: boolean
}

function readObject(schema: z.core.$ZodObject, inner: (type: z.core.$ZodType) => Read): Read {
  const { shape, catchall } = schema._zod.def
  const closed = catchall?._zod.def.type === 'never'
  const reading = valueRules.get(schema) ?? {}
  const accepts = checksOf(schema as z.core.$ZodTypes) as (value: Json) => boolean
  const fill = fillerOf(shape, reading)
  const saysLanguage = 'inLanguage' in shape
  // Made at the first use, because classes contain each other.
  let members: readonly Member[] | undefined
  const membersOf = () =>
    Object.entries(shape).map(([name, type]) => ({ name, read: inner(type), optional: type._zod.optin !== undefined }))

  return (value, walk) => {
    if (walk.path.length > MAX_DEPTH) {
      walk.tooDeep ??= walk.pointer
      return value
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      walk.clean = false
      return value
    }
    members ??= membersOf()
    const upgraded = reading.document ? upgrade(value as JsonObject) : undefined
    const given = upgraded?.value ?? (value as JsonObject)
    const object = walk.draft ? fill(given, walk.draft) : given
    let copy: { [member: string]: Json } | undefined
    let present = 0
    const around = walk.language
    if (saysLanguage && typeof object.inLanguage === 'string') walk.language = object.inLanguage
    for (const { name, read, optional } of members) {
      const member = object[name]
      if (member === undefined) {
        if (!optional) walk.clean = false
        continue
      }
      present++
      const from = upgraded?.renamed.get(name)
      const strict = from === undefined ? down(name, member, read, walk) : renamed(from, name, member, read, walk)
      // A spread defines members, where an assignment to "__proto__" would not; names of a shape are harmless.
      if (strict === member) continue
      copy ??= { ...object }
      copy[name] = strict
    }
    walk.language = around
    if (closed && Object.keys(object).length !== present) walk.clean = false
    const result = copy ?? object
    walk.trace?.wholes.push({ at: walk.target, accepts: accepts as (value: Json) => boolean })
    if (walk.clean && !accepts(result)) walk.clean = false
    // One in VCDM 1.1 is kept too where it is not signed: what it says it is, it stays.
    if (reading.document && result !== value && walk.path.length > 0 && (upgraded !== undefined || 'proof' in value))
      walk.signed.push({ at: walk.target, original: value })
    return result
  }
}

function down(name: string, member: Json, read: Read, walk: Walk): Json {
  walk.path.push(name)
  const strict = read(member, walk)
  walk.path.pop()
  return strict
}

/** Not in the loop: a closure there costs every member its scope. */
function renamed(from: string, to: string, member: Json, read: Read, walk: Walk): Json {
  return walk.elsewhere({ from, to }, () => read(member, walk))
}

/** For `create*`: the object with its `type`, and with a fresh `id` where the class gets one. */
function fillerOf(
  shape: z.core.$ZodLooseShape,
  { freshId }: ValueRule,
): (object: JsonObject, draft: NonNullable<Walk['draft']>) => JsonObject {
  const type = typeOf(shape)
  return (object, { randomUuid }) => {
    const id = freshId && object.id === undefined ? { id: `urn:uuid:${randomUuid()}` } : undefined
    const named = type !== undefined && object.type === undefined ? { type } : undefined
    return id || named ? { ...id, ...named, ...object } : object
  }
}

/** The `type` that we write for a class; undefined where it has none of its own. */
function typeOf(shape: z.core.$ZodLooseShape): Json | undefined {
  const schema = shape.type as z.core.$ZodTypes | undefined
  const names = schema && valueRules.get(schema)?.contains?.map(([first]) => first as string)
  if (!names || names.length === 0) return undefined
  return schema._zod.def.type === 'literal' ? (names[0] as string) : names
}

/** A string that stands for an object with that id. */
function fromId(schema: z.core.$ZodTypes, read: Read): Read {
  if (!valueRules.get(schema)?.fromId) return read
  const { def } = schema._zod
  const object = (def.type === 'lazy' ? def.getter() : schema) as z.core.$ZodObject
  const type = () => typeOf(object._zod.def.shape)
  return (value, walk) => {
    if (typeof value !== 'string') return read(value, walk)
    walk.remark('shorthand', 'a URL where the strict form has an object: read as the id of that object')
    walk.elsewhere({ to: 'id' }, () => undefined)
    const filled = type()
    return read({ id: value, ...(filled === undefined ? {} : { type: filled }) }, walk)
  }
}

/** An array of one that stands for its element. */
function unwrap(schema: z.core.$ZodTypes, read: Read): Read {
  if (!valueRules.get(schema)?.unwrap) return read
  return (value, walk) => {
    if (!Array.isArray(value) || value.length !== 1) return read(value, walk)
    walk.remark('shorthand', 'an array of one where the strict form has one value')
    return read(value[0] as Json, walk)
  }
}
