/**
 * Webhooks with their defaults. Clock, randomness and network come from the platform.
 *
 * @module
 */
import { invalidOption, ResolutionError, UsageError } from '../errors.js'
import {
  anything,
  arrayOf,
  callable,
  date,
  either,
  flag,
  having,
  kindOf,
  type Members,
  number,
  oneOf,
  shape,
  whole,
} from '../internal/members.js'
import type { JobQueue } from '../jobs/job-queue.js'
import { createJobQueue, databaseOf } from '../jobs/stores-queue.js'
import { randomBytes } from '../platform/random.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { insecureNetwork } from '../report/symbols.js'
import { transportFor } from '../resolve/create-loader.js'
import { closeOutbox, openOutbox } from '../store/outbox.js'
import type { Stores } from '../store/stores.js'
import { WEBHOOK_TYPES, type WebhookEvent, type WebhookType } from '../webhooks/event.js'
import { webhookSecret, writeSecret } from '../webhooks/signature.js'
import { type ReceivedWebhook, verifyReceived } from '../webhooks/verify.js'
import { makeWebhooks, type WebhookResult, type Webhooks } from '../webhooks/work.js'
import { now as platformNow } from './platform.js'

/** A backend that wants to know. */
export interface WebhookEndpoint {
  /** 1 to 20 letters of ASCII, digits, `_` and `-`: names its queue `webhook-<id>`, and its dead letters. Stays, whatever the URL. */
  readonly id: string
  /** https, at a public address. No redirects are followed. */
  readonly url: string
  /** One to five, from `newWebhookSecret`; of this endpoint alone. Each signs: while one is changed for another, both stand here. */
  readonly secrets: readonly string[]
  /** What it wants to know. Default: everything. */
  readonly events?: readonly WebhookType[] | undefined
}

/** Who is told what, and how patiently. */
export interface WebhookOptions {
  readonly endpoints: readonly WebhookEndpoint[]
  /** Default: in the stores' own database. */
  readonly queue?: JobQueue | undefined
  /** Also sends `reason` and `by` of the audit trail, which may name people. They then stand in the queue too. Default false. */
  readonly reasons?: boolean | undefined
  /** Seconds before each further attempt, a fifth more or less; at most 604 800. Default: 5 s to 24 h, ten attempts over some three days. */
  readonly retrySeconds?: readonly number[] | undefined
  /** Milliseconds until an endpoint has to have answered. Default 15 000. */
  readonly timeoutMs?: number | undefined
  /** How many are sent to one endpoint at once. Default 4. */
  readonly concurrency?: number | undefined
  /** Milliseconds between two looks for what happened. Default 1 000. */
  readonly pollMs?: number | undefined
  /** Told of each attempt, once the queue knows of it. */
  readonly onResult?: ((result: WebhookResult) => void) | undefined
  /** Only the symbol `insecureNetwork`: http, private addresses and names too, for tests and closed networks. */
  readonly allowPrivateAddresses?: typeof insecureNetwork | undefined
  /** What to send with: for a proxy, or for tests. See `createLoader`. */
  readonly fetch?: typeof fetch | undefined
  /** Default: the platform's clock. */
  readonly now?: (() => Date) | undefined
}

/** How a webhook is judged. */
export interface VerifyWebhookOptions {
  /** Seconds that it may be old, and the clocks apart. Default 300. */
  readonly tolerance?: number | undefined
  /** More bytes are not read. Default 65 536. */
  readonly maxBytes?: number | undefined
  /** Default: the platform's clock. */
  readonly now?: (() => Date) | undefined
}

/** As the specification proposes them. */
const RETRY_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
const MOST_WAIT = 604_800

const endpointId = kindOf(
  'a name of 1 to 20 letters of ASCII, digits, _ and -',
  (value) => typeof value === 'string' && /^[\w-]{1,20}$/.test(value),
)
const secretsKind = kindOf(
  'one to five texts "whsec_...", as newWebhookSecret makes them',
  (value) =>
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= 5 &&
    value.every((each) => webhookSecret(each, '') === undefined),
)
const wait = kindOf(
  `a number of seconds from 0 to ${MOST_WAIT}`,
  (value) => typeof value === 'number' && value >= 0 && value <= MOST_WAIT,
)
/** `anything` is judged by admitTarget. */
const ENDPOINT: Members<WebhookEndpoint> = {
  id: endpointId,
  url: kindOf('a text', (value) => typeof value === 'string'),
  secrets: secretsKind,
  events: arrayOf(oneOf(...WEBHOOK_TYPES)),
}
/** `anything` is judged below. */
const WEBHOOKS: Members<WebhookOptions> = {
  endpoints: arrayOf(
    shape(ENDPOINT, { required: ['id', 'url', 'secrets'], hints: { secret: 'did you mean "secrets", an array?' } }),
  ),
  queue: having('send', 'receive', 'done', 'failed'),
  reasons: flag,
  retrySeconds: arrayOf(wait),
  timeoutMs: whole(1, 600_000),
  concurrency: whole(1, 100),
  pollMs: whole(1, 600_000),
  onResult: callable,
  allowPrivateAddresses: anything,
  fetch: anything,
  now: callable,
}
const VERIFY: Members<VerifyWebhookOptions> = { tolerance: number, maxBytes: whole(1), now: callable }

