/**
 * The slow walk over a JSON text that is already known to be bad: it finds the first fault and says where it is. Native
 * messages are of no use here: they differ between engines and quote the document.
 *
 * @module
 */
import type { JsonFault, JsonFaultKind } from './json-error.js'
import { pointerOf } from './json-pointer.js'

/** One open array or object. `token` is the index or the name of the member that is being read. */
interface Level {
  readonly names: Set<string> | undefined
  token: string | number | undefined
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LITERAL = /true|false|null/y
const SPACE = /[\t\n\r ]*/y

/** The first fault of the text; undefined where it has none of these: syntax, depth, duplicate. */
export function findJsonFault(text: string, maxDepth: number): JsonFault | undefined {
  // An explicit stack: the depth of the text must not become the depth of ours.
  const levels: Level[] = []
  let position = 0

  function fault(kind: JsonFaultKind, message: string): JsonFault {
    const path = levels.flatMap(({ token }) => (token === undefined ? [] : [token]))
    return { kind, pointer: pointerOf(path), message }
  }
  function unexpected(wanted: string): JsonFault {
    const lines = text.slice(0, position).split(/\r\n|\r|\n/)
    const where = `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
    return fault(
      'syntax',
      `${position < text.length ? 'not JSON' : 'the text ends too early'}: ${wanted} expected at ${where}`,
    )
  }
  /** Moves behind the token at this place; false, and nothing moves, where there is another one. */
  function take(pattern: RegExp): boolean {
    pattern.lastIndex = position
    if (!pattern.test(text)) return false
    position = pattern.lastIndex
    return true
  }
  /** The string at this place, quoted and escaped as it stands. Not one expression: its backtracking would grow with the string. */
  function takeString(): string | undefined {
    if (text[position] !== '"') return undefined
    let end = position + 1
    for (;;) {
      const code = text.charCodeAt(end)
      if (code === 0x22) break
      if (Number.isNaN(code) || code < 0x20) return undefined
      ESCAPE.lastIndex = end
      if (code !== 0x5c) end++
      else if (ESCAPE.test(text)) end = ESCAPE.lastIndex
      else return undefined
    }
    const quoted = text.slice(position, end + 1)
    position = end + 1
    return quoted
  }
  /** Reads `"name":` of the innermost object. */
  function member(level: Level): JsonFault | undefined {
    level.token = undefined
    const quoted = takeString()
    if (quoted === undefined) return unexpected('a member name in double quotes')
    const name = JSON.parse(quoted) as string
    level.token = name
    take(SPACE)
    if (text[position] !== ':') return unexpected('":"')
    if (level.names?.has(name)) return fault('duplicate', 'the member stands twice in its object')
    level.names?.add(name)
    position++
    return undefined
  }

  for (;;) {
    // A value begins here.
    take(SPACE)
    const opening = text[position]
    if (opening === '{' || opening === '[') {
      if (levels.length === maxDepth) return fault('depth', `more than ${maxDepth} levels of arrays and objects`)
      position++
      take(SPACE)
      const level: Level = { names: opening === '{' ? new Set() : undefined, token: undefined }
      levels.push(level)
      if (text[position] !== (opening === '{' ? '}' : ']')) {
        if (opening === '[') level.token = 0
        const found = opening === '{' ? member(level) : undefined
        if (found) return found
        continue
      }
      position++
      levels.pop()
    } else if (opening === '"') {
      if (takeString() === undefined) return unexpected('a complete string, control characters escaped,')
    } else if (!take(NUMBER) && !take(LITERAL)) {
      return unexpected('a value')
    }

    // A value has ended: close what closes, until the next one begins.
    for (;;) {
      take(SPACE)
      const level = levels.at(-1)
      if (level === undefined) return position === text.length ? undefined : unexpected('nothing more')
      if (text[position] === ',') {
        position++
        take(SPACE)
        if (typeof level.token === 'number') level.token++
        const found = level.names === undefined ? undefined : member(level)
        if (found) return found
        break
      }
      if (text[position] !== (level.names === undefined ? ']' : '}'))
        return unexpected(level.names === undefined ? '"," or "]"' : '"," or "}"')
      position++
      levels.pop()
    }
  }
}
