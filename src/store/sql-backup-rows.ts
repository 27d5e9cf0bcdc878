/**
 * Rows of a backup as they stand in the tables.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import type { StatusPurpose } from '../model/types.js'
import type { Database, Row } from './database.js'
import { OF_AWARD } from './schema-awards.js'
import type { BackupEvent, BackupRow } from './store-backup.js'

export type BackupKind = BackupRow['kind']

const trail = (dialect: Database['dialect'], where: string) =>
  dialect === 'sqlite'
    ? `(select json_group_array(json_array(event, event_key)) from
       (select e.event, e.event_key from badgewright_event e where ${where} order by e.n))`
    : `(select cast(json_agg(json_build_array(e.event, e.event_key) order by e.n) as text) from badgewright_event e where ${where})`

/** What is asked for of each kind, without its condition. */
export function backupColumns(dialect: Database['dialect']): Readonly<Record<BackupKind, string>> {
  return {
    list: 'l.id, l.purpose, l.seq, l.entries, l.capacity, l.status_size, l.updated',
    entry: 'e.list_id, e.idx, e.award_key, e.value, e.changed',
    award: `a.award_id, a.record, a.revision, a.content, ${trail(dialect, `e.award_id = a.award_id and e.copy = ${OF_AWARD}`)} as events`,
    credential: `c.award_id, c.copy, c.record, c.revision, c.credential,
      ${trail(dialect, 'e.award_id = c.award_id and e.copy = c.copy')} as events`,
  }
}

export const BACKUP_READERS: Readonly<Record<BackupKind, (row: Row) => BackupRow>> = {
  list: ({ id, purpose, seq, entries, capacity, status_size, updated }) => ({
    kind: 'list',
    id: String(id),
    purpose: String(purpose) as StatusPurpose,
    seq: Number(seq),
    entries: Number(entries),
    capacity: Number(capacity),
    statusSize: Number(status_size),
    updated: String(updated),
  }),
  entry: ({ list_id, idx, award_key, value, changed }) => ({
    kind: 'entry',
    listId: String(list_id),
    index: Number(idx),
    key: String(award_key),
    value: Number(value),
    ...(changed === null ? {} : { changed: String(changed) }),
  }),
  award: ({ record, revision, content, events }) => ({
    kind: 'award',
    revision: Number(revision),
    record: JSON.parse(String(record)) as JsonObject,
    ...(content === null ? {} : { content: JSON.parse(String(content)) as Json }),
    events: readEvents(events),
  }),
  credential: ({ record, revision, credential, events }) => ({
    kind: 'credential',
    revision: Number(revision),
    record: JSON.parse(String(record)) as JsonObject,
    credential: JSON.parse(String(credential)) as Json,
    events: readEvents(events),
  }),
}

function readEvents(events: unknown): BackupEvent[] {
  if (typeof events !== 'string') return []
  return (JSON.parse(events) as [string, string | null][]).map(([event, key]) => ({
    event: JSON.parse(event) as JsonObject,
    ...(key === null ? {} : { key }),
  }))
}
