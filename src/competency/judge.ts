/**
 * One credential against one requirement: does it meet it, at which level, until when, and what is in the way?
 *
 * @module
 */
import type { Claim, Naming } from './claims.js'
import { compare, inOrder } from './claims.js'
import type { Leaf, Within } from './compile.js'
import { type ContextFit, fitOf } from './context.js'
import { canonicalUri } from './identifiers.js'
import { type Predicted, predictedBy, type Records } from './predictable.js'
import type { StackReason } from './reasons.js'
import { type Amount, type CompetencyIndex, type Route, stepsOf } from './routes.js'

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
  /** What does not fit, or is not said, of the contexts that are asked: for `context.` and `crosswalk.` codes. */
  readonly contextual: readonly StackReason[]
}

/** What badges are judged by. */
export interface Judging {
  readonly now: Date
  readonly records: Records
  readonly index: CompetencyIndex
}

/** All that lead to the competency: those that meet it first, of these the one that lasts longest. */
export function candidatesOf(
  leaf: Leaf,
  claimsByName: ReadonlyMap<string, readonly Claim[]>,
  judging: Judging,
): Candidate[] {
  const candidates: Candidate[] = []
  eachRoute(leaf.routes, claimsByName, (named, route, claims) => {
    for (const claim of claims) candidates.push(judge(leaf, claim, route, named, judging))
  })
  for (const within of leaf.within)
    eachRoute(within.routes, claimsByName, (named, route, claims) => {
      for (const claim of claims) candidates.push(...judgeWithin(leaf, within, claim, route, named, judging))
    })
  return candidates.length < 2 ? candidates : onePerClaim(candidates.sort(order))
}

/** From whichever is smaller: a person has few badges, a competency few names. */
function eachRoute(
  routes: Leaf['routes'],
  claimsByName: ReadonlyMap<string, readonly Claim[]>,
  visit: (named: string, route: Route, claims: readonly Claim[]) => void,
): void {
  const meet = (named: string, route: Route | undefined, claims: readonly Claim[] | undefined) => {
    if (route !== undefined && claims !== undefined) visit(named, route, claims)
  }
  if (claimsByName.size < routes.size) for (const [name, claims] of claimsByName) meet(name, routes.get(name), claims)
  else for (const [name, route] of routes) meet(name, route, claimsByName.get(name))
}

/** By what crosswalks say of a context; of one that was shown in another one only where nothing else leads there. */
function judgeWithin(
  leaf: Leaf,
  { context, ...ways }: Within,
  claim: Claim,
  route: Route,
  named: string,
  judging: Judging,
): Candidate[] {
  const isBeside = leaf.routes.has(named)
  if (isBeside && leaf.wanted === undefined) return []
  const fit = fitOf(context, claim.context, judging.index.find(named)?.competency)
  if (isBeside && fit.verdict === 'no') return []
  return [judge({ ...leaf, ...ways }, claim, route, named, judging, fit)]
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

/** `within`: how the badge fits the context in which alone the way there holds. */
function judge(
  leaf: Leaf,
  claim: Claim,
  shortest: Route,
  named: string,
  { now, records, index }: Judging,
  within?: ContextFit,
): Candidate {
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
  const contextual = contextReasons(claim, within, 'crosswalk')
  if (within?.verdict === 'no') hard.push('crosswalk.other_context')
  if (within?.verdict === 'maybe') soft.push('crosswalk.context_not_stated')
  if (asked.context !== undefined) {
    const fit = fitOf(asked.context, claim.context, index.find(named)?.competency)
    const { notSaid = 'uncertain' } = asked.context
    contextual.push(...contextReasons(claim, fit, 'context'))
    if (fit.problems.some(({ kind }) => kind === 'other')) hard.push('context.other')
    const isSilent = fit.problems.some(({ kind }) => kind === 'silent')
    if (isSilent && notSaid !== 'accepted') (notSaid === 'refused' ? hard : soft).push('context.not_stated')
  }
  const verdict = hard.length > 0 ? 'no' : soft.length > 0 ? 'maybe' : 'yes'
  const codes = verdict === 'yes' ? remarks(route, reached) : [...hard, ...soft]
  return { claim, route, named, verdict, codes, level: reached.id, rank: reached.rank, until, predicted, contextual }
}

const CONTEXT_CODES = {
  context: { other: 'context.other', silent: 'context.not_stated' },
  crosswalk: { other: 'crosswalk.other_context', silent: 'crosswalk.context_not_stated' },
} as const

/** One for each dimension. */
function contextReasons(
  { credential }: Claim,
  fit: ContextFit | undefined,
  of: keyof typeof CONTEXT_CODES,
): StackReason[] {
  return (fit?.problems ?? []).map(({ kind, dimension, stated, wanted }) => ({
    code: CONTEXT_CODES[of][kind],
    credential,
    dimension,
    ...(stated.length === 0 ? {} : { stated }),
    wanted,
  }))
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
  const isOfResult = OF_RESULTS.includes(claim.names.get(named)?.via ?? 'alignment')
  for (const { about, names, levels, notInRubric, isRequired } of claim.levels) {
    // What only results name is spoken of by those results.
    if (isOfResult && !names.includes(named)) continue
    // A scale that is aligned to other competencies of the badge speaks of those.
    if (!about.includes(named) && about.some((id) => isOfAchievement(claim, id))) continue
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

const OF_RESULTS: readonly string[] = ['resultDescription', 'level', 'result'] satisfies Naming['via'][]

function isOfAchievement({ names }: Claim, id: string): boolean {
  const naming = names.get(id)
  return naming !== undefined && !OF_RESULTS.includes(naming.via)
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
