/**
 * A caller's object as plain JSON. After this nothing can change under the library's hands, run code when it is read, or
 * serialize to something else than was checked.
 *
 * @module
 */
import { JsonError, type JsonFaultKind } from './json-error.js'
import { pointerOf } from './json-pointer.js'
import type { Json } from './types.js'
import { isWellFormed } from './well-formed.js'

interface Bounds {
  readonly maxDepth: number
  /**
   * A lower bound of the JSON text, in characters: names and strings count their length, and every value one. Default 1 Mi.
   * An object that refers to its parts over and over is small in memory and unbounded in text.
   */
  readonly maxSize?: number
}

interface SnapshotWalk {
  readonly maxDepth: number
  readonly maxSize: number
  size: number
  /** The objects around the value that is being copied. */
  readonly around: object[]
  /** Where that value stands: made a pointer only when something is wrong with it. */
  readonly path: (string | number)[]
}

/**
 * A deep copy in plain objects and arrays, own enumerable string members only, in their order. Members that are undefined are
 * dropped, as JSON.stringify does. All else that JSON cannot say is a `JsonError` of kind `not_json` with its place: undefined
 * or holes in arrays, functions (a `toJSON` too), symbols, bigints, numbers that are not finite, lone surrogates, cycles,
 * instances of classes, members that throw when read. Also `depth`, `size` and `forbidden_member`.
 *
 * Each member is read once, so that a getter or a proxy cannot show two faces.
 */
export function snapshotJson(value: unknown, { maxDepth, maxSize = 1024 * 1024 }: Bounds): Json {
  return copy(value, { maxDepth, maxSize, size: 0, around: [], path: [] })
}

function copy(value: unknown, walk: SnapshotWalk): Json {
  grow(walk, 1)
  switch (typeof value) {
    case 'string':
      grow(walk, value.length)
      if (!isWellFormed(value)) throw notJson(walk, 'a lone surrogate is no text')
      return value
    case 'number':
      if (!Number.isFinite(value)) throw notJson(walk, `${value} is no JSON number`)
      return value === 0 ? 0 : value // JSON.stringify writes -0 as 0
    case 'boolean':
      return value
    case 'object':
      return value === null ? null : copyObject(value, walk)
    case 'undefined':
      throw notJson(walk, 'undefined is no JSON value')
    default:
      throw notJson(walk, `a ${typeof value} is no JSON value`)
  }
}

function copyObject(value: object, walk: SnapshotWalk): Json {
  if (walk.around.includes(value)) throw notJson(walk, 'the object contains itself')
  if (walk.around.length === walk.maxDepth)
    throw fault(walk, 'depth', `more than ${walk.maxDepth} levels of arrays and objects`)
  walk.around.push(value)
  const result = isArray(value, walk) ? copyArray(value, walk) : copyMembers(value, walk)
  walk.around.pop()
  return result
}

function copyArray(value: readonly unknown[], walk: SnapshotWalk): Json {
  const result: Json[] = []
  const length = read(value, 'length', walk) as number
  for (let index = 0; index < length; index++) {
    walk.path.push(index)
    if (!hasOwn(value, index, walk)) throw notJson(walk, 'the array has a hole here')
    result.push(copy(read(value, index, walk), walk))
    walk.path.pop()
  }
  return result
}

function copyMembers(value: object, walk: SnapshotWalk): Json {
  const instance = instanceOf(value, walk)
  if (instance !== undefined) throw notJson(walk, instance)
  const result: { [member: string]: Json } = {}
  for (const name of namesOf(value, walk)) {
    if (!isWellFormed(name)) throw notJson(walk, 'a member name has a lone surrogate')
    walk.path.push(name)
    if (name === '__proto__') throw fault(walk, 'forbidden_member', 'a member "__proto__" is refused')
    const member = read(value, name, walk)
    if (member !== undefined) {
      grow(walk, name.length)
      result[name] = copy(member, walk)
    }
    walk.path.pop()
  }
  return result
}

// The caller's object may be a proxy or have getters, and either may throw anything: every look at it goes through these.

function read(value: object, name: string | number, walk: SnapshotWalk): unknown {
  try {
    return (value as { readonly [member: string | number]: unknown })[name]
  } catch (cause) {
    throw threw(walk, cause)
  }
}

function namesOf(value: object, walk: SnapshotWalk): string[] {
  try {
    return Object.keys(value)
  } catch (cause) {
    throw threw(walk, cause)
  }
}

function hasOwn(value: object, name: string | number, walk: SnapshotWalk): boolean {
  try {
    return Object.hasOwn(value, name)
  } catch (cause) {
    throw threw(walk, cause)
  }
}

function isArray(value: object, walk: SnapshotWalk): value is readonly unknown[] {
  try {
    return Array.isArray(value)
  } catch (cause) {
    throw threw(walk, cause)
  }
}

/**
 * What is wrong with an instance of a class. Undefined for a plain object: one without a prototype, or whose prototype has none,
 * as `Object.prototype` in every realm.
 */
function instanceOf(value: object, walk: SnapshotWalk): string | undefined {
  try {
    const prototype = Object.getPrototypeOf(value) as object | null
    if (prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null)
      return undefined
    if (value instanceof Date) return 'a Date is no JSON value: use toISOString()'
    if (value instanceof URL) return 'a URL object is no JSON value: use its href'
    if (value instanceof Promise) return 'a Promise is no JSON value: await it first'
    if (ArrayBuffer.isView(value)) return 'bytes are no JSON value: encode them as text'
    return 'an instance of a class is no JSON value: give a plain object'
  } catch (cause) {
    throw threw(walk, cause)
  }
}

function grow(walk: SnapshotWalk, by: number): void {
  walk.size += by
  if (walk.size > walk.maxSize) throw fault(walk, 'size', `more than ${walk.maxSize} characters`)
}

function fault({ path }: SnapshotWalk, kind: JsonFaultKind, message: string, options?: ErrorOptions): JsonError {
  return new JsonError({ kind, pointer: pointerOf(path), message }, options)
}

function notJson(walk: SnapshotWalk, message: string): JsonError {
  return fault(walk, 'not_json', message)
}

function threw(walk: SnapshotWalk, cause: unknown): JsonError {
  return fault(walk, 'not_json', 'reading this member threw an error', { cause })
}
