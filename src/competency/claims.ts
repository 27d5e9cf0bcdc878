/**
 * From verification reports to what may be counted on: each credential once, with what it names and whether it counts at all. Only
 * reports are read, never raw credentials; what is taken from a report that is not valid serves to explain, and meets nothing.
 *
 * @module
 */
import { groupsSharing } from '../internal/groups.js'
import { parseDateTime } from '../model/date-time.js'
import { isAdverse } from '../model/evaluation.js'
import type { Named } from '../model/person.js'
import type { Achievement, EndorsementCredential, OpenBadgeCredential, Result } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'
import { claimable } from './arguments.js'
import { contextSaidBy, type SaidContext } from './context.js'
import { canonicalUri } from './identifiers.js'
import { isAboutPerson, namedPerson, namesSomebody, personsAmong, shownSubject } from './persons.js'
import type { StackReason } from './reasons.js'
import { type AlignmentPlace, namedByResult } from './skills.js'
import { type AssessOptions, type StackFinding, samePerson } from './types.js'
import { endOf, SKEW, type Version, versionsOf } from './versions.js'

/** How a competency is named by a badge. */
export interface Naming {
  readonly via: AlignmentPlace | 'achievement'
  /** As it is written. */
  readonly id: string
}

/** A result, as far as levels go. */
export interface StatedLevel {
  /** Canonical ids of what the result's scale is aligned to; empty: to nothing. */
  readonly about: readonly string[]
  /** Canonical ids of the competencies that it names besides the achievement: at its description, its level or itself. */
  readonly names: readonly string[]
  /** Canonical ids of the levels that the reached level is aligned to. */
  readonly levels: readonly string[]
  /** The level that is claimed is none of the badge's own rubric. */
  readonly notInRubric: boolean
  /** No level is stated: it is the one that passes, by `requiredLevel` of the scale. */
  readonly isRequired: boolean
}

/** One credential, as one report speaks of it. */
export interface Claim {
  readonly credential: string
  readonly issuer: string
  readonly achievement: string
  readonly version: string | undefined
  /** `maybe`: nothing is wrong with it, but something must be settled before it counts. */
  readonly counts: 'yes' | 'maybe' | 'no'
  /** Why it does not, or not yet: codes of findings, and `report.*`. */
  readonly reasons: readonly StackReason['code'][]
  /** By canonical id. */
  readonly names: ReadonlyMap<string, Naming>
  /** What its alignments are called, for suggestions. */
  readonly titles: readonly string[]
  readonly levels: readonly StatedLevel[]
  readonly context: SaidContext
  readonly evidence: boolean
  /** In milliseconds: `awardedDate`, else `validFrom`. */
  readonly awarded: number
  /** In milliseconds: `validUntil`; Infinity where it has none. */
  readonly until: number
  readonly endorsers: readonly {
    readonly id: string
    readonly counts: 'yes' | 'maybe' | 'expired'
    readonly isIndependent: boolean
    /** In milliseconds; Infinity where it has no end. */
    readonly until: number
  }[]
  /** A version that begins later: in milliseconds. */
  readonly next: { readonly from: number; readonly until: number } | undefined
  /** What awards are told apart by: the same for credentials that were issued again. */
  readonly award: number
}

const DAY = 86_400_000

type Options = Pick<AssessOptions, 'now' | 'maxReportAgeDays' | 'person'>

/** Claims, and what is odd about the reports as a whole. */
export interface Claims {
  readonly claims: readonly Claim[]
  readonly findings: readonly StackFinding[]
}

/** A credential, and whether it may be counted on. */
export interface Standing extends Pick<Claim, 'counts' | 'reasons'> {
  readonly version: Version
}

/** Each credential once, and what is odd about the reports as a whole. */
export function standingsOf(
  reports: readonly VerificationReport[],
  options: Options,
): { readonly standings: readonly Standing[]; readonly findings: readonly StackFinding[] } {
  const person = namedPerson(options.person)
  const judged = versionsOf(reports, options.now.getTime()).map(
    (version): Standing => ({ version, ...standing(version, options, person) }),
  )
  // Who does not count anyway is nobody's concern.
  const counting = judged.filter(
    ({ version, counts }) => counts !== 'no' && namesSomebody(version.credential.credentialSubject),
  )
  const persons =
    person === undefined ? personsAmong(counting, ({ version }) => version.credential.credentialSubject) : []
  if (persons.length < 2) return { standings: judged, findings: [] }
  return {
    standings: judged.map((one) =>
      one.counts === 'no' ? one : { ...one, counts: 'maybe', reasons: [...one.reasons, 'person.different'] },
    ),
    findings: [differentPersons(persons.map(([first]) => first?.version.credential.credentialSubject ?? {}))],
  }
}

