/**
 * Which entry of which list. Each process fills a list of its own, which it holds by a lease: so no two of them lock one row, and none
 * waits for another. A lease has no part in correctness, which is the row's lock and the primary key of the entries: where one has
 * expired while its process was only slow, both take entries of the list, one after the other.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import type { StatusPurpose } from '../model/types.js'
import type { StatusEntryPlace } from '../status/status-store.js'
import { CLOCK, type Database, type Query, type Row } from './database.js'
import { given, LOOKED_UP_IN } from './given.js'

export interface AllocationSettings {
  /** A random whole number from 0 up to, and without, `below`. */
  random(below: number): number
  now(): Date
  /** Entries of each new list. */
  readonly entries: number
  /** How many of them are given out before the next one is begun. */
  readonly capacity: number
  readonly statusSize: (purpose: StatusPurpose) => number
  /** The name of this process in its leases. */
  readonly lessee: string
}

/** Milliseconds after its last allocation for which a process keeps its list; then whoever needs one takes it up. By the clock of the database. */
const LEASE = 60_000
/** Attempts before it is the database that does not keep its promises. Each failed one means that another process got on. */
const ATTEMPTS = 100
/** Drawing gives way to looking for what is free where it would draw more than this part of the list. */
const MOST_DRAWN = 0.25

export interface Allocation {
  /** An entry for each key. The keys are storable, and each is there once. */
  allocate(purpose: StatusPurpose, keys: readonly string[]): Promise<ReadonlyMap<string, StatusEntryPlace>>
  /** Ends the leases of this process. */
  release(): Promise<void>
}

interface OpenList {
  readonly id: string
  readonly entries: number
  readonly allocated: number
}

