/**
 * Sampling plans: the fewest badges that have to be looked at, and how many of them may fail.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { type Members, oneOf, shape, whole } from '../internal/members.js'
import { demandOptions } from '../report/demand-options.js'
import {
  acceptOf,
  beyond,
  inside,
  MOST_BADGES,
  type Population,
  type SingleSampling,
  share,
  within,
} from './operating-curve.js'

/** A share that fails, and how often a plan may accept it. */
export interface ProducerPoint {
  /** The share that fails where all is well. */
  readonly failing: number
  /** So often at least it has to be accepted then. */
  readonly minAccept: number
}

/** The share that must not pass. */
export interface ConsumerPoint {
  /** The share that fails where it is not well. */
  readonly failing: number
  /** So often at most it may be accepted then. */
  readonly maxAccept: number
}

/** What a plan has to do. */
export interface SamplingAims {
  readonly producer: ProducerPoint
  readonly consumer: ConsumerPoint
  /** How many badges there are. Default: so many that it makes no difference. */
  readonly badges?: number | undefined
}

/** More than this nobody looks at: there is no plan then. */
export const MOST_LOOKED = 100_000
export const TOO_NEAR = `cannot be told from what is expected by a sample of ${MOST_LOOKED}: set the two further apart`
const PRODUCER: Members<ProducerPoint> = { failing: share, minAccept: inside }
const CONSUMER: Members<ConsumerPoint> = { failing: inside, maxAccept: inside }
const AIMS: Members<SamplingAims> = {
  producer: shape(PRODUCER, { required: ['failing', 'minAccept'] }),
  consumer: shape(CONSUMER, { required: ['failing', 'maxAccept'] }),
  badges: whole(1, MOST_BADGES),
}

/**
 * The plan with the smallest sample that meets both points (Guenther, J. Qual. Technol. 1, 1969; R AcceptanceSampling `find.plan`).
 * Throws UsageError `usage.invalid_option` where the two are so near each other that it would take more than 100 000 badges.
 */
export function singleSampling(aims: SamplingAims): SingleSampling {
  demandOptions(aims, AIMS, { required: ['producer', 'consumer'] })
  const { producer, consumer, badges } = aims
  if (producer.failing >= consumer.failing)
    throw invalidOption('producer.failing', 'is below "consumer.failing": what is well fails less often')
  const good = badges === undefined ? { failing: producer.failing } : within(badges, producer.failing)
  const bad = badges === undefined ? { failing: consumer.failing } : beyond(badges, consumer.failing)
  const plan = smallest(good, bad, producer.minAccept, consumer.maxAccept)
  if (plan === undefined) throw invalidOption('consumer.failing', TOO_NEAR)
  return { ...plan, ...(badges === undefined ? {} : { badges }) }
}

/**
 * For each number of failures the smallest sample that refuses what is bad: larger ones refuse more of what is good. The first that
 * accepts what is good is the smallest of all.
 */
export function smallest(good: Population, bad: Population, minAccept: number, maxAccept: number) {
  let from = 1
  for (let accept = 0; ; accept++) {
    const sample = smallestSample(bad, accept, maxAccept, from)
    if (sample === undefined) return undefined
    if (acceptOf(good, sample, accept) >= minAccept) return { sample, accept }
    from = sample
  }
}

/** The smallest sample for which so many failures are accepted at most so often; undefined where it would be more than anybody looks at. */
export function smallestSample(bad: Population, accept: number, maxAccept: number, from = 1): number | undefined {
  const most = Math.min(bad.badges ?? MOST_LOOKED, MOST_LOOKED)
  const isEnough = (sample: number) => acceptOf(bad, sample, accept) <= maxAccept
  let low = Math.max(from, accept + 1)
  let high = low
  while (high < most && !isEnough(high)) {
    low = high + 1
    high = Math.min(most, high * 2)
  }
  if (low > most || !isEnough(high)) return undefined
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle + 1
  }
  return high
}

/** What a plan of the tables is asked for. */
export interface AqlOptions {
  /** How many badges there are. */
  readonly badges: number
  /** The acceptable quality limit, as the tables write it: per cent that fail. */
  readonly aql: '1.0' | '2.5' | '4.0'
}

const AQL: Members<AqlOptions> = { badges: whole(2, 3200), aql: oneOf('1.0', '2.5', '4.0') }

/** Up to so many badges; the code letter of general level II; sample and failures by limit. Where an arrow leads elsewhere, what it leads to. */
const ROWS: readonly (readonly [
  from: number,
  to: number,
  letter: string,
  plans: Readonly<Partial<Record<AqlOptions['aql'], readonly [sample: number, accept: number]>>>,
])[] = [
  [51, 90, 'E', { '1.0': [13, 0], '2.5': [20, 1], '4.0': [13, 1] }],
  [91, 150, 'F', { '2.5': [20, 1], '4.0': [20, 2] }],
  [151, 280, 'G', { '2.5': [32, 2], '4.0': [32, 3] }],
  [281, 500, 'H', { '1.0': [50, 1], '2.5': [50, 3], '4.0': [50, 5] }],
  [501, 1200, 'J', { '1.0': [80, 2], '2.5': [80, 5], '4.0': [80, 7] }],
  [1201, 3200, 'K', { '1.0': [125, 3], '2.5': [125, 7], '4.0': [125, 10] }],
]

/**
 * A single plan of MIL-STD-105E (1989, in the public domain; tables I and II-A: general level II, normal inspection), which ANSI/ASQ Z1.4
 * and ISO 2859-1 have too. An excerpt: 51 to 3200 badges. Such a plan protects whoever issues: what is as good as the limit is mostly
 * accepted, and what is worse often too. `planAudit` protects whoever hires. Throws UsageError where the excerpt has no such plan.
 */
export function aqlPlan(options: AqlOptions): Required<SingleSampling> & { readonly letter: string } {
  demandOptions(options, AQL, { required: ['badges', 'aql'] })
  const { badges, aql } = options
  const row = ROWS.find(([from, to]) => badges >= from && badges <= to)
  if (row === undefined) throw invalidOption('badges', 'is below 51, which this excerpt of the table does not have')
  const [from, to, letter, plans] = row
  const plan = plans[aql]
  if (plan === undefined)
    throw invalidOption(
      'aql',
      `${aql} is not in this excerpt for ${from} to ${to} badges: there are ${Object.keys(plans).join(', ')}`,
    )
  return { badges, sample: plan[0], accept: plan[1], letter }
}
