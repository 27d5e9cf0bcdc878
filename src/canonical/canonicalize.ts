/**
 * RDF Dataset Canonicalization, RDFC-1.0. The numbers in the comments are the steps of section 4.4.3.
 *
 * @module
 */
import { isWellFormed } from '../internal/well-formed.js'
import { type TextHash, textHash } from '../platform/hash.js'
import { Budget } from './budget.js'
import { CanonicalizationError } from './canonicalization-error.js'
import type { BlankNode, Dataset } from './dataset.js'
import { hashFirstDegreeQuads } from './first-degree.js'
import { CanonicalIssuer } from './identifier-issuer.js'
import { NDegree } from './n-degree.js'
import { compareCodePoints, compareCodeUnits } from './nquads.js'
import { type Order, QuadIndex } from './quad-index.js'
import { serialize } from './serialize.js'
import { sortShort } from './short-sort.js'
import type { CanonicalizeOptions } from './types.js'

/** The serialized canonical form (section 1.1). Throws CanonicalizationError. */
export function canonicalize(dataset: Dataset, options: CanonicalizeOptions): string {
  return canonicalForm(dataset, options).nquads
}

export interface CanonicalForm {
  /** Canonical N-Quads. */
  readonly nquads: string
  /** The issued identifiers map: of each blank node, `_:c14n0` and so on; undefined for one that no quad has. */
  readonly identifiers: readonly (string | undefined)[]
}

/** As `canonicalize`, with what selective disclosure needs besides. */
export function canonicalForm(dataset: Dataset, options: CanonicalizeOptions): CanonicalForm {
  const form = inOrder(dataset, options, compareCodeUnits)
  if (!SURROGATES.test(form.nquads)) return form
  if (!isWellFormed(form.nquads))
    throw new CanonicalizationError('ill_formed', 'the document has a lone surrogate, which no UTF-8 text can have')
  return inOrder(dataset, options, compareCodePoints)
}

/** Characters that a step of N-degree hashing pays for itself, or that have been paid for when they were written. */
const USUAL = 512
/** Bytes that are taken to have been sent where nobody says. */
const ALONE = 1_048_576

/** The standard's order is that of code points. That of code units is faster, and the same as long as there are none of these. */
const SURROGATES = /[\ud800-\udfff]/

function inOrder(
  dataset: Dataset,
  { hash: algorithm, maxSteps, budget = new Budget({ bytes: ALONE, steps: maxSteps }) }: CanonicalizeOptions,
  order: Order,
): CanonicalForm {
  const hashed = textHash(algorithm)
  const hash: TextHash = (text) => {
    if (text.length > USUAL) budget.spend('characters', text.length - USUAL)
    return hashed(text)
  }
  // 1, 2
  const index = new QuadIndex(dataset, order)
  const nodes = index.blankNodes.slice()
  // 3
  const hashes = hashFirstDegreeQuads(index, nodes, hash)
  sortShort(nodes, (a, b) => compareCodeUnits(hashes[a] as string, hashes[b] as string))
  // 4
  const canonical = new CanonicalIssuer(dataset.blankNodes)
  const alike: BlankNode[][] = []
  for (let first = 0; first < nodes.length; ) {
    const node = nodes[first] as BlankNode
    let end = first + 1
    while (end < nodes.length && hashes[nodes[end] as BlankNode] === hashes[node]) end++
    if (end === first + 1) canonical.issue(node)
    else alike.push(nodes.slice(first, end))
    first = end
  }
  // 5
  if (alike.length > 0) {
    const nDegree = new NDegree(index, hashes, canonical, hash, maxSteps, budget)
    for (const group of alike) {
      const results = []
      for (const node of group) if (canonical.get(node) === undefined) results.push(nDegree.start(node))
      results.sort((a, b) => compareCodeUnits(a.hash, b.hash))
      for (const { issuer } of results) for (const node of issuer.issued) canonical.issue(node)
    }
  }
  // 6, 7
  const { identifiers, issued } = canonical
  return { nquads: serialize(index, identifiers, issued), identifiers }
}
