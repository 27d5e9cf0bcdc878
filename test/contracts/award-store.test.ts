/** The contract of AwardStore: kept by the memory stores, and each promise is missed by stores that break it. */
import { describe, expect, test } from 'vitest'
import { type AwardStores, awardStoreContract, ContractViolation } from '../../src/entries/contracts.js'
import type { AwardRecord, AwardStore } from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'

describe('stores that keep it', () => {
  for (const { name, run } of awardStoreContract(memoryStores)) test(name, run)
})

const broken =
  (change: (stores: AwardStores) => Partial<AwardStore>, beside: Partial<AwardStores> = {}) =>
  (): AwardStores => {
    const stores = memoryStores()
    return { credentials: stores.credentials, awards: { ...stores.awards, ...change(stores) }, ...beside }
  }

/** What is broken, by the beginning of the rule that must notice. */
const BROKEN: Readonly<Record<string, () => AwardStores>> = {
  'AwardStore.put: keeps all': broken(({ awards }) => ({
    put: (given) => awards.put(given.map(({ by: _, ...award }) => award)),
  })),
  'AwardStore.put: many': broken(({ awards }) => ({ get: async (ids) => (await awards.get(ids)).toReversed() })),
  'AwardStore.change: what is other': broken(({ awards }) => ({
    // What is undefined stays.
    change: (changes) =>
      awards.change(changes.map((each) => ({ ...each, to: JSON.parse(JSON.stringify(each.to ?? {})) }))),
  })),
  'AwardStore.change: of many from one': broken(({ awards }) => ({
    // Takes any revision for the latest one.
    change: async (changes) => {
      for (;;) {
        const now = await awards.get(changes.map(({ awardId }) => awardId))
        const latest = changes.map((each, at) => ({ ...each, revision: (now[at] as AwardRecord).revision }))
        const outcomes = await awards.change(latest)
        if (outcomes[0]?.error === undefined) return outcomes
      }
    },
  })),
  'AwardStore.change: many': broken(({ awards }) => ({
    change: async (changes) => {
      const outcomes = await awards.change(changes)
      for (const { error } of outcomes) if (error !== undefined) throw error
      return outcomes
    },
  })),
  'AwardStore.list': broken(({ awards }) => ({
    list: ({ personIndexes: _, ...query } = {}, after) => awards.list(query, after),
  })),
  // Credentials that ask no awards.
  'CredentialStore.put': broken(() => ({}), { credentials: memoryStores().credentials }),
  'AwardStore.change: who closes': () => {
    const { awards, credentials } = memoryStores()
    // Looks whether the award is open, and records later.
    const put: typeof credentials.put = async (records) => {
      const found = await awards.get(records.map(({ awardId }) => awardId))
      if (found.some((award) => award?.state === 'revoked')) return credentials.put(records)
      for (let n = 0; n < 20; n++) await Promise.resolve()
      return memoryStores().credentials.put(records)
    }
    return { awards, credentials: { ...credentials, put } }
  },
  'AwardStore.change: erasing': broken(({ awards }) => ({
    // Forgets in the award only.
    change: (changes) =>
      awards.change(
        changes.map((each) =>
          each.event.kind === 'erased' ? { ...each, event: { ...each.event, kind: 'revoked' } } : each,
        ),
      ),
  })),
  'AwardStore: throws': broken(({ awards }) => ({
    change: (changes) =>
      awards.change(changes).then((outcomes) => {
        if (outcomes[0]?.error !== undefined) throw new Error('no such row')
        return outcomes
      }),
  })),
}

describe('stores that break it', () => {
  test.each(Object.entries(BROKEN))('%s', async (name, make) => {
    const rule = awardStoreContract(make).find((each) => each.name.startsWith(name))
    await expect(rule?.run()).rejects.toBeInstanceOf(ContractViolation)
  })
  test('for each rule there is one', () => {
    const rules = awardStoreContract(memoryStores).map(({ name }) => name)
    expect(rules.filter((name) => !Object.keys(BROKEN).some((start) => name.startsWith(start)))).toEqual([])
  })
})
