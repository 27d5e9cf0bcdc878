/**
 * Where the jobs of a queue stand that is kept in the stores' own database.
 *
 * @module
 */
import type { Database, Query } from './database.js'

/** Times are milliseconds by the clock of the database: of a job that somebody holds, `due` is the end of the lease. */
export async function makeJobTables(query: Query, dialect: Database['dialect']): Promise<void> {
  const text = dialect === 'sqlite' ? 'text' : 'text collate "C"'
  const serial =
    dialect === 'sqlite' ? 'integer primary key autoincrement' : 'bigint generated always as identity primary key'
  await query(`create table badgewright_job (
    n ${serial},
    queue ${text} not null,
    job_key ${text} not null,
    data text not null,
    due bigint not null,
    attempt integer not null default 0,
    reason text,
    ended bigint,
    unique (queue, job_key))`)
  await query('create index badgewright_job_due on badgewright_job (queue, due, n) where ended is null')
  await query('create index badgewright_job_ended on badgewright_job (ended) where ended is not null')
}
