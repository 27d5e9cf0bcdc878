/**
 * From checks to an outcome. Pure: whoever keeps a report can decide it again under another policy.
 *
 * @module
 */
import type { Check, CheckStatus } from './check.js'
import { FINDINGS, type FindingCode, type FindingRow } from './findings.js'
import type { CheckId, Checks, Demand, Outcome, VerificationPolicy } from './report.js'

/** The checks in the order of the report. */
export const CHECK_IDS = [
  'format',
  'schema',
  'key',
  'proof',
  'refresh',
  'validity',
  'status',
  'issuer',
  'recipient',
  'endorsements',
] as const satisfies readonly CheckId[]

/** What a school would want: everything that is there must be right; only a refresh service may be out of reach. */
export const strictPolicy: VerificationPolicy = {
  schema: 'if-present',
  validity: 'required',
  status: 'if-present',
  issuer: 'if-present',
  recipient: 'if-present',
  refresh: 'best-effort',
  endorsements: 'report-only',
  keyBinding: 'required',
}

const TOLERATED: Readonly<Record<Demand, readonly CheckStatus[]>> = {
  required: ['valid'],
  'if-present': ['valid', 'skipped'],
  'best-effort': ['valid', 'skipped', 'indeterminate'],
  'report-only': ['valid', 'skipped', 'indeterminate', 'invalid'],
}

function demandOf(id: CheckId, policy: VerificationPolicy): Demand {
  return id === 'format' || id === 'key' || id === 'proof' ? 'required' : policy[id]
}

/**
 * The outcome of these checks under this policy. Validity is earned: a check that is missing, or that says nothing
 * where it is required, makes the outcome indeterminate, and one that fails makes it invalid.
 */
export function decide(checks: Checks, policy: VerificationPolicy): Outcome {
  let outcome: Outcome = 'valid'
  for (const id of CHECK_IDS) {
    const status = (checks[id] as Check | undefined)?.status ?? 'indeterminate'
    if (tolerates(id, status, policy)) continue
    if (status === 'invalid') return 'invalid'
    outcome = 'indeterminate'
  }
  return outcome
}

/** Would this check, with this status, leave the outcome valid under this policy? */
function tolerates(id: CheckId, status: CheckStatus, policy: VerificationPolicy): boolean {
  return TOLERATED[demandOf(id, policy)]?.includes(status) ?? status === 'valid'
}

/**
 * The codes that decided an outcome that is not valid, in the order of the checks. For an invalid outcome only what is
 * invalid: what could not be asked on top of it does not matter any more.
 */
export function decisive(checks: Checks, policy: VerificationPolicy): FindingCode[] {
  const outcome = decide(checks, policy)
  return CHECK_IDS.flatMap((id) => {
    const { status, findings } = checks[id] as Check
    if (tolerates(id, status, policy) || (outcome === 'invalid' && status !== 'invalid')) return []
    return (findings as readonly { code: FindingCode }[])
      .map(({ code }) => code)
      .filter((code) => (FINDINGS[code] as FindingRow).status === status)
  })
}
