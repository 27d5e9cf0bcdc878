/**
 * What an audit came to: accept, reject, or go on.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { hypergeometricCdf } from '../internal/distributions.js'
import {
  arrayOf,
  iterable,
  type Kind,
  kindOf,
  list,
  type Members,
  oneOf,
  open,
  shape,
  text,
  whole,
} from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { type AuditPlan, auditPlanKind } from './audit-plan.js'
import { type AuditBadge, type AuditSample, commitmentOf, drawSample } from './draw-sample.js'
import type { Interval } from './measure.js'
import { MOST_BADGES, MOST_COUNTED } from './operating-curve.js'
import { atLeast, wilson } from './proportion.js'
import { decide } from './sequential.js'

/** What an evaluator found of one badge. */
export interface AuditResult {
  /** The id of the badge. */
  readonly badge: string
  /**
   * `confirmed`: judged anew, it reaches what the badge says. `not-confirmed`: it does not. `not-judged`: it could not be judged, because
   * the evidence is gone or nobody can read it. That counts as a failure: else whoever hides evidence passes.
   */
  readonly outcome: 'confirmed' | 'not-confirmed' | 'not-judged'
}

/** What the results are held against. */
export interface JudgeAuditOptions {
  /** What was published before the first badge was looked at. A sample with another plan, seed or list of badges is refused. */
  readonly commitment: string
  /** All badges that were drawn from: then the sample is drawn again and compared. Default: that it is what the seed draws is taken for granted. */
  readonly badges?: Iterable<AuditBadge> | undefined
}

/** What keeps the outcome from meaning what it seems to mean. */
export type AuditRemark =
  /** All badges that were drawn from were looked at: nothing is estimated. */
  | 'census'
  /** It stopped before all were looked at: the share that was seen leans to the side on which it stopped. */
  | 'stopped_early'
  /** Results came for badges that stand later in the order: they do not count until the ones before are there. */
  | 'out_of_order'
  /** Some badges could not be judged. */
  | 'not_judged'
  /** That the sample is what the seed draws was not checked: `badges` was not given. */
  | 'draw_not_checked'
  /** Some issuers or achievements have no badge among those that count. */
  | 'strata_not_seen'

/** How the badges of one issuer and achievement fared. */
export interface AuditedStratum {
  readonly issuer?: string
  readonly achievement?: string
  readonly looked: number
  readonly failed: number
}

/** An audit's outcome. Plain JSON; `explainAudit` says it in words. */
export interface AuditReport {
  readonly type: 'AuditReport'
  /** `go-on`: the plan asks for more results. */
  readonly outcome: 'accept' | 'reject' | 'go-on'
  readonly plan: AuditPlan
  readonly commitment: string
  /** How many results count: those that led to the outcome. */
  readonly looked: number
  readonly confirmed: number
  /** Not confirmed, or not judged. */
  readonly failed: number
  readonly notJudged: number
  /** Results that came besides and changed nothing. */
  readonly further: number
  /** The ids of the next badges to look at, at most 10; none where it is decided. */
  readonly next: readonly string[]
  /** How many are left to look at, at most. */
  readonly left: number
  /** The share of all badges that would be confirmed. Absent where nothing was looked at. */
  readonly interval?: Interval
  /** With the plan's confidence at most this share fails (one-sided, exact). 1 where nothing was looked at. */
  readonly failingAtMost: number
  /** With the plan's confidence at least this share fails (one-sided, exact). */
  readonly failingAtLeast: number
  /** By issuer and achievement, at most 1000: numbers to ask by, too small to judge by. */
  readonly strata: readonly AuditedStratum[]
  readonly remarks: readonly AuditRemark[]
}

const RESULT: Members<AuditResult> = { badge: text, outcome: oneOf('confirmed', 'not-confirmed', 'not-judged') }
const result = shape(RESULT, { required: ['badge', 'outcome'] })
const OPTIONS: Members<JudgeAuditOptions> = {
  commitment: kindOf(
    'a commitment: 64 hexadecimal digits',
    (value) => typeof value === 'string' && /^[\da-f]{64}$/.test(value),
  ),
  badges: iterable,
}
const drawn = open({ id: text, issuer: text, achievement: text }, ['id'])
const sampleShape = open(
  {
    type: oneOf('AuditSample'),
    plan: auditPlanKind,
    seed: text,
    population: open(
      { badges: whole(1, MOST_BADGES), digest: text, strata: list, furtherStrata: whole(0, MOST_BADGES) },
      ['badges', 'digest', 'strata', 'furtherStrata'],
    ),
    sample: arrayOf(drawn),
    commitment: text,
  },
  ['type', 'plan', 'seed', 'population', 'sample', 'commitment'],
)
const sampleKind: Kind = (value, path) => sampleShape(value, path)

