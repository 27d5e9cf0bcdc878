/**
 * What is asked of a batch that was released.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { shown } from '../internal/shown.js'
import { CLOCK, type Database, guarded, type Query, type Row } from '../store/database.js'
import { chunkText } from './batch-lines.js'
import type { BatchFailure, BatchStatus } from './batch-types.js'
import type { JobQueue } from './job-queue.js'
import { type BatchOwner, insertChunk, jobsOf } from './staging.js'

export interface BatchRecords {
  status(id: string): Promise<BatchStatus>
  failures(id: string): AsyncIterable<BatchFailure>
  cancel(id: string): Promise<void>
  retryFailed(id: string): Promise<number>
}

/** Milliseconds over which the speed of a batch that runs is measured. */
const WINDOW = 60_000
/** Failures in one answer of the database, and awards of a chunk that is tried again. */
const PAGE = 1000

/** Without an owner, of whoever's batch it is. */
export function createBatchRecords(database: Database, queue: JobQueue, owner: BatchOwner | undefined): BatchRecords {
  const { dialect, query, transaction } = database
  const clock = CLOCK[dialect]

  /** Whatever the issuer's profile said then. */
  async function find(ask: Query, id: string, lock = ''): Promise<Row> {
    const [row] = await ask(
      `select batch_key, state, queue, awards, invalid, submitted, ${clock} as now from badgewright_batch
       where batch_id = ?1${dialect === 'postgres' ? lock : ''}`,
      [storableId(id)],
    )
    if (row === undefined || (owner !== undefined && row.queue !== owner.queue))
      throw new UsageError(
        'usage.unknown_batch',
        `there is no batch "${shown(id)}"${owner === undefined ? '' : ' of this issuer'}`,
        { option: 'id' },
      )
    return row
  }

  async function status(id: string): Promise<BatchStatus> {
    const batch = await find(query, id)
    const key = String(batch.batch_key)
    // In one statement, so that what is settled meanwhile is counted once.
    const [counts] = await query(
      `select coalesce(sum(case when state = 'awaiting' then size else 0 end), 0) as awaiting,
           coalesce(sum(issued), 0) as issued, coalesce(sum(cancelled), 0) as cancelled, min(started) as started,
           max(settled) as settled, coalesce(sum(case when settled >= ${clock} - ${WINDOW} then size - cancelled else 0 end), 0) as recent,
           (select count(*) from badgewright_batch_failure f where f.batch_key = ?1 and f.kind = 'failed') as failed
         from badgewright_batch_chunk where batch_key = ?1`,
      [key],
    )
    const [troubled] = await query(
      `select reason from badgewright_batch_chunk where batch_key = ?1 and state = 'awaiting' and reason is not null order by n limit 1`,
      [key],
    )
    const chunks = counts as Row
    const failed = Number(chunks.failed)
    const trouble = troubled?.reason
    const at = (value: unknown) => (value === null || value === undefined ? undefined : Number(value))
    const [awaiting, issued, started, settled] = [
      Number(chunks.awaiting),
      Number(chunks.issued),
      at(chunks.started),
      at(chunks.settled),
    ]
    const now = Number(batch.now)
    const isOver = awaiting === 0
    const finished = isOver ? (settled ?? Number(batch.submitted)) : undefined
    const perSecond = speedOf({ now, started, finished, done: issued + failed, recent: Number(chunks.recent) })
    return {
      id,
      state: batch.state === 'cancelled' ? 'cancelled' : isOver ? 'finished' : 'running',
      awards: Number(batch.awards),
      invalid: Number(batch.invalid),
      awaiting,
      issued,
      failed,
      cancelled: Number(chunks.cancelled),
      perSecond,
      ...(awaiting > 0 && perSecond > 0 ? { remainingSeconds: awaiting / perSecond } : {}),
      submittedAt: new Date(Number(batch.submitted)),
      ...(started === undefined ? {} : { startedAt: new Date(started) }),
      ...(finished === undefined ? {} : { finishedAt: new Date(finished) }),
      ...(typeof trouble === 'string' ? { trouble } : {}),
    }
  }

  async function* failures(id: string): AsyncGenerator<BatchFailure> {
    const { batch_key } = await guarded('find a batch', () => find(query, id))
    for (let last = -1; ; ) {
      const rows = await guarded('list what failed', () =>
        query(
          `select idx, failure from badgewright_batch_failure where batch_key = ?1 and idx > ?2 order by idx limit ${PAGE}`,
          [String(batch_key), last],
        ),
      )
      for (const { failure } of rows) yield JSON.parse(String(failure)) as BatchFailure
      const end = rows.at(-1)
      if (end === undefined || rows.length < PAGE) return
      last = Number(end.idx)
    }
  }

  async function cancel(ask: Query, id: string): Promise<void> {
    const { batch_key } = await find(ask, id, ' for update')
    const key = String(batch_key)
    await ask("update badgewright_batch set state = 'cancelled' where batch_key = ?1", [key])
    // What somebody has begun may have been issued in part: whoever has it, or gets it next, counts it.
    await ask(
      `update badgewright_batch_chunk set state = 'settled', cancelled = size, settled = ${clock}, reason = null, awards = null
       where batch_key = ?1 and state = 'awaiting' and started is null`,
      [key],
    )
  }

  async function retryFailed(ask: Query, id: string): Promise<number> {
    const { batch_key, state, queue: name } = await find(ask, id, ' for update')
    if (state === 'cancelled')
      throw new UsageError(
        'usage.batch_cancelled',
        `the batch "${id}" was cancelled: submit what is missing as another`,
      )
    const key = String(batch_key)
    const [end] = await ask('select coalesce(max(n), -1) as n from badgewright_batch_chunk where batch_key = ?1', [key])
    let retried = 0
    for (let n = Number(end?.n) + 1; ; n++) {
      const rows = await ask(
        `select idx, failure, award from badgewright_batch_failure
         where batch_key = ?1 and kind = 'failed' order by idx limit ${PAGE}`,
        [key],
      )
      const last = rows.at(-1)
      if (last === undefined) return retried
      const awards = rows.map(({ failure, award }) => {
        const { index, line } = JSON.parse(String(failure)) as BatchFailure
        return { index, line, text: String(award) }
      })
      await insertChunk(ask, key, n, awards.length, chunkText(awards))
      await ask("delete from badgewright_batch_failure where batch_key = ?1 and kind = 'failed' and idx <= ?2", [
        key,
        Number(last.idx),
      ])
      await queue.send(jobsOf(String(name), key, [n]), { query: ask })
      retried += rows.length
    }
  }

  return {
    status: (id) => guardedUsage('ask how far a batch is', () => status(id)),
    failures,
    cancel: (id) => guardedUsage('cancel a batch', () => transaction((ask) => cancel(ask, id))),
    retryFailed: (id) => guardedUsage('try again what failed', () => transaction((ask) => retryFailed(ask, id))),
  }
}

/** What the caller did wrong is no failure of the database. */
export async function guardedUsage<T>(what: string, work: () => Promise<T>): Promise<T> {
  let wrong: UsageError | undefined
  try {
    return await guarded(what, async () => {
      try {
        return await work()
      } catch (error) {
        if (error instanceof UsageError) wrong = error
        throw error
      }
    })
  } catch (error) {
    throw wrong ?? error
  }
}

/** An id that no database can keep is of no batch. */
const storableId = (id: unknown): string => (typeof id === 'string' ? id.replace(/[\0\p{Cs}]/gu, '\uFFFD') : '')

interface Run {
  readonly now: number
  readonly started: number | undefined
  readonly finished: number | undefined
  readonly done: number
  readonly recent: number
}

/** Of one that has just begun, over what it has run. */
function speedOf({ now, started, finished, done, recent }: Run): number {
  if (started === undefined) return 0
  if (finished !== undefined) return done / Math.max((finished - started) / 1000, 1e-3)
  const window = Math.min(now - started, WINDOW)
  return recent / Math.max(window / 1000, 1e-3)
}
