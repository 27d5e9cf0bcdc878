/**
 * A proof without its value: what all suites write alike. VC Data Integrity section 2.1.
 *
 * @module
 */

import { invalidOption } from '../errors.js'
import { listOf } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { isAbsoluteUri } from '../model/schemas/blocks.js'
import { formatDateTime } from './rfc3339.js'
import type { PrepareOptions } from './suite.js'

/** Throws UsageError `usage.invalid_option`. */
export function proofMembers(
  [type, cryptosuite]: readonly [type: string, cryptosuite?: string],
  document: JsonObject,
  options: PrepareOptions,
): { [member: string]: Json } {
  const { id, expires, domain, challenge } = options
  if (id !== undefined) refuseId(id, document)
  // One by one, in the order in which they are written: see shallow-copy.ts.
  const proof: { [member: string]: Json } = {}
  if (id !== undefined) proof.id = id
  proof.type = type
  if (cryptosuite !== undefined) proof.cryptosuite = cryptosuite
  proof.created = formatDateTime(options.created)
  if (expires !== undefined) proof.expires = formatDateTime(expires)
  proof.verificationMethod = options.verificationMethod
  proof.proofPurpose = options.purpose
  if (domain !== undefined) proof.domain = domain
  if (challenge !== undefined) proof.challenge = challenge
  return proof
}

/** An id names one thing: a proof that builds on it, or a reader of the graph, could take either of two. */
function refuseId(id: string, document: JsonObject): void {
  if (typeof id !== 'string' || !isAbsoluteUri(id))
    throw invalidOption('proof.id', `is an absolute URL, such as "urn:uuid:…" with a UUID, not ${shown(id)}`)
  if (id === document.id) throw invalidOption('proof.id', `is the document's own id, ${id}: give the proof another`)
  if (proofsOf(document).some((one) => (one as JsonObject | null)?.id === id))
    throw invalidOption('proof.id', `: the document has a proof with the id ${id} already`)
}

/** The proofs that a document has already: none, one or several. */
export function proofsOf({ proof }: JsonObject): readonly Json[] {
  return listOf(proof)
}
