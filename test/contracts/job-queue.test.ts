/** The contract of JobQueue: each promise is missed by a queue that breaks it. */
import Libsql from 'libsql'
import { afterAll } from 'vitest'
import { jobQueueContract } from '../../src/entries/contracts.js'
import type { JobQueue } from '../../src/jobs/job-queue.js'
import { createSqlJobQueue } from '../../src/jobs/sql-job-queue.js'
import type { Database, Query } from '../../src/store/database.js'
import { createSqliteDatabase, type SqliteHandle } from '../../src/store/libsql-database.js'
import { prepareTables } from '../../src/store/schema.js'
import { testBroken } from './broken.js'

const open: Database[] = []
afterAll(() => Promise.all(open.map((each) => each.close())))
let latest: Database | undefined

async function whole(): Promise<JobQueue> {
  const database = createSqliteDatabase(new Libsql(':memory:') as unknown as SqliteHandle)
  await prepareTables(database)
  open.push(database)
  latest = database
  return createSqlJobQueue(database)
}
const transaction = <T>(work: (query: Query) => Promise<T>) => (latest as Database).transaction(work)
const contract = (change: (queue: JobQueue) => JobQueue) =>
  jobQueueContract(async () => change(await whole()), { transaction })

testBroken(
  contract((queue) => queue),
  [
    {
      title: 'loses what it was sent with',
      caught: ['a job comes as it was sent'],
      rules: contract((queue) => ({
        ...queue,
        send: (jobs, options) =>
          queue.send(
            jobs.map((job) => ({ ...job, data: {} })),
            options,
          ),
      })),
    },
    {
      title: 'knows no keys',
      caught: ['a key once', 'dead letters'],
      rules: contract((queue) => {
        let n = 0
        const known = new Map<string, string>()
        return {
          ...queue,
          send: (jobs, options) =>
            queue.send(
              jobs.map((job) => {
                const key = known.has(job.key) ? `${job.key}-${n++}` : job.key
                known.set(job.key, key)
                return { ...job, key }
              }),
              options,
            ),
        }
      }),
    },
    {
      title: 'sends one by one',
      caught: ['all of the jobs or none'],
      rules: contract((queue) => ({
        ...queue,
        send: async (jobs, options) => {
          for (const job of jobs) await queue.send([job], options)
        },
      })),
    },
    {
      title: 'holds nothing for anybody',
      caught: ['no more than were asked for', 'again when a lease has ended', 'a lease begins anew'],
      rules: contract((queue) => ({
        ...queue,
        receive: async (name, options) => {
          const jobs = await queue.receive(name, options)
          if (options.again === undefined)
            await queue.failed(jobs.map((job) => ({ job, reason: 'none', waitSeconds: 0 })))
          return jobs
        },
      })),
    },
    {
      title: 'never waits, and hears no signal',
      caught: ['waits no longer than it may'],
      rules: contract((queue) => ({
        ...queue,
        receive: (name, options) =>
          queue.receive(
            name,
            options.again === undefined ? { ...options, waitSeconds: 0, signal: undefined } : options,
          ),
      })),
    },
    {
      title: 'says of everything that it is done',
      caught: ['for good, and each for itself'],
      rules: contract((queue) => ({ ...queue, done: async (jobs) => jobs.map(() => true) })),
    },
    {
      title: 'has no waits and no dead letters',
      caught: ['again after the wait', 'dead letters'],
      rules: contract((queue) => ({
        ...queue,
        failed: (failures) => queue.failed(failures.map((each) => ({ ...each, waitSeconds: 0 }))),
      })),
    },
    {
      title: 'sends in a transaction of its own',
      caught: ['with the rest of a transaction'],
      rules: contract((queue) => {
        // What is sent within a transaction is kept in mind, and sent with the next call, whatever became of the transaction.
        const kept: Parameters<JobQueue['send']>[0][number][] = []
        return {
          ...queue,
          send: async (jobs, options) => {
            if (options?.query === undefined) return queue.send(jobs)
            kept.push(...jobs)
          },
          receive: async (...asked) => {
            await queue.send(kept.splice(0))
            return queue.receive(...asked)
          },
        }
      }),
    },
  ],
)
