/**
 * Stores of credentials and awards that live as long as the process: for tests, examples, and trying things out.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { type AwardStore, bareEvent } from '../issue/award-store.js'
import {
  type CredentialChange,
  type CredentialEvent,
  type CredentialKey,
  type CredentialQuery,
  type CredentialRecord,
  type CredentialStore,
  type CredentialSummary,
  erasedCredential,
  type ListPlace,
  type NewCredentialRecord,
  stateOf,
} from '../issue/credential-store.js'
import type { RevokedCredentials } from '../issue/revoked-credentials.js'
import { outcomesOf } from '../status/outcome.js'
import { storableKey } from '../status/storable-key.js'
import { createMemoryAwards } from './memory-awards.js'
import { trailOf } from './records.js'

/** What they answer with are copies. */
export function createMemoryCredentialStores(): {
  readonly credentials: CredentialStore & RevokedCredentials
  readonly awards: AwardStore
} {
  /** By award and copy. */
  const records = new Map<string, CredentialRecord>()
  /** By the id of the credential. */
  const names = new Map<string, string>()
  /** By the id of the credential, with the reason. */
  const gone = new Map<string, string | undefined>()
  /** Keys of events that are in a trail, by award and copy. */
  const told = new Map<string, Set<string>>()
  const awards = createMemoryAwards((awardId) => {
    for (const [name, record] of records)
      if (record.awardId === awardId) {
        if (gone.has(record.credentialId)) gone.set(record.credentialId, undefined)
        records.set(name, { ...erasedCredential(record), events: record.events.map(bareEvent) })
      }
  })

  function find(id: CredentialKey): CredentialRecord | undefined {
    const name = id.awardId === undefined ? names.get(id.credentialId) : placeName(id)
    return name === undefined ? undefined : records.get(name)
  }

  function put(record: NewCredentialRecord): CredentialRecord {
    const { awardId, credentialId } = record
    storableKey(awardId, 'awardId')
    storableKey(credentialId, 'credentialId')
    demandCopy(record)
    const name = placeName(record)
    const there = records.get(name)
    if (there !== undefined) return structuredClone(there)
    if (names.has(credentialId)) throw takenCredential()
    awards.demandOpen(record)
    const added: CredentialRecord = { ...structuredClone(record), revision: 0, events: [] }
    records.set(name, added)
    names.set(credentialId, name)
    awards.issued(record)
    return structuredClone(added)
  }

  function change({ credentialId, event, key }: CredentialChange): undefined {
    const record = find({ credentialId })
    if (record === undefined) throw unknownCredential()
    const name = placeName(record)
    const keys = told.get(name) ?? new Set()
    if (key !== undefined && keys.has(storableKey(key, 'key'))) return
    records.set(name, applied(record, structuredClone(event)))
    if (event.kind === 'revoked' && !gone.has(record.credentialId)) gone.set(record.credentialId, event.reason)
    if (key !== undefined) told.set(name, keys.add(key))
  }

  async function* list(query: CredentialQuery = {}, after?: string | ListPlace): AsyncGenerator<CredentialSummary> {
    const all = [...records.values()].filter((record) => isBehind(record, after)).sort(inOrder)
    for (const each of all) {
      const record = records.get(placeName(each))
      if (record === undefined || !isAskedFor(record, query)) continue
      const { credential: _, ...summary } = record
      yield structuredClone(summary)
    }
  }

  return {
    credentials: {
      put: async (records) => outcomesOf(records, put),
      get: async (ids) => ids.map((id) => structuredClone(find(id))),
      change: async (changes) => outcomesOf(changes, change),
      list,
      revokedVersion: async () =>
        `${gone.size} ${[...gone.values()].reduce((sum, reason) => sum + (reason === undefined ? 0 : 1), 0)}`,
      revoked: async function* () {
        yield [...gone].map(([id, reason]) => (reason === undefined ? { id } : { id, reason }))
      },
    },
    awards: awards.store,
  }
}

/** What a credential is known by, in a map. */
export const placeName = ({ awardId, copy = 0 }: ListPlace) => JSON.stringify([awardId, copy])

export function inOrder(one: ListPlace, other: ListPlace): number {
  if (one.awardId !== other.awardId) return one.awardId < other.awardId ? -1 : 1
  return (one.copy ?? 0) - (other.copy ?? 0)
}

function isBehind(record: ListPlace, after: string | ListPlace | undefined): boolean {
  if (after === undefined) return true
  return typeof after === 'string' ? record.awardId > after : inOrder(record, after) > 0
}

/** Copies that databases can number. */
export function demandCopy({ copy = 0 }: { readonly copy?: number }): void {
  if (!Number.isSafeInteger(copy) || copy < 0 || copy >= 2 ** 31)
    throw new StoreError('store.invalid_key', '"copy" is a whole number from 0 to 2147483647')
}

function isAskedFor(record: CredentialRecord, query: CredentialQuery): boolean {
  const { awardId, achievementId, state, personIndexes, issuedFrom, issuedBefore } = query
  return (
    (awardId === undefined || record.awardId === awardId) &&
    (personIndexes === undefined || personIndexes.includes(record.personIndex ?? '')) &&
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
