/**
 * Evaluations as signed facts: endorsements of badges by whoever judged them anew, with what keeps each from counting.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { arrayOf, date, either, type Kind, list, type Members, open, record, text } from '../internal/members.js'
import { parseDateTime } from '../model/date-time.js'
import { evaluationResults } from '../model/evaluation.js'
import type { EndorsementCredential, OpenBadgeCredential, Profile, VerifiableCredential } from '../model/types.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { VerificationReport } from '../report/report.js'
import type { AuditResult } from './judge-audit.js'
import type { Rating } from './ratings.js'

/** Why an evaluation does not count. */
export type EvaluationFlaw =
  /** It is not valid, or cannot be said to be. */
  | 'not_valid'
  /** It is of no badge among those given, or that badge is not valid. */
  | 'no_badge'
  /** An endorsement without a result: praise, and no evaluation. */
  | 'no_result'
  /** It names a level that the badge's rubric does not have. */
  | 'level_not_in_rubric'
  /** The evaluator is the issuer, by the same id. */
  | 'by_issuer'
  /** The evaluator is who the badge is about. */
  | 'by_recipient'
  /** The evaluator signs with the issuer's key. */
  | 'same_key'
  /** The evaluator's profile has the issuer's homepage, e-mail, telephone or identifier, or one is the other's parent. */
  | 'same_profile'
  /** The two ids are one DID, or one `did:web` and its https address. */
  | 'same_place'
  /** It is dated before the badge. */
  | 'before_badge'
  /** It is dated after the outcome was published: who knows the answer does not judge anew. */
  | 'after_publication'
  /** This evaluator judged this badge before: the first one counts. */
  | 'again'

/** One evaluation. Plain JSON. */
export interface Evaluation {
  /** The id of the evaluation. */
  readonly id: string
  /** The id of the badge. */
  readonly badge: string
  readonly evaluator: string
  /** Absent where it states none. */
  readonly outcome?: 'confirmed' | 'not-confirmed'
  /** The levels given, by criterion: ids of the badge's rubric. */
  readonly levels: readonly { readonly criterion: string; readonly level: string }[]
  /** When it was judged, by its own word: RFC 3339. */
  readonly at: string
  /** Nothing is wrong with it. */
  readonly counts: boolean
  readonly flaws: readonly EvaluationFlaw[]
}

/** What evaluations are read with. */
export interface ReadEvaluationsOptions {
  /** When outcomes were published: evaluations that are dated later are named, and do not count. Default: they were not. */
  readonly published?: Date | undefined
}

const OPTIONS: Members<ReadEvaluationsOptions> = { published: date }
const profileKind = open({ id: text, url: text, email: text, phone: text, otherIdentifier: list, parentOrg: record }, [
  'id',
])
const content: Kind = open(
  {
    id: text,
    issuer: either(text, profileKind),
    validFrom: text,
    awardedDate: text,
    credentialSubject: open({ id: text, achievement: open({ resultDescription: list }) }),
  },
  ['id', 'issuer', 'validFrom', 'credentialSubject'],
)
const reportsKind = arrayOf(open({ outcome: text, checks: record, endorsements: list }, ['outcome', 'checks']))

type BadgeReport = VerificationReport<OpenBadgeCredential>
type EvaluationReport = VerificationReport<VerifiableCredential>

/**
 * Reads evaluations beside the badges that they are of: reports of `verifyCredential`, of the badges and of the endorsements (`accept:
 * 'any-credential'`); endorsements inside the badges are read as well. In the order of `evaluations`, then of the badges. Linear.
 */
