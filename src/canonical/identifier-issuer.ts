/**
 * The Issue Identifier algorithm: RDFC-1.0 section 4.5.
 *
 * @module
 */
import type { BlankNode } from './dataset.js'

/** The canonical issuer, of which there is one for a dataset, and never a copy. */
export class CanonicalIssuer {
  /** By blank node. */
  readonly identifiers: (string | undefined)[]
  /** In the order of issue. */
  readonly issued: BlankNode[] = []

  constructor(blankNodes: number) {
    this.identifiers = new Array(blankNodes)
  }

  issue(node: BlankNode): void {
    if (this.identifiers[node] !== undefined) return
    this.identifiers[node] = `_:c14n${this.issued.length}`
    this.issued.push(node)
  }

  get(node: BlankNode): string | undefined {
    return this.identifiers[node]
  }
}

/** An issuer of temporary identifiers. */
export class IdentifierIssuer {
  readonly #prefix: string
  /** In the order of issue, which is what counts when they are issued anew. */
  readonly #identifiers: Map<BlankNode, string>

  constructor(prefix: string, from?: IdentifierIssuer) {
    this.#prefix = prefix
    this.#identifiers = from === undefined ? new Map() : new Map(from.#identifiers)
  }

  /** The identifier of the node: the one that it has, or a new one. */
  issue(node: BlankNode): string {
    const known = this.#identifiers.get(node)
    if (known !== undefined) return known
    const identifier = this.#prefix + this.#identifiers.size
    this.#identifiers.set(node, identifier)
    return identifier
  }

  get(node: BlankNode): string | undefined {
    return this.#identifiers.get(node)
  }

  get issued(): Iterable<BlankNode> {
    return this.#identifiers.keys()
  }

  get size(): number {
    return this.#identifiers.size
  }

  copy(): IdentifierIssuer {
    return new IdentifierIssuer(this.#prefix, this)
  }
}
