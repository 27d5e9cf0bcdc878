/**
 * Which proofs of a badge may be shown. VCALM, "Unknown Proof Types": a proof that is not understood could be a base proof of some
 * suite with selective disclosure, which holds secrets of the holder.
 *
 * @module
 */

import { UsageError } from '../errors.js'
import { isObject } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { SecuredCredential, VerifiableCredential } from '../model/types.js'
import type { ProofSuite } from '../proof/suite.js'
import { listOf } from './message.js'

/** The credential with those of its proofs that the suites know. Throws UsageError `usage.unknown_proof` where none is left. */
export function withKnownProofs(
  secured: SecuredCredential<VerifiableCredential>,
  suites: readonly ProofSuite[],
): SecuredCredential<VerifiableCredential> {
  if (typeof secured === 'string') return secured
  const document = secured as unknown as JsonObject
  const proofs = listOf(document.proof)
  const known = proofs.filter((proof) => isObject(proof) && suites.some(({ names }) => names.includes(nameOf(proof))))
  if (known.length === proofs.length && known.length > 0) return secured
  if (known.length === 0)
    throw new UsageError(
      'usage.unknown_proof',
      `a badge (${shown(document.id, 100)}) has no proof of a suite that is known here, and one that is not understood is not shown: it could be the holder's alone. Give its suite in "suites"`,
    )
  const proof: Json = known.length === 1 ? (known[0] as Json) : known
  return { ...document, proof } as unknown as SecuredCredential<VerifiableCredential>
}

/** Empty, which no suite is called, where it has no name. */
function nameOf({ cryptosuite, type }: JsonObject): string {
  const name = typeof cryptosuite === 'string' ? cryptosuite : type
  return typeof name === 'string' ? name : ''
}
