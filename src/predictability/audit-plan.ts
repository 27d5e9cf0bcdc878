/**
 * How many badges must a third party look at again, to be sure? A plan says so before anybody looks, with how often it errs.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { arrayOf, flag, type Kind, kindOf, type Members, number, oneOf, open, whole } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { confidenceKind } from './measure.js'
import {
  acceptOf,
  beyond,
  inside,
  MOST_BADGES,
  MOST_COUNTED,
  type Population,
  share,
  within,
} from './operating-curve.js'
import { type Stops, shortestTest, walkOf } from './sequential.js'
import { MOST_LOOKED, smallest, smallestSample, TOO_NEAR } from './single-sampling.js'

/** What an audit is for. */
export interface AuditPlanOptions {
  /** How many badges there are to draw from. */
  readonly badges: number
  /** The share of them that may fail to hold up, such as 0.1: where more do, the audit must not accept. */
  readonly tolerate: number
  /** How sure that is: where more than `tolerate` fail, it rejects at least so often. Default 0.95. */
  readonly confidence?: number | undefined
  /**
   * The share that is expected to fail where all is well, below `tolerate`: then the plan allows for some failures, and so accepts what is
   * well at least as often as `acceptExpected`. Default: none is allowed (a zero-failure sample, the smallest there is, which also rejects
   * much that is well).
   */
  readonly expect?: number | undefined
  /** Only with `expect`. Default 0.9. */
  readonly acceptExpected?: number | undefined
  /** So many failures are accepted, whatever is expected: instead of `expect`. */
  readonly allow?: number | undefined
  /** Stops as soon as enough is known: fewer badges on average, somewhat more at most. Needs `expect`. Default false. */
  readonly sequential?: boolean | undefined
}

/** A plan. Plain JSON, to be published before the sample is drawn; `explainAuditPlan` says it in words. */
export interface AuditPlan {
  readonly type: 'AuditPlan'
  readonly badges: number
  readonly tolerate: number
  readonly confidence: number
  readonly expect?: number
  /** `hypergeometric`: badges are counted; `binomial`: there are more than a million, and only shares count. */
  readonly distribution: 'hypergeometric' | 'binomial'
  /** So many are drawn and looked at: of a sequential plan at most. */
  readonly sample: number
  /** It is accepted with so many failures or fewer among all that were drawn. */
  readonly accept: number
  /** Where a sequential plan stops before. */
  readonly stops?: Pick<Stops, 'acceptFrom' | 'rejectUpTo'>
  readonly risks: {
    /** So often it accepts the best of what it must not accept. */
    readonly consumer: number
    /** So often it rejects what is as good as `expect`. Absent where nothing is expected. */
    readonly producer?: number
  }
}

/** What a plan does where this share fails. */
export interface OperatingPoint {
  readonly failing: number
  /** How often it accepts. */
  readonly accepted: number
  /** How many badges are looked at on average: all that were drawn, or fewer where it is sequential. */
  readonly looked: number
}

const PLAN: Members<AuditPlanOptions> = {
  badges: whole(1, MOST_BADGES),
  tolerate: inside,
  confidence: confidenceKind,
  expect: share,
  acceptExpected: inside,
  allow: whole(0, MOST_LOOKED),
  sequential: flag,
}

/**
 * The smallest audit that keeps what it promises, counted exactly (hypergeometric) up to a million badges. With no failure allowed that is
 * the success-run theorem, n = ln(1 - confidence) / ln(1 - tolerate), where there are very many: 29 badges for 10 %, 59 for 5 %.
 *
 * Throws UsageError `usage.invalid_option` where options contradict each other, or would take more than 100 000 badges.
 */
export function planAudit(options: AuditPlanOptions): AuditPlan {
  demandOptions(options, PLAN, { required: ['badges', 'tolerate'] })
  const { badges, tolerate, confidence = 0.95, expect, sequential = false } = options
  demandTogether(options)
  const bad = beyond(badges, tolerate)
  const good = expect === undefined ? undefined : within(badges, expect)
  const { stops, ...found } =
    sequential && good !== undefined ? sequentialPlan(options, good, bad) : fixedPlan(options, good, bad)
  const plan = {
    type: 'AuditPlan' as const,
    badges,
    tolerate,
    confidence,
    ...(expect === undefined ? {} : { expect }),
    distribution: badges > MOST_COUNTED ? ('binomial' as const) : ('hypergeometric' as const),
    ...found,
    ...(stops === undefined ? {} : { stops }),
  }
  const consumer = behaviour(plan, bad).accepted
  const producer = good === undefined ? undefined : 1 - behaviour(plan, good).accepted
  return { ...plan, risks: { consumer, ...(producer === undefined ? {} : { producer }) } }
}

