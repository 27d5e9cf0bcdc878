/**
 * A stack report for people: who fits what, by which badge, and what is missing.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { arrayOf, callable, type Members, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { framework as frameworkKind, requirementReport, stackReason, stackReport } from './arguments.js'
import { canonicalUri } from './identifiers.js'
import { endOfDay } from './last-day.js'
import { PATHS, REASONS, REMEDIES, type StackReason, WORDS } from './reasons.js'
import { pathSaid, reasonSaid, remedySaid, type Slot } from './sentences.js'
import type { CompetencyFramework, RequirementReport, StackReport } from './types.js'

/** Names for ids; an id without a name is shown as it is. */
export type StackNames = (id: string) => string

/** Where and how the reader counts days. */
export interface ExplainStackOptions {
  /** IANA, such as `Europe/Vienna`: a badge that ends at midnight there has its last day the day before. Default `UTC`. */
  readonly timeZone?: string | undefined
}

const EXPLAIN: Members<ExplainStackOptions> = { timeZone: text }

/**
 * One reason in words. With the report of its requirement it says what was asked and what was there.
 *
 * @throws UsageError `usage.invalid_option`
 */
export function explainReason(
  reason: StackReason,
  name: StackNames,
  requirement?: RequirementReport,
  options: ExplainStackOptions = {},
): string {
  demandArgument(reason, stackReason, 'reason')
  demandArgument(name, callable, 'name')
  if (requirement !== undefined) demandArgument(requirement, requirementReport, 'requirement')
  return new Teller(name, zoneOf(options)).reason(reason, requirement)
}

/**
 * What is to be said of one requirement, a sentence each: the reasons, whose crosswalk or which set made it count, and what would close the gap.
 *
 * @throws UsageError `usage.invalid_option`
 */
export function explainRequirement(
  requirement: RequirementReport,
  name: StackNames,
  options: ExplainStackOptions = {},
): string[] {
  demandArgument(requirement, requirementReport, 'requirement')
  demandArgument(name, callable, 'name')
  return new Teller(name, zoneOf(options)).all(requirement)
}

/**
 * The report in sentences, gaps last. `names` gives words for the ids of requirements' competencies, levels and credentials.
 *
 * @throws UsageError `usage.invalid_option`
 */
export function explainStack(
  report: StackReport,
  names: StackNames = (id) => id,
  options: ExplainStackOptions = {},
): string[] {
  demandArgument(report, stackReport, 'report')
  demandArgument(names, callable, 'names')
  const teller = new Teller(names, zoneOf(options))
  const verdict = { met: 'fits', 'not-met': 'does not fit yet', uncertain: 'cannot be told yet' }[report.outcome]
  const until = report.expires === undefined ? '' : `, until ${teller.end(report.expires)} if nothing is renewed`
  const weight = { met: 0, uncertain: 1, 'not-met': 2 } as const
  const ordered = [...report.requirements].sort((a, b) => weight[a.outcome] - weight[b.outcome])
  return [
    `${names(report.stack)}: ${verdict}${until}.`,
    ...ordered.flatMap((requirement) => linesOf(requirement, names, teller, 0, '')),
    ...(report.findings ?? []).map(({ message }) => `! ${message}.`.replace(/\?\.$/, '?')),
  ]
}

function zoneOf(options: ExplainStackOptions): string {
  demandOptions(options, EXPLAIN)
  const { timeZone = 'UTC' } = options
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch (cause) {
    throw new UsageError('usage.invalid_option', `"timeZone" is no time zone: ${shown(timeZone)}`, {
      cause,
      option: 'timeZone',
    })
  }
}

