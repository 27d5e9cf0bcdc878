/**
 * An object of the view of what a document states.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import type { Told } from './node-groups.js'

/** An object of the view, and what the contexts say of its members. */
export class StatedNode implements Told {
  readonly stated: Record<string, Json> = {}
  readonly graph: object
  readonly #iris = new Map<string, string>()
  readonly #joined = new Map<string, Json[]>()
  readonly #lists = new Set<string>()
  readonly #references = new Set<string>()

  constructor(graph: object) {
    this.graph = graph
  }

  /** Two names from elsewhere may have one IRI: then they are one member. */
  add(
    name: string,
    value: Json,
    { iri, isList, isReference }: { iri: string | null; isList?: boolean; isReference?: boolean },
  ): void {
    const before = Object.hasOwn(this.stated, name) ? (this.stated[name] as Json) : undefined
    // Many names may have one IRI: an array that was made for them takes the next value as it is.
    const joined = this.#joined.get(name)
    if (joined !== undefined) for (const each of [value].flat() as Json[]) joined.push(each)
    else if (before === undefined) define(this.stated, name, value)
    else {
      const items = [before, value].flat() as Json[]
      this.#joined.set(name, items)
      define(this.stated, name, items)
    }
    if (iri !== null) this.#iris.set(name, iri)
    if (isList) this.#lists.add(name)
    if (isReference) this.#references.add(name)
  }

  iriOf(name: string): string {
    return this.#iris.get(name) ?? name
  }
  isList(name: string): boolean {
    return this.#lists.has(name)
  }
  isReference(name: string): boolean {
    return this.#references.has(name)
  }
}

/** Also a member that is called `__proto__`. */
export function define(object: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
}
