/**
 * A process that issues and tells, until it is killed. Its argument is a Task.
 *
 * @module
 */
import { insecureNetwork, type PrivateJwk } from '../../src/entries/index.js'
import { createWebhooks, type WebhookEndpoint } from '../../src/entries/webhooks.js'
import { awardsFrom, issuerWith, openStoresAt, type Place } from '../store/school.js'

export interface Task {
  readonly place: Place
  readonly key: PrivateJwk
  readonly endpoint: WebhookEndpoint
  /** The number of the first award. */
  readonly first: number
  readonly count: number
}

const { place, key, endpoint, first, count } = JSON.parse(process.argv[2] ?? '') as Task
const stores = await openStoresAt(place)
const issuer = await issuerWith(stores, key)
const webhooks = await createWebhooks(stores, {
  endpoints: [endpoint],
  allowPrivateAddresses: insecureNetwork,
  pollMs: 5,
  retrySeconds: [0, 0, 0, 0, 0],
})
const issue = async () => {
  for (const award of awardsFrom(first, count)) {
    const badge = await issuer.issue(award)
    await issuer.revoke((badge as { id: string }).id)
  }
}
await Promise.all([webhooks.work(), issue()])
