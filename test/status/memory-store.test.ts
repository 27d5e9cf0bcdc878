/** The contract of StatusStore, and what the store in memory says beyond it. */
import { describe, expect, test } from 'vitest'
import { statusStoreContract } from '../../src/contracts/status-store.js'
import { StoreError, UsageError } from '../../src/errors.js'
import { readEntry } from '../../src/status/bitstring.js'
import { createMemoryStatusStore, type MemoryStatusStoreOptions } from '../../src/status/memory-store.js'
import { pluralStatus, singleStatus } from '../store/single.js'

/** Numbers that look random and are the same in each run (Park and Miller). */
function numbers(): (below: number) => number {
  let state = 42
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
const make = (options: Partial<MemoryStatusStoreOptions> = {}) =>
  singleStatus(createMemoryStatusStore({ random: numbers(), now: () => new Date('2030-01-01T00:00:00Z'), ...options }))

describe('the contract', () => {
  for (const { name, run } of statusStoreContract(() => pluralStatus(make()))) test(name, run)
})

describe('allocation', () => {
  test('gives out each entry of a list once, in an order that is not theirs', async () => {
    const store = make({ fill: 1 })
    const indexes: number[] = []
    for (let award = 0; award < 131_072; award++)
      indexes.push((await store.allocate({ key: String(award), purpose: 'revocation' })).index)
    expect(new Set(indexes).size).toBe(131_072)
    expect([Math.min(...indexes.slice(0, 1000)) < 10_000, Math.max(...indexes.slice(0, 1000)) > 120_000]).toEqual([
      true,
      true,
    ])
    expect(indexes.slice(0, 100)).not.toEqual(indexes.slice(0, 100).sort((a, b) => a - b))
    expect(await store.lists()).toEqual(['1'])
    expect((await store.allocate({ key: 'one more', purpose: 'revocation' })).listId).toBe('2')
  })

  test('begins the next list when this one is nearly full, and remembers the old one', async () => {
    const store = make({ fill: 10 / 131_072 })
    const places = []
    for (let award = 0; award < 25; award++)
      places.push(await store.allocate({ key: String(award), purpose: 'revocation' }))
    expect(places.map(({ listId }) => listId)).toEqual([
      ...Array(10).fill('1'),
      ...Array(10).fill('2'),
      ...Array(5).fill('3'),
    ])
    expect(await store.allocate({ key: '3', purpose: 'revocation' })).toEqual(places[3])
    await store.set('1', places[3]?.index ?? -1, 1)
    const { bits } = await store.read('1')
    expect(readEntry(bits, places[3]?.index ?? -1)).toBe(1)
  })

  test('one award has an entry for each purpose', async () => {
    const store = make()
    const both = [
      await store.allocate({ key: 'award', purpose: 'revocation' }),
      await store.allocate({ key: 'award', purpose: 'suspension' }),
    ]
    expect(both.map(({ listId }) => listId)).toEqual(['1', '2'])
    expect(await store.allocate({ key: 'award', purpose: 'suspension' })).toEqual(both[1])
  })

  test.each([-1, 131_072, 0.5, Number.NaN])('a "random" that answers %d is a mistake', async (answer) => {
    const store = make({ random: () => answer })
    await expect(store.allocate({ key: '1', purpose: 'revocation' })).rejects.toThrow(UsageError)
  })
})

describe('set', () => {
  test('takes values of several bits, and no larger ones', async () => {
    const store = make({ statusSizes: { message: 2 } })
    const { listId, index } = await store.allocate({ key: '1', purpose: 'message' })
    await store.set(listId, index, 3)
    const { bits, statusSize, entries } = await store.read(listId)
    expect([statusSize, entries, bits.length, readEntry(bits, index, 2)]).toEqual([2, 131_072, 32_768, 3])
    await expect(store.set(listId, index, 4)).rejects.toMatchObject({ code: 'store.invalid_value' })
  })

  test('refuses an entry that nobody was given: the next award would be born revoked', async () => {
    const store = make({ random: () => 7 })
    const { listId } = await store.allocate({ key: '1', purpose: 'revocation' })
    await expect(store.set(listId, 8, 1)).rejects.toThrow(StoreError)
    await store.set(listId, 7, 1)
  })

  test('tells when', async () => {
    let now = new Date('2030-01-01T00:00:00Z')
    const store = make({ now: () => now })
    const { listId, index } = await store.allocate({ key: '1', purpose: 'revocation' })
    now = new Date('2030-02-01T00:00:00Z')
    expect((await store.read(listId)).updated.toISOString()).toBe('2030-01-01T00:00:00.000Z')
    await store.set(listId, index, 1)
    expect((await store.read(listId)).updated).toEqual(now)
  })
})

test.each([{ entries: 100 }, { fill: 0 }, { fill: 1.1 }, { statusSizes: { message: 0 } }])(
  'options %j are refused',
  (options) => {
    expect(() => make(options)).toThrow(UsageError)
  },
)
