/**
 * Reading JSON that people wrote or exported: every issue with its place and the name of the item it is about, all in one go.
 * Hand-written where the model uses zod, because in a package of 50 000 items a pointer alone finds nothing.
 *
 * @module
 */

import type { ParseErrorCode } from '../error-codes.js'
import { ParseError, type ParseIssue } from '../errors.js'
import { JsonError, snapshotJson } from '../internal/json.js'
import { isObject, MAX_DEPTH } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'

/** Characters: room for some 200 000 items. */
const MAX_SIZE = 256 * 1024 * 1024
/** More issues than this help nobody. */
const MAX_ISSUES = 100

type ReadingCode = 'parse.missing' | 'parse.type' | 'parse.value' | 'parse.unknown_member' | 'parse.semantic'

/** A value that is being read, and what is wrong with it. */
export class Reading {
  readonly issues: ParseIssue[] = []
  readonly value: Json
  private readonly what: string
  private beyond = 0

  /** `what` completes "not ...": "a CASE package". Throws ParseError where the value is no JSON. */
  constructor(value: unknown, what: string) {
    this.what = what
    if (typeof value === 'string') throw this.failure([textIssue()])
    try {
      this.value = snapshotJson(value, { maxDepth: MAX_DEPTH, maxSize: MAX_SIZE })
    } catch (error) {
      if (!(error instanceof JsonError)) throw error
      throw this.failure([{ code: CODES[error.kind], pointer: error.pointer, message: error.message }], error)
    }
  }

  report(code: ReadingCode, place: string, message: string): void {
    if (this.issues.length < MAX_ISSUES) this.issues.push({ code, pointer: place, message })
    else this.beyond++
  }

  /** Throws ParseError `parse.invalid` where anything was wrong. */
  finish(): void {
    if (this.issues.length > 0) throw this.failure(this.issues)
  }

  object(value: Json | undefined, place: string, name: string): JsonObject | undefined {
    if (isObject(value)) return value
    this.wrong(value, place, name, 'an object')
    return undefined
  }

  /** Absent: empty. */
  array(value: Json | undefined, place: string, name: string): readonly Json[] {
    if (value === undefined) return []
    if (isArray(value)) return value
    this.wrong(value, place, name, 'an array')
    return []
  }

  /** The objects of an array member, with their places. */
  objects(parent: JsonObject, member: string, place: string, name: string): { value: JsonObject; place: string }[] {
    const at = pointer(place, member)
    return this.array(parent[member], at, `${name} "${member}"`).flatMap((item, index) => {
      const itemPlace = pointer(at, index)
      const value = this.object(item, itemPlace, `${name} "${member}[${index}]"`)
      return value === undefined ? [] : [{ value, place: itemPlace }]
    })
  }

  /** A text that must be there. */
  text(parent: JsonObject, member: string, place: string, name: string): string | undefined {
    const value = parent[member]
    if (typeof value === 'string' && value.trim() !== '') return value
    this.wrong(value, pointer(place, member), `${name} "${member}"`, 'a text that is not empty')
    return undefined
  }

  optionalText(parent: JsonObject, member: string, place: string, name: string): string | undefined {
    return parent[member] === undefined ? undefined : this.text(parent, member, place, name)
  }

  optionalNumber(parent: JsonObject, member: string, place: string, name: string): number | undefined {
    const value = parent[member]
    if (value === undefined || typeof value === 'number') return value
    this.wrong(value, pointer(place, member), `${name} "${member}"`, 'a number')
    return undefined
  }

  optionalBoolean(parent: JsonObject, member: string, place: string, name: string): boolean | undefined {
    const value = parent[member]
    if (value === undefined || typeof value === 'boolean') return value
    this.wrong(value, pointer(place, member), `${name} "${member}"`, 'true or false')
    return undefined
  }

  /** An absolute URI that must be there. */
  uri(parent: JsonObject, member: string, place: string, name: string): string | undefined {
    return this.asUri(parent[member], pointer(place, member), `${name} "${member}"`)
  }

  uris(parent: JsonObject, member: string, place: string, name: string): readonly string[] | undefined {
    if (parent[member] === undefined) return undefined
    const at = pointer(place, member)
    return this.array(parent[member], at, `${name} "${member}"`).flatMap((value, index) => {
      const found = this.asUri(value, pointer(at, index), `${name} "${member}[${index}]"`)
      return found === undefined ? [] : [found]
    })
  }

  asUri(value: Json | undefined, place: string, name: string): string | undefined {
    if (typeof value !== 'string') this.wrong(value, place, name, 'an absolute URI')
    else if (/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(value)) return value
    else this.report('parse.value', place, `${name} must be an absolute URI, e.g. "https://...", not "${brief(value)}"`)
    return undefined
  }

  /** Closed classes: a mistyped name must not weaken what was meant. */
  only(parent: JsonObject, members: readonly string[], place: string, name: string): void {
    for (const member of Object.keys(parent))
      if (!members.includes(member))
        this.report(
          'parse.unknown_member',
          pointer(place, member),
          `${name} has no member "${member}": use ${members.join(', ')}`,
        )
  }

  private wrong(value: Json | undefined, place: string, name: string, expected: string): void {
    if (value === undefined) this.report('parse.missing', place, `${name} is missing: ${expected}`)
    else this.report('parse.type', place, `${name} must be ${expected}`)
  }

  private failure(issues: readonly ParseIssue[], cause?: unknown): ParseError {
    const shown = issues
      .slice(0, 3)
      .map(({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`))
    const rest = issues.length + this.beyond - shown.length
    const message = `not ${this.what}: ${shown.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`
    return new ParseError('parse.invalid', message, issues, cause === undefined ? undefined : { cause })
  }
}

const textIssue = (): ParseIssue => ({
  code: 'parse.type',
  pointer: '',
  message: 'a text is no document yet: use JSON.parse',
})

const CODES: Readonly<Record<JsonError['kind'], ParseErrorCode>> = {
  syntax: 'parse.not_json',
  not_json: 'parse.not_json',
  depth: 'parse.too_deep',
  size: 'parse.too_large',
  duplicate: 'parse.duplicate_member',
  forbidden_member: 'parse.forbidden_member',
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** As few characters as name it: an item's statement may be a page long. */
export function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** Members that are undefined are left out: what we give is plain JSON. */
export function present<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
}
