/**
 * Agreement within items, and standard errors from how items differ: what the measures for many raters share. One pass over the ratings
 * for each; an item costs the square of the levels given to it at most.
 *
 * @module
 */
import { Sum } from '../internal/sum.js'
import type { RatingData } from './ratings.js'
import type { Weights } from './weights.js'

/** What each item's raters agree on. */
export interface Pairs {
  /** For each item: the share of its pairs of ratings that agree, weighted; 0 where there is no pair. */
  readonly agreement: Float64Array
  /** Items with two ratings or more. */
  readonly paired: number
  /** Their mean agreement. */
  readonly observed: number
}

export const ratingsOf = ({ starts }: RatingData, item: number): number =>
  (starts[item + 1] as number) - (starts[item] as number)

/** Gwet 2014, equation 5.4: the mean over items, not over pairs. */
export function pairsOf(data: RatingData, weights: Weights): Pairs {
  const agreement = new Float64Array(data.items)
  const sum = new Sum()
  let paired = 0
  eachItem(data, (item, count, given, counts) => {
    if (count < 2) return
    let agreeing = 0
    for (const k of given) {
      let weighted = 0
      for (const l of given) weighted += (weights.of[k * weights.levels + l] as number) * (counts[l] as number)
      agreeing += (counts[k] as number) * (weighted - 1)
    }
    const share = agreeing / (count * (count - 1))
    agreement[item] = share
    sum.add(share)
    paired++
  })
  return { agreement, paired, observed: paired === 0 ? 0 : sum.value / paired }
}

/** Each item with its levels, and how often each was given. `given` and `counts` are reused. */
export function eachItem(
  data: RatingData,
  visit: (item: number, count: number, given: readonly number[], counts: Float64Array) => void,
): void {
  const counts = new Float64Array(data.levels)
  for (let item = 0; item < data.items; item++) {
    const [start, end] = [data.starts[item] as number, data.starts[item + 1] as number]
    const given: number[] = []
    for (let index = start; index < end; index++) {
      const level = data.level[index] as number
      if (counts[level] === 0) given.push(level)
      counts[level] = (counts[level] as number) + 1
    }
    visit(item, end - start, given, counts)
    for (const level of given) counts[level] = 0
  }
}

/** For each level the mean over items of the share of its ratings. Items with one rating count (Gwet 2014, equation 5.7). */
export function sharesOf(data: RatingData): Float64Array {
  const sums = Array.from({ length: data.levels }, () => new Sum())
  eachItem(data, (_, count, given, counts) => {
    for (const level of given) sums[level]?.add((counts[level] as number) / count)
  })
  return Float64Array.from(sums, (sum) => sum.value / data.items)
}

/** For each item the mean over its ratings of a value that each level has. */
export function meansBy(data: RatingData, values: Float64Array): Float64Array {
  const means = new Float64Array(data.items)
  for (let item = 0; item < data.items; item++) {
    const [start, end] = [data.starts[item] as number, data.starts[item + 1] as number]
    let sum = 0
    for (let index = start; index < end; index++) sum += values[data.level[index] as number] as number
    means[item] = sum / (end - start)
  }
  return means
}

/** Two raters, and both rated everything: a table of two. */
export const isTableOfTwo = (data: RatingData): boolean => data.raters === 2 && data.level.length === 2 * data.items

/**
 * The standard error of (observed - expected) / (1 - expected) over items drawn from many (Gwet 2014, section 5.3): how the value moves
 * with each item. `byItem` is what each item adds to what chance expects. Divided by n - 1; of a table of two by n, which gives the
 * classical errors of Fleiss, Cohen and Everitt 1969 and of Gwet 2008.
 */
export function standardErrorOf(
  data: RatingData,
  { agreement, paired }: Pairs,
  expected: number,
  value: number,
  byItem: (item: number) => number,
): number {
  const n = data.items
  const sum = new Sum()
  for (let item = 0; item < n; item++) {
    const seen =
      ratingsOf(data, item) < 2 ? 0 : ((n / paired) * ((agreement[item] as number) - expected)) / (1 - expected)
    const moved = seen - (2 * (1 - value) * (byItem(item) - expected)) / (1 - expected)
    sum.add((moved - value) ** 2)
  }
  return Math.sqrt(sum.value / n / (isTableOfTwo(data) ? n : n - 1))
}
