/**
 * Rows of a backup, put into the tables: those that are not there yet.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import type { JsonObject } from '../internal/types.js'
import type { CredentialRecord } from '../issue/credential-store.js'
import { stateOf } from '../issue/credential-store.js'
import { reasonOf } from '../issue/revoked-credentials.js'
import type { Database, Query, Row, SqlValue } from './database.js'
import { type ColumnType, given, LOOKED_UP_IN } from './given.js'
import { reasonColumn, storableText } from './records.js'
import { OF_AWARD } from './schema-awards.js'
import { BACKUP_READERS, type BackupKind, backupColumns } from './sql-backup-rows.js'
import type { BackupAward, BackupCredential, BackupEntry, BackupEvent, BackupList, BackupRow } from './store-backup.js'

/** Answers the columns of the key of each row that was not there. */
type Insert = (query: Query, values: readonly SqlValue[][]) => Promise<readonly Row[]>

interface Table {
  /** Beginning with those that a row is known by. */
  readonly columns: Readonly<Record<string, ColumnType>>
  /** How many of them that are. */
  readonly known: number
  /** Its name, and the short one that `backupColumns` has. */
  readonly name: string
  readonly as: string
  valuesOf(row: BackupRow): SqlValue[]
}

export function createBackupWriter(dialect: Database['dialect']) {
  const tables: Readonly<Record<BackupKind, Table>> = {
    list: {
      name: 'badgewright_status_list',
      as: 'l',
      known: 1,
      columns: {
        id: 'text',
        purpose: 'text',
        seq: 'integer',
        entries: 'integer',
        capacity: 'integer',
        status_size: 'integer',
        updated: 'text',
      },
      valuesOf: (row) => {
        const { id, purpose, seq, entries, capacity, statusSize, updated } = row as BackupList
        return [id, purpose, seq, entries, capacity, statusSize, updated]
      },
    },
    entry: {
      name: 'badgewright_status_entry',
      as: 'e',
      known: 2,
      columns: { list_id: 'text', idx: 'integer', award_key: 'text', value: 'bigint', changed: 'text' },
      valuesOf: (row) => {
        const { listId, index, key, value, changed = null } = row as BackupEntry
        return [listId, index, key, value, changed]
      },
    },
    award: {
      name: 'badgewright_award',
      as: 'a',
      known: 1,
      columns: {
        award_id: 'text',
        revision: 'integer',
        state: 'text',
        achievement_id: 'text',
        person_index: 'text',
        unsent: 'integer',
        record: 'text',
        content: 'text',
      },
      valuesOf: (row) => {
        const { record, revision, content } = row as BackupAward
        return [
          String(record.awardId),
          revision,
          String(record.state),
          storableText(String(record.achievementId)),
          personOf(record),
          record.address === undefined ? 0 : 1,
          JSON.stringify(record),
          content === undefined ? null : JSON.stringify(content),
        ]
      },
    },
    credential: {
      name: 'badgewright_credential',
      as: 'c',
      known: 2,
      columns: {
        award_id: 'text',
        copy: 'integer',
        credential_id: 'text',
        revision: 'integer',
        record: 'text',
        credential: 'text',
        achievement_id: 'text',
        issued_at: 'text',
        state: 'text',
        person_index: 'text',
      },
      valuesOf: (row) => {
        const { record, revision, credential, events } = row as BackupCredential
        return [
          String(record.awardId),
          Number(record.copy ?? 0),
          String(record.credentialId),
          revision,
          JSON.stringify(record),
          JSON.stringify(credential),
          storableText(String(record.achievementId)),
          String(record.issuedAt),
          stateOf(trailOf(events)),
          personOf(record),
        ]
      },
    },
  }
  const selected = backupColumns(dialect)
  const events = given(dialect, '?1', {
    award_id: 'text',
    copy: 'integer',
    kind: 'text',
    event_key: 'text',
    event: 'text',
  })
  const ids = given(dialect, '?1', { id: 'text' })
  const revoked = given(dialect, '?1', { credential_id: 'text', reason: 'text' })

  function inserting(kind: BackupKind): Insert {
    const { name, columns, known } = tables[kind]
    const rows = given(dialect, '?1', columns)
    const names = Object.keys(columns)
    const keys = names.slice(0, known).join(', ')
    const own = names.map((column) => `g.${column}`).join(', ')
    const text = {
      // Full until all is there: nobody takes an entry that a later row has.
      list: `insert into ${name} (${names.join(', ')}, allocated) select ${own}, g.capacity from ${rows.rows} g where true`,
      // Of a list that is there, within it.
      entry: `insert into ${name} (${names.join(', ')}, purpose) select ${own}, l.purpose from ${rows.rows} g
        ${LOOKED_UP_IN[dialect]} badgewright_status_list l on l.id = g.list_id and g.idx >= 0 and g.idx < l.entries where true`,
      award: `insert into ${name} (${names.join(', ')}) select ${own} from ${rows.rows} g where true`,
      credential: `insert into ${name} (${names.join(', ')}) select ${own} from ${rows.rows} g where true`,
    }[kind]
    const statement = `${text} order by ${names
      .slice(0, known)
      .map((key) => `g.${key}`)
      .join(', ')} on conflict do nothing returning ${keys}`
    return (query, values) => query(statement, [rows.value(values)])
  }
  const inserts = {
    list: inserting('list'),
    entry: inserting('entry'),
    award: inserting('award'),
    credential: inserting('credential'),
  }

  /** What stands in the place of rows. */
  async function find(query: Query, kind: BackupKind, rows: readonly BackupRow[]): Promise<ReadonlySet<string>> {
    const { name, as, known, columns, valuesOf } = tables[kind]
    const keys = Object.entries(columns).slice(0, known)
    const wanted = given(dialect, '?1', Object.fromEntries(keys))
    const there = await query(
      `select ${selected[kind]} from ${wanted.rows} g ${LOOKED_UP_IN[dialect]} ${name} ${as}
       on ${keys.map(([key]) => `${as}.${key} = g.${key}`).join(' and ')}`,
      [wanted.value(rows.map((row) => valuesOf(row).slice(0, known)))],
    )
    return new Set(there.map((row) => JSON.stringify(BACKUP_READERS[kind](row))))
  }

  async function insert(query: Query, kind: BackupKind, rows: readonly BackupRow[]): Promise<readonly BackupRow[]> {
    const { known, columns, valuesOf } = tables[kind]
    const keys = Object.keys(columns).slice(0, known)
    const inserted = await inserts[kind](query, rows.map(valuesOf))
    const left = new Set(inserted.map((row) => keys.map((key) => String(row[key])).join('\0')))
    const nameOf = (row: BackupRow) => valuesOf(row).slice(0, known).join('\0')
    // Of one that was given twice the first is new.
    const added = rows.filter((row) => left.delete(nameOf(row)))
    const isNew = new Set(added)
    const others = rows.filter((row) => !isNew.has(row))
    const there = others.length === 0 ? new Set() : await find(query, kind, others)
    for (const row of others)
      if (!there.has(JSON.stringify(row)))
        throw new StoreError(
          'store.conflict',
          `something else stands in the place of ${kind} ${valuesOf(row).slice(0, known).join(' ')}`,
        )
    return added
  }

  async function insertTrails(query: Query, rows: readonly (BackupAward | BackupCredential)[]): Promise<void> {
    const trails = rows.flatMap((row) => {
      const { record, events } = row
      const copy = row.kind === 'award' ? OF_AWARD : Number(record.copy ?? 0)
      return events.map(({ event, key = null }): SqlValue[] => [
        String(record.awardId),
        copy,
        String(event.kind),
        key,
        JSON.stringify(event),
      ])
    })
    if (trails.length > 0)
      await query(
        `insert into badgewright_event (award_id, copy, kind, event_key, event)
         select g.award_id, g.copy, g.kind, g.event_key, g.event from ${events.rows} g order by g.n`,
        [events.value(trails)],
      )
    const gone = rows.flatMap((row): SqlValue[][] => {
      const trail = trailOf(row.events)
      if (row.kind === 'award' || stateOf(trail) !== 'revoked') return []
      return [[String(row.record.credentialId), reasonColumn(reasonOf(trail))]]
    })
    // An outbox that is open has written all of it down, as if it had happened now: it was told long ago.
    if (rows.length > 0)
      await query(`delete from badgewright_outbox where award_id in (select g.id from ${ids.rows} g)`, [
        ids.value(rows.map(({ record }) => [String(record.awardId)])),
      ])
    if (gone.length > 0)
      await query(
        `insert into badgewright_revoked (credential_id, reason) select g.credential_id, g.reason from ${revoked.rows} g where true`,
        [revoked.value(gone)],
      )
  }

  return async (query: Query, rows: readonly BackupRow[]): Promise<void> => {
    for (const kind of ['list', 'entry', 'award', 'credential'] as const) {
      const own = rows.filter((row) => row.kind === kind)
      const added = own.length === 0 ? [] : await insert(query, kind, own)
      await insertTrails(
        query,
        added.filter((row) => row.kind === 'award' || row.kind === 'credential'),
      )
    }
  }
}

const personOf = ({ personIndex }: JsonObject): string | null =>
  personIndex === undefined ? null : storableText(String(personIndex))

const trailOf = (events: readonly BackupEvent[]) =>
  ({ events: events.map(({ event }) => event) }) as unknown as Pick<CredentialRecord, 'events'>
