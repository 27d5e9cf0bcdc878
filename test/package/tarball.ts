/**
 * What a user gets: builds the project, packs it, and installs the tarball into an empty folder.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** What is packed besides the build. */
const INGREDIENTS = ['schemas', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']

/** Runs a program and answers what it printed; a failure is an error that shows it all. */
export function run(command: string, args: readonly string[], cwd: string): string {
  // `npm run` tells its children which package and script they belong to; a user's shell does not. Registry, cache and
  // certificates (npm_config_*, NODE_EXTRA_CA_CERTS) stay as they are.
  const ours = /^(npm_(?!config_)|npm_config_local_prefix$|VITEST|NODE_(ENV|OPTIONS|V8_COVERAGE|PATH)$)/
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env,
    maxBuffer: 64 * 1024 * 1024,
    // A program that hangs fails its test, and says which one it was.
    timeout: 900_000,
    killSignal: 'SIGKILL',
    shell: process.platform === 'win32',
  })
  if (error) throw new Error(`${command} ${args.join(' ')}: ${error.message}\n${stdout}\n${stderr}`)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`)
  return stdout
}

export const tool = (name: string) => join(root, 'node_modules', '.bin', name)

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'badgewright-package-'))
}

/** Builds and packs into `folder`, away from the project's own dist; answers the path of the tarball. */
export function pack(folder: string): string {
  const project = join(folder, 'project')
  mkdirSync(project)
  for (const name of INGREDIENTS) cpSync(join(root, name), join(project, name), { recursive: true })
  run(tool('tsup'), ['--silent', '--out-dir', join(project, 'dist')], root)
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], project))
  return join(folder, packed.filename)
}

/** An empty folder with the tarball installed, as a user installs it; nothing else is in reach. */
export function install(folder: string, tarball: string): string {
  const consumer = join(folder, 'consumer')
  mkdirSync(consumer)
  writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true }')
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball], consumer)
  for (const name of readdirSync(join(root, 'test/package/fixtures')))
    cpSync(join(root, 'test/package/fixtures', name), join(consumer, name))
  return consumer
}
