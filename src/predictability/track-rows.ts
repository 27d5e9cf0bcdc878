/**
 * The rows of a track record, and its evaluators.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { formatDateTime } from '../model/date-time.js'
import type { AwardedKind, AwardReader } from './award-reader.js'
import { criteriaOf } from './criteria.js'
import type { SeenAtWork } from './outcome-reader.js'
import { ratingTable } from './ratings.js'
import { severityOf } from './severity.js'
import { confirmedShare, outcomeShare, type ShareSettings } from './share.js'
import type { JudgedAnew } from './statements.js'
import type { EvaluatorRecord, TrackRemark, TrackRow } from './track-types.js'

const FEW = 30
/** How many evaluators are told of. */
const MOST_EVALUATORS = 1000

/** By issuer, achievement and the first award; a version that is older stands first. */
export function rowsOf(
  reader: AwardReader,
  judged: readonly JudgedAnew[],
  seen: ReadonlyMap<AwardedKind, SeenAtWork>,
  settings: ShareSettings,
): TrackRow[] {
  const byKind = new Map<AwardedKind, JudgedAnew[]>()
  for (const one of judged) {
    const own = byKind.get(one.kind)
    if (own === undefined) byKind.set(one.kind, [one])
    else own.push(one)
  }
  return [...reader.kinds.values()]
    .sort(inOrder)
    .map((kind) => rowOf(kind, byKind.get(kind) ?? [], seen.get(kind), settings))
}

function inOrder(a: AwardedKind, b: AwardedKind): number {
  return (
    compare(a.issuer.id, b.issuer.id) ||
    compare(a.achievement, b.achievement) ||
    // Infinity where nobody says when, of which two are the same.
    (a.from === b.from ? 0 : a.from - b.from) ||
    compare(a.version ?? '', b.version ?? '')
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Nobody who judged it anew came to another answer: of those who choose evaluators nobody gains. */
const isConfirmed = ({ statements }: JudgedAnew) => statements.every(({ outcome }) => outcome === 'confirmed')
const isDisputed = (one: JudgedAnew) =>
  !isConfirmed(one) && one.statements.some(({ outcome }) => outcome === 'confirmed')

function rowOf(
  kind: AwardedKind,
  judged: readonly JudgedAnew[],
  seen: SeenAtWork | undefined,
  settings: ShareSettings,
): TrackRow {
  const { issuer, achievement, version, name, awards, from, until } = kind
  const confirmed = judged.filter(isConfirmed).length
  const statements = judged.flatMap((one) => one.statements)
  const evaluators = new Set(statements.map(({ evaluator }) => evaluator.id)).size
  const differed = judged.filter(isDisputed).length
  const holders = new Set(
    judged.map(({ badge }) => (badge.recipient === undefined ? badge : canonicalUri(badge.recipient))),
  ).size
  const { criteria, varies } = criteriaOf(judged, settings)
  const remarks: readonly (readonly [TrackRemark, boolean])[] = [
    ['not_judged', judged.length === 0],
    ['few_judged', judged.length > 0 && judged.length < FEW],
    ['all_confirmed', judged.length > 0 && confirmed === judged.length],
    ['one_evaluator', evaluators === 1],
    ['same_holders', holders < judged.length],
    ['evaluators_differed', differed > 0],
    ['withdrawn_since', judged.some(({ isWithdrawn }) => isWithdrawn)],
    ['rubric_varies', varies],
  ]
  const { badges = 0, heldUpAtLeast = 0, heldUpAtMost = 0, schools } = seen ?? {}
  const at = (time: number) => formatDateTime(new Date(time))
  return {
    issuer: issuer.id,
    achievement,
    ...(version === undefined ? {} : { version }),
    name,
    awards,
    ...(Number.isFinite(from) ? { from: at(from), until: at(until) } : {}),
    confirmed: confirmedShare(confirmed, judged.length, settings),
    evaluations: statements.length,
    evaluators,
    holders,
    differed,
    atWork: outcomeShare({ badges, heldUpAtLeast, heldUpAtMost, schools: schools?.size ?? 0 }, settings),
    criteria,
    remarks: remarks.flatMap(([remark, holds]) => (holds ? [remark] : [])),
  }
}

/** Each evaluator's share, and beside the others on the same badges. */
export function evaluatorsOf(judged: readonly JudgedAnew[], settings: ShareSettings): EvaluatorRecord[] {
  const ratings = judged.flatMap(({ badge, statements }) =>
    statements.map(({ evaluator, outcome = 'not-confirmed' }) => ({
      item: badge.id,
      rater: evaluator.id,
      level: outcome,
    })),
  )
  const table = ratingTable(ratings, { levels: ['not-confirmed', 'confirmed'], points: [0, 1] })
  if (table.raters.length > MOST_EVALUATORS) return []
  const counts = new Map<string, { badges: number; confirmed: number }>()
  for (const { rater, level } of ratings) {
    const own = counts.get(rater) ?? { badges: 0, confirmed: 0 }
    own.badges++
    if (level === 'confirmed') own.confirmed++
    counts.set(rater, own)
  }
  return severityOf(table, settings.confidence)
    .map(({ rater, shared, difference, interval }): EvaluatorRecord => {
      const { confirmed = 0, badges = 0 } = counts.get(rater) ?? {}
      return {
        evaluator: rater,
        confirmed: confirmedShare(confirmed, badges, settings),
        shared,
        ...(difference === undefined ? {} : { difference }),
        ...(interval === undefined ? {} : { interval }),
      }
    })
    .sort((a, b) => compare(a.evaluator, b.evaluator))
}
