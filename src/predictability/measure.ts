/**
 * What every measure of agreement answers: a number is never alone, and there is none where it would be 0/0.
 *
 * @module
 */
import { normalQuantile, tQuantile } from '../internal/distributions.js'
import { kindOf, type Members, oneOf } from '../internal/members.js'
import type { AgreementWeights } from './weights.js'
import { weightsKind } from './weights.js'

/** Where the true value lies, with this confidence. */
export interface Interval {
  readonly low: number
  readonly high: number
  /** Two-sided, such as 0.95. */
  readonly confidence: number
  readonly method: 't' | 'normal' | 'wilson' | 'clopper-pearson' | 'newcombe' | 'F'
}

/** The measures of agreement on levels. */
export type AgreementMeasure =
  | 'percent-agreement'
  | 'cohen-kappa'
  | 'conger-kappa'
  | 'fleiss-kappa'
  | 'brennan-prediger'
  | 'gwet-ac'
  | 'krippendorff-alpha'

interface Basis {
  readonly measure: AgreementMeasure
  /** `identity`, `linear`, ..., `custom`; of Krippendorff's alpha the metric: `nominal`, `ordinal`, `interval`, `ratio`. */
  readonly weights: string
  /** Items with a rating that counts here. */
  readonly items: number
  /** Items that two or more raters rated: all that is known of agreement is known from these. */
  readonly paired: number
  readonly raters: number
  readonly ratings: number
}

/** A measure that has a value. */
export interface Agreement extends Basis {
  readonly defined: true
  /** 1: always; 0: as chance alone would; less: less than that. */
  readonly value: number
  /** The share of agreement that was seen, weighted. */
  readonly observed: number
  /** The share that chance alone would bring, as this measure understands chance; absent from percent agreement. */
  readonly expected?: number
  readonly standardError?: number
  /**
   * Absent where the data say nothing of it: one item, or no difference between items (a standard error of 0 is not certainty). Cut at
   * 1, and at -1 unless the value is below that: items that one rater alone rated count for chance, so that few pairs can disagree more
   * than -1 says.
   */
  readonly interval?: Interval
  /** If the raters judged by chance alone: the standard error of the measure then, and how many of these the value is away from 0. */
  readonly underChance?: { readonly standardError: number; readonly z: number }
}

/** A measure that is 0/0 for these ratings. Neither 0 nor 1. */
export interface NoAgreement extends Basis {
  readonly defined: false
  /** `no_pairs`: no item has two ratings. `no_variation`: all ratings are the same, so that chance would agree as well. */
  readonly why: 'no_pairs' | 'no_variation'
}

/** What a measure answers. Plain JSON. */
export type AgreementAnswer = Agreement | NoAgreement

/** What may be said to every measure. */
export interface AgreementOptions {
  /** How much of an agreement two different levels are. Default `identity`: none. */
  readonly weights?: AgreementWeights | undefined
  /** The interval's confidence. Default 0.95. */
  readonly confidence?: number | undefined
  /** The quantile that the interval takes. Default `t`, with one degree of freedom less than items (irrCAC); SAS and statsmodels take `normal`. */
  readonly interval?: 't' | 'normal' | undefined
}

export const confidenceKind = kindOf(
  'a number from 0.5 to 0.9999',
  (value) => typeof value === 'number' && value >= 0.5 && value <= 0.9999,
)
export const AGREEMENT: Members<AgreementOptions> = {
  weights: weightsKind,
  confidence: confidenceKind,
  interval: oneOf('t', 'normal'),
}

type IntervalOptions = Pick<AgreementOptions, 'confidence' | 'interval'>

/** Less than this, and it is the rounding of 0. */
const NOTHING = 1e-12

/** Puts an answer together. `expected` is 1 where the measure is 0/0. */
export function answer(
  basis: Basis,
  {
    observed,
    expected,
    standardError,
  }: { observed: number; expected: number; standardError: (value: number) => number },
  { confidence = 0.95, interval = 't' }: IntervalOptions,
  underChance?: (value: number) => Agreement['underChance'],
): AgreementAnswer {
  if (basis.paired === 0) return { ...basis, defined: false, why: 'no_pairs' }
  if (1 - expected < NOTHING) return { ...basis, defined: false, why: 'no_variation' }
  const value = (observed - expected) / (1 - expected)
  const chance = underChance?.(value)
  return {
    ...basis,
    defined: true,
    value,
    observed,
    expected,
    ...spread(value, basis.items, standardError(value), confidence, interval),
    ...(chance === undefined ? {} : { underChance: chance }),
  }
}

/** Standard error and interval, where there are any. */
export function spread(
  value: number,
  items: number,
  standardError: number,
  confidence: number,
  method: 't' | 'normal',
): Pick<Agreement, 'standardError' | 'interval'> {
  if (items < 2 || !Number.isFinite(standardError)) return {}
  if (standardError < NOTHING) return { standardError: 0 }
  const tail = (1 + confidence) / 2
  const reach = standardError * (method === 't' ? tQuantile(tail, items - 1) : normalQuantile(tail))
  const least = value < -1 ? Number.NEGATIVE_INFINITY : -1
  return {
    standardError,
    interval: { low: Math.max(least, value - reach), high: Math.min(1, value + reach), confidence, method },
  }
}
