/** The contract of JobQueue over the stores' database: on one handle, on two at once, in a file that is opened again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { jobQueueContract } from '../../src/entries/contracts.js'
import { createJobQueue, type JobQueue } from '../../src/entries/jobs.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import type { Query } from '../../src/store/database.js'
import { databasesFor } from './databases.js'

const { kinds, end } = databasesFor('jobs')
const folder = mkdtempSync(join(tmpdir(), 'badgewright-jobs-'))
afterAll(async () => {
  await end()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(kinds)('$name', ({ open, isHere }) => {
  let latest: Awaited<ReturnType<typeof open>> | undefined
  const one = async () => {
    latest = await open()
    return createJobQueue(latest)
  }
  const transaction = <T>(work: (query: Query) => Promise<T>) => {
    if (latest?.database === undefined) throw new Error('no queue was made')
    return latest.database.transaction(work)
  }
  for (const { name, run } of jobQueueContract(one, { transaction })) test.skipIf(!isHere)(name, run)
})

test('what was sent is there when the file is opened again, and so is what was held', async () => {
  const path = join(folder, 'again.db')
  const first = await embeddedStores(path)
  const queue = createJobQueue(first)
  await queue.send(['a', 'b', 'c'].map((key) => ({ queue: 'q', key, data: { key } })))
  const [held] = await queue.receive('q', { most: 1, leaseSeconds: 600 })
  const [short] = await queue.receive('q', { most: 1, leaseSeconds: 1 })
  expect([held?.key, short?.key]).toEqual(['a', 'b'])
  await first.close()

  const second = await embeddedStores(path)
  const again = createJobQueue(second)
  const [c] = await again.receive('q', { most: 5, leaseSeconds: 600 })
  expect(c?.key).toBe('c')
  const [b] = await again.receive('q', { most: 5, leaseSeconds: 600, waitSeconds: 60 })
  expect(b).toMatchObject({ key: 'b', attempt: 2 })
  expect(await again.done([held, c, b] as Parameters<JobQueue['done']>[0])).toEqual([true, true, true])
  await second.close()
})

test('stores in memory have no place for jobs', () => {
  expect(() => createJobQueue(memoryStores())).toThrowError(
    expect.objectContaining({ code: 'usage.invalid_option', option: 'stores' }),
  )
})
