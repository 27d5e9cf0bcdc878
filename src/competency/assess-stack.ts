/**
 * Does this person fit this role? Verification reports in, a report out.
 *
 * @module
 */
import { arrayOf, iterable, type Members, shape, text } from '../internal/members.js'
import { formatDateTime } from '../model/date-time.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { VerificationReport } from '../report/report.js'
import { ASSESS, claimableReport, stack as stackKind } from './arguments.js'
import { stackFindings } from './check-stack.js'
import { type Claims, claimsOf } from './claims.js'
import { type CompiledStack, compileStack } from './compile.js'
import { Evaluator } from './evaluate.js'
import { canonicalUri } from './identifiers.js'
import { Records } from './predictable.js'
import { CompetencyIndex } from './routes.js'
import { requirementsOf } from './stack.js'
import type { AssessOptions, CompetencyStack, RequirementReport, StackFinding, StackReport } from './types.js'

/**
 * Judges one person's reports against a stack. Pure and deterministic: the order of the reports does not matter.
 *
 * What counts: reports that are valid, from an issuer the verifier was told to trust, about the recipient it was asked for, not older than
 * `maxReportAgeDays`. A relaxed policy makes no expired, revoked or foreign credential count, and neither does a result that was tried
 * and never passed. Reports about different subjects count for nothing certain unless `person` names the person.
 *
 * Each credential (one id and issuer) once. Of several reports about one version the last word; a copy whose proof fails says nothing
 * where another's holds. Of several versions the newest (by `validFrom`) that holds at `now`; one that begins later is `by.renewal`.
 *
 * A credential leads to a competency by an alignment (or because the achievement is the competency) whose URL is the same after the
 * normalization of `canonicalUri`; by alignments at a ResultDescription, a rubric level or a Result too, where a framework has the target as a competency
 * and a result of it passed; further by exact matches, by one narrower match where the requirement says `matches: 'narrow'`, by
 * what it replaced, and by a set of which the competency is a part where the requirement says `covers: 'parts'`. Without a level, badges for
 * all parts of the competency, or of a set that matches it exactly, are the competency too.
 *
 * A level counts by alignment, or by the levels of a crosswalk; a level above one that is mapped is at least that one. Of several results
 * that speak of it the lowest counts. A result that passed and states no level stands for the `requiredLevel` of its scale. Age is
 * counted from `awardedDate`, which Open Badges 3.0 keeps for that over renewals, else from `validFrom`. Endorsements count while they
 * are valid themselves.
 *
 * `uncertain`: nothing is wrong, but something must be settled first: a list that could not be reached, a report that is too old, a
 * recipient that was not asked for, crosswalks that contradict each other, a scale of which nobody said which level is higher.
 *
 * `predictable` is judged by `trackRecord`: by the record of the badge's issuer, achievement and version, and of no other. Its interval is made anew
 * at the confidence that is asked; where it includes what is asked, or where there is no record, the requirement is `uncertain`.
 *
 * `context` asks for whom and where something was shown: of each dimension one of what is listed. A badge says it by `shownIn` of the extension context, else by
 * alignments of its achievement to a level of education or a subject, else by what the framework says of the competency. One that says another context
 * does not count, and the reason names it; what it does not say makes it `uncertain`, unless `notSaid` says otherwise. A crosswalk's match with a `context`
 * leads on from badges that were shown in it, and from no others.
 *
 * `because` holds reasons as data (`StackReason`), for which `explainStack` has sentences. `expires` is the latest date until which the stack,
 * met now, stays so if nothing is renewed. `findings` say what is odd: a competency that nobody knows, or that is retired.
 *
 * Throws UsageError where the stack, its `extends`, a framework or an option is wrong: `usage.invalid_stack`,
 * `usage.unknown_stack`, `usage.cyclic_stack`, `usage.ambiguous_stack`, `usage.duplicate_requirement`,
 * `usage.invalid_framework`, `usage.invalid_option`.
 */
