/**
 * A status store that lives as long as the process: for tests, examples, and issuers who publish from one place and keep what it
 * holds elsewhere.
 *
 * @module
 */
import { invalidOption, StoreError } from '../errors.js'
import type { Bytes, Optional } from '../internal/types.js'
import type { StatusPurpose } from '../model/types.js'
import { createBitstring, MINIMUM_ENTRIES, readEntry, writeEntry } from './bitstring.js'
import { outcomesOf } from './outcome.js'
import type { EntryChange, EntryRequest, StatusEntryPlace, StatusStore } from './status-store.js'
import { storableKey } from './storable-key.js'

export interface MemoryStatusStoreOptions {
  /** A random whole number from 0 up to, and without, `below`. Whoever can guess it can tell who was awarded when. */
  random(below: number): number
  now(): Date
  /** Entries of each list. Default (and least) 131 072. */
  readonly entries?: number | undefined
  /** Bits of an entry, by purpose. Default 1. */
  readonly statusSizes?: Optional<Record<StatusPurpose, number>> | undefined
  /** The part of a list that is given out before the next one is begun, from 0 to 1. Default 0.9: the last ones are guessable. */
  readonly fill?: number | undefined
}

interface List {
  readonly purpose: StatusPurpose
  readonly statusSize: number
  readonly bits: Bytes
  readonly draw: Draw
  updated: Date
}

/** Throws UsageError for wrong options. What it answers with are copies. */
export function createMemoryStatusStore(options: MemoryStatusStoreOptions): StatusStore {
  const { random, now, entries = MINIMUM_ENTRIES, statusSizes = {}, fill = 0.9 } = options
  if (!(fill > 0 && fill <= 1)) throw invalidOption('fill', 'is above 0 and at most 1')
  // Wrong sizes are the caller's mistake now, and not when the first badge is awarded.
  for (const size of [1, ...Object.values(statusSizes)]) createBitstring(entries, size)

  const lists = new Map<string, List>()
  const current = new Map<StatusPurpose, string>()
  const allocations = new Map<StatusPurpose, Map<string, { readonly listId: string; readonly index: number }>>()

  function listFor(purpose: StatusPurpose): [string, List] {
    const id = current.get(purpose)
    const list = id === undefined ? undefined : lists.get(id)
    if (id !== undefined && list !== undefined && list.draw.drawn < entries * fill) return [id, list]
    const statusSize = statusSizes[purpose] ?? 1
    const fresh: List = {
      purpose,
      statusSize,
      bits: createBitstring(entries, statusSize),
      draw: new Draw(entries),
      updated: now(),
    }
    const freshId = String(lists.size + 1)
    lists.set(freshId, fresh)
    current.set(purpose, freshId)
    return [freshId, fresh]
  }

  function find(listId: string): List {
    const list = lists.get(listId)
    if (list === undefined) throw new StoreError('store.unknown_list', `there is no status list "${listId}"`)
    return list
  }

  function allocate({ key, purpose }: EntryRequest): StatusEntryPlace {
    storableKey(key, 'key')
    const known = allocations.get(purpose)?.get(key)
    if (known !== undefined) return { ...known }
    const [listId, { draw }] = listFor(purpose)
    const allocation = { listId, index: draw.next(random) }
    if (!allocations.has(purpose)) allocations.set(purpose, new Map())
    allocations.get(purpose)?.set(key, allocation)
    return { ...allocation }
  }

  function set({ listId, index, value }: EntryChange): undefined {
    const list = find(listId)
    const { draw, statusSize } = list
    if (!draw.has(index)) {
      throw new StoreError('store.unknown_index', `the entry ${index} of the status list "${listId}" was not allocated`)
    }
    if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** statusSize) {
      throw new StoreError('store.invalid_value', `an entry of ${statusSize} bits cannot be ${value}`)
    }
    writeEntry(list.bits, index, statusSize, value)
    list.updated = now()
  }

  return {
    allocate: async (requests) => outcomesOf(requests, allocate),
    set: async (changes) => outcomesOf(changes, set),
    read: async (listId) => {
      const { bits, statusSize, updated, purpose } = find(listId)
      return { bits: bits.slice(), entries, statusSize, updated: new Date(updated), purpose }
    },
    lists: async () => [...lists.keys()],
  }
}

/**
 * Numbers below `size` in random order, none twice (Fisher and Yates): as if all stood in a row, and each that is drawn left its
 * place to the last one. Typed arrays, which do not grow and which no garbage collector has to walk.
 */
class Draw {
  drawn = 0
  readonly #size: number
  /** By place, one more than the number that stands there; 0 where that is the place's own. */
  readonly #moved: Uint32Array
  /** A bit for each number. */
  readonly #taken: Bytes

  constructor(size: number) {
    this.#size = size
    this.#moved = new Uint32Array(size)
    this.#taken = createBitstring(size)
  }

  next(random: (below: number) => number): number {
    const left = this.#size - this.drawn
    const place = random(left)
    if (!Number.isSafeInteger(place) || place < 0 || place >= left) {
      throw invalidOption('random', `answered ${place}, which is no whole number below ${left}`)
    }
    const number = this.#at(place)
    this.#moved[place] = this.#at(left - 1) + 1
    writeEntry(this.#taken, number, 1, 1)
    this.drawn++
    return number
  }

  has(number: number): boolean {
    return readEntry(this.#taken, number) === 1
  }

  #at(place: number): number {
    const moved = this.#moved[place] as number
    return moved === 0 ? place : moved - 1
  }
}
