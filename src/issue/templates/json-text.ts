/**
 * The JSON of documents that differ from one another in some texts only: what stands between those is written once.
 *
 * @module
 */
import type { JsonObject } from '../../internal/types.js'
import { copyOf } from './known-parts.js'

/** Where a text stands in a document: names and indexes. */
export type Path = readonly (string | number)[]

/** Puts a text into its place. */
export function put(document: JsonObject, path: Path, text: string): void {
  let parent = document as unknown as { [step: string | number]: unknown }
  const last = path.length - 1
  for (let index = 0; index < last; index++) parent = parent[path[index] as string] as typeof parent
  parent[path[last] as string] = text
}

export class JsonText {
  /** What stands before each text, and behind the last one: all but the brace that ends the document. */
  readonly #pieces: readonly string[]
  /** Which text stands behind each piece but the last. */
  readonly #slots: readonly number[]

  /** `document` is plain JSON with members; all `paths` lead to texts in it. */
  constructor(document: JsonObject, paths: readonly Path[]) {
    let mark = 'text'
    const json = JSON.stringify(document)
    while (json.includes(mark)) mark += '~'
    const marked = copyOf(document)
    for (const [slot, path] of paths.entries()) put(marked, path, `${mark}${slot}`)
    const parts = JSON.stringify(marked)
      .slice(0, -1)
      .split(new RegExp(`"${mark}(\\d+)"`))
    this.#pieces = parts.filter((_, index) => index % 2 === 0)
    this.#slots = parts.filter((_, index) => index % 2 === 1).map(Number)
  }

  /**
   * `JSON.stringify(extended)`, sooner where that is the document with these texts, and more members behind its own.
   */
  extended(document: JsonObject, extended: JsonObject, texts: readonly string[]): string {
    const added = addedTo(document, extended)
    if (added === undefined) return JSON.stringify(extended)
    let json = this.#pieces[0] as string
    for (let index = 0; index < this.#slots.length; index++)
      json += quoted(texts[this.#slots[index] as number] as string) + this.#pieces[index + 1]
    for (const name of added) {
      const value = JSON.stringify(extended[name]) as string | undefined
      if (value !== undefined) json += `,${JSON.stringify(name)}:${value}`
    }
    return `${json}}`
  }
}

/** ASCII that stands for itself in JSON. */
const PLAIN = /^[ !#-[\]-~]*$/
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text))

/** The names of the members that stand behind those of `document`. Undefined where others are not as they are there. */
function addedTo(document: JsonObject, extended: JsonObject): readonly string[] | undefined {
  const names = Object.keys(extended)
  let next = 0
  for (const name in document) {
    if (names[next++] !== name || extended[name] !== document[name]) return undefined
  }
  return names.includes('toJSON') ? undefined : names.slice(next)
}
