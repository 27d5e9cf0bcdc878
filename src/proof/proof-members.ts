/**
 * A proof without its value: what all suites write alike. VC Data Integrity section 2.1.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { isAbsoluteUri } from '../model/schemas/blocks.js'
import { formatDateTime } from './rfc3339.js'
import type { PrepareOptions } from './suite.js'

/** `kind` is the proof's type, and its cryptosuite where it has one. Throws UsageError `usage.invalid_option`. */
export function proofMembers(kind: JsonObject, document: JsonObject, options: PrepareOptions): JsonObject {
  const { id, expires, domain, challenge } = options
  if (id !== undefined) refuseId(id, document)
  return {
    ...(id === undefined ? {} : { id }),
    ...kind,
    created: formatDateTime(options.created),
    ...(expires === undefined ? {} : { expires: formatDateTime(expires) }),
    verificationMethod: options.verificationMethod,
    proofPurpose: options.purpose,
    ...(domain === undefined ? {} : { domain }),
    ...(challenge === undefined ? {} : { challenge }),
  }
}

/** An id names one thing: a proof that builds on it, or a reader of the graph, could take either of two. */
function refuseId(id: string, document: JsonObject): void {
  if (typeof id !== 'string' || !isAbsoluteUri(id))
    throw new UsageError(
      'usage.invalid_option',
      `"proof.id" is an absolute URL, such as "urn:uuid:…" with a UUID, not ${shown(id)}`,
    )
  if (id === document.id)
    throw new UsageError('usage.invalid_option', `"proof.id" is the document's own id, ${id}: give the proof another`)
  if (proofsOf(document).some((one) => (one as JsonObject | null)?.id === id))
    throw new UsageError('usage.invalid_option', `"proof.id": the document has a proof with the id ${id} already`)
}

/** The proofs that a document has already: none, one or several. */
export function proofsOf({ proof }: JsonObject): readonly Json[] {
  return proof === undefined ? [] : Array.isArray(proof) ? proof : [proof as Json]
}
