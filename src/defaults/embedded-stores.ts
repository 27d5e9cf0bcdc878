/**
 * The stores of an issuer in a file.
 *
 * @module
 */
import { missingOption, StoreError, UsageError } from '../errors.js'
import { ensurePrivateFile } from '../platform/private-file.js'
import { createSqliteDatabase, fileMadeFor, isInMemory, type SqliteHandle } from '../store/libsql-database.js'
import { openStores, type Stores } from '../store/stores.js'
import { completeStoreOptions, type StoreOptions } from './stores.js'

/**
 * In a file, without a server; `npm install libsql` first. Several processes may open the same file; it must not lie on a network
 * drive. `:memory:` is a database that is gone with the process. A new file is readable by its owner only (mode 0600, and SQLite gives
 * its `-wal` and `-shm` the same): it says who earned what.
 *
 * Throws UsageError where the path is not one; StoreError `store.missing_package`, `store.failed`.
 */
export async function embeddedStores(path: string, options: StoreOptions = {}): Promise<Stores> {
  if (typeof path !== 'string' || path === '') throw missingOption('path', 'is missing: the file of the database')
  const complete = completeStoreOptions(options)
  const Libsql = await loadLibsql()
  const made = fileMadeFor(path)
  if (made !== undefined) ensurePrivateFile(made)
  let handle: SqliteHandle
  try {
    handle = new Libsql(path)
  } catch (cause) {
    throw new StoreError('store.failed', `the database ${path} cannot be opened: is its folder there?`, { cause })
  }
  try {
    return await openStores(
      createSqliteDatabase(handle, isInMemory(path) ? undefined : () => new Libsql(path)),
      complete,
    )
  } catch (error) {
    handle.close()
    if (error instanceof StoreError || error instanceof UsageError) throw error
    throw new StoreError('store.failed', `${path} cannot be used as a database`, { cause: error })
  }
}

async function loadLibsql(): Promise<new (path: string) => SqliteHandle> {
  try {
    const { default: Libsql } = await import('libsql')
    return Libsql as unknown as new (
      path: string,
    ) => SqliteHandle
  } catch (cause) {
    throw new StoreError('store.missing_package', 'the package "libsql" is needed: npm install libsql', { cause })
  }
}