function linesOf(
  requirement: RequirementReport,
  names: StackNames,
  teller: Teller,
  depth: number,
  above: string,
): string[] {
  const { id, outcome, by, parts = [] } = requirement
  // The part of a set has the id of the set's requirement, and its own.
  const label = above !== '' && id.startsWith(`${above}/`) ? id.slice(above.length + 1) : id
  const level = by?.level === undefined || outcome !== 'met' ? '' : `, level ${teller.quoted(by.level)}`
  const from = by?.awarded === undefined || outcome !== 'met' ? '' : `, awarded on ${teller.day(by.awarded)}`
  const until = by?.until === undefined || outcome !== 'met' ? '' : `, until ${teller.end(by.until)}`
  const [first = '', ...more] = teller.all(requirement, depth > 0)
  const sentences = [`${first}${level}${from}${until}`, ...more].map((each, index) =>
    index === 0 ? each : each.charAt(0).toUpperCase() + each.slice(1),
  )
  const sign = { met: '+', uncertain: '?', 'not-met': '-' }[outcome]
  return [
    `${'  '.repeat(depth)}${sign} ${names(label)}: ${sentences.join('. ')}.`,
    ...parts.flatMap((part) => linesOf(part, names, teller, depth + 1, id)),
  ]
}

/** English sentences, with names in quotes. */
class Teller {
  private readonly name: StackNames
  private readonly days: Intl.DateTimeFormat
  private readonly times: Intl.DateTimeFormat
  private readonly lists = new Intl.ListFormat('en', { type: 'disjunction' })

  constructor(name: StackNames, timeZone: string) {
    this.name = name
    // Swedish writes days as ISO 8601 does.
    this.days = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone })
    this.times = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'short', timeZone })
  }

  /** Of what is within something larger nobody asks what would close it. */
  all(requirement: RequirementReport, isPart = false): string[] {
    const remedy = isPart ? undefined : remedySaid(requirement)
    return [
      ...requirement.because.map((each) => this.reason(each, requirement)),
      ...pathSaid(requirement).map(({ key, slots }) => this.filled(PATHS[key], slots)),
      ...(remedy === undefined ? [] : [this.filled(REMEDIES[remedy.key], remedy.slots)]),
    ]
  }

  reason(reason: StackReason, requirement: RequirementReport | undefined): string {
    const { key, slots } = reasonSaid(reason, requirement)
    const sentence =
      key === 'notVerified' ? '{0} did not verify ({code})' : key === 'otherReason' ? '{code} {0}' : REASONS[key]
    return this.filled(sentence, slots)
  }

  quoted(id: string): string {
    return WORDS.quoted.replace('{0}', () => this.name(id))
  }

  day(text: string): string {
    return this.days.format(new Date(text))
  }

  end(text: string): string {
    const { day, time } = endOfDay(new Date(text), this.days, this.times)
    return time === undefined
      ? WORDS.endOfDay.replace('{day}', day)
      : WORDS.timeOfDay.replace('{day}', day).replace('{time}', time)
  }

  private filled(sentence: string, slots: Readonly<Record<string, Slot>>): string {
    return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => {
      const slot = slots[name]
      return slot === undefined ? gap : this.slot(slot)
    })
  }

  private slot(slot: Slot): string {
    if ('name' in slot) return this.quoted(slot.name)
    if ('names' in slot) return this.lists.format(slot.names.map((id) => this.quoted(id)))
    if ('day' in slot) return this.day(slot.day)
    if ('end' in slot) return this.end(slot.end)
    if ('count' in slot) return String(slot.count)
    return 'word' in slot ? WORDS[slot.word] : slot.code
  }
}

/** Names of competencies and levels from frameworks; everything else stays an id. */
export function namesIn(frameworks: readonly CompetencyFramework[]): StackNames {
  demandArgument(frameworks, arrayOf(frameworkKind), 'frameworks')
  const names = new Map<string, string>()
  for (const { competencies } of frameworks)
    for (const { id, name, levels = [] } of competencies) {
      names.set(canonicalUri(id), name)
      for (const level of levels) names.set(canonicalUri(level.id), level.name)
    }
  return (id) => names.get(canonicalUri(id)) ?? id
}
