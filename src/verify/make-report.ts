/**
 * From checks to a report.
 *
 * @module
 */
import type {
  EndorsementCredential,
  OpenBadgeCredential,
  SecuredCredential,
  VerifiableCredential,
} from '../model/types.js'
import { decide, decisive } from '../report/decide.js'
import type { Checks, FailedReport, VerificationReport } from '../report/report.js'
import type { Reading } from './reading.js'
import type { Work } from './settings.js'

export interface ReportParts {
  readonly checks: Checks
  readonly work: Work
  readonly name?: string | undefined
  readonly reading?: Reading | undefined
  readonly model?: VerifiableCredential | undefined
  readonly issuerTrusted?: boolean
  readonly endorsements?: readonly VerificationReport<EndorsementCredential>[]
  readonly nested?: readonly VerificationReport<OpenBadgeCredential>[]
  readonly refreshed?: VerificationReport<VerifiableCredential> | undefined
}

export function makeReport(parts: ReportParts): VerificationReport<VerifiableCredential> {
  const { checks, work, name, reading, model, refreshed } = parts
  const { policy } = work.settings
  const base = {
    checks: inOrder(checks),
    policy,
    at: work.now.toISOString(),
    ...(name === undefined ? {} : { name }),
    ...(parts.endorsements?.length ? { endorsements: parts.endorsements } : {}),
    ...(parts.nested?.length ? { nested: parts.nested } : {}),
    ...(refreshed === undefined ? {} : { refreshed }),
  }
  // Open Badges 3.0 section 9.2 step 3: what was refreshed takes the place of what was given.
  if (refreshed?.outcome === 'valid') {
    return {
      ...base,
      outcome: 'valid',
      credential: refreshed.credential,
      secured: refreshed.secured,
      issuerTrusted: refreshed.issuerTrusted,
    }
  }
  if (refreshed !== undefined) {
    const { outcome, because, secured, unverified } = refreshed
    return {
      ...base,
      outcome,
      because,
      ...(secured === undefined ? {} : { secured }),
      ...(unverified === undefined ? {} : { unverified }),
    }
  }
  const outcome = decide(checks, policy)
  const secured = reading?.secured
  if (outcome === 'valid' && model !== undefined && secured !== undefined) {
    return { ...base, outcome, credential: withoutProof(model), secured, issuerTrusted: parts.issuerTrusted ?? false }
  }
  return {
    ...base,
    // Validity is earned: without a model and a signed form there is nothing that could be called valid.
    outcome: outcome === 'valid' ? 'indeterminate' : outcome,
    because: decisive(checks, policy) as unknown as FailedReport['because'],
    ...(secured === undefined ? {} : { secured: secured as SecuredCredential<VerifiableCredential> }),
    ...(model === undefined ? {} : { unverified: withoutProof(model) }),
  }
}

/** What the proof secures: not the proof. */
function withoutProof(model: VerifiableCredential): VerifiableCredential {
  const { proof, ...credential } = model
  return credential
}

/** The ten checks in the order of the report. */
function inOrder({
  format,
  schema,
  key,
  proof,
  refresh,
  validity,
  status,
  issuer,
  recipient,
  endorsements,
}: Checks): Checks {
  return { format, schema, key, proof, refresh, validity, status, issuer, recipient, endorsements }
}
