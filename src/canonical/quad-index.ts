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

/** Negative where `a` is first, as for Array.prototype.sort. */
export type Order = (a: string, b: string) => number

/** A quad: its place in the dataset. */
export type Quad = number

export class QuadIndex {
  readonly dataset: Dataset
  readonly order: Order
  /** By IRI. */
  readonly ofIri: ReadonlyMap<string, readonly Quad[]>
  /** The quads that have a blank node as subject, by its number. */
  readonly ofNode: readonly (readonly Quad[])[]
  /** The other quads that it occurs in, as object or graph name. */
  readonly withNode: readonly (readonly Quad[])[]
  /** Of quads of the default graph that have no blank node as object: their lines without the subject. */
  readonly tails: readonly string[]
  /** Are all quads in the default graph? */
  readonly oneGraph: boolean
  readonly #ranks: readonly number[] | undefined

  constructor(dataset: Dataset, order: Order) {
    const { subjects, predicates, objects, graphs, blankNodes } = dataset
    this.dataset = dataset
    this.order = order
    this.#ranks = order === compareCodeUnits ? dataset.ranks : undefined
    const ofIri = new Map<string, Quad[]>()
    const ofNode: Quad[][] = lists(blankNodes)
    for (let quad = 0; quad < subjects.length; quad++) {
      const subject = subjects[quad] as Term
      if (typeof subject === 'number') ofNode[subject]?.push(quad)
      else {
        const group = ofIri.get(subject)
        if (group === undefined) ofIri.set(subject, [quad])
        else group.push(quad)
      }
    }
    const withNode: Quad[][] = lists(blankNodes)
    const tails: string[] = new Array(subjects.length)
    let oneGraph = true
    const finish = (group: Quad[]): void => {
      this.#sortAndDeduplicate(group)
      for (const quad of group) {
        const subject = subjects[quad]
        const object = objects[quad]
        const graph = graphs[quad]
        if (typeof object === 'number' && object !== subject) withNode[object]?.push(quad)
        if (graph === DEFAULT_GRAPH) {
          if (typeof object === 'string') tails[quad] = ` ${predicates[quad]} ${object} .\n`
          continue
        }
        oneGraph = false
        if (typeof graph === 'number' && graph !== subject && graph !== object) withNode[graph]?.push(quad)
      }
    }
    for (const group of ofIri.values()) finish(group)
    for (const group of ofNode) finish(group)
    this.ofIri = ofIri
    this.ofNode = ofNode
    this.withNode = withNode
    this.tails = tails
    this.oneGraph = oneGraph
  }

  /** The blank nodes that occur in a quad. */
  get blankNodes(): BlankNode[] {
    const nodes: BlankNode[] = []
    for (const [node, quads] of this.ofNode.entries())
      if (quads.length > 0 || (this.withNode[node] as readonly Quad[]).length > 0) nodes.push(node)
    return nodes
  }

  /** The quads that a blank node occurs in. */
  quadsOf(node: BlankNode): readonly Quad[] {
    return [...(this.ofNode[node] as readonly Quad[]), ...(this.withNode[node] as readonly Quad[])]
  }

  /** The order of two quads with one subject; 0 only for one and the same quad. */
  #compare(a: Quad, b: Quad): number {
    const { predicates, objects, graphs } = this.dataset
    const byPredicate = this.#ranks
      ? (this.#ranks[a] as number) - (this.#ranks[b] as number)
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
    else
      for (let next = 1; next < group.length; next++) {
        const quad = group[next] as Quad
        let place = next
        while (place > 0 && this.#compare(group[place - 1] as Quad, quad) > 0) {
          group[place] = group[place - 1] as Quad
          place--
        }
        group[place] = quad
      }
    let kept = 1
    for (let index = 1; index < group.length; index++) {
      const quad = group[index] as Quad
      if (this.#compare(group[kept - 1] as Quad, quad) !== 0) group[kept++] = quad
    }
    if (group.length > kept) group.length = kept
  }
}

/** From here on a sort that is not quadratic. */
const LONG = 24

function lists(length: number): Quad[][] {
  const made: Quad[][] = []
  for (let index = 0; index < length; index++) made.push([])
  return made
}
