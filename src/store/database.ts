/**
 * What the stores need of a database: statements and transactions. Two dialects speak it, SQLite and PostgreSQL.
 *
 * @module
 */
import { StoreError } from '../errors.js'

export type SqlValue = string | number | null
/** Columns by name. Numbers may come as texts (PostgreSQL's bigint). */
export type Row = Readonly<Record<string, unknown>>
/** One statement with its values at `?1`, `?2`, ... */
export type Query = (text: string, values?: readonly SqlValue[]) => Promise<readonly Row[]>

export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  /** A statement of its own: all of it or nothing. */
  readonly query: Query
  /** All or nothing. `work` may be run again where the database asks for it, and does nothing but ask `query`. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
  close(): Promise<void>
}

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

const MAX_KEY = 512

/** PostgreSQL has no U+0000 in a text, and bounds what an index takes. Refused alike everywhere, so that stores can be changed. */
export function storableKey(key: string, name: string): string {
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY || !/^[^\0\p{Cs}]*$/u.test(key))
    throw new StoreError(
      'store.invalid_key',
      `"${name}" is a text of 1 to ${MAX_KEY} characters, without U+0000 and lone surrogates`,
    )
  return key
}
