/**
 * What is measured: the built package as a user gets it, and the peers, in folders of their own.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PEERS = fileURLToPath(new URL('peers/', import.meta.url))

/** Runs a program and answers what it printed; a failure is an error that shows it all. */
export function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`)
  return stdout
}

/** A folder that goes with the process. */
export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'badgewright-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Builds into `folder`, away from the project's own dist, where a script in `folder` finds it as "badgewright". */
export function buildPackage(folder) {
  const modules = join(folder, 'node_modules')
  const installed = join(modules, 'badgewright')
  mkdirSync(installed, { recursive: true })
  // Without declarations: they weigh nothing at run time, and take the longest. The row `install` packs them too.
  run(join(ROOT, 'node_modules/.bin/tsup'), ['--silent', '--no-dts', '--out-dir', join(installed, 'dist')], ROOT)
  cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'))
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  for (const name of Object.keys({ ...dependencies, ...peerDependencies }))
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'dir')
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  return installed
}

/** Modules of the built package, by subpath. */
export const fromPackage = (installed, subpath = 'index') =>
  import(pathToFileURL(join(installed, `dist/${subpath}.js`)).href)

/** Installs the peers where they are not yet; answers their folder. */
export function installPeers() {
  if (!existsSync(join(PEERS, 'node_modules/.package-lock.json'))) {
    console.log('installing the peers into test/bench/peers (npm ci)')
    run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], PEERS)
  }
  return PEERS
}

export const fromPeers = (name, folder = PEERS) => import(pathToFileURL(join(folder, `${name}.js`)).href)

/**
 * jsonld looks its processed contexts up by identity, and clones the active context before it looks. These three lines keep the
 * clones: what a next release of it could do. Nothing writes into an active context once it is made.
 */
const REPAIR = [
  [
    'rval = rval.clone();\n    rval.previousContext = activeCtx;',
    'rval = activeCtx.kept ??= Object.assign(rval.clone(), {previousContext: activeCtx});',
  ],
  ['child.previousContext = this.previousContext.clone();', 'child.previousContext = this.previousContext;'],
  ['return this.previousContext.clone();', 'return this.previousContext;'],
]

/** A copy of the peers, in `folder`, whose jsonld is repaired. */
export function repairPeers(folder) {
  installPeers()
  const repaired = join(folder, 'repaired')
  cpSync(PEERS, repaired, { recursive: true })
  const path = join(repaired, 'node_modules/jsonld/lib/context.js')
  let text = readFileSync(path, 'utf8')
  for (const [from, to] of REPAIR) {
    if (text.split(from).length !== 2) throw new Error(`jsonld no longer says once: ${from}`)
    text = text.replace(from, () => to)
  }
  writeFileSync(path, text)
  return repaired
}
