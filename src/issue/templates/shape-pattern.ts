/**
 * The shape of one badge's input (input-shape.ts) as something to compare others with. It says of an input what the shape's key
 * says, without writing one.
 *
 * @module
 */
import { schemeOf } from '../../canonical/templates/template.js'
import { formatDateTime } from '../../model/date-time.js'
import type { CredentialInput } from '../../model/types.js'
import { DATES, IRIS, TEXTS } from './input-shape.js'

/** `date`: a text, or a Date; badges of a batch mostly have the same one. A scheme of an IRI ends with `:` or `//`. */
type Pattern =
  | { readonly kind: 'achievement' | 'issuer' | 'text' }
  | { readonly kind: 'date'; time: number; text: string }
  | { readonly kind: 'iri'; readonly scheme: string }
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | { readonly kind: 'object'; readonly names: readonly string[]; readonly members: readonly Pattern[] }

export class ShapePattern {
  readonly #root: Pattern

  /** `sample` is plain JSON. */
  constructor(sample: CredentialInput) {
    const { issuer } = sample
    const { achievement } = sample.credentialSubject
    const patternOf = (value: unknown, name: string, depth: number): Pattern => {
      if (typeof value === 'string') {
        if (TEXTS.has(name))
          return depth === 1 && DATES.has(name) ? { kind: 'date', time: Number.NaN, text: '' } : { kind: 'text' }
        const scheme = IRIS.has(name) ? schemeOf(value) : undefined
        return scheme === undefined ? { kind: 'constant', value } : { kind: 'iri', scheme }
      }
      if (typeof value !== 'object' || value === null) return { kind: 'constant', value }
      if (value === achievement) return { kind: 'achievement' }
      if (value === issuer) return { kind: 'issuer' }
      if (Array.isArray(value))
        return { kind: 'array', items: value.map((item: unknown) => patternOf(item, '', depth + 1)) }
      const members = Object.entries(value).filter(([, member]) => member !== undefined)
      return {
        kind: 'object',
        names: members.map(([member]) => member),
        members: members.map(([member, item]) => patternOf(item, member, depth + 1)),
      }
    }
    this.#root = patternOf(sample, '', 0)
  }

  /** The texts of an input of this shape, as `shapeOf` gives them. Undefined for any other. Each member is read once. */
  textsOf(input: CredentialInput): readonly string[] | undefined {
    const texts: string[] = []
    try {
      const parts = { issuer: input.issuer, achievement: input.credentialSubject.achievement }
      return fits(input, this.#root, parts, texts) ? texts : undefined
    } catch {
      // A getter or a proxy that throws, or a Date that is not one. The whole path tells the caller.
      return undefined
    }
  }
}

interface KnownParts {
  readonly issuer: unknown
  readonly achievement: unknown
}

function fits(value: unknown, pattern: Pattern, parts: KnownParts, texts: string[]): boolean {
  switch (pattern.kind) {
    case 'text':
      if (typeof value !== 'string') return false
      texts.push(value)
      return true
    case 'date':
      if (typeof value === 'string') texts.push(value)
      else if (value instanceof Date) {
        const time = value.getTime()
        // NaN, no time at all, is never the last one.
        if (time !== pattern.time) {
          pattern.text = formatDateTime(value)
          pattern.time = time
        }
        texts.push(pattern.text)
      } else return false
      return true
    case 'iri':
      // Whether the rest of it is one is the template's to ask.
      if (typeof value !== 'string' || !beginsWith(value, pattern.scheme)) return false
      texts.push(value)
      return true
    case 'constant':
      return value === pattern.value
    case 'achievement':
      return value === parts.achievement
    case 'issuer':
      return value === parts.issuer && value !== parts.achievement
    default:
      return typeof value === 'object' && value !== null && value !== parts.achievement && value !== parts.issuer
        ? pattern.kind === 'array'
          ? hasItems(value, pattern.items, parts, texts)
          : hasMembers(value, pattern.names, pattern.members, parts, texts)
        : false
  }
}

function hasItems(value: object, items: readonly Pattern[], parts: KnownParts, texts: string[]): boolean {
  if (!Array.isArray(value) || value.length !== items.length) return false
  for (let index = 0; index < items.length; index++)
    if (!fits(value[index], items[index] as Pattern, parts, texts)) return false
  return true
}

function hasMembers(
  value: object,
  names: readonly string[],
  members: readonly Pattern[],
  parts: KnownParts,
  texts: string[],
): boolean {
  if (Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  let next = 0
  for (const name of Object.keys(value)) {
    const item: unknown = (value as Readonly<Record<string, unknown>>)[name]
    if (item === undefined) continue
    if (names[next] !== name || !fits(item, members[next] as Pattern, parts, texts)) return false
    next++
  }
  return next === names.length
}

/** As `schemeOf` has it: with `//` behind it, all schemes are one. */
function beginsWith(value: string, scheme: string): boolean {
  const isHierarchical = value.startsWith('//', value.indexOf(':') + 1)
  return scheme.endsWith('//') ? isHierarchical : !isHierarchical && value.startsWith(scheme)
}
