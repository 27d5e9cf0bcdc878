/**
 * The database as pg-boss asks for it (`db`), over a client of the `postgres` package.
 *
 * @module
 */
import type { Query, SqlValue } from '../store/database.js'
import { type PostgresClient, type PostgresQueries, retrying } from '../store/postgres-database.js'

/** A connection that one caller has alone. */
export interface ReservedConnection extends PostgresQueries {
  /** Gives it back. */
  release(): void
}

/** A client that can set a connection apart, as `postgres(url)` does. */
export interface ReservingClient extends PostgresClient {
  /** A connection for one caller, until it gives it back. */
  reserve(): PromiseLike<ReservedConnection>
  readonly options?: { readonly max?: number }
}

/** What pg-boss calls. */
export interface BossDatabase {
  executeSql(text: string, values?: readonly unknown[]): Promise<{ rows: object[] }>
}

/** Outside of transactions. Its scripts open transactions of their own; two processes that make a queue at once may lock each other out. */
export function bossDatabase(client: ReservingClient): BossDatabase {
  return {
    executeSql: async (text, values = []) => {
      if (/^\s*begin\b/i.test(text)) return { rows: await retrying(() => runScript(client, text)) }
      const statement = withTexts(text)
      return { rows: flat(await retrying(async () => client.unsafe(statement, bindable(statement, values)))) }
    },
  }
}

/** Within a transaction, by its statements. `failure` is what one of them threw: pg-boss 10 takes every error for an empty queue. */
export function bossWithin(query: Query): BossDatabase & { readonly failure?: unknown } {
  const database: BossDatabase & { failure?: unknown } = {
    executeSql: async (text, values = []) => {
      const statement = withTexts(text)
      try {
        return { rows: [...(await query(statement, bindable(statement, values)))] }
      } catch (error) {
        database.failure = error
        throw error
      }
    },
  }
  return database
}

/** A script that fails leaves its transaction open: it is ended before others get the connection. */
async function runScript(client: ReservingClient, text: string): Promise<object[]> {
  const connection = await client.reserve()
  try {
    return flat(await connection.unsafe(text))
  } catch (error) {
    // Where the connection is gone, so is its transaction.
    await Promise.resolve(connection.unsafe('rollback')).catch(() => undefined)
    throw error
  } finally {
    connection.release()
  }
}

/** Of several statements, the rows of all. */
const flat = (result: readonly object[]): object[] => (result.some(Array.isArray) ? result.flat() : [...result])

/** JSON comes as text, and the client would write texts for a JSON parameter as JSON once more. */
const withTexts = (text: string): string =>
  text
    .replace(/\$(\d+)::jsonb\b/g, '$$$1::text::jsonb')
    .replace(/json_to_recordset\(\$(\d+)\)/g, 'json_to_recordset($$$1::text::json)')

function bindable(statement: string, values: readonly unknown[]): SqlValue[] {
  const texts = new Set([...statement.matchAll(/\$(\d+)::text::jsonb?\b/g)].map(([, n]) => Number(n)))
  return values.map((value, at) => {
    if (value === undefined) return null
    return typeof value === 'object' && texts.has(at + 1) && value !== null
      ? JSON.stringify(value)
      : (value as SqlValue)
  })
}
