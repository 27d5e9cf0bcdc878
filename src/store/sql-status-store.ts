/**
 * StatusStore over SQL.
 *
 * @module
 */
import { invalidOption, StoreError } from '../errors.js'
import { grouped } from '../internal/grouped.js'
import type { Optional } from '../internal/types.js'
import type { StatusPurpose } from '../model/types.js'
import { createBitstring, MINIMUM_ENTRIES, writeEntry } from '../status/bitstring.js'
import { outcomesOf } from '../status/outcome.js'
import type { EntryChange, EntryRequest, StatusEntryPlace, StatusStore, StoreOutcome } from '../status/status-store.js'
import { storableKey } from '../status/storable-key.js'
import { createAllocation, placeOf } from './allocation.js'
import { type Database, guarded, type Query } from './database.js'
import { given, LOOKED_UP_IN } from './given.js'

export interface SqlStatusOptions {
  /** A random whole number from 0 up to, and without, `below`. */
  random(below: number): number
  now(): Date
  /** Entries of each new list. Default (and least) 131 072. */
  readonly entries?: number | undefined
  /** Bits of an entry, by purpose. Default 1. */
  readonly statusSizes?: Optional<Record<StatusPurpose, number>> | undefined
  /** The part of a list that is given out before the next one is begun, from 0 to 1. Default 0.9: the last ones are guessable. */
  readonly fill?: number | undefined
}

export interface SqlStatusStore extends StatusStore {
  /** Ends the leases of this process, so that others fill its lists at once. */
  release(): Promise<void>
}

/** Items of one transaction, unless a caller has more. */
const MOST = 1000
/** Indexes are of SQL's type integer. */
const INDEXES = 2 ** 31

