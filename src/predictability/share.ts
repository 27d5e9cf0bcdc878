/**
 * Shares of counts, and what two of them differ by, as a record states them.
 *
 * @module
 */
import { clopperPearsonRange, differenceRange, fisherExact, wilsonRange } from '../internal/proportion.js'
import type { Interval } from './measure.js'
import type { ConfirmedShare, OutcomeShare, TrackRow, VersionDrift } from './track-types.js'

/** What every interval of a record is made with. */
export interface ShareSettings {
  readonly confidence: number
  readonly method: 'wilson' | 'clopper-pearson'
}

export function intervalOf(held: number, of: number, { confidence, method }: ShareSettings): Interval {
  const range = method === 'wilson' ? wilsonRange : clopperPearsonRange
  return { ...range(held, of, confidence), confidence, method }
}

export function confirmedShare(confirmed: number, badges: number, settings: ShareSettings): ConfirmedShare {
  return badges === 0
    ? { badges, confirmed }
    : { badges, confirmed, share: confirmed / badges, interval: intervalOf(confirmed, badges, settings) }
}

export function outcomeShare(counts: Omit<OutcomeShare, 'interval'>, settings: ShareSettings): OutcomeShare {
  const { badges, heldUpAtLeast, heldUpAtMost } = counts
  if (badges === 0) return counts
  const { low } = intervalOf(heldUpAtLeast, badges, settings)
  return { ...counts, interval: { ...intervalOf(heldUpAtMost, badges, settings), low } }
}

/** Each version beside the one before it, where badges of both were judged. Rows of one achievement stand together, oldest first. */
export function driftsOf(rows: readonly TrackRow[], confidence: number): VersionDrift[] {
  const judged = rows.filter(({ confirmed }) => confirmed.badges > 0)
  const pairs = judged.flatMap((to, index) => {
    const from = judged[index - 1]
    return from?.issuer === to.issuer && from.achievement === to.achievement ? [{ from, to }] : []
  })
  const compared = pairs.map(({ from, to }) => {
    const [first, second] = [countedIn(from), countedIn(to)]
    const { value, low, high } = differenceRange(first, second, confidence)
    const p = fisherExact(first, second)
    const interval: Interval = { low, high, confidence, method: 'newcombe' }
    const { issuer, achievement } = to
    return { issuer, achievement, from: sideOf(from), to: sideOf(to), difference: value, interval, p }
  })
  const adjusted = holm(compared.map(({ p }) => p))
  return compared.map((one, index) => {
    const p = adjusted[index] ?? 1
    const isShown = p < 1 - confidence
    return { ...one, adjusted: p, shows: !isShown ? 'nothing' : one.difference > 0 ? 'better' : 'worse' }
  })
}

const countedIn = ({ confirmed: { confirmed, badges } }: TrackRow) => ({ held: confirmed, of: badges })

const sideOf = ({ version, confirmed: { badges, confirmed } }: TrackRow): VersionDrift['from'] => ({
  ...(version === undefined ? {} : { version }),
  badges,
  confirmed,
})

/** Holm 1979 (Scand. J. Stat. 6:65-70): the smallest of m counts m times, the next m - 1 times, and none less than one before it. */
function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p)
  const adjusted: number[] = []
  let most = 0
  for (const [rank, { p, index }] of order.entries()) {
    most = Math.max(most, Math.min(1, p * (ps.length - rank)))
    adjusted[index] = most
  }
  return adjusted
}
