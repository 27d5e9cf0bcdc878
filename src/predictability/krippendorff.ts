/**
 * Krippendorff's alpha: any number of raters, gaps, and levels that are names, ranks or quantities.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { type Members, oneOf } from '../internal/members.js'
import { Sum } from '../internal/sum.js'
import { demandOptions } from '../report/demand-options.js'
import { basisOf } from './agreement.js'
import { AGREEMENT, type AgreementAnswer, type AgreementOptions, answer } from './measure.js'
import { eachItem } from './pairs.js'
import { dataOf, type RatingData, type RatingTable } from './ratings.js'
import { dot, matrixOf, type Weights, weigh } from './weights.js'

/** Alpha is asked with a metric, which says how far two levels are apart. */
export interface KrippendorffOptions extends Omit<AgreementOptions, 'weights'> {
  /**
   * `nominal`: the same or not. `ordinal`: by how many ratings lie between (what others call ordinal weights is something else).
   * `interval`: by the square of the distance of the points. `ratio`: of the relative distance of points that are not below 0.
   */
  readonly metric: 'nominal' | 'ordinal' | 'interval' | 'ratio'
}

const { weights: _, ...SHARED } = AGREEMENT
const KRIPPENDORFF: Members<KrippendorffOptions> = {
  ...SHARED,
  metric: oneOf('nominal', 'ordinal', 'interval', 'ratio'),
}

/**
 * Krippendorff's alpha (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011). Items with one rating do not count. Undefined
 * where all ratings are the same: without variation there is no evidence of reliability. The standard error is Gwet's (2014, section
 * 5.3, weights instead of distances); the ordinal metric, which depends on the ratings, is held to be given in it.
 *
 * Krippendorff asks for 0.8, and takes from 0.667 to 0.8 as tentative.
 */
export function krippendorffAlpha(table: RatingTable, options: KrippendorffOptions): AgreementAnswer {
  const data = dataOf(table)
  demandOptions(options, KRIPPENDORFF, { required: ['metric'] })
  const { metric } = options
  const counts = new Float64Array(data.levels)
  let paired = 0
  eachItem(data, (_item, count, given, inItem) => {
    if (count < 2) return
    paired++
    for (const level of given) counts[level] = (counts[level] as number) + (inItem[level] as number)
  })
  const ratings = counts.reduce((sum, count) => sum + count, 0)
  const basis = { ...basisOf('krippendorff-alpha', metric, data, paired), items: paired, ratings }
  const weights = weightsOf(metric, data, counts)
  if (paired === 0) return { ...basis, defined: false, why: 'no_pairs' }
  if (weights === undefined) return { ...basis, defined: false, why: 'no_variation' }
  const mean = ratings / paired
  const shares = counts.map((count) => count / ratings)
  const weighted = weigh(weights, shares)
  const expected = dot(shares, weighted)
  const agreeing = new Float64Array(data.items)
  const chance = new Float64Array(data.items)
  const relative = new Float64Array(data.items)
  const seen = new Sum()
  eachItem(data, (item, count, given, inItem) => {
    if (count < 2) return
    let pairs = 0
    let drawn = 0
    for (const k of given) {
      let same = 0
      for (const l of given) same += (weights.of[k * data.levels + l] as number) * (inItem[l] as number)
      pairs += (inItem[k] as number) * (same - 1)
      drawn += (inItem[k] as number) * (weighted[k] as number)
    }
    agreeing[item] = pairs / (mean * (count - 1))
    chance[item] = drawn / mean
    relative[item] = count / mean
    seen.add(agreeing[item] as number)
  })
  const plain = seen.value / paired
  // For finite samples: a rating is not paired with itself.
  const observed = plain + (1 - plain) / ratings
  const standardError = () => {
    const value = (plain - expected) / (1 - expected)
    const squares = new Sum()
    for (let item = 0; item < data.items; item++) {
      if (relative[item] === 0) continue
      const more = (relative[item] as number) - 1
      const here = ((agreeing[item] as number) - observed * more - expected) / (1 - expected)
      const drawn = ((chance[item] as number) - expected * more - expected) / (1 - expected)
      squares.add((here - 2 * (1 - value) * drawn - value) ** 2)
    }
    return Math.sqrt(squares.value / paired / (paired - 1))
  }
  return answer(basis, { observed, expected, standardError }, options)
}

/** One minus the squared difference over the largest there is; undefined where only one level was given. */
function weightsOf(
  metric: KrippendorffOptions['metric'],
  { levels, points }: RatingData,
  counts: Float64Array,
): Weights | undefined {
  if (metric === 'ratio' && (points[0] as number) < 0)
    throw invalidOption('metric', 'is "ratio", which needs "points" of at least 0')
  const upTo = new Float64Array(levels + 1)
  for (let level = 0; level < levels; level++) upTo[level + 1] = (upTo[level] as number) + (counts[level] as number)
  const at = (level: number) => points[level] as number
  const distance = {
    nominal: () => 1,
    ordinal: (c: number, k: number) => {
      const [low, high] = c < k ? [c, k] : [k, c]
      const between = (upTo[high + 1] as number) - (upTo[low] as number)
      return (between - ((counts[low] as number) + (counts[high] as number)) / 2) ** 2
    },
    interval: (c: number, k: number) => (at(c) - at(k)) ** 2,
    ratio: (c: number, k: number) => ((at(c) - at(k)) / (at(c) + at(k))) ** 2,
  }[metric]
  let most = 0
  for (let c = 0; c < levels; c++)
    for (let k = c + 1; k < levels; k++)
      if ((counts[c] as number) > 0 && (counts[k] as number) > 0) most = Math.max(most, distance(c, k))
  // Levels that nobody gave take no part, however far they are.
  return most === 0 ? undefined : matrixOf(metric, levels, (c, k) => Math.max(0, 1 - distance(c, k) / most))
}
