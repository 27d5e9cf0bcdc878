/**
 * Telling those who want to know, until somebody ends it. Each endpoint has a queue of its own: one that hangs holds up no other.
 *
 * @module
 */
import { invalidOption, StoreError } from '../errors.js'
import { deadLettersOf, type ReceivedJob } from '../jobs/job-queue.js'
import { pause } from '../jobs/pause.js'
import { onAbort } from '../platform/on-abort.js'
import type { GuardedPost } from '../resolve/guarded-post.js'
import { deliver, type Target, type Verdict } from './deliver.js'
import type { WebhookEvent } from './event.js'
import { queueOf, type RelaySettings, relay, type Subscription } from './relay.js'

/** What became of one attempt. */
export interface WebhookResult {
  /** The endpoint's id. */
  readonly endpoint: string
  readonly event: WebhookEvent
  /** From 1. */
  readonly attempt: number
  /** `dead`: there is no further attempt, until `retryDeadLetters`. */
  readonly outcome: 'delivered' | 'retried' | 'dead'
  /** Why it was not delivered. */
  readonly reason?: string
  /** When it is tried again, in seconds from now. */
  readonly waitSeconds?: number
}

/** A webhook that was given up. */
export interface DeadWebhook {
  readonly endpoint: string
  readonly event: WebhookEvent
  readonly reason: string
}

/** How many attempts came to what. */
export interface WebhookCounts {
  readonly delivered: number
  readonly retried: number
  readonly dead: number
}

