/**
 * Stores asked for one at a time, and back: for tests of what becomes of one, and of stores that are broken in one.
 *
 * @module
 */
import type {
  CredentialEvent,
  CredentialKey,
  CredentialQuery,
  CredentialRecord,
  CredentialStore,
  CredentialSummary,
  EntryRequest,
  ListPlace,
  NewCredentialRecord,
  StatusEntryPlace,
  StatusStore,
  StoreOutcome,
} from '../../src/entries/index.js'
import { StoreError } from '../../src/entries/index.js'
import { onlyValue } from '../../src/status/outcome.js'

export interface SingleStatus extends Pick<StatusStore, 'read' | 'lists'> {
  allocate(request: EntryRequest): Promise<StatusEntryPlace>
  set(listId: string, index: number, value: number): Promise<void>
}

export interface SingleCredentials {
  put(record: NewCredentialRecord): Promise<CredentialRecord>
  get(id: CredentialKey): Promise<CredentialRecord | undefined>
  change(credentialId: string, event: CredentialEvent, key?: string): Promise<void>
  list(query?: CredentialQuery, after?: string | ListPlace): AsyncIterable<CredentialSummary>
}

export function singleStatus(store: StatusStore): SingleStatus {
  return {
    allocate: (request) => onlyValue(store.allocate([request])),
    set: async (listId, index, value) => {
      await onlyValue(store.set([{ listId, index, value }]))
    },
    read: (listId) => store.read(listId),
    lists: () => store.lists(),
  }
}

export function singleCredentials(store: CredentialStore): SingleCredentials {
  return {
    put: (record) => onlyValue(store.put([record])),
    get: async (id) => (await store.get([id]))[0],
    change: async (credentialId, event, key) => {
      await onlyValue(store.change([{ credentialId, event, ...(key === undefined ? {} : { key }) }]))
    },
    list: (query, after) => store.list(query, after),
  }
}

export function pluralStatus(store: SingleStatus): StatusStore {
  return {
    ...store,
    allocate: (requests) => oneAfterTheOther(requests, (request) => store.allocate(request)),
    set: (changes) =>
      oneAfterTheOther(changes, async ({ listId, index, value }): Promise<undefined> => {
        await store.set(listId, index, value)
      }),
  }
}

export function pluralCredentials(store: SingleCredentials): CredentialStore {
  return {
    ...store,
    put: (records) => oneAfterTheOther(records, (record) => store.put(record)),
    get: async (ids) => {
      const found = []
      for (const id of ids) found.push(await store.get(id))
      return found
    },
    change: (changes) =>
      oneAfterTheOther(changes, async ({ credentialId, event, key }): Promise<undefined> => {
        await store.change(credentialId, event, key)
      }),
  }
}

async function oneAfterTheOther<In, T>(
  items: readonly In[],
  work: (item: In) => Promise<T>,
): Promise<StoreOutcome<T>[]> {
  const outcomes: StoreOutcome<T>[] = []
  for (const item of items)
    try {
      outcomes.push({ value: await work(item) })
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      outcomes.push({ error })
    }
  return outcomes
}
