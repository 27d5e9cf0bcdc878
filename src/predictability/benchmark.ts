/**
 * Words for a measure, and which of them may be claimed.
 *
 * @module
 */
import { normalCdf } from '../internal/distributions.js'
import { type Members, number, oneOf, shape } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { confidenceKind } from './measure.js'

/** A scale of words by its author. */
export type BenchmarkScale = 'landis-koch' | 'altman' | 'fleiss' | 'cicchetti-sparrow' | 'regier'

type Step = readonly [from: number, label: string]

/** From the highest; each reaches up to the one before, the first up to 1. As in irrCAC 1.4. */
const SCALES: Readonly<Record<BenchmarkScale, readonly Step[]>> = {
  // Landis and Koch, Biometrics 33, 1977.
  'landis-koch': [
    [0.8, 'Almost Perfect'],
    [0.6, 'Substantial'],
    [0.4, 'Moderate'],
    [0.2, 'Fair'],
    [0, 'Slight'],
    [-1, 'Poor'],
  ],
  // Altman, Practical Statistics for Medical Research, 1991.
  altman: [
    [0.8, 'Very Good'],
    [0.6, 'Good'],
    [0.4, 'Moderate'],
    [0.2, 'Fair'],
    [-1, 'Poor'],
  ],
  // Fleiss, Statistical Methods for Rates and Proportions, 1981.
  fleiss: [
    [0.75, 'Excellent'],
    [0.4, 'Intermediate to Good'],
    [-1, 'Poor'],
  ],
  // Cicchetti and Sparrow, Am. J. Ment. Defic. 86, 1981.
  'cicchetti-sparrow': [
    [0.75, 'Excellent'],
    [0.6, 'Good'],
    [0.4, 'Fair'],
    [0, 'Poor'],
  ],
  // Regier et al., Am. J. Psychiatry 170, 2013.
  regier: [
    [0.8, 'Excellent'],
    [0.6, 'Very Good'],
    [0.4, 'Good'],
    [0.2, 'Questionable'],
    [0, 'Unacceptable'],
  ],
}

/** A value with its standard error: what every measure of agreement answers, where it answers one. */
export interface Measured {
  readonly value: number
  readonly standardError: number
}

/** What a label is asked with. */
export interface BenchmarkOptions {
  /** Default `landis-koch`. */
  readonly scale?: BenchmarkScale | undefined
  /** The cumulative probability from which a label may be claimed. Default 0.95. */
  readonly confidence?: number | undefined
}

/** The label that may be claimed, and the one that the number alone seems to have. */
export interface Benchmark {
  readonly scale: BenchmarkScale
  /** Undefined where not even the lowest can be claimed: the scale ends above what the value may be. */
  readonly claimed: string | undefined
  /** What the value looks like without its error. */
  readonly apparent: string | undefined
  /** From the highest label: how probable it is that the true value is there or above. */
  readonly cumulative: readonly { readonly label: string; readonly from: number; readonly probability: number }[]
}

const BENCHMARK: Members<BenchmarkOptions> = {
  scale: oneOf('landis-koch', 'altman', 'fleiss', 'cicchetti-sparrow', 'regier'),
  confidence: confidenceKind,
}
const MEASURED: Members<Measured> = { value: number, standardError: number }
const measured = shape(MEASURED, { required: ['value', 'standardError'] })

/**
 * The highest label whose probability, with those above it, reaches `confidence` (Gwet 2014, chapter 6; normal, cut off at -1 and 1). A
 * value of 0.67 looks "substantial"; with a standard error of 0.15 only "moderate" may be claimed.
 */
export function benchmark(given: Measured, options: BenchmarkOptions = {}): Benchmark {
  demandArgument(given, measured, 'given')
  demandOptions(options, BENCHMARK)
  const { value, standardError } = given
  const { scale = 'landis-koch', confidence = 0.95 } = options
  const steps = SCALES[scale]
  // How probable it is to be above, of what is between -1 and 1.
  const above = (from: number) =>
    standardError > 0 ? normalCdf((value - from) / standardError) : value >= from ? 1 : 0
  const [top, all] = standardError > 0 ? [above(1), above(-1) - above(1)] : [0, 1]
  const cumulative = steps.map(([from, label]) => ({ label, from, probability: (above(from) - top) / all }))
  return {
    scale,
    claimed: cumulative.find(({ probability }) => probability >= confidence)?.label,
    apparent: steps.find(([from]) => value >= from)?.[1],
    cumulative,
  }
}
