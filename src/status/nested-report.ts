/**
 * Why a status list does not count, from the report of its verification.
 *
 * @module
 */
import type { VerifiableCredential } from '../model/types.js'
import { type Check, type CheckStatus, type Finding, finding } from '../report/check.js'
import { FINDINGS, type FindingCode, type FindingRow, isRetryable } from '../report/findings.js'
import type { CheckId, VerificationReport } from '../report/report.js'

export interface VerifiedList {
  /** The normalized view of what the proof secures, open members kept. */
  readonly credential: VerifiableCredential
  /** The signature proves who the issuer is: the list did not bring its key along, and the key is nobody else's. */
  readonly isAuthenticated: boolean
}

/**
 * What must be right about a list, in the order in which a failure matters: of a list whose signature is wrong nothing else can
 * be believed. Judged by the checks and not by the outcome, so that what a caller demands of badges (a recipient, a trusted
 * issuer) or forgives them (that they have expired) does not become a rule for lists.
 */
const DEMANDED: readonly CheckId[] = ['format', 'key', 'proof', 'schema', 'validity', 'status']

/** A finding where the list does not count. */
export function judgeListReport(
  report: VerificationReport<VerifiableCredential>,
  url: string,
): VerifiedList | Finding<'status'> {
  const failed = DEMANDED.filter((id) => !suffices(id, report.checks[id].status))
  if (failed.length > 0) {
    // A check that was blocked says nothing itself: another one does.
    const reasons = failed.map((id) => weighing(report.checks[id])).find((codes) => codes.length > 0)
    return explain(reasons ?? [], report.checks.format.findings[0].message, url)
  }
  const credential = report.outcome === 'valid' ? report.credential : report.unverified
  if (credential === undefined) {
    return finding('status.list_malformed', 'the status list cannot be read as a credential', { evidence: { url } })
  }
  const remarks = codesOf(report.checks.key)
  return {
    credential,
    isAuthenticated: !remarks.includes('key.self_asserted') && !remarks.includes('key.other_controller'),
  }
}

/** A list follows no schema of Open Badges, and needs no status of its own. */
function suffices(id: CheckId, status: CheckStatus): boolean {
  return status === 'valid' || (status === 'skipped' && (id === 'schema' || id === 'status'))
}

/** The codes that made this check fail, but that it was blocked. */
function weighing(check: Check): FindingCode[] {
  return codesOf(check).filter(
    (code) => (FINDINGS[code] as FindingRow).status === check.status && !code.endsWith('.blocked'),
  )
}

function codesOf(check: Check): FindingCode[] {
  return (check.findings as readonly { readonly code: FindingCode }[]).map(({ code }) => code)
}

/** Limits that are not called so. */
const LIMITS: readonly FindingCode[] = ['format.too_large', 'format.too_deep', 'proof.too_complex']

function explain(codes: readonly FindingCode[], format: string, url: string): Finding<'status'> {
  const [reason = 'proof.blocked'] = codes
  const because = codes.length === 0 ? '' : ` (${codes.join(', ')})`
  const details = { evidence: { url, reason } }
  if (reason.endsWith('.limit') || LIMITS.includes(reason)) {
    return finding('status.limit', `verifying the status list goes beyond a limit${because}`, details)
  }
  if (reason.startsWith('validity.')) {
    return finding('status.list_stale', `the status list is not of this time${because}`, details)
  }
  if (isRetryable(reason)) {
    const message = `what it takes to verify the status list could not be loaded${because}`
    return finding('status.unreachable', message, details)
  }
  if (reason.startsWith('format.')) {
    // What it is instead: a server that wraps the list in JSON, a web page, an error message.
    return finding('status.list_malformed', `what is served as the status list cannot be read: ${format}`, details)
  }
  if (reason.startsWith('schema.')) {
    return finding('status.list_malformed', `the status list cannot be read${because}`, details)
  }
  return finding('status.list_untrusted', `the status list does not verify${because}`, details)
}
