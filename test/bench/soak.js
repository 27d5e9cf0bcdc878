/**
 * `npm run bench:soak`: memory over time. 10 000 badges issued as a stream within 150 MB, and a verifier that verifies 100 000
 * different badges without growing. `npm run bench:soak -- 20000` verifies fewer. Ends with 1 where a bound is missed.
 *
 * @module
 */
import { runOnce } from './measure.js'
import { makeSetting } from './setting.js'
import { BATCH, BATCH_MB } from './soaks.js'
import { machine } from './table.js'

console.log(machine())
const { installed, identity, statusList } = await makeSetting({ badges: 0 })
const count = Number(process.argv[2] ?? 100_000)
for (const [name, title] of [
  ['issue', `Streaming ${BATCH} badges, under ${BATCH_MB} MB resident`],
  ['verify', `Verifying ${count} different badges, no growth`],
]) {
  console.log(`\n${title}`)
  const soak = new URL('soaks.js', import.meta.url).href
  const { text, isMet } = await runOnce(soak, name, { installed, identity, statusList, count })
  console.log(`  ${text}: ${isMet ? 'yes' : 'NO'}`)
  if (!isMet) process.exitCode = 1
}
