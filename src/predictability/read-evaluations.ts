/**
 * Evaluations as signed facts: endorsements of badges by whoever judged them anew, with what keeps each from counting.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { arrayOf, date, type Members, open, text } from '../internal/members.js'
import type { VerifiableCredential } from '../model/types.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { VerificationReport } from '../report/report.js'
import type { AuditResult } from './judge-audit.js'
import {
  byDate,
  type EvaluationFlaw,
  evaluationReport,
  flawsOf,
  Judged,
  type JudgedBadge,
  judgedBadge,
  type Statement,
  statementKey,
  statementOf,
  statesResults,
} from './judgements.js'
import type { Rating } from './ratings.js'

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
const reportsKind = arrayOf(evaluationReport)

/**
 * Reads evaluations beside the badges that they are of: reports of `verifyCredential`, of the badges and of the endorsements (`accept:
 * 'any-credential'`); endorsements inside the badges are read as well. In the order of `evaluations`, then of the badges. Whoever
 * verified says by `trustedIssuers` whose evaluations are worth something; here every one that is valid is read.
 */
export function readEvaluations(
  badges: readonly VerificationReport[],
  evaluations: readonly VerificationReport<VerifiableCredential>[],
  options: ReadEvaluationsOptions = {},
): Evaluation[] {
  demandArgument(badges, reportsKind, 'badges')
  demandArgument(evaluations, reportsKind, 'evaluations')
  demandOptions(options, OPTIONS)
  const byId = badgesById(badges)
  const inside = badges.flatMap(({ endorsements = [] }) => endorsements)
  demandArgument(inside, reportsKind, 'badges[].endorsements')
  const read = [...evaluations, ...inside.filter(statesResults)].map(statementOf)
  const known = new Set<string>()
  const statements = read.filter((statement) => {
    if (statement === undefined) return true
    const key = statementKey(statement)
    return !known.has(key) && known.add(key)
  })
  const flaws = new Map<Statement, readonly EvaluationFlaw[]>()
  const judged = new Judged()
  for (const statement of statements.filter((each) => each !== undefined).sort(byDate)) {
    const found = flawsOf(statement, byId.get(statement.badge), options.published)
    flaws.set(statement, found.length === 0 && judged.isAgain(statement) ? ['again'] : found)
  }
  return statements.map((statement) =>
    statement === undefined ? UNREADABLE : evaluationOf(statement, flaws.get(statement) ?? []),
  )
}

/** An evaluation names a badge by its id alone: where two have it, nobody can say which one it is of. */
function badgesById(reports: readonly VerificationReport[]): ReadonlyMap<string, JudgedBadge | 'several'> {
  const byId = new Map<string, JudgedBadge | 'several'>()
  for (const report of reports) {
    const badge = report.outcome === 'valid' ? judgedBadge(report) : undefined
    if (badge === undefined) continue
    const known = byId.get(badge.id)
    const isOther = known === 'several' || (known !== undefined && kindOfBadge(known) !== kindOfBadge(badge))
    byId.set(badge.id, isOther ? 'several' : badge)
  }
  return byId
}

const kindOfBadge = ({ issuer, achievement }: JudgedBadge) =>
  JSON.stringify([canonicalUri(issuer.id), canonicalUri(achievement)])

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
  { id, badge, evaluator, outcome, levels, at }: Statement,
  flaws: readonly EvaluationFlaw[],
): Evaluation {
  return {
    id,
    badge,
    evaluator: evaluator.id,
    ...(outcome === undefined ? {} : { outcome }),
    levels,
    at,
    counts: flaws.length === 0,
    flaws,
  }
}

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
