/**
 * From verification reports to what may be counted on: each credential once, with what it names and whether it counts at all. Only
 * reports are read, never raw credentials; what is taken from a report that is not valid serves to explain, and meets nothing.
 *
 * @module
 */
import { isSameCredential } from '../model/compare.js'
import { parseDateTime } from '../model/date-time.js'
import type { Achievement, EndorsementCredential, OpenBadgeCredential, Result } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'
import { canonicalUri } from './identifiers.js'
import { type AssessOptions, samePerson } from './types.js'

/** How a competency is named by a badge. */
export interface Naming {
  readonly via: 'alignment' | 'achievement'
  /** As it is written. */
  readonly id: string
}

/** A result, as far as levels go. */
export interface StatedLevel {
  /** Canonical ids of what the result's scale is aligned to; empty: to nothing. */
  readonly about: readonly string[]
  /** Canonical ids of the levels that the reached level is aligned to. */
  readonly levels: readonly string[]
  /** The level that is claimed is none of the badge's own rubric. */
  readonly notInRubric: boolean
}

/** One credential, as one report speaks of it. */
export interface Claim {
  readonly credential: string
  readonly issuer: string
  readonly achievement: string
  /** `maybe`: nothing is wrong with it, but something must be settled before it counts. */
  readonly counts: 'yes' | 'maybe' | 'no'
  /** Why it does not, or not yet: codes of findings, and `report.*`. */
  readonly reasons: readonly string[]
  /** By canonical id. */
  readonly names: ReadonlyMap<string, Naming>
  /** What its alignments are called, for suggestions. */
  readonly titles: readonly string[]
  readonly levels: readonly StatedLevel[]
  readonly evidence: boolean
  /** In milliseconds: `awardedDate`, else `validFrom`. */
  readonly awarded: number
  /** In milliseconds: `validUntil`; Infinity where it has none. */
  readonly until: number
  readonly endorsers: readonly {
    readonly id: string
    readonly counts: 'yes' | 'maybe'
    readonly isIndependent: boolean
  }[]
}

/** Reports may be some seconds ahead of the caller's clock. Milliseconds. */
const SKEW = 300_000
const DAY = 86_400_000
/** A CLR in a CLR in a CLR is nobody's. */
const MAX_NESTING = 4

type Options = Pick<AssessOptions, 'now' | 'maxReportAgeDays' | 'person'>

/** In the order of credential ids, whatever the order of the reports. */
export function claimsOf(reports: readonly VerificationReport[], options: Options): Claim[] {
  const latest = new Map<string, Spoken[]>()
  for (const report of flatten(reports, 0)) {
    const credential = report.outcome === 'valid' ? report.credential : report.unverified
    if (credential?.credentialSubject?.achievement === undefined) continue
    const key = plain(credential.id)
    const same = latest.get(key) ?? []
    const index = same.findIndex((other) => isSameCredential(other.credential, credential))
    const other = same[index]
    if (other === undefined) same.push({ report, credential })
    else if (isNewer({ report, credential }, other)) same[index] = { report, credential }
    latest.set(key, same)
  }
  return [...latest.values()]
    .flat()
    .map(({ report, credential }) => claimOf(report, credential, options))
    .sort((a, b) => compare(a.credential, b.credential) || compare(a.issuer, b.issuer))
}

interface Spoken {
  readonly report: VerificationReport
  readonly credential: OpenBadgeCredential
}

