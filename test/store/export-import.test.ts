/** Moving house: what an issuer's stores hold, out of one database and into another. src/store/export-stores.ts, import-stores.ts */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import postgres from 'postgres'
import { afterAll, describe, expect, test } from 'vitest'
import { completeStoreOptions } from '../../src/defaults/stores.js'
import { generateKey, type Issuer } from '../../src/entries/index.js'
import { embeddedStores, exportStores, importInto } from '../../src/entries/store/embedded.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { postgresStores } from '../../src/entries/store/postgres.js'
import { createSqliteDatabase, type SqliteHandle } from '../../src/store/libsql-database.js'
import { openOutbox, readOutbox } from '../../src/store/outbox.js'
import { createPostgresDatabase } from '../../src/store/postgres-database.js'
import { openStores, type Stores } from '../../src/store/stores.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { newCable, onCable } from './faulty.js'
import { startPostgres } from './postgres-server.js'
import { awardsFrom, issuerWith } from './school.js'

const folder = mkdtempSync(join(tmpdir(), 'moving-'))
const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
const endings: (() => Promise<unknown>)[] = []
let count = 0
afterAll(async () => {
  for (const end of endings) await end()
  if ('stop' in server) server.stop()
  rmSync(folder, { recursive: true, force: true })
})
const key = await generateKey()

const closing = (stores: Stores): Stores => {
  endings.push(() => stores.close())
  return stores
}
const newFile = async () => closing(await embeddedStores(join(folder, `${++count}.db`)))
async function newClient() {
  if (!('options' in server)) throw new Error(server.missing)
  const schema = `s${++count}`
  const sql = postgres({ ...server.options, max: 3, onnotice: () => undefined, connection: { search_path: schema } })
  await sql.unsafe(`create schema ${schema}`)
  endings.push(() => sql.end())
  return sql
}
const newSchema = async () => closing(await postgresStores(await newClient()))

async function linesOf(stores: Stores): Promise<string[]> {
  const lines: string[] = []
  for await (const line of exportStores(stores)) lines.push(line)
  return lines
}
async function idOf(stores: Stores, awardId: string): Promise<string> {
  const [record] = await stores.credentials.get([{ awardId }])
  return record?.credentialId ?? expect.fail(`${awardId} is there`)
}
async function issueAll(issuer: Issuer, first: number, number: number): Promise<void> {
  for await (const { error } of issuer.issueBatch(awardsFrom(first, number), { chunk: 20 })) if (error) throw error
}

/** Badges of which something became, and awards that were offered. */
async function lived(stores: Stores): Promise<Issuer> {
  const issuer = await issuerWith(stores, key)
  await issueAll(issuer, 0, 60)
  await issuer.revoke(await idOf(stores, 'award-3'), { reason: 'fraud \u0000 \uD83C\uDF93 \uD800', by: 'clerk 7' })
  await issuer.renew(await idOf(stores, 'award-4'), { validUntil: new Date('2040-01-01') })
  await issuer.revoke(await idOf(stores, 'award-5'), { reason: 'of Ada' })
  const at = new Date('2030-01-02T03:04:05.678Z')
  await stores.awards.put(
    ['offer-1', 'offer-2'].map((awardId) => ({
      awardId,
      achievementId: 'https://school.example/achievements/1',
      state: 'offered' as const,
      claims: [],
      content: { name: 'Ada' },
      address: 'ada@example.org',
      personIndex: 'hmac$1',
      expires: new Date('2040-01-01'),
      at,
    })),
  )
  await stores.awards.change([
    { awardId: 'offer-1', revision: 0, event: { kind: 'sent', at, by: 'clerk' }, to: { address: undefined } },
    { awardId: 'offer-2', revision: 0, event: { kind: 'erased', at }, to: { state: 'erased' } },
  ])
  return issuer
}

