/**
 * CredentialStore over SQL: a record is a row, an event of its audit trail another, which nothing here ever changes or deletes.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import type { JsonObject } from '../internal/types.js'
import type {
  CredentialEvent,
  CredentialRecord,
  CredentialStore,
  NewCredentialRecord,
  RecordedEvent,
} from '../issue/credential-store.js'
import { type Database, guarded, type Query, type Row, storableKey } from './database.js'

/** Records in one answer of the database. */
const PAGE = 200

export function createSqlCredentialStore({ query, transaction }: Database): CredentialStore {
  const get = async (query: Query, column: 'award_id' | 'credential_id', id: string) => {
    const rows = await query(
      `select c.award_id, c.record, c.revision, e.event from badgewright_credential c
       left join badgewright_event e on e.award_id = c.award_id where c.${column} = ?1 order by e.n`,
      [id],
    )
    return readRecords(rows)[0]
  }

  async function* list(after?: string): AsyncGenerator<CredentialRecord> {
    let last = after ?? ''
    while (true) {
      const page = await guarded('list the credentials', async () =>
        readRecords(
          await query(
            `select c.award_id, c.record, c.revision, e.event
             from (select * from badgewright_credential where award_id > ?1 order by award_id limit ${PAGE}) c
             left join badgewright_event e on e.award_id = c.award_id order by c.award_id, e.n`,
            [last],
          ),
        ),
      )
      yield* page
      const end = page.at(-1)
      if (end === undefined) return
      last = end.awardId
    }
  }

  return {
    put: (record) =>
      guarded('record a credential', async () => {
        const { awardId, credentialId } = record
        storableKey(awardId, 'awardId')
        storableKey(credentialId, 'credentialId')
        const added = await query(
          `insert into badgewright_credential (award_id, credential_id, record) values (?1, ?2, ?3)
           on conflict (award_id) do nothing returning award_id`,
          [awardId, credentialId, JSON.stringify(record)],
        )
        if (added.length > 0) return { ...record, revision: 0, events: [] }
        const there = await get(query, 'award_id', awardId)
        if (there === undefined) throw new StoreError('store.failed', 'a record was there and is gone')
        return there
      }),
    get: (id) =>
      guarded('find a credential', () =>
        'awardId' in id ? get(query, 'award_id', id.awardId) : get(query, 'credential_id', id.credentialId),
      ),
    change: (credentialId, event) =>
      guarded('record what happened to a credential', () =>
        transaction(async (query) => {
          const [row] = await query(
            'select award_id, record, revision from badgewright_credential where credential_id = ?1',
            [credentialId],
          )
          if (row === undefined)
            throw new StoreError('store.unknown_credential', 'there is no credential with this id in the store')
          if (event.kind === 'renewed') await renew(query, row, event)
          await query('insert into badgewright_event (award_id, event) values (?1, ?2)', [
            String(row.award_id),
            JSON.stringify(trailOf(event)),
          ])
        }),
      ),
    list,
  }
}

async function renew(query: Query, row: Row, event: Extract<CredentialEvent, { kind: 'renewed' }>): Promise<void> {
  const { credential, status, revision } = event
  const record = JSON.parse(String(row.record)) as JsonObject
  const changed = await query(
    `update badgewright_credential set record = ?3, revision = revision + 1
     where award_id = ?1 and revision = ?2 returning award_id`,
    [
      String(row.award_id),
      revision,
      JSON.stringify({ ...record, credential, ...(status === undefined ? {} : { status }) }),
    ],
  )
  if (changed.length === 0)
    throw new StoreError('store.conflict', 'somebody else has renewed the credential meanwhile: read it again')
}

/** The credential itself stands in the record, once. */
export function trailOf(event: CredentialEvent): RecordedEvent {
  if (event.kind !== 'renewed') return event
  const { credential: _, status: __, ...rest } = event
  return { ...rest, revision: event.revision + 1 }
}

/** Rows come in the order of records, and of their events. */
function readRecords(rows: readonly Row[]): CredentialRecord[] {
  const byAward = new Map<string, { row: Row; events: RecordedEvent[] }>()
  for (const row of rows) {
    const id = String(row.award_id)
    const entry = byAward.get(id) ?? { row, events: [] }
    byAward.set(id, entry)
    if (typeof row.event === 'string') entry.events.push(readEvent(row.event))
  }
  return [...byAward.values()].map(({ row, events }) => {
    const record = JSON.parse(String(row.record)) as Omit<NewCredentialRecord, 'issuedAt'> & { issuedAt: string }
    return { ...record, issuedAt: new Date(record.issuedAt), revision: Number(row.revision), events }
  })
}

function readEvent(text: string): RecordedEvent {
  const event = JSON.parse(text) as RecordedEvent & { at: string | Date }
  return { ...event, at: new Date(event.at) }
}
