/**
 * StoreBackup over SQL.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { type Database, guarded, type Query, type Row, type Snapshot } from './database.js'
import { BACKUP_READERS, type BackupKind, backupColumns } from './sql-backup-rows.js'
import { createBackupWriter } from './sql-backup-write.js'
import type { BackupCounts, BackupRow, StoreBackup } from './store-backup.js'

/** Rows in one answer of the database. Badges are large. */
const PAGES = { list: 1000, entry: 1000, award: 200, credential: 200 } as const

export function createSqlBackup(database: Database): StoreBackup {
  const { dialect, transaction } = database
  const columns = backupColumns(dialect)
  const writeAll = createBackupWriter(dialect)

  /** The values of the last row stand at `?1` and `?2`. */
  const pages: readonly (readonly [BackupKind, string, (last: Row | undefined) => (string | number)[]])[] = [
    [
      'list',
      `badgewright_status_list l where (l.purpose, l.seq) > (?1, cast(?2 as integer)) order by l.purpose, l.seq`,
      (last) => [String(last?.purpose ?? ''), Number(last?.seq ?? 0)],
    ],
    [
      'entry',
      `badgewright_status_entry e where (e.list_id, e.idx) > (?1, cast(?2 as integer)) order by e.list_id, e.idx`,
      (last) => [String(last?.list_id ?? ''), Number(last?.idx ?? -1)],
    ],
    [
      'award',
      'badgewright_award a where a.award_id > ?1 order by a.award_id',
      (last) => [String(last?.award_id ?? '')],
    ],
    [
      'credential',
      `badgewright_credential c where (c.award_id, c.copy) > (?1, cast(?2 as integer)) order by c.award_id, c.copy`,
      (last) => [String(last?.award_id ?? ''), Number(last?.copy ?? -1)],
    ],
  ]

  async function* read(): AsyncGenerator<readonly BackupRow[]> {
    const snapshot = await guarded('begin a backup', () => database.snapshot())
    if (!snapshot.isExclusive) {
      yield* pagesOf(snapshot)
      return
    }
    // Nobody is kept waiting for a consumer, who may ask the same stores. What is in memory once has room there twice.
    const all: (readonly BackupRow[])[] = []
    for await (const page of pagesOf(snapshot)) all.push(page)
    yield* all
  }

  async function* pagesOf(snapshot: Snapshot): AsyncGenerator<readonly BackupRow[]> {
    try {
      for (const [kind, from, valuesAfter] of pages)
        for (let last: Row | undefined; ; ) {
          const rows: readonly Row[] = await guarded('read a backup', () =>
            snapshot.query(`select ${columns[kind]} from ${from} limit ${PAGES[kind]}`, valuesAfter(last)),
          )
          if (rows.length > 0) yield rows.map(BACKUP_READERS[kind])
          last = rows.at(-1)
          if (rows.length < PAGES[kind]) break
        }
    } finally {
      await snapshot.close()
    }
  }

  return {
    read,
    begin: (id) => guarded('begin to restore', () => transaction((query) => begin(query, dialect, id))),
    write: (rows) => guarded('restore', () => transaction((query) => writeAll(query, rows))),
    end: (counts) => guarded('end the restoring', () => transaction((query) => end(query, counts))),
  }
}

const TABLES = ['status_list', 'status_entry', 'award', 'credential', 'event'] as const

async function begin(query: Query, dialect: Database['dialect'], id: string): Promise<void> {
  // Two that begin at once: the number is this library's own, and not that of the tables.
  if (dialect === 'postgres') await query('select pg_advisory_xact_lock(3009713251)')
  await query('create table if not exists badgewright_import (id text not null, ended integer not null default 0)')
  const [begun] = await query('select id from badgewright_import')
  if (begun?.id === id) return
  for (const table of TABLES) {
    const [row] = await query(`select 1 as found from badgewright_${table} limit 1`)
    if (row !== undefined)
      throw new StoreError(
        'store.not_empty',
        begun === undefined
          ? 'the store holds what did not come from this export: restore into an empty one'
          : 'another export was restored here, or begun: go on with that one, or take an empty store',
      )
  }
  await query('delete from badgewright_import')
  await query('insert into badgewright_import (id) values (?1)', [id])
}

async function end(query: Query, counts: BackupCounts): Promise<void> {
  const [there] = await query(
    `select (select count(*) from badgewright_status_list) as lists, (select count(*) from badgewright_status_entry) as entries,
       (select count(*) from badgewright_award) as awards, (select count(*) from badgewright_credential) as credentials`,
  )
  for (const name of ['lists', 'entries', 'awards', 'credentials'] as const)
    if (Number(there?.[name]) !== counts[name])
      throw new StoreError(
        'store.conflict',
        `the store holds ${there?.[name]} ${name}, and the export ${counts[name]}: somebody else wrote into it`,
      )
  const [begun] = await query('select ended from badgewright_import')
  if (Number(begun?.ended) === 1) return
  await query(
    `update badgewright_status_list set allocated =
       (select count(*) from badgewright_status_entry e where e.list_id = badgewright_status_list.id)`,
  )
  await query('update badgewright_import set ended = 1')
}