/**
 * Tells backends what becomes of awards and credentials: signed webhooks (Standard Webhooks 1.0.0), by ids and times and without the
 * person. From this call on the database writes down what happens in the transaction in which it happens, whoever does it; each event is
 * then delivered at least once to each endpoint, or is among its dead letters. `work` or `deliverDue` of what it answers do so.
 *
 * Throws UsageError for wrong options, stores in memory, and URLs that are not sent to; StoreError.
 */
export async function createWebhooks(stores: Stores, options: WebhookOptions): Promise<Webhooks> {
  const database = databaseOf(stores)
  demandOptions(options, WEBHOOKS, { required: ['endpoints'] })
  const { endpoints, queue, fetch, allowPrivateAddresses, onResult } = options
  if (allowPrivateAddresses !== undefined && allowPrivateAddresses !== insecureNetwork)
    throw invalidOption('allowPrivateAddresses', 'takes only the symbol insecureNetwork')
  if (new Set(endpoints.map(({ id }) => id)).size < endpoints.length)
    throw invalidOption('endpoints', 'has two with one "id": each has its own, and its own queue')
  const rules = { insecure: allowPrivateAddresses === insecureNetwork, allowHosts: undefined }
  const load = transportFor({ fetch })
  const { admitTarget, createGuardedPost } = await import('../resolve/guarded-post.js')
  for (const [at, { url }] of endpoints.entries())
    try {
      await admitTarget(url, rules)
    } catch (cause) {
      if (!(cause instanceof ResolutionError)) throw cause
      throw invalidOption(`endpoints[${at}].url`, `is not sent to: ${cause.message}`, { cause })
    }
  const { timeoutMs = 15_000, reasons = false, retrySeconds = RETRY_SECONDS, concurrency = 4, pollMs = 1000 } = options
  demandArgument((options.now ?? platformNow)(), date, 'now')
  const transport = await load()
  await openOutbox(database)
  return makeWebhooks({
    database,
    queue: queue ?? createJobQueue(stores),
    isTogether: queue === undefined,
    // Copies: what is judged stays so.
    endpoints: endpoints.map(({ id, url, secrets, events }) => ({
      id,
      url,
      secrets: [...secrets],
      events: events && [...events],
    })),
    reasons,
    retrySeconds,
    timeoutMs,
    concurrency,
    pollMs,
    post: createGuardedPost({ ...rules, transport, timeoutMs }),
    now: options.now ?? platformNow,
    random: Math.random,
    ...(onResult === undefined ? {} : { onResult }),
  })
}

/**
 * Ends what `createWebhooks` began: the database writes nothing more down for webhooks. What is not told yet stays, and is told by the
 * next `createWebhooks`. Throws UsageError for stores in memory; StoreError.
 */
export function stopWebhooks(stores: Stores): Promise<void> {
  return closeOutbox(databaseOf(stores))
}

/** 32 random bytes, as Standard Webhooks writes them: `whsec_...`. One for each endpoint. */
export function newWebhookSecret(): string {
  return writeSecret(randomBytes(32))
}

/**
 * For the backend that is told: is the request signed by somebody who has the secret, and of now? Give it before anything else has read
 * the body. With several secrets any of them may have signed. A webhook may come twice: keep the `id` of those that you have handled.
 *
 * Throws ParseError `parse.webhook_signature`, `parse.webhook_time`, `parse.webhook`, `parse.too_large`: answer 400, and believe none of
 * it; UsageError for wrong options.
 */
export async function verifyWebhook(
  request: ReceivedWebhook,
  secret: string | readonly string[],
  options: VerifyWebhookOptions = {},
): Promise<WebhookEvent> {
  if (typeof request !== 'object' || request === null || typeof request.headers !== 'object')
    throw new UsageError('usage.invalid_option', '"request" is a Request, or { headers, body }', { option: 'request' })
  demandArgument(secret, either(secretsKind, webhookSecret), 'secret')
  demandOptions(options, VERIFY)
  const { tolerance = 300, maxBytes = 65_536, now = platformNow } = options
  if (tolerance < 0) throw invalidOption('tolerance', 'is a number of seconds of at least 0')
  const secrets = typeof secret === 'string' ? [secret] : secret
  const time = now()
  demandArgument(time, date, 'now')
  return verifyReceived(request, { secrets, tolerance, maxBytes, now: time })
}
