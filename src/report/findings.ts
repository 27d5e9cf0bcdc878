/**
 * Every outcome a check can have, in one table: a code has exactly one status, whoever reports it and wherever.
 * Nothing else in the library derives a status from a code or a code from a message.
 *
 * @module
 */

/** How a finding weighs on its check. A `note` never does. */
export type FindingStatus = 'valid' | 'invalid' | 'indeterminate' | 'skipped' | 'note'

/** What one code means. */
export interface FindingRow {
  readonly status: FindingStatus
  /** True where asking again later may settle it: something was unreachable, not wrong. */
  readonly retry?: true
  /** The ProblemDetails type of VCDM 2.0 section 7.3 or of Bitstring Status List section 3.5, where one fits. */
  readonly problem?: string
}

const VC = 'https://www.w3.org/TR/vc-data-model#'
const DI = 'https://w3id.org/security#'
const STATUS = 'https://www.w3.org/ns/credentials/status-list#'

const valid = { status: 'valid' } as const
const skipped = { status: 'skipped' } as const
const invalid = { status: 'invalid' } as const
const indeterminate = { status: 'indeterminate' } as const
const unreachable = { status: 'indeterminate', retry: true } as const
const note = { status: 'note' } as const
const malformed = { status: 'invalid', problem: `${VC}MALFORMED_VALUE_ERROR` } as const
const unparsable = { status: 'invalid', problem: `${VC}PARSING_ERROR` } as const
const unverified = { status: 'invalid', problem: `${DI}PROOF_VERIFICATION_ERROR` } as const

