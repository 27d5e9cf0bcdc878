/**
 * The statements of a document, each of which can be signed, and withheld, by itself: lines of canonical N-Quads in which the
 * blank nodes have labels that say nothing about what is withheld (vc-di-ecdsa section 3.4,
 * "labelReplacementCanonicalizeNQuads").
 *
 * @module
 */
import { type Dataset, DEFAULT_GRAPH, type Term } from '../canonical/dataset.js'
import { compareCodePoints, compareCodeUnits } from '../canonical/nquads.js'
import { encodeBase64url } from '../internal/base64url.js'
import { encodeUtf8 } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { hmacSha256 } from '../platform/hmac.js'

/** The statements about each blank node of a dataset; undefined for one that no quad has. */
export type Labels = readonly (Bytes | undefined)[]

/** "createHmacIdLabelMapFunction": what is hashed is the canonical identifier without its `_:`. */
export function hmacLabels(identifiers: readonly (string | undefined)[], key: Bytes): Labels {
  return identifiers.map((identifier) =>
    identifier === undefined ? undefined : hmacSha256(key, encodeUtf8(identifier.slice(2))),
  )
}

/** The number in `_:c14n7` ("compressLabelMap"). */
export const canonicalNumber = (identifier: string): number => Number(identifier.slice('_:c14n'.length))

/** In code point order, each once, with its line end. */
export function statementsOf(dataset: Dataset, labels: Labels): string[] {
  const { subjects, predicates, objects, graphs } = dataset
  const names = labels.map((label) => (label === undefined ? '' : `_:u${encodeBase64url(label)}`))
  const text = (term: Term | undefined) => (typeof term === 'number' ? (names[term] as string) : (term as string))
  const lines = new Set<string>()
  for (const [quad, predicate] of predicates.entries()) {
    const graph = graphs[quad] as Term
    const line = `${text(subjects[quad])} ${predicate} ${text(objects[quad])}`
    lines.add(graph === DEFAULT_GRAPH ? `${line} .\n` : `${line} ${text(graph)} .\n`)
  }
  const sorted = [...lines]
  // As in canonicalize.ts: the standard's order is that of code points, the faster one is the same without surrogates.
  return sorted.sort(sorted.some((line) => SURROGATES.test(line)) ? compareCodePoints : compareCodeUnits)
}

const SURROGATES = /[\ud800-\udfff]/