export function readEvaluations(
  badges: readonly VerificationReport[],
  evaluations: readonly VerificationReport<VerifiableCredential>[],
  options: ReadEvaluationsOptions = {},
): Evaluation[] {
  demandArgument(badges, reportsKind, 'badges')
  demandArgument(evaluations, reportsKind, 'evaluations')
  demandOptions(options, OPTIONS)
  const byId = new Map<string, BadgeReport>()
  for (const report of badges) {
    const badge = contentOf(report)
    if (report.outcome === 'valid' && badge !== undefined) byId.set(badge.id, report)
  }
  const inside = badges.flatMap(({ endorsements = [] }) => endorsements)
  demandArgument(inside, reportsKind, 'badges[].endorsements')
  // Of those inside, praise of an achievement is no evaluation.
  const stating = inside.filter((report) => evaluationResults(contentOf(report)?.credentialSubject).length > 0)
  const seen = new Set<string>()
  const ids = new Set<string>()
  return [...evaluations, ...stating].flatMap((report) => {
    const content = contentOf(report)
    if (content === undefined) return [UNREADABLE]
    // One that is there twice is one.
    if (ids.has(content.id)) return []
    ids.add(content.id)
    return [evaluationOf(report, content, byId.get(content.credentialSubject.id), options, seen)]
  })
}

/** What there is to read, as far as it has the form of an endorsement. */
function contentOf(report: EvaluationReport): EndorsementCredential | undefined {
  const given: unknown = report.outcome === 'valid' ? report.credential : report.unverified
  return content(given, '') === undefined ? (given as EndorsementCredential) : undefined
}

/** Nothing can be said of it. */
const UNREADABLE: Evaluation = {
  id: '',
  badge: '',
  evaluator: '',
  levels: [],
  at: '',
  counts: false,
  flaws: ['not_valid'],
}

function evaluationOf(
  report: EvaluationReport,
  content: EndorsementCredential,
  badge: BadgeReport | undefined,
  { published }: ReadEvaluationsOptions,
  seen: Set<string>,
): Evaluation {
  const results = evaluationResults(content.credentialSubject)
  const status = results.find(({ resultDescription }) => resultDescription === undefined)?.status
  const levels = results.flatMap(({ resultDescription: criterion, achievedLevel: level }) =>
    criterion === undefined || level === undefined ? [] : [{ criterion, level }],
  )
  const evaluator = idOf(content.issuer)
  const at = content.validFrom
  const time = parseDateTime(at)?.time ?? Number.NaN
  const key = JSON.stringify([content.credentialSubject.id, canonicalUri(evaluator)])
  const flaws: readonly (readonly [EvaluationFlaw, boolean])[] = [
    ['not_valid', report.outcome !== 'valid'],
    ['no_badge', badge === undefined],
    ['no_result', status !== 'Completed' && status !== 'Failed'],
    ...(badge?.outcome === 'valid' ? beside(report, content, badge, levels, time) : []),
    ['after_publication', published !== undefined && time > published.getTime()],
    ['again', seen.has(key)],
  ]
  const found = flaws.flatMap(([flaw, holds]) => (holds ? [flaw] : []))
  if (found.length === 0) seen.add(key)
  return {
    id: content.id,
    badge: content.credentialSubject.id,
    evaluator,
    ...(status === 'Completed' ? { outcome: 'confirmed' as const } : {}),
    ...(status === 'Failed' ? { outcome: 'not-confirmed' as const } : {}),
    levels,
    at,
    counts: found.length === 0,
    flaws: found,
  }
}

/** What only the badge beside it tells. */
function beside(
  report: EvaluationReport,
  { issuer: evaluator }: EndorsementCredential,
  badge: BadgeReport & { readonly outcome: 'valid' },
  levels: Evaluation['levels'],
  time: number,
): (readonly [EvaluationFlaw, boolean])[] {
  const { issuer, credentialSubject, awardedDate, validFrom } = badge.credential
  const [own, others] = [idOf(evaluator), idOf(issuer)]
  const { resultDescription = [] } = credentialSubject.achievement
  const isInRubric = ({ criterion, level }: Evaluation['levels'][number]) =>
    resultDescription.find(({ id }) => id === criterion)?.rubricCriterionLevel?.some(({ id }) => id === level) === true
  const isIssuer = canonicalUri(own) === canonicalUri(others)
  return [
    ['level_not_in_rubric', !levels.every(isInRubric)],
    ['by_issuer', isIssuer],
    ['by_recipient', credentialSubject.id !== undefined && canonicalUri(own) === canonicalUri(credentialSubject.id)],
    ['same_key', shareOne(keysOf(report), keysOf(badge))],
    ['same_profile', !isIssuer && shareOne(marksOf(evaluator), marksOf(issuer))],
    ['same_place', !isIssuer && placeOf(own) === placeOf(others)],
    ['before_badge', time < (parseDateTime(awardedDate ?? validFrom)?.time ?? Number.NEGATIVE_INFINITY)],
  ]
}

