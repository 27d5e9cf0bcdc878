/**
 * Hash First Degree Quads: RDFC-1.0 section 4.6.
 *
 * @module
 */
import type { TextHash } from '../platform/hash.js'
import { type BlankNode, DEFAULT_GRAPH, type Term } from './dataset.js'
import type { Quad, QuadIndex } from './quad-index.js'

/** The hash of each of the nodes, by its number. */
export function hashFirstDegreeQuads(index: QuadIndex, nodes: readonly BlankNode[], hash: TextHash): string[] {
  const hashes: string[] = new Array(index.dataset.blankNodes)
  // Nothing to be told from, and no order to find.
  if (nodes.length === 1) return hashes.fill('')
  for (const node of nodes) hashes[node] = hash(textInOrder(index, node) ?? sortedText(index, node))
  return hashes
}

/** Steps 1 to 4: the quads of the node, which is `_:a` among others that are all `_:z`, sorted. */
function sortedText(index: QuadIndex, node: BlankNode): string {
  const { subjects, objects, graphs } = index.dataset
  const text = (term: Term): string => (typeof term === 'string' ? term : term === node ? '_:a' : '_:z')
  const lines = index.quadsOf(node).map((quad) => {
    const line = text(subjects[quad] as Term) + index.predicateText(quad) + text(objects[quad] as Term)
    const graph = graphs[quad] as Term
    return graph === DEFAULT_GRAPH ? `${line} .\n` : `${line} ${text(graph)} .\n`
  })
  return lines.sort(index.order).join('')
}

/**
 * The same without sorting, for a node that one quad at most has as its object, none as its graph, and whose quads are in one
 * graph: `<...>` comes before `_:a`, which comes before `_:z`, and the quads of the node itself are in order already.
 */
function textInOrder(index: QuadIndex, node: BlankNode): string | undefined {
  const { subjects, objects, graphs } = index.dataset
  const others = index.withNode[node] as readonly Quad[]
  if (others.length > 1) return undefined
  const own = index.ofNode[node] as readonly Quad[]
  const graph = graphs[(own[0] ?? others[0]) as Quad] as Term
  if (graph === node) return undefined
  const end = graph === DEFAULT_GRAPH ? ' .\n' : ` ${typeof graph === 'number' ? '_:z' : graph} .\n`
  let text = ''
  let after = ''
  for (const quad of others) {
    if (graphs[quad] !== graph) return undefined
    const subject = subjects[quad] as Term
    if (typeof subject === 'string') text = `${subject}${index.predicateText(quad)}_:a${end}`
    else after = `_:z${index.predicateText(quad)}_:a${end}`
  }
  for (const quad of own) {
    const object = objects[quad] as Term
    // A node that refers to itself is `_:a` there too, and not in order.
    if (object === node || graphs[quad] !== graph) return undefined
    const tail = index.tails[quad]
    if (tail !== undefined) text += `_:a${tail}`
    else text += `_:a${index.predicateText(quad)}${typeof object === 'string' ? object : '_:z'}${end}`
  }
  return text + after
}
