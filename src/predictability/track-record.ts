/**
 * Track records, made of what was verified: reports of badges and of evaluations, and what schools report.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { invalidOption } from '../errors.js'
import { arrayOf, date, type Kind, type Members, oneOf, open, record, stream, text } from '../internal/members.js'
import type { VerifiableCredential } from '../model/types.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { VerificationReport } from '../report/report.js'
import { AwardReader } from './award-reader.js'
import { evaluationReport, statesResults } from './judgements.js'
import { confidenceKind } from './measure.js'
import { OutcomeReader } from './outcome-reader.js'
import { type SchoolOutcome, schoolOutcome } from './outcomes.js'
import { driftsOf } from './share.js'
import { MOST_STATEMENTS, Statements } from './statements.js'
import { evaluatorsOf, rowsOf } from './track-rows.js'
import type { TrackRecord, TrackRecordOptions } from './track-types.js'

const OPTIONS: Members<TrackRecordOptions> = {
  confidence: confidenceKind,
  interval: oneOf('wilson', 'clopper-pearson'),
  published: date,
  evaluators: arrayOf(text),
}
const sharedReport = open({ outcome: text, checks: record }, ['outcome', 'checks'])
const outcomeKind: Kind = (value, path) =>
  typeof value === 'object' && value !== null && 'checks' in value
    ? sharedReport(value, path)
    : schoolOutcome(value, path)

/**
 * How often badges were confirmed, by issuer, achievement and version: n of how many, with an interval; how that changed from version to
 * version; the rubric criterion by criterion; and who rates harder.
 *
 * `awards`: reports of `verifyCredential` of the badges, as many as there are: a list or a stream, read once. A badge counts where it is valid, or only
 * revoked, suspended or expired since: failures cannot be revoked away. `evaluations`: reports of endorsements by evaluators (`accept:
 * 'any-credential'`); those inside badges are read too. They count as `readEvaluations` says, and where the verifier was told to trust the
 * evaluator, or `evaluators` names them. `outcomes`: what schools saw at work, one by one (`SchoolOutcome`), or reports of credentials in
 * which schools share counts (`sharedOutcomesCredential`). They stand beside, and are not merged with what evaluators signed.
 *
 * The order of what is given does not matter, but for evaluations of one badge by one evaluator that are dated alike. Of awards some 12 to
 * 50 bytes each are kept, and besides what evaluations, outcomes and rows take: a million evaluations, a million outcomes, 10 million
 * awards, 100 000 rows at most. Linear in all of them.
 *
 * Rejects with UsageError `usage.invalid_option` for what is no report or no outcome, and beyond those limits.
 */
export async function trackRecord(
  awards: Iterable<VerificationReport> | AsyncIterable<VerificationReport>,
  evaluations:
    | Iterable<VerificationReport<VerifiableCredential>>
    | AsyncIterable<VerificationReport<VerifiableCredential>>,
  outcomes:
    | Iterable<SchoolOutcome | VerificationReport<VerifiableCredential>>
    | AsyncIterable<SchoolOutcome | VerificationReport<VerifiableCredential>> = [],
  options: TrackRecordOptions = {},
): Promise<TrackRecord> {
  demandArgument(awards, stream, 'awards')
  demandArgument(evaluations, stream, 'evaluations')
  demandArgument(outcomes, stream, 'outcomes')
  demandOptions(options, OPTIONS)
  const { confidence = 0.95, interval: method = 'wilson', published, evaluators } = options
  const statements = new Statements()
  let index = 0
  for await (const report of evaluations) {
    demandArgument(report, evaluationReport, `evaluations[${index++}]`)
    statements.add(report)
  }
  const reported = new OutcomeReader()
  let read = 0
  for await (const one of outcomes) {
    demandArgument(one, outcomeKind, `outcomes[${read}]`)
    if (++read > MOST_STATEMENTS) throw invalidOption('outcomes', `are more than ${MOST_STATEMENTS}`)
    reported.add(one)
  }
  const reader = new AwardReader()
  const wanted = new Set([...statements.badges(), ...reported.badges()])
  index = 0
  for await (const report of awards) {
    demandArgument(report, evaluationReport, `awards[${index}]`)
    const { endorsements = [] } = report
    demandArgument(endorsements, arrayOf(evaluationReport), `awards[${index}].endorsements`)
    index++
    const one = reader.read(report)
    if (one === undefined) continue
    const isSpokenOf = statements.addInside(endorsements.filter(statesResults), one.badge.id)
    if (isSpokenOf || wanted.has(one.badge.id)) reader.keep(one)
  }
  const settings = { confidence, method }
  const trusted = evaluators && new Set(evaluators.map(canonicalUri))
  const { judged, setAside } = statements.judge((id) => reader.find(id), published, trusted)
  const rows = rowsOf(reader, judged, reported.of(reader), settings)
  return {
    type: 'TrackRecord',
    confidence,
    method,
    rows,
    drifts: driftsOf(rows, confidence),
    evaluators: evaluatorsOf(judged, settings),
    setAside: { evaluations: setAside, outcomes: reported.setAside },
  }
}
