/**
 * An agreement report in words, for whoever decides and is no statistician.
 *
 * @module
 */
import { arrayOf, flag, type Kind, number, open, record, text } from '../internal/members.js'
import { demandArgument } from '../report/demand-options.js'
import type { AgreementRemark, AgreementReport, LabelledAgreement } from './agreement-report.js'
import type { Interval } from './measure.js'
import { kappaSampleSize } from './sample-size.js'

const interval = open({ low: number, high: number, confidence: number }, ['low', 'high', 'confidence'])
const measure: Kind = (value, path) =>
  open(
    {
      measure: text,
      weights: text,
      defined: flag,
      value: number,
      interval,
      why: text,
      items: number,
      paired: number,
      label: open({ claimed: text, apparent: text }),
    },
    ['measure', 'weights', 'defined', 'items', 'paired'],
  )(value, path) ?? ((value as LabelledAgreement).defined ? open({ value: number }, ['value'])(value, path) : undefined)
const severity = open({ rater: text, ratings: number, shared: number, difference: number, interval }, [
  'rater',
  'shared',
])
const report: Kind = (value, path) =>
  record(value, path) ??
  open(
    {
      raters: number,
      items: number,
      paired: number,
      ratings: number,
      confidence: number,
      levels: arrayOf(open({ level: text, ratings: number }, ['level', 'ratings'])),
      measures: arrayOf(measure),
      passing: open({ from: text, measures: arrayOf(measure) }, ['from', 'measures']),
      severity: arrayOf(severity),
      remarks: arrayOf(text),
    },
    ['raters', 'items', 'paired', 'ratings', 'confidence', 'levels', 'measures', 'severity', 'remarks'],
  )(value, path)

const percent = (share: number) => `${Math.round(share * 100)} %`
const decimal = (value: number) => value.toFixed(2).replace(/^-(0\.00)$/, '$1')
const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

/**
 * What a principal can use: sentences, never one number alone, with what they do not show, and how portfolios of teachers fared
 * elsewhere, to compare with. Throws UsageError where it is no report.
 */
export function explainAgreement(given: AgreementReport): string[] {
  demandArgument(given, report, 'report')
  const { raters, items, paired, ratings, measures, passing, severity: raterSeverity, remarks } = given
  const seen = `${plural(raters, 'rater')} gave ${plural(ratings, 'rating')} to ${plural(items, 'item')}; ${plural(paired, 'item')} ${paired === 1 ? 'has' : 'have'} two ratings or more.`
  if (remarks.includes('no_pairs')) return [seen, NO_PAIRS]
  const [share, ...corrected] = measures
  return [
    seen,
    ...(share === undefined ? [] : [shareSentence(share, 'gave the same level')]),
    ...corrected.map(correctedSentence),
    ...(passing === undefined
      ? []
      : passing.measures.map((one, index) =>
          index === 0
            ? shareSentence(one, `agreed on whether it passes ("${passing.from}" or higher)`)
            : `On passing: ${correctedSentence(one)}`,
        )),
    ...remarks.map((remark) => REMARKS[remark]).filter((remark) => remark !== undefined),
    // With two raters, one is as much above the other as the other below.
    ...(raters === 2 ? raterSeverity.slice(0, 1) : raterSeverity).flatMap(severitySentence),
    ...(remarks.includes('few_items') ? [enoughSentence()] : []),
    ...YARDSTICK,
    NOT_SHOWN,
  ]
}

const within = (given: Interval | undefined, form: (value: number) => string) =>
  given === undefined
    ? 'how far off that may be cannot be told from these items'
    : `with ${percent(given.confidence)} confidence between ${form(given.low)} and ${form(given.high)}`

function shareSentence(measure: LabelledAgreement, did: string): string {
  if (!measure.defined) return `How often two raters ${did} cannot be said: ${WHY[measure.why]}.`
  return `Two raters of one item ${did} in ${percent(measure.value)} of cases (${within(measure.interval, percent)}). Some of that is chance.`
}