/** Tells backends what became of awards. At least once each, in no order that can be relied on. */
export interface Webhooks {
  /**
   * Tells what happens, until the signal aborts; on as many machines as there are. Ends once what is under way has an answer. While the
   * database is away it waits. Rejects with what trying again cannot mend: a StoreError such as `store.closed`, or a bug.
   */
  work(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>
  /** Tells what is due now, and ends: for a cron job, and for tests. Rejects with StoreError. */
  deliverDue(options?: { readonly signal?: AbortSignal | undefined }): Promise<WebhookCounts>
  /** The first thousand of an endpoint that were given up, with the reasons. What another process looks at at this moment is left out. */
  deadLetters(endpoint: string): Promise<readonly DeadWebhook[]>
  /** All of them once more, from the first attempt: for when the endpoint is mended. Answers how many. */
  retryDeadLetters(endpoint: string): Promise<number>
}

/** Where events go. */
export interface Endpoint extends Subscription, Target {}

export interface WorkSettings extends RelaySettings {
  readonly endpoints: readonly Endpoint[]
  readonly post: GuardedPost
  readonly now: () => Date
  /** From 0 to 1. */
  readonly random: () => number
  /** Seconds before each further attempt. */
  readonly retrySeconds: readonly number[]
  readonly timeoutMs: number
  readonly concurrency: number
  readonly pollMs: number
  readonly onResult?: (result: WebhookResult) => void
}

/** Milliseconds that an endpoint is left alone which fails again and again, and that a database is waited for. */
const MOST_PAUSE = 30_000
/** Dead letters of one answer of the queue, and how long they are looked at. */
const LETTERS = 1000
const LETTERS_LEASE = 60

export function makeWebhooks(settings: WorkSettings): Webhooks {
  const { queue, endpoints, concurrency, timeoutMs, pollMs } = settings
  // What hangs on it to the end, and the database's own time.
  const leaseSeconds = Math.ceil(timeoutMs / 1000) + 30
  /** Answered 410 to this process. */
  const gone = new Set<string>()

  /** So many at once, and the queue is told of them together: a commit costs more than a request. */
  async function batchFor(endpoint: Endpoint): Promise<WebhookResult[]> {
    const jobs = await queue.receive(queueOf(endpoint.id), { most: concurrency, leaseSeconds })
    const results = await Promise.all(jobs.map((job) => attempt(endpoint, job)))
    const ended = jobs.filter((_, at) => results[at]?.outcome === 'delivered')
    const failures = jobs.flatMap((job, at) => {
      const { outcome, reason = '', waitSeconds } = results[at] as WebhookResult
      return outcome === 'delivered' ? [] : [{ job, reason, ...(waitSeconds === undefined ? {} : { waitSeconds }) }]
    })
    if (ended.length > 0) await queue.done(ended)
    if (failures.length > 0) await queue.failed(failures)
    for (const result of results) settings.onResult?.(result)
    return results
  }

  async function attempt(endpoint: Endpoint, job: ReceivedJob): Promise<WebhookResult> {
    const event = job.data as unknown as WebhookEvent
    const result = { endpoint: endpoint.id, event, attempt: job.attempt }
    const verdict = gone.has(endpoint.id) ? GONE : await deliver(event, endpoint, settings)
    if (verdict.outcome === 'delivered') return { ...result, outcome: 'delivered' }
    const { reason } = verdict
    if (verdict.isGone === true) gone.add(endpoint.id)
    const waitSeconds = verdict.isGone === true ? undefined : waitAfter(job.attempt, verdict.waitSeconds)
    return waitSeconds === undefined
      ? { ...result, outcome: 'dead', reason }
      : { ...result, outcome: 'retried', reason, waitSeconds }
  }

  /** Undefined after the last attempt. A fifth more or less, so that what failed together does not come back together. */
  function waitAfter(attempt: number, asked = 0): number | undefined {
    const wait = settings.retrySeconds[attempt - 1]
    return wait === undefined ? undefined : Math.max(wait * (0.8 + 0.4 * settings.random()), asked)
  }

  /** Again and again, waiting where there is nothing to do and where the database is away. `work` answers how long to wait. */
  async function again(signal: AbortSignal, work: () => Promise<number>): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      let wait: number
      try {
        wait = await work()
        failures = 0
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof StoreError) || !PASSING.includes(error.code)) throw error
        wait = backoff(++failures)
      }
      if (wait > 0) await pause(wait, signal)
    }
  }

  function workFor(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    let bad = 0
    return again(signal, async () => {
      const results = await batchFor(endpoint)
      const isBad = results.length > 0 && results.every(({ outcome }) => outcome === 'retried')
      bad = isBad ? bad + 1 : 0
      return isBad ? backoff(bad) : results.length === 0 ? pollMs : 0
    })
  }

  const backoff = (failures: number) => Math.min(pollMs * 2 ** (failures - 1), MOST_PAUSE)

  async function deadOnes(id: string): Promise<readonly ReceivedJob[]> {
    if (!endpoints.some((each) => each.id === id))
      throw invalidOption('endpoint', `is the id of one of them: ${endpoints.map((each) => each.id).join(', ')}`)
    return queue.receive(deadLettersOf(queueOf(id)), { most: LETTERS, leaseSeconds: LETTERS_LEASE })
  }

  return {
    work: async ({ signal } = {}) => {
      const end = new AbortController()
      const forget = signal === undefined ? undefined : onAbort(signal, () => end.abort())
      const all = [
        again(end.signal, async () => ((await relay(settings)) === 0 ? pollMs : 0)),
        ...endpoints.map((endpoint) => workFor(endpoint, end.signal)),
      ]
      try {
        await Promise.all(all)
      } finally {
        end.abort()
        await Promise.allSettled(all)
        forget?.()
      }
    },
    deliverDue: async ({ signal } = {}) => {
      while (signal?.aborted !== true && (await relay(settings)) > 0);
      const counts = { delivered: 0, retried: 0, dead: 0 }
      await Promise.all(
        endpoints.map(async (endpoint) => {
          for (let count = 1; count > 0 && signal?.aborted !== true; ) {
            const results = await batchFor(endpoint)
            for (const { outcome } of results) counts[outcome]++
            count = results.length
          }
        }),
      )
      return counts
    },
    deadLetters: async (endpoint) => {
      const jobs = await deadOnes(endpoint)
      // They are not done, only looked at.
      await queue.failed(jobs.map((job) => ({ job, reason: job.reason ?? '', waitSeconds: 0 })))
      return jobs.map(({ data, reason = '' }) => ({ endpoint, event: data as unknown as WebhookEvent, reason }))
    },
    retryDeadLetters: async (endpoint) => {
      let count = 0
      for (let jobs = await deadOnes(endpoint); jobs.length > 0; jobs = await deadOnes(endpoint)) {
        // Their own keys are known: a key of its own for each time that one is taken up.
        await queue.send(
          jobs.map(({ key, data, attempt }) => ({ queue: queueOf(endpoint), key: `${key}+${attempt}`, data })),
        )
        await queue.done(jobs)
        count += jobs.length
      }
      gone.delete(endpoint)
      return count
    },
  }
}

const GONE: Verdict = { outcome: 'failed', reason: 'had answered 410: it wants no more', isGone: true }
/** What ends by itself. */
const PASSING: readonly string[] = ['store.failed', 'store.busy']
