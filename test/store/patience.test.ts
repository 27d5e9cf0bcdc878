// "The database gone for ten seconds in the middle": postgres 3.4.9 waits for ever then (porsager/postgres#1208). Nothing here does.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Database, Query } from '../../src/store/database.js'
import { withPatience } from '../../src/store/patience.js'

const MS = 800
const silent = () => new Promise<never>(() => undefined)
const rows = async () => [{ one: 1 }]
/** Answers each statement as it is told to. */
function database(query: Query): Database & { committed: number; rolledBack: number } {
  const made = {
    dialect: 'postgres' as const,
    committed: 0,
    rolledBack: 0,
    query,
    transaction: async <T>(work: (query: Query) => Promise<T>) => {
      try {
        const result = await work(query)
        made.committed++
        return result
      } catch (error) {
        made.rolledBack++
        throw error
      }
    },
    snapshot: async () => ({ query, isExclusive: false, close: async () => undefined }),
    close: async () => undefined,
  }
  return made
}
const GIVEN_UP = 'has not answered for 0.8 seconds'

describe('who is not answered is told', () => {
  test.each<[string, (patient: Database) => Promise<unknown>]>([
    ['a statement', (patient) => patient.query('select 1')],
    ['a statement of a transaction', (patient) => patient.transaction((query) => query('select 1'))],
    ['a statement of a snapshot', async (patient) => (await patient.snapshot()).query('select 1')],
  ])('%s', async (_, ask) => {
    await expect(ask(withPatience(database(silent), MS))).rejects.toThrow(GIVEN_UP)
  })
  test('a transaction that never gets a connection', async () => {
    const patient = withPatience({ ...database(rows), transaction: silent }, MS)
    await expect(patient.transaction(async () => 1)).rejects.toThrow(GIVEN_UP)
  })
  test('a snapshot that never begins', async () => {
    await expect(withPatience({ ...database(rows), snapshot: silent }, MS).snapshot()).rejects.toThrow(GIVEN_UP)
  })
})

test('a transaction may last: each answer is a sign of life', async () => {
  const slow = database(async () => {
    await sleep(MS / 5)
    return rows()
  })
  const asked = withPatience(slow, MS).transaction(async (query) => {
    for (let n = 0; n < 7; n++) await query('select 1')
    return 'done'
  })
  expect(await asked).toBe('done')
  expect(slow.committed).toBe(1)
})

test('what was given up is not completed when the database is back', async () => {
  let answer = () => {}
  let asked = 0
  const back = database(async () => {
    asked++
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    return rows()
  })
  const patient = withPatience(back, MS)
  await expect(
    patient.transaction(async (query) => {
      await query('insert 1')
      await query('insert 2')
    }),
  ).rejects.toThrow(GIVEN_UP)
  answer()
  await sleep(1)
  // The second statement was never asked, and the first was rolled back.
  expect([asked, back.committed, back.rolledBack]).toEqual([1, 0, 1])
})

test('an error of the database comes as it is', async () => {
  const failing = database(async () => {
    throw new Error('duplicate key')
  })
  await expect(withPatience(failing, MS).query('insert')).rejects.toThrow('duplicate key')
})
