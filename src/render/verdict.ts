/**
 * How a report looks. Everything that says "verified" comes from here, and from the report alone: never from what the badge says.
 *
 * @module
 */

import type { VerifiableCredential } from '../model/types.js'
import type { Check, Finding } from '../report/check.js'
import { CHECK_IDS } from '../report/decide.js'
import { demandReport } from '../report/demand-report.js'
import { FINDINGS, type FindingCode, type FindingRow } from '../report/findings.js'
import type { CheckId, VerificationReport } from '../report/report.js'
import { isSigned, isSignedByIssuer } from '../report/signature.js'
import { day } from './dates.js'
import type { Look } from './messages.js'
import type { Settings } from './options.js'
import { type Content, fill, html, type SafeHtml } from './safe-html.js'

export type AnyReport = VerificationReport<VerifiableCredential>

/**
 * The report that the answer is about: where the issuer had a newer version, that one's (Open Badges 3.0 section 9.2 step 3). Where the two
 * disagree, which no verifier of ours reports, the one that is not valid. Throws UsageError for what is no report.
 */
export function judged(report: AnyReport): AnyReport {
  demandReport(report)
  let current = report
  for (let depth = 0; current.refreshed !== undefined && depth < 8; depth++) {
    if (current.outcome !== 'valid' && current.refreshed.outcome === 'valid') return current
    current = current.refreshed
  }
  return current
}

/** Checks that the strict policy lets pass where they are open: a newer version that cannot be asked for, and what others say. */
const MAY_BE_OPEN: readonly CheckId[] = ['refresh', 'endorsements']

export function lookOf(report: AnyReport): Look {
  const { outcome, checks } = report
  if (outcome === 'invalid') return 'invalid'
  // A report that came over a wire may say anything; no policy makes a badge valid that nobody signed.
  if (outcome !== 'valid' || !isSigned(checks) || report.credential === undefined) return 'indeterminate'
  const reserved = CHECK_IDS.some((id) => {
    const status = (checks[id] as Check | undefined)?.status
    if (status === undefined) return true
    return (status === 'invalid' && id !== 'endorsements') || (status === 'indeterminate' && !MAY_BE_OPEN.includes(id))
  })
  if (reserved || hasFinding(report, 'key.other_controller')) return 'reserved'
  return report.issuerTrusted === true ? 'verified' : 'signed'
}

/** Looks of what may be shown as it is. */
export function countsFor(look: Look): boolean {
  return look === 'verified' || look === 'signed' || look === 'reserved'
}

/** Genuine, with nothing against it but its dates or its status. */
export function hasLapsed(report: AnyReport): boolean {
  const isOpen = (id: CheckId) => ['invalid', 'indeterminate'].includes(report.checks[id]?.status)
  const against = CHECK_IDS.filter((id) => isOpen(id) && !MAY_BE_OPEN.includes(id))
  return isSigned(report.checks) && against.length > 0 && against.every((id) => id === 'validity' || id === 'status')
}

/**
 * May it be said who issued it? Only of an issuer whom the verifier was told to trust: anybody can make a key and give it a great name. A
 * key that the badge brought along says nothing about an issuer either.
 */
export function isConfirmed(report: AnyReport): boolean {
  return (
    report.outcome === 'valid' &&
    report.issuerTrusted === true &&
    isSignedByIssuer(report.checks) &&
    !hasFinding(report, 'issuer.unauthenticated')
  )
}

export function hasFinding(report: AnyReport, code: FindingCode): boolean {
  return findingsOf(report).some((finding) => finding.code === code)
}

function findingsOf({ checks }: AnyReport): readonly Finding[] {
  return CHECK_IDS.flatMap((id) => (checks[id] as Check | undefined)?.findings ?? [])
}

const statusOf = (code: string): FindingRow['status'] | undefined =>
  Object.hasOwn(FINDINGS, code) ? FINDINGS[code as FindingCode].status : undefined

/** The sentences of a report: what weighs against it, or for it, and remarks. Each once. */
export function sentencesOf(
  report: AnyReport,
  settings: Settings,
): { readonly reasons: readonly Content[]; readonly remarks: readonly Content[] } {
  const look = lookOf(report)
  const counts: readonly (readonly string[])[] =
    look === 'verified' || look === 'signed'
      ? [['invalid'], ['indeterminate'], ['valid']]
      : [['invalid'], ['indeterminate']]
  const say = (wanted: readonly string[]) =>
    findingsOf(report)
      .filter(({ code }) => wanted.includes(statusOf(code) ?? ''))
      .map(({ code }) => sentence(code as FindingCode, report, settings))
  return { reasons: once(counts.flatMap(say)), remarks: once(say(['note'])) }
}

export function sentence(code: FindingCode, report: AnyReport, settings: Settings): SafeHtml | undefined {
  const { messages } = settings
  const credential: { validFrom?: unknown; validUntil?: unknown } | undefined =
    report.outcome === 'valid' ? report.credential : report.unverified
  if (code === 'validity.expired' && typeof credential?.validUntil === 'string')
    return fill(messages.expiredOn, { date: day(credential.validUntil, settings) })
  if (code === 'validity.not_yet' && typeof credential?.validFrom === 'string')
    return fill(messages.notBefore, { date: day(credential.validFrom, settings) })
  const said = Object.hasOwn(messages.findings, code) ? messages.findings[code] : null
  return said === null ? undefined : html`${said}`
}

function once(sentences: readonly (SafeHtml | undefined)[]): readonly SafeHtml[] {
  const found = new Map<string, SafeHtml>()
  for (const each of sentences) if (each !== undefined) found.set(each.toString(), each)
  return [...found.values()]
}
