/**
 * What zod found, as issues with a place, a code and a way out.
 *
 * @module
 */
import type * as z from 'zod/mini'
import type { ParseIssue } from '../errors.js'
import { pointer, pointerOf } from '../internal/json-pointer.js'
import type { Json } from '../internal/types.js'
import type { Walk } from './walk.js'

/** The codes of a document that does not follow the model. */
export type ModelIssueCode =
  /** A member that must be there is not. */
  | 'parse.missing'
  /** Another type of JSON. */
  | 'parse.type'
  /** The right type, but not such a value. */
  | 'parse.value'
  /** A closed class has no such member. */
  | 'parse.unknown_member'
  /** Nested beyond what the model reads. */
  | 'parse.too_deep'
  /** Each member is right, but they contradict each other. Only where documents are written. */
  | 'parse.semantic'
  /** A term that the standard does not list. Only where documents are written. */
  | 'parse.outside_vocabulary'
  /** A date-time without offset. Only where documents are written. */
  | 'parse.no_offset'

type ZodIssue = z.core.$ZodIssue

/** `document` is the strict form that zod judged; the pointers lead into the document as it was given. */
export function issuesOf(issues: readonly ZodIssue[], document: Json, walk: Walk): ParseIssue[] {
  return issues.flatMap((issue) => flatten(issue, [])).map((issue) => toIssue(issue, document, walk))
}

interface Flat {
  readonly path: readonly PropertyKey[]
  readonly code: string
  readonly message: string
}

/** A union says which of its options failed how; only the option that was meant is of interest. */
function flatten(issue: ZodIssue, above: readonly PropertyKey[]): Flat[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ ...issue, path: [...path, key] }))
  if (issue.code !== 'invalid_union') return [{ ...issue, path }]
  const fitting = issue.errors.filter((errors) => !errors.some(isOtherType))
  const meant = fitting.filter((errors) => !errors.some(isOtherClass))
  const chosen = (meant.length > 0 ? meant : fitting).at(-1)
  return chosen?.flatMap((each) => flatten(each, path)) ?? [{ ...issue, path }]
}

function isOtherType(issue: ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_union')
}

function isOtherClass(issue: ZodIssue): boolean {
  return issue.code === 'custom' && issue.path.length === 1 && issue.params?.otherClass === true
}

function toIssue({ path, code, message }: Flat, document: Json, walk: Walk): ParseIssue {
  const tokens = path.filter((token) => typeof token !== 'symbol')
  const found = valueAt(document, tokens)
  const place = pointerOf(tokens)
  const at = walk.origin(place)
  const isWrongType = code === 'invalid_type' || code === 'invalid_union'
  return {
    code: codeOf(code, found),
    pointer: at,
    message: `${nameOf(at)} ${message}${found !== undefined && isWrongType ? `, not ${kindOf(found)}` : ''}${hint(at, found, document)}`,
  }
}

/** The last member of the pointer, with the indexes after it. */
function nameOf(at: string): string {
  const [, name, indexes] = /([^/]*)((?:\/\d+)*)$/.exec(at) ?? []
  return at === '' ? 'the document' : `"${name}${(indexes ?? '').replace(/\/(\d+)/g, '[$1]')}"`
}

function codeOf(code: string, found: Json | undefined): ModelIssueCode {
  if (code === 'unrecognized_keys') return 'parse.unknown_member'
  if (found === undefined) return 'parse.missing'
  return code === 'invalid_type' || code === 'invalid_union' ? 'parse.type' : 'parse.value'
}

function valueAt(document: Json, tokens: readonly (string | number)[]): Json | undefined {
  let value: Json | undefined = document
  for (const token of tokens) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined
    value = (value as { readonly [member: string]: Json })[token]
  }
  return value
}

function kindOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Members that people write instead, from VCDM 1.1 and Open Badges 2.0. */
const INSTEAD: ReadonlyMap<string, readonly string[]> = new Map([
  ['validFrom', ['issuanceDate', 'issuedOn']],
  ['validUntil', ['expirationDate', 'expires']],
  ['credentialSubject', ['recipient', 'badge']],
])

function hint(at: string, found: Json | undefined, document: Json): string {
  if (found !== undefined) return ''
  const end = at.lastIndexOf('/')
  const parent = valueAt(document, at.slice(1, Math.max(end, 1)).split('/').filter(Boolean))
  if (typeof parent !== 'object' || parent === null) return ''
  const used = INSTEAD.get(at.slice(end + 1))?.find((name) => Object.hasOwn(parent, name))
  return used === undefined ? '' : `; "${used}" is its name in an older standard, at ${pointer(at.slice(0, end), used)}`
}
