/**
 * Derived proofs: vc-di-ecdsa sections 3.5.4 and 3.6.6.
 *
 * @module
 */
import type { CanonicalContext } from '../canonical/types.js'
import { invalidOption, UsageError } from '../errors.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import { plain } from '../model/parse.js'
import type { Proof } from '../model/types.js'
import { canonical, findIndivisible, type Stated, state, statePart } from './sd-divide.js'
import { importProofKey } from './sd-key.js'
import { expectPointers, missingPointers, refuseProof } from './sd-problems.js'
import { type BaseProofValue, kindOfProofValue, readBaseProofValue, writeDerivedProofValue } from './sd-proof-value.js'
import { canonicalNumber } from './sd-statements.js'

/**
 * The document with what is mandatory and what `reveal` names, and with the derived proof as its only one: proofs of the whole
 * do not verify a part.
 *
 * Throws UsageError `usage.no_base_proof`, `usage.unknown_pointer`, `usage.indivisible_pointer`; ParseError `parse.proof` where
 * the proof is broken or not of this document.
 */
export async function deriveProof(
  input: object,
  proof: Proof,
  reveal: readonly string[],
  context: CanonicalContext,
): Promise<object> {
  const { proof: _, ...document } = plain(input, 'credential') as JsonObject
  expectPointers(reveal, document, 'reveal')
  if (kindOfProofValue(proof.proofValue) === 'derived')
    throw new UsageError(
      'usage.no_base_proof',
      'this proof has been derived already: derive from the credential as its issuer gave it',
    )
  const value = readBaseProofValue(proof.proofValue, context.limits.documentBytes)
  if (typeof value === 'string') throw refuseProof(value)
  const missing = missingPointers(value.mandatoryPointers, document)
  if (missing[0] !== undefined)
    throw refuseProof(`it makes "${missing[0].slice(0, 100)}" mandatory, which the document does not have`)
  const whole = await state(document, value.hmacKey, context)
  const mandatory = await statePart(whole, value.mandatoryPointers, context)
  if (mandatory === undefined) throw refuseProof('what it makes mandatory is part of a list, or of a JSON literal')
  const pointers = [...value.mandatoryPointers, ...reveal]
  if (pointers.length === 0)
    throw invalidOption('reveal', 'is empty, and the issuer made nothing mandatory: name something')
  const part = await statePart(whole, pointers, context)
  if (part === undefined)
    throw new UsageError(
      'usage.indivisible_pointer',
      `"${await findIndivisible(whole, reveal, context)}" cannot be revealed by itself: it leads into a list or a JSON literal, which is revealed as a whole. Name all of it`,
    )
  const proofValue = writeDerivedProofValue({
    baseSignature: value.baseSignature,
    publicKey: value.publicKey,
    labels: labelsForVerifier(part, context),
    ...(await divide(whole, new Set(mandatory.statements), part, value)),
  })
  return { ...part.document, proof: { ...proof, proofValue } }
}

/** The verifier knows the blank nodes by the canonical identifiers of the part that it sees. */
function labelsForVerifier({ dataset, labels }: Stated, context: CanonicalContext): ReadonlyMap<number, Bytes> {
  const map = new Map<number, Bytes>()
  for (const [node, identifier] of canonical(dataset, context).identifiers.entries())
    if (identifier !== undefined) map.set(canonicalNumber(identifier), labels[node] as Bytes)
  return map
}

/**
 * The signatures of what is revealed, and the places of what is mandatory. The issuer's own signature cannot be checked without
 * the issuer's key; these can, and whoever holds a broken credential should not learn it from a verifier.
 */
async function divide(
  whole: Stated,
  mandatory: ReadonlySet<string>,
  part: Stated,
  { publicKey, signatures }: BaseProofValue,
): Promise<{ readonly signatures: readonly Bytes[]; readonly mandatoryIndexes: readonly number[] }> {
  const others = whole.statements.filter((each) => !mandatory.has(each))
  if (others.length !== signatures.length)
    throw refuseProof(
      `it has ${signatures.length} signatures, and the document makes ${others.length} statements that are not mandatory: the document was changed after it was signed`,
    )
  const verify = await importProofKey(publicKey)
  if (verify === undefined) throw refuseProof('its public key is not a point of P-256')
  const revealed = new Set(part.statements)
  const chosen: Bytes[] = []
  for (const [index, statement] of others.entries()) {
    if (!revealed.has(statement)) continue
    const signature = signatures[index] as Bytes
    if (!(await verify(statement, signature)))
      throw refuseProof('its signatures do not match: the document was changed after it was signed')
    chosen.push(signature)
  }
  return {
    signatures: chosen,
    mandatoryIndexes: part.statements.flatMap((each, index) => (mandatory.has(each) ? [index] : [])),
  }
}
