/**
 * `badgewright/jobs/pg-boss`.
 *
 * @module
 */
export { installedPgBossQueue, type PgBossOptions, pgBossQueue } from '../../defaults/pg-boss.js'
export type { PgBossClass, PgBossInstance, PgBossQueue } from '../../jobs/pg-boss.js'
export type { ReservingClient } from '../../jobs/pg-boss-database.js'
