/**
 * Findings and checks. A check's status is computed from its findings and never set by hand.
 *
 * @module
 */
import { type CodeOf, FINDINGS, type FindingCode, type FindingRow } from './findings.js'

/** `skipped`: there was nothing to check, or the caller did not ask. */
export type CheckStatus = 'valid' | 'invalid' | 'indeterminate' | 'skipped'

/** One thing a check found out. Evidence names URLs, digests, indexes and key ids, never personal data. */
export interface Finding<Id extends string = string> {
  /** A key of `FINDINGS`; stable. */
  readonly code: CodeOf<Id>
  /** For people; may be reworded in any release. */
  readonly message: string
  /** A remark: never changes its check's status. */
  readonly note?: true
  /** RFC 6901, into the credential. */
  readonly pointer?: string
  readonly evidence?: Readonly<Record<string, string | number | boolean>>
}

/** What one check found: at least one finding, also when it passed. */
export interface Check<Id extends string = string> {
  readonly status: CheckStatus
  readonly findings: readonly [Finding<Id>, ...Finding<Id>[]]
}

/** Makes a finding; `note` follows from the table. Member by member: it is made a dozen times for each badge, and spreads take longer. */
export function finding<Code extends FindingCode>(
  code: Code,
  message: string,
  details?: Pick<Finding, 'pointer' | 'evidence'>,
): Finding<Code extends `${infer Id}.${string}` ? Id : never> {
  const made: { -readonly [Member in keyof Finding]: Finding[Member] } = { code: code as never, message }
  if ((FINDINGS[code] as FindingRow).status === 'note') made.note = true
  if (details?.pointer !== undefined) made.pointer = details.pointer
  if (details?.evidence !== undefined) made.evidence = details.evidence
  return made as never
}

/** From light to heavy: the heaviest finding decides. Notes do not weigh. */
const WEIGHT = { skipped: 0, valid: 1, indeterminate: 2, invalid: 3 } as const satisfies Record<CheckStatus, number>

/**
 * A check from what was found. Validity is earned: findings that are all notes prove nothing, so a caller must add what
 * settles the check; an empty list, or one of notes alone, is a bug of the check and throws.
 */
export function check<Id extends string>(findings: readonly Finding<Id>[]): Check<Id> {
  let status: CheckStatus | undefined
  for (const { code } of findings as readonly { code: FindingCode }[]) {
    const weighs = (FINDINGS[code] as FindingRow).status
    if (weighs !== 'note' && (status === undefined || WEIGHT[weighs] > WEIGHT[status])) status = weighs
  }
  if (status === undefined) throw new TypeError('a check needs a finding that settles it')
  return { status, findings: findings as readonly [Finding<Id>, ...Finding<Id>[]] }
}
