/**
 * From checks to an outcome. Pure: whoever keeps a report can decide it again under another policy.
 *
 * @module
 */
import { record } from '../internal/members.js'
import type { Check, CheckStatus } from './check.js'
import { demandArgument } from './demand-options.js'
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
  demandArgument(checks, record, 'checks')
  demandArgument(policy, record, 'policy')
  return weigh(CHECK_IDS, checks, (id) => demandOf(id, policy)).outcome
}

/** As `decide`, with the codes that decided. */
export function decideWithReasons(checks: Checks, policy: VerificationPolicy): Decision {
  return weigh(CHECK_IDS, checks, (id) => demandOf(id, policy))
}

export interface Decision {
  readonly outcome: Outcome
  /**
   * The codes that decided an outcome that is not valid, in the order of the checks. For an invalid outcome only what is
   * invalid: what could not be asked on top of it does not matter any more.
   */
  readonly because: readonly FindingCode[]
}

/** The checks of a credential, or of a presentation, against what is asked of each. */
export function weigh<Id extends string>(
  ids: readonly Id[],
  checks: { readonly [Each in Id]?: unknown },
  demandOf: (id: Id) => Demand,
): Decision {
  let outcome: Outcome = 'valid'
  const open: Check[] = []
  for (const id of ids) {
    const check = checks[id] as Check | null | undefined
    const status = check?.status ?? 'indeterminate'
    if (TOLERATED[demandOf(id)]?.includes(status) ?? status === 'valid') continue
    if (check) open.push(check)
    if (status === 'invalid') outcome = 'invalid'
    else if (outcome === 'valid') outcome = 'indeterminate'
  }
  const because = open.flatMap(({ status, findings }) =>
    outcome === 'invalid' && status !== 'invalid'
      ? []
      : // Whoever decides again may have kept the statuses alone, or anything in the place of findings.
        ((Array.isArray(findings) ? findings : []) as readonly ({ code: FindingCode } | null)[])
          .flatMap((each) => each?.code ?? [])
          .filter((code) => (FINDINGS[code] as FindingRow | undefined)?.status === status),
  )
  return { outcome, because }
}
