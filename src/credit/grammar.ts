/**
 * How a form of JSON is declared once, and used twice: to read it, with every fault at its place, and as JSON Schema for editors and other
 * languages. So the two cannot part.
 *
 * @module
 */
import type { Reading } from '../competency/reading.js'
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import { nearest } from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'

/** What a document says of something that it declares elsewhere: whether it does is asked when all of it is read. */
export interface Use {
  readonly of: 'kind' | 'parameter' | 'fact' | 'calendar' | 'purpose' | 'decided' | 'positive'
  readonly name: string
  /** What the place takes: the `is` of a parameter or fact. */
  readonly as?: readonly string[]
  readonly place: string
}

/** A document that is being read. */
export interface Source {
  readonly reading: Reading
  readonly uses: Use[]
}

/** One form of JSON. */
export interface Form {
  readonly schema: JsonObject
  /** Reports what is wrong. */
  read(source: Source, value: Json, place: string): void
}

/** Levels of amounts in amounts, conditions in conditions. */
const MAX_DEPTH = 48

const wrong = ({ reading }: Source, value: Json, place: string, is: string) =>
  reading.report('parse.value', place, `must be ${is}, and is ${shownJson(value)}`)

function shownJson(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** A scalar. */
export function scalar(is: string, schema: JsonObject, holds: (value: Json) => boolean): Form {
  return {
    schema,
    read: (source, value, place) => {
      if (!holds(value)) wrong(source, value, place, is)
    },
  }
}

export function textLike(is: string, pattern: RegExp): Form {
  return scalar(
    is,
    { type: 'string', pattern: pattern.source },
    (value) => typeof value === 'string' && pattern.test(value),
  )
}

export const text = textLike('a text that is not empty', /\S/)
export const uri = textLike('an absolute URI', /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/)
export const flag = scalar('true or false', { type: 'boolean' }, (value) => typeof value === 'boolean')

export function oneOf(...values: readonly string[]): Form {
  const is = values.map((value) => JSON.stringify(value)).join(' or ')
  return scalar(is, { enum: [...values] }, (value) => values.includes(value as string))
}

export function described(form: Form, description: string): Form {
  return { ...form, schema: { ...form.schema, description } }
}

/** A scalar that names something. */
export function naming(of: Use['of'], as?: readonly string[], form: Form = text): Form {
  return {
    schema: form.schema,
    read: (source, value, place) => {
      form.read(source, value, place)
      if (typeof value === 'string')
        source.uses.push(as === undefined ? { of, name: value, place } : { of, name: value, as, place })
    },
  }
}

export function listOf(item: Form, most = 1000): Form {
  return {
    schema: { type: 'array', items: item.schema, minItems: 1, maxItems: most },
    read: (source, value, place) => {
      if (!Array.isArray(value)) return wrong(source, value, place, 'an array')
      if (value.length === 0 || value.length > most) return wrong(source, value, place, `an array of 1 to ${most}`)
      for (const [index, one] of value.entries()) item.read(source, one, pointer(place, index))
    },
  }
}

export function mapOf(item: Form, most = 1000): Form {
  return {
    schema: { type: 'object', additionalProperties: item.schema, maxProperties: most },
    read: (source, value, place) => {
      if (!isObject(value)) return wrong(source, value, place, 'an object')
      const entries = Object.entries(value)
      if (entries.length > most) return wrong(source, value, place, `an object of at most ${most} members`)
      for (const [name, one] of entries) item.read(source, one as Json, pointer(place, name))
    },
  }
}

/** An object with these members and no others; `comment` may stand everywhere, and says nothing to the machine. */
export interface Shape<T> {
  readonly members: { readonly [Name in keyof T]-?: Form }
  readonly required: readonly (keyof T & string)[]
}

const comment = named('Comment', () => commentForm)
export const commentForm: Form = described(
  scalar('a text or several', { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, isComment),
  'For people: where it comes from, what is unclear.',
)
function isComment(value: Json): boolean {
  return [value].flat().every((line) => typeof line === 'string')
}

export interface ObjectForm extends Form {
  readonly members: Readonly<Record<string, Form>>
  readonly required: readonly string[]
}

export function object<T>({ members, required }: Shape<T>): ObjectForm {
  const all: Readonly<Record<string, Form>> = { ...members, comment }
  const names = Object.keys(all)
  return {
    members,
    required,
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(all).map(([name, form]) => [name, form.schema])),
      ...(required.length > 0 && { required: [...required] }),
      additionalProperties: false,
    },
    read: (source, value, place) => {
      if (!isObject(value)) return wrong(source, value, place, 'an object')
      for (const [name, one] of Object.entries(value)) {
        const form = Object.hasOwn(all, name) ? all[name] : undefined
        if (form !== undefined) form.read(source, one as Json, pointer(place, name))
        else {
          const meant = nearest(name, names)
          const says = meant === undefined ? `there are ${names.join(', ')}` : `did you mean "${meant}"?`
          source.reading.report('parse.unknown_member', pointer(place, name), `"${name}" is no member here: ${says}`)
        }
      }
      for (const name of required)
        if (value[name] === undefined)
          source.reading.report('parse.missing', pointer(place, name), `"${name}" is missing`)
    },
  }
}

/** Any of these forms: of objects the one whose first member is there, else the only scalar or list that fits. */
export function choice(is: string, scalars: readonly Form[], objects: readonly ObjectForm[] = []): Form {
  const keyOf = (form: ObjectForm) => form.required[0] ?? ''
  return {
    schema: { anyOf: [...scalars, ...objects].map(({ schema }) => schema) },
    read: (source, value, place) => {
      const form = isObject(value)
        ? objects.find((one) => (keyOf(one) === '' ? true : value[keyOf(one)] !== undefined))
        : scalars.find((one) => fits(one, value))
      if (form !== undefined) form.read(source, value, place)
      else wrong(source, value, place, is)
    },
  }
}

/** Of a list its items are judged when it is chosen. */
function fits({ schema }: Form, value: Json): boolean {
  if (Array.isArray(schema.enum)) return schema.enum.includes(value)
  return schema.type === (Array.isArray(value) ? 'array' : typeof value)
}

/** A form that may stand within itself: a definition of the schema. */
export function named(name: string, form: () => Form): Form {
  return {
    schema: { $ref: `#/$defs/${name}` },
    read: (source, value, place) => {
      if (place.split('/').length > MAX_DEPTH) source.reading.report('parse.value', place, 'is nested too deeply')
      else form().read(source, value, place)
    },
  }
}