describe.skipIf('missing' in server)('from a file to PostgreSQL and back', () => {
  test('the export is the same bytes each time, and issuers go on where the first one was', async () => {
    const [file, schema, back] = [await newFile(), await newSchema(), await newFile()]
    const issuer = await lived(file)
    const lines = await linesOf(file)
    expect(await importInto(schema, lines)).toMatchObject({ lists: 1, entries: 60, awards: 2, credentials: 60 })
    expect(await linesOf(schema)).toEqual(lines)
    await importInto(back, await linesOf(schema))
    expect(await linesOf(back)).toEqual(lines)
    for (const stores of [schema, back]) {
      const moved = await issuerWith(stores, key)
      const [award] = awardsFrom(7, 1)
      if (award === undefined) throw new Error('there is an award')
      expect(await moved.issue(award)).toEqual(await issuer.issue(award))
      await expect(moved.issue({ ...award, recipient: { id: 'did:example:other' } })).rejects.toMatchObject({
        code: 'usage.award_conflict',
      })
      const [listId = '', ...more] = await stores.status.lists()
      expect(more).toEqual([])
      expect((await stores.status.read(listId)).bits).toEqual((await file.status.read(listId)).bits)
      // The list of the old process is nobody's: it is filled further, and what was given out stays so.
      await issueAll(moved, 60, 40)
      expect(await stores.status.lists()).toEqual([listId])
      const places = new Set<number>()
      for await (const { status } of stores.credentials.list()) for (const { index } of status) places.add(index)
      expect(places.size).toBe(100)
    }
  })
})

describe.each([
  [
    'a file',
    newFile,
    async () => createSqliteDatabase(new Libsql(join(folder, `${++count}.db`)) as unknown as SqliteHandle),
  ],
  ['PostgreSQL', newSchema, async () => createPostgresDatabase(await newClient())],
] as const)('%s', (name, newStores, newDatabase) => {
  const isHere = name === 'a file' || 'options' in server

  test.skipIf(!isHere)(
    'a fault after each statement, then the same again: nothing is lost, nothing doubled',
    async () => {
      const old = await newFile()
      await lived(old)
      const lines = await linesOf(old)
      const database = await newDatabase()
      const cable = newCable()
      const options = completeStoreOptions({})
      // Tables are made before.
      await openStores(database, options)
      const stores = closing(await openStores(onCable(database, cable), options))
      let due = 1
      for (; ; due++) {
        cable.arm(due)
        const end = await importInto(stores, lines).catch((error: unknown) => error)
        cable.mend()
        if (!(end instanceof Error)) break
        expect(end).toMatchObject({ code: 'store.failed' })
      }
      expect(due).toBeGreaterThan(8)
      expect(await linesOf(stores)).toEqual(lines)
      // Once more, after its end: nobody knows whether the last answer came.
      await importInto(stores, lines)
      expect(await linesOf(stores)).toEqual(lines)
    },
  )

  test.skipIf(!isHere)('an outbox that is open tells nobody again what was told long ago', async () => {
    const old = await newFile()
    await lived(old)
    const stores = await newStores()
    if (stores.database === undefined) throw new Error('there is a database')
    await openOutbox(stores.database)
    await importInto(stores, exportStores(old))
    const { query, dialect } = stores.database
    expect(await readOutbox(query, dialect, 10)).toEqual([])
    await issueAll(await issuerWith(stores, key), 60, 1)
    expect(await readOutbox(query, dialect, 10)).toMatchObject([{ kind: 'issued', awardId: 'award-60' }])
  })

  test.skipIf(!isHere)(
    'cut off after some lines, it goes on; until then no entry of its lists is given out',
    async () => {
      const old = await newFile()
      await issueAll(await issuerWith(old, key), 0, 700)
      const lines = await linesOf(old)
      const stores = await newStores()
      const controller = new AbortController()
      const told: number[] = []
      await expect(
        importInto(stores, lines, {
          signal: controller.signal,
          onProgress: ({ entries }) => {
            told.push(entries)
            controller.abort(new Error('enough'))
          },
        }),
      ).rejects.toThrow('enough')
      expect(told).toEqual([499])
      await importInto(stores, lines)
      expect(await linesOf(stores)).toEqual(lines)
    },
  )

  test.skipIf(!isHere)(
    'made while an issuer works: every credential has its place, nothing is half, and what was on its way goes on',
    async () => {
      const stores = await newStores()
      const issuer = await issuerWith(stores, key)
      await issueAll(issuer, 0, 40)
      let isOn = true
      const working = (async () => {
        for (let n = 40; isOn; n += 20) {
          await issueAll(issuer, n, 20)
          await issuer.revoke(await idOf(stores, `award-${n}`), { reason: 'a test' })
        }
      })()
      const exports: string[][] = []
      for (let n = 0; n < 4; n++) exports.push(await linesOf(stores))
      isOn = false
      await working
      const sizes = exports.map((lines) => lines.length)
      expect(new Set(sizes).size).toBeGreaterThan(1)
      for (const lines of exports) {
        const rows = lines.map((line) => JSON.parse(line))
        const entries = new Map(
          rows.flatMap((row) => (row.kind === 'entry' ? [[`${row.listId} ${row.index}`, row] as const] : [])),
        )
        for (const { kind, record, events } of rows) {
          if (kind !== 'credential') continue
          for (const { listId, index } of record.status)
            expect(entries.get(`${listId} ${index}`)?.key).toBe(record.awardId)
          // A flip is written before its event, so that one may be seen without the other, and never the other without it.
          if (events.some(({ event }: { event: { kind: string } }) => event.kind === 'revoked'))
            expect(entries.get(`${record.status[0].listId} ${record.status[0].index}`)?.value).toBe(1)
        }
      }
      const moved = await newStores()
      await importInto(moved, exports.at(-1) ?? [])
      const again = await issuerWith(moved, key)
      await issueAll(again, 0, 60)
      for (let n = 0; n < 40; n++) expect(await idOf(moved, `award-${n}`)).toBe(await idOf(stores, `award-${n}`))
      const places = new Set<number>()
      let number = 0
      for await (const { status } of moved.credentials.list()) {
        number++
        for (const { index } of status) places.add(index)
      }
      expect(places.size).toBe(number)
    },
  )
})

