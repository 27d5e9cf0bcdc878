/**
 * Agreement on scores: intraclass correlations and generalizability, from one analysis of variance of items by raters.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { fQuantile } from '../internal/distributions.js'
import { arrayOf, type Kind, type Members, number, whole } from '../internal/members.js'
import { Sum, sumOf } from '../internal/sum.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { confidenceKind, type Interval } from './measure.js'

/** A row for each item, a number from each rater: complete, at least two of both. */
export type Scores = readonly (readonly number[])[]

const MAX_SCORES = 20_000_000
const scoresKind: Kind = arrayOf(arrayOf(number))

/** Mean squares of items by raters, each item rated once by each rater (Shrout and Fleiss 1979). */
export interface MeanSquares {
  /** BMS */
  readonly items: number
  /** JMS */
  readonly raters: number
  /** EMS */
  readonly residual: number
  /** WMS */
  readonly within: number
}

interface Analysis {
  readonly n: number
  readonly k: number
  readonly mean: number
  readonly squares: MeanSquares
}

/** In two passes, means first: numbers that are large and near each other lose nothing. */
function analyze(scores: Scores): Analysis {
  demandArgument(scores, scoresKind, 'scores')
  const n = scores.length
  const k = scores[0]?.length ?? 0
  if (n < 2) throw invalidOption('scores', 'needs at least two items: how they differ is what raters can agree on')
  if (k < 2) throw invalidOption('scores[0]', 'needs the scores of at least two raters')
  if (n * k > MAX_SCORES) throw invalidOption('scores', `has more than ${MAX_SCORES} scores`)
  const ragged = scores.findIndex((row) => row.length !== k)
  if (ragged >= 0)
    throw invalidOption(
      `scores[${ragged}]`,
      `has not ${k} scores as the first row: leave out items with gaps, or use krippendorffAlpha`,
    )
  const rows = scores.map((row) => sumOf(row) / k)
  const mean = sumOf(rows) / n
  const columns = Array.from({ length: k }, (_, column) => sumOf(scores.map((row) => row[column] as number)) / n)
  const [items, raters, residual] = [new Sum(), new Sum(), new Sum()]
  for (const row of rows) items.add((row - mean) ** 2)
  for (const column of columns) raters.add((column - mean) ** 2)
  for (const [index, row] of scores.entries())
    for (const [column, score] of row.entries())
      residual.add((score - mean - ((rows[index] as number) - mean) - ((columns[column] as number) - mean)) ** 2)
  const squares = {
    items: (k * items.value) / (n - 1),
    raters: (n * raters.value) / (k - 1),
    residual: residual.value / ((n - 1) * (k - 1)),
    within: (n * raters.value + residual.value) / (n * (k - 1)),
  }
  return { n, k, mean, squares }
}

/** One of the six forms of Shrout and Fleiss 1979. */
export interface IntraclassCorrelation {
  /** Undefined where all scores are the same. */
  readonly value: number | undefined
  readonly interval?: Interval
}

/** The six intraclass correlations, named as Shrout and Fleiss 1979 name them. */
export interface Intraclass {
  readonly items: number
  readonly raters: number
  readonly meanSquares: MeanSquares
  /** ICC(1,1): each item is judged by other raters; one rater's score. */
  readonly icc11: IntraclassCorrelation
  /** ICC(2,1): raters are a sample of many; do they give the same score? The one for a pass mark. */
  readonly icc21: IntraclassCorrelation
  /** ICC(3,1): these raters and no others; do they put items in the same order? */
  readonly icc31: IntraclassCorrelation
  /** ICC(1,k), ICC(2,k), ICC(3,k): the same, for the mean of as many raters as there are. */
  readonly icc1k: IntraclassCorrelation
  readonly icc2k: IntraclassCorrelation
  readonly icc3k: IntraclassCorrelation
}

/** What the intervals are asked for. */
export interface IntraclassOptions {
  /** Two-sided. Default 0.95. */
  readonly confidence?: number | undefined
}

const INTRACLASS: Members<IntraclassOptions> = { confidence: confidenceKind }

/**
 * Intraclass correlations (Shrout and Fleiss, Psychol. Bull. 86, 1979; intervals as McGraw and Wong 1996) of complete scores. Throws
 * UsageError `usage.invalid_option` where a score is missing.
 */
