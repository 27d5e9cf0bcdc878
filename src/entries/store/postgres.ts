/**
 * `badgewright/store/postgres`.
 *
 * @module
 */
export { postgresStores } from '../../defaults/postgres-stores.js'
export type { StoreOptions } from '../../defaults/stores.js'
export { exportStores, type StoresWithBackup } from '../../store/export-stores.js'
export { type ImportOptions, importInto } from '../../store/import-stores.js'
export type { PostgresClient, PostgresQueries } from '../../store/postgres-database.js'
export type {
  BackupAward,
  BackupCounts,
  BackupCredential,
  BackupEntry,
  BackupEvent,
  BackupList,
  BackupRow,
  StoreBackup,
} from '../../store/store-backup.js'
export type { Stores } from '../../store/stores.js'
