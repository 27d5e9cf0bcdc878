/** Stores in a file and on a real PostgreSQL, an empty one each time. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import postgres from 'postgres'
import { completeStoreOptions } from '../../src/defaults/stores.js'
import type { Database } from '../../src/store/database.js'
import { createSqliteDatabase, type SqliteHandle } from '../../src/store/libsql-database.js'
import { createPostgresDatabase } from '../../src/store/postgres-database.js'
import { openStores, type Stores } from '../../src/store/stores.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from '../store/postgres-server.js'

export interface Kind {
  readonly name: string
  readonly isHere: boolean
  /** Of a new database, or of the same one as `place` says. `wrap` sees every statement. */
  open(place?: string, wrap?: (database: Database) => Database): Promise<Stores>
}

export function databasesFor(name: string): { readonly kinds: readonly Kind[]; end(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), `badgewright-${name}-`))
  const server = startPostgres()
  if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
  const endings: (() => unknown)[] = []
  const schemas = new Set<string>()
  let places = 0
  const openAs = async (database: Database, wrap: (database: Database) => Database = (each) => each) => {
    const stores = await openStores(wrap(database), completeStoreOptions({}))
    endings.push(() => stores.close().catch(() => undefined))
    return stores
  }
  return {
    kinds: [
      {
        name: 'embedded',
        isHere: true,
        open: (place = `p${++places}`, wrap) => {
          const handle = new Libsql(join(folder, `${place}.db`)) as unknown as SqliteHandle
          const database = createSqliteDatabase(handle)
          // No power fails here, and disks are slow.
          handle.exec('pragma synchronous = off')
          return openAs(database, wrap)
        },
      },
      {
        name: 'PostgreSQL',
        isHere: 'options' in server,
        open: async (place = `p${++places}`, wrap) => {
          if (!('options' in server)) throw new Error(server.missing)
          const sql = postgres({
            ...server.options,
            max: 2,
            onnotice: () => undefined,
            connection: { search_path: place },
          })
          endings.push(() => sql.end())
          if (!schemas.has(place)) await sql.unsafe(`create schema if not exists ${place}`)
          schemas.add(place)
          const stores = await openAs(createPostgresDatabase(sql), wrap)
          const close = async () => {
            await stores.close()
            await sql.end()
          }
          return { ...stores, close }
        },
      },
    ],
    end: async () => {
      for (const each of endings.reverse()) await each()
      if ('stop' in server) server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
