/**
 * One of the processes that `npm run test:kills` kills: issues the batches that it is told, says each badge on its output, and asks for
 * the next. Bundled.
 *
 * @module
 */
import type { PrivateJwk } from '../../src/entries/index.js'
import { awardsFrom, issuerWith, openStoresAt, type Place } from '../store/school.js'
import { digestOf } from './digest.js'

export interface ClerkTask {
  readonly place: Place
  readonly key: PrivateJwk
  /** Awards that share a transaction. */
  readonly chunk: number
}

/** Awards `first` up to, and without, `first + count`; or the end. */
export type Told = { readonly first: number; readonly count: number } | 'end'

/** What it says, a line each: an award's id with the digest of its badge or what went wrong, and `done` after each batch. */
export type Said = readonly [id: string, digest: string | null, error: string | null] | 'ready' | 'done'

const { place, key, chunk } = JSON.parse(process.argv[2] ?? '') as ClerkTask
const stores = await openStoresAt(place)
const issuer = await issuerWith(stores, key)
// A pipe is written to before the call is over: what was said before the end is heard.
const say = (value: Said) => process.stdout.write(`${JSON.stringify(value)}\n`)

process.on('message', async (told: Told) => {
  if (told === 'end') {
    await stores.close()
    process.disconnect()
    return
  }
  const batch = issuer.issueBatch(awardsFrom(told.first, told.count), { chunk })
  for await (const { id, credential, error } of batch)
    say([String(id), credential === undefined ? null : digestOf(credential), error?.message ?? null])
  say('done')
})
say('ready')
