/**
 * A badge as a wallet holds it.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import type { SecuredCredential, VerifiableCredential } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'

/** What `importBadges` and `decodeCredential` give; with the report of `verifyCredential`, where there is one. */
export interface HeldBadge {
  readonly unverified: VerifiableCredential
  readonly secured: SecuredCredential<VerifiableCredential>
  /** Of this badge; of a base proof of ecdsa-sd-2023, of what `discloseBadge` derives from it. */
  readonly report?: VerificationReport<VerifiableCredential>
}

/** The JSON of an embedded credential; of a JWT, what was read from it. */
export function documentOf({ secured, unverified }: HeldBadge): JsonObject {
  return (typeof secured === 'string' ? unverified : secured) as unknown as JsonObject
}

export function withoutProof(document: JsonObject): JsonObject {
  const { proof: _, ...rest } = document
  return rest
}

/** Undefined only for a disclosure of a badge whose issuer left it to the holder to say who issued it. */
export function issuerId({ issuer }: Partial<Pick<VerifiableCredential, 'issuer'>>): string | undefined {
  return typeof issuer === 'string' ? issuer : issuer?.id
}