/** Throws UsageError for wrong options. The tables are there. `lessee`: the name of this process in its leases. */
export function createSqlStatusStore(database: Database, lessee: string, options: SqlStatusOptions): SqlStatusStore {
  const { random, now, entries = MINIMUM_ENTRIES, statusSizes = {}, fill = 0.9 } = options
  if (!(fill > 0 && fill <= 1)) throw invalidOption('fill', 'is above 0 and at most 1')
  for (const size of [1, ...Object.values(statusSizes)]) createBitstring(entries, size)
  const { query, transaction, dialect } = database
  const allocation = createAllocation(database, {
    random: (below) => random(below),
    now: () => now(),
    entries,
    capacity: Math.max(1, Math.floor(entries * fill)),
    statusSize: (purpose) => statusSizes[purpose] ?? 1,
    lessee,
  })
  const changes = given(dialect, '?1', { list_id: 'text', idx: 'integer', value: 'bigint' })
  const listIds = given(dialect, '?1', { id: 'text' })

  async function allocate(requests: readonly EntryRequest[]): Promise<StoreOutcome<StatusEntryPlace>[]> {
    const checked = outcomesOf(requests, ({ key, purpose }) => ({ key: storableKey(key, 'key'), purpose }))
    const keys = new Map<StatusPurpose, Set<string>>()
    for (const { value } of checked) {
      if (value === undefined) continue
      keys.set(value.purpose, (keys.get(value.purpose) ?? new Set()).add(value.key))
    }
    const places = new Map<StatusPurpose, ReadonlyMap<string, StatusEntryPlace>>()
    for (const [purpose, wanted] of keys) places.set(purpose, await allocation.allocate(purpose, [...wanted]))
    return checked.map(({ value, error }) =>
      error === undefined
        ? { value: { ...(places.get(value.purpose)?.get(value.key) as StatusEntryPlace) } }
        : { error },
    )
  }

  async function set(wanted: readonly EntryChange[]): Promise<StoreOutcome<undefined>[]> {
    const sizes = await sizesOf(wanted)
    const checked = outcomesOf(wanted, (change) => demandChange(change, sizes))
    // The last one counts where an entry is named twice, and the order of the locks is one for all.
    const last = new Map<string, EntryChange>()
    for (const { value } of checked) if (value !== undefined) last.set(nameOf(value), value)
    const names = [...last.keys()].sort()
    const found =
      names.length === 0
        ? new Set()
        : await transaction((query) =>
            write(
              query,
              names.map((name) => last.get(name) as EntryChange),
            ),
          )
    return checked.map(({ value, error }) => {
      if (error !== undefined) return { error }
      return found.has(nameOf(value)) ? { value: undefined } : { error: unknownIndex(value) }
    })
  }

  async function sizesOf(wanted: readonly EntryChange[]): Promise<ReadonlyMap<unknown, number>> {
    const ids = [...new Set(wanted.map(({ listId }) => listId))].filter((id) => isListId(id))
    const rows = await query(
      `select l.id, l.status_size from ${listIds.rows} g ${LOOKED_UP_IN[dialect]} badgewright_status_list l on l.id = g.id`,
      [listIds.value(ids.map((id) => [id]))],
    )
    return new Map(rows.map(({ id, status_size }) => [id, Number(status_size)]))
  }

  /** Answers the names of the entries that are there. */
  async function write(query: Query, wanted: readonly EntryChange[]): Promise<ReadonlySet<string>> {
    const values = changes.value(wanted.map(({ listId, index, value }) => [listId, index, value]))
    if (dialect === 'postgres')
      await query(
        `select 1 from badgewright_status_entry e join ${changes.rows} g on e.list_id = g.list_id and e.idx = g.idx
         order by e.list_id, e.idx for update of e`,
        [values],
      )
    // The list's own row stays as it is, which whoever allocates has locked. Clocks of processes differ, so the date never goes back.
    const rows = await query(
      `update badgewright_status_entry set value = g.value, changed = case when changed > ?2 then changed else cast(?2 as text) end
       from ${changes.rows} g where badgewright_status_entry.list_id = g.list_id and badgewright_status_entry.idx = g.idx
       returning badgewright_status_entry.list_id as list_id, badgewright_status_entry.idx as idx`,
      [values, now().toISOString()],
    )
    return new Set(rows.map((row) => nameOf(placeOf(row))))
  }

  const allocateInGroups = grouped(allocate, MOST)
  const setInGroups = grouped(set, MOST)
  return {
    allocate: (requests) => guarded('allocate status entries', () => allocateInGroups(requests)),
    set: (changes) => guarded('set status entries', () => setInGroups(changes)),
    read: (listId) =>
      guarded('read a status list', async () => {
        if (!isListId(listId)) throw unknownList(listId)
        // One statement: the list and its entries as they stood at one moment.
        const rows = await query(
          `select l.purpose, l.entries, l.status_size, l.updated, e.idx, e.value,
             (select max(changed) from badgewright_status_entry c where c.list_id = l.id and c.changed is not null) as changed
           from badgewright_status_list l
           left join badgewright_status_entry e on e.list_id = l.id and e.value <> 0 where l.id = ?1`,
          [listId],
        )
        const [list] = rows
        if (list === undefined) throw unknownList(listId)
        const statusSize = Number(list.status_size)
        const bits = createBitstring(Number(list.entries), statusSize)
        for (const { idx, value } of rows) if (idx !== null) writeEntry(bits, Number(idx), statusSize, Number(value))
        const [begun, changed] = [String(list.updated), String(list.changed ?? '')]
        return {
          bits,
          entries: Number(list.entries),
          statusSize,
          updated: new Date([begun, changed].sort().at(-1) as string),
          purpose: String(list.purpose) as StatusPurpose,
        }
      }),
    lists: () =>
      guarded('list the status lists', async () => {
        const rows = await query('select id from badgewright_status_list order by purpose, seq')
        return rows.map(({ id }) => String(id))
      }),
    release: () => guarded('end its leases', () => allocation.release()),
  }
}

function demandChange(change: EntryChange, sizes: ReadonlyMap<unknown, number>): EntryChange {
  const { listId, index, value } = change
  const size = sizes.get(listId)
  if (size === undefined) throw unknownList(listId)
  if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** size)
    throw new StoreError('store.invalid_value', `an entry of ${size} bits cannot be ${value}`)
  if (!Number.isSafeInteger(index) || index < 0 || index >= INDEXES) throw unknownIndex(change)
  return { listId, index, value }
}

/** What a database can be asked for; others are the names of no list. */
const isListId = (id: unknown) => typeof id === 'string' && /^[^\0\p{Cs}]*$/u.test(id)
const nameOf = ({ listId, index }: StatusEntryPlace) => JSON.stringify([listId, index])
const unknownList = (listId: string) =>
  new StoreError('store.unknown_list', `there is no status list "${String(listId).slice(0, 100)}"`)
const unknownIndex = ({ listId, index }: StatusEntryPlace) =>
  new StoreError('store.unknown_index', `the entry ${index} of the status list "${listId}" was not allocated`)
