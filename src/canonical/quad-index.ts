/**
 * The canonicalization state (RDFC-1.0 section 4.2): the quads of a dataset, each once, by the blank nodes they have.
 *
 * Quads are numbers, their places in the dataset's columns. They are kept in groups with one subject, in the order in which their
 * lines stand in canonical N-Quads; so most of what the algorithm sorts is sorted once, here. The order of lines is that of
 * their components, for no component's text begins with the whole text of another one and goes on with a character below the
 * space that follows it.
 *
 * @module
 */
import { type BlankNode, type Dataset, DEFAULT_GRAPH, type Term } from './dataset.js'
import { compareCodeUnits } from './nquads.js'
import type { RankedPredicate } from './predicate-order.js'

/** Negative where `a` is first, as for Array.prototype.sort. */
export type Order = (a: string, b: string) => number

/** A quad: its place in the dataset. */
export type Quad = number

/** The quads with an IRI as subject. */
export interface IriGroup {
  readonly subject: string
  readonly quads: readonly Quad[]
}

export class QuadIndex {
  readonly dataset: Dataset
  readonly order: Order
  /** In the order of the dataset. */
  readonly ofIri: readonly IriGroup[]
  /** The quads that have a blank node as subject, by its number. */
  readonly ofNode: readonly (readonly Quad[])[]
  /** The other quads that it occurs in, as object or graph name. */
  readonly withNode: readonly (readonly Quad[])[]
  /** Of quads of the default graph that have no blank node as object: their lines without the subject. */
  readonly tails: readonly (string | undefined)[]
  /** The blank nodes that occur in a quad. */
  readonly blankNodes: readonly BlankNode[]
  /** Undefined where `order` is not theirs. */
  readonly #ranked: readonly RankedPredicate[] | undefined

  constructor(dataset: Dataset, order: Order) {
    const { subjects, objects, graphs, blankNodes } = dataset
    this.dataset = dataset
    this.order = order
    this.#ranked = order === compareCodeUnits ? dataset.ranked : undefined
    const ofIri: { subject: string; quads: Quad[] }[] = []
    const byIri = new Map<string, Quad[]>()
    const ofNode: Quad[][] = []
    const withNode: Quad[][] = []
    for (let node = 0; node < blankNodes; node++) {
      ofNode.push([])
      withNode.push([])
    }
    // Quads of one subject mostly follow one another, and have one and the same text.
    let last: Term = ''
    let group: Quad[] = []
    for (let quad = 0; quad < subjects.length; quad++) {
      const subject = subjects[quad] as Term
      if (subject !== last) {
        last = subject
        const known: Quad[] | undefined = typeof subject === 'number' ? ofNode[subject] : byIri.get(subject)
        group = known ?? []
        if (known === undefined) {
          byIri.set(subject as string, group)
          ofIri.push({ subject: subject as string, quads: group })
        }
      }
      group.push(quad)
    }
    for (const { quads } of ofIri) this.#sortAndDeduplicate(quads)
    for (const quads of ofNode) this.#sortAndDeduplicate(quads)
    const tails: (string | undefined)[] = new Array(subjects.length)
    const finish = (quad: Quad): void => {
      const subject = subjects[quad]
      const object = objects[quad]
      const graph = graphs[quad]
      if (typeof object === 'number') {
        if (object !== subject) withNode[object]?.push(quad)
      } else if (graph === DEFAULT_GRAPH) tails[quad] = `${this.predicateText(quad)}${object} .\n`
      if (typeof graph === 'number' && graph !== subject && graph !== object) withNode[graph]?.push(quad)
    }
    for (const { quads } of ofIri) for (const quad of quads) finish(quad)
    for (const quads of ofNode) for (const quad of quads) finish(quad)
    const nodes: BlankNode[] = []
    for (let node = 0; node < blankNodes; node++)
      if ((ofNode[node] as Quad[]).length > 0 || (withNode[node] as Quad[]).length > 0) nodes.push(node)
    this.ofIri = ofIri
    this.ofNode = ofNode
    this.withNode = withNode
    this.tails = tails
    this.blankNodes = nodes
  }

  /** The quads that a blank node occurs in. */
  quadsOf(node: BlankNode): readonly Quad[] {
    return [...(this.ofNode[node] as readonly Quad[]), ...(this.withNode[node] as readonly Quad[])]
  }

  /** The predicate with a space on either side. */
  predicateText(quad: Quad): string {
    const { ranked, predicates } = this.dataset
    return ranked === undefined ? ` ${predicates[quad]} ` : (ranked[quad] as RankedPredicate).text
  }

  /** The order of two quads with one subject; 0 only for one and the same quad. */
  #compare(a: Quad, b: Quad): number {
    const { predicates, objects, graphs } = this.dataset
    const byPredicate = this.#ranked
      ? (this.#ranked[a] as RankedPredicate).rank - (this.#ranked[b] as RankedPredicate).rank
      : this.order(predicates[a] as string, predicates[b] as string)
    if (byPredicate !== 0) return byPredicate
    return (
      this.#compareTerms(objects[a] as Term, objects[b] as Term) ||
      this.#compareTerms(graphs[a] as Term, graphs[b] as Term)
    )
  }

  /** Blank nodes have no identifiers yet: they come last, in any order. */
  #compareTerms(a: Term, b: Term): number {
    if (a === b) return 0
    if (typeof a === 'number') return typeof b === 'number' ? a - b : 1
    return typeof b === 'number' ? -1 : this.order(a, b)
  }

  /** A dataset is a set: what is said twice is said once. Groups are short, and often nearly in order. */
  #sortAndDeduplicate(group: Quad[]): void {
    if (group.length > LONG) group.sort((a, b) => this.#compare(a, b))
    let kept = 0
    for (const quad of group) {
      let place = kept
      let compared = 1
      while (place > 0) {
        compared = this.#compare(quad, group[place - 1] as Quad)
        if (compared >= 0) break
        place--
      }
      if (compared === 0) continue
      for (let next = kept++; next > place; next--) group[next] = group[next - 1] as Quad
      group[place] = quad
    }
    if (kept < group.length) group.length = kept
  }
}

/** From here on it is sorted beforehand: inserting one by one is quadratic. */
const LONG = 24