/**
 * Judges the results of an audit by its plan. Results of a sequential plan count in the order of the sample, up to the one that decides; those
 * of another plan in any order: it rejects as soon as more failed than it allows, and accepts when all are there.
 *
 * Throws UsageError `usage.other_audit` where plan, seed or badges are not those of `commitment`, or the sample is not what they draw;
 * `usage.invalid_results` where a result is of a badge that was not drawn, or a badge has two.
 */
export function judgeAudit(
  sample: AuditSample,
  results: Iterable<AuditResult>,
  options: JudgeAuditOptions,
): AuditReport {
  demandArgument(sample, sampleKind, 'sample')
  demandArgument(results, iterable, 'results')
  demandOptions(options, OPTIONS, { required: ['commitment'] })
  demandCommitted(sample, options)
  const { plan, sample: badges, commitment } = sample
  const outcomes = outcomesOf(badges, results)
  const isSequential = plan.stops !== undefined
  const counted = isSequential ? untilMissing(badges, outcomes) : badges.filter(({ id }) => outcomes.has(id))
  const { outcome, looked } = judge(
    plan,
    counted.map(({ id }) => outcomes.get(id) !== 'confirmed'),
  )
  const counts = counted.slice(0, looked)
  const failed = counts.filter(({ id }) => outcomes.get(id) !== 'confirmed').length
  const notJudged = counts.filter(({ id }) => outcomes.get(id) === 'not-judged').length
  const waiting = badges.filter(({ id }) => !outcomes.has(id))
  const strata = stratify(counts, (id) => outcomes.get(id) !== 'confirmed')
  const numbers = { looked, confirmed: looked - failed, failed, notJudged, further: outcomes.size - looked }
  const remarks: readonly (readonly [AuditRemark, boolean])[] = [
    ['census', looked === plan.badges],
    ['stopped_early', outcome !== 'go-on' && looked < plan.sample],
    ['out_of_order', outcome === 'go-on' && numbers.further > 0],
    ['not_judged', notJudged > 0],
    ['draw_not_checked', options.badges === undefined],
    [
      'strata_not_seen',
      outcome !== 'go-on' && strata.length < sample.population.strata.length + sample.population.furtherStrata,
    ],
  ]
  return {
    type: 'AuditReport',
    outcome,
    plan,
    commitment,
    ...numbers,
    next: outcome === 'go-on' ? waiting.slice(0, 10).map(({ id }) => id) : [],
    left: outcome === 'go-on' ? badges.length - looked : 0,
    ...(looked === 0 ? {} : { interval: wilson(looked - failed, looked, { confidence: plan.confidence }) }),
    ...failingBetween(plan, looked, failed),
    strata: strata.slice(0, 1000),
    remarks: remarks.flatMap(([remark, holds]) => (holds ? [remark] : [])),
  }
}

/** It is the plan, the seed and the list of badges that was published, and the sample is what these draw. */
function demandCommitted(sample: AuditSample, { commitment, badges }: JudgeAuditOptions): void {
  const { plan, population, seed } = sample
  if (commitmentOf(plan, population, seed) !== commitment || sample.commitment !== commitment)
    throw otherAudit(
      'the commitment is of another plan, seed or list of badges than this sample: an audit is not drawn again because of what it shows',
    )
  const ids = sample.sample.map(({ id }) => id)
  if (ids.length !== plan.sample || new Set(ids).size !== ids.length)
    throw otherAudit(`the plan draws ${plan.sample} badges, and this sample has ${new Set(ids).size}`)
  if (badges === undefined) return
  const again = drawSample(badges, plan, seed)
  if (again.commitment !== commitment)
    throw otherAudit(
      '"badges" are not those that were drawn from: since then there are others, or some have another issuer or achievement',
    )
  const other = again.sample.findIndex(({ id }, index) => id !== ids[index])
  if (other >= 0)
    throw otherAudit(
      `the sample is not what its seed draws: number ${other + 1} is ${shown(again.sample[other]?.id ?? '')}`,
    )
}

