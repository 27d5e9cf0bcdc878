/**
 * The tables. A status entry is a row and not a bit of a packed column: a flip writes some bytes and not 16 KiB, two processes
 * that flip different entries do not wait for each other's bytes, and the primary key is the proof that no index is given out
 * twice. `read` packs the few that are set.
 *
 * @module
 */
import type { Database } from './database.js'

/** Compared by bytes, in any locale of the server. */
const TEXT = { sqlite: 'text', postgres: 'text collate "C"' } as const
const SERIAL = {
  sqlite: 'integer primary key autoincrement',
  postgres: 'bigint generated always as identity primary key',
} as const

/** Creates what is missing; what is there stays. */
export async function createTables({ dialect, transaction }: Database): Promise<void> {
  const text = TEXT[dialect]
  await transaction(async (query) => {
    // Two processes that start at once: "if not exists" alone is a race in PostgreSQL. The number is this library's own.
    if (dialect === 'postgres') await query('select pg_advisory_xact_lock(3009713250)')
    await query(`create table if not exists badgewright_status_list (
      id ${text} primary key,
      purpose ${text} not null,
      seq integer not null,
      entries integer not null,
      capacity integer not null,
      status_size integer not null,
      allocated integer not null default 0,
      updated ${text} not null,
      unique (purpose, seq))`)
    await query(`create table if not exists badgewright_status_entry (
      list_id ${text} not null references badgewright_status_list (id),
      idx integer not null,
      purpose ${text} not null,
      award_key ${text} not null,
      value bigint not null default 0,
      primary key (list_id, idx),
      unique (purpose, award_key))`)
    await query(
      'create index if not exists badgewright_status_set on badgewright_status_entry (list_id) where value <> 0',
    )
    await query(`create table if not exists badgewright_credential (
      award_id ${text} primary key,
      credential_id ${text} not null unique,
      revision integer not null default 0,
      record text not null)`)
    await query(`create table if not exists badgewright_event (
      n ${SERIAL[dialect]},
      award_id ${text} not null references badgewright_credential (award_id),
      event text not null)`)
    await query('create index if not exists badgewright_event_award on badgewright_event (award_id)')
  })
}
