/**
 * What was reached beside what was wanted.
 *
 * @module
 */
import { cpus } from 'node:os'
import { clockName } from './measure.js'

/**
 * One line of the table. `floor` must be reached, `aim` is what the project wants to be known for; either may be absent. A line
 * without `reached` says in `why` what it was not measured for.
 */
export function line(what, { reached, unit = 'x', floor, aim, atMost = false, why }) {
  return { what, reached, unit, floor, aim, atMost, why }
}

/** How many times the peer's time: at least `floor`. */
export const timesFaster = (what, race, peer, ours, floor) => line(what, { reached: race.ratio(peer, ours), floor })

/** Over the raw signature: `floor` at most. */
export const overRaw = (what, race, ours, raw, floor, aim) =>
  line(what, { reached: race.ratio(ours, raw), floor, aim, atMost: true })

/** Facts without a goal. */
export const fact = (what, reached, unit) => line(what, { reached, unit })

export const notMeasured = (what, why) => line(what, { why })

const meets = ({ reached, atMost }, bound) => (atMost ? reached <= bound : reached >= bound)

export function verdict(one) {
  if (one.reached === undefined) return 'not measured'
  if (one.floor === undefined) return ''
  if (!meets(one, one.floor)) return 'NO'
  return one.aim !== undefined && meets(one, one.aim) ? 'yes, aim' : 'yes'
}

const digits = (value) =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
const shown = (value, { unit }) => (value === undefined ? '' : `${digits(value)} ${unit}`)
const bound = (value, one) => (value === undefined ? '' : `${one.atMost ? '<=' : '>='} ${digits(value)} ${one.unit}`)

export function printTable(title, lines) {
  console.log(`\n${title}`)
  const width = Math.max(...lines.map(({ what }) => what.length), 20)
  console.log(`  ${''.padEnd(width)}  ${'floor'.padStart(12)}  ${'aim'.padStart(12)}  ${'reached'.padStart(12)}`)
  for (const one of lines) {
    const cells = [bound(one.floor, one), bound(one.aim, one), one.why ? '-' : shown(one.reached, one)]
    console.log(`  ${one.what.padEnd(width)}  ${cells.map((cell) => cell.padStart(12)).join('  ')}  ${verdict(one)}`)
    if (one.why) console.log(`  ${''.padEnd(width)}  ${one.why}`)
  }
}

/** "Node 20.20, Linux, 2 x AMD EPYC": what a figure is worth nothing without. */
export function machine() {
  const all = cpus()
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${all.length} x ${all[0]?.model.trim() ?? 'unknown'}, ${clockName()}`
}

/** For README: lines that have a goal, in GitHub's Markdown. */
export function markdownTable(lines, date = new Date()) {
  const rows = lines
    .filter(({ floor }) => floor !== undefined)
    .map(
      (one) =>
        `| ${one.what} | ${bound(one.floor, one)} | ${shown(one.reached, one) || 'not measured'} | ${verdict(one) === 'NO' ? 'no' : verdict(one).replace(', aim', '')} |`,
    )
  return [
    `Measured ${date.toISOString().slice(0, 10)} (${machine()}), medians of interleaved rounds, \`npm run bench\`:`,
    '',
    '| | goal | reached | |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}
