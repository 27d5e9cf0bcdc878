/**
 * The port behind work that is spread over processes and machines: jobs that are sent once, received under a lease, and received again by
 * somebody else where their lease ends before they are done. Everything is asked for in the plural: a database answers a hundred as fast
 * as one.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import type { JsonObject } from '../internal/types.js'
import { storableKey } from '../status/storable-key.js'
import type { Query } from '../store/database.js'

/**
 * Delivers at least once: a job may come twice, and whoever works on it makes sure that its effect comes once. Leases and waits are by
 * the clock of the queue, never by that of whoever asks. Rejects only with StoreError, and then nothing was done: trying again is safe.
 * Names of queues are 1 to 40 letters of ASCII, digits, `_` and `-`; keys are texts of 1 to 512 characters without U+0000 and lone surrogates;
 * data is JSON of at most 16 384 characters. Others are refused (`store.invalid_key`, `store.invalid_value`), never altered.
 */
export interface JobQueue {
  /**
   * All of the jobs or none. A job whose key its queue knows is there already, and is not sent again: a key is known until its job is
   * done, and for a day at least after that. With `query`, the jobs are sent with what else its transaction does, or not at all.
   */
  send(jobs: readonly NewJob[], options?: SendOptions): Promise<void>
  /**
   * Those that are due, the longest due first, each with a lease: nobody else receives it while that lasts. Answers none where none is due
   * within `waitSeconds`, or when the signal aborts. With `again`, the leases of these begin anew: answers those that were still held.
   */
  receive(queue: string, options: ReceiveOptions): Promise<readonly ReceivedJob[]>
  /**
   * They are never received again. Answers in the order of the jobs whether each was still held; where somebody else has received it
   * since, nothing is changed.
   */
  done(jobs: readonly ReceivedJob[]): Promise<readonly boolean[]>
  /**
   * A job with `waitSeconds` is due again after so long. One without goes among the dead letters: it is never received again from its
   * queue, and stands, with its key, its data and the reason, in the queue that `deadLettersOf` names. Answers as `done` does.
   */
  failed(failures: readonly FailedJob[]): Promise<readonly boolean[]>
}

/** What is to be done. */
export interface NewJob {
  readonly queue: string
  /** Once per queue. */
  readonly key: string
  /** Small: what is large stands in a table, and its id here. */
  readonly data: JsonObject
}

/** With what else jobs are sent. */
export interface SendOptions {
  /**
   * The statements of a transaction that is under way on the queue's own database. StoreError `store.failed` where the queue is on none.
   * Default: a transaction of its own.
   */
  readonly query?: Query | undefined
}

/** Which jobs are received, for how long they are the caller's, and how long the first one is waited for. */
export type ReceiveOptions =
  | {
      /** Jobs, at most: from 1 to 1 000. */
      readonly most: number
      /** How long they are the caller's: from 1 to 86 400. */
      readonly leaseSeconds: number
      /** How long the first one is waited for. Default 0. */
      readonly waitSeconds?: number | undefined
      readonly signal?: AbortSignal | undefined
      readonly again?: undefined
    }
  | {
      /** Jobs that the caller holds, for whom it needs longer. */
      readonly again: readonly ReceivedJob[]
      /** From now. */
      readonly leaseSeconds: number
      readonly most?: undefined
      readonly waitSeconds?: undefined
      readonly signal?: undefined
    }

/** A job that the caller holds for as long as its lease lasts. */
export interface ReceivedJob extends NewJob {
  /** How many times it was received, this one included: from 1. A job that ends its process never fails, but is received again and again. */
  readonly attempt: number
  /** Why it failed the last time. Of dead letters always there. */
  readonly reason?: string
}

/** A job that could not be done. */
export interface FailedJob {
  readonly job: ReceivedJob
  /** For people: kept up to 2 000 characters. */
  readonly reason: string
  /** Until the next attempt: from 0 to 604 800. Default: there is none, and the job is a dead letter. */
  readonly waitSeconds?: number | undefined
}

/** The queue in which the dead letters of another stand. They are received and done as others are; they have no dead letters of their own. */
export const deadLettersOf = (queue: string): string => `${demandQueue(queue)}${DEAD}`

const DEAD = '-dead'
const MAX_DATA = 16_384
const MAX_REASON = 2000
/** Jobs in one call of `receive`. */
const MAX_RECEIVED = 1000
const MAX_LEASE = 86_400
const MAX_WAIT = 604_800

/** Is it that of dead letters? */
export const isDeadLetters = (queue: string): boolean => queue.endsWith(DEAD)

/** For whoever makes a queue. Throws StoreError `store.invalid_key`. */
export function demandQueue(queue: string): string {
  const name = typeof queue === 'string' && queue.endsWith(DEAD) ? queue.slice(0, -DEAD.length) : queue
  if (typeof name !== 'string' || !/^[\w-]{1,40}$/.test(name))
    throw new StoreError('store.invalid_key', '"queue" is a name of 1 to 40 letters of ASCII, digits, _ and -')
  return queue
}

/** For whoever makes a queue: the data of a job as JSON. Throws StoreError `store.invalid_key`, `store.invalid_value`. */
export function jobText({ queue, key, data }: NewJob): string {
  demandQueue(queue)
  storableKey(key, 'key')
  const text = typeof data === 'object' && data !== null && !Array.isArray(data) ? JSON.stringify(data) : undefined
  // PostgreSQL's JSON has no U+0000 and no lone surrogates, which JSON.stringify writes as escapes.
  if (text === undefined || text.length > MAX_DATA || /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(text))
    throw new StoreError(
      'store.invalid_value',
      `"data" is an object of at most ${MAX_DATA} characters as JSON, without U+0000 and lone surrogates`,
    )
  return text
}

/** For whoever makes a queue. Throws StoreError `store.invalid_query`. */
export function demandReceive({ most = 1, leaseSeconds, waitSeconds = 0 }: ReceiveOptions): void {
  demandRange('most', most, 1, MAX_RECEIVED)
  if (!Number.isSafeInteger(most)) throw new StoreError('store.invalid_query', '"most" is a whole number')
  demandRange('leaseSeconds', leaseSeconds, 1, MAX_LEASE)
  demandRange('waitSeconds', waitSeconds, 0, MAX_WAIT)
}

/** For whoever makes a queue: the reason as it is kept. Throws StoreError `store.invalid_query`. */
export function reasonOf({ reason, waitSeconds = 0 }: FailedJob): string {
  demandRange('waitSeconds', waitSeconds, 0, MAX_WAIT)
  return String(reason)
    .slice(0, MAX_REASON)
    .replace(/[\0\p{Cs}]/gu, '\uFFFD')
}

function demandRange(name: string, value: number, least: number, most: number): void {
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw new StoreError('store.invalid_query', `"${name}" is a number from ${least} to ${most}`)
}
