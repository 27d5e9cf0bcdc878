/**
 * Who rates harder: each rater against the others, on the items that they share.
 *
 * @module
 */
import { tQuantile } from '../internal/distributions.js'
import { Sum } from '../internal/sum.js'
import type { Interval } from './measure.js'
import { dataOf, type RatingTable } from './ratings.js'

/** One rater beside the others. */
export interface RaterSeverity {
  readonly rater: string
  readonly ratings: number
  /** Items that somebody else rated too. */
  readonly shared: number
  /**
   * By how many points of the scale this rater is above the mean of the others, on average over shared items; below 0: harder. Absent
   * where nothing is shared.
   */
  readonly difference?: number
  /** Absent where it cannot be told: one shared item, or no variation. */
  readonly interval?: Interval
}

/** All raters, in the order of the table. Linear. */
export function severityOf(table: RatingTable, confidence: number): RaterSeverity[] {
  const data = dataOf(table)
  const ofRater = Array.from({ length: data.raters }, () => ({
    ratings: 0,
    shared: 0,
    sum: new Sum(),
    squares: new Sum(),
  }))
  for (let item = 0; item < data.items; item++) {
    const [start, end] = [data.starts[item] as number, data.starts[item + 1] as number]
    const points = (index: number) => data.points[data.level[index] as number] as number
    let all = 0
    for (let index = start; index < end; index++) all += points(index)
    for (let index = start; index < end; index++) {
      const own = ofRater[data.rater[index] as number]
      if (own === undefined) continue
      own.ratings++
      if (end - start < 2) continue
      const difference = points(index) - (all - points(index)) / (end - start - 1)
      own.shared++
      own.sum.add(difference)
      own.squares.add(difference ** 2)
    }
  }
  return ofRater.map(({ ratings, shared, sum, squares }, index): RaterSeverity => {
    const rater = table.raters[index] ?? ''
    if (shared === 0) return { rater, ratings, shared }
    const difference = sum.value / shared
    const variance = shared < 2 ? 0 : Math.max(0, (squares.value - shared * difference ** 2) / (shared - 1))
    if (variance < 1e-12) return { rater, ratings, shared, difference }
    const reach = tQuantile((1 + confidence) / 2, shared - 1) * Math.sqrt(variance / shared)
    const interval: Interval = { low: difference - reach, high: difference + reach, confidence, method: 't' }
    return { rater, ratings, shared, difference, interval }
  })
}
