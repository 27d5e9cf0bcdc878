/**
 * Reports as arguments. Whoever explains or draws one is given the badge itself sooner or later, or a report that was kept as JSON and
 * changed since.
 *
 * @module
 */
import { arrayOf, flag, type Kind, list, oneOf, record, text } from '../internal/members.js'
import { CHECK_IDS } from './decide.js'
import { demandArgument } from './demand-options.js'

/**
 * Throws UsageError `usage.invalid_option` for what was never a report. One that somebody has changed since, or that a later version wrote,
 * is still one: who draws it takes nothing in it on trust, but the kinds of its members.
 */
export function demandReport(report: unknown): void {
  demandArgument(report, drawn, 'report')
}

/** The same for one that has an outcome that there is and all ten checks, as `verifyCredential` answers it. */
export function demandWholeReport(report: unknown): void {
  demandArgument(report, wholeReport, 'report')
}

/** Reports within reports: refreshed ones, those of a CLR, those of endorsements. */
const MAX_DEPTH = 16

/** Reports inside it are judged when they are drawn. */
const drawn: Kind = (value, path) => {
  const report = membersOf(value)
  if (typeof report.outcome !== 'string' || record(report.checks, path) !== undefined) return noReport(path)
  const member = (name: string, kind: Kind) => optional(kind)(report[name], `${path}.${name}`)
  return (
    checksOf(report.checks, optional(check), path) ??
    text(report.at, `${path}.at`) ??
    (report.outcome === 'valid' ? undefined : arrayOf(text)(report.because, `${path}.because`)) ??
    member('nested', list) ??
    member('endorsements', list)
  )
}

/**
 * As a kind, for whoever counts on what reports say: what they say of their checks and of those inside is judged too. Members that a later
 * version adds are no concern.
 */
export const wholeReport: Kind = reportAt(0, () => undefined)

/** The same, and of valid ones the credential too. */
export function reportOn(credential: Kind): Kind {
  return reportAt(0, credential)
}

const OUTCOMES: readonly unknown[] = ['valid', 'invalid', 'indeterminate']

function reportAt(depth: number, credential: Kind): Kind {
  return (value, path) => {
    const report = membersOf(value)
    const { outcome } = report
    if (!OUTCOMES.includes(outcome) || record(report.checks, path) !== undefined) return noReport(path)
    if (depth > MAX_DEPTH) return { path: path.slice(0, 80), says: 'has reports inside each other without end' }
    const inside = reportAt(depth + 1, credential)
    const member = (name: string, kind: Kind) => kind(report[name], `${path}.${name}`)
    return (
      checksOf(report.checks, check, path) ??
      member('at', text) ??
      (outcome === 'valid' ? member('credential', credential) : member('because', arrayOf(text))) ??
      member('issuerTrusted', optional(flag)) ??
      member('refreshed', optional(inside)) ??
      member('nested', optional(arrayOf(inside))) ??
      member('endorsements', optional(arrayOf(inside)))
    )
  }
}

const noReport = (path: string) => ({
  path,
  says: 'is no report of a verification: give what verifyCredential answers, not the badge',
})

function checksOf(checks: unknown, kind: Kind, path: string) {
  for (const id of CHECK_IDS) {
    const problem = kind(membersOf(checks)[id], `${path}.checks.${id}`)
    if (problem !== undefined) return problem
  }
  return undefined
}

function optional(kind: Kind): Kind {
  return (value, path) => (value === undefined ? undefined : kind(value, path))
}

const STATUS = oneOf('valid', 'invalid', 'indeterminate', 'skipped')
const finding: Kind = (value, path) => {
  const { code, message } = membersOf(value)
  return text(code, `${path}.code`) ?? text(message, `${path}.message`)
}
/** One check of a report. */
export const check: Kind = (value, path) => {
  const { status, findings } = membersOf(value)
  return STATUS(status, `${path}.status`) ?? arrayOf(finding)(findings, `${path}.findings`)
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
