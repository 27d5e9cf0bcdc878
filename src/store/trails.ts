/**
 * What happened to credentials, many at once: their trails, their states, and newer versions of them.
 *
 * @module
 */
import {
  type CredentialChange,
  type CredentialState,
  type RenewedEvent,
  stateAfter,
} from '../issue/credential-store.js'
import { outcomesOf } from '../status/outcome.js'
import type { StoreOutcome } from '../status/status-store.js'
import { storableKey } from '../status/storable-key.js'
import type { Database, Query, SqlValue } from './database.js'
import { given, LOOKED_UP_IN } from './given.js'
import { renewedMeanwhile, unknownCredential } from './memory-credential-store.js'
import { reasonColumn, trailOf } from './records.js'

/** How a credential stands while changes are applied to it. */
interface Standing {
  readonly awardId: string
  readonly copy: number
  readonly credentialId: string
  state: CredentialState
  revision: number
  /** The reason, of one that was not revoked before. */
  revoked?: { readonly reason: string | undefined }
  /** The columns of a newer version. */
  renewed?: { readonly record: string; readonly credential: string }
  /** That of the database. */
  readonly record: string
  readonly before: CredentialState
}

export function createTrails({ dialect, transaction }: Database) {
  const ids = given(dialect, '?1', { id: 'text' })
  const keys = given(dialect, '?1', { award_id: 'text', copy: 'integer', event_key: 'text' })
  const events = given(dialect, '?1', {
    award_id: 'text',
    copy: 'integer',
    kind: 'text',
    event_key: 'text',
    event: 'text',
  })
  const revoked = given(dialect, '?1', { credential_id: 'text', reason: 'text' })
  const states = given(dialect, '?1', { award_id: 'text', copy: 'integer', state: 'text' })
  const versions = given(dialect, '?1', {
    award_id: 'text',
    copy: 'integer',
    revision: 'integer',
    record: 'text',
    credential: 'text',
  })

  async function standings(query: Query, changes: readonly CredentialChange[]): Promise<Map<string, Standing>> {
    const wanted = [...new Set(changes.map(({ credentialId }) => credentialId))]
    const rows = await query(
      `select c.credential_id, c.award_id, c.copy, c.state, c.revision, c.record from ${ids.rows} g
       ${LOOKED_UP_IN[dialect]} badgewright_credential c on c.credential_id = g.id
       order by c.award_id, c.copy${dialect === 'postgres' ? ' for update of c' : ''}`,
      [ids.value(wanted.map((id) => [id]))],
    )
    return new Map(
      rows.map((row) => {
        const state = String(row.state) as CredentialState
        const [awardId, copy, record] = [String(row.award_id), Number(row.copy), String(row.record)]
        const credentialId = String(row.credential_id)
        return [
          credentialId,
          { awardId, copy, credentialId, state, before: state, revision: Number(row.revision), record },
        ]
      }),
    )
  }

  /** Those that are in a trail already. */
  async function toldKeys(query: Query, asked: readonly (readonly [string, number, string])[]): Promise<Set<string>> {
    if (asked.length === 0) return new Set()
    const rows = await query(
      `select e.award_id, e.copy, e.event_key from ${keys.rows} g
       ${LOOKED_UP_IN[dialect]} badgewright_event e on e.award_id = g.award_id and e.copy = g.copy and e.event_key = g.event_key`,
      [keys.value(asked)],
    )
    return new Set(
      rows.map(({ award_id, copy, event_key }) => nameOf(String(award_id), Number(copy), String(event_key))),
    )
  }

  async function apply(query: Query, changes: readonly CredentialChange[]): Promise<StoreOutcome<undefined>[]> {
    const known = await standings(
      query,
      changes.filter(({ credentialId }) => isStorable(credentialId)),
    )
    const told = await toldKeys(
      query,
      changes.flatMap(({ credentialId, key }) => {
        const standing = known.get(credentialId)
        return standing === undefined || !isStorable(key)
          ? []
          : [[standing.awardId, standing.copy, key as string] as const]
      }),
    )
    const added: SqlValue[][] = []
    const outcomes = outcomesOf(changes, ({ credentialId, event, key }): undefined => {
      const standing = known.get(credentialId)
      if (standing === undefined) throw unknownCredential()
      const { awardId, copy } = standing
      if (key !== undefined) {
        const name = nameOf(awardId, copy, storableKey(key, 'key'))
        if (told.has(name)) return
        if (event.kind === 'renewed') renew(standing, event)
        told.add(name)
      } else if (event.kind === 'renewed') renew(standing, event)
      if (event.kind === 'revoked' && standing.state !== 'revoked') standing.revoked = { reason: event.reason }
      standing.state = stateAfter(standing.state, event)
      added.push([awardId, copy, event.kind, key ?? null, JSON.stringify(trailOf(event))])
    })
    await write(query, added, [...known.values()])
    return outcomes
  }

  async function write(query: Query, added: readonly SqlValue[][], standings: readonly Standing[]): Promise<void> {
    if (added.length > 0)
      await query(
        `insert into badgewright_event (award_id, copy, kind, event_key, event)
         select g.award_id, g.copy, g.kind, g.event_key, g.event from ${events.rows} g order by g.n`,
        [events.value(added)],
      )
    const changed = standings.filter(({ state, before }) => state !== before)
    if (changed.length > 0)
      await query(
        `update badgewright_credential set state = g.state from ${states.rows} g where badgewright_credential.award_id = g.award_id and badgewright_credential.copy = g.copy`,
        [states.value(changed.map(({ awardId, copy, state }) => [awardId, copy, state]))],
      )
    const gone = standings.flatMap(({ credentialId, revoked }) =>
      revoked === undefined ? [] : [[credentialId, reasonColumn(revoked.reason)]],
    )
    if (gone.length > 0)
      await query(
        `insert into badgewright_revoked (credential_id, reason) select g.credential_id, g.reason from ${revoked.rows} g where true`,
        [revoked.value(gone)],
      )
    const renewed = standings.flatMap(({ awardId, copy, revision, renewed }) =>
      renewed === undefined ? [] : [[awardId, copy, revision, renewed.record, renewed.credential]],
    )
    if (renewed.length > 0)
      await query(
        `update badgewright_credential set revision = g.revision, record = g.record, credential = g.credential
         from ${versions.rows} g
         where badgewright_credential.award_id = g.award_id and badgewright_credential.copy = g.copy`,
        [versions.value(renewed)],
      )
  }

  return (changes: readonly CredentialChange[]) => transaction((query) => apply(query, changes))
}

/** The row is locked: what its revision is, it stays. */
function renew(standing: Standing, { revision, credential, status }: RenewedEvent): void {
  if (revision !== standing.revision) throw renewedMeanwhile()
  const record = standing.renewed?.record ?? standing.record
  standing.renewed = {
    record: status === undefined ? record : JSON.stringify({ ...(JSON.parse(record) as object), status }),
    credential: JSON.stringify(credential),
  }
  standing.revision++
}

const nameOf = (awardId: string, copy: number, key: string) => JSON.stringify([awardId, copy, key])
const isStorable = (id: unknown) => typeof id === 'string' && id !== '' && /^[^\0\p{Cs}]*$/u.test(id)