export function intraclassCorrelation(scores: Scores, options: IntraclassOptions = {}): Intraclass {
  demandOptions(options, INTRACLASS)
  const { n, k, squares } = analyze(scores)
  const { confidence = 0.95 } = options
  const { items: bms, raters: jms, residual: ems, within: wms } = squares
  const tail = (1 + confidence) / 2
  const between = (low: number, high: number): Pick<IntraclassCorrelation, 'interval'> =>
    Number.isFinite(low) && Number.isFinite(high) ? { interval: { low, high, confidence, method: 'F' } } : {}
  const form = (above: number, below: number, low: number, high: number): IntraclassCorrelation =>
    below > 0 ? { value: above / below, ...between(low, high) } : { value: undefined }
  /** The interval of the ratio of two mean squares. */
  const ratio = (error: number, freedom: number) => ({
    low: bms / error / fQuantile(tail, n - 1, freedom),
    high: (bms / error) * fQuantile(tail, freedom, n - 1),
  })
  const one = (f: number) => (f === Number.POSITIVE_INFINITY ? 1 : (f - 1) / (f + k - 1))
  const mean = (f: number) => 1 - 1 / f
  const [first, third] = [ratio(wms, n * (k - 1)), ratio(ems, (n - 1) * (k - 1))]
  const second = secondForm(n, k, squares, tail)
  const up = (icc: number) => (k * icc) / (1 + (k - 1) * icc)
  return {
    items: n,
    raters: k,
    meanSquares: squares,
    icc11: form(bms - wms, bms + (k - 1) * wms, one(first.low), one(first.high)),
    icc21: form(bms - ems, bms + (k - 1) * ems + (k * (jms - ems)) / n, second.low, second.high),
    icc31: form(bms - ems, bms + (k - 1) * ems, one(third.low), one(third.high)),
    icc1k: form(bms - wms, bms, mean(first.low), mean(first.high)),
    icc2k: form(bms - ems, bms + (jms - ems) / n, up(second.low), up(second.high)),
    icc3k: form(bms - ems, bms, mean(third.low), mean(third.high)),
  }
}

/** Satterthwaite's degrees of freedom (Shrout and Fleiss 1979, appendix). */
function secondForm(n: number, k: number, { items: bms, raters: jms, residual: ems }: MeanSquares, tail: number) {
  const icc = (bms - ems) / (bms + (k - 1) * ems + (k * (jms - ems)) / n)
  const a = (k * icc) / (n * (1 - icc))
  const b = 1 + (k * icc * (n - 1)) / (n * (1 - icc))
  const freedom = (a * jms + b * ems) ** 2 / ((a * jms) ** 2 / (k - 1) + (b * ems) ** 2 / ((n - 1) * (k - 1)))
  if (!(freedom > 0 && Number.isFinite(freedom))) return { low: Number.NaN, high: Number.NaN }
  const [lower, upper] = [fQuantile(tail, n - 1, freedom), fQuantile(tail, freedom, n - 1)]
  const rest = k * jms + (k * n - k - n) * ems
  return {
    low: (n * (bms - lower * ems)) / (lower * rest + n * bms),
    high: (n * (upper * bms - ems)) / (rest + n * upper * bms),
  }
}

/** What is asked of `generalizability`. */
export interface GeneralizabilityOptions {
  /** How many raters a later decision could have. Default 1 to 4. */
  readonly raters?: readonly number[] | undefined
  /** The score from which one passes: adds dependability for this decision. */
  readonly passMark?: number | undefined
}

/** A decision study, and the variance components under it. */
export interface Generalizability {
  readonly items: number
  readonly raters: number
  readonly mean: number
  /** Negative estimates are 0 (Brennan 2001, section 3.4), and named in `negative`. */
  readonly variance: { readonly item: number; readonly rater: number; readonly residual: number }
  readonly negative: readonly ('item' | 'rater')[]
  /** One entry for each number of raters. */
  readonly decisions: readonly {
    readonly raters: number
    /** G, for who is better than whom; undefined where nothing varies. */
    readonly generalizability: number | undefined
    /** Phi, for what score it is: the one for a standard. */
    readonly dependability: number | undefined
    /** Phi(lambda), for which side of the pass mark it is. */
    readonly atPassMark?: number | undefined
  }[]
}

const GENERALIZABILITY: Members<GeneralizabilityOptions> = { raters: arrayOf(whole(1, 1000)), passMark: number }

/**
 * Generalizability theory, items crossed with raters (Brennan, Generalizability Theory, 2001, chapters 2 and 3): how far a decision by so many
 * raters would come out the same with others. A badge with a pass mark needs dependability, which counts raters who are harsher
 * than others as error; ranking needs generalizability. `atPassMark` is Brennan and Kane's Phi(lambda) of 1977, with the distance of the mean
 * from the mark corrected for its own error.
 */
export function generalizability(scores: Scores, options: GeneralizabilityOptions = {}): Generalizability {
  demandOptions(options, GENERALIZABILITY)
  const { n, k, mean, squares } = analyze(scores)
  const { raters = [1, 2, 3, 4], passMark } = options
  const estimates = {
    item: (squares.items - squares.residual) / k,
    rater: (squares.raters - squares.residual) / n,
  }
  const variance = {
    item: Math.max(0, estimates.item),
    rater: Math.max(0, estimates.rater),
    residual: squares.residual,
  }
  const share = (own: number, error: number) => (own + error > 0 ? own / (own + error) : undefined)
  const ofMean = variance.item / n + variance.rater / k + variance.residual / (n * k)
  return {
    items: n,
    raters: k,
    mean,
    variance,
    negative: (['item', 'rater'] as const).filter((name) => estimates[name] < 0),
    decisions: raters.map((count) => {
      const absolute = (variance.rater + variance.residual) / count
      return {
        raters: count,
        generalizability: share(variance.item, variance.residual / count),
        dependability: share(variance.item, absolute),
        ...(passMark === undefined
          ? {}
          : { atPassMark: share(variance.item + Math.max(0, (mean - passMark) ** 2 - ofMean), absolute) }),
      }
    }),
  }
}
