/**
 * Do these raters agree? Several measures side by side, because each of them misleads somewhere, and what else has to be known with them.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { type Members, oneOf, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { demandOptions } from '../report/demand-options.js'
import { fleissKappa, gwetAC, percentAgreement } from './agreement.js'
import { type Benchmark, benchmark } from './benchmark.js'
import { cohenKappa } from './kappa.js'
import { krippendorffAlpha } from './krippendorff.js'
import { type AgreementAnswer, confidenceKind } from './measure.js'
import { dataOf, type RatingTable, regraded } from './ratings.js'
import { type RaterSeverity, severityOf } from './severity.js'

/** What a report is asked with. */
export interface AgreementReportOptions {
  /** `ordered`: levels rank, so that near misses count as such. `names`: they are kinds, and one is not above the other. Default `ordered`. */
  readonly scale?: 'ordered' | 'names' | undefined
  /** The lowest level that passes: adds the agreement on passing alone, which is what a badge says. */
  readonly passLevel?: string | undefined
  /** The confidence of intervals and labels. Default 0.95. */
  readonly confidence?: number | undefined
}

/** A measure, with the label that may be claimed for it. */
export type LabelledAgreement = AgreementAnswer & { readonly label?: Benchmark }

/** What keeps the numbers from meaning what they seem to mean. */
export type AgreementRemark =
  /** Nobody's rating can be compared with another's. */
  | 'no_pairs'
  /** All ratings are the same: agreement that says nothing. */
  | 'no_variation'
  /** Fewer than 30 items have two ratings: intervals are wide. */
  | 'few_items'
  /** Nine of ten ratings are one level: kappa and alpha fall, whatever the raters do. */
  | 'one_level_prevails'
  /** Levels that nobody gave: of these nothing is known. */
  | 'unused_levels'
  /** Nobody differed on any item: between the items seen and those to come there may well be one. */
  | 'never_differed'
  /** A rater differs from the others by more than chance. */
  | 'severity_differs'

/** Agreement from all sides. Plain JSON; `explainAgreement` says it in words. */
export interface AgreementReport {
  readonly raters: number
  readonly items: number
  readonly paired: number
  readonly ratings: number
  readonly confidence: number
  /** All levels of the scale, with how often each was given. */
  readonly levels: readonly { readonly level: string; readonly ratings: number }[]
  /** On the levels: percent agreement, kappa, the same weighted where levels rank, Gwet's coefficient, Krippendorff's alpha. */
  readonly measures: readonly LabelledAgreement[]
  /** On passing alone: percent agreement, kappa, Gwet's AC1. */
  readonly passing?: { readonly from: string; readonly measures: readonly LabelledAgreement[] }
  readonly severity: readonly RaterSeverity[]
  readonly remarks: readonly AgreementRemark[]
}

const REPORT: Members<AgreementReportOptions> = {
  scale: oneOf('ordered', 'names'),
  passLevel: text,
  confidence: confidenceKind,
}
const FEW = 30
const PREVAILS = 0.9
/** How many raters are told of, those who matter. */
const MOST_RATERS = 1000

/**
 * Measures agreement: percent agreement, Cohen's kappa for two raters and Fleiss' for more, Gwet's AC and Krippendorff's alpha, each with
 * its interval, and undefined where it is 0/0. Linear in ratings. Throws UsageError `usage.invalid_option` where `passLevel` is none of the
 * scale, or the lowest.
 */
export function agreementReport(table: RatingTable, options: AgreementReportOptions = {}): AgreementReport {
  const data = dataOf(table)
  demandOptions(options, REPORT)
  const { scale = 'ordered', passLevel, confidence = 0.95 } = options
  const counts = table.levels.map((level) => ({ level, ratings: 0 }))
  for (const level of data.level) (counts[level] as { ratings: number }).ratings++
  const isOrdered = scale === 'ordered' && table.levels.length > 2
  const kappa = data.raters === 2 ? cohenKappa : fleissKappa
  const common = { confidence }
  const measures = [
    percentAgreement(table, common),
    kappa(table, common),
    ...(isOrdered ? [kappa(table, { ...common, weights: 'quadratic' })] : []),
    gwetAC(table, common),
    ...(isOrdered ? [gwetAC(table, { ...common, weights: 'quadratic' })] : []),
    krippendorffAlpha(table, { ...common, metric: isOrdered ? 'ordinal' : 'nominal' }),
  ].map((measure) => labelled(measure, confidence))
  const severity = scale === 'ordered' && data.raters <= MOST_RATERS ? severityOf(table, confidence) : []
  const passing = passLevel === undefined ? undefined : passingOf(table, passLevel, confidence)
  const report = {
    raters: data.raters,
    items: data.items,
    paired: measures[0]?.paired ?? 0,
    ratings: table.size,
    confidence,
    levels: counts,
    measures,
    ...(passing === undefined ? {} : { passing }),
    severity,
  }
  return { ...report, remarks: remarksOn(report) }
}

/** Percent agreement has no label: the scales are for what is corrected for chance. */
function labelled(measure: AgreementAnswer, confidence: number): LabelledAgreement {
  if (!measure.defined || measure.measure === 'percent-agreement' || !measure.standardError) return measure
  return {
    ...measure,
    label: benchmark({ value: measure.value, standardError: measure.standardError }, { confidence }),
  }
}

function passingOf(table: RatingTable, from: string, confidence: number): AgreementReport['passing'] {
  const first = table.levels.indexOf(from)
  if (first < 0) throw invalidOption('passLevel', `is "${shown(from)}", which is no level of the scale`)
  if (first === 0) throw invalidOption('passLevel', 'is the lowest level, which everybody reaches')
  const both = regraded(table, ['fail', 'pass'], (level) => (level >= first ? 1 : 0))
  const kappa = table.raters.length === 2 ? cohenKappa : fleissKappa
  const measures = [percentAgreement, kappa, gwetAC].map((measure) =>
    labelled(measure(both, { confidence }), confidence),
  )
  return { from, measures }
}

function remarksOn(report: Omit<AgreementReport, 'remarks'>): AgreementRemark[] {
  const { paired, ratings, levels, measures, severity } = report
  if (paired === 0) return ['no_pairs']
  const most = Math.max(...levels.map((level) => level.ratings))
  const percent = measures[0]
  const differs = severity.some(({ interval }) => interval !== undefined && (interval.low > 0 || interval.high < 0))
  const found: readonly (readonly [AgreementRemark, boolean])[] = [
    ['no_variation', most === ratings],
    ['few_items', paired < FEW],
    ['one_level_prevails', most < ratings && most >= PREVAILS * ratings],
    ['unused_levels', levels.some((level) => level.ratings === 0)],
    ['never_differed', percent?.defined === true && percent.value === 1],
    ['severity_differs', differs],
  ]
  return found.flatMap(([remark, holds]) => (holds ? [remark] : []))
}