describe('refused', () => {
  const small = async () => {
    const stores = await newFile()
    await issueAll(await issuerWith(stores, key), 0, 3)
    return linesOf(stores)
  }
  const codeOf = async (lines: readonly string[], stores?: Stores) =>
    importInto(stores ?? (await newFile()), lines).then(
      () => expect.fail('it is refused'),
      (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
    )

  test('stores that hold anything else, and those of another export', async () => {
    const lines = await small()
    const used = await newFile()
    await issueAll(await issuerWith(used, key), 0, 1)
    const before = await linesOf(used)
    expect(await codeOf(lines, used)).toMatch(/^store\.not_empty: .*empty one/)
    expect(await linesOf(used)).toEqual(before)
    const restored = await newFile()
    await importInto(restored, lines)
    expect(await codeOf(await small(), restored)).toMatch(/^store\.not_empty/)
    // The issuer went on: this is no longer what was restored.
    await issueAll(await issuerWith(restored, key), 3, 1)
    expect(await codeOf(lines, restored)).toMatch(/^store\.conflict/)
  })
  test('a newer version', async () => {
    const [, ...lines] = await small()
    expect(await codeOf(['{"kind":"export","version":2}', ...lines])).toMatch(/^store\.newer_export: .*update/)
  })
  test.each<[string, (lines: string[]) => string[], RegExp]>([
    ['nothing', () => [], /there are no lines/],
    ['something else', () => ['name,email', 'Ada,ada@example.org'], /line 1 is no JSON/],
    ['the export for people', () => ['{"kind":"profile","profile":{}}'], /line 1 does not say that it is an export/],
    ['a line that is cut', (lines) => lines.with(4, lines[4]?.slice(0, 30) ?? ''), /line 5 is no JSON/],
    ['an empty line', (lines) => lines.toSpliced(3, 0, ''), /line 4 is no JSON/],
    ['a file that is cut', (lines) => lines.slice(0, -1), /line 9 is missing/],
    ['a line less', (lines) => lines.toSpliced(4, 1), /has 2 entries, and says 3/],
    ['more behind the end', (lines) => [...lines, '{}'], /line 10 stands behind the end/],
    ['an array', (lines) => lines.with(2, '[]'), /line 3 is no JSON object/],
    ['a kind that nobody knows', (lines) => lines.with(2, '{"kind":"constructor"}'), /line 3 is of no kind/],
    [
      'a member that is misspelt',
      (lines) => lines.with(2, lines[2]?.replace('"key"', '"kee"') ?? ''),
      /line 3 is damaged: "kee" is no member: did you mean "key"/,
    ],
    [
      'an index that is none',
      (lines) => lines.with(2, lines[2]?.replace(/"index":\d+/, '"index":-1') ?? ''),
      /line 3 is damaged: "index"/,
    ],
    [
      'a date that is none',
      (lines) => lines.with(1, lines[1]?.replace(/"updated":"/, '"updated":"x') ?? ''),
      /line 2 is damaged: "updated"/,
    ],
    [
      'a key that no database keeps',
      (lines) => lines.with(2, lines[2]?.replace(/"key":"/, '"key":"\\u0000') ?? ''),
      /line 3 is damaged: "key"/,
    ],
    [
      'an event without its kind',
      (lines) => lines.with(5, JSON.stringify({ ...JSON.parse(lines[5] ?? ''), events: [{ event: {} }] })),
      /line 6 is damaged: "events\[0\]\.event\.kind" is missing/,
    ],
  ])('%s: with the number of the line', async (_, damage, says) => {
    const stores = await newFile()
    const answer = await codeOf(damage(await small()), stores)
    expect(answer).toMatch(/^store\.invalid_export/)
    expect(answer).toMatch(says)
  })
  test('an entry of a list that is not there, or outside of it; and one that two awards have', async () => {
    const lines = await small()
    const wrong = (change: (row: Record<string, unknown>) => object) =>
      lines.with(2, JSON.stringify(change(JSON.parse(lines[2] ?? ''))))
    expect(await codeOf(wrong((row) => ({ ...row, listId: 'revocation-9' })))).toMatch(
      /^store\.conflict.*entry revocation-9/,
    )
    expect(await codeOf(wrong((row) => ({ ...row, index: 131_072 })))).toMatch(/^store\.conflict/)
    expect(await codeOf(wrong((row) => ({ ...row, key: JSON.parse(lines[3] ?? '').key })))).toMatch(/^store\.conflict/)
    expect(
      await codeOf([
        ...lines.slice(0, 3),
        ...lines.slice(2, -1),
        lines.at(-1)?.replace('"entries":3', '"entries":4') ?? '',
      ]),
    ).toMatch(/^store\.conflict/)
  })
  test('stores in memory, and what are no lines', async () => {
    await expect(importInto(memoryStores(), [])).rejects.toMatchObject({ code: 'usage.missing_option' })
    await expect(exportStores(memoryStores()).next()).rejects.toMatchObject({ code: 'usage.missing_option' })
    const stores = await newFile()
    await expect(importInto(stores, 'a text' as never)).rejects.toMatchObject({ code: 'usage.invalid_option' })
    await expect(importInto(stores, [Uint8Array.of(1)] as never)).rejects.toMatchObject({ code: 'usage.invalid_input' })
    await expect(importInto(stores, [], { onprogress: () => {} } as never)).rejects.toThrow('onProgress')
  })
})
