/**
 * Agreement of any number of raters, who need not have rated the same items: percent agreement, Fleiss' kappa, Brennan and Prediger's
 * coefficient, Gwet's AC1 and AC2. They differ in what they hold chance to be.
 *
 * @module
 */
import { Sum } from '../internal/sum.js'
import { demandOptions } from '../report/demand-options.js'
import {
  AGREEMENT,
  type Agreement,
  type AgreementAnswer,
  type AgreementMeasure,
  type AgreementOptions,
  answer,
  spread,
} from './measure.js'
import { isTableOfTwo, meansBy, type Pairs, pairsOf, ratingsOf, sharesOf, standardErrorOf } from './pairs.js'
import { wilson } from './proportion.js'
import { dataOf, type RatingData, type RatingTable } from './ratings.js'
import { dot, type Weights, weigh, weightsOf } from './weights.js'

interface Prepared {
  readonly data: RatingData
  readonly weights: Weights
  readonly pairs: Pairs
  readonly options: AgreementOptions
}

function prepare(table: RatingTable, options: AgreementOptions): Prepared {
  const data = dataOf(table)
  demandOptions(options, AGREEMENT)
  const weights = weightsOf(options.weights ?? 'identity', data.points)
  return { data, weights, pairs: pairsOf(data, weights), options }
}

export const basisOf = (measure: AgreementMeasure, weights: string, data: RatingData, paired: number) => ({
  measure,
  weights,
  items: data.items,
  paired,
  raters: data.raters,
  ratings: data.level.length,
})

/**
 * The share of pairs of ratings that agree, over items. Not corrected for chance: where nearly all pass, it is high whatever the raters
 * do. Show it beside the others, and never alone. The interval is Wilson's where each item agrees or does not (two raters, `identity`),
 * so that "all of 5" does not look certain.
 */
export function percentAgreement(table: RatingTable, options: AgreementOptions = {}): AgreementAnswer {
  const { data, weights, pairs } = prepare(table, options)
  const { confidence = 0.95, interval = 't' } = options
  const basis = basisOf('percent-agreement', weights.name, data, pairs.paired)
  const { paired, observed } = pairs
  if (paired === 0) return { ...basis, defined: false, why: 'no_pairs' }
  const sum = new Sum()
  for (let item = 0; item < data.items; item++)
    if (ratingsOf(data, item) >= 2) sum.add(((pairs.agreement[item] as number) - observed) ** 2)
  const divisor = isTableOfTwo(data) ? paired : paired - 1
  const found = spread(observed, paired, Math.sqrt(sum.value / paired / divisor), confidence, interval)
  const isShare = weights.name === 'identity' && data.raters === 2
  const between = isShare
    ? wilson(Math.round(observed * paired), paired, { confidence })
    : found.interval && { ...found.interval, low: Math.max(0, found.interval.low) }
  return {
    ...basis,
    defined: true,
    value: observed,
    observed,
    ...(found.standardError === undefined ? {} : { standardError: found.standardError }),
    ...(between === undefined ? {} : { interval: between }),
  }
}

/**
 * Fleiss' kappa (Fleiss 1971; with gaps and weights Gwet 2014, section 5.2): chance is drawing twice from what all raters gave together.
 * With two raters it is Scott's pi, and not Cohen's kappa. `underChance` where all items have the same number of ratings and weights are
 * `identity` (Fleiss, Nee and Landis 1979).
 */
export function fleissKappa(table: RatingTable, options: AgreementOptions = {}): AgreementAnswer {
  const { data, weights, pairs } = prepare(table, options)
  const shares = sharesOf(data)
  const weighted = weigh(weights, shares)
  const expected = dot(shares, weighted)
  const byItem = meansBy(data, weighted)
  return answer(
    basisOf('fleiss-kappa', weights.name, data, pairs.paired),
    {
      observed: pairs.observed,
      expected,
      standardError: (value) => standardErrorOf(data, pairs, expected, value, (item) => byItem[item] as number),
    },
    options,
    weights.name === 'identity' ? (value) => fleissUnderChance(data, shares, value) : undefined,
  )
}

/** Fleiss, Nee and Landis, Psychol. Bull. 86, 1979, equation 12. */
function fleissUnderChance(data: RatingData, shares: Float64Array, value: number): Agreement['underChance'] {
  const each = ratingsOf(data, 0)
  for (let item = 1; item < data.items; item++) if (ratingsOf(data, item) !== each) return undefined
  let spreadOfShares = 0
  let skew = 0
  for (const share of shares) {
    spreadOfShares += share * (1 - share)
    skew += share * (1 - share) * (1 - 2 * share)
  }
  const standardError =
    Math.sqrt((2 * (spreadOfShares ** 2 - skew)) / (data.items * each * (each - 1))) / spreadOfShares
  return standardError > 0 ? { standardError, z: value / standardError } : undefined
}

/** Brennan and Prediger 1981: chance is drawing any level of the scale as likely as any other. To compare the others with. */
export function brennanPrediger(table: RatingTable, options: AgreementOptions = {}): AgreementAnswer {
  const { data, weights, pairs } = prepare(table, options)
  const expected = total(weights) / weights.levels ** 2
  return answer(
    basisOf('brennan-prediger', weights.name, data, pairs.paired),
    {
      observed: pairs.observed,
      expected,
      standardError: (value) => standardErrorOf(data, pairs, expected, value, () => expected),
    },
    options,
  )
}

/**
 * Gwet's AC1, and AC2 where there are weights (Gwet 2008; Gwet 2014, section 5.2): chance is what happens on items that are hard to
 * judge. It stays where it is when nearly everybody passes, where kappa falls (Feinstein and Cicchetti 1990), and it has a value where
 * all ratings are the same.
 */
export function gwetAC(table: RatingTable, options: AgreementOptions = {}): AgreementAnswer {
  const { data, weights, pairs } = prepare(table, options)
  const { levels } = weights
  const shares = sharesOf(data)
  const others = shares.map((share) => 1 - share)
  const factor = total(weights) / (levels * (levels - 1))
  const expected = factor * dot(shares, others)
  const byItem = meansBy(data, others)
  return answer(
    basisOf('gwet-ac', weights.name, data, pairs.paired),
    {
      observed: pairs.observed,
      expected,
      standardError: (value) =>
        standardErrorOf(data, pairs, expected, value, (item) => factor * (byItem[item] as number)),
    },
    options,
  )
}

function total({ of }: Weights): number {
  let sum = 0
  for (const weight of of) sum += weight
  return sum
}
