/**
 * Does this person fit this role? Verification reports in, a report out.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { formatDateTime } from '../model/date-time.js'
import type { VerificationReport } from '../report/report.js'
import { claimsOf } from './claims.js'
import { type CompiledStack, compileStack } from './compile.js'
import { Evaluator } from './evaluate.js'
import { CompetencyIndex } from './routes.js'
import type { AssessOptions, CompetencyStack, RequirementReport, StackReport } from './types.js'

/**
 * Judges one person's reports against a stack. Pure and deterministic: the order of the reports does not matter.
 *
 * What counts: reports that are valid, from an issuer the verifier was told to trust, about the recipient it was asked for (or
 * `person: samePerson`), not older than `maxReportAgeDays`; of several about one credential the last. A relaxed policy makes no
 * expired, revoked or foreign credential count. A credential leads to a competency by an alignment (or because the achievement is
 * the competency) whose URL is the same after the normalization of `canonicalUri`; further by exact matches, by a set of which the
 * competency is a part, and one narrower match where the requirement says `matches: 'narrow'`. A level counts by alignment, or by
 * the levels of a crosswalk. Age is counted from `awardedDate`, which Open Badges 3.0 keeps for that over renewals, else from
 * `validFrom`.
 *
 * `uncertain`: nothing is wrong, but something must be settled first: a list that could not be reached, a report that is too old, a
 * recipient that was not asked for, crosswalks that contradict each other.
 *
 * `because` holds codes; after a space the credential (or the count) that it is about. `by` is the credential that meets the
 * requirement, and where none does the one that comes nearest, with the level it reached. `expires` is when the stack, met now,
 * ends to be met if nothing is renewed.
 *
 * Throws UsageError where the stack, its `extends`, a framework or an option is wrong: `usage.invalid_stack`,
 * `usage.unknown_stack`, `usage.cyclic_stack`, `usage.ambiguous_stack`, `usage.duplicate_requirement`,
 * `usage.invalid_framework`, `usage.ambiguous_competency`, `usage.invalid_option`.
 */
export function assessStack(
  reports: readonly VerificationReport[],
  stack: CompetencyStack,
  options: AssessOptions,
): StackReport {
  const { index, compiled } = prepare([stack], options)
  const evaluator = new Evaluator(claimsOf(reports, options), index, options.now)
  return reportOf(evaluator, compiled[0] as CompiledStack, formatDateTime(options.now))
}

/** One person's reports, under a name of the caller's. */
export interface PersonReports {
  readonly person: string
  readonly reports: readonly VerificationReport[]
}

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
  const { index, compiled } = prepare(stacks, options)
  const at = formatDateTime(options.now)
  return {
    *[Symbol.iterator]() {
      for (const { person, reports } of people) {
        const evaluator = new Evaluator(claimsOf(reports, options), index, options.now)
        yield { person, stacks: compiled.map((stack) => reportOf(evaluator, stack, at)) }
      }
    },
  }
}

function prepare(stacks: readonly CompetencyStack[], options: AssessOptions) {
  const { frameworks, crosswalks, stacks: others = [], now, maxReportAgeDays } = options
  if (!(now instanceof Date) || Number.isNaN(now.getTime()))
    throw new UsageError('usage.invalid_option', '"now" must be a Date')
  if (maxReportAgeDays !== undefined && !(maxReportAgeDays >= 0))
    throw new UsageError('usage.invalid_option', '"maxReportAgeDays" must be 0 or more')
  const index = new CompetencyIndex(frameworks, crosswalks)
  return {
    index,
    compiled: stacks.map((stack) =>
      compileStack(stack, [...others, ...stacks.filter((each) => !others.includes(each))], index),
    ),
  }
}

function reportOf(evaluator: Evaluator, { name, requirements }: CompiledStack, at: string): StackReport {
  const evaluations = requirements.map((requirement) => evaluator.evaluate(requirement))
  const reports = evaluations.map(({ report }): RequirementReport => report)
  const has = (outcome: StackReport['outcome']) => reports.some((report) => report.outcome === outcome)
  const outcome = has('not-met') ? 'not-met' : has('uncertain') ? 'uncertain' : 'met'
  const until = Math.min(...evaluations.map(({ until }) => until))
  const expires = outcome === 'met' && Number.isFinite(until) ? { expires: formatDateTime(new Date(until)) } : {}
  return { stack: name, outcome, requirements: reports, ...expires, at }
}
