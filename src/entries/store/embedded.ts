/**
 * `badgewright/store/embedded`.
 *
 * @module
 */
export { embeddedStores } from '../../defaults/embedded-stores.js'
export type { StoreOptions } from '../../defaults/stores.js'
export { exportStores, type StoresWithBackup } from '../../store/export-stores.js'
export { type ImportOptions, importInto } from '../../store/import-stores.js'
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
