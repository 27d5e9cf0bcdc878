// Databases of version 0.1, and of versions that are not written yet.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import postgres from 'postgres'
import { afterAll, describe, expect, test } from 'vitest'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { postgresStores } from '../../src/entries/store/postgres.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from './postgres-server.js'
import { singleStatus } from './single.js'

const folder = mkdtempSync(join(tmpdir(), 'badgewright-schema-'))
const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
afterAll(() => {
  if ('stop' in server) server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The tables as version 0.1 made them, with one badge that was suspended, reinstated and revoked, and one that was renewed. */
function tablesOf01(dialect: 'sqlite' | 'postgres'): string[] {
  const text = dialect === 'sqlite' ? 'text' : 'text collate "C"'
  const serial =
    dialect === 'sqlite' ? 'integer primary key autoincrement' : 'bigint generated always as identity primary key'
  const record = (n: number, credential: unknown) =>
    JSON.stringify({
      awardId: `award-${n}`,
      credentialId: `urn:example:${n}`,
      achievementId: 'urn:example:achievement',
      recipientHash: 'sha256$00',
      issuedAt: '2030-01-02T03:04:05.000Z',
      status: [{ listId: 'revocation-1', index: n, purpose: 'revocation' }],
      credential,
    })
  const event = (n: number, kind: string, more: object = {}) =>
    `insert into badgewright_event (award_id, event) values ('award-${n}', '${JSON.stringify({ kind, at: '2030-02-02T00:00:00.000Z', ...more })}')`
  return [
    `create table badgewright_status_list (id ${text} primary key, purpose ${text} not null, seq integer not null,
      entries integer not null, capacity integer not null, status_size integer not null,
      allocated integer not null default 0, updated ${text} not null, unique (purpose, seq))`,
    `create table badgewright_status_entry (list_id ${text} not null references badgewright_status_list (id),
      idx integer not null, purpose ${text} not null, award_key ${text} not null, value bigint not null default 0,
      primary key (list_id, idx), unique (purpose, award_key))`,
    'create index badgewright_status_set on badgewright_status_entry (list_id) where value <> 0',
    `create table badgewright_credential (award_id ${text} primary key, credential_id ${text} not null unique,
      revision integer not null default 0, record text not null)`,
    `create table badgewright_event (n ${serial}, award_id ${text} not null references badgewright_credential (award_id),
      event text not null)`,
    'create index badgewright_event_award on badgewright_event (award_id)',
    `insert into badgewright_status_list values ('revocation-1', 'revocation', 1, 131072, 117964, 1, 2, '2030-01-02T03:04:05.000Z')`,
    `insert into badgewright_status_entry values ('revocation-1', 1, 'revocation', 'award-1', 1)`,
    `insert into badgewright_status_entry values ('revocation-1', 2, 'revocation', 'award-2', 0)`,
    `insert into badgewright_credential values ('award-1', 'urn:example:1', 0, '${record(1, 'header.payload.signature')}')`,
    `insert into badgewright_credential values ('award-2', 'urn:example:2', 1, '${record(2, { id: 'urn:example:2', name: 'ü' })}')`,
    event(1, 'suspended'),
    event(2, 'renewed', { revision: 1 }),
    event(1, 'reinstated'),
    event(1, 'revoked', { reason: 'fraud' }),
  ]
}

const KINDS = [
  {
    name: 'embedded' as const,
    isHere: true,
    newPlace: (statements: readonly string[]) => {
      const path = join(folder, `${Math.random()}.db`)
      const handle = new Libsql(path)
      for (const statement of statements) handle.exec(statement)
      const open = () => embeddedStores(path)
      return {
        open,
        exec: async (statement: string) => void handle.exec(statement),
        end: async () => void handle.close(),
      }
    },
  },
  {
    name: 'PostgreSQL' as const,
    isHere: 'options' in server,
    newPlace: (statements: readonly string[]) => {
      const schema = `s${Math.random().toString(36).slice(2)}`
      const options = 'options' in server ? server.options : {}
      const sql = postgres({ ...options, max: 4, onnotice: () => undefined, connection: { search_path: schema } })
      const ready = (async () => {
        await sql.unsafe(`create schema ${schema}`)
        for (const statement of statements) await sql.unsafe(statement)
      })()
      const open = async () => {
        await ready
        return postgresStores(sql)
      }
      const exec = async (statement: string) => {
        await ready
        await sql.unsafe(statement)
      }
      return { open, exec, end: () => sql.end() }
    },
  },
]

describe.each(KINDS)('$name', ({ name, isHere, newPlace }) => {
  const old = () => tablesOf01(name === 'embedded' ? 'sqlite' : 'postgres')

  test.skipIf(!isHere)('tables of 0.1 keep all that they hold, and are found by what is new', async () => {
    const { open, end } = newPlace(old())
    // At once: one migrates, the other finds it done.
    const [stores, second] = await Promise.all([open(), open()])
    const [one, two] = await second.credentials.get([{ awardId: 'award-1' }, { credentialId: 'urn:example:2' }])
    expect(one).toMatchObject({ credential: 'header.payload.signature', revision: 0 })
    expect(one?.events.map(({ kind }) => kind)).toEqual(['suspended', 'reinstated', 'revoked'])
    expect(two).toMatchObject({ credential: { id: 'urn:example:2', name: 'ü' }, revision: 1 })
    expect(two?.status).toEqual([{ listId: 'revocation-1', index: 2, purpose: 'revocation' }])
    const revoked = []
    for await (const record of stores.credentials.list({ state: 'revoked' })) revoked.push(record)
    expect(revoked).toMatchObject([{ awardId: 'award-1', issuedAt: new Date('2030-01-02T03:04:05.000Z') }])
    expect(revoked[0]).not.toHaveProperty('credential')
    const pages = []
    for await (const page of second.credentials.revoked()) pages.push(page)
    expect(pages.flat()).toEqual([{ id: 'urn:example:1', reason: 'fraud' }])
    // The list goes on being filled, by one process at a time.
    const status = singleStatus(stores.status)
    expect(await status.allocate({ key: 'award-1', purpose: 'revocation' })).toEqual({
      listId: 'revocation-1',
      index: 1,
    })
    expect(await status.allocate({ key: 'award-3', purpose: 'revocation' })).toMatchObject({ listId: 'revocation-1' })
    const other = await singleStatus(second.status).allocate({ key: 'award-4', purpose: 'revocation' })
    expect(other.listId).toBe('revocation-2')
    await stores.close()
    await second.close()
    await end()
  })
  test.skipIf(!isHere)(
    'a process of 0.1 that still runs is stopped, and writes nothing that no index knows',
    async () => {
      const { open, exec, end } = newPlace(old())
      const stores = await open()
      const insert = "insert into badgewright_credential (award_id, credential_id, record) values ('a', 'b', '{}')"
      await expect(exec(insert)).rejects.toThrow()
      await expect(exec("insert into badgewright_event (award_id, event) values ('award-1', '{}')")).rejects.toThrow()
      await stores.close()
      await end()
    },
  )
  test.skipIf(!isHere)('tables of a newer version are refused, and stay as they are', async () => {
    const { open, exec, end } = newPlace([])
    await (await open()).close()
    await exec('update badgewright_schema set version = 99')
    await expect(open()).rejects.toMatchObject({ code: 'store.newer_schema' })
    await end()
  })
  test.skipIf(!isHere)('leases: each process has a list of its own, and takes up one that was left', async () => {
    const { open, exec, end } = newPlace([])
    const [one, two] = [await open(), await open()]
    const listOf = async ({ status }: typeof one, key: string) =>
      (await singleStatus(status).allocate({ key, purpose: 'revocation' })).listId
    expect([await listOf(one, '1'), await listOf(two, '2'), await listOf(one, '3')]).toEqual([
      'revocation-1',
      'revocation-2',
      'revocation-1',
    ])
    // It ended without a word: its lease runs out, by the clock of the database.
    await exec("update badgewright_status_list set leased_until = 1 where id = 'revocation-1'")
    const three = await open()
    expect(await listOf(three, '4')).toBe('revocation-1')
    // And the first, which was only slow, begins another: nobody waits for anybody.
    expect(await listOf(one, '5')).toBe('revocation-3')
    // It said goodbye: at once.
    if (name === 'PostgreSQL') await two.close()
    else await exec("update badgewright_status_list set lessee = null where id = 'revocation-2'")
    expect(await listOf(await open(), '6')).toBe('revocation-2')
    await end()
  })
})
