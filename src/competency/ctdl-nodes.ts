/**
 * The nodes of a JSON-LD document as the Registry publishes it: from graphs, arrays of files, and the Registry's envelopes. Statements about one id
 * are statements about one node (JSON-LD 1.1 API, node map generation).
 *
 * @module
 */

import { decodeBase64url } from '../internal/base64url.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { isSameJson } from '../internal/json-equal.js'
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { CtdlNode } from './ctdl-types.js'
import { canonicalUri } from './identifiers.js'
import { isArray, type Reading } from './reading.js'

/** The URIs of a member: texts, or objects with `@id`. */
export function refs(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (isArray(value)) return value.flatMap((item) => refs(item))
  return isObject(value) && typeof value['@id'] === 'string' ? [value['@id']] : []
}

const MAX_DEPTH = 64

/**
 * What is in the Registry's envelopes (`decoded_resource`, else the payload of the JWT `resource`, whose signature nobody asks about), and in
 * requests to publish (`GraphInput`).
 */
export function withoutEnvelopes(value: Json): Json {
  if (isArray(value)) {
    const inner = value.map((item) => withoutEnvelopes(item))
    return inner.some((item, index) => item !== value[index]) ? inner : value
  }
  if (!isObject(value) || value['@graph'] !== undefined || value['@type'] !== undefined) return value
  const { decoded_resource: decoded = value.GraphInput, resource } = value
  if (isObject(decoded) || isArray(decoded)) return decoded
  return (typeof resource === 'string' ? payloadOf(resource) : undefined) ?? value
}

function payloadOf(jwt: string): Json | undefined {
  const bytes = decodeBase64url(jwt.split('.')[1] ?? '')
  const text = bytes && decodeUtf8(bytes)
  if (text === undefined) return undefined
  try {
    return parseJson(text, { maxDepth: MAX_DEPTH })
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}

/** Each object of the document's graphs, with its place. */
export function nodesIn(reading: Reading, value: Json, place: string): { value: JsonObject; place: string }[] {
  if (isArray(value)) return value.flatMap((item, index) => nodesIn(reading, item, pointer(place, index)))
  const node = reading.object(value, place, 'a node')
  if (node === undefined) return []
  const graph = node['@graph']
  return graph === undefined ? [{ value: node, place }] : nodesIn(reading, graph, pointer(place, '@graph'))
}

/** Nodes with one id are one node, with all that is said of it. */
export function mergedNodes(nodes: readonly CtdlNode[]): CtdlNode[] {
  const merged = new Map<string, CtdlNode>()
  for (const node of nodes) {
    const key = canonicalUri(node.id)
    const other = merged.get(key)
    merged.set(key, other === undefined ? node : { id: other.id, value: together(other.value, node.value) })
  }
  return [...merged.values()]
}

function together(a: JsonObject, b: JsonObject): JsonObject {
  const result: { [member: string]: Json } = { ...a }
  for (const [member, value] of Object.entries(b)) {
    const known = Object.hasOwn(a, member) ? (a[member] as Json) : undefined
    if (member === '@id' || isSameJson(known, value)) continue
    result[member] = known === undefined ? value : union(known, value)
  }
  return result
}

function union(a: Json, b: Json): Json {
  if (isLanguageMap(a) && isLanguageMap(b)) return together(a, b)
  const [all, more] = [a, b].map((each) => (isArray(each) ? each : [each])) as [readonly Json[], readonly Json[]]
  return [...all, ...more.filter((item) => !all.some((each) => isSameJson(each, item)))]
}

function isLanguageMap(value: Json): value is JsonObject {
  return isObject(value) && Object.keys(value).every((name) => !name.startsWith('@') && !name.includes(':'))
}