/** In the order of credential ids, whatever the order of the reports. */
export function claimsOf(
  reports: readonly VerificationReport[],
  options: Options,
  isCompetency: (key: string) => boolean,
): Claims {
  const { standings, findings } = standingsOf(reports, options)
  const claims = standings
    .map(({ version, counts, reasons }) => claimOf(version, { counts, reasons }, options, isCompetency))
    .sort(inOrder)
  return {
    claims: withAwards(
      claims,
      standings.map(({ version }) => version),
    ),
    findings,
  }
}

function differentPersons(subjects: readonly Parameters<typeof shownSubject>[0][]): StackFinding {
  const items = subjects.map(shownSubject).sort(compare)
  const shown = items.length > 5 ? `${items.slice(0, 5).join(', ')} and ${items.length - 5} more` : items.join(', ')
  const message = `the reports are about ${items.length} subjects of whom nobody said that they are one person: ${shown}. Say who the person is, by all names that they go by`
  return { code: 'person.different', severity: 'error', items, message }
}

/** By credential and issuer. What has no id is told apart by what it is about, and when. */
export function inOrder(a: Claim, b: Claim): number {
  return (
    compare(a.credential ?? '', b.credential ?? '') ||
    compare(a.issuer, b.issuer) ||
    compare(a.achievement, b.achievement) ||
    a.awarded - b.awarded ||
    0
  )
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function timeOf(text: string | undefined): number {
  return (text === undefined ? undefined : parseDateTime(text)?.time) ?? Number.NaN
}

function claimOf(
  version: Version,
  standing: Pick<Claim, 'counts' | 'reasons'>,
  { now }: Options,
  isCompetency: (key: string) => boolean,
): Claim {
  const { report, credential, next } = version
  const { achievement } = credential.credentialSubject
  const alignments = [achievement.alignment ?? []].flat()
  const names = new Map<string, Naming>([[canonicalUri(achievement.id), { via: 'achievement', id: achievement.id }]])
  for (const { targetUrl } of alignments) names.set(canonicalUri(targetUrl), { via: 'alignment', id: targetUrl })
  const results = passedResults(credential).map((result) => ({
    level: levelOf(result, achievement),
    named: namedByResult(result, achievement, isCompetency),
  }))
  for (const { place, id } of results.flatMap(({ named }) => named))
    if (!names.has(canonicalUri(id))) names.set(canonicalUri(id), { via: place, id })
  return {
    credential: credential.id,
    issuer: issuerOf(credential),
    achievement: achievement.id,
    version: achievement.version,
    ...standing,
    names,
    titles: [achievement.name, ...alignments.map(({ targetName }) => targetName)].map(titleOf),
    levels: results.map(({ level, named }) => ({ ...level, names: named.map(({ id }) => canonicalUri(id)) })),
    context: contextSaidBy(credential),
    evidence: evidenceOf(credential).length > 0,
    awarded: timeOf(credential.awardedDate ?? credential.validFrom),
    until: endOf(credential),
    endorsers: endorsersOf(report, credential, now.getTime()),
    next: next && { from: timeOf(next.credential.validFrom), until: endOf(next.credential) },
    award: -1,
  }
}

/** What there is to see: an item with neither a place nor a story shows nothing. */
function evidenceOf({ evidence = [] }: OpenBadgeCredential): string[] {
  return [evidence].flat().flatMap(({ id, narrative }) => id ?? narrative ?? [])
}

/**
 * Which credentials are one award: of one issuer, for one achievement, with the same evidence; where one of them brings none, awarded at
 * the same time.
 */
function withAwards(claims: readonly Claim[], versions: readonly Version[]): Claim[] {
  const evidence = new Map(
    versions.map(({ credential }) => [keyOf(credential.id, issuerOf(credential)), evidenceOf(credential)]),
  )
  const dateOf = (claim: Claim) =>
    JSON.stringify([canonicalUri(claim.issuer), canonicalUri(claim.achievement), claim.awarded])
  const bare = new Set(claims.filter((claim) => !claim.evidence).map(dateOf))
  const groups = groupsSharing(claims, (claim) => {
    const { issuer, achievement, credential, awarded } = claim
    const shown = [...new Set(evidence.get(keyOf(credential, issuer)) ?? [])].sort()
    return [
      ...(shown.length === 0 ? [] : [JSON.stringify([canonicalUri(issuer), canonicalUri(achievement), shown])]),
      ...(bare.has(dateOf(claim)) && !Number.isNaN(awarded) ? [dateOf(claim)] : []),
    ]
  })
  const awards = new Map(groups.flatMap((group, award) => group.map((claim) => [claim, award] as const)))
  return claims.map((claim) => ({ ...claim, award: awards.get(claim) ?? -1 }))
}

function keyOf(credential: string, issuer: string): string {
  return JSON.stringify([credential, issuer])
}

/** How titles are compared, for suggestions only. */
export function titleOf(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ')
}

export function issuerOf({ issuer }: Pick<OpenBadgeCredential, 'issuer'>): string {
  return typeof issuer === 'string' ? issuer : issuer.id
}

/** May it be counted on? A policy that looks away from status, dates or recipient does not make them right. */
function standing(
  { report, credential }: Version,
  { now, maxReportAgeDays, person = 'matched-recipient' }: Options,
  named: readonly Named[] | undefined,
): Pick<Claim, 'counts' | 'reasons'> {
  const { checks } = report
  const no: StackReason['code'][] = []
  const maybe: StackReason['code'][] = []
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
  if (named !== undefined) {
    if (!isAboutPerson(credential.credentialSubject, named)) no.push('person.other')
  } else if (person !== samePerson && checks.recipient.status === 'skipped') maybe.push('recipient.not_asked')
  const time = now.getTime()
  const age = time - Date.parse(report.at)
  if (!(age >= -SKEW)) maybe.push('report.from_future')
  if (maxReportAgeDays !== undefined && age > maxReportAgeDays * DAY) maybe.push('report.too_old')
  if (endOf(credential) <= time) no.push('validity.expired')
  if (timeOf(credential.validFrom) > time + SKEW) no.push('validity.not_yet')
  if (hasFailed(credential)) no.push('result.not_completed')
  const reasons = [...new Set([...no, ...maybe])]
  return { counts: no.length > 0 ? 'no' : maybe.length > 0 ? 'maybe' : 'yes', reasons }
}

function hasPassed({ status }: Result): boolean {
  return status === undefined || status === 'Completed'
}

/**
 * Results that say, by their status, that they were completed, or say nothing of it: an issuer awards what was passed. Values are not
 * judged: which end of a scale is the better one nobody says.
 */
export function passedResults({ credentialSubject: { result = [] } }: OpenBadgeCredential): Result[] {
  return [result].flat().filter(hasPassed)
}

/** Something was tried, and never passed. A failed attempt beside one that passed is forgotten. */
export function hasFailed({ credentialSubject: { result = [] } }: OpenBadgeCredential): boolean {
  const results = [result].flat()
  const passed = results.filter(hasPassed)
  return results.some(
    (one) =>
      !hasPassed(one) &&
      !passed.some(
        ({ resultDescription }) => one.resultDescription === undefined || resultDescription === one.resultDescription,
      ),
  )
}

/**
 * Only alignments count: of the level that was reached, and of the result itself (Open Badges 3.0, Result.alignment). A result that passed
 * and states no level stands for the level that its scale requires (ResultDescription.requiredLevel).
 */
export function levelOf(result: Result, { resultDescription = [] }: Achievement): Omit<StatedLevel, 'names'> {
  const description = resultDescription.find(({ id }) => id === result.resultDescription)
  const levels = description?.rubricCriterionLevel ?? []
  const isRequired = result.achievedLevel === undefined && [result.alignment ?? []].flat().length === 0
  const wanted = isRequired ? description?.requiredLevel : result.achievedLevel
  const reached = wanted === undefined ? undefined : levels.find(({ id }) => id === wanted)
  const alignments = [...(reached?.alignment ?? []), ...(result.alignment ?? [])]
  return {
    about: (description?.alignment ?? []).map(({ targetUrl }) => canonicalUri(targetUrl)),
    levels: alignments.map(({ targetUrl }) => canonicalUri(targetUrl)),
    notInRubric: result.achievedLevel !== undefined && reached === undefined,
    isRequired: isRequired && reached !== undefined,
  }
}

/** Those that verified, or may yet, and are about the credential or its achievement. Their own dates are judged at `now`. */
function endorsersOf(report: VerificationReport, credential: OpenBadgeCredential, now: number): Claim['endorsers'] {
  const { id: recipient, achievement } = credential.credentialSubject
  const about = [credential.id, achievement.id]
  const own = [issuerOf(credential), ...(recipient === undefined ? [] : [recipient])].map(canonicalUri)
  return (report.endorsements ?? []).flatMap((endorsement) => {
    const content: EndorsementCredential | undefined =
      endorsement.outcome === 'valid' ? endorsement.credential : endorsement.unverified
    if (content === undefined || claimable(content, '') !== undefined) return []
    const isOnlyOver = ({ because }: { readonly because: readonly string[] }) =>
      because.every((code) => code.startsWith('validity.'))
    if (endorsement.outcome === 'invalid' && !isOnlyOver(endorsement)) return []
    if (!about.includes(content.credentialSubject.id)) return []
    // An evaluator who could not confirm it endorses nothing, whatever the class is called.
    if (isAdverse(content.credentialSubject)) return []
    const { validity, status } = endorsement.checks
    if (status.status === 'invalid') return []
    const until = endOf(content)
    const isOver =
      until <= now ||
      timeOf(content.validFrom) > now + SKEW ||
      validity.status === 'invalid' ||
      endorsement.outcome === 'invalid'
    const id = canonicalUri(issuerOf(content))
    const isSure = endorsement.outcome === 'valid' && status.status !== 'indeterminate'
    const counts = isOver ? ('expired' as const) : isSure ? ('yes' as const) : ('maybe' as const)
    return [{ id, counts, isIndependent: !own.includes(id), until }]
  })
}
