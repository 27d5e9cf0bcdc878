/**
 * A PostgreSQL server of its own, in a temporary folder, on a unix socket: started where Debian's `postgresql` package (or another
 * with its programs) is installed, and ended with the tests.
 *
 * @module
 */
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

export interface PostgresServer {
  /** For `postgres(options)`. */
  readonly options: { readonly host: string; readonly port: number; readonly user: string; readonly database: string }
  /** The machine of the database goes away, and is there again after so long. Others go on meanwhile. */
  goAway(milliseconds: number): Promise<void>
  stop(): void
}

/** Why there is none. */
export interface NoServer {
  readonly missing: string
}

/** Nothing of it survives a power failure, and none of it shall. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=60']
const PORT = 5432

/** Synchronous: `test.skipIf` asks before the tests run. */
export function startPostgres(settings: readonly string[] = SETTINGS): PostgresServer | NoServer {
  const programs = findPrograms()
  if (programs === undefined) return { missing: 'PostgreSQL is not installed (apt-get install postgresql)' }
  // initdb refuses to run as root: then the server runs as the user that Debian's package has made.
  const other = process.getuid?.() === 0 ? userOf('postgres') : undefined
  if (process.getuid?.() === 0 && other === undefined)
    return { missing: 'PostgreSQL does not run as root, and there is no user "postgres"' }
  const folder = mkdtempSync(join(tmpdir(), 'badgewright-pg-'))
  if (other !== undefined) chownSync(folder, other.uid, other.gid)
  chmodSync(folder, 0o700)
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(programs, program), args, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 120_000,
      ...(other ?? {}),
    })
  const data = join(folder, 'data')
  const options = ['-h', '', '-k', folder, ...settings.flatMap((setting) => ['-c', setting])]
  try {
    run('initdb', '-D', data, '-U', 'badges', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C')
    const quoted = options.map((word) => `'${word}'`).join(' ')
    run('pg_ctl', 'start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', quoted)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return {
    options: { host: folder, port: PORT, user: 'badges', database: 'postgres' },
    goAway: async (milliseconds) => {
      const ask = (...args: string[]) =>
        promisify(execFile)(join(programs, 'pg_ctl'), [...args, '-D', data], { cwd: folder, ...(other ?? {}) })
      await ask('stop', '-m', 'immediate', '-w')
      await sleep(milliseconds)
      const quoted = options.map((word) => `'${word}'`).join(' ')
      await ask('start', '-w', '-l', join(folder, 'log'), '-o', quoted)
    },
    stop: () => {
      run('pg_ctl', 'stop', '-D', data, '-m', 'immediate', '-w')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a))
    : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')))
}

function userOf(name: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}
