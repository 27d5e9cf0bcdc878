/**
 * A chunk of a batch in the hands of a worker: begun, settled once, or given back.
 *
 * @module
 */
import { CLOCK, type Database, guarded, type Query } from '../store/database.js'
import type { BatchFailure } from './batch-types.js'
import { insertFailures } from './staging.js'

/** Where a chunk is. */
export interface ChunkPlace {
  readonly key: string
  readonly n: number
}

/** A chunk that waits for somebody, and whoever asked. */
export interface BegunChunk extends ChunkPlace {
  /** The batch's id. */
  readonly batch: string
  readonly isCancelled: boolean
  /** The digest of the profile that it was submitted for. */
  readonly issuer: string
  /** How many times somebody began and neither ended nor gave it back, this one included. */
  readonly begun: number
  readonly text: string
  /** Positions of awards that ended the process that worked on them, again and again. */
  readonly poisoned: ReadonlySet<number>
  /** The position of the one that was tried last; those before it did their process no harm. -1 for none. */
  readonly tried: number
  /** Milliseconds since 1970, by the clock of the database. */
  readonly now: number
}

/** What became of its awards. */
export interface ChunkEnd {
  readonly issued: number
  readonly cancelled: number
  readonly failures: readonly { readonly failure: BatchFailure; readonly award: string }[]
}

export interface Chunks {
  /** Undefined where it was settled. */
  begin(place: ChunkPlace): Promise<BegunChunk | undefined>
  /** False where somebody else has done so. */
  settle(place: ChunkPlace, end: ChunkEnd): Promise<boolean>
  /** It is no fault of its awards. */
  giveBack(place: ChunkPlace, reason: string): Promise<void>
  /** Before an award that may end the process is tried; answers how many times in a row it was. */
  trying(place: ChunkPlace, position: number): Promise<number>
  /** It is not tried again. */
  poison(place: ChunkPlace, position: number): Promise<void>
  isCancelled(key: string): Promise<boolean>
  /** Does any batch of this queue wait for a worker? */
  anyAwaits(queue: string): Promise<boolean>
  /** Milliseconds since 1970, by the clock of the database. */
  now(): Promise<number>
}

export function createChunks({ dialect, query, transaction }: Database): Chunks {
  const clock = CLOCK[dialect]
  const OPEN = "where batch_key = ?1 and n = ?2 and state = 'awaiting'"

  async function begin(ask: Query, { key, n }: ChunkPlace): Promise<BegunChunk | undefined> {
    const [chunk] = await ask(
      `update badgewright_batch_chunk set begun = begun + 1, started = coalesce(started, ${clock}) ${OPEN}
       returning begun, awards, poisoned, tried, ${clock} as now`,
      [key, n],
    )
    const [batch] = await ask('select batch_id, state, issuer from badgewright_batch where batch_key = ?1', [key])
    if (chunk === undefined || batch === undefined) return undefined
    const poisoned = String(chunk.poisoned ?? '')
    return {
      key,
      n,
      batch: String(batch.batch_id),
      isCancelled: batch.state === 'cancelled',
      issuer: String(batch.issuer),
      begun: Number(chunk.begun),
      text: String(chunk.awards ?? ''),
      poisoned: new Set(poisoned === '' ? [] : poisoned.split(',').map(Number)),
      tried: Number(chunk.tried ?? -1),
      now: Number(chunk.now),
    }
  }

  async function settle(ask: Query, { key, n }: ChunkPlace, end: ChunkEnd): Promise<boolean> {
    const { issued, cancelled, failures } = end
    const [row] = await ask(
      `update badgewright_batch_chunk set state = 'settled', issued = ?3, cancelled = ?4, settled = ${clock}, reason = null, awards = null
       ${OPEN}`,
      { each: [[key, n, issued, cancelled]] },
    )
    if (Number(row?.changes) !== 1) return false
    await insertFailures(ask, dialect, key, failures)
    return true
  }

  return {
    begin: (place) => guarded('begin a chunk', () => transaction((ask) => begin(ask, place))),
    settle: (place, end) => guarded('settle a chunk', () => transaction((ask) => settle(ask, place, end))),
    giveBack: ({ key, n }, reason) =>
      guarded('give a chunk back', async () => {
        await query(`update badgewright_batch_chunk set begun = begun - 1, reason = ?3 ${OPEN} and begun > 0`, [
          key,
          n,
          reason,
        ])
      }),
    trying: ({ key, n }, position) =>
      guarded('try an award', async () => {
        const [row] = await query(
          `update badgewright_batch_chunk set tries = case when tried = ?3 then tries + 1 else 1 end, tried = ?3 ${OPEN} returning tries`,
          [key, n, position],
        )
        return Number(row?.tries ?? 0)
      }),
    poison: ({ key, n }, position) =>
      guarded('pass over an award', async () => {
        await query(
          `update badgewright_batch_chunk set poisoned = coalesce(poisoned || ',', '') || cast(cast(?3 as integer) as text) ${OPEN}`,
          [key, n, position],
        )
      }),
    isCancelled: (key) =>
      guarded('look at a batch', async () => {
        const [row] = await query('select state from badgewright_batch where batch_key = ?1', [key])
        return row?.state !== 'ready'
      }),
    anyAwaits: (queue) =>
      guarded('look for batches', async () => {
        const rows = await query(
          `select 1 as found from badgewright_batch b where b.queue = ?1 and b.batch_id is not null and exists
           (select 1 from badgewright_batch_chunk c where c.batch_key = b.batch_key and c.state = 'awaiting') limit 1`,
          [queue],
        )
        return rows.length > 0
      }),
    now: () => guarded('ask for the time', async () => Number((await query(`select ${clock} as now`))[0]?.now)),
  }
}