function correctedSentence(measure: LabelledAgreement): string {
  const name = `${NAMES[measure.measure] ?? measure.measure}${WEIGHTS[measure.weights] ?? ` (${measure.weights})`}`
  if (!measure.defined) return `${name}: undefined, because ${WHY[measure.why]}.`
  const { label } = measure
  const words =
    label?.claimed === undefined
      ? ''
      : label.claimed === label.apparent
        ? ` "${label.claimed}" may be claimed.`
        : ` It looks "${label.apparent}"; with so few items only "${label.claimed}" may be claimed.`
  return `${name}: ${decimal(measure.value)} (0 is chance, 1 is always; ${within(measure.interval, decimal)}).${words}`
}

function severitySentence({
  rater,
  difference,
  interval: range,
  shared,
}: AgreementReport['severity'][number]): string[] {
  if (difference === undefined || range === undefined || (range.low <= 0 && range.high >= 0)) return []
  const [side, beyond] =
    difference < 0 ? ['harder', { ...range, low: -range.high, high: -range.low }] : ['more generously', range]
  return [
    `${rater} rates ${side} than the others: by ${decimal(Math.abs(difference))} points on ${plural(shared, 'shared item')} (${within(beyond, decimal)}).`,
  ]
}

/** For a kappa of 0.6 with half passing: an order of magnitude. */
function enoughSentence(): string {
  const size = (halfWidth: number) => kappaSampleSize({ kappa: 0.6, passShare: 0.5, halfWidth })
  return `To know a kappa near 0.6 to within 0.2 either way takes about ${size(0.2)} items that two raters judged, to within 0.1 about ${size(0.1)}; more where nearly all pass.`
}

const NAMES: Readonly<Record<string, string>> = {
  'cohen-kappa': "Cohen's kappa",
  'conger-kappa': "Conger's kappa",
  'fleiss-kappa': "Fleiss' kappa",
  'brennan-prediger': "Brennan and Prediger's coefficient",
  'gwet-ac': "Gwet's AC",
  'krippendorff-alpha': "Krippendorff's alpha",
}
const WEIGHTS: Readonly<Record<string, string>> = {
  identity: '',
  nominal: '',
  ordinal: ', by rank',
  quadratic: ', near misses counted in part',
}
const WHY: Readonly<Record<string, string>> = {
  no_pairs: 'no item was rated by two',
  no_variation: 'all ratings are the same: chance would agree as well, so nothing was tested',
}
const NO_PAIRS =
  'Nothing can be said of agreement: have a second rater judge some of the same items, without seeing the first result.'
const REMARKS: Readonly<Record<AgreementRemark, string | undefined>> = {
  no_pairs:
    'Nothing can be said of agreement: have a second rater judge some of the same items, without seeing the first result.',
  no_variation: 'All ratings are the same level. Include work that should fail, or the raters are not tested.',
  few_items: 'Few items were rated twice: read the intervals, not the numbers.',
  one_level_prevails:
    "Nine of ten ratings are one level. Kappa and alpha fall then whatever the raters do (Feinstein and Cicchetti 1990); Gwet's AC does not.",
  unused_levels: 'Some levels were never given: whether raters agree on those is not known.',
  never_differed: 'The raters never differed on these items. That does not make it certain that they never will.',
  severity_differs: undefined,
}
/** Figures of two published studies of teacher portfolios. */
const YARDSTICK = [
  'To compare: for portfolios of beginning teachers (PACT) weighted kappa was 0.17 on average, from -0.29 to 0.54 (19 candidates, Education Sciences 11(10):648, 2021); of 181 portfolios scored two or three times neither kappa, AC1 nor percent agreement reached 0.70 (Education Sciences 14(3):300, 2024). Low values are common, and worth reporting.',
]
const NOT_SHOWN =
  'This shows whether raters agree. It does not show that they are right, nor that people who hold the badge can do it at work.'
