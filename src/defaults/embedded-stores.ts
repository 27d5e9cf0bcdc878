/**
 * The stores of an issuer in a file.
 *
 * @module
 */
import { StoreError, UsageError } from '../errors.js'
import { createSqliteDatabase, type SqliteHandle } from '../store/libsql-database.js'
import { openStores, type Stores } from '../store/stores.js'
import { completeStoreOptions, type StoreOptions } from './stores.js'

/**
 * In a file, without a server; `npm install libsql` first. Several processes may open the same file; it must not lie on a network
 * drive. `:memory:` is a database that is gone with the process.
 *
 * Throws StoreError `store.missing_package`, `store.failed`.
 */
export async function embeddedStores(path: string, options: StoreOptions = {}): Promise<Stores> {
  if (typeof path !== 'string' || path === '')
    throw new UsageError('usage.missing_option', '"path" is missing: the file of the database')
  const Libsql = await loadLibsql()
  let handle: SqliteHandle
  try {
    handle = new Libsql(path)
  } catch (cause) {
    throw new StoreError('store.failed', `the database ${path} cannot be opened: is its folder there?`, { cause })
  }
  try {
    return await openStores(createSqliteDatabase(handle), completeStoreOptions(options))
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
