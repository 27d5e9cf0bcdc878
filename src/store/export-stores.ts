/**
 * Everything that an issuer's stores hold, as lines: to keep, and to move by.
 *
 * @module
 */
import { missingOption } from '../errors.js'
import { having, open } from '../internal/members.js'
import { demandArgument } from '../report/demand-options.js'
import type { BackupCounts, BackupRow, StoreBackup } from './store-backup.js'

/** Of the lines, not of the tables: raised where an older copy of this library would misread them. */
export const EXPORT_VERSION = 1

/** Stores with a backup: those in a database. */
export interface StoresWithBackup {
  readonly backup?: StoreBackup | undefined
}

export const NAME_OF_KIND = {
  list: 'lists',
  entry: 'entries',
  award: 'awards',
  credential: 'credentials',
} as const satisfies Readonly<Record<BackupRow['kind'], keyof BackupCounts>>

/** Throws UsageError for stores that have none. */
export function backupOf(stores: StoresWithBackup): StoreBackup {
  demandArgument(stores, open({ backup: having('read', 'begin', 'write', 'end') }), 'stores')
  if (stores.backup === undefined)
    throw missingOption('stores', 'have no "backup": those in memory are gone with their process')
  return stores.backup
}

/**
 * All that is in the stores, as JSON texts without line breaks: a line that says what this is, a line for each status list, each entry that was
 * given out, each award and each credential with its trail, and a last one with their numbers. Jobs of a queue and keys are not among them. It is all of one moment, that of the
 * first line, and whoever issues meanwhile is not stopped. The same stores give the same bytes.
 *
 * What it says is personal: keep it as the database is kept. Throws StoreError, UsageError for stores in memory.
 */
export async function* exportStores(stores: StoresWithBackup): AsyncGenerator<string, void, undefined> {
  const backup = backupOf(stores)
  yield JSON.stringify({ kind: 'export', version: EXPORT_VERSION })
  const counts = { lists: 0, entries: 0, awards: 0, credentials: 0 }
  for await (const rows of backup.read())
    for (const row of rows) {
      counts[NAME_OF_KIND[row.kind]]++
      yield JSON.stringify(row)
    }
  yield JSON.stringify({ kind: 'end', ...counts })
}
