/**
 * Is a document in the strict form already, with nothing to remark on? Most are. This pass only answers yes or no: it goes by the
 * members that are there, keeps no places and collects nothing, and takes half the time of the reader's. A no is no verdict, but
 * the reader's to explain: what is called strict here, it gives back as the same object without a remark, and zod accepts
 * (test/model/strict.test.ts holds it to that).
 *
 * @module
 */
import type * as z from 'zod/mini'
import type { Json, JsonObject } from '../internal/types.js'
import { hasOffset } from './date-time.js'
import { always, checksOf, kindsOf } from './reader.js'
import { isAbsoluteUri, isExtensionTerm, type Reading, readings } from './schemas/blocks.js'
import { versionOf } from './upgrade.js'
import { MAX_DEPTH } from './walk.js'

/** `depth`: the levels around the value. */
export type IsStrict = (value: Json, depth: number) => boolean

/** Made once for each class, as the readers are. */
export function strictnessOf(schema: z.core.$ZodType): IsStrict {
  return make(schema as z.core.$ZodTypes, new Map())
}

type Made = Map<z.core.$ZodType, IsStrict>

function make(schema: z.core.$ZodTypes, made: Made): IsStrict {
  const before = made.get(schema)
  if (before) return before
  let isStrict: IsStrict | undefined
  // Classes contain each other: whoever meets one that is being made gets it by reference.
  made.set(schema, (value, depth) => (isStrict as IsStrict)(value, depth))
  isStrict = bare(schema, made)
  if (readings.get(schema)?.unwrap) isStrict = neverWrapped(isStrict)
  made.set(schema, isStrict)
  return isStrict
}

function bare(schema: z.core.$ZodTypes, made: Made): IsStrict {
  const { def } = schema._zod
  const inner = (type: z.core.$ZodType) => make(type as z.core.$ZodTypes, made)
  switch (def.type) {
    case 'string':
      return strictString(schema)
    case 'number':
    case 'boolean':
      return (value) => typeof value === def.type
    case 'literal':
      return (value) => def.values.includes(value as string)
    case 'enum': {
      const values = new Set<unknown>(Object.values(def.entries))
      return (value) => values.has(value)
    }
    case 'optional':
      return inner(def.innerType)
    case 'lazy':
      return inner(def.getter())
    case 'array':
      return strictArray(checksOf(schema) as (value: Json) => boolean, [], inner(def.element))
    case 'tuple':
      return strictArray(always, def.items.map(inner), inner(def.rest as z.core.$ZodType))
    case 'union':
      return strictUnion(def.options as readonly z.core.$ZodTypes[], inner)
    case 'object':
      return strictObject(schema as z.core.$ZodObject, inner)
    default:
      throw new TypeError(`the reader knows no schema of type ${def.type}`)
  }
}

function strictString(schema: z.core.$ZodTypes): IsStrict {
  const accepts = checksOf(schema) as (value: string) => boolean
  const { vocabulary, link, dateTime }: Reading = readings.get(schema) ?? {}
  if (vocabulary) {
    const terms = new Set(vocabulary)
    return (value) => typeof value === 'string' && accepts(value) && (terms.has(value) || isExtensionTerm(value))
  }
  if (link) return (value) => typeof value === 'string' && accepts(value) && isAbsoluteUri(value)
  if (dateTime) return (value) => typeof value === 'string' && accepts(value) && hasOffset(value)
  if (accepts === always) return (value) => typeof value === 'string'
  return (value) => typeof value === 'string' && accepts(value)
}

function strictArray(accepts: (value: Json) => boolean, first: readonly IsStrict[], rest: IsStrict): IsStrict {
  return (value, depth) => {
    if (!Array.isArray(value) || value.length < first.length) return false
    for (let index = 0; index < value.length; index++)
      if (!(first[index] ?? rest)(value[index] as Json, depth + 1)) return false
    return accepts(value)
  }
}

function strictUnion(options: readonly z.core.$ZodTypes[], inner: (type: z.core.$ZodType) => IsStrict): IsStrict {
  const rows = options.map((option) => ({
    kinds: kindsOf(option),
    when: readings.get(option)?.when,
    isStrict: inner(option),
  }))
  const ofKind = (kind: string) => rows.filter(({ kinds }) => kinds.includes(kind))
  const [strings, arrays, objects] = [ofKind('string'), ofKind('array'), ofKind('object')]
  return (value, depth) => {
    if (typeof value === 'string') return strings[0]?.isStrict(value, depth) ?? false
    if (typeof value !== 'object' || value === null) return false
    const fitting = Array.isArray(value) ? arrays : objects
    for (const { when, isStrict } of fitting) if (when?.(value as JsonObject) ?? true) return isStrict(value, depth)
    return false
  }
}

/** An array of one stands for its element there, and is not how it is written. */
function neverWrapped(isStrict: IsStrict): IsStrict {
  return (value, depth) => !(Array.isArray(value) && value.length === 1) && isStrict(value, depth)
}

interface Member {
  readonly isStrict: IsStrict
  readonly required: boolean
}

function strictObject(schema: z.core.$ZodObject, inner: (type: z.core.$ZodType) => IsStrict): IsStrict {
  const { shape, catchall } = schema._zod.def
  const closed = catchall?._zod.def.type === 'never'
  const isDocument = readings.get(schema)?.document === true
  const accepts = checksOf(schema as z.core.$ZodTypes) as (value: Json) => boolean
  const required = Object.values(shape).filter((type) => type._zod.optin === undefined).length
  // Made at the first use, because classes contain each other.
  let members: ReadonlyMap<string, Member> | undefined
  const membersOf = () =>
    new Map(
      Object.entries(shape).map(([name, type]) => [
        name,
        { isStrict: inner(type), required: type._zod.optin === undefined },
      ]),
    )

  return (value, depth) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > MAX_DEPTH) return false
    if (isDocument && versionOf(value as JsonObject) === '1.1') return false
    members ??= membersOf()
    let found = 0
    for (const name in value) {
      const member = members.get(name)
      if (member === undefined) {
        if (closed) return false
        continue
      }
      if (!member.isStrict((value as JsonObject)[name] as Json, depth + 1)) return false
      if (member.required) found++
    }
    return found === required && (accepts === always || accepts(value))
  }
}
