/**
 * Canonical N-Quads: RDFC-1.0 section 5.
 *
 * @module
 */
import { type BlankNode, DEFAULT_GRAPH, type Term } from './dataset.js'
import type { Quad, QuadIndex } from './quad-index.js'
import { sortShort } from './short-sort.js'

/** The quads with these identifiers for blank nodes, sorted. `issued`: the nodes in the order of their numbers. */
export function serialize(
  index: QuadIndex,
  identifiers: readonly (string | undefined)[],
  issued: readonly BlankNode[],
): string {
  const writer = new Writer(index, identifiers)
  let text = ''
  // IRIs stand before blank nodes.
  for (const { subject, quads } of sortShort([...index.ofIri], (a, b) => index.order(a.subject, b.subject)))
    text += writer.group(subject, quads)
  // From eleven on, numbers are not in the order of their texts: 0, 1, 10, 2. Each is followed by those that begin with it.
  const write = (number: number): void => {
    const node = issued[number]
    if (node === undefined) return
    text += writer.group(identifiers[node] as string, index.ofNode[node] as readonly Quad[])
    if (number > 0) for (let digit = 0; digit < 10; digit++) write(number * 10 + digit)
  }
  for (let digit = 0; digit < 10; digit++) write(digit)
  return text
}

class Writer {
  readonly #index: QuadIndex
  readonly #identifiers: readonly (string | undefined)[]

  constructor(index: QuadIndex, identifiers: readonly (string | undefined)[]) {
    this.#index = index
    this.#identifiers = identifiers
  }

  /** The quads of one subject. They are sorted but for the blank nodes among their objects, whose identifiers are new. */
  group(subject: string, quads: readonly Quad[]): string {
    const { predicates } = this.#index.dataset
    const { tails } = this.#index
    let text = ''
    for (let place = 0; place < quads.length; place++) {
      const quad = quads[place] as Quad
      const tail = tails[quad]
      if (tail !== undefined) {
        text += subject + tail
        continue
      }
      // From here to the end of the predicate the order is open.
      let end = place + 1
      while (end < quads.length && predicates[quads[end] as Quad] === predicates[quad]) end++
      const lines: string[] = []
      for (; place < end; place++) lines.push(this.#line(subject, quads[place] as Quad))
      place--
      text += lines.length === 1 ? lines[0] : sortShort(lines, this.#index.order).join('')
    }
    return text
  }

  #line(subject: string, quad: Quad): string {
    const { objects, graphs } = this.#index.dataset
    const line = subject + this.#index.predicateText(quad) + this.#text(objects[quad] as Term)
    const graph = graphs[quad] as Term
    return graph === DEFAULT_GRAPH ? `${line} .\n` : `${line} ${this.#text(graph)} .\n`
  }

  #text(term: Term): string {
    return typeof term === 'number' ? (this.#identifiers[term] as string) : term
  }
}
