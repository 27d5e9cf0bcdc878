/**
 * The queue for one machine, or for those who want nothing besides their stores.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { having } from '../internal/members.js'
import type { Database } from '../store/database.js'
import type { Stores } from '../store/stores.js'
import type { JobQueue } from './job-queue.js'
import { createSqlJobQueue } from './sql-job-queue.js'

/**
 * Jobs in the database of an issuer's stores: nothing is lost over a restart, and processes that open the same stores share them.
 * Waiting for a job is looking for one ten times a second. Closing the stores ends it.
 *
 * Throws UsageError `usage.invalid_option` for stores in memory, and for what are no stores.
 */
export function createJobQueue(stores: Stores): JobQueue {
  return createSqlJobQueue(databaseOf(stores))
}

const IS_DATABASE = having('query', 'transaction')

/** Throws UsageError `usage.invalid_option`. */
export function databaseOf(stores: Stores): Database {
  const database = (stores as Stores | undefined)?.database
  if (database === undefined || IS_DATABASE(database, '') !== undefined)
    throw invalidOption('stores', 'are those that embeddedStores or postgresStores opened: memory keeps no jobs')
  return database
}
