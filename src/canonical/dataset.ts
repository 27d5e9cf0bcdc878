/**
 * RDF datasets (RDF 1.1 Concepts section 4), as columns: quad `i` is `subjects[i] predicates[i] objects[i] graphs[i]`.
 *
 * @module
 */

import type { RankedPredicate } from './predicate-order.js'

/** A blank node: its number, from 0, in the order in which the document names them. */
export type BlankNode = number
/** IRIs and literals are their N-Quads text: `<https://example.org/>`, `"text"@en`. */
export type Term = string | BlankNode

/** The graph column of a quad of the default graph. */
export const DEFAULT_GRAPH = ''

export interface Dataset {
  readonly subjects: readonly Term[]
  /** N-Quads text, always an IRI. */
  readonly predicates: readonly string[]
  readonly objects: readonly Term[]
  /** `DEFAULT_GRAPH` or the graph's name. */
  readonly graphs: readonly Term[]
  /** How many blank nodes there are. */
  readonly blankNodes: number
  /** The predicates with their order by code units. Absent where nobody knows it. */
  readonly ranked?: readonly RankedPredicate[]
  /**
   * For each blank node, the object of the document that it stands for; of a cell of a list, the array. Selective disclosure
   * finds the nodes of a part in the whole by it. Absent on the general path, where the objects are jsonld's own.
   */
  readonly origins?: readonly object[]
}
