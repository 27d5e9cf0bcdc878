// What SQLite does for each statement of the stores: it looks up what it was asked for, and goes through no table.
import Libsql from 'libsql'
import { expect, test } from 'vitest'
import { completeStoreOptions } from '../../src/defaults/stores.js'
import { type Award, createAchievement, createIssuer } from '../../src/entries/index.js'
import type { Database, Query } from '../../src/store/database.js'
import { createSqliteDatabase, type SqliteHandle } from '../../src/store/libsql-database.js'
import { openStores } from '../../src/store/stores.js'
import { newIssuer } from '../verify/kit.js'

/** Remembers each statement, with values that it was asked with. */
function listening(database: Database, heard: Map<string, readonly unknown[]>): Database {
  const hearing =
    (query: Query): Query =>
    (text, values = []) => {
      heard.set(text, 'each' in values ? (values.each[0] ?? []) : values)
      return query(text, values)
    }
  return {
    ...database,
    query: hearing(database.query),
    transaction: (work) => database.transaction((query) => work(hearing(query))),
  }
}

/** Small by their nature: lists, and their versions; and what holds nothing but what was asked for. */
const SMALL = /\bSCAN (l|badgewright_status_list|badgewright_schema|badgewright_revoked)\b/

test('every statement looks up what it was asked for, whatever else the tables hold', async () => {
  const { id, signer } = await newIssuer()
  const handle = new Libsql(':memory:') as unknown as SqliteHandle
  const heard = new Map<string, readonly unknown[]>()
  const database = listening(createSqliteDatabase(handle), heard)
  const stores = await openStores(database, completeStoreOptions({}))
  heard.clear()
  const issuer = createIssuer({
    profile: { id, type: ['Profile'], name: 'Example School' },
    signer,
    status: {
      store: stores.status,
      listUrl: (list) => `https://school.example/status/${list}`,
      purposes: ['revocation', 'suspension'],
      revocationListUrl: 'https://school.example/revoked.json',
    },
    credentials: stores.credentials,
  })
  const achievement = createAchievement({ name: 'Feedback', description: 'Helps.', criteria: { narrative: 'Three.' } })
  const awards = Array.from(
    { length: 20 },
    (_, n): Award => ({ id: `award-${n}`, achievement, recipient: { id: `did:example:${n}` } }),
  )
  const ids: string[] = []
  for await (const { credential } of issuer.issueBatch(awards)) ids.push((credential as { id: string }).id)
  await issuer.suspendMany(ids)
  await issuer.reinstateMany(ids.slice(10))
  await issuer.revokeMany(ids.slice(0, 10))
  await issuer.renew(ids[15] as string, { validUntil: new Date('2040-01-01T00:00:00Z') })
  const record = { achievementId: achievement.id, claims: [{ copy: 1 }], state: 'claimed', at: new Date(0) } as const
  await stores.awards.put(awards.map(({ id = '' }) => ({ ...record, awardId: id, personIndex: id })))
  const [badge] = await stores.credentials.get([{ awardId: 'award-3' }])
  const bound = { ...badge, copy: 1, credentialId: 'urn:example:bound', personIndex: 'ada' } as never
  expect((await stores.credentials.put([bound]))[0]?.error).toBeUndefined()
  await stores.awards.change([
    { awardId: 'award-3', revision: 1, event: { kind: 'erased', at: new Date(0) } },
    { awardId: 'award-4', revision: 0, event: { kind: 'sent', at: new Date(0) } },
  ])
  for (const query of [{}, { state: 'offered' }, { personIndexes: ['ada', 'bob'] }, { isUnsent: true }] as const)
    for await (const _ of stores.awards.list(query));
  for (const query of [{ awardId: 'award-3' }, { personIndexes: ['ada', 'bob'] }])
    for await (const _ of stores.credentials.list(query));
  expect((await issuer.revocationList()).revokedCredential).toHaveLength(10)
  for (const query of [{}, { state: 'revoked' }, { achievementId: achievement.id }] as const)
    for await (const _ of stores.credentials.list(query));
  for (const list of await stores.status.lists()) await stores.status.read(list)
  expect(heard.size).toBeGreaterThan(15)
  for (const [text, values] of [...heard]) {
    const plan = await database.query(`explain query plan ${text}`, values as never)
    const steps = plan.map(({ detail }) => String(detail))
    const scans = steps.filter((step) => /\bSCAN\b/.test(step) && !/SCAN (json_each|g|\(|CONSTANT)/.test(step))
    expect(
      scans.filter((step) => !SMALL.test(step)),
      `${text}\n${steps.join('\n')}`,
    ).toEqual([])
    // The JSON is parsed once, and not again for each row of a table.
    const first = steps.findIndex((step) => step.includes('json_each'))
    const table = steps.findIndex((step) => /SEARCH (e|c|badgewright_\w+)\b/.test(step))
    if (first >= 0 && table >= 0) expect(first, `${text}\n${steps.join('\n')}`).toBeLessThan(table)
  }
  await stores.close()
})
