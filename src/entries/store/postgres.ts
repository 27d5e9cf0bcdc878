/**
 * `badgewright/store/postgres`.
 *
 * @module
 */
export { postgresStores } from '../../defaults/postgres-stores.js'
export type { StoreOptions } from '../../defaults/stores.js'
export type { PostgresClient, PostgresQueries } from '../../store/postgres-database.js'
export type { Stores } from '../../store/stores.js'
