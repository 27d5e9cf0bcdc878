/**
 * The stores of an issuer in one place.
 *
 * @module
 */
import type { AwardStore } from '../issue/award-store.js'
import type { CredentialStore } from '../issue/credential-store.js'
import type { RevokedCredentials } from '../issue/revoked-credentials.js'
import type { StatusStore } from '../status/status-store.js'
import { type Database, guarded } from './database.js'
import { withPatience } from './patience.js'
import { prepareTables } from './schema.js'
import { createSqlAwards } from './sql-award-store.js'
import { createSqlBackup } from './sql-backup.js'
import { createSqlCredentialStore } from './sql-credential-store.js'
import { createSqlStatusStore, type SqlStatusOptions } from './sql-status-store.js'
import type { StoreBackup } from './store-backup.js'

/** What an issuer keeps, in one database. */
export interface Stores {
  readonly status: StatusStore
  readonly credentials: CredentialStore & RevokedCredentials
  /** Where batches and their jobs are kept (`badgewright/jobs`). Absent in memory. */
  readonly database?: Database
  readonly awards: AwardStore
  /** To keep a copy, and to move into another database: `exportStores`, `importInto`. Absent in memory. */
  readonly backup?: StoreBackup
  /** Whoever asks a store afterwards gets a StoreError. A client that was given stays open. */
  close(): Promise<void>
}

export interface OpenOptions extends SqlStatusOptions {
  /** A name that no other process has, for its leases of status lists. */
  readonly lessee: string
}

/**
 * Creates the tables, or brings them to this version. Throws StoreError (`store.newer_schema` for those of a newer one), and
 * UsageError for wrong options.
 */
export async function openStores(opened: Database, { lessee, ...options }: OpenOptions): Promise<Stores> {
  // Before there is patience: a large table may take long to be brought to this version.
  await guarded('create its tables', () => prepareTables(opened))
  // A file is on this machine, and answers or fails.
  const database = opened.dialect === 'postgres' ? withPatience(opened) : opened
  const { release, ...status } = createSqlStatusStore(database, lessee, options)
  const awards = createSqlAwards(database)
  return {
    status,
    database,
    credentials: createSqlCredentialStore(database, awards),
    awards: awards.store,
    backup: createSqlBackup(database),
    close: async () => {
      // Where the database is gone, leases end by themselves: it is no reason to fail at the end.
      await release().catch(() => undefined)
      await database.close()
    },
  }
}
