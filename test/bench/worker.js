/**
 * One of the workers of a batch that stands in a queue: takes a job, which names a thousand awards, issues them, and says what it issued,
 * until it is told to end. Its own issuer and stores, as on a machine of its own.
 *
 * @module
 */
import PgBoss from 'pg-boss'
import postgres from 'postgres'
import { awards, issuerOptions } from './awards.js'
import { fromPackage } from './installed.js'

const { installed, identity, options, queue: name, lease } = JSON.parse(process.argv[2])
const { createIssuer, createSigner } = await fromPackage(installed)
const { postgresStores } = await fromPackage(installed, 'store/postgres')
const { pgBossQueue } = await fromPackage(installed, 'jobs/pg-boss')
const signer = await createSigner({ key: identity.privateJwk })
const sql = postgres({ ...options, max: 6, onnotice: () => undefined })
const stores = await postgresStores(sql)
const queue = await pgBossQueue(sql, { PgBoss, leaseCheckSeconds: 2 })
const { status, ...rest } = issuerOptions(await fromPackage(installed, 'store/memory'), identity, signer)
const issuer = createIssuer({ ...rest, status: { ...status, store: stores.status }, credentials: stores.credentials })
// As they would be written to a file.
const file = Buffer.alloc(16_384)
const end = new AbortController()
process.on('message', () => end.abort())
process.send({ ready: true })

while (!end.signal.aborted) {
  const [job] = await queue.receive(name, { most: 1, leaseSeconds: lease, waitSeconds: 60, signal: end.signal })
  if (job === undefined) continue
  const { first, count } = job.data
  for await (const { text, error } of issuer.issueBatch(awards(count, first), { as: 'text' })) {
    if (error !== undefined) throw error
    file.write(text)
  }
  const [isHeld] = await queue.done([job])
  process.send({ first, attempt: job.attempt, isHeld, rss: process.memoryUsage.rss() })
}
await queue.close()
await stores.close()
await sql.end()
process.disconnect()
