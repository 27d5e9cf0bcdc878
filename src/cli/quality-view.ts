/**
 * A quality report as lines: a table of what is asked, then what would mend it.
 *
 * @module
 */
import type { QualityReport, QualityResult, QualityStatus } from '../entries/competency.js'
import { printable } from './printable.js'
import type { Style } from './style.js'

const WORDS: Readonly<Record<QualityStatus, string>> = {
  met: 'met',
  'not-met': 'not met',
  'cannot-be-said': 'cannot be said',
  'not-judged': 'not judged',
  'does-not-apply': 'does not apply',
}

export function qualityLines({ profile, readiness, summary, results }: QualityReport, style: Style): string[] {
  const paint = readiness === 'ready' ? style.green : readiness === 'incomplete' ? style.red : style.yellow
  const mends = results.filter(({ mend }) => mend !== undefined)
  return [
    paint(style.bold(printable(summary))),
    style.dim(`Readiness by ${printable(profile)}; nobody is certified by it, and nothing was verified.`),
    '',
    ...tableOf(results, style),
    ...mends.flatMap((result) => ['', ...mendLines(result, style)]),
  ]
}

function tableOf(results: readonly QualityResult[], style: Style): string[] {
  const rows = results.map(({ status, weight, asks, places }) => ({
    status,
    cells: [WORDS[status], weight, printable(asks)] as const,
    place: printable(
      `${places[0]?.pointer ?? ''}${(places.length ?? 0) > 1 ? `  (and ${places.length - 1} more)` : ''}`,
    ),
  }))
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map(({ cells }) => (cells[column] ?? '').length)))
  return rows.map(({ status, cells, place }) => {
    const [state = '', weight = '', asks = ''] = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0))
    return `${painted(status, style)(state)}  ${weight}  ${asks}  ${style.dim(place)}`.trimEnd()
  })
}

function painted(status: QualityStatus, style: Style): (text: string) => string {
  if (status === 'met') return style.green
  if (status === 'not-met') return style.red
  return status === 'does-not-apply' ? style.dim : style.yellow
}

function mendLines({ check, asks, status, places, mend = '', source }: QualityResult, style: Style): string[] {
  const { title, section, url } = source
  return [
    `${painted(status, style)(WORDS[status])}  ${style.bold(printable(asks))}  ${style.dim(printable(check))}`,
    ...places.map(({ pointer, says }) => `  ${printable(pointer === '' ? says : `${pointer}: ${says}`)}`),
    `  mend: ${printable(mend)}`,
    style.dim(`  ${printable([title, section, url].filter((part) => part !== undefined).join('; '))}`),
  ]
}
