/**
 * The contract of `StatusStore`: run it on a store of your own. `make` answers an empty store each time.
 *
 * @module
 */

import { StoreError } from '../errors.js'
import { equalBytes } from '../internal/bytes.js'
import { callable } from '../internal/members.js'
import type { StatusPurpose } from '../model/types.js'
import { demandArgument } from '../report/demand-options.js'
import { MINIMUM_ENTRIES, readEntry } from '../status/bitstring.js'
import { onlyValue } from '../status/outcome.js'
import type { StatusStore } from '../status/status-store.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, demand, failureOf } from './rule.js'

/** So many awards of a class, and so many clerks at once. */
const AWARDS = 200
const CLERKS = 50

/** The rules for a StatusStore. `make` answers an empty store each time. */
export function statusStoreContract(make: () => StatusStore | Promise<StatusStore>): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  const allocate = (store: StatusStore, key: string, purpose: StatusPurpose = 'revocation') =>
    answerOf(() => onlyValue(store.allocate([{ key, purpose }])), `allocate gives an index for "${key}"`)
  const read = (store: StatusStore, listId: string) =>
    answerOf(() => store.read(listId), `read answers the list "${listId}"`)
  const set = (store: StatusStore, listId: string, index: number, value: number) =>
    onlyValue(store.set([{ listId, index, value }]))
  return [
    {
      name: 'StatusStore.allocate: gives an entry of a list that can be read',
      promise: 'Idempotent by `key` and `purpose`: asking again with the same key gives the same index.',
      run: async () => {
        const store = await make()
        const { listId, index } = await allocate(store, 'award-1')
        demand(typeof listId === 'string' && listId !== '', `listId is a text, not ${printableValue(listId)}`)
        const { entries } = await read(store, listId)
        demand(
          Number.isSafeInteger(index) && index >= 0 && index < entries,
          `index is a whole number from 0 up to ${entries - 1}, not ${printableValue(index)}`,
        )
      },
    },
    {
      name: 'StatusStore.allocate: gives the same entry for the same key',
      promise: 'Idempotent by `key` and `purpose`: asking again with the same key gives the same index.',
      run: async () => {
        const store = await make()
        const first = await allocate(store, 'award-1')
        await allocate(store, 'award-2')
        demandSameEntry(first, await allocate(store, 'award-1'))
      },
    },
    {
      name: 'StatusStore.allocate: gives the same entry for the same key to many at once',
      promise: 'Idempotent by `key` and `purpose`: asking again with the same key gives the same index.',
      run: async () => {
        const store = await make()
        const [first, ...others] = await Promise.all(Array.from({ length: CLERKS }, () => allocate(store, 'award-1')))
        for (const other of others) demandSameEntry(first, other)
      },
    },
    {
      name: 'StatusStore.allocate: never gives an entry to two keys',
      promise: 'Never gives an index out twice.',
      run: async () => {
        const store = await make()
        const given = []
        for (let award = 0; award < AWARDS; award++) given.push(await allocate(store, `award-${award}`))
        demandDistinct(given)
      },
    },
    {
      name: 'StatusStore.allocate: never gives an entry to two keys, many at once',
      promise: 'Never gives an index out twice.',
      run: async () => {
        const store = await make()
        demandDistinct(
          await Promise.all(Array.from({ length: AWARDS }, (_, award) => allocate(store, `award-${award}`))),
        )
      },
    },
    {
      name: 'StatusStore.allocate: keeps purposes in lists of their own',
      promise: 'allocate(requests: readonly EntryRequest[]): Promise<readonly StoreOutcome<StatusEntryPlace>[]>',
      run: async () => {
        const store = await make()
        for (const purpose of ['revocation', 'suspension'] as const) {
          const { listId } = await allocate(store, `award-${purpose}`, purpose)
          const list = await read(store, listId)
          demand(
            list.purpose === purpose,
            `the list of a ${purpose} has this purpose, not ${printableValue(list.purpose)}`,
          )
        }
      },
    },
    {
      name: 'StatusStore.set: changes this entry, both ways, and no other',
      promise: 'set(changes: readonly EntryChange[]): Promise<readonly StoreOutcome<undefined>[]>',
      run: async () => {
        const store = await make()
        const [one, other] = [await allocate(store, 'award-1'), await allocate(store, 'award-2')]
        demand((await statusOf(store, one)) === 0, 'a new entry is 0')
        for (const value of [1, 0, 1]) {
          await answerOf(() => set(store, one.listId, one.index, value), `set takes ${value}`)
          demand((await statusOf(store, one)) === value, `an entry that was set to ${value} is read as ${value}`)
        }
        demand((await statusOf(store, other)) === 0, 'setting one entry leaves the others')
      },
    },
    {
      name: 'StatusStore.set: loses nothing when many entries are set at once',
      promise: 'set(changes: readonly EntryChange[]): Promise<readonly StoreOutcome<undefined>[]>',
      run: async () => {
        const store = await make()
        const given = await Promise.all(Array.from({ length: CLERKS }, (_, award) => allocate(store, `award-${award}`)))
        await Promise.all(given.map(({ listId, index }) => answerOf(() => set(store, listId, index, 1), 'set takes 1')))
        const values = await Promise.all(given.map((entry) => statusOf(store, entry)))
        const lost = values.filter((value) => value !== 1).length
        demand(lost === 0, `${lost} of ${CLERKS} entries that were set at once are not set`)
      },
    },
    {
      name: 'StatusStore.read: answers a list that may be published, whole',
      promise: 'Promise<{ bits: Bytes; entries: number; statusSize: number; updated: Date; purpose: StatusPurpose }>',
      run: async () => {
        const store = await make()
        const { listId } = await allocate(store, 'award-1')
        const { bits, entries, statusSize, updated } = await read(store, listId)
        demand(
          Number.isSafeInteger(statusSize) && statusSize >= 1,
          `statusSize is at least 1, not ${printableValue(statusSize)}`,
        )
        // Bitstring Status List 1.0 section 6.1.
        demand(
          entries >= MINIMUM_ENTRIES,
          `a list has at least ${MINIMUM_ENTRIES} entries, not ${printableValue(entries)}`,
        )
        demand(bits instanceof Uint8Array, `bits is a Uint8Array, not ${printableValue(bits)}`)
        demand(
          bits.length * 8 >= entries * statusSize,
          `${bits.length} bytes do not hold ${entries} entries of ${statusSize} bits`,
        )
        demand(
          updated instanceof Date && !Number.isNaN(updated.getTime()),
          `updated is a valid Date, not ${printableValue(updated)}`,
        )
      },
    },
    {
      name: 'StatusStore.read: answers a copy, which nobody else changes',
      promise: 'bits: Bytes',
      run: async () => {
        const store = await make()
        const { listId, index } = await allocate(store, 'award-1')
        const { bits } = await read(store, listId)
        const before = bits.slice()
        await set(store, listId, index, 1)
        demand(equalBytes(bits, before), 'a list that was read changes when an entry is set')
        bits.fill(255)
        const other = await allocate(store, 'award-2')
        demand(
          (await statusOf(store, other)) === 0,
          'whoever writes into the bits that were read writes into the store',
        )
      },
    },
    {
      name: 'StatusStore.lists: names every list that an entry was given of',
      promise: 'lists(): Promise<readonly string[]>',
      run: async () => {
        const store = await make()
        const given = [await allocate(store, 'award-1'), await allocate(store, 'award-2', 'suspension')]
        const lists = await answerOf(() => store.lists(), 'lists answers')
        const missing = given.find(({ listId }) => !lists.includes(listId))
        demand(missing === undefined, `lists() lacks "${missing?.listId}": it is ${printableValue(lists)}`)
      },
    },
    {
      name: 'StatusStore.allocate: many at once, answered in order, each for itself',
      promise: 'An entry for each key, answered in the order of the requests.',
      run: async () => {
        const store = await make()
        const known = await allocate(store, 'award-1')
        const keys = ['award-2', '', 'award-1', ...Array.from({ length: AWARDS }, (_, n) => `many-${n}`), 'award-2']
        const answers = await answerOf(
          () => store.allocate(keys.map((key) => ({ key, purpose: 'revocation' as const }))),
          'allocate takes many, whatever some of them are',
        )
        demand(answers.length === keys.length, `allocate answered ${answers.length} results for ${keys.length} keys`)
        demand(answers[1]?.error instanceof StoreError, 'a key that is empty is refused, and with it no other')
        const given = answers.flatMap(({ value }) => value ?? [])
        demand(given.length === keys.length - 1, `${given.length} of ${keys.length - 1} keys got an entry`)
        demandSameEntry(known, given[1] as Entry)
        demandSameEntry(given[0], given.at(-1) as Entry)
        demandDistinct(given.slice(0, -1))
        demandSameEntry(given[2], await allocate(store, 'many-0'))
      },
    },
    {
      name: 'StatusStore.set: many at once, in order, and each for itself',
      promise: 'Sets values of entries that were given out, in order',
      run: async () => {
        const store = await make()
        const [one, two] = [await allocate(store, 'award-1'), await allocate(store, 'award-2')]
        const answers = await answerOf(
          () =>
            store.set([
              { ...one, value: 1 },
              { ...two, value: 0 },
              { listId: 'there is no such list', index: 0, value: 1 },
              { ...two, value: 1 },
              { ...one, value: 0 },
            ]),
          'set takes many, whatever some of them are',
        )
        const told = answers.map(({ error }) => error?.code ?? 'done').join()
        demand(told === 'done,done,store.unknown_list,done,done', `set answered ${told}`)
        const values = [await statusOf(store, one), await statusOf(store, two)].join()
        demand(values === '0,1', `the last value of an entry counts: they are ${values}`)
      },
    },
    {
      name: 'StatusStore: throws a StoreError for what it does not have',
      promise: 'Rejects only with StoreError',
      run: async () => {
        const store = await make()
        const { listId, index } = await allocate(store, 'award-1')
        const { entries, statusSize } = await read(store, listId)
        const mistakes: readonly (readonly [string, () => Promise<unknown>])[] = [
          ['read of a list that is not there', () => store.read('there is no such list')],
          ['set in a list that is not there', () => set(store, 'there is no such list', 0, 1)],
          ['set of an entry behind the last', () => set(store, listId, entries, 1)],
          ['set of an entry before the first', () => set(store, listId, -1, 1)],
          ['set to a value that is too large', () => set(store, listId, index, 2 ** statusSize)],
          ['set to a value that is negative', () => set(store, listId, index, -1)],
        ]
        for (const [what, mistake] of mistakes) {
          const error = await failureOf(mistake, `${what} is refused`)
          demand(error instanceof StoreError, `${what}: a store throws only StoreError, not ${printableValue(error)}`)
        }
      },
    },
  ]
}

interface Entry {
  readonly listId: string
  readonly index: number
}

const shown = ({ listId, index }: Entry) => `entry ${index} of list "${listId}"`

function demandSameEntry(first: Entry | undefined, second: Entry): void {
  demand(
    first?.listId === second.listId && first.index === second.index,
    `the same key got ${first === undefined ? 'nothing' : shown(first)} and then ${shown(second)}`,
  )
}

function demandDistinct(given: readonly Entry[]): void {
  const seen = new Set<string>()
  for (const entry of given) {
    const name = JSON.stringify([entry.listId, entry.index])
    demand(!seen.has(name), `two keys got ${shown(entry)}`)
    seen.add(name)
  }
}

/** Read as verifiers do: the leftmost bit first (Bitstring Status List 1.0 section 3.3). */
async function statusOf(store: StatusStore, { listId, index }: Entry): Promise<number | undefined> {
  const { bits, statusSize } = await store.read(listId)
  return readEntry(bits, index, statusSize)
}
