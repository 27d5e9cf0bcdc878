/**
 * What two badges must have in common to share a template: everything but the texts that each has of its own.
 *
 * @module
 */
import { schemeOf } from '../../canonical/templates/template.js'
import { formatDateTime } from '../../model/date-time.js'
import type { CredentialInput } from '../../model/types.js'

/** Members with a text of each badge's own. Texts of all other members belong to the shape. */
export const TEXTS: ReadonlySet<string> = new Set([
  'validFrom',
  'validUntil',
  'identityHash',
  'salt',
  'value',
  'narrative',
  'name',
  'description',
  'genre',
  'audience',
  'statusListIndex',
])
/** Members with an IRI of its own. The scheme belongs to the shape. */
export const IRIS: ReadonlySet<string> = new Set(['id', 'achievedLevel', 'resultDescription', 'statusListCredential'])
/** Dates become texts. */
export const DATES: ReadonlySet<string> = new Set(['validFrom', 'validUntil'])

export interface Shape {
  /** Equal only for inputs that differ in nothing but `texts` and the parts that are compared by themselves. */
  readonly key: string
  /** In the order in which they stand in the input. */
  readonly texts: readonly string[]
}

/**
 * Undefined for what is no plain JSON. The issuer and the achievement are left out: who compares shapes compares those by
 * themselves. Each member is read once.
 */
export function shapeOf(input: CredentialInput): Shape | undefined {
  const reading: ShapeReading = {
    texts: [],
    issuer: input.issuer,
    achievement: input.credentialSubject.achievement,
    depth: 0,
  }
  try {
    return { key: keyOf(input, '', reading), texts: reading.texts }
  } catch {
    // A getter or a proxy that throws, or NotPlain. The whole path tells the caller.
    return undefined
  }
}

/** A plain copy with other texts in the places of those that `shapeOf` gives. Issuer and achievement are those of the input. */
export function withTexts(input: CredentialInput, texts: readonly string[]): CredentialInput {
  let next = 0
  const known: readonly unknown[] = [input.issuer, input.credentialSubject.achievement]
  const copy = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return isOwn(name, value) ? texts[next++] : value
    if (value instanceof Date) return texts[next++]
    if (typeof value !== 'object' || value === null || known.includes(value)) return value
    if (Array.isArray(value)) return value.map((item: unknown) => copy(item, ''))
    return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, copy(item, member)]))
  }
  return copy(input, '') as CredentialInput
}

const isOwn = (name: string, value: string): boolean =>
  TEXTS.has(name) || (IRIS.has(name) && schemeOf(value) !== undefined)

interface ShapeReading {
  readonly texts: string[]
  readonly issuer: unknown
  readonly achievement: unknown
  depth: number
}

class NotPlain extends Error {}
const MAX_DEPTH = 24

/** Whatever has no fixed length is told with its length before it, so that none can be taken for something else. */
function keyOf(value: unknown, name: string, reading: ShapeReading): string {
  switch (typeof value) {
    case 'string': {
      if (TEXTS.has(name)) {
        reading.texts.push(value)
        return 'T'
      }
      const scheme = IRIS.has(name) ? schemeOf(value) : undefined
      if (scheme === undefined) return `"${value.length}:${value}`
      reading.texts.push(value)
      return `I${scheme.length}:${scheme}`
    }
    case 'number':
    case 'boolean':
      return `${value};`
    case 'object':
      return value === null ? '0' : keyOfObject(value, name, reading)
    default:
      throw new NotPlain()
  }
}

function keyOfObject(value: object, name: string, reading: ShapeReading): string {
  if (value === reading.achievement) return 'A'
  if (value === reading.issuer) return 'P'
  if (Array.isArray(value)) {
    enter(reading)
    let key = '['
    for (let index = 0; index < value.length; index++) key += keyOf(value[index], '', reading)
    reading.depth--
    return `${key}]`
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    // The badge's own dates; nowhere else is a Date taken for a text.
    if (!(value instanceof Date) || !DATES.has(name) || reading.depth !== 1) throw new NotPlain()
    reading.texts.push(formatDateTime(value))
    return 'T'
  }
  enter(reading)
  let key = '{'
  for (const member of Object.keys(value)) {
    const item: unknown = (value as Readonly<Record<string, unknown>>)[member]
    if (item !== undefined) key += `${member.length}:${member}${keyOf(item, member, reading)}`
  }
  reading.depth--
  return `${key}}`
}

function enter(reading: ShapeReading): void {
  if (++reading.depth > MAX_DEPTH) throw new NotPlain()
}
