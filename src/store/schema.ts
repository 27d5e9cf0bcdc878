/**
 * The tables, by versions: a database of an older one is brought to this one when it is opened, in one transaction; one of a newer is
 * refused. A status entry is a row and not a bit of a packed column: a flip writes some bytes and not 16 KiB, two processes that flip
 * different entries do not wait for each other's bytes, and the primary key is the proof that no index is given out twice. `read`
 * packs the few that are set.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { type CredentialEvent, type NewCredentialRecord, stateOf } from '../issue/credential-store.js'
import { makeBatchTables } from './batch-tables.js'
import type { Database, Query } from './database.js'
import { makeJobTables } from './job-tables.js'
import { makeOutbox } from './outbox.js'
import { columnsOf, reasonColumn } from './records.js'
import { severalCredentials } from './schema-awards.js'

type Dialect = Database['dialect']
/** Brings the tables of the version before to its own. */
type Step = (query: Query, dialect: Dialect) => Promise<void>

/** Compared by bytes, in any locale of the server. */
const TEXT = { sqlite: 'text', postgres: 'text collate "C"' } as const
const SERIAL = {
  sqlite: 'integer primary key autoincrement',
  postgres: 'bigint generated always as identity primary key',
} as const
/** The rows stand in their index, and nowhere else. */
const WITHOUT_ROWID = { sqlite: ' without rowid', postgres: '' } as const
/** Rows that are migrated at a time. */
const PAGE = 500

/** Brings the tables to the version of this library. Throws StoreError `store.newer_schema`. */
export async function prepareTables({ dialect, transaction }: Database): Promise<void> {
  await transaction(async (query) => {
    // Two processes that start at once: "if not exists" alone is a race in PostgreSQL. The number is this library's own.
    if (dialect === 'postgres') await query('select pg_advisory_xact_lock(3009713250)')
    const there = await versionOf(query, dialect)
    if (there > STEPS.length)
      throw new StoreError(
        'store.newer_schema',
        `the tables are of version ${there}, and this copy of badgewright knows those up to ${STEPS.length}: update it`,
      )
    for (const step of STEPS.slice(there)) await step(query, dialect)
    if (there === STEPS.length) return
    await query('delete from badgewright_schema')
    await query('insert into badgewright_schema (version) values (?1)', [STEPS.length])
  })
}

/** 0: there are none yet. Version 0.1 of the library did not write down that its tables are version 1. */
async function versionOf(query: Query, dialect: Dialect): Promise<number> {
  await query('create table if not exists badgewright_schema (version integer not null)')
  const [row] = await query('select version from badgewright_schema')
  if (row !== undefined) return Number(row.version)
  const [old] = await query(
    dialect === 'sqlite'
      ? "select 1 as found from sqlite_master where type = 'table' and name = 'badgewright_status_list'"
      : "select 1 as found from pg_class where oid = to_regclass('badgewright_status_list')",
  )
  return old === undefined ? 0 : 1
}

/** What version 0.1 of the library made. */
const first: Step = async (query, dialect) => {
  const text = TEXT[dialect]
  await query(`create table badgewright_status_list (
    id ${text} primary key,
    purpose ${text} not null,
    seq integer not null,
    entries integer not null,
    capacity integer not null,
    status_size integer not null,
    allocated integer not null default 0,
    updated ${text} not null,
    unique (purpose, seq))`)
  await query(`create table badgewright_status_entry (
    list_id ${text} not null references badgewright_status_list (id),
    idx integer not null,
    purpose ${text} not null,
    award_key ${text} not null,
    value bigint not null default 0,
    primary key (list_id, idx),
    unique (purpose, award_key))`)
  await query('create index badgewright_status_set on badgewright_status_entry (list_id) where value <> 0')
  await query(`create table badgewright_credential (
    award_id ${text} primary key,
    credential_id ${text} not null unique,
    revision integer not null default 0,
    record text not null)`)
  await query(`create table badgewright_event (
    n ${SERIAL[dialect]},
    award_id ${text} not null references badgewright_credential (award_id),
    event text not null)`)
  await query('create index badgewright_event_award on badgewright_event (award_id)')
}

