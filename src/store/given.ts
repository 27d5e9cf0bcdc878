/**
 * Many values in one parameter, as rows of a statement: one JSON text, whatever their number, so that each statement is prepared once.
 *
 * @module
 */
import type { Database, SqlValue } from './database.js'

export type ColumnType = 'text' | 'integer' | 'bigint'
type Columns = Readonly<Record<string, ColumnType>>

/** Rows that are given to a statement. */
export interface Given {
  /** A subquery with the columns, and `n`, which counts the rows in their order. */
  readonly rows: string
  /** The value of the parameter, of the values of each row in the order of the columns. */
  value(rows: readonly (readonly SqlValue[])[]): string
}

/** In the parameter `?1`, say. */
export function given(dialect: Database['dialect'], parameter: `?${number}`, columns: Columns): Given {
  return dialect === 'sqlite' ? ofArrays(parameter, columns) : ofRecords(parameter, columns)
}

function ofArrays(parameter: string, columns: Columns): Given {
  const read = Object.keys(columns).map((name, at) => `json_extract(value, '$[${at}]') as ${name}`)
  return {
    rows: `(select ${read.join(', ')}, key as n from json_each(${parameter}))`,
    value: (rows) => JSON.stringify(rows),
  }
}

/** PostgreSQL parses the JSON of a record once, and that of an array once for each column. */
function ofRecords(parameter: string, columns: Columns): Given {
  const names = Object.keys(columns)
  const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  return {
    rows: `(select * from rows from (json_to_recordset(cast(cast(${parameter} as text) as json)) as (${types.join(', ')}))
      with ordinality as each(${names.join(', ')}, n))`,
    value: (rows) =>
      JSON.stringify(
        rows.map((row) => {
          const record: Record<string, SqlValue> = {}
          for (const [at, name] of names.entries()) record[name] = row[at] as SqlValue
          return record
        }),
      ),
  }
}

/**
 * Between given rows and the table in which each is looked up. SQLite guesses that given rows are many and tables small, and would go
 * through a table once and parse the JSON again for each of its rows; it keeps the order of a cross join
 * (https://www.sqlite.org/optoverview.html#crossjoin).
 */
export const LOOKED_UP_IN = { sqlite: 'cross join', postgres: 'join' } as const

/** The end of a condition: is one of so many values, from that parameter on. */
export function oneOf(count: number, from: number): string {
  // Nothing is one of none; an empty list is no SQL.
  if (count === 0) return 'is null and 1 = 0'
  return `in (${Array.from({ length: count }, (_, at) => `?${from + at}`).join(', ')})`
}