/** The closed set of finding codes; each is given for one status only. */
export const FINDINGS = {
  // What the document is.
  'format.parsed': valid,
  'format.malformed': unparsable,
  'format.unsupported': unparsable,
  'format.no_badge_in_image': invalid,
  'format.not_open_badge': invalid,
  'format.too_large': unparsable,
  'format.too_deep': unparsable,
  'format.duplicate_member': unparsable,

  // Does it follow the data model?
  'schema.conforms': valid,
  'schema.not_applicable': skipped,
  'schema.mismatch': malformed,
  'schema.undefined_term': malformed,
  'schema.declared_mismatch': malformed,
  'schema.unknown_context': unreachable,
  'schema.blocked': indeterminate,
  'schema.limit': indeterminate,
  'schema.timeout': unreachable,
  'schema.older_context': note,
  'schema.outside_vocabulary': note,
  'schema.shorthand': note,
  'schema.semantic': note,
  'schema.declared_unreachable': note,

  // Whose key signed it, and may it speak for the issuer?
  'key.resolved': valid,
  'key.not_asked': skipped,
  'key.not_found': { status: 'invalid', problem: `${DI}INVALID_VERIFICATION_METHOD` },
  'key.not_issuer': { status: 'invalid', problem: `${DI}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID` },
  'key.not_authorized': { status: 'invalid', problem: `${DI}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD` },
  'key.revoked': unverified,
  'key.expired': unverified,
  'key.unusable': { status: 'invalid', problem: `${DI}INVALID_VERIFICATION_METHOD` },
  'key.unreachable': unreachable,
  'key.method_unsupported': indeterminate,
  'key.blocked': indeterminate,
  'key.limit': indeterminate,
  'key.timeout': unreachable,
  'key.self_asserted': note,
  'key.other_controller': note,

  // Does the signature verify, over all that is read?
  'proof.verified': valid,
  'proof.not_asked': skipped,
  'proof.missing': unverified,
  'proof.mismatch': unverified,
  'proof.malformed': unverified,
  'proof.suite_forbidden': unverified,
  'proof.purpose_mismatch': unverified,
  'proof.claims_mismatch': unverified,
  'proof.expired': unverified,
  'proof.not_yet': unverified,
  'proof.ambiguous_member': unverified,
  'proof.not_derived': unverified,
  'proof.too_complex': { status: 'invalid', problem: `${DI}PROOF_TRANSFORMATION_ERROR` },
  'proof.challenge_mismatch': { status: 'invalid', problem: `${DI}INVALID_CHALLENGE_ERROR` },
  'proof.domain_mismatch': { status: 'invalid', problem: `${DI}INVALID_DOMAIN_ERROR` },
  'proof.suite_unsupported': indeterminate,
  'proof.blocked': indeterminate,
  'proof.limit': indeterminate,
  'proof.timeout': unreachable,
  'proof.claim_absent': note,
  'proof.co_signer_unresolved': note,

  // Is there a newer version? Open Badges 3.0 section 9.2 step 3.
  'refresh.current': valid,
  'refresh.refreshed': valid,
  'refresh.absent': skipped,
  'refresh.failed': unreachable,
  'refresh.type_unsupported': indeterminate,
  'refresh.blocked': indeterminate,
  'refresh.limit': indeterminate,
  'refresh.timeout': unreachable,

  'validity.current': valid,
  'validity.not_yet': invalid,
  'validity.expired': invalid,
  'validity.blocked': indeterminate,
  'validity.no_offset': note,

  'status.active': valid,
  'status.absent': skipped,
  'status.revoked': invalid,
  'status.suspended': invalid,
  'status.unreachable': { status: 'indeterminate', retry: true, problem: `${STATUS}STATUS_RETRIEVAL_ERROR` },
  'status.list_untrusted': { status: 'indeterminate', problem: `${STATUS}STATUS_VERIFICATION_ERROR` },
  'status.list_malformed': { status: 'indeterminate', problem: `${STATUS}MALFORMED_VALUE_ERROR` },
  'status.list_stale': { status: 'indeterminate', retry: true, problem: `${STATUS}STATUS_VERIFICATION_ERROR` },
  'status.purpose_mismatch': { status: 'indeterminate', problem: `${STATUS}STATUS_VERIFICATION_ERROR` },
  'status.index_out_of_range': { status: 'indeterminate', problem: `${STATUS}RANGE_ERROR` },
  'status.type_unsupported': indeterminate,
  'status.blocked': indeterminate,
  'status.limit': indeterminate,
  'status.timeout': unreachable,
  'status.message': note,
  'status.list_short': note,
  'status.list_other_issuer': note,
  'status.list_unsigned': note,

  'issuer.trusted': valid,
  'issuer.not_asked': skipped,
  'issuer.untrusted': invalid,
  'issuer.unauthenticated': indeterminate,
  'issuer.registry_unreachable': unreachable,
  'issuer.blocked': indeterminate,
  'issuer.limit': indeterminate,
  'issuer.timeout': unreachable,

  'recipient.matched': valid,
  'recipient.not_asked': skipped,
  'recipient.mismatch': invalid,
  'recipient.incomparable': indeterminate,
  'recipient.blocked': indeterminate,

  'endorsements.all_valid': valid,
  'endorsements.absent': skipped,
  'endorsements.some_invalid': invalid,
  'endorsements.limit': indeterminate,
  'endorsements.timeout': unreachable,
  'endorsements.blocked': indeterminate,
  'endorsements.unrelated': note,

  // A presentation's: is who presents it whom the badges were awarded to?
  'holder.matched': valid,
  'holder.not_asked': skipped,
  'holder.mismatch': invalid,
  'holder.incomparable': indeterminate,
  'holder.blocked': indeterminate,
  'holder.limit': indeterminate,
  'holder.timeout': unreachable,
} as const satisfies Readonly<Record<string, FindingRow>>

/** A key of `FINDINGS`. */
export type FindingCode = keyof typeof FINDINGS
/** The codes of one check. */
export type CodeOf<Id extends string> = Extract<FindingCode, `${Id}.${string}`>

/** True where the same badge may get another answer later: a list, key or registry that could not be reached. */
export function isRetryable(code: FindingCode): boolean {
  return (FINDINGS[code] as FindingRow | undefined)?.retry === true
}
