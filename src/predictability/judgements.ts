/**
 * What reports of evaluations and of badges say, taken out of them: small, so that many can be kept, and what keeps an evaluation from
 * counting.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { arrayOf, either, type Kind, list, open, record, text } from '../internal/members.js'
import { parseDateTime } from '../model/date-time.js'
import { evaluationResults } from '../model/evaluation.js'
import type { ResultDescription } from '../model/result.js'
import type { EndorsementCredential, OpenBadgeCredential, VerifiableCredential } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'
import { type Party, partyOf, type SameParty, sameness } from './parties.js'

/** Why an evaluation does not count. */
export type EvaluationFlaw =
  /** It is not valid, or cannot be said to be. */
  | 'not_valid'
  /** Nobody told the verifier to trust the evaluator: whoever makes up evaluators can confirm anything. `trackRecord` alone asks for it. */
  | 'not_trusted'
  /** It is of no badge among those given, or that badge is not valid. */
  | 'no_badge'
  /** Two badges of different issuers or achievements have the id that it names. */
  | 'several_badges'
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
  /** This evaluator, by id or key, judged this badge before: the one that is dated first counts. */
  | 'again'

/** The levels given, by criterion. */
export type GivenLevels = readonly { readonly criterion: string; readonly level: string }[]

/** What one evaluation says. */
export interface Statement {
  readonly id: string
  readonly badge: string
  readonly evaluator: Party
  readonly outcome: 'confirmed' | 'not-confirmed' | undefined
  readonly levels: GivenLevels
  readonly at: string
  /** Milliseconds. */
  readonly time: number
  readonly isValid: boolean
  readonly isTrusted: boolean
}

/** A badge, as far as it matters to those who judge it anew. */
export interface JudgedBadge {
  readonly id: string
  readonly issuer: Party
  readonly recipient: string | undefined
  readonly achievement: string
  readonly version: string | undefined
  readonly name: string
  readonly descriptions: readonly ResultDescription[]
  /** What the badge itself says was reached. */
  readonly stated: GivenLevels
  /** Milliseconds; NaN where it is not told. */
  readonly awarded: number
  /** `rubricCriterionLevel` stands in the order that was signed. */
  readonly isOrdered: boolean
}

const profileKind = open({ id: text, url: text, email: text, phone: text, otherIdentifier: list, parentOrg: record }, [
  'id',
])
const result = open({ resultDescription: text, achievedLevel: text })
const description = open({ id: text, rubricCriterionLevel: arrayOf(open({ id: text, name: text })) }, ['id'])
const content: Kind = open(
  {
    id: text,
    issuer: either(text, profileKind),
    validFrom: text,
    awardedDate: text,
    credentialSubject: open({
      id: text,
      achievement: open({ id: text, name: text, version: text, resultDescription: arrayOf(description) }),
    }),
  },
  ['id', 'issuer', 'validFrom', 'credentialSubject'],
)
const badgeContent: Kind = open({
  credentialSubject: open({ achievement: open({}, ['id']), result: arrayOf(result) }, ['achievement']),
})
export const evaluationReport: Kind = open(
  { outcome: text, checks: record, because: arrayOf(text), endorsements: list },
  ['outcome', 'checks'],
)

type AnyReport = VerificationReport<VerifiableCredential>

const contentOf = (report: AnyReport): unknown => (report.outcome === 'valid' ? report.credential : report.unverified)

/** What an evaluation says, as far as it has the form of an endorsement. */
export function statementOf(report: AnyReport): Statement | undefined {
  const given = contentOf(report)
  if (content(given, '') !== undefined) return undefined
  const { id, issuer, validFrom, credentialSubject } = given as EndorsementCredential
  const results = evaluationResults(credentialSubject)
  const status = results.find(({ resultDescription }) => resultDescription === undefined)?.status
  return {
    id,
    badge: credentialSubject.id,
    evaluator: partyOf(report, issuer),
    outcome: status === 'Completed' ? 'confirmed' : status === 'Failed' ? 'not-confirmed' : undefined,
    levels: levelsOf(results),
    at: validFrom,
    time: parseDateTime(validFrom)?.time ?? Number.NaN,
    isValid: report.outcome === 'valid',
    isTrusted: report.outcome === 'valid' && report.issuerTrusted,
  }
}

