/**
 * What the schemas of the classes are made of. A schema states the strict written form, which `z.infer` and the JSON
 * Schemas follow; what may be read instead of it stands beside it in `valueRules`, and reader.ts applies it.
 *
 * `zod/mini` without any of zod's global state: the host's configuration, locale and registry stay the host's. Messages are
 * ours for the same reason. Nothing here compiles code (`z.compile` and the classic objects do), so that a Content Security
 * Policy without `unsafe-eval` has nothing to report.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { JsonObject } from '../../internal/types.js'
import { isDate, isDateTime } from '../date-time.js'
import type { ReadTerm } from '../vocabulary.js'

/** A schema whose input is its output: nothing is transformed, so the same schema judges what is read and what is written. */
export type Schema<T> = z.ZodMiniType<T, T>

/** What the reader and the JSON Schema generator know of a schema beyond its types. */
export interface ValueRule {
  /** The name of the class, and of its `$defs` entry. */
  readonly id?: string
  /** A text: a language-tagged value is read as its text. */
  readonly text?: true
  /** The terms of the standard: another one, unless `ext:`, is noted when reading and refused when writing. */
  readonly vocabulary?: readonly string[]
  /** A link that is no id: noted when it is not an absolute URI, and refused when writing. */
  readonly link?: true
  /** A date-time: without offset it is refused when writing. */
  readonly dateTime?: true
  /** The array holds one of each of these: the class names that `type` must contain. The first ones are what we write. */
  readonly contains?: readonly (readonly string[])[]
  /** A string stands for an object with this id (terms of type `@id` in the contexts). */
  readonly fromId?: true
  /** An array of one is read as its one element. */
  readonly unwrap?: true
  /** A credential or presentation, that may be VCDM 1.1. */
  readonly document?: true
  /** In a union of objects: the one to take where this holds. */
  readonly when?: (value: JsonObject) => boolean
  /** When creating, an absent `id` is a fresh one. */
  readonly freshId?: true
  /** What JSON Schema says about a check that zod cannot express in it. */
  readonly json?: JsonObject
}

const table = new Map<z.core.$ZodType, ValueRule>()
/** Filled where the schemas are declared, and never after. Not a zod registry: those can be the host's too. */
export const valueRules: ReadonlyMap<z.core.$ZodType, ValueRule> = table

/** `schema`, with what is known of it. */
export function known<S extends z.core.$ZodType>(schema: S, rule: ValueRule): S {
  table.set(schema, { ...table.get(schema), ...rule })
  return schema
}

/** Messages in one voice: what must be there, whether it is missing or something else. */
export function expecting(expected: string): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? `is missing: ${expected}` : `must be ${expected}`) }
}

/** A name or a text in a human language. Any string: an empty one too, since 1EdTech's schema says no more. */
export const text = known(z.string(expecting('a text (a JSON string)')), { text: true })
/** A string that is not language: a code, a number as text, a token. */
export const token = z.string(expecting('a string'))
export const number = z.number(expecting('a number'))
export const boolean = z.boolean(expecting('true or false'))

const URI = /^[A-Za-z][A-Za-z0-9+.-]*:/
const anAbsoluteUri =
  'an absolute URI, with a scheme, e.g. "https://example.org/1", "did:key:z6Mk..." or "urn:uuid:..."'
/** An id. RFC 3986 section 4.3: it has a scheme; what follows is the scheme's own matter and not judged. */
export const uri = z.string(expecting(anAbsoluteUri)).check(z.regex(URI, expecting(anAbsoluteUri)))
/** A link or a reference. Any string when reading, since 1EdTech's schema says no more; absolute when writing. */
export const link = known(z.string(expecting('a URL (a JSON string)')), { link: true, json: { pattern: URI.source } })

/** Is it an absolute URI, in the sense of `uri`? */
export function isAbsoluteUri(value: string): boolean {
  return URI.test(value)
}

const aDateTime = 'a date-time with an offset, e.g. "2030-01-31T09:00:00Z" (RFC 3339)'
export const dateTime = known(z.string(expecting(aDateTime)).check(z.refine(isDateTime, expecting(aDateTime))), {
  dateTime: true,
  json: { format: 'date-time' },
})
const aDate = 'a date, e.g. "2030-01-31"'
export const date = known(z.string(expecting(aDate)).check(z.refine(isDate, expecting(aDate))), {
  json: { format: 'date' },
})
const aJws = 'a compact JWS: three parts in base64url, separated by "."'
export const compactJws = z
  .string(expecting(aJws))
  .check(z.regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/, expecting(aJws)))
const aLanguage = 'a language tag, e.g. "en" or "pt-BR" (BCP 47)'
export const languageTag = z
  .string(expecting(aLanguage))
  .check(z.regex(/^[a-z]{2,4}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$/, expecting(aLanguage)))

/** A term of an open vocabulary. Typed as what may be read; what is written must be of the vocabulary or `ext:`. */
export function term<Term extends string>(terms: readonly Term[]): Schema<ReadTerm<Term>> {
  return known(z.string(expecting(`a term, e.g. "${terms[0]}" or "ext:..."`)), {
    vocabulary: terms,
    json: { anyOf: [{ enum: terms }, { pattern: EXTENSION.source }] },
  }) as unknown as Schema<ReadTerm<Term>>
}
const EXTENSION = /^ext:[A-Za-z0-9._|-]+$/
/** Is it a term of an issuer's own? Open Badges 3.0, the pattern of its vocabularies. */
export function isExtensionTerm(value: string): boolean {
  return EXTENSION.test(value)
}

