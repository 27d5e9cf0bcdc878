/**
 * Both stores of an issuer in one place.
 *
 * @module
 */
import type { CredentialStore } from '../issue/credential-store.js'
import type { StatusStore } from '../status/status-store.js'
import { type Database, guarded } from './database.js'
import { createSqlCredentialStore } from './sql-credential-store.js'
import { createSqlStatusStore, type SqlStatusOptions } from './sql-status-store.js'
import { createTables } from './tables.js'

/** What an issuer keeps, in one database. */
export interface Stores {
  readonly status: StatusStore
  readonly credentials: CredentialStore
  /** Whoever asks a store afterwards gets a StoreError. A client that was given stays open. */
  close(): Promise<void>
}

/** Creates the tables that are missing. Throws StoreError, and UsageError for wrong options. */
export async function openStores(database: Database, options: SqlStatusOptions): Promise<Stores> {
  const status = createSqlStatusStore(database, options)
  await guarded('create its tables', () => createTables(database))
  return { status, credentials: createSqlCredentialStore(database), close: () => database.close() }
}
