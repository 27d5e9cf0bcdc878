/**
 * JobQueue on pg-boss (10 and 12): in its tables, visible to its tools, with its retries and its maintenance. A lease is the expiry of
 * a job that is active; jobs are sent in the transaction of the rows that they are about.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import type { JsonObject } from '../internal/types.js'
import { hashHex } from '../platform/hash.js'
import { guarded, type Query } from '../store/database.js'
import { createPostgresDatabase } from '../store/postgres-database.js'
import {
  deadLettersOf,
  demandQueue,
  demandReceive,
  type FailedJob,
  isDeadLetters,
  type JobQueue,
  jobText,
  type NewJob,
  type ReceivedJob,
  reasonOf,
} from './job-queue.js'
import { pause } from './pause.js'
import { type BossDatabase, bossDatabase, bossWithin, type ReservingClient } from './pg-boss-database.js'

/** The class that pg-boss exports: as default in version 10, as `PgBoss` in version 12. */
export type PgBossClass = new (options: never) => PgBossInstance

/** What all versions have in common, as types. */
export interface PgBossInstance {
  /** Hears of errors that no call answers with. */
  on(event: 'error', handler: (error: Error) => void): unknown
  /** Makes its tables, or brings them to its version. */
  start(): Promise<unknown>
  /** Ends its timers; the connection stays the caller's. */
  stop(options?: { close?: boolean; graceful?: boolean }): Promise<void>
}

export interface PgBossQueueSettings {
  readonly PgBoss: PgBossClass
  /** Milliseconds that only grow. */
  readonly clock: () => number
  readonly schema: string
  readonly leaseCheckSeconds: number
}

/** A queue with something behind it that is to be ended. */
export interface PgBossQueue extends JobQueue {
  /** Ends pg-boss's timers. The client stays open. */
  close(): Promise<void>
}

/** The methods that are called here. */
interface Boss extends PgBossInstance {
  createQueue(name: string, options: object): Promise<void>
  fetch(name: string, options: object): Promise<Fetched[] | null>
  complete(name: string, ids: readonly string[], data: undefined, options: InBoss): Promise<unknown>
  fail(name: string, ids: readonly string[], data: object, options: InBoss): Promise<unknown>
  deleteJob(name: string, ids: readonly string[], options: InBoss): Promise<unknown>
}
interface InBoss {
  readonly db: BossDatabase
}

/** A job as pg-boss answers it, with its metadata. */
interface Fetched {
  readonly id: string
  readonly data: Envelope
  readonly retryCount: number
  readonly startAfter: Date
  readonly output: unknown
}

/** What stands in the column `data`, which is `jsonb`: that does not keep the order of members, so the job's own data is a text. */
interface Envelope {
  readonly key: string
  readonly data: string
  /** Its place among those that were sent with it. */
  readonly n: number
  /** Of a dead letter: what it failed of. */
  readonly reason?: string
}

/** How a version is asked, where they differ. */
interface Version {
  readonly queue: object
  insert(boss: Boss, name: string, jobs: readonly object[], db: BossDatabase): Promise<unknown>
  /** Looks for leases that have ended, and deletes what is old. */
  maintain(boss: Boss, name: string): Promise<unknown>
  /** Of the row `j`, for so many seconds (`?3`) from now. */
  readonly lease: string
}

/** Seconds for which the key of a job that has ended is known: eight days. */
const KNOWN = 691_200
/** Ten years. A job that nobody takes is not thrown away after two weeks. */
const KEPT = 315_360_000
/** Attempts are counted by whoever works, not here. */
const RETRIES = 2_147_483_647
/** It has no workers to wait for. */
const NOW = { graceful: false, close: false }
/** Milliseconds between two looks for a job that is waited for. */
const PAUSE = 200

const TEN: Version = {
  queue: { policy: 'standard', retryLimit: RETRIES, retentionMinutes: KEPT / 60 },
  insert: (boss, name, jobs, db) =>
    (boss as Boss & { insert(jobs: readonly object[], options: InBoss): Promise<unknown> }).insert(
      jobs.map((job) => ({ ...job, name })),
      { db },
    ),
  maintain: (boss) => (boss as Boss & { maintain(): Promise<unknown> }).maintain(),
  lease: "expire_in = (now() - j.started_on) + cast(?3 as double precision) * interval '1 second'",
}
const TWELVE: Version = {
  queue: { policy: 'standard', retryLimit: RETRIES, retentionSeconds: KEPT, deleteAfterSeconds: KNOWN },
  insert: (boss, name, jobs, db) =>
    (boss as Boss & { insert(name: string, jobs: readonly object[], options: InBoss): Promise<unknown> }).insert(
      name,
      jobs,
      { db },
    ),
  maintain: (boss, name) => (boss as Boss & { supervise(name: string): Promise<unknown> }).supervise(name),
  lease: 'expire_seconds = ceil(extract(epoch from now() - j.started_on) + cast(?3 as double precision))',
}

