/**
 * StatusStore over SQL.
 *
 * @module
 */
import { StoreError, UsageError } from '../errors.js'
import type { StatusPurpose } from '../model/types.js'
import { createBitstring, MINIMUM_ENTRIES, writeEntry } from '../status/bitstring.js'
import type { StatusStore } from '../status/status-store.js'
import { type Database, guarded, type Query, type Row, storableKey } from './database.js'

export interface SqlStatusOptions {
  /** A random whole number from 0 up to, and without, `below`. */
  random(below: number): number
  now(): Date
  /** Entries of each new list. Default (and least) 131 072. */
  readonly entries?: number
  /** Bits of an entry, by purpose. Default 1. */
  readonly statusSizes?: Partial<Record<StatusPurpose, number>>
  /** The part of a list that is given out before the next one is begun, from 0 to 1. Default 0.9: the last ones are guessable. */
  readonly fill?: number
}

interface Place {
  readonly listId: string
  readonly index: number
}

/** Candidates drawn for one statement: in a list that is nine tenths full one in a thousand draws finds none free. */
const CANDIDATES = 64
/** Attempts before it is the database that does not keep its promises. Each failed one means that another process got on. */
const ATTEMPTS = 100

/** Throws UsageError for wrong options. The tables are there. */
export function createSqlStatusStore(database: Database, options: SqlStatusOptions): StatusStore {
  const { random, now, entries = MINIMUM_ENTRIES, statusSizes = {}, fill = 0.9 } = options
  if (!(fill > 0 && fill <= 1)) throw new UsageError('usage.invalid_option', '"fill" is above 0 and at most 1')
  for (const size of [1, ...Object.values(statusSizes)]) createBitstring(entries, size)
  const capacity = Math.max(1, Math.floor(entries * fill))
  const { query, transaction, dialect } = database
  const tryAllocate = dialect === 'postgres' ? allocateInOneStatement : allocateInTransaction

  async function beginList(purpose: StatusPurpose): Promise<void> {
    // Counted from what is there: two processes that begin one at once begin the same one.
    await query(
      `insert into badgewright_status_list (id, purpose, seq, entries, capacity, status_size, updated)
       select cast(?1 as text) || '-' || cast(coalesce(max(seq), 0) + 1 as text), cast(?1 as text), coalesce(max(seq), 0) + 1,
         cast(?2 as integer), cast(?3 as integer), cast(?4 as integer), cast(?5 as text)
       from badgewright_status_list where purpose = ?1
       having not exists (select 1 from badgewright_status_list where purpose = ?1 and allocated < capacity)
       on conflict do nothing`,
      [purpose, entries, capacity, statusSizes[purpose] ?? 1, now().toISOString()],
    )
  }

  return {
    allocate: ({ key, purpose }) =>
      guarded('allocate a status entry', async () => {
        storableKey(key, 'key')
        for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
          const request = { key, purpose, random, entries, scan: attempt > 2 }
          const place = (await tryAllocate(database, request)) ?? (await known(query, key, purpose))
          if (place !== undefined) return place
          await beginList(purpose)
        }
        throw new StoreError('store.busy', `no status entry could be allocated in ${ATTEMPTS} attempts: try again`)
      }),
    set: (listId, index, value) =>
      guarded('set a status entry', async () => {
        const [list] = await query('select status_size from badgewright_status_list where id = ?1', [listId])
        if (list === undefined) throw unknownList(listId)
        const size = Number(list.status_size)
        if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** size)
          throw new StoreError('store.invalid_value', `an entry of ${size} bits cannot be ${value}`)
        if (!Number.isSafeInteger(index) || index < 0 || index >= 2 ** 31) throw unknownIndex(listId, index)
        await transaction(async (query) => {
          // The list first, as allocate does: who takes locks in one order never waits in a circle. Clocks of processes differ,
          // so the date never goes back.
          await query(
            'update badgewright_status_list set updated = case when updated < ?2 then ?2 else updated end where id = ?1',
            [listId, now().toISOString()],
          )
          const changed = await query(
            'update badgewright_status_entry set value = ?3 where list_id = ?1 and idx = ?2 returning idx',
            [listId, index, value],
          )
          if (changed.length === 0) throw unknownIndex(listId, index)
        })
      }),
    read: (listId) =>
      guarded('read a status list', async () => {
        // One statement: the list and its entries as they stood at one moment.
        const rows = await query(
          `select l.purpose, l.entries, l.status_size, l.updated, e.idx, e.value from badgewright_status_list l
           left join badgewright_status_entry e on e.list_id = l.id and e.value <> 0 where l.id = ?1`,
          [listId],
        )
        const [list] = rows
        if (list === undefined) throw unknownList(listId)
        const statusSize = Number(list.status_size)
        const bits = createBitstring(Number(list.entries), statusSize)
        for (const { idx, value } of rows) if (idx !== null) writeEntry(bits, Number(idx), statusSize, Number(value))
        return {
          bits,
          entries: Number(list.entries),
          statusSize,
          updated: new Date(String(list.updated)),
          purpose: String(list.purpose) as StatusPurpose,
        }
      }),
    lists: () =>
      guarded('list the status lists', async () => {
        const rows = await query('select id from badgewright_status_list order by purpose, seq')
        return rows.map(({ id }) => String(id))
      }),
  }
}

