/**
 * A stack report as a table that a principal reads: what is asked, whether it is met, by whom, at which level, until when. Gaps last.
 *
 * @module
 */
import {
  type CompetencyFramework,
  type CompetencyStack,
  canonicalUri,
  explainRequirement,
  namesIn,
  type Requirement,
  type RequirementReport,
  requirementsOf,
  type StackReport,
} from '../entries/competency.js'
import type { VerificationReport } from '../entries/index.js'
import { printable } from './printable.js'
import type { Style } from './style.js'

export interface FitNames {
  readonly frameworks: readonly CompetencyFramework[]
  readonly reports: readonly VerificationReport[]
  readonly stack: CompetencyStack
  readonly stacks: readonly CompetencyStack[]
}

const WORDS = { met: 'yes', 'not-met': 'NO', uncertain: '?' } as const
const ORDER = { met: 0, uncertain: 1, 'not-met': 2 } as const
const VERDICT = { met: 'FITS', 'not-met': 'DOES NOT FIT YET', uncertain: 'CANNOT BE TOLD YET' } as const
const HEAD = ['requirement', 'met', 'by', 'of', 'level', 'last day'] as const

type Row = {
  readonly cells: readonly string[]
  readonly outcome: StackReport['outcome']
  readonly why: readonly string[]
}

export function fitLines(report: StackReport, names: FitNames, style: Style): string[] {
  const name = nameOf(names)
  const asked = new Map<string, Requirement>()
  for (const requirement of requirementsOf(names.stack, names.stacks)) collect(requirement, asked)
  const sorted = [...report.requirements].sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome])
  const rows = sorted.flatMap((requirement) => rowsOf(requirement, asked, name, 0, ''))
  const table = [HEAD, ...rows.map(({ cells }) => cells)]
  const widths = HEAD.map((_, column) => Math.max(...table.map((cells) => (cells[column] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  const paint = { met: style.green, uncertain: style.yellow, 'not-met': style.red } as const
  const until =
    report.expires === undefined ? '' : `, until the end of ${lastDay(report.expires)} if nothing is renewed`
  return [
    `${style.bold(printable(names.stack.name))}: ${paint[report.outcome](VERDICT[report.outcome])}${until}`,
    '',
    style.dim(line(HEAD)),
    ...rows.flatMap(({ cells, outcome, why }) => [
      outcome === 'met' ? line(cells) : paint[outcome](line(cells)),
      ...why.map((reason) => style.dim(`    ${reason}`)),
    ]),
    ...(report.findings ?? []).flatMap(({ message }, index) => [
      ...(index === 0 ? [''] : []),
      style.yellow(printable(`note: ${message}`)),
    ]),
  ]
}

/** UTC, as all dates here: of an end at midnight the day before it. */
function lastDay(end: string): string {
  return new Date(Date.parse(end) - 1).toISOString().slice(0, 10)
}

/** Words for ids: competencies, levels, credentials by their achievement. */
function nameOf({ frameworks, reports }: FitNames): (id: string) => string {
  const inFrameworks = namesIn(frameworks)
  const badges = new Map<string, string>()
  for (const report of reports) {
    const credential = report.outcome === 'valid' ? report.credential : report.unverified
    if (credential === undefined) continue
    const { name } = credential.credentialSubject.achievement
    badges.set(credential.id, name)
    const { issuer } = credential
    if (typeof issuer !== 'string' && issuer.name !== undefined) badges.set(canonicalUri(issuer.id), issuer.name)
  }
  return (id) => printable(badges.get(id) ?? badges.get(canonicalUri(id)) ?? inFrameworks(id), 80)
}

function collect(requirement: Requirement, asked: Map<string, Requirement>): void {
  asked.set(requirement.id, requirement)
  for (const part of 'allOf' in requirement ? requirement.allOf : 'anyOf' in requirement ? requirement.anyOf : [])
    collect(part, asked)
}

function rowsOf(
  requirement: RequirementReport,
  asked: ReadonlyMap<string, Requirement>,
  name: (id: string) => string,
  depth: number,
  above: string,
): Row[] {
  const { id, outcome, by, because, parts = [] } = requirement
  const found = asked.get(id)
  const isGroup = found !== undefined && !('competency' in found)
  const label =
    found === undefined
      ? name(above !== '' && id.startsWith(`${above}/`) ? id.slice(above.length + 1) : id)
      : 'competency' in found
        ? name(found.competency)
        : 'allOf' in found
          ? `all ${found.allOf.length} of`
          : `${found.atLeast} of ${found.anyOf.length}${found.distinct === true ? ', each badge once' : ''}`
  const level = found !== undefined && 'level' in found && found.level !== undefined ? ` (${name(found.level)})` : ''
  const cells = [
    `${'  '.repeat(depth)}${label}${level}`,
    WORDS[outcome],
    by === undefined ? '' : name(by.credential),
    by === undefined ? '' : name(by.issuer),
    by?.level === undefined ? '' : name(by.level),
    by?.until === undefined ? '' : lastDay(by.until),
  ]
  const said = explainRequirement(depth > 0 ? { ...requirement, suggestions: [] } : requirement, name)
  // A badge that meets it stands in the table; how it does, where that is not plain, below.
  const why = outcome === 'met' ? said.slice(because.length) : isGroup ? said.slice(1) : said
  const sorted = [...parts].sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome])
  return [
    { cells, outcome, why: why.map((text) => '  '.repeat(depth) + text) },
    ...sorted.flatMap((part) => rowsOf(part, asked, name, depth + 1, id)),
  ]
}
