/** The contract of CredentialStore: kept by the memory store, and each promise is missed by a store that breaks it. */
import { describe, expect, test } from 'vitest'
import { ContractViolation, credentialStoreContract } from '../../src/contracts.js'
import type { CredentialStore, NewCredentialRecord } from '../../src/index.js'
import { memoryStores } from '../../src/store-memory.js'

const whole = () => memoryStores().credentials

describe('a store that keeps it', () => {
  for (const { name, run } of credentialStoreContract(whole)) test(name, run)
})

/** What is broken, by the beginning of the rule that must notice. */
const BROKEN: Readonly<Record<string, () => CredentialStore>> = {
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
    const take: CredentialStore['change'] = async (id, event): Promise<void> => {
      const { revision = 0 } = (await store.get({ credentialId: id })) ?? {}
      await store.change(id, event.kind === 'renewed' ? { ...event, revision } : event).catch(() => take(id, event))
    }
    return { ...store, change: take }
  },
  'CredentialStore.list: all of them': () => {
    const store = whole()
    return { ...store, list: () => store.list() }
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

describe('a store that breaks it', () => {
  test.each(Object.entries(BROKEN))('%s', async (name, make) => {
    const rule = credentialStoreContract(make).find((each) => each.name.startsWith(name))
    await expect(rule?.run()).rejects.toBeInstanceOf(ContractViolation)
  })
  test('for each rule there is one', () => {
    const rules = credentialStoreContract(whole).map(({ name }) => name)
    expect(rules.filter((name) => !Object.keys(BROKEN).some((start) => name.startsWith(start)))).toEqual([])
  })
})
