/**
 * `npm run runtimes`: packs the project, installs the tarball into an empty folder, and runs suite.js from there on every runtime
 * that README.md names. Ends with 1 where a case failed, or where a runtime did not run and is not listed below.
 *
 *     npm run runtimes -- --only node22,chromium
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { runInChromium } from '../browser/chromium.js'
import { BINARIES, binary } from './binaries.js'
import { runInWorkerd } from './workerd.js'

const HERE = dirname(fileURLToPath(import.meta.url))

/** Runtimes that need not run, each with why that is all right. */
const MAY_BE_MISSING = {}

/** In the order of the table. Each answers `{ version, results, notes? }`, or throws why it did not run. */
const RUNTIMES = {
  'Node 20': ['node20', (place) => runHere(binary('node20'), [], place)],
  'Node 22': ['node22', (place) => runHere(binary('node22'), [], place)],
  'Node 24': ['node24', (place) => runHere(binary('node24'), [], place)],
  Bun: ['bun', (place) => runHere(binary('bun'), [], place)],
  // It reads the package and asks which runtime it is; it may do nothing else.
  Deno: [
    'deno',
    (place) => runHere(binary('deno'), ['run', '--no-prompt', '--no-remote', '--allow-read=.', '--allow-env'], place),
  ],
  workerd: [
    'workerd',
    async (place) => ({ version: BINARIES.workerd.version, ...(await runInWorkerd(binary('workerd'), place)) }),
  ],
  'Chromium, strict CSP': ['chromium', (place) => runInChromium(place)],
  'Chromium without Ed25519': ['chromium-old', (place) => runInChromium(place, { withoutEd25519: true })],
}

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]?.split(',') : undefined
const unknown = (only ?? []).filter((name) => !Object.values(RUNTIMES).some(([short]) => short === name))
if (unknown.length > 0) {
  console.error(
    `no runtime is called ${unknown.join(', ')}: ${Object.values(RUNTIMES)
      .map(([short]) => short)
      .join(', ')}`,
  )
  process.exit(64)
}

const { pack, install, temporaryFolder } = await packaging()
const folder = temporaryFolder()
let failed = false
try {
  const consumer = install(folder, pack(folder))
  for (const name of readdirSync(HERE)) cpSync(join(HERE, name), join(consumer, name))
  const rows = []
  for (const [name, [short, run]] of Object.entries(RUNTIMES)) {
    if (only !== undefined && !only.includes(short)) continue
    const started = performance.now()
    try {
      const { version, results, notes = [] } = await run(consumer)
      const broken = results.filter(({ ok }) => !ok)
      failed ||= broken.length > 0 || results.length === 0
      rows.push({
        name,
        version,
        cases: `${results.length - broken.length} of ${results.length}`,
        seconds: ((performance.now() - started) / 1000).toFixed(1),
        says: [...broken.map((one) => `FAILED: ${one.name}: ${one.reason}`), ...notes],
      })
    } catch (error) {
      const excuse = MAY_BE_MISSING[short]
      failed ||= excuse === undefined
      rows.push({ name, version: 'NOT RUN', cases: '', seconds: '', says: [`${error.message}`, excuse ?? []].flat() })
    }
  }
  print(rows)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

/** test/package packs and installs for its own tests; it is TypeScript, which Node 20 does not read. */
async function packaging() {
  const source = join(HERE, '../package/tarball.ts')
  const made = mkdtempSync(join(tmpdir(), 'badgewright-tarball-'))
  const outfile = join(made, 'tarball.mjs')
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(source).href) },
    logLevel: 'error',
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

/** Runs here.js beside the installed package; its last line is the outcome. */
function runHere(command, args, cwd) {
  return new Promise((resolve, reject) => {
    // Nothing of ours: no proxy, no options, no update check.
    const env = { PATH: process.env.PATH, HOME: cwd, DENO_DIR: join(cwd, '.deno'), DENO_NO_UPDATE_CHECK: '1' }
    const child = spawn(command, [...args, 'here.js'], { cwd, env, timeout: 120_000 })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      const last = stdout.trim().split('\n').at(-1) ?? ''
      if (code === 0 && last.startsWith('{')) resolve(JSON.parse(last))
      else reject(new Error(`ended with ${code}: ${(stderr || stdout).trim().slice(0, 1000)}`))
    })
  })
}

function print(rows) {
  const columns = ['name', 'version', 'cases', 'seconds']
  const head = { name: 'runtime', version: 'version', cases: 'cases', seconds: 's' }
  const widths = columns.map((column) => Math.max(...[head, ...rows].map((row) => row[column].length)))
  const line = (row) =>
    columns
      .map((column, at) => row[column].padEnd(widths[at]))
      .join('  ')
      .trimEnd()
  console.log(`\n${line(head)}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`)
  for (const row of rows) {
    console.log(line(row))
    for (const text of row.says) console.log(`    ${text}`)
  }
}
