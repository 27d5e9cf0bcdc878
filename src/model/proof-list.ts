/**
 * How a badge's proofs are written.
 *
 * @module
 */
import { shallowCopy } from '../internal/shallow-copy.js'
import type { JsonObject } from '../internal/types.js'
import { credentialKind } from './credential-kind.js'

/**
 * An Open Badge or an endorsement with its proofs as a list, also where it is one: the only form that both of 1EdTech's schemas
 * take (the strict one wants an array). Any other credential stays as it is: VC Data Integrity section 2.1 has one proof as
 * an object, and no schema of status lists or other credentials asks for more. A signature does not cover this.
 */
export function listProofs(secured: JsonObject): JsonObject {
  const { proof } = secured
  if (proof === undefined || Array.isArray(proof) || credentialKind(secured) === 'credential') return secured
  const listed = shallowCopy(secured)
  listed.proof = [proof]
  return listed
}