const otherAudit = (message: string) => new UsageError('usage.other_audit', message)

function outcomesOf(
  badges: readonly AuditBadge[],
  results: Iterable<AuditResult>,
): Map<string, AuditResult['outcome']> {
  const ids = new Set(badges.map(({ id }) => id))
  const outcomes = new Map<string, AuditResult['outcome']>()
  let index = 0
  for (const one of results) {
    demandArgument(one, result, `results[${index++}]`)
    const { badge, outcome } = one
    if (!ids.has(badge)) throw invalidResults(`${shown(badge)} was not drawn: results of other badges say nothing here`)
    if (outcomes.has(badge))
      throw invalidResults(
        `${shown(badge)} has two results: where evaluators differ, they settle which one counts before it is judged`,
      )
    outcomes.set(badge, outcome)
  }
  return outcomes
}

const invalidResults = (message: string) => new UsageError('usage.invalid_results', message)

/** Those that stand before the first without a result. */
function untilMissing(badges: readonly AuditBadge[], outcomes: ReadonlyMap<string, unknown>): readonly AuditBadge[] {
  const missing = badges.findIndex(({ id }) => !outcomes.has(id))
  return missing < 0 ? badges : badges.slice(0, missing)
}

/** How many of the results lead to which outcome. */
function judge(
  { sample, accept, stops }: AuditPlan,
  fails: readonly boolean[],
): Pick<AuditReport, 'outcome' | 'looked'> {
  if (stops === undefined) {
    const failed = fails.filter(Boolean).length
    const outcome = failed > accept ? 'reject' : fails.length >= sample ? 'accept' : 'go-on'
    return { outcome, looked: fails.length }
  }
  let failed = 0
  for (const [index, isFailure] of fails.entries()) {
    if (isFailure) failed++
    const outcome = decide({ ...stops, maximum: sample, accept }, index + 1, failed)
    if (outcome !== undefined) return { outcome, looked: index + 1 }
  }
  return { outcome: 'go-on', looked: fails.length }
}

function stratify(counts: readonly AuditBadge[], isFailure: (id: string) => boolean): AuditedStratum[] {
  const strata = new Map<string, { readonly badge: AuditBadge; looked: number; failed: number }>()
  for (const badge of counts) {
    const key = JSON.stringify([badge.issuer ?? null, badge.achievement ?? null])
    const own = strata.get(key) ?? { badge, looked: 0, failed: 0 }
    own.looked++
    if (isFailure(badge.id)) own.failed++
    strata.set(key, own)
  }
  return [...strata.values()].map(({ badge: { issuer, achievement }, looked, failed }) => ({
    ...(issuer === undefined ? {} : { issuer }),
    ...(achievement === undefined ? {} : { achievement }),
    looked,
    failed,
  }))
}

/**
 * One-sided limits of the failing share: of Clopper and Pearson for very many badges; of counted ones the largest and the smallest number
 * for which what was seen is not less probable than 1 - confidence (Buonaccorsi, Am. Stat. 41, 1987).
 */
export function failingBetween(
  { badges, confidence }: Pick<AuditPlan, 'badges' | 'confidence'>,
  looked: number,
  failed: number,
): Pick<AuditReport, 'failingAtMost' | 'failingAtLeast'> {
  if (looked === 0) return { failingAtMost: 1, failingAtLeast: 0 }
  if (badges > MOST_COUNTED)
    return {
      failingAtMost: 1 - atLeast(looked - failed, looked, confidence),
      failingAtLeast: atLeast(failed, looked, confidence),
    }
  const [fewest, most] = [failed, badges - looked + failed]
  const rare = 1 - confidence
  // The more there are, the less probable so few are in the sample, and the more probable so many.
  const last = lastOf(fewest, most, (failing) => hypergeometricCdf(failed, badges, failing, looked) > rare)
  const first =
    failed === 0
      ? 0
      : lastOf(fewest, most, (failing) => 1 - hypergeometricCdf(failed - 1, badges, failing, looked) <= rare) + 1
  return { failingAtMost: last / badges, failingAtLeast: Math.min(first, most) / badges }
}

/** The last number from `low` to `high` for which it holds, as it does up to some number; `low - 1` where for none. */
function lastOf(low: number, high: number, holds: (value: number) => boolean): number {
  let [yes, no] = [low - 1, high + 1]
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2)
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}
