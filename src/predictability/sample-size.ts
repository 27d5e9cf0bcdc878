/**
 * How many items two raters have to judge for an interval that says something.
 *
 * @module
 */
import { normalQuantile } from '../internal/distributions.js'
import { kindOf, type Members } from '../internal/members.js'
import { demandOptions } from '../report/demand-options.js'
import { confidenceKind } from './measure.js'

/** What one expects, and how exactly one wants to know. */
export interface KappaSampleSize {
  /** The kappa that is expected, from 0 to below 1. */
  readonly kappa: number
  /** The share that passes, above 0 and below 1: the nearer to an end, the more it takes. */
  readonly passShare: number
  /** Half the width of the interval, such as 0.1. */
  readonly halfWidth: number
  /** Default 0.95. */
  readonly confidence?: number | undefined
}

const inside = kindOf('a number above 0 and below 1', (value) => typeof value === 'number' && value > 0 && value < 1)
const SIZE: Members<KappaSampleSize> = {
  kappa: kindOf('a number from 0 to below 1', (value) => typeof value === 'number' && value >= 0 && value < 1),
  passShare: inside,
  halfWidth: inside,
  confidence: confidenceKind,
}

/**
 * The number of items for a kappa of pass and fail by two raters, by the variance of the common-correlation model (Donner and Eliasziw,
 * Stat. Med. 11, 1992): `(1-k)((1-k)(1-2k) + k(2-k)/(2p(1-p)))`. An approximation for many items.
 */
export function kappaSampleSize(options: KappaSampleSize): number {
  demandOptions(options, SIZE, { required: ['kappa', 'passShare', 'halfWidth'] })
  const { kappa, passShare, halfWidth, confidence = 0.95 } = options
  const variance =
    (1 - kappa) * ((1 - kappa) * (1 - 2 * kappa) + (kappa * (2 - kappa)) / (2 * passShare * (1 - passShare)))
  return Math.ceil(variance * (normalQuantile((1 + confidence) / 2) / halfWidth) ** 2)
}
