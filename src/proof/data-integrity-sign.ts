/**
 * Making a proof of VC Data Integrity 1.0: the half of a suite that verifiers do without.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { encodeBase58btc } from '../internal/base58btc.js'
import { shallowCopy } from '../internal/shallow-copy.js'
import type { JsonObject, MaybePromise } from '../internal/types.js'
import type { DataIntegrityRow, HashData } from './data-integrity-row.js'
import { refuseCanonicalization, refuseProblems } from './problems.js'
import { proofMembers, proofsOf } from './proof-members.js'
import type { PreparedProof, PrepareOptions } from './suite.js'

/** `hashData` is what the suite signs for a document and a proof without its value. Throws UsageError, ParseError. */
export async function prepareProof(
  row: DataIntegrityRow,
  document: JsonObject,
  options: PrepareOptions,
  hashData: (document: JsonObject, proof: JsonObject) => MaybePromise<HashData>,
): Promise<PreparedProof> {
  const proof = createProof(row, document, options)
  const data = await signData(() => hashData(withPrevious(document, options.previousProof), proof))
  if ('problems' in data) throw refuseProblems(data.problems)
  return {
    data: data.bytes,
    complete: (signature) => {
      const complete = shallowCopy(proof)
      complete.proofValue = `z${encodeBase58btc(signature)}`
      return withProof(document, complete)
    },
  }
}

/** vc-di-eddsa section 3.2.1 and its siblings: the options without the proof value. */
function createProof(row: DataIntegrityRow, document: JsonObject, options: PrepareOptions): JsonObject {
  const { previousProof, mandatoryPointers } = options
  if (mandatoryPointers !== undefined) {
    throw invalidOption('proof.mandatoryPointers', `is for selective disclosure: ${row.names[0]} always reveals all`)
  }
  const [name] = row.names
  const proof = proofMembers(row.ownType ? [name] : ['DataIntegrityProof', name], document, options)
  if (previousProof !== undefined) proof.previousProof = previousProof
  // JCS signs the proof's JSON, contexts included (vc-di-eddsa section 3.3.1 step 2).
  return row.transformation === 'jcs' && document['@context'] !== undefined
    ? { '@context': document['@context'], ...proof }
    : proof
}

/**
 * What is hashed is without proofs, so that the proofs of a set do not depend on each other; a proof that builds on another
 * one secures that too (VC Data Integrity section 4.2, "Add Proof Set/Chain"; the proofs are a list there, which JCS sees).
 */
function withPrevious(document: JsonObject, previousProof: string | undefined): JsonObject {
  if (document.proof === undefined && previousProof === undefined) return document
  const { proof: _, ...bare } = document
  if (previousProof !== undefined) {
    const previous = proofsOf(document).filter((one) => (one as JsonObject | null)?.id === previousProof)
    if (previous.length > 0) return { ...bare, proof: previous }
    throw invalidOption('proof.previousProof', `: the document has no proof with the id "${previousProof}"`)
  }
  return bare
}

/** Appends to the proofs that are there: one proof stays an object, as most verifiers expect. */
function withProof(document: JsonObject, proof: JsonObject): JsonObject {
  const present = proofsOf(document)
  const secured = shallowCopy(document)
  secured.proof = present.length === 0 ? proof : [...present, proof]
  return secured
}

/** To sign: a document that has no canonical form is the caller's to mend. */
async function signData(hashData: () => MaybePromise<HashData>): Promise<HashData> {
  try {
    return await hashData()
  } catch (error) {
    throw refuseCanonicalization(error)
  }
}
