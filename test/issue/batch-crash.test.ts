// A batch in chunks on a database: a fault after any statement, then the same batch again, doubles nothing and loses nothing.
import Libsql from 'libsql'
import { expect, test } from 'vitest'
import { completeStoreOptions } from '../../src/defaults/stores.js'
import { type Award, createAchievement, createIssuer, type IssuedAward } from '../../src/entries/index.js'
import { createSqliteDatabase, type SqliteHandle } from '../../src/store/libsql-database.js'
import { openStores, type Stores } from '../../src/store/stores.js'
import { faulty } from '../store/faulty.js'
import { newIssuer } from '../verify/kit.js'

const { id, signer } = await newIssuer()
const achievement = createAchievement({ name: 'Feedback', description: 'Helps.', criteria: { narrative: 'Three.' } })
const recipient = (n: number) => ({ id: `did:example:${n}` })
const COUNT = 10
/** The fifth comes twice, the seventh is none. */
const AWARDS: readonly Award[] = [
  ...Array.from({ length: COUNT }, (_, n): Award => ({ id: `award-${n}`, achievement, recipient: recipient(n) })),
  { id: 'award-4', achievement, recipient: recipient(4) },
].with(6, { id: 'award-6', achievement, recipient: { email: 'nobody' } })

const issuerOn = (stores: Stores) =>
  createIssuer({
    profile: { id, type: ['Profile'], name: 'Example School' },
    signer,
    status: { store: stores.status, listUrl: (list) => `https://school.example/status/${list}` },
    credentials: stores.credentials,
  })

async function run(stores: Stores): Promise<IssuedAward[]> {
  const issued: IssuedAward[] = []
  for await (const one of issuerOn(stores).issueBatch(AWARDS, { chunk: 4 })) issued.push(one)
  return issued
}

test('after every statement of three chunks', async () => {
  let faults = 0
  for (let due = 4; ; due++) {
    const database = createSqliteDatabase(new Libsql(':memory:') as unknown as SqliteHandle)
    const whole = await openStores(database, completeStoreOptions({}))
    const first = await run(await openStores(faulty(database, due), completeStoreOptions({})))
    const isWhole = first.every(({ error, index }) => error === undefined || index === 6)
    const again = await run(whole)
    // What was answered before the fault is what is answered after it.
    for (const [at, { credential }] of first.entries())
      if (credential !== undefined) expect(again[at]?.credential).toEqual(credential)
    expect(again.flatMap(({ index, error }) => (error === undefined ? [] : [[index, error.code]]))).toEqual([
      [6, 'usage.invalid_award'],
    ])
    expect(again[COUNT]?.credential).toEqual(again[4]?.credential)
    const ids = []
    for await (const { awardId } of whole.credentials.list()) ids.push({ awardId })
    const records = await whole.credentials.get(ids)
    expect(records).toHaveLength(COUNT - 1)
    const entries = records.flatMap((record) => record?.status.map(({ listId, index }) => `${listId}#${index}`) ?? [])
    expect(new Set(entries).size).toBe(COUNT - 1)
    // No entry was taken for nothing.
    const [row] = await database.query('select count(*) as entries from badgewright_status_entry')
    expect(row?.entries).toBe(COUNT - 1)
    const [list] = await database.query('select sum(allocated) as allocated from badgewright_status_list')
    expect(list?.allocated).toBe(COUNT - 1)
    await whole.close()
    if (isWhole) break
    faults++
  }
  expect(faults).toBeGreaterThan(15)
})

test('an award that says something else under a known id is told, whatever it is', async () => {
  const whole = await openStores(
    createSqliteDatabase(new Libsql(':memory:') as unknown as SqliteHandle),
    completeStoreOptions({}),
  )
  const issuer = issuerOn(whole)
  const award: Award = { id: 'a', achievement, recipient: recipient(1), narrative: 'Did well.' }
  const badge = await issuer.issue(award)
  expect(await issuer.issue({ ...award, by: 'another clerk' })).toEqual(badge)
  for (const change of [
    { recipient: recipient(2) },
    { narrative: 'Did better.' },
    { validUntil: new Date('2040-01-01T00:00:00Z') },
    { evidence: [{ type: ['Evidence'], name: 'A recording' }] },
  ] as const)
    await expect(issuer.issue({ ...award, ...change } as Award)).rejects.toMatchObject({ code: 'usage.award_conflict' })
  await whole.close()
})
