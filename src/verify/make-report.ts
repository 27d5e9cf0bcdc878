/**
 * From checks to a report.
 *
 * @module
 */
import type { EndorsementCredential, OpenBadgeCredential, VerifiableCredential } from '../model/types.js'
import { type Decision, decideWithReasons } from '../report/decide.js'
import type { Checks, FailedReport, Outcome, ValidReport, VerificationReport } from '../report/report.js'
import type { Reading } from './reading.js'
import type { Work } from './settings.js'
import type { Shown } from './shown-view.js'

export interface ReportParts {
  readonly checks: Checks
  readonly work: Work
  readonly name?: string | undefined
  readonly reading?: Reading | undefined
  readonly shown?: Shown | undefined
  readonly issuerTrusted?: boolean
  readonly endorsements?: readonly VerificationReport<EndorsementCredential>[]
  readonly nested?: readonly VerificationReport<OpenBadgeCredential>[]
  readonly refreshed?: VerificationReport<VerifiableCredential> | undefined
}

export function makeReport(parts: ReportParts): VerificationReport<VerifiableCredential> {
  const { checks, work, name, reading, refreshed, endorsements, nested } = parts
  const model = parts.shown?.credential
  const { policy } = work.settings
  const report: Draft = { checks, policy, at: work.now.toISOString() }
  if (name !== undefined) report.name = name
  const signedOrder = refreshed === undefined ? parts.shown?.signedOrder : refreshed.signedOrder
  if (signedOrder !== undefined) report.signedOrder = signedOrder
  if (endorsements?.length) report.endorsements = endorsements
  if (nested?.length) report.nested = nested
  // Open Badges 3.0 section 9.2 step 3: what was refreshed takes the place of what was given.
  if (refreshed !== undefined) report.refreshed = refreshed
  const { outcome, because } = refreshed === undefined ? decideWithReasons(checks, policy) : outcomeOf(refreshed)
  const secured = refreshed === undefined ? reading?.secured : refreshed.secured
  if (refreshed?.outcome === 'valid') {
    report.outcome = 'valid'
    report.credential = refreshed.credential
    report.secured = refreshed.secured
    report.issuerTrusted = refreshed.issuerTrusted
  } else if (refreshed === undefined && outcome === 'valid' && model !== undefined && secured !== undefined) {
    report.outcome = outcome
    report.credential = withoutProof(model)
    report.secured = secured
    report.issuerTrusted = parts.issuerTrusted ?? false
  } else {
    const unverified = refreshed === undefined ? model && withoutProof(model) : refreshed.unverified
    // Validity is earned: where no policy minds that it does not follow the model, there is still nothing that could be called valid.
    report.outcome = outcome === 'valid' ? 'indeterminate' : outcome
    const reasons = outcome === 'valid' ? decideWithReasons(checks, { ...policy, schema: 'required' }).because : because
    report.because = reasons as FailedReport['because']
    if (secured !== undefined) report.secured = secured
    if (unverified !== undefined) report.unverified = unverified
  }
  return report as VerificationReport<VerifiableCredential>
}

function outcomeOf(report: VerificationReport<VerifiableCredential>): Decision {
  return report.outcome === 'valid' ? { outcome: 'valid', because: [] } : report
}

type C = VerifiableCredential
/** Members are set in the order of the report, one by one: spreading those that may be absent takes longer than all the rest. */
type Draft = Pick<ValidReport<C>, 'checks' | 'policy' | 'at'> & { outcome?: Outcome } & {
  -readonly [Member in Exclude<keyof ValidReport<C>, 'outcome'>]?: ValidReport<C>[Member]
} & { -readonly [Member in 'because' | 'unverified']?: FailedReport<C>[Member] }

/** What the proof secures: not the proof. */
function withoutProof(model: VerifiableCredential): VerifiableCredential {
  const { proof, ...credential } = model
  return credential
}
