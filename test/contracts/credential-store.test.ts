/** The contract of CredentialStore: kept by the memory store, and each promise is missed by a store that breaks it. */
import { describe, expect, test } from 'vitest'
import { ContractViolation, credentialStoreContract } from '../../src/entries/contracts.js'
import type { CredentialStore, NewCredentialRecord } from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { pluralCredentials, type SingleCredentials, singleCredentials } from '../store/single.js'

const memory = () => memoryStores().credentials
const whole = () => singleCredentials(memory())

describe('a store that keeps it', () => {
  for (const { name, run } of credentialStoreContract(memory)) test(name, run)
})

/** What is broken, by the beginning of the rule that must notice. */
const BROKEN: Readonly<Record<string, () => SingleCredentials>> = {
  'CredentialStore.put: keeps all of a record': () => {
    const store = whole()
    return { ...store, put: ({ issuedBy: _, ...record }) => store.put(record) }
  },
  'CredentialStore.put: gives back what is there': () => {
    const store = whole()
    return { ...store, put: async (record) => ({ ...(await store.put(record)), ...record }) }
  },
  'CredentialStore.put: one of many at once wins': () => {
    // Looks first, and writes later.
    const records = new Map<string, NewCredentialRecord>()
    const store = whole()
    return {
      ...store,
      put: async (record) => {
        const there = records.get(record.awardId)
        await Promise.resolve()
        if (there === undefined) records.set(record.awardId, record)
        return { ...(there ?? record), revision: 0, events: [] }
      },
    }
  },
  'CredentialStore.get: answers undefined': () => ({ ...whole(), get: async () => null as never }),
  'CredentialStore.change: adds to the trail': () => {
    const store = whole()
    return { ...store, change: (id, { reason: _, ...event }) => store.change(id, event as never) }
  },
  'CredentialStore.change: loses no event': () => {
    const store = whole()
    let isBusy = false
    return {
      ...store,
      change: async (...args) => {
        if (isBusy) return
        isBusy = true
        await Promise.resolve()
        await store.change(...args)
        isBusy = false
      },
    }
  },
  'CredentialStore.change: a renewal replaces': () => {
    const store = whole()
    // Takes any revision for the latest one: who comes second overwrites what the first has done.
    const take: SingleCredentials['change'] = async (id, event): Promise<void> => {
      const { revision = 0 } = (await store.get({ credentialId: id })) ?? {}
      await store.change(id, event.kind === 'renewed' ? { ...event, revision } : event).catch(() => take(id, event))
    }
    return { ...store, change: take }
  },
  'CredentialStore.list: all of them': () => {
    const store = whole()
    return { ...store, list: (query) => store.list(query) }
  },
  'CredentialStore.change: an event with a key': () => {
    const store = whole()
    return { ...store, change: (id, event) => store.change(id, event) }
  },
  'CredentialStore.list: by': () => {
    const store = whole()
    return { ...store, list: (_, after) => store.list({}, after) }
  },
  'CredentialStore: several credentials': () => {
    const store = whole()
    // Knows one credential of an award.
    return { ...store, put: ({ copy: _, ...record }) => store.put(record) }
  },
  'CredentialStore: throws a StoreError': () => {
    const store = whole()
    return {
      ...store,
      change: async (...args) => {
        await store.change(...args).catch(() => {
          throw new Error('no such row')
        })
      },
    }
  },
}

/** Broken in what becomes of many. */
const BROKEN_FOR_MANY: Readonly<Record<string, () => CredentialStore>> = {
  'CredentialStore.put and get: many': () => {
    const store = memory()
    return { ...store, get: async (ids) => (await store.get(ids)).toReversed() }
  },
  'CredentialStore.change: many': () => {
    const store = memory()
    return {
      ...store,
      change: async (changes) => {
        const outcomes = await store.change(changes)
        for (const { error } of outcomes) if (error !== undefined) throw error
        return outcomes
      },
    }
  },
}

const ALL: Readonly<Record<string, () => CredentialStore>> = {
  ...Object.fromEntries(Object.entries(BROKEN).map(([name, make]) => [name, () => pluralCredentials(make())])),
  ...BROKEN_FOR_MANY,
}

describe('a store that breaks it', () => {
  test.each(Object.entries(ALL))('%s', async (name, make) => {
    const rule = credentialStoreContract(make).find((each) => each.name.startsWith(name))
    await expect(rule?.run()).rejects.toBeInstanceOf(ContractViolation)
  })
  test('for each rule there is one', () => {
    const rules = credentialStoreContract(memory).map(({ name }) => name)
    expect(rules.filter((name) => !Object.keys(ALL).some((start) => name.startsWith(start)))).toEqual([])
  })
})
