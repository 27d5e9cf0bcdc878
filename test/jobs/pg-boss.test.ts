/**
 * JobQueue on pg-boss 10, on a real PostgreSQL: the contract, and what pg-boss itself would do otherwise. Version 12 needs Node 22, and
 * has the same contract in test/interop/pg-boss-12.js.
 */
import PgBoss from 'pg-boss'
import postgres from 'postgres'
import { afterAll, describe, expect, test } from 'vitest'
import { jobQueueContract } from '../../src/entries/contracts.js'
import { installedPgBossQueue, type PgBossQueue, pgBossQueue } from '../../src/entries/jobs/pg-boss.js'
import { StoreError } from '../../src/errors.js'
import type { Query } from '../../src/store/database.js'
import { createPostgresDatabase } from '../../src/store/postgres-database.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from '../store/postgres-server.js'

const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
const isHere = 'options' in server
const client = postgres({ ...(isHere ? server.options : {}), max: 8, onnotice: () => undefined })
const open: PgBossQueue[] = []
let schemas = 0
afterAll(async () => {
  for (const queue of open) await queue.close()
  await client.end()
  if ('stop' in server) server.stop()
})

async function make(schema = `boss_${++schemas}`, leaseCheckSeconds = 1): Promise<PgBossQueue> {
  const queue = await pgBossQueue(client, { PgBoss, schema, leaseCheckSeconds })
  open.push(queue)
  return queue
}
const transaction = <T>(work: (query: Query) => Promise<T>) => createPostgresDatabase(client).transaction(work)
const job = (key: string) => ({ queue: 'q', key, data: { key } })

describe('the contract', () => {
  for (const { name, run } of jobQueueContract(() => make(), { transaction })) test.skipIf(!isHere)(name, run)
})

test.skipIf(!isHere)('two copies of pg-boss on one schema, which both make', async () => {
  const both = await Promise.all([make('shared'), make('shared')])
  await Promise.all(both.map((queue, n) => queue.send(Array.from({ length: 40 }, (_, at) => job(`${n}-${at}`)))))
  const got: string[] = []
  const take = async (queue: PgBossQueue) => {
    for (;;) {
      const jobs = await queue.receive('q', { most: 7, leaseSeconds: 60 })
      if (jobs.length === 0) return
      got.push(...jobs.map(({ key }) => key))
      expect(await queue.done(jobs)).toEqual(jobs.map(() => true))
    }
  }
  await Promise.all(both.map(take))
  await take(both[0])
  expect(got.length).toBe(80)
  expect(new Set(got).size).toBe(80)
})

test.skipIf(!isHere)('jobs and rows commit together', async () => {
  const queue = await make()
  await client`create table told (key text)`
  const tell = (key: string, isUndone: boolean) =>
    transaction(async (query) => {
      await query('insert into told (key) values (?1)', [key])
      await queue.send([job(key)], { query })
      if (isUndone) throw new Error('undone')
    })
  await tell('one', false)
  await expect(tell('two', true)).rejects.toThrow('undone')
  const rows = await client<{ key: string }[]>`select key from told`
  const jobs = await queue.receive('q', { most: 10, leaseSeconds: 60 })
  expect(rows.map(({ key }) => key)).toEqual(['one'])
  expect(jobs.map(({ key }) => key)).toEqual(['one'])
})

test.skipIf(!isHere)('pg-boss 10 takes a broken database for an empty queue, and this does not', async () => {
  const schema = 'gone'
  const queue = await make(schema, 3600)
  expect(await queue.receive('q', { most: 1, leaseSeconds: 60 })).toEqual([])
  await client.unsafe(`drop schema ${schema} cascade`)
  const boss = new PgBoss({
    schema,
    db: { executeSql: async (text) => ({ rows: [...(await client.unsafe(text, ['badgewright_q', 1] as never))] }) },
  })
  expect(await boss.fetch('badgewright_q')).toEqual([])
  const error = await queue.receive('q', { most: 1, leaseSeconds: 60 }).catch((each: unknown) => each)
  expect(error).toBeInstanceOf(StoreError)
  expect(error).toMatchObject({ code: 'store.failed', cause: { code: '42P01' } })
})

test.skipIf(!isHere)('a job that nobody takes is kept for years, and one that is done is known for days', async () => {
  const schema = 'kept'
  const queue = await make(schema)
  await queue.send([job('one'), job('two')])
  const jobs = await queue.receive('q', { most: 1, leaseSeconds: 7200 })
  await queue.done(jobs)
  const [row] = await client.unsafe(
    `select min(keep_until) > now() + interval '9 years' as kept, max(expire_in) filter (where state = 'completed') as lease from ${schema}.job`,
  )
  expect(row?.kept).toBe(true)
  expect(row?.lease).toBe('02:00:00')
  const age = (days: number) =>
    client.unsafe(`update ${schema}.job set completed_on = now() - interval '${days} days' where state = 'completed'`)
  const later = async () => {
    const other = await make(schema)
    await other.receive('q', { most: 1, leaseSeconds: 7200 })
    await other.send(jobs)
    return other.receive('q', { most: 9, leaseSeconds: 7200 })
  }
  await age(7)
  expect(await later()).toEqual([])
  await age(9)
  expect((await later()).map(({ key }) => key)).toEqual(jobs.map(({ key }) => key))
})

test.skipIf(!isHere)('with the copy that is installed', async () => {
  const queue = await installedPgBossQueue(client)
  open.push(queue)
  await queue.send([job('one')])
  expect(await queue.receive('q', { most: 1, leaseSeconds: 60 })).toMatchObject([{ key: 'one', attempt: 1 }])
  const [row] = await client`select name from badgewright_pgboss.queue`
  expect(row).toEqual({ name: 'badgewright_q' })
})

test.each<[string, unknown, string]>([
  ['another version', { PgBoss: class {} }, 'usage.invalid_option'],
  ['no class', {}, 'usage.missing_option'],
  ['a misspelt option', { PgBoss, shema: 'a' }, 'usage.invalid_option'],
  ['a schema that is SQL', { PgBoss, schema: 'a; drop table b' }, 'usage.invalid_option'],
  ['no seconds', { PgBoss, leaseCheckSeconds: 0 }, 'usage.invalid_option'],
])('%s is refused', async (_, options, code) => {
  await expect(pgBossQueue(client, options as never)).rejects.toMatchObject({ code })
})

test.each<[string, unknown, string]>([
  ['no client', undefined, 'usage.missing_option'],
  ['a client that sets no connection apart', { unsafe: client.unsafe, begin: client.begin }, 'usage.missing_option'],
  ['a client of one connection', postgres({ max: 1 }), 'usage.invalid_option'],
])('%s is refused', async (_, wrong, code) => {
  await expect(pgBossQueue(wrong as never, { PgBoss })).rejects.toMatchObject({ code, option: 'client' })
})
