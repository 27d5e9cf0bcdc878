/**
 * Intervals for a share: of n that were looked at, x held.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { betaQuantile } from '../internal/distributions.js'
import { type Members, whole } from '../internal/members.js'
import { clopperPearsonRange, wilsonRange } from '../internal/proportion.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { confidenceKind, type Interval } from './measure.js'

/** What an interval is asked for. */
export interface ProportionOptions {
  /** Two-sided. Default 0.95. */
  readonly confidence?: number | undefined
}

export const PROPORTION: Members<ProportionOptions> = { confidence: confidenceKind }
/** As many as are counted exactly. */
const MOST = 1_000_000_000

function demandCounts(held: number, of: number, options: ProportionOptions): void {
  demandArgument(of, whole(1, MOST), 'of')
  demandArgument(held, whole(0, MOST), 'held')
  if (held > of) throw invalidOption('held', 'is more than there are')
  demandOptions(options, PROPORTION)
}

/**
 * Wilson's score interval (Wilson 1927; Newcombe 1998, method 3): right on average, and the one to take where nothing else is said.
 * Never a point: also "10 of 10" leaves room.
 */
export function wilson(held: number, of: number, options: ProportionOptions = {}): Interval {
  demandCounts(held, of, options)
  const { confidence = 0.95 } = options
  return { ...wilsonRange(held, of, confidence), confidence, method: 'wilson' }
}

/**
 * The interval of Clopper and Pearson 1934 (Newcombe 1998, method 5): at least this confidence, whatever the true share is. Wider than
 * Wilson's; for where a guarantee is given.
 */
export function clopperPearson(held: number, of: number, options: ProportionOptions = {}): Interval {
  demandCounts(held, of, options)
  const { confidence = 0.95 } = options
  return { ...clopperPearsonRange(held, of, confidence), confidence, method: 'clopper-pearson' }
}

/** One-sided: with this confidence at least so many hold (the lower end of Clopper and Pearson with all of the error on one side). */
export function atLeast(held: number, of: number, confidence: number): number {
  return held === 0 ? 0 : betaQuantile(1 - confidence, held, of - held + 1)
}
