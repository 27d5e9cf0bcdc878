/**
 * Plans and outcomes of audits in words, for whoever decides and is no statistician.
 *
 * @module
 */
import { arrayOf, type Kind, number, oneOf, open, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { demandArgument } from '../report/demand-options.js'
import { type AuditPlan, auditPlanKind, operatingCurve } from './audit-plan.js'
import type { AuditedStratum, AuditRemark, AuditReport } from './judge-audit.js'
import { percent } from './words.js'

const stratum = open({ issuer: text, achievement: text, looked: number, failed: number }, ['looked', 'failed'])
const reportKind: Kind = open(
  {
    type: oneOf('AuditReport'),
    outcome: oneOf('accept', 'reject', 'go-on'),
    plan: auditPlanKind,
    commitment: text,
    looked: number,
    confirmed: number,
    failed: number,
    notJudged: number,
    further: number,
    left: number,
    next: arrayOf(text),
    interval: open({ low: number, high: number, confidence: number }, ['low', 'high', 'confidence']),
    failingAtMost: number,
    failingAtLeast: number,
    strata: arrayOf(stratum),
    remarks: arrayOf(text),
  },
  [
    'type',
    'outcome',
    'plan',
    'looked',
    'confirmed',
    'failed',
    'notJudged',
    'further',
    'left',
    'next',
    'failingAtMost',
  ].concat(['failingAtLeast', 'strata', 'remarks']),
)

/** A tenth of a per cent where it is not a whole one. */
const exactPercent = (share: number) => `${Number((share * 100).toFixed(1))} %`
const badgesOf = (count: number) => `${count} ${count === 1 ? 'badge' : 'badges'}`
const are = (count: number) => (count === 1 ? 'is' : 'are')

/** What a plan asks for, what its answers will mean, and how often they are wrong. Throws UsageError where it is no plan. */
export function explainAuditPlan(plan: AuditPlan): string[] {
  demandArgument(plan, auditPlanKind, 'plan')
  const { badges, tolerate, confidence, expect, sample, accept, stops, risks } = plan
  const most = stops === undefined ? '' : 'at most '
  const limit = accept === 0 ? 'if not one of them fails' : `if no more than ${accept} of them fail`
  return [
    `Of ${badgesOf(badges)}, ${most}${sample} ${are(sample)} drawn and judged anew; it is accepted ${limit}, and rejected otherwise.`,
    ...(stops === undefined ? [] : stopSentences(plan)),
    `What it protects from: where more than ${exactPercent(tolerate)} of all badges fail, it accepts in ${percent(risks.consumer)} of cases or fewer (asked for: ${percent(1 - confidence)}).`,
    ...(expect === undefined
      ? [goodSentence(plan)]
      : [
          `What it costs whoever issues: where ${exactPercent(expect)} fail or fewer, it rejects in ${percent(risks.producer ?? 0)} of cases or fewer.`,
        ]),
    sample === badges
      ? 'All badges are looked at: so few leave no room for a sample that says as much.'
      : 'Publish this plan and the list of badges, or its digest, before the seed is known; then let chance make the seed, and draw once.',
  ]
}

/** What a zero-failure sample does to an issuer that is good, and not perfect. */
function goodSentence(plan: AuditPlan): string {
  const [half] = operatingCurve(plan, [plan.tolerate / 2])
  if (half === undefined) return ''
  return `What it costs whoever issues: where ${exactPercent(half.failing)} fail, it is still rejected in ${percent(1 - half.accepted)} of cases. Say "expect" for a plan that allows for some failures.`
}

function stopSentences(plan: AuditPlan): string[] {
  const { stops, sample, expect = 0 } = plan
  const first = stops?.acceptFrom[0]
  const [expected] = operatingCurve(plan, [expect])
  const soon = first === undefined ? [] : [`it is accepted after ${first} without a failure`]
  const reject = stops?.rejectUpTo.findIndex((looked, failed) => failed > 0 && looked >= failed) ?? -1
  const bad = reject < 0 ? [] : [`rejected after ${reject} failures among the first ${stops?.rejectUpTo[reject]}`]
  return [
    `It stops as soon as enough is known: ${[...soon, ...bad].join(', ')}. Where all is well it takes ${Math.round(expected?.looked ?? sample)} on average. Badges are judged in the order drawn.`,
  ]
}

/**
 * What an audit showed, and what it did not: sentences, with numbers that mean something only together. Throws UsageError where it is no
 * report.
 */
export function explainAudit(report: AuditReport): string[] {
  demandArgument(report, reportKind, 'report')
  const { plan, outcome, looked, remarks } = report
  return [
    verdict(report),
    countSentence(report),
    ...(looked === 0 ? [] : [shownSentence(report)]),
    ...(looked === 0 || remarks.includes('census') ? [] : rangeSentences(report)),
    ...remarks.map((remark) => REMARKS[remark]).filter((remark) => remark !== undefined),
    ...strataSentences(report.strata),
    ...(outcome === 'go-on' ? nextSentences(report) : []),
    ...(outcome === 'accept' && !remarks.includes('census') ? [leftOpen(plan)] : []),
    NOT_SHOWN,
  ]
}

function verdict({ outcome, plan, looked, failed }: AuditReport): string {
  if (outcome === 'accept') return 'Accepted, by the plan that was published before.'
  if (outcome === 'go-on') return 'Not decided yet: the plan asks for more results.'
  const among = looked < plan.sample ? ` among ${looked}` : ''
  return `Rejected, by the plan that was published before: ${failed} ${failed === 1 ? 'failure is' : 'failures are'} more than it allows${among}.`
}

function countSentence({ plan, looked, confirmed, failed, notJudged }: AuditReport): string {
  const unjudged = notJudged === 0 ? '' : `, ${notJudged} of these because they could not be judged`
  return `${looked} of ${plan.sample} badges that were drawn (from ${plan.badges}) ${looked === 1 ? 'was' : 'were'} judged anew: ${confirmed} confirmed, ${failed} failed${unjudged}.`
}

function shownSentence({ plan, failingAtMost, failingAtLeast, outcome, remarks, failed, looked }: AuditReport): string {
  if (remarks.includes('census')) return `All badges were looked at: ${percent(failed / looked)} of them failed.`
  const sure = `With ${percent(plan.confidence)} confidence`
  return outcome === 'reject'
    ? `${sure}, at least ${exactPercent(failingAtLeast)} of all ${plan.badges} badges fail.`
    : `${sure}, at most ${exactPercent(failingAtMost)} of all ${plan.badges} badges fail${outcome === 'go-on' ? '; that is no verdict' : ''}.`
}

/** What accepting leaves possible. */
function leftOpen(plan: AuditPlan): string {
  const [half] = operatingCurve(plan, [plan.tolerate / 2])
  if (half === undefined || half.failing === 0) return 'Not shown: that all badges hold up.'
  return `Not shown: that all badges hold up. Where ${exactPercent(half.failing)} of them fail, this plan accepts in ${percent(half.accepted)} of cases.`
}

const rangeSentences = ({ interval }: AuditReport): string[] =>
  interval === undefined
    ? []
    : [
        `The share that would be confirmed lies between ${percent(interval.low)} and ${percent(interval.high)} (${percent(interval.confidence)} confidence, Wilson).`,
      ]

function strataSentences(strata: readonly AuditedStratum[]): string[] {
  const failing = strata.filter(({ failed }) => failed > 0).sort((a, b) => b.failed - a.failed)
  if (strata.length < 2 || failing.length === 0) return []
  const said = failing
    .slice(0, 3)
    .map(
      ({ issuer, achievement, looked, failed }) =>
        `${shown(achievement ?? issuer ?? 'the others')} (${failed} of ${looked})`,
    )
  const more = failing.length > 3 ? `, and ${failing.length - 3} others` : ''
  return [
    `Failures are of ${said.join(', ')}${more}. These numbers are too small to judge one of them by: look there next.`,
  ]
}

function nextSentences({ next, left, plan, failed }: AuditReport): string[] {
  const room = plan.accept - failed
  const allowed =
    plan.stops !== undefined || room < 0
      ? ''
      : ` ${room === 0 ? 'No further failure' : `${room} more of them`} may fail.`
  return [
    `Up to ${badgesOf(left)} ${are(left)} left to judge.${allowed} Next: ${next.map((id) => shown(id)).join(', ')}.`,
  ]
}

const REMARKS: Readonly<Record<AuditRemark, string | undefined>> = {
  census: undefined,
  stopped_early:
    'It was decided before all were judged. Shares that were seen lean to the side on which it stopped: take the verdict from this audit, and the number with care.',
  out_of_order:
    'Results came for badges further down the list. They count when those before them are there: whoever chooses the order can choose the verdict.',
  not_judged:
    'Badges that could not be judged count as failures: a school cannot rely on evidence that nobody can see.',
  draw_not_checked: 'That these are the badges that the seed draws was not checked: that needs the list of all badges.',
  strata_not_seen: 'Some issuers or achievements have so few badges that none was judged: of these nothing is known.',
}
const NOT_SHOWN =
  "This shows whether an evaluator who judges the evidence anew comes to the badge's answer. It does not show that the evidence is the holder's own work, nor that they can do it in another classroom."
