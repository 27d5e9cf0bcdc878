/**
 * JWTs in a presentation. VCDM 1.1 presents them as texts (section 6.3.1), which JSON-LD takes for relative references and drops.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import { versionOf } from './upgrade.js'

/**
 * For who asks what the JSON means, where the JSON itself is signed: a VCDM 1.1 presentation in which something stands for each JWT, so that the places of all
 * others stay. Any other document is itself.
 */
export function withoutJwts(document: JsonObject): JsonObject {
  const { verifiableCredential } = document
  if (verifiableCredential === undefined || versionOf(document) !== '1.1') return document
  const standIn = (each: Json, index: number): Json =>
    typeof each === 'string' ? { id: `urn:x-jwt:${index}`, type: 'VerifiableCredential' } : each
  return {
    ...document,
    verifiableCredential: Array.isArray(verifiableCredential)
      ? (verifiableCredential as readonly Json[]).map(standIn)
      : standIn(verifiableCredential as Json, 0),
  }
}
