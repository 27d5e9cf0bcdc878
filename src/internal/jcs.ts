/**
 * The JSON Canonicalization Scheme, RFC 8785.
 *
 * @module
 */
import canonicalize from 'canonicalize'
import { snapshotJson } from './json-snapshot.js'
import type { Json } from './types.js'

/**
 * The canonical text: members sorted by UTF-16 code units, numbers as ECMAScript writes them. Throws `JsonError` with its place
 * for what is no I-JSON: numbers that are not finite, lone surrogates. The depth is the caller's to bound, by having read the
 * value with `parseJson` or `snapshotJson`.
 */
export function canonicalJson(value: Json): string {
  try {
    return canonicalize(value) as string
  } catch (cause) {
    snapshotJson(value, { maxDepth: 1000 }) // throws, with the place
    throw cause
  }
}
