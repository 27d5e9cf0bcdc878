/** Batches whose jobs are in pg-boss: sent in the transaction that releases the batch; and a server that is away for a while. */
import PgBoss from 'pg-boss'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { type PgBossQueue, pgBossQueue } from '../../src/entries/jobs/pg-boss.js'
import { createBatches } from '../../src/entries/jobs.js'
import { postgresStores } from '../../src/entries/store/postgres.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from '../store/postgres-server.js'
import { awards, batchesOn, demandOnce, issuerOn, profile } from './batch-kit.js'

const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
const on = test.skipIf(!('options' in server))
const clients: ReturnType<typeof postgres>[] = []
const queues: PgBossQueue[] = []
afterAll(async () => {
  for (const each of queues) await each.close().catch(() => undefined)
  for (const each of clients) await each.end({ timeout: 2 })
  if ('stop' in server) server.stop()
})

async function place(schema: string) {
  const options = 'options' in server ? server.options : {}
  const client = postgres({
    ...options,
    max: 4,
    onnotice: () => undefined,
    connection: { search_path: schema, application_name: schema },
    // pg-boss gives arrays.
    fetch_types: schema === 'together',
  })
  clients.push(client)
  await client.unsafe(`create schema if not exists ${schema}`)
  return { client, stores: await postgresStores(client) }
}

on('a batch and its jobs are there together, or neither is', async () => {
  const { client, stores } = await place('together')
  const queue = await pgBossQueue(client, { PgBoss, schema: 'together_boss', leaseCheckSeconds: 1 })
  queues.push(queue)
  const count = async (what: string) => Number((await client.unsafe(`select count(*) as n from ${what}`))[0]?.n)
  const undone = {
    ...queue,
    send: async (...call: Parameters<typeof queue.send>) => {
      await queue.send(...call)
      throw new Error('the cable is out')
    },
  }
  const stop = new AbortController()
  await expect(
    createBatches({ profile: profile as never, stores, queue: undone }).submitBatch(awards(1500), {
      id: 'a',
      onProgress: ({ done }) => done === 1500 && setTimeout(() => stop.abort(), 500),
      signal: stop.signal,
    }),
  ).rejects.toMatchObject({ code: 'store.failed' })
  expect(await count("together_boss.job where name like 'badgewright_issue%'")).toBe(0)
  expect(await count('badgewright_batch')).toBe(0)
  const batches = createBatches({ profile: profile as never, stores, queue })
  await batches.submitBatch(awards(1500), { id: 'a' })
  expect(await count("together_boss.job where name like 'badgewright_issue%'")).toBe(2)
  const workers = [1, 2].map(() => batches.work({ issuer: issuerOn(stores), whenIdle: 'end' }))
  expect((await Promise.all(workers)).reduce((sum, { issued }) => sum + issued, 0)).toBe(1500)
  expect(await batches.batchStatus('a')).toMatchObject({ state: 'finished', issued: 1500 })
  expect(
    await demandOnce(
      stores,
      awards(1500).map((each) => each.id as string),
    ),
  ).toBeUndefined()
  // On another database nothing is half there.
  const elsewhere = createBatches({
    profile: profile as never,
    stores,
    queue: { ...queue, send: async () => Promise.reject(new Error('none')) },
  })
  await expect(elsewhere.submitBatch(awards(1), { id: 'b', signal: AbortSignal.timeout(400) })).rejects.toThrow()
  await expect(batches.batchStatus('b')).rejects.toMatchObject({ code: 'usage.unknown_batch' })
})

on(
  'a database whose connections end again and again, while awards are submitted and issued',
  async () => {
    const { stores } = await place('away')
    const { client: other } = await place('other')
    const batches = batchesOn(stores)
    const cut = () =>
      other.unsafe("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'away'")
    let cuts = 0
    async function* source() {
      for (const each of awards(3000)) {
        if (each.id === 'award-500' || each.id === 'award-1700') {
          await cut()
          cuts++
        }
        yield each
      }
    }
    await batches.submitBatch(source(), { id: 'a' })
    const cutting = setInterval(() => void cut().then(() => cuts++), 150)
    const troubles: unknown[] = []
    const done = await batches.work({
      issuer: issuerOn(stores),
      whenIdle: 'end',
      leaseSeconds: 3,
      onTrouble: (error) => {
        troubles.push(error)
        if (troubles.length >= 4) clearInterval(cutting)
      },
    })
    clearInterval(cutting)
    expect(cuts).toBeGreaterThan(3)
    expect(done.failed).toBe(0)
    expect(await batches.batchStatus('a')).toMatchObject({ state: 'finished', issued: 3000, failed: 0 })
    expect(
      await demandOnce(
        stores,
        awards(3000).map((each) => each.id as string),
      ),
    ).toBeUndefined()
  },
  120_000,
)
