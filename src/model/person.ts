/**
 * People, as callers name them: the recipients of awards, and those whom a badge should be about. One shape for both, so that who issued
 * to an address can ask about it in the same words. Open Badges 3.0 appendix B.1, AchievementSubject `id` and class IdentityObject.
 *
 * @module
 */
import { type Kind, kindOf, nearest, type Problem, problemOf, record, text } from '../internal/members.js'
import { IDENTIFIER_TYPES, type IdentifierType } from './vocabulary.js'

/** Somebody, by one thing that names them. */
export type Person =
  /** A DID or another URI. */
  | { readonly id: string }
  /** An e-mail address: an identifier of the type `emailAddress`. */
  | { readonly email: string }
  /** A telephone number, compared without spaces and the signs of RFC 3966 section 5.1.1 (`-.()`): an identifier of the type `ext:telephone`, as Open Badges 2.0 had it. */
  | { readonly phone: string }
  /** Any identifier of the standard, or of a type of your own. */
  | { readonly type: IdentifierType; readonly value: string }

/** The two forms that badges know. */
export type Named = { readonly id: string } | Identifier
export interface Identifier {
  readonly type: IdentifierType
  readonly value: string
}

/** Completes the sentence `"recipient" ...`. */
export const PERSON_IS = 'is { id }, { email }, { phone } or { type, value }, such as { email: "ada@example.org" }'

const address = kindOf('an e-mail address', (value) => typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value))
const someText = kindOf('a text that is not empty', (value) => typeof value === 'string' && value !== '')

const identifierType: Kind = (value, path) => {
  const problem = text(value, path)
  if (problem !== undefined) return problem
  const type = value as string
  if ((IDENTIFIER_TYPES as readonly string[]).includes(type) || type.startsWith('ext:')) return undefined
  const meant = /^e-?mail$/i.test(type) ? 'emailAddress' : nearest(type, IDENTIFIER_TYPES)
  const wayOut = meant === undefined ? '' : `: did you mean "${meant}"?`
  return { path, says: `is one of ${IDENTIFIER_TYPES.join(', ')}, or begins with "ext:"${wayOut}` }
}

type Table = Readonly<Record<string, Kind>>
const SHAPES: readonly (readonly [decides: string, members: Table])[] = [
  ['id', { id: text }],
  ['email', { email: address }],
  ['phone', { phone: someText }],
  ['type', { type: identifierType, value: text }],
  ['value', { type: identifierType, value: text }],
]
const ALL: Table = Object.assign({}, ...SHAPES.map(([, members]) => members))

/** What is wrong with a person; `further` are members that it may have besides. */
export function personProblem(one: unknown, path: string, further: Table = {}): Problem | undefined {
  if (record(one, path) !== undefined) return { path, says: PERSON_IS }
  const given = one as Readonly<Record<string, unknown>>
  const [, members] = SHAPES.find(([name]) => given[name] !== undefined) ?? ['', ALL]
  // Most say no more than who it is: then no table is made.
  const isBare = Object.keys(given).every((name) => Object.hasOwn(members, name))
  const table: Table = isBare ? members : { ...members, ...further }
  const problem = problemOf(given, table as Table & Record<string, Kind>, { within: `${path}.`, noun: 'member' })
  if (problem !== undefined) return { path: problem.path, says: `${problem.says}. "${path}" ${PERSON_IS}` }
  return Object.keys(members).some((name) => given[name] === undefined) ? { path, says: PERSON_IS } : undefined
}

/** What is wrong with an identifier of whatever type. */
export function identifierProblem(one: unknown, path: string, further: Table = {}): Problem | undefined {
  const isIdentifier = record(one, path) === undefined && 'type' in (one as object)
  return isIdentifier ? personProblem(one, path, further) : { path, says: 'is { type, value }' }
}

/** For a person who has no problem. */
export function named(person: Person): Named {
  if ('id' in person && person.id !== undefined) return { id: person.id }
  if ('email' in person && person.email !== undefined) return { type: 'emailAddress', value: person.email }
  if ('phone' in person && person.phone !== undefined) return { type: 'ext:telephone', value: person.phone }
  const { type, value } = person as Identifier
  return { type, value }
}
