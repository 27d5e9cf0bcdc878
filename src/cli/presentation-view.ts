/**
 * The report of a presentation for people: its own checks, then a line for each badge in it.
 *
 * @module
 */
import type { Check, PresentationReport } from '../entries/index.js'
import { printable } from './printable.js'
import { checkLines, outcomeText, summaryLine, tableHead, type View } from './report-view.js'
import type { Style } from './style.js'

const CHECKS = ['format', 'schema', 'key', 'proof', 'holder'] as const

/** `name` is printable already. */
export function presentationLines(name: string, report: PresentationReport, view: View): string[] {
  const { style } = view
  return [
    `${style.bold(name)}: ${outcomeText(report.outcome, style)} presentation${presenter(report)}`,
    '',
    tableHead(style),
    ...CHECKS.flatMap((id) => checkLines(id, report.checks[id] as Check, view)),
    '',
    ...report.credentials.map((one, index) => `  ${summaryLine(`badge ${index + 1}${nameIn(one)}`, one, style)}`),
  ]
}

export function presentationSummary(name: string, report: PresentationReport, style: Style): string {
  const because = report.outcome === 'valid' ? '' : `  ${style.dim(`[${report.because.join(', ')}]`)}`
  const count = report.credentials.length
  return `${outcomeText(report.outcome, style)}  ${name}: a presentation of ${count} ${count === 1 ? 'badge' : 'badges'}${presenter(report)}${because}`
}

/** Only who has proven it. */
function presenter(report: PresentationReport): string {
  return report.outcome === 'valid' && report.holder !== undefined ? ` by ${printable(report.holder)}` : ''
}

function nameIn(report: PresentationReport['credentials'][number]): string {
  const badge = report.outcome === 'valid' ? report.credential : report.unverified
  return typeof badge?.name === 'string' ? ` "${printable(badge.name, 100)}"` : ''
}