/** Of endorsements inside a badge, praise of an achievement is no evaluation. */
export function statesResults(report: AnyReport): boolean {
  return (
    evaluationResults((contentOf(report) as Partial<EndorsementCredential> | undefined)?.credentialSubject).length > 0
  )
}

/** What a badge says, whatever the report's outcome is. */
export function judgedBadge(report: VerificationReport): JudgedBadge | undefined {
  const given = contentOf(report)
  if (content(given, '') !== undefined || badgeContent(given, '') !== undefined) return undefined
  const { id, issuer, validFrom, awardedDate, credentialSubject } = given as OpenBadgeCredential & { id: string }
  const { achievement, result: results = [], id: recipient } = credentialSubject
  const { signedOrder } = report
  return {
    id,
    issuer: partyOf(report, issuer),
    recipient,
    achievement: achievement.id,
    version: achievement.version,
    name: achievement.name,
    descriptions: achievement.resultDescription ?? [],
    stated: levelsOf(results),
    awarded: parseDateTime(awardedDate ?? validFrom)?.time ?? Number.NaN,
    isOrdered: signedOrder === 'all' || (Array.isArray(signedOrder) && signedOrder.includes('rubricCriterionLevel')),
  }
}

function levelsOf(results: readonly { readonly resultDescription?: string; readonly achievedLevel?: string }[]) {
  return results.flatMap(({ resultDescription: criterion, achievedLevel: level }) =>
    criterion === undefined || level === undefined ? [] : [{ criterion, level }],
  )
}

/** What only the badge beside it tells, and when the outcome was published. */
export function flawsOf(
  { evaluator, outcome, levels, time, isValid }: Statement,
  badge: JudgedBadge | 'several' | undefined,
  published: Date | undefined,
): EvaluationFlaw[] {
  const found: readonly (readonly [EvaluationFlaw, boolean])[] = [
    ['not_valid', !isValid],
    ['no_badge', badge === undefined],
    ['several_badges', badge === 'several'],
    ['no_result', outcome === undefined],
    ...(typeof badge === 'object' ? beside(evaluator, levels, time, badge) : []),
    ['after_publication', published !== undefined && time > published.getTime()],
  ]
  return found.flatMap(([flaw, holds]) => (holds ? [flaw] : []))
}

function beside(
  evaluator: Party,
  levels: GivenLevels,
  time: number,
  { issuer, recipient, descriptions, awarded }: JudgedBadge,
): (readonly [EvaluationFlaw, boolean])[] {
  const isInRubric = ({ criterion, level }: GivenLevels[number]) =>
    descriptions.find(({ id }) => id === criterion)?.rubricCriterionLevel?.some(({ id }) => id === level) === true
  const reasons: readonly SameParty[] = sameness(evaluator, issuer)
  return [
    ['level_not_in_rubric', !levels.every(isInRubric)],
    ['by_issuer', reasons.includes('id')],
    ['by_recipient', recipient !== undefined && canonicalUri(evaluator.id) === canonicalUri(recipient)],
    ['same_key', reasons.includes('key')],
    ['same_profile', reasons.includes('profile')],
    ['same_place', reasons.includes('place')],
    ['before_badge', time < awarded],
  ]
}

/** Who judged what already. By key too: one evaluator under two ids is one. */
export class Judged {
  private readonly seen = new Set<string>()

  /** True where this evaluator judged this badge before. */
  isAgain({ badge, evaluator }: Statement): boolean {
    const names = [canonicalUri(evaluator.id), ...evaluator.keys.map((key) => `key ${key}`)]
    const keys = names.map((name) => JSON.stringify([badge, name]))
    if (keys.some((key) => this.seen.has(key))) return true
    for (const key of keys) this.seen.add(key)
    return false
  }
}

/** What two reports of one evaluation share. What did not verify is none of the evaluator's. */
export const statementKey = ({ id, badge, evaluator, isValid }: Statement) =>
  JSON.stringify([isValid, id, badge, canonicalUri(evaluator.id)])

/** By date, whatever the order they came in; what is dated alike stays as it came. */
export const byDate = (a: Pick<Statement, 'time'>, b: Pick<Statement, 'time'>) => a.time - b.time || 0
