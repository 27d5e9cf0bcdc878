/**
 * `npm run test:kills`: kill -9 of one of four processes that issue, again and again, on PostgreSQL and on libsql; then awards, badges and
 * status indexes are counted, and what was doubled or lost. Ends with 1 where anything was.
 *
 *     npm run test:kills                            5 times on each
 *     npm run test:kills -- --times 50
 *     npm run test:kills -- --engine libsql
 *
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const ENGINES = ['PostgreSQL', 'libsql']
const { values } = parseArgs({
  options: { times: { type: 'string', default: '5' }, engine: { type: 'string' } },
})
const times = Number(values.times)
const engines = ENGINES.filter((name) => name.toLowerCase() === (values.engine ?? name).toLowerCase())
if (!Number.isInteger(times) || times < 1 || engines.length === 0) {
  console.error(`--times is a whole number from 1, and --engine one of ${ENGINES.join(', ')}`)
  process.exit(64)
}

// Beside the packages that the programs import.
const programs = fileURLToPath(new URL(`../../node_modules/.badgewright-kills-${process.pid}/`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'badgewright-kills-'))
mkdirSync(programs, { recursive: true })
let isBroken = false
try {
  await build({
    entryPoints: {
      clerk: fileURLToPath(new URL('clerk.ts', import.meta.url)),
      kills: fileURLToPath(new URL('kills.ts', import.meta.url)),
      server: fileURLToPath(new URL('../store/postgres-server.ts', import.meta.url)),
    },
    outdir: programs,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['libsql', 'postgres', 'jsonld', 'jose'],
    logLevel: 'error',
  })
  const { kills } = await import(pathToFileURL(join(programs, 'kills.mjs')).href)
  for (const engine of engines) {
    console.log(`\n${engine}: ${times} kills`)
    const [place, stop] = engine === 'libsql' ? [{ path: join(folder, 'kills.db') }, () => undefined] : await server()
    if (place === undefined) continue
    try {
      const found = await kills({
        place,
        program: join(programs, 'clerk.mjs'),
        times,
        log: (line) => console.log(line),
      })
      const { awards, badges, indexes, doubles, losses } = found
      console.log(
        `${engine}: ${awards} awards, ${badges} badges, ${indexes} status indexes, ${doubles.length} doubles, ${losses.length} losses`,
      )
      for (const line of [...doubles, ...losses].slice(0, 20)) console.log(`  ${line}`)
      isBroken ||= doubles.length + losses.length > 0
    } finally {
      stop()
    }
  }
} finally {
  rmSync(programs, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
}
process.exit(isBroken ? 1 : 0)

/** Of its own, with fsync as it is installed: what a killed client leaves is the server's affair. */
async function server() {
  const { startPostgres } = await import(pathToFileURL(join(programs, 'server.mjs')).href)
  const started = startPostgres(['max_connections=60'])
  if (!('missing' in started)) return [{ postgres: started.options }, () => started.stop()]
  console.log(`[skip] ${started.missing}`)
  return []
}
