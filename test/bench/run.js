/**
 * `npm run bench`: every row of the goals table. `npm run bench -- verify issue` runs some of them. Options:
 *
 *     --cpu       CPU time instead of the clock on the wall, on a machine that others use
 *     --markdown  prints README's table at the end
 *     --strict    ends with 1 where a floor is missed
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { measureCpuTime } from './measure.js'
import { makeSetting } from './setting.js'
import { machine, markdownTable, printTable, verdict } from './table.js'

const ROWS = [
  'issue',
  'verify',
  'batch',
  'stream',
  'jwt',
  'growth',
  'start',
  'install',
  'browser',
  'status',
  'baking',
  'corpus',
  'stores',
  'jobs',
  'credit',
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cpu: { type: 'boolean' }, markdown: { type: 'boolean' }, strict: { type: 'boolean' } },
})
const unknown = positionals.filter((name) => !ROWS.includes(name))
if (unknown.length > 0) {
  console.error(`no such row: ${unknown.join(', ')}. There are ${ROWS.join(', ')}`)
  process.exit(64)
}
if (values.cpu) measureCpuTime()

console.log(machine())
const setting = await makeSetting()
const all = []
for (const name of ROWS) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const { title, run } = await import(`./rows/${name}.js`)
  const lines = await run(setting)
  printTable(title, lines)
  all.push(...lines.map((one) => ({ ...one, what: `${title}: ${one.what}` })))
}
const missed = all.filter((one) => verdict(one) === 'NO')
console.log(`\n${all.filter((one) => verdict(one).startsWith('yes')).length} goals reached, ${missed.length} missed`)
for (const { what } of missed) console.log(`  missed: ${what}`)
if (values.markdown) console.log(`\n${markdownTable(all)}`)
if (values.strict && missed.length > 0) process.exitCode = 1
