// EXAMPLES section 10: a contract suite beside each port. The port: src/status/status-store.ts.
import { describe } from 'vitest'
import { statusStoreContract } from '../../src/entries/contracts.js'
import type { StatusStore, StoreOutcome } from '../../src/entries/index.js'
import { createMemoryStatusStore } from '../../src/status/memory-store.js'
import { pluralStatus, type SingleStatus, singleStatus } from '../store/single.js'
import { testBroken, testContract } from './broken.js'

/** Reproducible, and random enough. */
function memory(): StatusStore {
  let state = 7
  return createMemoryStatusStore({
    random: (below) => {
      state = (state * 48_271) % 2_147_483_647
      return state % below
    },
    now: () => new Date('2030-01-01T00:00:00Z'),
  })
}

describe('the store in memory', () => {
  testContract(statusStoreContract(memory))
})

const pause = () => new Promise<void>((resolve) => setImmediate(resolve))

function demandAll<T>(outcomes: readonly StoreOutcome<T>[]): readonly StoreOutcome<T>[] {
  for (const { error } of outcomes) if (error !== undefined) throw error
  return outcomes
}

describe('broken stores are found', () => {
  const rulesOf = (change: (good: SingleStatus) => Partial<SingleStatus>) =>
    statusStoreContract(() => {
      const good = singleStatus(memory())
      return pluralStatus({ ...good, ...change(good) })
    })
  const rulesOfMany = (change: (good: StatusStore) => Partial<StatusStore>) =>
    statusStoreContract(() => {
      const good = memory()
      return { ...good, ...change(good) }
    })

  testBroken(statusStoreContract(memory), [
    {
      title: 'an index behind the end',
      caught: ['gives an entry of a list'],
      rules: rulesOf((good) => ({
        allocate: async (request) => ({ ...(await good.allocate(request)), index: 131_072 }),
      })),
    },
    {
      title: 'not idempotent',
      caught: ['gives the same entry for the same key', 'to many at once'],
      rules: rulesOf((good) => {
        let calls = 0
        return { allocate: ({ key, purpose }) => good.allocate({ key: `${key}/${calls++}`, purpose }) }
      }),
    },
    {
      title: 'idempotent only when asked one after the other',
      caught: ['to many at once'],
      rules: rulesOf((good) => {
        const given = new Map<string, { listId: string; index: number }>()
        let calls = 0
        return {
          allocate: async ({ key, purpose }) => {
            const known = given.get(key)
            await pause()
            const entry = known ?? (await good.allocate({ key: `${key}/${calls++}`, purpose }))
            given.set(key, entry)
            return entry
          },
        }
      }),
    },
    {
      title: 'every index twice',
      caught: ['never gives an entry to two keys'],
      rules: rulesOf((good) => ({
        allocate: ({ key, purpose }) => good.allocate({ key: String(Number(key.slice(6)) >> 1), purpose }),
      })),
    },
    {
      title: 'a counter that is read and written apart',
      caught: ['never gives an entry to two keys, many at once'],
      rules: rulesOf((good) => {
        let next = 0
        return {
          allocate: async ({ key, purpose }) => {
            const { listId } = await good.allocate({ key, purpose })
            const index = next
            await pause()
            next = index + 1
            return { listId, index }
          },
        }
      }),
    },
    {
      title: 'one list for every purpose',
      caught: ['lists of their own'],
      rules: rulesOf((good) => ({ allocate: ({ key }) => good.allocate({ key, purpose: 'revocation' }) })),
    },
    {
      title: 'answers of many in another order',
      caught: ['StatusStore.allocate: many at once'],
      rules: rulesOfMany((good) => ({
        allocate: async (requests) => (await good.allocate(requests)).toReversed(),
      })),
    },
    {
      title: 'one that is refused costs all',
      caught: ['StatusStore.allocate: many at once', 'StatusStore.set: many at once'],
      rules: rulesOfMany((good) => ({
        allocate: async (requests) => demandAll(await good.allocate(requests)),
        set: async (changes) => demandAll(await good.set(changes)),
      })),
    },
    {
      title: 'the first of many alone',
      caught: ['StatusStore.set: many at once'],
      rules: rulesOfMany((good) => ({
        set: async (changes) => {
          const first = await good.set(changes.slice(0, 1))
          return changes.map(() => first[0] ?? { value: undefined })
        },
      })),
    },
    { title: 'never revokes', caught: ['both ways', 'loses nothing'], rules: rulesOf(() => ({ set: async () => {} })) },
    {
      title: 'never takes back',
      caught: ['both ways'],
      rules: rulesOf((good) => ({ set: async (listId, index) => good.set(listId, index, 1) })),
    },
    {
      title: 'sets the entries of everybody',
      caught: ['both ways'],
      rules: rulesOf((good) => ({
        read: async (listId) => {
          const list = await good.read(listId)
          return { ...list, bits: list.bits.some((byte) => byte > 0) ? list.bits.map(() => 255) : list.bits }
        },
      })),
    },
    {
      title: 'the rightmost bit first',
      caught: ['both ways'],
      rules: rulesOf((good) => ({
        set: (listId, index, value) => good.set(listId, index ^ 7, value).catch(() => undefined),
      })),
    },
    {
      title: 'sets that overwrite each other',
      caught: ['loses nothing'],
      rules: rulesOf((good) => {
        let last = 0
        return {
          set: async (listId, index, value) => {
            const mine = ++last
            await pause()
            if (mine === last) await good.set(listId, index, value)
          },
        }
      }),
    },
    {
      title: 'a list that is too short to hide in',
      caught: ['may be published'],
      rules: rulesOf((good) => ({ read: async (listId) => ({ ...(await good.read(listId)), entries: 100_000 }) })),
    },
    {
      title: 'bits as text',
      caught: ['may be published'],
      rules: rulesOf((good) => ({ read: async (listId) => ({ ...(await good.read(listId)), bits: '0000' as never }) })),
    },
    {
      title: 'its own memory given out',
      caught: ['answers a copy'],
      rules: rulesOf((good) => {
        let own: Uint8Array | undefined
        return {
          read: async (listId) => {
            const list = await good.read(listId)
            own ??= list.bits
            return { ...list, bits: own }
          },
          set: async (listId, index, value) => {
            await good.set(listId, index, value)
            own?.set((await good.read(listId)).bits)
          },
        }
      }),
    },
    {
      title: 'its own memory written by whoever reads it',
      caught: ['answers a copy'],
      rules: rulesOf((good) => {
        let own: Uint8Array | undefined
        return {
          read: async (listId) => {
            const list = await good.read(listId)
            own ??= list.bits
            return { ...list, bits: own }
          },
        }
      }),
    },
    { title: 'no lists', caught: ['names every list'], rules: rulesOf(() => ({ lists: async () => [] })) },
    {
      title: 'an error of its own',
      caught: ['for what it does not have'],
      rules: rulesOf(() => ({
        read: async () => {
          throw new RangeError('no such row')
        },
      })),
    },
    {
      title: 'takes any value',
      caught: ['for what it does not have'],
      rules: rulesOf((good) => ({
        set: (listId, index, value) => good.set(listId, index, value).catch(() => undefined),
      })),
    },
  ])
})
