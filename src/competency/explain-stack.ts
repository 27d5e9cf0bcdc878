/**
 * A stack report for people: who fits what, by which badge, and what is missing.
 *
 * @module
 */
import { arrayOf, callable } from '../internal/members.js'
import { demandArgument } from '../report/demand-options.js'
import { FINDINGS } from '../report/findings.js'
import { framework as frameworkKind, stackReason, stackReport } from './arguments.js'
import { canonicalUri } from './identifiers.js'
import { REASONS, type StackReason } from './reasons.js'
import type { CompetencyFramework, RequirementReport, StackReport } from './types.js'

/** Names for ids; an id without a name is shown as it is. */
export type StackNames = (id: string) => string

/**
 * One reason in words.
 *
 * @throws UsageError `usage.invalid_option`
 */
export function explainReason(reason: StackReason, name: StackNames): string {
  demandArgument(reason, stackReason, 'reason')
  demandArgument(name, callable, 'name')
  const { code, credential, competency, met, of, asked } = reason
  const about = credential ?? competency
  if (code === 'parts.met') return `${met} of ${of}, ${asked} asked`
  const known: Readonly<Record<string, string>> = REASONS
  const sentence = known[code] ?? (Object.hasOwn(FINDINGS, code) ? `{0} did not verify (${code})` : `${code} {0}`)
  return sentence.replace('{0}', () => (about === undefined ? '' : name(about)))
}

/** The report in sentences, gaps last. `names` gives words for the ids of requirements' competencies, levels and credentials. */
export function explainStack(report: StackReport, names: StackNames = (id) => id): string[] {
  demandArgument(report, stackReport, 'report')
  demandArgument(names, callable, 'names')
  const verdict = { met: 'fits', 'not-met': 'does not fit yet', uncertain: 'cannot be told yet' }[report.outcome]
  const until = report.expires === undefined ? '' : `, until ${report.expires.slice(0, 10)} if nothing is renewed`
  const weight = { met: 0, uncertain: 1, 'not-met': 2 } as const
  const ordered = [...report.requirements].sort((a, b) => weight[a.outcome] - weight[b.outcome])
  return [
    `${names(report.stack)}: ${verdict}${until}.`,
    ...ordered.flatMap((requirement) => explainRequirement(requirement, names, 0, '')),
    ...(report.findings ?? []).map(({ message }) => `! ${message}.`.replace(/\?\.$/, '?')),
  ]
}

function explainRequirement(requirement: RequirementReport, names: StackNames, depth: number, above: string): string[] {
  const { id, outcome, because, by, parts = [], suggestions = [] } = requirement
  // The part of a set has the id of the set's requirement, and its own.
  const label = above !== '' && id.startsWith(`${above}/`) ? id.slice(above.length + 1) : id
  const level = by?.level === undefined ? '' : `, level ${names(by.level)}`
  const until = by?.until === undefined ? '' : `, until ${by.until.slice(0, 10)}`
  const reasons = because.map((reason) => explainReason(reason, names)).join('; ')
  const next =
    suggestions.length === 0 || depth > 0
      ? ''
      : `. One badge for ${suggestions.slice(0, 3).map(names).join(' or ')} would close the gap`
  const indent = '  '.repeat(depth)
  const line = `${indent}${outcome === 'met' ? '+' : outcome === 'uncertain' ? '?' : '-'} ${names(label)}: ${reasons}${level}${until}${next}.`
  return [line, ...parts.flatMap((part) => explainRequirement(part, names, depth + 1, id))]
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