function demandTogether({ tolerate, expect, acceptExpected, allow, sequential }: AuditPlanOptions): void {
  if (expect !== undefined && expect >= tolerate) throw invalidOption('expect', 'is below "tolerate"')
  if (expect !== undefined && allow !== undefined)
    throw invalidOption('allow', 'is said by "expect" already: leave one of them out')
  if (acceptExpected !== undefined && expect === undefined)
    throw invalidOption('acceptExpected', 'needs "expect": how often what is accepted?')
  if (sequential === true && (expect === undefined || expect === 0))
    throw invalidOption('sequential', 'needs "expect" above 0: what is it to be told from?')
}

type Found = Pick<AuditPlan, 'sample' | 'accept' | 'stops'>

function fixedPlan(
  { confidence = 0.95, acceptExpected = 0.9, allow = 0 }: AuditPlanOptions,
  good: Population | undefined,
  bad: Population,
): Found {
  const maxAccept = 1 - confidence
  if (good !== undefined) {
    const plan = smallest(good, bad, acceptExpected, maxAccept)
    if (plan === undefined) throw invalidOption('tolerate', TOO_NEAR)
    return plan
  }
  if (bad.badges !== undefined && allow >= bad.failing)
    throw invalidOption('allow', `is ${allow}, and no more than ${bad.failing - 1} of ${bad.badges} are tolerated`)
  const sample = smallestSample(bad, allow, maxAccept)
  if (sample === undefined) throw invalidOption('tolerate', `needs a sample of more than ${MOST_LOOKED}`)
  return { sample, accept: allow }
}

function sequentialPlan(
  { badges, tolerate, confidence = 0.95, expect = 0, acceptExpected = 0.9 }: AuditPlanOptions,
  good: Population,
  bad: Population,
): Found {
  const aims = { good: expect, bad: tolerate, producerRisk: 1 - acceptExpected, consumerRisk: 1 - confidence }
  const test = shortestTest(aims, good, bad, Math.min(badges, MOST_LOOKED))
  if (test === undefined) throw invalidOption('tolerate', TOO_NEAR)
  const { acceptFrom, rejectUpTo, maximum, accept } = test.stops
  return { sample: maximum, accept, stops: { acceptFrom, rejectUpTo } }
}

/** What a plan does with a population. */
function behaviour(plan: Found, population: Population): { readonly accepted: number; readonly looked: number } {
  const { sample, accept, stops } = plan
  if (stops !== undefined) return walkOf({ ...stops, maximum: sample, accept }, population)
  return { accepted: acceptOf(population, sample, accept), looked: sample }
}

const counts = arrayOf(whole(0, MOST_BADGES))
const planShape = open(
  {
    type: oneOf('AuditPlan'),
    badges: whole(1, MOST_BADGES),
    tolerate: inside,
    confidence: confidenceKind,
    expect: share,
    distribution: oneOf('hypergeometric', 'binomial'),
    sample: whole(1, MOST_LOOKED),
    accept: whole(0, MOST_LOOKED),
    stops: open({ acceptFrom: counts, rejectUpTo: counts }, ['acceptFrom', 'rejectUpTo']),
    risks: open({ consumer: number, producer: number }, ['consumer']),
  },
  ['type', 'badges', 'tolerate', 'confidence', 'distribution', 'sample', 'accept', 'risks'],
)
const fits = kindOf('a plan whose sample is no larger than there are badges', (value) => {
  const { sample, badges } = value as AuditPlan
  return sample <= badges
})
export const auditPlanKind: Kind = (value, path) => planShape(value, path) ?? fits(value, path)

const FAILING: Kind = arrayOf(share)

/**
 * The operating curve of a plan: how often it accepts, and how many badges it looks at, for each share that fails. Of counted badges a
 * share is rounded to whole ones. Default: 21 shares from none to four times what is tolerated.
 */
export function operatingCurve(plan: AuditPlan, failing?: readonly number[]): OperatingPoint[] {
  demandArgument(plan, auditPlanKind, 'plan')
  if (failing !== undefined) demandArgument(failing, FAILING, 'failing')
  const most = Math.min(1, plan.tolerate * 4)
  const shares = failing ?? Array.from({ length: 21 }, (_, step) => (most * step) / 20)
  const { badges, distribution } = plan
  const numbers = distribution === 'binomial' ? shares : [...new Set(shares.map((one) => Math.round(one * badges)))]
  return numbers.map((one) => {
    const population = distribution === 'binomial' ? { failing: one } : { badges, failing: one }
    return { failing: distribution === 'binomial' ? one : one / badges, ...behaviour(plan, population) }
  })
}
