/**
 * JSON text from outside, read strictly (I-JSON, RFC 7493): what two readers could understand in two ways is refused, because
 * a signature would then cover both.
 *
 * @module
 */
import { JsonError } from './json-error.js'
import { findJsonFault } from './json-fault.js'
import { pointer } from './json-pointer.js'
import type { Json, JsonObject } from './types.js'
import { isWellFormed } from './well-formed.js'

export { JsonError, type JsonFault, type JsonFaultKind } from './json-error.js'
export { snapshotJson } from './json-snapshot.js'

/**
 * Throws `JsonError`: `syntax` (also for a lone surrogate), `depth`, `duplicate`, `forbidden_member`. The size of the text is
 * the caller's to bound. An array or object is one level; a text without any has depth 0. A byte order mark is a syntax error.
 *
 * As fast as JSON.parse plus two linear passes: a scan of the text that counts members and levels, and a walk of the result
 * that counts its members. Only where the two disagree is a duplicate searched for.
 */
export function parseJson(text: string, { maxDepth }: { readonly maxDepth: number }): Json {
  const escapes = text.includes('\\')
  const { members, depth } = scanJson(text, maxDepth, escapes)
  if (depth > maxDepth) throw faultOf(text, maxDepth)
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    throw faultOf(text, maxDepth)
  }
  if (countMembers(value) !== members || objectsInherit()) {
    const fault = findJsonFault(text, maxDepth)
    if (fault !== undefined) throw new JsonError(fault)
  }
  // Cheap questions to the text, so that the walk which can name the place is rare. Escapes can hide both.
  if (!isWellFormed(text) || text.includes('__proto__') || (escapes && /\\u(?:[dD]|00)/.test(text))) inspect(value, '')
  return value
}

function faultOf(text: string, maxDepth: number): JsonError {
  return new JsonError(findJsonFault(text, maxDepth) ?? { kind: 'syntax', pointer: '', message: 'not JSON' })
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * `members`: colons outside strings. `depth`: the deepest nesting; the scan ends at the first level too many. Counts without
 * understanding: for a text that is not JSON the numbers mean nothing, and JSON.parse says so.
 */
function scanJson(text: string, maxDepth: number, escapes: boolean): { members: number; depth: number } {
  let members = 0
  let open = 0
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      index = endOfString(text, index, escapes)
      if (index === -1) break
    } else if (code === 0x3a) members++
    else if (code === 0x7b || code === 0x5b) {
      if (++open > depth) depth = open
      if (depth > maxDepth) break
    } else if (code === 0x7d || code === 0x5d) open--
  }
  return { members, depth }
}

/** The closing quote of the string that opens at `start`, or -1: one that has an even number of backslashes before it. */
function endOfString(text: string, start: number, escapes: boolean): number {
  let end = text.indexOf('"', start + 1)
  while (escapes && end !== -1 && text.charCodeAt(end - 1) === BACKSLASH) {
    let before = end - 2
    while (text.charCodeAt(before) === BACKSLASH) before--
    if ((end - before) % 2 === 1) break
    end = text.indexOf('"', end + 1)
  }
  return end
}

/** Recursive, and safe: the depth has been judged before. By for-in, in a third of the time of Object.keys. */
function countMembers(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0
  let members = 0
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) if (typeof item === 'object') members += countMembers(item)
    return members
  }
  for (const name in value) {
    const member = (value as JsonObject)[name] as Json
    members += typeof member === 'object' ? 1 + countMembers(member) : 1
  }
  return members
}

/** Has somebody put members into Object.prototype? Then for-in counts them too, and the count could hide a duplicate. */
function objectsInherit(): boolean {
  for (const _ in {}) return true
  return false
}

/** Throws for the first member `__proto__` and the first lone surrogate, with its place. */
function inspect(value: Json, at: string): void {
  if (typeof value === 'string') demandWellFormed(value, at)
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries()) inspect(item, pointer(at, index))
    return
  }
  for (const [name, member] of Object.entries(value)) {
    demandWellFormed(name, at)
    const place = pointer(at, name)
    if (name === '__proto__')
      throw new JsonError({ kind: 'forbidden_member', pointer: place, message: 'a member "__proto__" is refused' })
    inspect(member, place)
  }
}

function demandWellFormed(text: string, at: string): void {
  // Encoded, every lone surrogate becomes the same U+FFFD: texts that differ would have one signature.
  if (!isWellFormed(text)) throw new JsonError({ kind: 'syntax', pointer: at, message: 'a lone surrogate is no text' })
}
