/**
 * From the outbox to the queues of those who want to know: one job per event and endpoint, in the transaction that takes the event out of
 * the outbox where the queue is in the same database; else before it, and the queue knows by the key what it has.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import type { JobQueue, NewJob } from '../jobs/job-queue.js'
import { hashHex } from '../platform/hash.js'
import { type Database, guarded } from '../store/database.js'
import { forgetTold, type Happening, readOutbox } from '../store/outbox.js'
import type { WebhookData, WebhookEvent, WebhookType } from './event.js'

/** Where events go, as far as the relay needs to know. */
export interface Subscription {
  readonly id: string
  /** Default: all. */
  readonly events?: readonly string[] | undefined
}

export interface RelaySettings {
  readonly database: Database
  readonly queue: JobQueue
  /** The queue is in the database. */
  readonly isTogether: boolean
  readonly endpoints: readonly Subscription[]
  readonly reasons: boolean
}

/** Events of one transaction. */
const PAGE = 500
const MAX_IRI = 2048
const MAX_REASON = 500
/** Characters as JSON: ids alone are never so many, even where each character is written as an escape. */
const MAX_DATA = 12_000

/** Answers how many events were taken out. Throws StoreError. */
export function relay(settings: RelaySettings): Promise<number> {
  return guarded('take what happened out of the outbox', () => relayOnce(settings))
}

async function relayOnce({ database, queue, isTogether, endpoints, reasons }: RelaySettings): Promise<number> {
  const { dialect, query, transaction } = database
  // Most of the time there is nothing: then nobody waits for a lock.
  const [first] = await query('select 1 as found from badgewright_outbox limit 1')
  if (first === undefined) return 0
  return transaction(async (ask) => {
    const happenings = await readOutbox(ask, dialect, PAGE)
    const jobs = happenings.flatMap((each) => jobsOf(each, endpoints, reasons))
    if (jobs.length > 0) await queue.send(jobs, isTogether ? { query: ask } : {})
    if (happenings.length > 0) await forgetTold(ask, dialect, happenings)
    return happenings.length
  })
}

export const queueOf = (endpointId: string): string => `webhook-${endpointId}`

function jobsOf(happening: Happening, endpoints: readonly Subscription[], reasons: boolean): readonly NewJob[] {
  const event = eventOf(happening, reasons)
  if (event === undefined) return []
  return endpoints
    .filter(({ events }) => events === undefined || events.includes(event.type))
    .map(({ id }) => ({ queue: queueOf(id), key: event.id, data: event as unknown as JsonObject }))
}

/** Undefined for what nobody is told: that an award is issued, its credential says. */
function eventOf(happening: Happening, reasons: boolean): WebhookEvent | undefined {
  const { n, awardId, copy, kind, at, credentialId, achievementId, reason, by } = happening
  if (copy === undefined && kind === 'issued') return undefined
  const type: WebhookType =
    copy === undefined
      ? (`award.${kind}` as WebhookType)
      : (`credential.${kind === 'status' ? 'status_changed' : kind}` as WebhookType)
  const ids: WebhookData = {
    awardId,
    ...(copy === undefined ? {} : { copy }),
    ...(credentialId === undefined ? {} : { credentialId }),
  }
  const data: WebhookData = {
    ...ids,
    ...(achievementId === undefined || achievementId.length > MAX_IRI ? {} : { achievementId }),
    ...(reasons && reason !== undefined ? { reason: shortened(reason) } : {}),
    ...(reasons && by !== undefined ? { by: shortened(by) } : {}),
  }
  // The same however often it is read, and another one in another database.
  const id = `msg_${hashHex('SHA-256', JSON.stringify([n, awardId, copy ?? null, kind, at])).slice(0, 32)}`
  // What no queue takes would hold up all that comes behind it.
  return { id, type, timestamp: at, data: JSON.stringify(data).length > MAX_DATA ? ids : data }
}

/** As a queue can keep it: see JobQueue. */
const shortened = (text: string) => text.slice(0, MAX_REASON).replace(/[\0\p{Cs}]/gu, '\uFFFD')