/** A closed vocabulary. */
export function oneOf<const Term extends string>(terms: readonly Term[]): z.ZodMiniEnum<{ [T in Term]: T }> {
  return z.enum(terms, expecting(`one of ${terms.map((name) => `"${name}"`).join(', ')}`)) as never
}

/** The one type of a closed class. */
export function only<const Name extends string>(name: Name): z.ZodMiniLiteral<Name> {
  return known(z.literal(name, expecting(`"${name}"`)), { contains: [[name]] })
}

/** One of `item` or more, in an array; one outside an array is read as an array of one. */
export function many<Item extends z.ZodMiniType>(item: Item): z.ZodMiniArray<Item> {
  return z.array(item, expecting('an array'))
}

/** `type`: names of classes, one of each group among them. No group: any names, but at least one. */
export function types(...groups: readonly (readonly string[])[]): z.ZodMiniArray<typeof token> {
  const wanted = groups.map((names) => names.map((name) => `"${name}"`).join(' or ')).join(' and ')
  const expected = wanted === '' ? 'an array of at least one class name' : `an array that contains ${wanted}`
  const holds = (values: readonly string[]) =>
    values.length > 0 && groups.every((names) => names.some((name) => values.includes(name)))
  return known(
    z.array(token, expecting(expected)).check(z.refine(holds, { ...expecting(expected), params: OTHER_CLASS })),
    {
      contains: groups,
      json: {
        minItems: 1,
        ...(groups.length > 0
          ? {
              allOf: groups.map((names) => ({
                contains: names.length === 1 ? { const: names[0] as string } : { enum: names },
              })),
            }
          : {}),
      },
    },
  )
}
/** Marks the issue that says: this is not an object of that class at all. */
export const OTHER_CLASS = { otherClass: true }

/** `type` of the VCDM classes whose type is a single string in 1EdTech's schema: an array only where there are several. */
export const typeOrTypes = known(
  z.union(
    [token, z.array(token).check(z.minLength(2, expecting('the names of classes')))],
    expecting('the name of a class'),
  ),
  { unwrap: true },
)

/** One, or an array: kept as it is. */
export function oneOrMany<Item extends z.ZodMiniType>(item: Item): z.ZodMiniUnion<[Item, z.ZodMiniArray<Item>]> {
  return z.union([item, z.array(item, expecting('an array'))], expecting('an object, or an array of objects'))
}

/** One, or an array of at least one: kept as it is. To JSON-LD an empty array says what an absent member says. */
export function oneOrMore<Item extends z.ZodMiniType>(item: Item): z.ZodMiniUnion<[Item, z.ZodMiniArray<Item>]> {
  const more = known(
    z
      .array(item, expecting('an array'))
      .check(z.refine((items) => items.length > 0, expecting('an array of at least one object'))),
    { json: { minItems: 1 } },
  )
  return z.union([item, more], expecting('an object, or an array of at least one'))
}

/**
 * A class that the standard leaves open (Open Badges 3.0 section 6 "Extending and Profiling", VCDM 2.0 section 5.2): unknown
 * members are kept. The type has no index signature, which would swallow a mistyped name.
 */
export function open<Shape extends z.core.$ZodLooseShape>(
  id: string,
  shape: Shape,
  rule: ValueRule = {},
  ...checks: readonly z.core.$ZodCheck<z.output<OpenObject<Shape>>>[]
): OpenObject<Shape> {
  const schema = z.looseObject(shape, expecting(`an object (${id})`)) as unknown as OpenObject<Shape>
  return known(checks.length === 0 ? schema : schema.check(...checks), { id, ...rule })
}
type OpenObject<Shape extends z.core.$ZodLooseShape> = z.ZodMiniObject<z.core.util.Writeable<Shape>, z.core.$strip>

/** A class that 1EdTech's schema closes (`additionalProperties: false`). */
export function closed<Shape extends z.core.$ZodLooseShape>(
  id: string,
  shape: Shape,
  rule: ValueRule = {},
): z.ZodMiniObject<z.core.util.Writeable<Shape>, z.core.$strict> {
  const names = Object.keys(shape).join(', ')
  const object = expecting(`an object (${id})`)
  const schema = z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `is no member of ${id}: use ${names}` : object.error(issue),
  })
  return known(schema, { id, ...rule })
}

/** Where the contexts give a member the type `@id`: a string is read as an object with that id. */
export function byId<T>(schema: Schema<T>): Schema<T> {
  return known(
    z.lazy(() => schema),
    { fromId: true },
  )
}

/** Any JSON object. */
export const jsonObject = z.looseObject({}, expecting('an object')) as unknown as Schema<JsonObject>

const optionals = new Map<z.core.$ZodType, z.core.$ZodType>()
/** A member that may be absent, but not undefined. One schema for each inner one: making them is most of the time of an import. */
export function optional<S extends z.core.$ZodType>(schema: S): z.ZodMiniExactOptional<S> {
  const made = optionals.get(schema) ?? z.exactOptional(schema)
  optionals.set(schema, made)
  return made as z.ZodMiniExactOptional<S>
}
