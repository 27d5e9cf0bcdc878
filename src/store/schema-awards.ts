/**
 * The tables of awards, and several credentials under one: a step of the schema.
 *
 * @module
 */
import type { Database, Query } from './database.js'

/** In the trail of the award itself. */
export const OF_AWARD = -1

/**
 * A credential is known by its award and a number, events are of one of them, people are found by an index, and awards have a table of
 * their own. SQLite cannot give a table another primary key: there the tables are made again, which takes as much disk once more while
 * it goes on.
 */
export async function severalCredentials(
  query: Query,
  dialect: Database['dialect'],
  text: string,
  serial: string,
): Promise<void> {
  if (dialect === 'postgres') await renumberPostgres(query)
  else await renumberSqlite(query, text, serial)
  await query(
    'create index badgewright_credential_person on badgewright_credential (person_index, award_id) where person_index is not null',
  )
  await query('create index badgewright_event_award on badgewright_event (award_id, copy)')
  await query(
    'create unique index badgewright_event_key on badgewright_event (award_id, copy, event_key) where event_key is not null',
  )
  await query(`create table badgewright_award (
    award_id ${text} primary key,
    revision integer not null default 0,
    state ${text} not null,
    achievement_id ${text} not null,
    person_index ${text},
    unsent integer not null default 0,
    record text not null,
    content text)`)
  await query('create index badgewright_award_state on badgewright_award (state, award_id)')
  await query('create index badgewright_award_achievement on badgewright_award (achievement_id, award_id)')
  await query(
    'create index badgewright_award_person on badgewright_award (person_index, award_id) where person_index is not null',
  )
  await query('create index badgewright_award_unsent on badgewright_award (award_id) where unsent = 1')
}

/** Without a default afterwards: a process of an older version, which knows nothing of what is closed or erased, records nothing more. */
async function renumberPostgres(query: Query): Promise<void> {
  for (const table of ['credential', 'event']) {
    await query(`alter table badgewright_${table} add column copy integer not null default 0`)
    await query(`alter table badgewright_${table} alter column copy drop default`)
  }
  await query('alter table badgewright_credential add column person_index text collate "C"')
  const [key] = await query(
    "select conname from pg_constraint where conrelid = to_regclass('badgewright_credential') and contype = 'p'",
  )
  await query(`alter table badgewright_credential drop constraint "${String(key?.conname)}"`)
  await query('alter table badgewright_credential add primary key (award_id, copy)')
  await query('drop index badgewright_event_award')
  await query('drop index badgewright_event_key')
}

async function renumberSqlite(query: Query, text: string, serial: string): Promise<void> {
  await query('alter table badgewright_event rename to badgewright_event_old')
  await query(`create table badgewright_event (
    n ${serial},
    award_id ${text} not null,
    copy integer not null,
    kind ${text} not null,
    event_key ${text},
    event text not null)`)
  await query(`insert into badgewright_event (n, award_id, copy, kind, event_key, event)
    select n, award_id, 0, kind, event_key, event from badgewright_event_old order by n`)
  await query('drop table badgewright_event_old')
  await query('alter table badgewright_credential rename to badgewright_credential_old')
  await query(`create table badgewright_credential (
    award_id ${text} not null,
    copy integer not null,
    credential_id ${text} not null unique,
    revision integer not null default 0,
    record text not null,
    credential text not null,
    achievement_id ${text},
    issued_at ${text},
    state ${text} not null default 'active',
    person_index ${text},
    primary key (award_id, copy))`)
  await query(`insert into badgewright_credential
      (award_id, copy, credential_id, revision, record, credential, achievement_id, issued_at, state)
    select award_id, 0, credential_id, revision, record, credential, achievement_id, issued_at, state
    from badgewright_credential_old order by rowid`)
  await query('drop table badgewright_credential_old')
  await query(
    "create index badgewright_credential_state on badgewright_credential (state, award_id) where state <> 'active'",
  )
  await query('create index badgewright_credential_achievement on badgewright_credential (achievement_id, award_id)')
  await query('create index badgewright_credential_issued on badgewright_credential (issued_at)')
}
