/**
 * Takes a person out of the tables of credentials, in the transaction in which their award is erased.
 *
 * @module
 */
import { bareEvent } from '../issue/award-store.js'
import { type CredentialSummary, erasedCredential } from '../issue/credential-store.js'
import type { Database, Query, SqlValue } from './database.js'
import { given, LOOKED_UP_IN } from './given.js'

/** Attempts while other processes read. */
const ATTEMPTS = 20

/**
 * SQLite's log of writes has the pages as they were: what is in it is put into its place, and the log cut off. Where others read all the
 * while, the bytes stay in it until it is written anew or the last process closes the file. PostgreSQL needs a VACUUM of its own.
 */
export async function emptyLog({ dialect, query }: Database): Promise<void> {
  if (dialect !== 'sqlite') return
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const [told] = await query('pragma wal_checkpoint(truncate)')
    if (Number(told?.busy) === 0) return
  }
}

/** The award's own row is written already. */
export function createErasing(dialect: Database['dialect']) {
  const ids = given(dialect, '?1', { id: 'text' })
  const records = given(dialect, '?1', { award_id: 'text', copy: 'integer', revision: 'integer', record: 'text' })
  const events = given(dialect, '?1', { serial: 'bigint', event: 'text' })
  const lock = (table: string) => (dialect === 'postgres' ? ` for update of ${table}` : '')

  return async (query: Query, awardIds: readonly string[]): Promise<void> => {
    const wanted = ids.value(awardIds.map((id) => [id]))
    const rows = await query(
      `select c.award_id, c.copy, c.credential_id, c.revision, c.record from ${ids.rows} g
       ${LOOKED_UP_IN[dialect]} badgewright_credential c on c.award_id = g.id order by c.award_id, c.copy${lock('c')}`,
      [wanted],
    )
    const erased = rows.map(({ award_id, copy, revision, record }): SqlValue[] => {
      const old = JSON.parse(String(record)) as Omit<CredentialSummary, 'events'>
      const { revision: next, ...rest } = erasedCredential({ ...old, revision: Number(revision) })
      return [String(award_id), Number(copy), next, JSON.stringify(rest)]
    })
    if (erased.length > 0)
      await query(
        `update badgewright_credential set revision = g.revision, record = g.record, credential = 'null', person_index = null
         from ${records.rows} g where badgewright_credential.award_id = g.award_id and badgewright_credential.copy = g.copy`,
        [records.value(erased)],
      )
    if (rows.length > 0)
      await query(
        `update badgewright_revoked set reason = null from ${ids.rows} g where badgewright_revoked.credential_id = g.id`,
        [ids.value(rows.map(({ credential_id }) => [String(credential_id)]))],
      )
    const trails = await query(
      `select e.n, e.event from ${ids.rows} g ${LOOKED_UP_IN[dialect]} badgewright_event e on e.award_id = g.id`,
      [wanted],
    )
    if (trails.length === 0) return
    await query(
      `update badgewright_event set event = g.event from ${events.rows} g where badgewright_event.n = g.serial`,
      [events.value(trails.map(({ n, event }) => [String(n), JSON.stringify(bareEvent(JSON.parse(String(event))))]))],
    )
  }
}
