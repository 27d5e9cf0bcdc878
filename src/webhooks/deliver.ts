/**
 * One webhook to one endpoint, and what its answer means: Standard Webhooks 1.0.0, "Delivery success and failure".
 *
 * @module
 */
import { ResolutionError } from '../errors.js'
import { encodeUtf8 } from '../internal/bytes.js'
import type { GuardedPost, Posted } from '../resolve/guarded-post.js'
import type { WebhookEvent } from './event.js'
import { signWebhook } from './signature.js'

/** Where it goes, and with which signatures. */
export interface Target {
  readonly url: string
  readonly secrets: readonly string[]
}

export type Verdict =
  | { readonly outcome: 'delivered' }
  /** `waitSeconds`: what the endpoint asked for. `isGone`: it wants no more. */
  | { readonly outcome: 'failed'; readonly reason: string; readonly waitSeconds?: number; readonly isGone?: true }

/** An endpoint may ask for so much patience. */
const MOST_PATIENCE = 86_400

/** Throws what is no failure of the endpoint's. */
export async function deliver(
  { id, ...payload }: WebhookEvent,
  { url, secrets }: Target,
  { post, now }: { readonly post: GuardedPost; readonly now: () => Date },
): Promise<Verdict> {
  const sent = now()
  const timestamp = String(Math.floor(sent.getTime() / 1000))
  const body = encodeUtf8(JSON.stringify(payload))
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signWebhook({ id, timestamp, body }, secrets),
  }
  try {
    return verdictOn(await post({ url, headers, body }), sent)
  } catch (error) {
    if (!(error instanceof ResolutionError)) throw error
    return { outcome: 'failed', reason: `${error.code}: ${error.message}` }
  }
}

function verdictOn({ status, retryAfter }: Posted, now: Date): Verdict {
  if (status >= 200 && status <= 299) return { outcome: 'delivered' }
  if (status === 410) return { outcome: 'failed', reason: 'answered 410: it wants no more', isGone: true }
  const isRedirect = status >= 300 && status <= 399
  const reason = `answered ${status}${isRedirect ? ', and redirects are not followed: name the last URL' : ''}`
  const asked = retryAfter === undefined ? undefined : secondsOf(retryAfter, now)
  return { outcome: 'failed', reason, ...(asked === undefined ? {} : { waitSeconds: asked }) }
}

/** Seconds, or an HTTP date: RFC 9110 section 10.2.3. */
function secondsOf(retryAfter: string, now: Date): number | undefined {
  const seconds = /^\d+$/.test(retryAfter.trim()) ? Number(retryAfter) : (Date.parse(retryAfter) - now.getTime()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), MOST_PATIENCE)
}
