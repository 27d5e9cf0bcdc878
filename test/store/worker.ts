/**
 * One of several processes on one store: allocates, or issues a batch, and says each thing that it was given. Started by
 * processes.test.ts, bundled.
 *
 * @module
 */
import type { PrivateJwk } from '../../src/entries/index.js'
import { awardsFrom, issuerWith, openStoresAt, type Place } from './school.js'
import { singleStatus } from './single.js'

export interface Task {
  readonly place: Place
  readonly work: { readonly allocate: readonly string[] } | { readonly issue: number; readonly key: PrivateJwk }
}

const { place, work } = JSON.parse(process.argv[2] ?? '') as Task
const stores = await openStoresAt(place)
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)

if ('allocate' in work) {
  const [prefix = '', from = '0', to = '0', step = '1'] = work.allocate
  let next = Number(from)
  const clerk = async () => {
    while (next < Number(to)) {
      const key = `${prefix}${next}`
      next += Number(step)
      const { listId, index } = await singleStatus(stores.status).allocate({ key, purpose: 'revocation' })
      say([key, listId, index])
    }
  }
  await Promise.all([clerk(), clerk(), clerk(), clerk()])
} else {
  const issuer = await issuerWith(stores, work.key)
  const batch = issuer.issueBatch(awardsFrom(0, work.issue), { concurrency: 4, chunk: 10 })
  for await (const { id, credential, error } of batch) say([id, credential ?? null, error?.message ?? null])
}
await stores.close()