/** Ids that may be the same in the sense of isSameCredential. */
function plain(id: string | undefined): string {
  const text = (id ?? '').trim()
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A refreshed credential takes the place of the one that was given; credentials inside a CLR have reports of their own. */
function flatten(reports: readonly VerificationReport[], depth: number): VerificationReport[] {
  if (depth > MAX_NESTING) return []
  return reports.flatMap((report) => {
    const effective = report.refreshed ?? report
    return [effective, ...flatten(effective.nested ?? report.nested ?? [], depth + 1)]
  })
}

/** The last word about a credential counts; of two words at one time the less favorable, of two credentials the later. */
function isNewer({ report, credential }: Spoken, other: Spoken): boolean {
  const at = (each: VerificationReport) => Date.parse(each.at)
  if (at(report) !== at(other.report)) return at(report) > at(other.report)
  const rank = { valid: 0, indeterminate: 1, invalid: 2 } as const
  const [mine, theirs] = [rank[report.outcome], rank[other.report.outcome]]
  return mine === theirs ? timeOf(credential.validFrom) > timeOf(other.credential.validFrom) : mine > theirs
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function timeOf(text: string | undefined): number {
  return (text === undefined ? undefined : parseDateTime(text)?.time) ?? Number.NaN
}

function claimOf(report: VerificationReport, credential: OpenBadgeCredential, options: Options): Claim {
  const { achievement } = credential.credentialSubject
  const alignments = [achievement.alignment ?? []].flat()
  const names = new Map<string, Naming>([[canonicalUri(achievement.id), { via: 'achievement', id: achievement.id }]])
  for (const { targetUrl } of alignments) names.set(canonicalUri(targetUrl), { via: 'alignment', id: targetUrl })
  const until = timeOf(credential.validUntil)
  const { counts, reasons } = standing(report, credential, options)
  return {
    credential: credential.id,
    issuer: issuerOf(credential),
    achievement: achievement.id,
    counts,
    reasons,
    names,
    titles: [achievement.name, ...alignments.map(({ targetName }) => targetName)].map(titleOf),
    levels: [credential.credentialSubject.result ?? []].flat().map((result) => levelOf(result, achievement)),
    evidence: [credential.evidence ?? []]
      .flat()
      .some(({ id, narrative }) => id !== undefined || narrative !== undefined),
    awarded: timeOf(credential.awardedDate ?? credential.validFrom),
    until: Number.isNaN(until) ? Number.POSITIVE_INFINITY : until,
    endorsers: endorsersOf(report, credential),
  }
}

/** How titles are compared, for suggestions only. */
export function titleOf(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ')
}

function issuerOf({ issuer }: Pick<OpenBadgeCredential, 'issuer'>): string {
  return typeof issuer === 'string' ? issuer : issuer.id
}

/** May it be counted on? A policy that looks away from status, dates or recipient does not make them right. */
function standing(
  report: VerificationReport,
  credential: OpenBadgeCredential,
  { now, maxReportAgeDays, person = 'matched-recipient' }: Options,
): Pick<Claim, 'counts' | 'reasons'> {
  const { checks } = report
  const no: string[] = []
  const maybe: string[] = []
  const codesOf = (check: (typeof checks)['status' | 'validity' | 'issuer' | 'recipient']) =>
    check.findings.filter(({ note }) => note !== true).map(({ code }) => code)
  if (report.outcome === 'invalid') no.push(...report.because)
  if (report.outcome === 'indeterminate') maybe.push(...report.because)
  for (const check of [checks.validity, checks.status, checks.issuer, checks.recipient]) {
    if (check.status === 'invalid') no.push(...codesOf(check))
    if (check.status === 'indeterminate') maybe.push(...codesOf(check))
  }
  if (report.outcome === 'valid' && !report.issuerTrusted) no.push('issuer.not_asked')
  if (report.outcome === 'indeterminate' && checks.issuer.status === 'skipped') no.push('issuer.not_asked')
  if (person !== samePerson && checks.recipient.status === 'skipped') maybe.push('recipient.not_asked')
  const time = now.getTime()
  const age = time - Date.parse(report.at)
  if (!(age >= -SKEW)) maybe.push('report.from_future')
  if (maxReportAgeDays !== undefined && age > maxReportAgeDays * DAY) maybe.push('report.too_old')
  if (timeOf(credential.validUntil) <= time) no.push('validity.expired')
  if (timeOf(credential.validFrom) > time + SKEW) no.push('validity.not_yet')
  const results = [credential.credentialSubject.result ?? []].flat()
  if (results.some(({ status }) => status !== undefined && status !== 'Completed')) no.push('result.not_completed')
  const reasons = [...new Set([...no, ...maybe])]
  return { counts: no.length > 0 ? 'no' : maybe.length > 0 ? 'maybe' : 'yes', reasons }
}

/** Only alignments count: of the level that was reached, and of the result itself (Open Badges 3.0, Result.alignment). */
function levelOf(result: Result, { resultDescription = [] }: Achievement): StatedLevel {
  const description = resultDescription.find(({ id }) => id === result.resultDescription)
  const reached = description?.rubricCriterionLevel?.find(({ id }) => id === result.achievedLevel)
  const alignments = [...(reached?.alignment ?? []), ...(result.alignment ?? [])]
  return {
    about: (description?.alignment ?? []).map(({ targetUrl }) => canonicalUri(targetUrl)),
    levels: alignments.map(({ targetUrl }) => canonicalUri(targetUrl)),
    notInRubric: result.achievedLevel !== undefined && reached === undefined,
  }
}

function endorsersOf(report: VerificationReport, credential: OpenBadgeCredential): Claim['endorsers'] {
  const { id: recipient, achievement } = credential.credentialSubject
  const about = [credential.id, achievement.id]
  const own = [issuerOf(credential), ...(recipient === undefined ? [] : [recipient])].map(canonicalUri)
  return (report.endorsements ?? []).flatMap((endorsement) => {
    const content: EndorsementCredential | undefined =
      endorsement.outcome === 'valid' ? endorsement.credential : endorsement.unverified
    if (content === undefined || endorsement.outcome === 'invalid') return []
    if (!about.includes(content.credentialSubject.id)) return []
    const id = issuerOf(content)
    const isIndependent = !own.includes(canonicalUri(id))
    return [
      {
        id: canonicalUri(id),
        counts: endorsement.outcome === 'valid' ? ('yes' as const) : ('maybe' as const),
        isIndependent,
      },
    ]
  })
}
