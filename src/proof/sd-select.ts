/**
 * Selecting a part of a document by JSON Pointers (vc-di-ecdsa section 3.4, "selectJsonLd"): what the pointers name, with the
 * `id` and `type` of every object on the way, and the contexts. Pointers into arrays keep the array, without the other items.
 *
 * @module
 */
import { parsePointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'

export interface Selection {
  readonly document: JsonObject
  /** For each object or array that was cut down, the one it was cut from. All others are the document's own. */
  readonly sources: ReadonlyMap<object, object>
}

/** What is selected of a value: all of it, or some of its members or items. */
type Choice = 'all' | Map<string, Choice>

/** All pointers must name something; see `missingPointers`. The members keep their order, whatever that of the pointers is. */
export function select(document: JsonObject, pointers: readonly string[]): Selection {
  const root: Map<string, Choice> = new Map()
  let choice: Choice = root
  for (const pointer of pointers) {
    const tokens = parsePointer(pointer) ?? []
    if (tokens.length === 0) choice = 'all'
    // Contexts are always there, and never in parts: without one of them the others could mean something else.
    else if (tokens[0] !== '@context') choose(root, tokens)
  }
  const sources = new Map<object, object>()
  return { document: cut(document, choice, sources) as JsonObject, sources }
}

function choose(root: Map<string, Choice>, tokens: readonly string[]): void {
  let at = root
  for (const [index, token] of tokens.entries()) {
    const known = at.get(token)
    if (known === 'all') return
    if (index === tokens.length - 1) at.set(token, 'all')
    else {
      const next = known ?? new Map<string, Choice>()
      at.set(token, next)
      at = next
    }
  }
}

function cut(value: Json, choice: Choice, sources: Map<object, object>): Json {
  if (choice === 'all' || typeof value !== 'object' || value === null) return value
  const part = Array.isArray(value) ? cutArray(value, choice, sources) : cutObject(value as JsonObject, choice, sources)
  sources.set(part as object, value)
  return part
}

function cutArray(array: readonly Json[], choice: Map<string, Choice>, sources: Map<object, object>): Json {
  return array.flatMap((item, index) => {
    const chosen = choice.get(String(index))
    return chosen === undefined ? [] : [cut(item, chosen, sources)]
  })
}

function cutObject(object: JsonObject, choice: Map<string, Choice>, sources: Map<object, object>): Json {
  const part: { [member: string]: Json } = {}
  for (const [name, value] of Object.entries(object)) {
    const chosen = ALWAYS.has(name) ? 'all' : choice.get(name)
    if (chosen !== undefined) part[name] = cut(value, chosen, sources)
  }
  return part
}

/**
 * "createInitialSelection", which sees `@id` and `@type` as `id` and `type` because it looks at a compacted document. Contexts
 * are no statements, and without them the names would mean something else.
 */
const ALWAYS: ReadonlySet<string> = new Set(['@context', 'id', '@id', 'type', '@type'])
