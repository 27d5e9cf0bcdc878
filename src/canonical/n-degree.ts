/**
 * Hash Related Blank Node and Hash N-Degree Quads: RDFC-1.0 sections 4.7 and 4.8. The only part whose cost can grow beyond all
 * measure, so every step is counted.
 *
 * @module
 */
import type { TextHash } from '../platform/hash.js'
import type { Budget } from './budget.js'
import { CanonicalizationError } from './canonicalization-error.js'
import type { BlankNode, Term } from './dataset.js'
import { type CanonicalIssuer, IdentifierIssuer } from './identifier-issuer.js'
import type { Quad, QuadIndex } from './quad-index.js'

export interface NDegreeResult {
  readonly hash: string
  /** Issued in the order in which canonical identifiers are to be issued. */
  readonly issuer: IdentifierIssuer
}

/** How far one node may be told from its like by others: the call stack holds some thousands. */
const MAX_DEPTH = 1000

export class NDegree {
  readonly #index: QuadIndex
  readonly #firstDegree: readonly string[]
  readonly #canonical: CanonicalIssuer
  readonly #hash: TextHash
  readonly #maxSteps: number
  readonly #budget: Budget
  #steps = 0
  #depth = 0

  constructor(
    index: QuadIndex,
    firstDegree: readonly string[],
    canonical: CanonicalIssuer,
    hash: TextHash,
    maxSteps: number,
    budget: Budget,
  ) {
    this.#index = index
    this.#firstDegree = firstDegree
    this.#canonical = canonical
    this.#hash = hash
    this.#maxSteps = maxSteps
    this.#budget = budget
  }

  /** Section 4.4.3 steps 5.2.2 to 5.2.4. */
  start(node: BlankNode): NDegreeResult {
    const issuer = new IdentifierIssuer('_:b')
    issuer.issue(node)
    return this.#hashNDegreeQuads(node, issuer)
  }

  /** Section 4.8.3. */
  #hashNDegreeQuads(node: BlankNode, pathIssuer: IdentifierIssuer): NDegreeResult {
    if (++this.#depth > MAX_DEPTH) throw this.#tooComplex()
    let issuer = pathIssuer
    // 1 to 3
    const related = this.#relatedByHash(node, issuer)
    // 4, 5
    let dataToHash = ''
    for (const hash of [...related.keys()].sort()) {
      const chosen = this.#chosenPath(related.get(hash) as BlankNode[], issuer)
      dataToHash += hash + chosen.path
      issuer = chosen.issuer
    }
    // 6
    this.#depth--
    return { hash: this.#hash(dataToHash), issuer }
  }

  /** Section 4.8.3 step 3: the blank nodes that share a quad with `node`. */
  #relatedByHash(node: BlankNode, issuer: IdentifierIssuer): Map<string, BlankNode[]> {
    const related = new Map<string, BlankNode[]>()
    const add = (term: Term, quad: Quad, position: 's' | 'o' | 'g'): void => {
      if (typeof term === 'string' || term === node) return
      const hash = this.#hashRelatedBlankNode(term, quad, issuer, position)
      const nodes = related.get(hash)
      if (nodes === undefined) related.set(hash, [term])
      else nodes.push(term)
    }
    const { subjects, objects, graphs } = this.#index.dataset
    for (const quad of this.#index.quadsOf(node)) {
      add(subjects[quad] as Term, quad, 's')
      add(objects[quad] as Term, quad, 'o')
      add(graphs[quad] as Term, quad, 'g')
    }
    return related
  }

  /** Section 4.7.3. */
  #hashRelatedBlankNode(related: BlankNode, quad: Quad, issuer: IdentifierIssuer, position: 's' | 'o' | 'g'): string {
    this.#spend(1)
    const identifier = this.#canonical.get(related) ?? issuer.get(related) ?? (this.#firstDegree[related] as string)
    return this.#hash(
      position === 'g' ? position + identifier : position + this.#index.dataset.predicates[quad] + identifier,
    )
  }

  /** Section 4.8.3 steps 5.2 to 5.4: of all orders of the nodes, the one with the least path. */
  #chosenPath(nodes: readonly BlankNode[], issuer: IdentifierIssuer): { path: string; issuer: IdentifierIssuer } {
    let chosen: { path: string; issuer: IdentifierIssuer } | undefined
    for (const permutation of permutations(nodes)) {
      const candidate = this.#path(permutation, issuer, chosen?.path)
      if (candidate !== undefined && (chosen === undefined || candidate.path < chosen.path)) chosen = candidate
    }
    return chosen as { path: string; issuer: IdentifierIssuer }
  }

  /** Section 4.8.3 steps 5.4.1 to 5.4.5; undefined as soon as the path cannot be the least. Paths are ASCII. */
  #path(
    permutation: readonly BlankNode[],
    issuer: IdentifierIssuer,
    least = '',
  ): { path: string; issuer: IdentifierIssuer } | undefined {
    // Copies and permutations cost as much as they are long.
    this.#spend(1 + (issuer.size + permutation.length) / 16)
    let copy = issuer.copy()
    let path = ''
    const recursionList: BlankNode[] = []
    // 5.4.4
    for (const related of permutation) {
      const canonical = this.#canonical.get(related)
      if (canonical !== undefined) path += canonical
      else {
        if (copy.get(related) === undefined) recursionList.push(related)
        path += copy.issue(related)
      }
      if (least !== '' && path > least) return undefined
    }
    // 5.4.5
    for (const related of recursionList) {
      const result = this.#hashNDegreeQuads(related, copy)
      path += `${copy.issue(related)}<${result.hash}>`
      copy = result.issuer
      if (least !== '' && path > least) return undefined
    }
    return { path, issuer: copy }
  }

  #spend(steps: number): void {
    this.#steps += steps
    if (this.#steps > this.#maxSteps) throw this.#tooComplex()
    this.#budget.spend('steps', steps)
  }

  #tooComplex(): CanonicalizationError {
    return new CanonicalizationError(
      'too_complex',
      `the document has too many nodes without id that look alike: telling them apart takes more than ${this.#maxSteps} steps`,
    )
  }
}

/** All orders, one at a time, in lexicographic order of places: there can be more than memory holds. */
function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  const order = [...items.keys()]
  while (true) {
    yield order.map((place) => items[place] as T)
    // The last place that is followed by a greater one changes with the least greater one behind it; the rest is turned round.
    let pivot = order.length - 2
    while (pivot >= 0 && (order[pivot] as number) > (order[pivot + 1] as number)) pivot--
    if (pivot < 0) return
    let other = order.length - 1
    while ((order[other] as number) < (order[pivot] as number)) other--
    const greater = order[other] as number
    order[other] = order[pivot] as number
    order[pivot] = greater
    order.push(...order.splice(pivot + 1).reverse())
  }
}
