/**
 * The stores of an issuer in PostgreSQL.
 *
 * @module
 */
import { missingOption } from '../errors.js'
import { createPostgresDatabase, type PostgresClient } from '../store/postgres-database.js'
import { openStores, type Stores } from '../store/stores.js'
import { completeStoreOptions, type StoreOptions } from './stores.js'

/**
 * In PostgreSQL (13 or newer), for several processes: `postgresStores(postgres(url))`, after `npm install postgres`. The client
 * stays yours: end it yourself. Tables are made in the first schema of its search path, with names that begin with `badgewright_`.
 *
 * Throws StoreError.
 */
export async function postgresStores(client: PostgresClient, options: StoreOptions = {}): Promise<Stores> {
  if (typeof client?.unsafe !== 'function' || typeof client.begin !== 'function')
    throw missingOption('client', 'is missing: postgres(url), of the package "postgres"')
  return openStores(createPostgresDatabase(client), completeStoreOptions(options))
}
