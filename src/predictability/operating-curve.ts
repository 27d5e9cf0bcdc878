/**
 * How a sampling plan behaves: with which probability it accepts, whatever share of the badges does not hold up.
 *
 * @module
 */
import { binomialCdf, hypergeometricCdf } from '../internal/distributions.js'
import { kindOf, type Members, whole } from '../internal/members.js'
import { demandOptions } from '../report/demand-options.js'

/** So many are looked at, and so many of them may fail: the simplest plan that there is. */
export interface SingleSampling {
  /** How many badges are looked at. */
  readonly sample: number
  /** It is accepted with so many failures, and with fewer. */
  readonly accept: number
  /** How many badges there are. Default: so many that it makes no difference (binomial). */
  readonly badges?: number | undefined
}

/** More badges than this are not planned for: 1 000 million. */
export const MOST_BADGES = 1_000_000_000
/** Up to here a population is counted exactly. Beyond, a sample takes so little of it that the binomial says the same, on the safe side. */
export const MOST_COUNTED = 1_000_000

export const share = kindOf('a number from 0 to 1', (value) => typeof value === 'number' && value >= 0 && value <= 1)
export const inside = kindOf(
  'a number above 0 and below 1',
  (value) => typeof value === 'number' && value > 0 && value < 1,
)
const SINGLE: Members<SingleSampling> = {
  sample: whole(1, MOST_BADGES),
  accept: whole(0, MOST_BADGES),
  badges: whole(1, MOST_BADGES),
}

/**
 * The probability that a single-sampling plan accepts where this share fails: P(X <= accept), hypergeometric where it is known how many
 * badges there are (Schilling and Neubauer, Acceptance Sampling in Quality Control, 2009, chapter 5: type A), binomial where not (type B).
 * Of a known number of badges the share is rounded to whole ones.
 */
export function acceptanceProbability(plan: SingleSampling, failing: number): number {
  demandOptions(plan, SINGLE, { required: ['sample', 'accept'] })
  demandOptions({ failing }, { failing: share }, { required: ['failing'] })
  const { sample, accept, badges } = plan
  if (badges === undefined || badges > MOST_COUNTED) return binomialCdf(accept, sample, failing)
  return acceptOf({ badges, failing: Math.round(failing * badges) }, Math.min(sample, badges), accept)
}

/** What the badges are like: a number of which some fail, or so many that only the share counts. */
export type Population =
  | { readonly badges: number; readonly failing: number }
  | { readonly badges?: undefined; readonly failing: number }

/** P(X <= accept) in a sample of this size. */
export function acceptOf({ badges, failing }: Population, sample: number, accept: number): number {
  return badges === undefined
    ? binomialCdf(accept, sample, failing)
    : hypergeometricCdf(accept, badges, failing, sample)
}

/** The most badges that may fail where this share is tolerated. What rounding takes from a whole number is given back. */
export const mostTolerated = (badges: number, tolerate: number) => Math.floor(badges * tolerate * (1 + 1e-12) + 1e-9)

/** The best population that must not be accepted: one failing badge more than is tolerated; of very many, the share itself. */
export const beyond = (badges: number, tolerate: number): Population =>
  badges > MOST_COUNTED
    ? { failing: tolerate }
    : { badges, failing: Math.min(badges, mostTolerated(badges, tolerate) + 1) }

/** The worst population of which at most this share fails. */
export const within = (badges: number, failing: number): Population =>
  badges > MOST_COUNTED ? { failing } : { badges, failing: mostTolerated(badges, failing) }
