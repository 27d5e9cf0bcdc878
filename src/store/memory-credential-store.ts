/**
 * A credential store that lives as long as the process: for tests, examples, and trying things out.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import type { CredentialEvent, CredentialRecord, CredentialStore } from '../issue/credential-store.js'
import { storableKey } from './database.js'
import { trailOf } from './sql-credential-store.js'

/** What it answers with are copies. */
export function createMemoryCredentialStore(): CredentialStore {
  const byAward = new Map<string, CredentialRecord>()
  const awards = new Map<string, string>()
  const find = (id: { awardId: string } | { credentialId: string }) => {
    const awardId = 'awardId' in id ? id.awardId : awards.get(id.credentialId)
    return awardId === undefined ? undefined : byAward.get(awardId)
  }

  async function* list(after?: string): AsyncGenerator<CredentialRecord> {
    const ids = [...byAward.keys()].sort().filter((id) => after === undefined || id > after)
    for (const id of ids) {
      const record = byAward.get(id)
      if (record !== undefined) yield structuredClone(record)
    }
  }

  return {
    put: async (record) => {
      const { awardId, credentialId } = record
      storableKey(awardId, 'awardId')
      storableKey(credentialId, 'credentialId')
      const there = byAward.get(awardId)
      if (there !== undefined) return structuredClone(there)
      if (awards.has(credentialId))
        throw new StoreError('store.failed', 'another award has a credential with this id already')
      const added: CredentialRecord = { ...structuredClone(record), revision: 0, events: [] }
      byAward.set(awardId, added)
      awards.set(credentialId, awardId)
      return structuredClone(added)
    },
    get: async (id) => structuredClone(find(id)),
    change: async (credentialId, event) => {
      const record = find({ credentialId })
      if (record === undefined)
        throw new StoreError('store.unknown_credential', 'there is no credential with this id in the store')
      byAward.set(record.awardId, applied(record, structuredClone(event)))
    },
    list,
  }
}

function applied(record: CredentialRecord, event: CredentialEvent): CredentialRecord {
  const events = [...record.events, trailOf(event)]
  if (event.kind !== 'renewed') return { ...record, events }
  if (event.revision !== record.revision)
    throw new StoreError('store.conflict', 'somebody else has renewed the credential meanwhile: read it again')
  const { credential, status = record.status } = event
  return { ...record, credential, status, revision: record.revision + 1, events }
}
