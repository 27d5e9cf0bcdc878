/**
 * One credential against one requirement: does it meet it, at which level, until when, and what is in the way?
 *
 * @module
 */
import type { Claim } from './claims.js'
import { compare, inOrder } from './claims.js'
import type { Leaf } from './compile.js'
import { canonicalUri } from './identifiers.js'
import { type Predicted, predictedBy, type Records } from './predictable.js'
import type { StackReason } from './reasons.js'
import { type Amount, type Route, stepsOf } from './routes.js'

export interface Candidate {
  readonly claim: Claim
  readonly route: Route
  /** Canonical id of the competency that the badge names. */
  readonly named: string
  readonly verdict: 'yes' | 'maybe' | 'no'
  /** What is in the way, hard or soft; remarks where nothing is. */
  readonly codes: readonly StackReason['code'][]
  /** The id of the level reached, on the scale of what is required. */
  readonly level: string | undefined
  readonly rank: number
  /** Milliseconds; Infinity: it never ends. */
  readonly until: number
  /** What is known of badges like it, where that is asked. */
  readonly predicted: Predicted | undefined
}

/** All that lead to the competency: those that meet it first, of these the one that lasts longest. */
export function candidatesOf(
  leaf: Leaf,
  claimsByName: ReadonlyMap<string, readonly Claim[]>,
  now: Date,
  records: Records,
): Candidate[] {
  const candidates: Candidate[] = []
  const push = (named: string, route: Route | undefined, claims: readonly Claim[] | undefined) => {
    if (route === undefined || claims === undefined) return
    for (const claim of claims) candidates.push(judge(leaf, claim, route, named, now, records))
  }
  // From whichever is smaller: a person has few badges, a competency few names.
  if (claimsByName.size < leaf.routes.size)
    for (const [name, claims] of claimsByName) push(name, leaf.routes.get(name), claims)
  else for (const [name, route] of leaf.routes) push(name, route, claimsByName.get(name))
  return candidates.length < 2 ? candidates : onePerClaim(candidates.sort(order))
}

/** A badge that names the competency twice is one badge. */
function onePerClaim(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<Claim>()
  return candidates.filter(({ claim }) => !seen.has(claim) && seen.add(claim))
}

const WEIGHT = { yes: 0, maybe: 1, no: 2 } as const

function order(a: Candidate, b: Candidate): number {
  return (
    WEIGHT[a.verdict] - WEIGHT[b.verdict] ||
    (a.verdict === 'yes' ? 0 : a.codes.length - b.codes.length) ||
    (a.until === b.until ? 0 : b.until - a.until) ||
    b.rank - a.rank ||
    a.route.cost - b.route.cost ||
    inOrder(a.claim, b.claim) ||
    compare(a.named, b.named)
  )
}

function judge(leaf: Leaf, claim: Claim, shortest: Route, named: string, now: Date, records: Records): Candidate {
  const { asked } = leaf
  const hard: StackReason['code'][] = claim.counts === 'no' ? [...claim.reasons] : []
  const soft: StackReason['code'][] = claim.counts === 'maybe' ? [...claim.reasons] : []
  const reached = reachedBy(leaf, claim, shortest, named)
  const { route } = reached
  hard.push(...reached.hard)
  soft.push(...reached.soft)
  if (route.disputed) soft.push('crosswalk.conflict')
  if (asked.evidence === true && !claim.evidence) hard.push('evidence.absent')
  if (leaf.issuers !== undefined && !leaf.issuers.has(canonicalUri(claim.issuer))) hard.push('issuer.not_accepted')
  let until = claim.until
  if (asked.maxAgeMonths !== undefined) {
    const end = plusMonths(claim.awarded, asked.maxAgeMonths)
    if (!(end > now.getTime())) hard.push('award.too_old')
    until = Math.min(until, end)
  }
  if (leaf.endorsers !== undefined) {
    const endorsed = endorsedUntil(leaf, claim)
    if (endorsed.code !== undefined) (endorsed.isHard ? hard : soft).push(endorsed.code)
    until = Math.min(until, endorsed.until)
  }
  const predicted = asked.predictable && predictedBy(asked.predictable, claim, records)
  if (predicted?.code !== undefined) (predicted.code === 'record.below' ? hard : soft).push(predicted.code)
  const verdict = hard.length > 0 ? 'no' : soft.length > 0 ? 'maybe' : 'yes'
  const codes = verdict === 'yes' ? remarks(route, reached) : [...hard, ...soft]
  return { claim, route, named, verdict, codes, level: reached.id, rank: reached.rank, until, predicted }
}

/** What somebody may want to know of a badge that counts. */
function remarks(route: Route, { isRequired }: Reached): StackReason['code'][] {
  return [
    ...(route.narrow ? (['match.narrow'] as const) : []),
    ...(stepsOf(route).some(({ via }) => via === 'replacement') ? (['match.replacement'] as const) : []),
    ...(isRequired ? (['level.required'] as const) : []),
  ]
}

