/**
 * PostgreSQL through a client of the `postgres` package, which the caller has made: TLS, pools and passwords are its affair.
 *
 * @module
 */
import type { Database, Query, Row, Snapshot, SqlValue } from './database.js'

/** What is used of the tagged function that `postgres(url)` answers. */
export interface PostgresQueries {
  /** A statement with `$1`, `$2` for its values. */
  unsafe(text: string, values?: SqlValue[], options?: { prepare?: boolean }): PromiseLike<readonly object[]>
}
export interface PostgresClient extends PostgresQueries {
  /** A transaction: what `work` asks is done as a whole, or not at all. */
  begin(options: string, work: (sql: PostgresQueries) => Promise<unknown>): Promise<unknown>
}

/** serialization_failure and deadlock_detected: "retry the transaction", PostgreSQL says of both. */
const RETRY: readonly unknown[] = ['40001', '40P01']
const ATTEMPTS = 5

/** The client stays the caller's: closing the database does not end it. */
export function createPostgresDatabase(client: PostgresClient): Database {
  return {
    dialect: 'postgres',
    query: (text, values) => retrying(() => queryOf(client)(text, values)),
    transaction: <T>(work: (query: Query) => Promise<T>) =>
      // Said, and not taken from the server's configuration: the statements are written for it.
      retrying(() => client.begin('isolation level read committed', (sql) => work(queryOf(sql))) as Promise<T>),
    snapshot: () => snapshotOf(client),
    close: async () => undefined,
  }
}

/** Repeatable read: every statement sees what the first one saw (https://www.postgresql.org/docs/current/transaction-iso.html). */
async function snapshotOf(client: PostgresClient): Promise<Snapshot> {
  let close = (): void => undefined
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  let ended: Promise<unknown> = Promise.resolve()
  const query = await new Promise<Query>((resolve, reject) => {
    ended = client.begin('isolation level repeatable read read only', async (sql) => {
      const query = queryOf(sql)
      await query('select 1 as begun')
      resolve(query)
      await closed
    })
    ended.catch(reject)
  })
  return {
    query,
    isExclusive: false,
    close: async () => {
      close()
      // Nothing was written: what failed, a statement has told.
      await ended.catch(() => undefined)
    },
  }
}

function queryOf(sql: PostgresQueries): Query {
  const one = async (text: string, values: readonly SqlValue[]) =>
    (await sql.unsafe(text.replace(/\?(\d+)/g, '$$$1'), [...values], { prepare: true })) as readonly Row[]
  return async (text, values = []) => {
    if (!('each' in values)) return one(text, values)
    const answers: Row[] = []
    for (const each of values.each) {
      const { count } = (await one(text, each)) as readonly Row[] & { readonly count?: number }
      answers.push({ changes: count ?? 0 })
    }
    return answers
  }
}

/** For what is a transaction of its own. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === ATTEMPTS || !RETRY.includes((error as { code?: unknown } | undefined)?.code)) throw error
    }
  }
}
