/**
 * A file on disk, through `libsql`, without a server. Compared for Node 20, in 2026 (installed size, what happened here):
 *
 * | package                    | size    | what it is                          | two processes | kill -9 in a transaction        |
 * |----------------------------|---------|-------------------------------------|---------------|---------------------------------|
 * | libsql 0.5 (chosen)        | 9-19 MB | SQLite, prebuilt, by npm itself     | yes, WAL      | rolled back, the next goes on   |
 * | node-sqlite3-wasm 0.8      | 2 MB    | SQLite, WebAssembly, own file locks | yes, one lock | lock stays: locked until deleted|
 * | @electric-sql/pglite 0.5   | 27 MB   | PostgreSQL, WebAssembly             | no, no lock   | recovers                        |
 * | sql.js 1                   | 30 MB   | SQLite, WebAssembly, in memory      | no            | loses all since the last export |
 * | better-sqlite3 13          |         | SQLite, needs Node 22               |               |                                 |
 * | node:sqlite                | 0       | not in Node 20                      |               |                                 |
 *
 * libsql brings its binary as an optional npm package for each platform (macOS, Linux with glibc and musl, Windows x64): nothing
 * is downloaded or compiled at install. Its statements run on the thread, and every commit waits for the disk: an issuer with many
 * clerks wants PostgreSQL.
 *
 * @module
 */
import { invalidOption, StoreError } from '../errors.js'
import type { Database, Query, Row, Snapshot, SqlValue } from './database.js'

/** The few members of `libsql`'s Database (that of better-sqlite3 has them too) which are used. */
export interface SqliteHandle {
  prepare(text: string): {
    all(...values: SqlValue[]): unknown
    run(...values: SqlValue[]): { readonly changes: number }
    readonly reader?: boolean
  }
  exec(text: string): unknown
  close(): unknown
}

/**
 * The file that opening this name makes where none is; undefined where it makes none. A name may be a URI: https://sqlite.org/uri.html.
 *
 * Throws UsageError `usage.invalid_option` for a URI that is malformed.
 */
export function fileMadeFor(name: string): string | undefined {
  if (name === ':memory:') return undefined
  if (!/^file:/i.test(name)) return name
  const [, path = '', query = ''] = /^file:(?:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(name) ?? []
  const mode = new URLSearchParams(query).get('mode') ?? 'rwc'
  if (mode !== 'rwc' || path === '' || path === ':memory:') return undefined
  try {
    return decodeURIComponent(path)
  } catch (cause) {
    throw invalidOption('path', 'is a file: URI with a malformed escape: write % as %25', {
      cause,
    })
  }
}

/** Milliseconds between attempts while another handle writes: they add up to some ten seconds. */
const WAITS = [1, 2, 4, 8, 16, ...Array.from({ length: 400 }, () => 25)]

/** Is the database one that no second handle finds? */
export const isInMemory = (name: string): boolean =>
  /^:memory:$|^file:(?::memory:|.*[?&]mode=memory(?:&|$))/i.test(name)

/**
 * Takes the handle over: it is closed with the database. `openAnother` opens the same file: what reads for long does so beside whoever
 * writes.
 */
export function createSqliteDatabase(handle: SqliteHandle, openAnother?: () => SqliteHandle): Database {
  // Power may fail: an index that was given out and forgotten would be given out again. So every commit reaches the disk.
  handle.exec('pragma busy_timeout = 5000')
  // A badge takes some 4 KB: of a new file's pages one holds two. What is there keeps its size.
  handle.exec('pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
  // What is deleted or replaced is overwritten: who was erased is not left in pages that are free.
  handle.exec('pragma secure_delete = on')
  // Indexes are written to here and there: 16 MB of pages in memory, and 16 MB of them written before they are put into their places.
  handle.exec('pragma cache_size = -16000; pragma wal_autocheckpoint = 2000')
  // From here on nobody waits on the thread: the handle that is waited for may be one of this process.
  handle.exec('pragma busy_timeout = 0')
  const prepared = new Map<string, ReturnType<SqliteHandle['prepare']>>()
  let isClosed = false
  // One connection: what asks for it between two statements of a transaction waits until that has ended.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => {
      if (isClosed) throw new StoreError('store.closed', 'the store has been closed')
      return work()
    })
    last = turn.catch(() => undefined)
    return turn
  }
  const run: Query = async (text, values = []) => {
    const statement = prepared.get(text) ?? handle.prepare(text)
    prepared.set(text, statement)
    if (!('each' in values)) return statement.all(...values) as readonly Row[]
    // In one go: nothing else of this process runs while it holds the lock that others wait for.
    return values.each.map((each) => ({ changes: statement.run(...each).changes }))
  }
  return {
    dialect: 'sqlite',
    query: (text, values) => inTurn(() => whenFree(() => run(text, values))),
    transaction: (work) =>
      inTurn(async () => {
        // At once the only writer: a reader that becomes one later may find that it cannot.
        await whenFree(async () => handle.exec('begin immediate'))
        try {
          const result = await work(run)
          handle.exec('commit')
          // Nothing here waits for anything: without a pause neither timers nor other processes would have their turn.
          await new Promise<void>((resolve) => setImmediate(resolve))
          return result
        } catch (error) {
          rollBack(handle, error)
          throw error
        }
      }),
    snapshot: () =>
      openAnother === undefined
        ? exclusiveSnapshot(handle, run, inTurn)
        : inTurn(() => whenFree(async () => snapshotOf(openAnother()))),
    close: () =>
      inTurn(async () => {
        isClosed = true
        prepared.clear()
        handle.close()
      }),
  }
}

/** In WAL mode a reader sees what was there when it began, and stops no writer: https://sqlite.org/isolation.html. */
function snapshotOf(reader: SqliteHandle): Snapshot {
  try {
    reader.exec('pragma query_only = on; begin')
    // Only now it has begun.
    reader.prepare('select version from badgewright_schema').all()
  } catch (error) {
    reader.close()
    throw error
  }
  return {
    query: async (text, values = []) => {
      if ('each' in values) throw new TypeError('a snapshot is only read')
      return reader.prepare(text).all(...values) as readonly Row[]
    },
    isExclusive: false,
    close: async () => {
      reader.close()
    },
  }
}

/** On the one connection there is: everybody else waits. */
function exclusiveSnapshot(
  handle: SqliteHandle,
  query: Query,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<Snapshot> {
  return new Promise((resolve, reject) => {
    inTurn(async () => {
      await whenFree(async () => handle.exec('begin'))
      await new Promise<void>((end) => {
        resolve({
          query,
          isExclusive: true,
          close: async () => {
            handle.exec('rollback')
            end()
          },
        })
      })
    }).catch(reject)
  })
}

async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  for (const wait of WAITS) {
    try {
      return await work()
    } catch (error) {
      if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
  return work()
}

/** SQLite has rolled back by itself where the disk is full or failed: then there is none to end, and `error` says why. */
function rollBack(handle: SqliteHandle, error: unknown): void {
  try {
    handle.exec('rollback')
  } catch (cause) {
    if (!/no transaction is active/i.test(String(cause))) throw new AggregateError([error, cause], 'rollback failed')
  }
}
