/**
 * `npm run size`: builds the project aside, and prints what each subpath weighs and what it pulls in. Ends with 1 where a limit
 * is passed.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { KB, measure } from './limits.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'badgewright-size-'))
try {
  // Without declarations: they weigh nothing at run time, and take the longest.
  const tsup = join(ROOT, 'node_modules/.bin/tsup')
  const args = ['--silent', '--no-dts', '--out-dir', join(folder, 'dist')]
  const { status } = spawnSync(tsup, args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) throw new Error('the build failed')
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  cpSync(join(ROOT, 'node_modules/jose'), join(folder, 'node_modules/jose'), { recursive: true })
  const rows = await measure(folder, folder)
  printSizes(rows)
  const subpaths = [...new Set(rows.map(({ subpath }) => subpath))]
  for (const subpath of subpaths) await printContents(subpath)
  if (rows.some(({ size, limit }) => size > limit * KB)) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function printSizes(rows) {
  console.log('KB at once   limit   import (minified, gzip)')
  for (const { subpath, names, size, limit } of rows) {
    const over = size > limit * KB ? '  OVER' : ''
    const from = subpath === '.' ? 'badgewright' : `badgewright/${subpath.slice(2)}`
    console.log(`${(size / KB).toFixed(1).padStart(10)}${String(limit).padStart(8)}   ${names} from ${from}${over}`)
  }
}

/** Whose code it is, from the sources: what is loaded at once, and what on demand, in KB minified. */
async function printContents(subpath) {
  const name = subpath === '.' ? 'index' : subpath.slice(2)
  const { metafile } = await build({
    entryPoints: [join(ROOT, `src/entries/${name}.ts`)],
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    external: ['libsql', 'pg-boss', 'postgres', 'node:*'],
    outdir: folder,
    absWorkingDir: ROOT,
    logLevel: 'error',
  })
  const weights = new Map()
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [path, { bytesInOutput }] of Object.entries(inputs))
      weights.set(path, (weights.get(path) ?? 0) + bytesInOutput)
  const atOnce = reached(metafile, `src/entries/${name}.ts`)
  const groups = { atOnce: new Map(), onDemand: new Map() }
  for (const [path, weight] of weights) {
    const group = atOnce.has(path) ? groups.atOnce : groups.onDemand
    group.set(ownerOf(path), (group.get(ownerOf(path)) ?? 0) + weight)
  }
  console.log(`\n${subpath === '.' ? 'badgewright' : `badgewright/${subpath.slice(2)}`}`)
  console.log(`  at once    ${list(groups.atOnce)}`)
  console.log(`  on demand  ${list(groups.onDemand)}`)
}

/** Following what is imported when the module is loaded. */
function reached({ inputs }, entry) {
  const seen = new Set()
  const follow = (path) => {
    if (seen.has(path) || inputs[path] === undefined) return
    seen.add(path)
    for (const { path: next, kind, external } of inputs[path].imports)
      if (kind !== 'dynamic-import' && external !== true) follow(next)
  }
  follow(entry)
  return seen
}

function ownerOf(path) {
  const [, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? []
  if (name === undefined) return `${dirname(path)}/`.replace(/^(src\/[^/]+).*/, '$1').replace(/^src\/$/, 'src')
  return /-context$/.test(name) ? 'JSON-LD contexts' : name
}

function list(group) {
  return (
    [...group]
      .filter(([, weight]) => weight >= 50)
      .sort(([, a], [, b]) => b - a)
      .map(([name, weight]) => `${name} ${(weight / KB).toFixed(1)}`)
      .join(', ') || 'nothing'
  )
}
