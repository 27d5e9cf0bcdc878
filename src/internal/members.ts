/**
 * What an object may hold, declared beside its type, so that a member that is misspelt or of another kind is told and never passed over.
 * Returns what is wrong as the end of a sentence: who asks decides which error it becomes.
 *
 * @module
 */
import { shown } from './shown.js'

/** What is wrong, and where. */
export interface Problem {
  /** The member, from the outermost: `status.ttlSeconds`, `recipient[1].type`. */
  readonly path: string
  /** Completes the sentence `"path" ...`. */
  readonly says: string
}

/** What is wrong with a value that stands at `path`; undefined where nothing is. */
export type Kind = (value: unknown, path: string) => Problem | undefined

export const MISSING = 'is missing'

/** The whole sentence. */
export const sentenceOf = ({ path, says }: Problem): string => `"${path}" ${says}`

/** A kind for each member of `T`, and for none that it does not have: the compiler tells where the two part. */
export type Members<T> = { readonly [Name in keyof T]-?: Kind }

/** What some write instead of a member, and what was meant: by its wrong name. */
export type Hints = Readonly<Record<string, string>>

/** Whatever it is, it is judged where it is used: say there that it is. */
export const anything: Kind = () => undefined
export const text: Kind = kindOf('a text', (value) => typeof value === 'string')
export const flag: Kind = kindOf('true or false', (value) => typeof value === 'boolean')
export const callable: Kind = kindOf('a function', (value) => typeof value === 'function')
export const number: Kind = kindOf('a number', (value) => typeof value === 'number' && Number.isFinite(value))
export const list: Kind = kindOf('an array', Array.isArray)
export const iterable: Kind = kindOf(
  'an array or another iterable',
  (value) => typeof value === 'object' && value !== null && Symbol.iterator in value,
)
export const stream: Kind = kindOf(
  'an array, or another iterable or async iterable',
  (value) => typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value),
)
export const record: Kind = kindOf('an object', (value) => isRecord(value) && !Array.isArray(value))
export const bytes: Kind = kindOf('a Uint8Array', (value) => value instanceof Uint8Array)
export const date: Kind = kindOf('a valid Date', (value) => value instanceof Date && !Number.isNaN(value.getTime()))
/** By what is used of it: signals of other realms and polyfills are signals. */
export const signal: Kind = kindOf('an AbortSignal', (value) => {
  const { aborted, addEventListener } = (isRecord(value) ? value : {}) as Partial<AbortSignal>
  return typeof aborted === 'boolean' && typeof addEventListener === 'function'
})

/** `is` completes the sentence `"path" is ...`. */
export function kindOf(is: string, holds: (value: unknown) => boolean): Kind {
  return (value, path) => (holds(value) ? undefined : { path, says: `is ${is}` })
}