interface Endorsed {
  /** What is in the way, and whether for good. */
  readonly code?: StackReason['code']
  readonly isHard?: boolean
  readonly until: number
}

/** As long as any of those who may endorse it does. */
function endorsedUntil({ endorsers }: Leaf, claim: Claim): Endorsed {
  const fitting = claim.endorsers.filter(({ id, isIndependent }) =>
    endorsers === 'independent' ? isIndependent : endorsers?.has(id),
  )
  const untilBy = (counts: Claim['endorsers'][number]['counts']) =>
    Math.max(...fitting.filter((each) => each.counts === counts).map(({ until }) => until))
  const [sure, perhaps] = [untilBy('yes'), untilBy('maybe')]
  if (sure !== Number.NEGATIVE_INFINITY) return { until: sure }
  if (perhaps !== Number.NEGATIVE_INFINITY) return { code: 'endorsement.unverified', until: perhaps }
  const code = fitting.length === 0 ? 'endorsement.absent' : 'endorsement.expired'
  return { code, isHard: true, until: Number.POSITIVE_INFINITY }
}

interface Reached {
  readonly route: Route
  readonly rank: number
  readonly id: string | undefined
  readonly hard: readonly StackReason['code'][]
  readonly soft: readonly StackReason['code'][]
  /** It is the level that the badge's own scale requires, and none that it states. */
  readonly isRequired: boolean
}

/** By statements that nobody contradicts, where these suffice. */
function reachedBy(leaf: Leaf, claim: Claim, shortest: Route, named: string): Reached {
  const certain = reachedWith(leaf, claim, shortest, named, true)
  if (leaf.wanted === undefined || certain.hard.length + certain.soft.length === 0) return certain
  const perhaps = reachedWith(leaf, claim, shortest, named, false)
  return perhaps.hard.length < certain.hard.length || certain.rank < 0 ? perhaps : certain
}

/**
 * The level on the required competency's own scale, by alignment, or by alignment and the levels of crosswalks. Of several results that
 * speak of it the lowest counts: two that disagree prove no more.
 */
function reachedWith(leaf: Leaf, claim: Claim, shortest: Route, named: string, certainly: boolean): Reached {
  const { scale, wanted } = leaf
  const amounts = certainly ? leaf.amounts : leaf.disputedAmounts
  let code: StackReason['code'] = 'level.not_stated'
  const reached: { level: string; rank: number; route: Route; isWanted: boolean; isRequired: boolean }[] = []
  for (const { about, levels, notInRubric, isRequired } of claim.levels) {
    // A scale that is aligned to other competencies of the badge speaks of those.
    if (!about.includes(named) && about.some((id) => claim.names.has(id))) continue
    if (notInRubric) code = 'level.not_in_rubric'
    else if (levels.length > 0 && code === 'level.not_stated') code = 'level.not_comparable'
    const found = levels.flatMap((stated): readonly Amount[] => {
      const translated = amounts.get(named)?.get(stated) ?? []
      return translated.length > 0 ? translated : scale.levels.has(stated) ? [{ level: stated, route: shortest }] : []
    })
    const rankOf = ({ level }: Amount) => scale.levels.get(level)?.rank ?? -1
    const isWanted = (each: Amount) => (scale.isOrdered ? rankOf(each) >= (wanted ?? -1) : rankOf(each) === wanted)
    const [best] = [...found].sort(
      (a, b) => Number(isWanted(b)) - Number(isWanted(a)) || rankOf(b) - rankOf(a) || a.route.cost - b.route.cost,
    )
    if (best !== undefined) reached.push({ ...best, rank: rankOf(best), isWanted: isWanted(best), isRequired })
  }
  const [lowest] = reached.sort((a, b) => Number(a.isWanted) - Number(b.isWanted) || a.rank - b.rank)
  if (lowest === undefined) {
    const hard =
      wanted === undefined ? [] : [scale.levels.size === 0 || claim.levels.length === 0 ? 'level.not_stated' : code]
    return { route: shortest, rank: -1, id: undefined, hard, soft: [], isRequired: false }
  }
  const { level, rank, isRequired, isWanted } = lowest
  return {
    // Without a level that is asked the way there does not matter.
    route: wanted === undefined ? shortest : lowest.route,
    rank,
    id: scale.levels.get(level)?.id,
    hard: wanted !== undefined && !isWanted && scale.isOrdered ? ['level.below'] : [],
    soft: wanted !== undefined && !isWanted && !scale.isOrdered ? ['level.order_unknown'] : [],
    isRequired,
  }
}

/** The same day of the month, else its last; UTC. */
export function plusMonths(time: number, months: number): number {
  const date = new Date(time)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return date.setUTCDate(Math.min(day, last))
}
