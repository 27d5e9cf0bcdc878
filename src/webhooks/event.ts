/**
 * What a backend is told of. Payloads are thin: ids and times, from which whoever is allowed to can ask for more, and nothing of the
 * person by default. Standard Webhooks 1.0.0, "Payload".
 *
 * @module
 */

/** What happened. Those of awards are of all their credentials together. */
export const WEBHOOK_TYPES = [
  'credential.issued',
  'credential.revoked',
  'credential.suspended',
  'credential.reinstated',
  'credential.renewed',
  'credential.status_changed',
  'award.offered',
  'award.sent',
  'award.claimed',
  'award.withdrawn',
  'award.revoked',
  'award.suspended',
  'award.reinstated',
  'award.erased',
] as const

/** One of them. */
export type WebhookType = (typeof WEBHOOK_TYPES)[number]

/** An event, as it is sent. */
export interface WebhookEvent {
  /** The header `webhook-id`: the same however often it is sent. Keep those you have seen, since one may come twice. */
  readonly id: string
  readonly type: WebhookType | (string & {})
  /** When it happened: RFC 3339. Events may come in another order. */
  readonly timestamp: string
  readonly data: WebhookData
}

/** Which award, and which of its credentials. */
export interface WebhookData {
  readonly awardId: string
  /** Of one credential: which of the award's; 0 is bound to nobody's key. */
  readonly copy?: number
  /** Of one credential. */
  readonly credentialId?: string
  /** Absent where it is longer than 2048 characters, or full of what JSON escapes. */
  readonly achievementId?: string
  /** With `reasons`: why, as it stands in the trail, up to 500 characters. */
  readonly reason?: string
  /** With `reasons`: who did it. */
  readonly by?: string
}