const shareOne = (some: readonly string[], others: readonly string[]) => some.some((one) => others.includes(one))

/** By the RFC 7638 thumbprints in the report: another id for the same key is the same key. */
function keysOf({ checks }: Pick<BadgeReport, 'checks'>): string[] {
  return [checks.key?.findings ?? []].flat().flatMap((finding) => {
    const thumbprint = finding?.evidence?.thumbprint
    return typeof thumbprint === 'string' ? [thumbprint] : []
  })
}

/** What two profiles share only where they are of one organization. */
function marksOf(party: string | Profile): string[] {
  if (typeof party === 'string') return [`id ${canonicalUri(party)}`]
  const { id, url, email, phone, otherIdentifier = [], parentOrg } = party
  const marks = { id, url, email: email?.toLowerCase(), phone: phone?.replace(/[^\d+]/g, '') }
  return [
    ...Object.entries(marks).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [`${name === 'url' ? 'id' : name} ${canonicalUri(value)}`],
    ),
    ...otherIdentifier.map(({ identifierType, identifier }) => `${identifierType} ${identifier}`),
    ...(parentOrg === undefined ? [] : marksOf(parentOrg)),
  ]
}

/** A DID without its fragment; of did:web the https address that it stands for (did:web method specification, section 2.5.2). */
function placeOf(id: string): string {
  const [plain = ''] = id.split('#')
  const web = /^did:web:([^:]+)(.*)$/.exec(plain)
  const url = web === null ? plain : `https://${decode(web[1] ?? '')}${(web[2] ?? '').replaceAll(':', '/')}`
  return canonicalUri(url).replace(/\/(?:\.well-known\/)?(?:did\.json)?$/, '')
}

function decode(text: string): string {
  return text.replace(/%3A/gi, ':')
}

const idOf = (party: string | Profile) => (typeof party === 'string' ? party : party.id)

const evaluationKind = open(
  {
    badge: text,
    evaluator: text,
    outcome: text,
    levels: arrayOf(open({ criterion: text, level: text }, ['criterion', 'level'])),
  },
  ['badge', 'evaluator', 'levels'],
)
const evaluationsKind = arrayOf(evaluationKind)

/**
 * Results for `judgeAudit`, of evaluations that count: where evaluators differ on a badge it is not confirmed, which is the side that nobody
 * gains by choosing evaluators.
 */
export function auditResultsOf(evaluations: readonly Evaluation[]): AuditResult[] {
  demandArgument(evaluations, evaluationsKind, 'evaluations')
  const outcomes = new Map<string, 'confirmed' | 'not-confirmed'>()
  for (const { badge, outcome, counts } of evaluations) {
    if (!counts || outcome === undefined) continue
    if (outcomes.get(badge) !== 'not-confirmed') outcomes.set(badge, outcome)
  }
  return [...outcomes].map(([badge, outcome]) => ({ badge, outcome }))
}

/** Ratings for `ratingTable`, of evaluations that count: an item is a badge on one criterion. */
export function ratingsOf(evaluations: readonly Evaluation[], criterion: string): Rating[] {
  demandArgument(evaluations, evaluationsKind, 'evaluations')
  demandArgument(criterion, text, 'criterion')
  return evaluations.flatMap(({ badge, evaluator, levels, counts }) =>
    levels.flatMap((one) =>
      counts && one.criterion === criterion ? [{ item: badge, rater: evaluator, level: one.level }] : [],
    ),
  )
}
