/**
 * A track record in words, for whoever decides and is no statistician.
 *
 * @module
 */
import { arrayOf, flag, type Kind, mapOf, number, oneOf, open, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { demandArgument } from '../report/demand-options.js'
import type { EvaluationFlaw } from './judgements.js'
import type { Interval } from './measure.js'
import type { OutcomeFlaw } from './outcomes.js'
import type { EvaluatorRecord, TrackRecord, TrackRemark, TrackRow, VersionDrift } from './track-types.js'
import { percent } from './words.js'

const interval = open({ low: number, high: number, confidence: number }, ['low', 'high', 'confidence'])
const share = open({ badges: number, confirmed: number, share: number, interval }, ['badges', 'confirmed'])
const atWork = open({ badges: number, heldUpAtLeast: number, heldUpAtMost: number, schools: number, interval }, [
  'badges',
  'heldUpAtLeast',
  'heldUpAtMost',
  'schools',
])
const stated = open({ badges: number, same: number, lower: number, higher: number, interval }, ['badges', 'same'])
const criterion = open(
  {
    name: text,
    isOrdered: flag,
    agreement: open(
      { paired: number, measures: arrayOf(open({ measure: text, defined: flag }, ['measure', 'defined'])) },
      ['paired', 'measures'],
    ),
    stated,
  },
  ['name', 'agreement', 'stated'],
)
const row = open(
  {
    name: text,
    version: text,
    awards: number,
    confirmed: share,
    evaluations: number,
    evaluators: number,
    holders: number,
    differed: number,
    atWork,
    criteria: arrayOf(criterion),
    remarks: arrayOf(text),
  },
  [
    'name',
    'issuer',
    'achievement',
    'awards',
    'confirmed',
    'evaluators',
    'holders',
    'differed',
    'atWork',
    'criteria',
    'remarks',
  ],
)
const side = open({ version: text, badges: number, confirmed: number }, ['badges', 'confirmed'])
const drift = open(
  {
    from: side,
    to: side,
    difference: number,
    interval,
    p: number,
    adjusted: number,
    shows: oneOf('better', 'worse', 'nothing'),
  },
  ['from', 'to', 'difference', 'interval', 'adjusted', 'shows'],
)
const evaluator = open({ evaluator: text, confirmed: share, shared: number, difference: number, interval }, [
  'evaluator',
  'confirmed',
  'shared',
])
const recordKind: Kind = open(
  {
    type: oneOf('TrackRecord'),
    confidence: number,
    rows: arrayOf(row),
    drifts: arrayOf(drift),
    evaluators: arrayOf(evaluator),
    setAside: open({ evaluations: mapOf(number), outcomes: mapOf(number) }, ['evaluations', 'outcomes']),
  },
  ['type', 'confidence', 'rows', 'drifts', 'evaluators', 'setAside'],
)

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`
const within = ({ low, high, confidence }: Interval) =>
  `with ${percent(confidence)} confidence between ${percent(low)} and ${percent(high)}`
/** Points of a percentage, with their sign. */
const points = (difference: number) => `${difference < 0 ? '−' : '+'}${Math.round(Math.abs(difference) * 100)}`
const titleOf = ({ name, version }: Pick<TrackRow, 'name' | 'version'>) =>
  `"${shown(name)}"${version === undefined ? '' : `, version ${shown(version)}`}`

/**
 * What a principal can use: for each kind of badge how often it was confirmed, with an interval and what the number counts, how that changed
 * between versions, who rates harder, what was set aside, and what none of it shows. Throws UsageError `usage.invalid_option` where it
 * is no record.
 */
export function explainTrackRecord(given: TrackRecord): string[] {
  demandArgument(given, recordKind, 'record')
  const { rows, drifts, evaluators, setAside } = given
  if (rows.length === 0) return ['No badges were given: there is no record.', ...asideSentences(setAside)]
  const names = new Map(rows.map(({ issuer, achievement, name }) => [JSON.stringify([issuer, achievement]), name]))
  const nameOf = ({ issuer, achievement }: VersionDrift) =>
    names.get(JSON.stringify([issuer, achievement])) ?? achievement
  return [
    ...rows.flatMap(rowSentences),
    ...drifts.map((one) => driftSentence(one, nameOf(one))),
    ...evaluators.flatMap(evaluatorSentence),
    ...asideSentences(setAside),
    ...NOT_SHOWN,
  ]
}

function rowSentences(row: TrackRow): string[] {
  const { confirmed, awards, evaluators, atWork, criteria, remarks } = row
  const title = titleOf(row)
  if (confirmed.interval === undefined)
    return [
      `${title}: none of ${plural(awards, 'badge')} was judged anew, so nothing is known of how many would be confirmed.`,
      ...workSentence(row, title),
    ]
  const of = `${confirmed.confirmed} of ${plural(confirmed.badges, 'badge')} that ${confirmed.badges === 1 ? 'was' : 'were'} judged anew`
  return [
    `${title}: ${of} ${confirmed.confirmed === 1 ? 'was' : 'were'} confirmed (${within(confirmed.interval)}), by ${plural(evaluators, 'evaluator')}; there are ${plural(awards, 'badge')}.`,
    ...remarks.flatMap((remark) => REMARKS[remark]?.(row) ?? []),
    ...(atWork.badges > 0 ? workSentence(row, title) : []),
    ...criteria.flatMap(criterionSentences),
  ]
}

function workSentence({ atWork }: TrackRow, title: string): string[] {
  const { badges, heldUpAtLeast, heldUpAtMost, schools, interval: range } = atWork
  if (range === undefined) return []
  const held = heldUpAtLeast === heldUpAtMost ? `${heldUpAtLeast}` : `${heldUpAtLeast} to ${heldUpAtMost}`
  return [
    `${title}, at work: by the word of ${plural(schools, 'school')}, ${held} of ${plural(badges, 'holder')} could do it (${within(range)}). Nobody can look at that again.`,
  ]
}

function criterionSentences({ name, agreement, stated: levels }: TrackRow['criteria'][number]): string[] {
  const [share] = agreement.measures
  const among =
    agreement.paired === 0 || share?.defined !== true
      ? `no badge was rated by two evaluators, so whether they agree cannot be told`
      : `two evaluators of one badge gave the same level in ${percent(share.value)} of cases (${plural(agreement.paired, 'badge')})`
  const beside =
    levels.interval === undefined
      ? ''
      : `; they gave the level that the badge states in ${levels.same} of ${levels.badges} cases, a lower one in ${levels.lower}`
  return [`On "${shown(name)}" ${among}${beside}.`]
}

function driftSentence({ from, to, difference, interval: range, adjusted, shows }: VersionDrift, name: string): string {
  const versionOf = ({ version }: VersionDrift['from']) =>
    version === undefined ? 'badges without a version' : `version ${shown(version)}`
  const counts = ({ confirmed, badges }: VersionDrift['from']) => `${confirmed} of ${badges}`
  const change = `${points(difference)} points, with ${percent(range.confidence)} confidence between ${points(range.low)} and ${points(range.high)}; p = ${adjusted < 0.001 ? 'less than 0.001' : adjusted.toFixed(3)}`
  const verdict = {
    better: 'More are confirmed',
    worse: 'Fewer are confirmed',
    nothing: 'No change was shown, which is not that nothing changed',
  }[shows]
  return `"${shown(name)}", from ${versionOf(from)} (${counts(from)}) to ${versionOf(to)} (${counts(to)}): ${change}. ${verdict}.`
}

/** Only where it can be told, and is more than chance. */
function evaluatorSentence({ evaluator: id, shared, difference, interval: range }: EvaluatorRecord): string[] {
  if (difference === undefined || range === undefined || (range.low <= 0 && range.high >= 0)) return []
  const side = difference < 0 ? 'harder' : 'more generously'
  return [
    `${shown(id)} judges ${side} than others of the same badges: ${points(difference)} points on ${plural(shared, 'shared badge')} (between ${points(range.low)} and ${points(range.high)}).`,
  ]
}

const REMARKS: Readonly<Record<TrackRemark, ((row: TrackRow) => string) | undefined>> = {
  not_judged: undefined,
  few_judged: () => 'Few were judged anew: read the interval, not the share.',
  all_confirmed: () => 'All were confirmed. That does not make it certain of the next.',
  one_evaluator: () => 'One evaluator judged all of them: the record is of that evaluator too.',
  same_holders: ({ holders, confirmed }) =>
    `They are of ${plural(holders, 'holder')}: what one person can do, counted ${confirmed.badges} times, says less than the interval.`,
  evaluators_differed: ({ differed }) =>
    `Evaluators differed on ${plural(differed, 'badge')}: that counts as not confirmed.`,
  withdrawn_since: () =>
    'Some that were judged have expired, or were revoked since. They count: else failures could be revoked away.',
  rubric_varies: () =>
    'Badges of this version have different rubrics. Whoever changes a rubric gives it another version; until then nothing is said of its criteria.',
}

const EVALUATION_FLAWS: Readonly<Record<EvaluationFlaw, string>> = {
  not_valid: 'not valid',
  not_trusted: 'by evaluators whom nobody trusts',
  no_badge: 'of none of these badges',
  several_badges: 'of an id that several badges have',
  no_result: 'without a result',
  level_not_in_rubric: 'with a level that the rubric does not have',
  by_issuer: 'by the issuer',
  by_recipient: 'by the holder',
  same_key: "with the issuer's key",
  same_profile: "by somebody with the issuer's profile",
  same_place: "from the issuer's address",
  before_badge: 'dated before the badge',
  after_publication: 'dated after the outcome was published',
  again: 'a second one by the same evaluator',
}
const OUTCOME_FLAWS: Readonly<Record<OutcomeFlaw, string>> = {
  not_valid: 'not valid',
  not_trusted: 'by schools whom nobody trusts',
  no_outcomes: 'without counts',
  no_badge: 'of none of these badges',
  several_badges: 'of an id that several badges have',
  by_issuer: 'by the issuer',
  again: 'a second one by the same school',
  overlapping_period: 'of days that were shared before',
  also_reported: 'counts of what is there one by one',
}

function asideSentences({ evaluations, outcomes }: TrackRecord['setAside']): string[] {
  const sentence = (what: string, found: Readonly<Record<string, number>>, words: Readonly<Record<string, string>>) => {
    const said = Object.entries(found).map(([flaw, count]) => `${words[flaw] ?? shown(flaw)} (${count})`)
    return said.length === 0 ? [] : [`${what} that do not count: ${said.join(', ')}.`]
  }
  return [
    ...sentence('Evaluations', evaluations as Readonly<Record<string, number>>, EVALUATION_FLAWS),
    ...sentence('Outcomes', outcomes as Readonly<Record<string, number>>, OUTCOME_FLAWS),
  ]
}

const NOT_SHOWN = [
  'These numbers speak of all badges like these only if those that were judged were taken by chance: an audit draws them so, and whoever chooses what is judged chooses the number.',
  "Confirmed means that an evaluator who judged the evidence anew came to the badge's answer. It does not show that the evidence is the holder's own work, nor that they can do it in another classroom.",
]