/** Leases of lists, the date of each flip, the badge apart from its record, what records are found by, and events once per key. */
const second: Step = async (query, dialect) => {
  const text = TEXT[dialect]
  const add = (table: string, column: string) => query(`alter table badgewright_${table} add column ${column}`)
  await add('status_list', `lessee ${text}`)
  await add('status_list', 'leased_until bigint not null default 0')
  await add('status_entry', `changed ${text}`)
  await query(
    'create index badgewright_status_changed on badgewright_status_entry (list_id, changed) where changed is not null',
  )
  await add('credential', 'credential text')
  await add('credential', `achievement_id ${text}`)
  await add('credential', `issued_at ${text}`)
  await add('credential', `state ${text} not null default 'active'`)
  await add('event', `kind ${text}`)
  await add('event', `event_key ${text}`)
  await fillCredentials(query)
  await fillEvents(query)
  await query(
    "create index badgewright_credential_state on badgewright_credential (state, award_id) where state <> 'active'",
  )
  await query('create index badgewright_credential_achievement on badgewright_credential (achievement_id, award_id)')
  await query('create index badgewright_credential_issued on badgewright_credential (issued_at)')
  await query(
    'create unique index badgewright_event_key on badgewright_event (award_id, event_key) where event_key is not null',
  )
  // A process of version 0.1 that still runs knows none of these columns: it is stopped here, and not let in with rows that no index finds.
  for (const [table, column] of [
    ['credential', 'credential'],
    ['event', 'kind'],
  ])
    if (dialect === 'postgres') await query(`alter table badgewright_${table} alter column ${column} set not null`)
    else
      await query(
        `create trigger badgewright_${table}_version before insert on badgewright_${table} when new.${column} is null
         begin select raise(abort, 'these tables are of a newer version of badgewright'); end`,
      )
}

/** What PostgreSQL does for each row: a third of its work. */
const third: Step = async (query, dialect) => {
  if (dialect === 'sqlite') return
  // It asked for the list with each entry, and for the record with each event. Both are locked when these are made, and stay for good.
  for (const [table, column] of [
    ['status_entry', 'list_id'],
    ['event', 'award_id'],
  ])
    await query(`alter table badgewright_${table} drop constraint if exists badgewright_${table}_${column}_fkey`)
  // Since PostgreSQL 14, where it was built with it.
  const [lz4] = await query(
    "select 1 as found from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals)",
  )
  if (lz4 !== undefined) await query('alter table badgewright_credential alter column credential set compression lz4')
}

const awards: Step = (query, dialect) => severalCredentials(query, dialect, TEXT[dialect], SERIAL[dialect])

/** What a list of the revoked is made of: else each reader of it would have every trail read. */
const revokedOnes: Step = async (query, dialect) => {
  const text = TEXT[dialect]
  await query(
    `create table badgewright_revoked (credential_id ${text} primary key, reason text)${WITHOUT_ROWID[dialect]}`,
  )
  await fillRevoked(query)
}

/** The place of a step is the version that it makes, less one. */
const STEPS: readonly Step[] = [first, second, third, makeJobTables, awards, revokedOnes, makeOutbox, makeBatchTables]

async function fillCredentials(query: Query): Promise<void> {
  for (let last = ''; ; ) {
    const rows = await query(
      `select award_id, record from badgewright_credential where award_id > ?1 order by award_id limit ${PAGE}`,
      [last],
    )
    for (const row of rows) {
      last = String(row.award_id)
      const old = JSON.parse(String(row.record)) as Omit<NewCredentialRecord, 'issuedAt'> & { issuedAt: string }
      const { record, credential } = columnsOf(old as unknown as NewCredentialRecord)
      await query(
        'update badgewright_credential set record = ?2, credential = ?3, achievement_id = ?4, issued_at = ?5 where award_id = ?1',
        [last, record, credential, String(old.achievementId).replace(/[\0\p{Cs}]/gu, '\uFFFD'), old.issuedAt],
      )
    }
    if (rows.length < PAGE) return
  }
}

async function fillEvents(query: Query): Promise<void> {
  for (let last = ''; ; ) {
    const awards = await query(
      `select distinct award_id from badgewright_event where award_id > ?1 order by award_id limit ${PAGE}`,
      [last],
    )
    for (const { award_id } of awards) {
      last = String(award_id)
      const rows = await query('select n, event from badgewright_event where award_id = ?1 order by n', [last])
      const events = rows.map(({ event }) => JSON.parse(String(event)) as CredentialEvent)
      for (const [at, { n }] of rows.entries())
        await query('update badgewright_event set kind = ?2 where n = ?1', [String(n), String(events[at]?.kind)])
      await query('update badgewright_credential set state = ?2 where award_id = ?1', [
        last,
        stateOf({ events: events as never }),
      ])
    }
    if (awards.length < PAGE) return
  }
}

async function fillRevoked(query: Query): Promise<void> {
  for (let last = ''; ; ) {
    const rows = await query(
      `select award_id, copy, credential_id from badgewright_credential
       where state = 'revoked' and credential_id > ?1 order by credential_id limit ${PAGE}`,
      [last],
    )
    for (const { award_id, copy, credential_id } of rows) {
      last = String(credential_id)
      const [event] = await query(
        "select event from badgewright_event where award_id = ?1 and copy = ?2 and kind = 'revoked' order by n limit 1",
        [String(award_id), Number(copy)],
      )
      const { reason } = JSON.parse(String(event?.event ?? '{}')) as { reason?: string }
      await query('insert into badgewright_revoked (credential_id, reason) values (?1, ?2)', [
        last,
        reasonColumn(reason),
      ])
    }
    if (rows.length < PAGE) return
  }
}