interface Request {
  readonly key: string
  readonly purpose: StatusPurpose
  random(below: number): number
  /** What this process believes of the size; the list knows better. */
  readonly entries: number
  /** Look for what is free instead of drawing: the list is nearly full. */
  readonly scan: boolean
}

/** Undefined where there is no list with room, the key has an entry, or no candidate was free. */
async function allocateInOneStatement({ query }: Database, request: Request): Promise<Place | undefined> {
  const { key, purpose, random, entries, scan } = request
  const drawn = scan ? await freeIndexes(query, purpose) : Array.from({ length: CANDIDATES }, () => random(entries))
  const candidates = scan ? sample(drawn, random) : drawn
  const [row] = await query(
    `with open_list as (
       select id, entries from badgewright_status_list where purpose = ?1 and allocated < capacity order by seq limit 1 for update
     ), pick as (
       select open_list.id, c.idx from open_list cross join unnest(cast(cast(?3 as text) as integer[])) with ordinality as c(idx, n)
       where c.idx < open_list.entries
         and not exists (select 1 from badgewright_status_entry e where e.list_id = open_list.id and e.idx = c.idx)
       order by c.n limit 1
     ), added as (
       insert into badgewright_status_entry (list_id, idx, purpose, award_key) select id, idx, ?1, ?2 from pick
       on conflict do nothing returning list_id, idx
     ), counted as (
       update badgewright_status_list set allocated = allocated + 1 where id in (select list_id from added)
     )
     select list_id, idx from added`,
    [purpose, key, `{${candidates.join(',')}}`],
  )
  return row === undefined ? undefined : placeOf(row)
}

/** SQLite has one writer at a time, and no round trips. */
function allocateInTransaction({ transaction }: Database, request: Request): Promise<Place | undefined> {
  const { key, purpose, random, scan } = request
  return transaction(async (query) => {
    const there = await known(query, key, purpose)
    if (there !== undefined) return there
    const [list] = await query(
      'select id, entries from badgewright_status_list where purpose = ?1 and allocated < capacity order by seq limit 1',
      [purpose],
    )
    if (list === undefined) return undefined
    const free = scan ? sample(await freeIndexes(query, purpose), random) : undefined
    const tries = free ?? Array.from({ length: CANDIDATES }, () => random(Number(list.entries)))
    for (const index of tries) {
      const [row] = await query(
        `insert into badgewright_status_entry (list_id, idx, purpose, award_key) values (?1, ?2, ?3, ?4)
         on conflict (list_id, idx) do nothing returning list_id, idx`,
        [String(list.id), index, purpose, key],
      )
      if (row === undefined) continue
      await query('update badgewright_status_list set allocated = allocated + 1 where id = ?1', [String(list.id)])
      return placeOf(row)
    }
    return undefined
  })
}

async function known(query: Query, key: string, purpose: StatusPurpose): Promise<Place | undefined> {
  const [row] = await query('select list_id, idx from badgewright_status_entry where purpose = ?1 and award_key = ?2', [
    purpose,
    key,
  ])
  return row === undefined ? undefined : placeOf(row)
}

/** Of the list that is being filled. Slow, and seldom asked: only where drawing found nothing three times. */
async function freeIndexes(query: Query, purpose: StatusPurpose): Promise<number[]> {
  const [list] = await query(
    'select id, entries from badgewright_status_list where purpose = ?1 and allocated < capacity order by seq limit 1',
    [purpose],
  )
  if (list === undefined) return []
  const rows = await query('select idx from badgewright_status_entry where list_id = ?1', [String(list.id)])
  const taken = new Set(rows.map(({ idx }) => Number(idx)))
  return Array.from({ length: Number(list.entries) }, (_, index) => index).filter((index) => !taken.has(index))
}

function sample(free: readonly number[], random: (below: number) => number): number[] {
  return free.length === 0 ? [] : Array.from({ length: CANDIDATES }, () => free[random(free.length)] ?? 0)
}

const placeOf = ({ list_id, idx }: Row): Place => ({ listId: String(list_id), index: Number(idx) })
const unknownList = (listId: string) =>
  new StoreError('store.unknown_list', `there is no status list "${String(listId).slice(0, 100)}"`)
const unknownIndex = (listId: string, index: number) =>
  new StoreError('store.unknown_index', `the entry ${index} of the status list "${listId}" was not allocated`)