/** Makes pg-boss's tables where they are missing. Throws StoreError; UsageError `usage.invalid_option` for another version. */
export async function createPgBossQueue(
  client: ReservingClient,
  { PgBoss, clock, schema, leaseCheckSeconds }: PgBossQueueSettings,
): Promise<PgBossQueue> {
  const { transaction } = createPostgresDatabase(client)
  const boss = bossOf(PgBoss, {
    db: bossDatabase(client),
    schema,
    // Looked after by whoever receives, so that an error is told to somebody and nothing runs in the background.
    supervise: false,
    schedule: false,
    monitorIntervalSeconds: leaseCheckSeconds,
    archiveCompletedAfterSeconds: KNOWN,
    archiveFailedAfterSeconds: KNOWN,
  })
  const version = versionOf(boss)
  // Of its timers (a cache of queues). The call that needs what they could not do throws the same.
  boss.on('error', () => undefined)
  await guarded('start pg-boss', async () => {
    try {
      await boss.start()
    } catch (error) {
      // What it has started of its timers.
      await boss.stop(NOW).catch(() => undefined)
      throw error
    }
  })
  const made = new Map<string, Promise<void>>()
  const looked = new Map<string, number>()

  /** By a connection of its own: what a transaction sends to must be there before. */
  function ready(name: string): Promise<void> {
    const making = made.get(name) ?? boss.createQueue(name, { ...version.queue })
    made.set(name, making)
    // Tried again by the next call.
    making.catch(() => made.delete(name))
    return making
  }

  async function insert(query: Query, queue: string, jobs: readonly (readonly [string, Envelope])[]): Promise<void> {
    // A second one with the same id is an error in version 12.
    const byId = new Map<string, object>()
    for (const [id, data] of jobs) if (!byId.has(id)) byId.set(id, { id, data })
    await version.insert(boss, nameOf(queue), [...byId.values()], bossWithin(query))
  }

  async function send(jobs: readonly NewJob[], within?: Query): Promise<void> {
    const byQueue = new Map<string, (readonly [string, Envelope])[]>()
    for (const [n, job] of jobs.entries()) {
      const envelope: Envelope = { key: job.key, data: jobText(job), n }
      byQueue.set(job.queue, [...(byQueue.get(job.queue) ?? []), [idOf(job), envelope]])
    }
    for (const queue of byQueue.keys()) await ready(nameOf(queue))
    const insertAll = async (query: Query): Promise<void> => {
      for (const [queue, envelopes] of byQueue) await insert(query, queue, envelopes)
    }
    await (within === undefined ? transaction(insertAll) : insertAll(within))
  }

  /** Ends leases, now and then: pg-boss does so only when it is told. */
  async function look(name: string): Promise<void> {
    const next = looked.get(name)
    if (next !== undefined && clock() < next) return
    looked.set(name, clock() + leaseCheckSeconds * 1000)
    try {
      await version.maintain(boss, name)
    } catch (error) {
      looked.delete(name)
      throw error
    }
  }

  async function receiveDue(queue: string, most: number, leaseSeconds: number): Promise<ReceivedJob[]> {
    const name = nameOf(queue)
    await ready(name)
    await look(name)
    return transaction(async (query) => {
      const db = bossWithin(query)
      const found = (await boss.fetch(name, { batchSize: most, includeMetadata: true, db })) ?? []
      if (db.failure !== undefined) throw db.failure
      const jobs = found
        .toSorted((a, b) => a.startAfter.getTime() - b.startAfter.getTime() || a.data.n - b.data.n)
        .map((each) => readJob(queue, each))
      await lease(query, queue, jobs, leaseSeconds)
      return jobs
    })
  }

  /** Of those that are held still: which ones. */
  async function lease(
    query: Query,
    queue: string,
    jobs: readonly ReceivedJob[],
    seconds: number,
  ): Promise<Set<string>> {
    if (jobs.length === 0) return new Set()
    const rows = await query(`update ${schema}.job j set ${version.lease} from ${GIVEN} where ${HELD} returning j.id`, [
      nameOf(queue),
      givenOf(jobs),
      seconds,
    ])
    return new Set(rows.map(({ id }) => String(id)))
  }

  /** Locked, so that they stay held. */
  async function held(query: Query, queue: string, jobs: readonly ReceivedJob[]): Promise<string[]> {
    const rows = await query(
      `select j.id from ${schema}.job j join ${GIVEN} on true where ${HELD} order by j.id for update of j`,
      [nameOf(queue), givenOf(jobs)],
    )
    return rows.map(({ id }) => String(id))
  }

  async function forEachQueue(
    jobs: readonly ReceivedJob[],
    work: (queue: string, jobs: readonly ReceivedJob[]) => Promise<Iterable<string>>,
  ): Promise<boolean[]> {
    const ended = new Set<string>()
    for (const queue of new Set(jobs.map((job) => demandQueue(job.queue)))) {
      await ready(nameOf(queue))
      const own = jobs.filter((job) => job.queue === queue)
      for (const id of await work(queue, own)) ended.add(`${queue} ${id}`)
    }
    return jobs.map((job) => ended.has(`${job.queue} ${idOf(job)}`))
  }

  async function fail(failure: FailedJob): Promise<boolean> {
    const { job, waitSeconds } = failure
    const reason = reasonOf(failure)
    const name = nameOf(demandQueue(job.queue))
    const isFinal = waitSeconds === undefined && !isDeadLetters(job.queue)
    await ready(name)
    if (isFinal) await ready(nameOf(deadLettersOf(job.queue)))
    return transaction(async (query) => {
      const db = bossWithin(query)
      const [id] = await held(query, job.queue, [job])
      if (id === undefined) return false
      if (isFinal)
        await query(`update ${schema}.job set retry_limit = retry_count where name = ?1 and id = cast(?2 as uuid)`, [
          name,
          id,
        ])
      await boss.fail(name, [id], { reason }, { db })
      if (!isFinal)
        await query(
          `update ${schema}.job set start_after = now() + cast(?3 as double precision) * interval '1 second'
           where name = ?1 and id = cast(?2 as uuid)`,
          [name, id, waitSeconds ?? 0],
        )
      else {
        const dead = deadLettersOf(job.queue)
        const letter = { queue: dead, key: job.key }
        // An older one of the same key, from before its queue forgot it.
        await boss.deleteJob(nameOf(dead), [idOf(letter)], { db })
        await insert(query, dead, [[idOf(letter), { key: job.key, data: jobText(job), n: 0, reason }]])
      }
      return true
    })
  }

  return {
    send: (jobs, options) => guarded('send jobs', () => send(jobs, options?.query)),
    receive: async (queue, options) => {
      demandQueue(queue)
      demandReceive(options)
      const { leaseSeconds } = options
      if (options.again !== undefined) {
        const { again } = options
        const isHeld = await guarded('extend leases', () =>
          forEachQueue(again, (each, jobs) => transaction((query) => lease(query, each, jobs, leaseSeconds))),
        )
        return again.filter((_, at) => isHeld[at])
      }
      const { most, waitSeconds = 0, signal } = options
      const end = clock() + waitSeconds * 1000
      while (signal?.aborted !== true) {
        const jobs = await guarded('receive jobs', () => receiveDue(queue, most, leaseSeconds))
        if (jobs.length > 0 || clock() >= end) return jobs
        await pause(PAUSE, signal)
      }
      return []
    },
    done: (jobs) =>
      guarded('end jobs', () =>
        forEachQueue(jobs, (queue, own) =>
          transaction(async (query) => {
            const ids = await held(query, queue, own)
            if (ids.length > 0) await boss.complete(nameOf(queue), ids, undefined, { db: bossWithin(query) })
            return ids
          }),
        ),
      ),
    failed: (failures) =>
      guarded('end jobs that failed', async () => {
        const answers: boolean[] = []
        for (const failure of failures) answers.push(await fail(failure))
        return answers
      }),
    close: () => guarded('stop pg-boss', () => boss.stop(NOW)),
  }
}