export function createAllocation(database: Database, settings: AllocationSettings): Allocation {
  const { random, now, entries, capacity, statusSize, lessee } = settings
  const { query, transaction, dialect } = database
  const clock = CLOCK[dialect]
  const keys = given(dialect, '?2', { award_key: 'text' })
  const indexes = given(dialect, '?2', { idx: 'integer' })
  const pairs = given(dialect, '?3', { award_key: 'text', idx: 'integer' })

  async function known(
    query: Query,
    purpose: StatusPurpose,
    wanted: readonly string[],
    into: Map<string, StatusEntryPlace>,
  ) {
    const rows = await query(
      `select e.award_key, e.list_id, e.idx from ${keys.rows} g
       ${LOOKED_UP_IN[dialect]} badgewright_status_entry e on e.purpose = ?1 and e.award_key = g.award_key`,
      [purpose, keys.value(wanted.map((key) => [key]))],
    )
    for (const { award_key, list_id, idx } of rows)
      into.set(String(award_key), { listId: String(list_id), index: Number(idx) })
    return wanted.filter((key) => !into.has(key))
  }

  /** Its own, or one that nobody holds; locked, and passed over where another process is about to take it. */
  async function openList(
    query: Query,
    purpose: StatusPurpose,
  ): Promise<(OpenList & { readonly room: number }) | undefined> {
    const [row] = await query(
      `select id, entries, capacity, allocated from badgewright_status_list
       where purpose = ?1 and allocated < capacity and (lessee is null or lessee = ?2 or leased_until < ${clock})
       order by case when lessee = ?2 then 0 else 1 end, seq limit 1${dialect === 'postgres' ? ' for update skip locked' : ''}`,
      [purpose, lessee],
    )
    if (row === undefined) return undefined
    const allocated = Number(row.allocated)
    return { id: String(row.id), entries: Number(row.entries), allocated, room: Number(row.capacity) - allocated }
  }

  async function beginList(purpose: StatusPurpose): Promise<void> {
    // A statement of its own: two processes that begin one at once choose one number, and the second is told at once and not at the
    // end of what the first allocates. It has its list at the next attempt.
    await query(
      `insert into badgewright_status_list (id, purpose, seq, entries, capacity, status_size, updated, lessee, leased_until)
       select cast(?1 as text) || '-' || cast(coalesce(max(seq), 0) + 1 as text), cast(?1 as text), coalesce(max(seq), 0) + 1,
         cast(?2 as integer), cast(?3 as integer), cast(?4 as integer), cast(?5 as text), cast(?6 as text), ${clock} + ${LEASE}
       from badgewright_status_list where purpose = ?1
       on conflict do nothing`,
      [purpose, entries, capacity, statusSize(purpose), now().toISOString(), lessee],
    )
  }

  /** Distinct entries that nobody has, in random order: as many as are wanted, or fewer. The list is locked. */
  async function draw(query: Query, list: OpenList, wanted: number): Promise<number[]> {
    const free = 1 - list.allocated / list.entries
    const needed = Math.ceil((wanted / free) * 1.1) + 32
    if (needed > list.entries * MOST_DRAWN) return drawOfFree(query, list, wanted)
    const drawn = new Set<number>()
    while (drawn.size < needed) drawn.add(random(list.entries))
    const rows = await query(
      `select e.idx from ${indexes.rows} g ${LOOKED_UP_IN[dialect]} badgewright_status_entry e on e.list_id = ?1 and e.idx = g.idx`,
      [list.id, indexes.value([...drawn].map((index) => [index]))],
    )
    for (const { idx } of rows) drawn.delete(Number(idx))
    return [...drawn].slice(0, wanted)
  }

  /** Slow, and seldom needed: the list is nearly full. */
  async function drawOfFree(query: Query, list: OpenList, wanted: number): Promise<number[]> {
    const rows = await query('select idx from badgewright_status_entry where list_id = ?1', [list.id])
    const taken = new Set(rows.map(({ idx }) => Number(idx)))
    const free = Array.from({ length: list.entries }, (_, index) => index).filter((index) => !taken.has(index))
    const drawn: number[] = []
    while (drawn.length < wanted && free.length > 0) {
      const at = random(free.length)
      drawn.push(free[at] as number)
      // The last one takes the place of the one that was drawn.
      free[at] = free.at(-1) as number
      free.pop()
    }
    return drawn
  }

  /** `isStuck`: there is no list that it could take entries of. */
  async function attempt(query: Query, purpose: StatusPurpose, wanted: readonly string[]) {
    const places = new Map<string, StatusEntryPlace>()
    const missing = await known(query, purpose, wanted, places)
    if (missing.length === 0) return { places, isStuck: false }
    const list = await openList(query, purpose)
    if (list === undefined) return { places, isStuck: true }
    const free = await draw(query, list, Math.min(missing.length, list.room))
    const added = await query(
      `insert into badgewright_status_entry (list_id, idx, purpose, award_key)
       select ?1, g.idx, ?2, g.award_key from ${pairs.rows} g where true order by g.award_key
       on conflict do nothing returning award_key, idx`,
      [list.id, purpose, pairs.value(free.map((index, at) => [missing[at] as string, index]))],
    )
    for (const { award_key, idx } of added) places.set(String(award_key), { listId: list.id, index: Number(idx) })
    await query(
      `update badgewright_status_list set allocated = allocated + cast(?2 as integer), lessee = ?3, leased_until = ${clock} + ${LEASE}
       where id = ?1`,
      [list.id, added.length, lessee],
    )
    return { places, isStuck: false }
  }

  return {
    allocate: async (purpose, keys) => {
      const all = new Map<string, StatusEntryPlace>()
      // In one order: who takes locks in one order never waits in a circle.
      let wanted: readonly string[] = [...keys].sort()
      for (let count = 0; wanted.length > 0 && count < ATTEMPTS; count++) {
        const { places, isStuck } = await transaction((query) => attempt(query, purpose, wanted))
        for (const [key, place] of places) all.set(key, place)
        wanted = wanted.filter((key) => !all.has(key))
        if (isStuck) await beginList(purpose)
      }
      if (wanted.length > 0)
        throw new StoreError('store.busy', `no status entry could be allocated in ${ATTEMPTS} attempts: try again`)
      return all
    },
    release: async () => {
      await query('update badgewright_status_list set lessee = null where lessee = ?1', [lessee])
    },
  }
}

export const placeOf = ({ list_id, idx }: Row): StatusEntryPlace => ({ listId: String(list_id), index: Number(idx) })
