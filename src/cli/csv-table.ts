/**
 * Small tables from CSV, whole: RFC 4180 with a header, as spreadsheets write it.
 *
 * @module
 */
import { csvRows } from './batch/csv-awards.js'
import { EXIT } from './exit.js'
import { CommandFailure } from './failure.js'
import { shownName } from './files.js'
import type { Session } from './session.js'

/** A table of a million rows and more. 128 MiB. */
const TABLE_BYTES = 128 * 1024 * 1024

export interface CsvTable {
  /** As they are written, without white space around. */
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Throws CommandFailure 65 where it is no CSV, is too large, has no header, a column twice, or a row of another length. */
export async function readCsvTable(name: string, { files }: Session): Promise<CsvTable> {
  const bytes = await files.read(name, TABLE_BYTES)
  const failure = (says: string) => new CommandFailure(EXIT.data, `${shownName(name)}: ${says}`)
  if (bytes.length > TABLE_BYTES) throw failure(`has more than ${TABLE_BYTES} bytes`)
  const table: (readonly string[])[] = []
  for await (const row of csvRows(shownName(name), bytes)) table.push(row.map((cell) => cell.trim()))
  const [header, ...rows] = table
  if (header === undefined) throw failure('is empty: its first line names the columns')
  const twice = header.find((column, index) => header.indexOf(column) !== index)
  if (twice !== undefined) throw failure(`the column "${twice}" is there twice`)
  const odd = rows.findIndex((row) => row.length !== header.length)
  if (odd >= 0)
    throw failure(`row ${odd + 1} has ${rows[odd]?.length} cells, the header ${header.length}: is a quote missing?`)
  return { header, rows }
}