function bossOf(PgBoss: PgBossClass, options: object): Boss {
  try {
    return new PgBoss(options as never) as Boss
  } catch (cause) {
    throw invalidOption('PgBoss', `${IS}: the cause says what this one throws`, { cause })
  }
}

/** Throws UsageError `usage.invalid_option`. */
function versionOf(boss: object): Version {
  if ('supervise' in boss && 'findJobs' in boss) return TWELVE
  if ('maintain' in boss && 'expire' in boss) return TEN
  throw invalidOption('PgBoss', `${IS}: this one is of another version`)
}

const IS = 'is the class of pg-boss 10 or 12'
const GIVEN = 'json_to_recordset(cast(cast(?2 as text) as json)) as g(id uuid, attempt integer)'
const HELD = "j.name = ?1 and j.id = g.id and j.retry_count = g.attempt - 1 and j.state = 'active'"
const givenOf = (jobs: readonly ReceivedJob[]) =>
  JSON.stringify(jobs.map((job) => ({ id: idOf(job), attempt: job.attempt })))

/** Among the queues of other applications. */
const nameOf = (queue: string) => `badgewright_${queue}`

/** The id of a job is made of its key, so that pg-boss knows a second one: a UUID of version 8 (RFC 9562 section 5.8). */
function idOf({ queue, key }: Pick<NewJob, 'queue' | 'key'>): string {
  const hex = hashHex('SHA-256', JSON.stringify([queue, key]))
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

function readJob(queue: string, { data: { key, data, reason }, retryCount, output }: Fetched): ReceivedJob {
  const failed = (output as { reason?: unknown } | null)?.reason
  const why = typeof failed === 'string' ? failed : (messageOf(output) ?? reason)
  return {
    queue,
    key,
    data: JSON.parse(data) as JsonObject,
    attempt: Number(retryCount) + 1,
    ...(why === undefined ? {} : { reason: why }),
  }
}

/** What pg-boss says of a lease that has ended. */
function messageOf(output: unknown): string | undefined {
  const message = (output as { value?: { message?: unknown } } | null)?.value?.message
  return typeof message === 'string' ? message : undefined
}
