/**
 * A credential store that lives as long as the process: for tests, examples, and trying things out.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import {
  type CredentialChange,
  type CredentialEvent,
  type CredentialKey,
  type CredentialQuery,
  type CredentialRecord,
  type CredentialStore,
  type CredentialSummary,
  type NewCredentialRecord,
  stateOf,
} from '../issue/credential-store.js'
import { outcomesOf } from '../status/outcome.js'
import { storableKey } from '../status/storable-key.js'
import { trailOf } from './records.js'

/** What it answers with are copies. */
export function createMemoryCredentialStore(): CredentialStore {
  const byAward = new Map<string, CredentialRecord>()
  const awards = new Map<string, string>()
  /** Keys of events that are in a trail, by award. */
  const told = new Map<string, Set<string>>()

  function find(id: CredentialKey): CredentialRecord | undefined {
    const awardId = id.awardId ?? awards.get(id.credentialId)
    return awardId === undefined ? undefined : byAward.get(awardId)
  }

  function put(record: NewCredentialRecord): CredentialRecord {
    const { awardId, credentialId } = record
    storableKey(awardId, 'awardId')
    storableKey(credentialId, 'credentialId')
    const there = byAward.get(awardId)
    if (there !== undefined) return structuredClone(there)
    if (awards.has(credentialId)) throw takenCredential()
    const added: CredentialRecord = { ...structuredClone(record), revision: 0, events: [] }
    byAward.set(awardId, added)
    awards.set(credentialId, awardId)
    return structuredClone(added)
  }

  function change({ credentialId, event, key }: CredentialChange): undefined {
    const record = find({ credentialId })
    if (record === undefined) throw unknownCredential()
    const keys = told.get(record.awardId) ?? new Set()
    if (key !== undefined && keys.has(storableKey(key, 'key'))) return
    byAward.set(record.awardId, applied(record, structuredClone(event)))
    if (key !== undefined) told.set(record.awardId, keys.add(key))
  }

  async function* list(query: CredentialQuery = {}, after?: string): AsyncGenerator<CredentialSummary> {
    const ids = [...byAward.keys()].sort().filter((id) => after === undefined || id > after)
    for (const id of ids) {
      const record = byAward.get(id)
      if (record === undefined || !isAskedFor(record, query)) continue
      const { credential: _, ...summary } = record
      yield structuredClone(summary)
    }
  }

  return {
    put: async (records) => outcomesOf(records, put),
    get: async (ids) => ids.map((id) => structuredClone(find(id))),
    change: async (changes) => outcomesOf(changes, change),
    list,
  }
}

function isAskedFor(record: CredentialRecord, query: CredentialQuery): boolean {
  const { achievementId, state, issuedFrom, issuedBefore } = query
  return (
    (achievementId === undefined || record.achievementId === achievementId) &&
    (state === undefined || stateOf(record) === state) &&
    (issuedFrom === undefined || record.issuedAt >= issuedFrom) &&
    (issuedBefore === undefined || record.issuedAt < issuedBefore)
  )
}

function applied(record: CredentialRecord, event: CredentialEvent): CredentialRecord {
  const events = [...record.events, trailOf(event)]
  if (event.kind !== 'renewed') return { ...record, events }
  if (event.revision !== record.revision) throw renewedMeanwhile()
  const { credential, status = record.status } = event
  return { ...record, credential, status, revision: record.revision + 1, events }
}

export const takenCredential = () =>
  new StoreError('store.credential_taken', 'another award has a credential with this id already')
export const unknownCredential = () =>
  new StoreError('store.unknown_credential', 'there is no credential with this id in the store')
export const renewedMeanwhile = () =>
  new StoreError('store.conflict', 'somebody else has renewed the credential meanwhile: read it again')