export function oneOf(...values: readonly string[]): Kind {
  const names = values.map((value) => `"${value}"`)
  const last = names.pop()
  const is = names.length === 0 ? `${last}` : `${names.join(', ')} or ${last}`
  return kindOf(is, (value) => typeof value === 'string' && values.includes(value))
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Kind {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  return kindOf(
    `a whole number ${range}`,
    (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
  )
}

/** An object with these methods, own or inherited: an implementation of an interface, which may have more. */
export function having(...methods: readonly string[]): Kind {
  return kindOf(`an object with ${methods.map((name) => `${name}()`).join(', ')}`, (value) => {
    const own = isRecord(value) ? (value as Readonly<Record<string, unknown>>) : {}
    return methods.every((name) => typeof own[name] === 'function')
  })
}

export function arrayOf(kind: Kind): Kind {
  return (value, path) => {
    if (!Array.isArray(value)) return list(value, path)
    for (const [index, entry] of value.entries()) {
      const problem = kind(entry, `${path}[${index}]`)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

/** An object whose members all are of the kind, whatever their names. */
export function mapOf(kind: Kind): Kind {
  return (value, path) => {
    const problem = record(value, path)
    if (problem !== undefined) return problem
    for (const [name, entry] of Object.entries(value as object)) {
      const found = kind(entry, `${path}["${shown(name)}"]`)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** An object whose members are of the table's kinds where it has them; others are no concern. For what somebody else made. */
export function open(members: Readonly<Record<string, Kind>>, required: readonly string[] = []): Kind {
  return (value, path) => {
    const problem = record(value, path)
    if (problem !== undefined) return problem
    for (const [name, kind] of Object.entries(members)) {
      const member = (value as Readonly<Record<string, unknown>>)[name]
      const found = member === undefined ? undefined : kind(member, `${path}.${name}`)
      if (found !== undefined) return found
      if (member === undefined && required.includes(name)) return { path: `${path}.${name}`, says: MISSING }
    }
    return undefined
  }
}

/** The answer of the first kind that takes it; where none does, what the last one says. */
export function either(...kinds: readonly Kind[]): Kind {
  return (value, path) => {
    let problem: Problem | undefined
    for (const kind of kinds) {
      problem = kind(value, path)
      if (problem === undefined) return undefined
    }
    return problem
  }
}

/** An object with members of the table, each of its kind or undefined, and with no others. */
export function shape<T>(members: Members<T>, rules: ShapeRules<T> = {}): Kind {
  return (value, path) => {
    return record(value, path) ?? problemOf(value as object, members, { ...rules, within: `${path}.`, noun: 'member' })
  }
}

export interface ShapeRules<T> {
  readonly hints?: Hints
  /** Members that must be there. Default none. */
  readonly required?: readonly (keyof T & string)[]
}

export interface Wording<T> extends ShapeRules<T> {
  /** What stands before a member's name. Default nothing. */
  readonly within?: string
  /** `"x" is no ...`. */
  readonly noun: string
}

/**
 * The first member that is not in the table; else the first of another kind; else the first that is missing: what is misspelt is missing
 * too. Of members that are inherited or symbols nothing is said.
 */
export function problemOf<T>(
  value: object,
  members: Members<T>,
  { hints = {}, required = [], within = '', noun }: Wording<T>,
): Problem | undefined {
  const table = members as Readonly<Record<string, Kind>>
  const names = Object.keys(value)
  for (const name of names)
    if (!Object.hasOwn(table, name)) return unknown(name, Object.keys(table), hints, within, noun)
  for (const name of names) {
    const item: unknown = (value as Readonly<Record<string, unknown>>)[name]
    const problem = item === undefined ? undefined : table[name]?.(item, `${within}${name}`)
    if (problem !== undefined) return problem
  }
  const missing = required.find((name) => (value as Readonly<Record<string, unknown>>)[name] === undefined)
  return missing === undefined ? undefined : { path: `${within}${missing}`, says: MISSING }
}

function unknown(name: string, names: readonly string[], hints: Hints, within: string, noun: string): Problem {
  const meant = nearest(name, names)
  const wayOut = Object.hasOwn(hints, name)
    ? hints[name]
    : meant === undefined
      ? `there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`
      : `did you mean "${meant}"?`
  return { path: `${within}${shown(name)}`, says: `is no ${noun}: ${wayOut}` }
}

/** The name that was most likely meant; undefined where none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  // No name is that long, and the work grows with the square.
  if (name.length > 64) return undefined
  const written = name.toLowerCase()
  let best: { readonly name: string; readonly distance: number } | undefined
  for (const candidate of names) {
    const distance = distanceOf(written, candidate.toLowerCase())
    if (distance <= Math.max(1, Math.floor(candidate.length / 3)) && distance < (best?.distance ?? Infinity))
      best = { name: candidate, distance }
  }
  return best?.name
}

/** Letters left out, added or changed (Levenshtein): two that are swapped are two. */
function distanceOf(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const row = [i + 1]
    for (let j = 0; j < b.length; j++)
      row.push(Math.min(at(last, j + 1) + 1, at(row, j) + 1, at(last, j) + (letter === b[j] ? 0 : 1)))
    last = row
  }
  return at(last, b.length)
}

const at = (row: readonly number[], index: number): number => row[index] as number

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
