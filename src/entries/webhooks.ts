/**
 * `badgewright/webhooks`: telling backends what becomes of awards, and receiving that.
 *
 * @module
 */
export {
  createWebhooks,
  newWebhookSecret,
  stopWebhooks,
  type VerifyWebhookOptions,
  verifyWebhook,
  type WebhookEndpoint,
  type WebhookOptions,
} from '../defaults/webhooks.js'
export { WEBHOOK_TYPES, type WebhookData, type WebhookEvent, type WebhookType } from '../webhooks/event.js'
export type { RawWebhook, ReceivedWebhook } from '../webhooks/verify.js'
export type { DeadWebhook, WebhookCounts, WebhookResult, Webhooks } from '../webhooks/work.js'
