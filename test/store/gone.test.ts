// A real server that goes away in the middle of a batch, and comes again: nothing hangs, and the same batch again doubles and loses nothing.
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { completeStoreOptions } from '../../src/defaults/stores.js'
import { generateKey } from '../../src/entries/index.js'
import { withPatience } from '../../src/store/patience.js'
import { createPostgresDatabase } from '../../src/store/postgres-database.js'
import { openStores } from '../../src/store/stores.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from './postgres-server.js'
import { awardsFrom, issuerWith } from './school.js'

const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
afterAll(() => ('missing' in server ? undefined : server.stop()))

const AWARDS = 600
const PATIENCE = 1500

/** What the client throws where nobody catches it is the client's fault (its issue 1066), and not what is tested. */
const thrown: unknown[] = []
const keep = (error: unknown) => thrown.push(error)

test.skipIf('missing' in server)('the database is gone for seconds in the middle of a batch', async () => {
  if ('missing' in server) return
  const key = await generateKey()
  const open = async (patience?: number) => {
    const client = postgres({
      ...server.options,
      max: 4,
      onnotice: () => undefined,
      backoff: () => 0.2,
      connect_timeout: 2,
    })
    const database = withPatience(createPostgresDatabase(client as never), patience)
    const stores = await openStores(database, completeStoreOptions({}))
    return { stores, issuer: await issuerWith(stores, key), end: () => client.end({ timeout: 1 }) }
  }
  process.on('uncaughtException', keep)
  try {
    const first = await open(PATIENCE)
    let [done, failed] = [0, 0]
    let away: Promise<void> | undefined
    for await (const { error } of first.issuer.issueBatch(awardsFrom(0, AWARDS), { chunk: 20 })) {
      if (error === undefined) done++
      else failed++
      if (done === 60) away ??= server.goAway(3000)
    }
    await away
    // Each award has an answer, a badge or an error; how many fall into the time without a database, the machine decides.
    expect(done + failed).toBe(AWARDS)
    await first.end()

    const second = await open()
    const badges = new Set<string>()
    for await (const one of second.issuer.issueBatch(awardsFrom(0, AWARDS), { chunk: 100 })) {
      expect(one.error).toBeUndefined()
      badges.add((one.credential as { id: string }).id)
    }
    expect(badges.size).toBe(AWARDS)
    const places = new Set<string>()
    let records = 0
    for await (const { status } of second.stores.credentials.list()) {
      records++
      for (const { listId, index } of status) places.add(`${listId} ${index}`)
    }
    expect([records, places.size]).toEqual([AWARDS, AWARDS])
    await second.end()
  } finally {
    process.off('uncaughtException', keep)
  }
})
