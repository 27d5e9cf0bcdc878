/**
 * A report for people: a table of the checks, then sentences.
 *
 * @module
 */
import {
  type Check,
  explain,
  FINDINGS,
  type Finding,
  type FindingRow,
  type Outcome,
  type VerificationReport,
} from '../entries/index.js'
import { CHECK_IDS } from '../report/decide.js'
import { inOwnWords } from './failure.js'
import { printable } from './printable.js'
import type { Style } from './style.js'
import { hanging } from './table.js'

export interface View {
  readonly style: Style
  /** The width of the terminal; undefined where the output is piped: then lines are as long as they are. */
  readonly columns: number | undefined
}

const CHECK_WIDTH = 'endorsements'.length + 2
const RESULT_WIDTH = 'indeterminate'.length + 2
const INDENT = 2 + CHECK_WIDTH + RESULT_WIDTH

/** Everything that was found out about one badge. `name` is printable already. */
export function reportLines(name: string, report: VerificationReport, view: View): string[] {
  const { style } = view
  return [
    `${style.bold(name)}: ${outcomeText(report.outcome, style)}`,
    '',
    tableHead(style),
    ...tableLines(report, view),
    ...nestedLines(report, style),
    '',
    ...explain(report).flatMap((sentence) => hanging(printable(sentence), 0, view.columns)),
  ]
}

/** Checks that one thing stood in the way of: where they are many, one line says it of all. */
function tableLines({ checks }: VerificationReport, view: View): string[] {
  const others = CHECK_IDS.filter((id) => checks[id].findings[0]?.message === checks.schema.findings[0]?.message)
  const blocked = others.filter((id) => checks[id].findings.every(({ code }) => code === `${id}.blocked`))
  const shown = blocked.length < MANY ? CHECK_IDS : CHECK_IDS.filter((id) => id === 'schema' || !blocked.includes(id))
  return shown.flatMap((id) => {
    const lines = checkLines(id, checks[id] as Check, view)
    if (id !== 'schema' || shown === CHECK_IDS) return lines
    const label = `${blocked.length} others`.padEnd(CHECK_WIDTH)
    return lines.map((line, index) => (index === 0 ? line.replace('schema'.padEnd(CHECK_WIDTH), label) : line))
  })
}

const MANY = 3

export function tableHead(style: Style): string {
  return style.dim(`  ${'check'.padEnd(CHECK_WIDTH)}${'result'.padEnd(RESULT_WIDTH)}reason`)
}

/** One line for one badge: the outcome, the name, and what decided it. */
export function summaryLine(name: string, report: VerificationReport, style: Style): string {
  const outcome = paint(report.outcome, style)(report.outcome.padEnd(RESULT_WIDTH))
  return `${outcome}${name}${reasonOf(report, style)}`
}

export function outcomeText(outcome: Outcome, style: Style): string {
  return style.bold(paint(outcome, style)(outcome.toUpperCase()))
}

/** What decided the check comes first; a status is not repeated below itself. */
export function checkLines(id: string, { status, findings }: Check, view: View): string[] {
  const weighs = ({ code }: Finding) => (FINDINGS[code] as FindingRow).status
  const deciding = findings.filter((finding) => weighs(finding) === status)
  const ordered = [...deciding, ...findings.filter((finding) => !deciding.includes(finding))]
  return ordered.flatMap((finding, index) => {
    const previous = ordered[index - 1]
    const isRepeated = previous !== undefined && weighs(previous) === weighs(finding)
    const result = isRepeated ? '' : weighs(finding)
    const [first = '', ...more] = hanging(reason(finding, view.style), INDENT, view.columns)
    const label = (index === 0 ? id : '').padEnd(CHECK_WIDTH)
    const head = `  ${label}${paint(result, view.style)(result.padEnd(RESULT_WIDTH))}`
    return [`${head}${first}`, ...more.map((line) => `${' '.repeat(INDENT)}${line}`)]
  })
}

function reason({ message, pointer, code }: Finding, style: Style): string {
  return `${printable(inOwnWords(message))}${pointer ? ` (at ${printable(pointer)})` : ''} ${style.dim(`[${code}]`)}`
}

/** What was verified on the way has a report of its own: the JSON has them whole. */
function nestedLines({ refreshed, endorsements = [], nested = [] }: VerificationReport, style: Style): string[] {
  const parts = [
    ...(refreshed === undefined ? [] : [['the newer version', refreshed] as const]),
    ...endorsements.map((report, index) => [`endorsement ${index + 1}`, report] as const),
    ...nested.map((report, index) => [`credential ${index + 1} inside`, report] as const),
  ]
  return parts.map(
    ([label, report]) =>
      `  ${label}: ${paint(report.outcome, style)(report.outcome)}${reasonOf(report as VerificationReport, style)}`,
  )
}

function reasonOf(report: VerificationReport, style: Style): string {
  if (report.outcome === 'valid') return ''
  const code = report.because[0]
  const finding = CHECK_IDS.flatMap((id) => (report.checks[id] as Check).findings as readonly Finding[]).find(
    (each) => each.code === code,
  )
  return finding === undefined ? `  ${style.dim(`[${code}]`)}` : `  ${reason(finding, style)}`
}

function paint(status: string, { green, red, yellow, dim }: Style): (text: string) => string {
  if (status === 'valid') return green
  if (status === 'invalid') return red
  return status === 'indeterminate' ? yellow : dim
}
