/**
 * What the stores need of a database: statements and transactions. Two dialects speak it, SQLite and PostgreSQL.
 *
 * @module
 */
import { StoreError } from '../errors.js'

export type SqlValue = string | number | null
/** Columns by name. Numbers may come as texts (PostgreSQL's bigint). */
export type Row = Readonly<Record<string, unknown>>
/**
 * One statement with its values at `?1`, `?2`, ...; or the same statement for each of several lists of values, which answers a row for each,
 * with the number of rows that it changed (`changes`).
 */
export type Query = (text: string, values?: readonly SqlValue[] | EachOf) => Promise<readonly Row[]>
export interface EachOf {
  readonly each: readonly (readonly SqlValue[])[]
}

export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  /** A statement of its own: all of it or nothing. */
  readonly query: Query
  /** All or nothing. `work` may be run again where the database asks for it, and does nothing but ask `query`. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  /** To read what is there at this moment, while others write. It holds a connection until it is closed. */
  snapshot(): Promise<Snapshot>
  close(): Promise<void>
}

export interface Snapshot {
  readonly query: Query
  /** The one connection of the database is taken: whoever asks for anything else waits until it is closed. */
  readonly isExclusive: boolean
  close(): Promise<void>
}

/** Milliseconds since 1970 by the clock of the database: leases are by that, and not by those of the processes. */
export const CLOCK = {
  sqlite: "cast((julianday('now') - 2440587.5) * 86400000 as integer)",
  postgres: 'cast(extract(epoch from clock_timestamp()) * 1000 as bigint)',
} as const

/** Our own errors pass; anything of the driver's becomes one. Its message may name hosts and values, so it is the cause only. */
export function asStoreError(error: unknown, what: string): StoreError {
  if (error instanceof StoreError) return error
  return new StoreError('store.failed', `the database could not ${what}: the cause says why; trying again is safe`, {
    cause: error,
  })
}

/** Runs work on the database; whatever its driver throws becomes a StoreError. */
export async function guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asStoreError(error, what)
  }
}
