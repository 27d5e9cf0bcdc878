/**
 * A badge as a wallet holds it.
 *
 * @module
 */
import { type Kind, open, record } from '../internal/members.js'
import type { JsonObject } from '../internal/types.js'
import type { SecuredCredential, VerifiableCredential } from '../model/types.js'
import { check } from '../report/demand-report.js'
import type { VerificationReport } from '../report/report.js'

/** What `importBadges` and `decodeCredential` give; with the report of `verifyCredential`, where there is one. */
export interface HeldBadge {
  readonly unverified: VerifiableCredential
  readonly secured: SecuredCredential<VerifiableCredential>
  /** The report on this badge; for a base proof of ecdsa-sd-2023, on what `discloseBadge` derives from it. */
  readonly report?: VerificationReport<VerifiableCredential>
}

/** What a wallet asks of one: who reads more of it judges more. */
const REPORT = open({ checks: open({ key: check, proof: check }, ['key', 'proof']) }, ['checks'])

export const heldBadge: Kind = (value, path) => {
  const { unverified, secured, report } = (record(value, path) === undefined ? value : {}) as Partial<HeldBadge>
  if (record(unverified, path) === undefined && (typeof secured === 'string' || record(secured, path) === undefined))
    return report === undefined ? undefined : REPORT(report, `${path}.report`)
  return { path, says: 'is what importBadges or decodeCredential gives: { unverified, secured }' }
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
