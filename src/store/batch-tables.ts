/**
 * Where batches stand: what was submitted, in chunks, and what could not be issued.
 *
 * @module
 */
import type { Database, Query } from './database.js'

/**
 * Times are milliseconds by the clock of the database. A batch has its `batch_id` from the moment that it is released: what is being
 * submitted is found by nobody. Awards are lines of JSON, and go when their chunk is settled.
 */
export async function makeBatchTables(query: Query, dialect: Database['dialect']): Promise<void> {
  const text = dialect === 'sqlite' ? 'text' : 'text collate "C"'
  const inIndex = dialect === 'sqlite' ? ' without rowid' : ''
  await query(`create table badgewright_batch (
    batch_key ${text} primary key,
    batch_id ${text} unique,
    state ${text} not null,
    queue ${text} not null,
    issuer ${text} not null,
    digest ${text},
    awards bigint not null default 0,
    invalid bigint not null default 0,
    touched bigint not null,
    submitted bigint)`)
  // The awards last: who counts chunks does not read them.
  await query(`create table badgewright_batch_chunk (
    batch_key ${text} not null,
    n integer not null,
    size integer not null,
    state ${text} not null,
    issued integer not null default 0,
    cancelled integer not null default 0,
    begun integer not null default 0,
    started bigint,
    settled bigint,
    tried integer,
    tries integer not null default 0,
    poisoned text,
    reason text,
    awards text,
    primary key (batch_key, n))`)
  await query(
    "create index badgewright_batch_awaiting on badgewright_batch_chunk (batch_key, n) where state = 'awaiting'",
  )
  await query(`create table badgewright_batch_failure (
    batch_key ${text} not null,
    idx bigint not null,
    kind ${text} not null,
    failure text not null,
    award text,
    primary key (batch_key, idx))`)
  // Which ids a submission has had: two of one are found without keeping them in memory. Gone once it is released.
  await query(`create table badgewright_batch_award (
    batch_key ${text} not null,
    award_id ${text} not null,
    digest ${text} not null,
    idx bigint not null,
    primary key (batch_key, award_id))${inIndex}`)
}