export function assessStack(
  reports: readonly VerificationReport[],
  stack: CompetencyStack,
  options: AssessOptions,
): StackReport {
  demandArgument(reports, arrayOf(claimableReport), 'reports')
  demandArgument(stack, stackKind, 'stack')
  const { index, compiled, records } = prepare([stack], options)
  const claims = claimsOf(reports, options, (key) => index.find(key) !== undefined)
  const evaluator = new Evaluator(claims.claims, index, options.now, records)
  return reportOf(evaluator, compiled[0] as PreparedStack, claims, formatDateTime(options.now))
}

/** One person's reports, under a name of the caller's. */
export interface PersonReports {
  readonly person: string
  readonly reports: readonly VerificationReport[]
}

const PERSON: Members<PersonReports> = { person: text, reports: arrayOf(claimableReport) }
const personReports = shape(PERSON, { required: ['person', 'reports'] })

/** One person, and how far they fit each stack. */
export interface PersonAssessment {
  readonly person: string
  /** In the order of the stacks. */
  readonly stacks: readonly StackReport[]
}

/**
 * Many people against many stacks, one person after the other: frameworks, crosswalks and stacks are prepared once, and nothing is
 * kept of a person. Linear. See `assessStack`; what is wrong with the stacks is thrown by the call, not by the iteration.
 */
export function assessStacks(
  people: Iterable<PersonReports>,
  stacks: readonly CompetencyStack[],
  options: AssessOptions,
): Iterable<PersonAssessment> {
  demandArgument(people, iterable, 'people')
  demandArgument(stacks, arrayOf(stackKind), 'stacks')
  const { index, compiled, records } = prepare(stacks, options)
  const at = formatDateTime(options.now)
  return {
    *[Symbol.iterator]() {
      for (const one of people) {
        demandArgument(one, personReports, 'people')
        const { person, reports } = one
        const claims = claimsOf(reports, options, (key) => index.find(key) !== undefined)
        const evaluator = new Evaluator(claims.claims, index, options.now, records)
        yield { person, stacks: compiled.map((stack) => reportOf(evaluator, stack, claims, at)) }
      }
    },
  }
}

interface PreparedStack extends CompiledStack {
  readonly findings: readonly StackFinding[]
}

function prepare(stacks: readonly CompetencyStack[], options: AssessOptions) {
  demandOptions(options, ASSESS, { required: ['frameworks', 'now'] })
  const { frameworks, crosswalks, stacks: others = [], now, trackRecord } = options
  const index = new CompetencyIndex(frameworks, crosswalks)
  return {
    index,
    records: new Records(trackRecord),
    compiled: stacks.map((stack): PreparedStack => {
      const all = [...others, ...stacks.filter((each) => !others.includes(each))]
      const findings = stackFindings(requirementsOf(stack, all), index, now)
      return { ...compileStack(stack, all, index, now), findings }
    }),
  }
}

function reportOf(evaluator: Evaluator, stack: PreparedStack, claims: Claims, at: string): StackReport {
  const { name, requirements } = stack
  const evaluations = requirements.map((requirement) => evaluator.evaluate(requirement))
  const reports = evaluations.map(({ report }): RequirementReport => report)
  const has = (outcome: StackReport['outcome']) => reports.some((report) => report.outcome === outcome)
  const outcome = has('not-met') ? 'not-met' : has('uncertain') ? 'uncertain' : 'met'
  const until = Math.min(...evaluations.map(({ until }) => until))
  const expires = outcome === 'met' && Number.isFinite(until) ? { expires: formatDateTime(new Date(until)) } : {}
  // What somebody's badge names is no slip of the pen.
  const isNamed = ({ items: [competency = ''] }: StackFinding) =>
    claims.claims.some(({ names }) => names.has(canonicalUri(competency)))
  const odd = stack.findings.filter((each) => each.code !== 'stack.unknown_competency' || !isNamed(each))
  const findings = [...claims.findings, ...odd]
  return { stack: name, outcome, requirements: reports, ...expires, at, ...(findings.length > 0 && { findings }) }
}
