// Nothing misspelt goes through: a walk over what `badgewright/webhooks` exports.
import { afterAll } from 'vitest'
import { insecureNetwork } from '../../src/entries/index.js'
import { createJobQueue } from '../../src/entries/jobs.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import * as webhooks from '../../src/entries/webhooks.js'
import { encodeUtf8 } from '../../src/internal/bytes.js'
import { signWebhook } from '../../src/webhooks/signature.js'
import { complete, walkEntry } from './walk.js'

const stores = await embeddedStores(':memory:')
afterAll(() => stores.close())
const secret = webhooks.newWebhookSecret()
const now = new Date('2030-01-02T03:04:05Z')
const timestamp = String(now.getTime() / 1000)
const body = JSON.stringify({ type: 'x', timestamp: 'x', data: {} })
const headers = {
  'webhook-id': 'msg_1',
  'webhook-timestamp': timestamp,
  'webhook-signature': signWebhook({ id: 'msg_1', timestamp, body: encodeUtf8(body) }, [secret]),
}

walkEntry(webhooks, {
  createWebhooks: {
    call: webhooks.createWebhooks,
    right: [
      stores,
      complete<webhooks.WebhookOptions>({
        endpoints: [{ id: 'a', url: 'https://backend.example/hook', secrets: [secret] }],
        queue: createJobQueue(stores),
        reasons: false,
        retrySeconds: [1],
        timeoutMs: 1000,
        concurrency: 1,
        pollMs: 1000,
        onResult: () => undefined,
        allowPrivateAddresses: insecureNetwork,
        fetch: async () => new Response(),
        now: () => now,
      }),
    ],
    options: 1,
  },
  stopWebhooks: { call: webhooks.stopWebhooks, right: [stores] },
  newWebhookSecret: { call: webhooks.newWebhookSecret, right: [] },
  verifyWebhook: {
    call: webhooks.verifyWebhook,
    right: [
      { headers, body },
      secret,
      complete<webhooks.VerifyWebhookOptions>({ tolerance: 300, maxBytes: 65_536, now: () => now }),
    ],
    options: 2,
  },
})
