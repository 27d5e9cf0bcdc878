/**
 * `npm run fuzz`: each test that states a law by fast-check, with more runs and, unless one is given, a new seed, which is
 * printed so that a find can be had again.
 *
 *     npm run fuzz                          ten times the runs, a random seed
 *     npm run fuzz -- --times 100           longer
 *     npm run fuzz -- --seed 7 canonical    that seed, files whose path holds "canonical"
 */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { values, positionals } = parseArgs({
  options: { times: { type: 'string', default: '10' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) } },
  allowPositionals: true,
})

const files = readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) => readFileSync(`${root}${file}`, 'utf8').includes(`from 'fast-check'`))
  .filter((file) => positionals.length === 0 || positionals.some((part) => file.includes(part)))
if (files.length === 0) {
  console.error(`No file with a property has a path that holds ${positionals.join(' or ')}.`)
  process.exit(64)
}

console.log(`${files.length} files, ${values.times} times the runs, seed ${values.seed}`)
const { status } = spawnSync(
  process.execPath,
  // Only the properties differ from one run to the next, but a file's examples cost little.
  [
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    '--config',
    'test/all.config.ts',
    '--testTimeout',
    '600000',
    ...files,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, BADGEWRIGHT_FUZZ_SEED: values.seed, BADGEWRIGHT_FUZZ_TIMES: values.times },
  },
)
if (status !== 0) console.error(`To have it again: npm run fuzz -- --times ${values.times} --seed ${values.seed}`)
process.exit(status ?? 1)
