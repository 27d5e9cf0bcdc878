/**
 * The proof that a holder derives a disclosure from (vc-di-ecdsa section 3.5.1).
 *
 * @module
 */

import { UsageError } from '../errors.js'
import { listOf } from '../internal/json-object.js'
import type { JsonObject } from '../internal/types.js'
import type { ProofSuite } from '../proof/suite.js'

export interface BaseProof {
  readonly proof: JsonObject
  readonly derive: NonNullable<ProofSuite['derive']>
}

/** Throws UsageError `usage.no_base_proof`, `usage.several_base_proofs`: which of several would be a guess, since what each makes mandatory differs. */
export function findBaseProof({ proof }: JsonObject, suites: readonly ProofSuite[]): BaseProof {
  const found = listOf(proof).flatMap((each): BaseProof[] => {
    const { type, cryptosuite } = (each ?? {}) as JsonObject
    const suite = suites.find(({ names }) => names.includes((cryptosuite ?? type) as string))
    return suite?.derive === undefined ? [] : [{ proof: each as JsonObject, derive: suite.derive.bind(suite) }]
  })
  const [first] = found
  if (first === undefined)
    throw new UsageError(
      'usage.no_base_proof',
      'the credential has no proof to derive from: it must be signed with ecdsa-sd-2023',
    )
  if (found.length > 1)
    throw new UsageError(
      'usage.several_base_proofs',
      `the credential has ${found.length} proofs to derive from: leave one of them in "proof"`,
    )
  return first
}
