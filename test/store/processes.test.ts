/**
 * Several processes on one store, and kill -9 in the middle of a batch. `BADGEWRIGHT_ALLOCATIONS=200000
 * npx vitest run test/store/processes.test.ts` allocates as many; the default keeps the test short.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CredentialRecord, generateKey } from '../../src/entries/index.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { postgresStores } from '../../src/entries/store/postgres.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from './postgres-server.js'
import { singleStatus } from './single.js'
import type { Task } from './worker.js'

// Beside the packages that it imports.
const folder = fileURLToPath(new URL(`../../node_modules/.badgewright-test-${process.pid}/`, import.meta.url))
const program = `${folder}worker.mjs`
const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['libsql', 'postgres', 'jsonld', 'jose'],
    logLevel: 'error',
  })
})
afterAll(() => {
  if ('stop' in server) server.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Process {
  readonly child: ChildProcess
  readonly lines: unknown[][]
  readonly ended: Promise<number | null>
}

function start(task: Task, onLine: (count: number) => void = () => undefined): Process {
  const child = spawn(process.execPath, [program, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: unknown[][] = []
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    // What was cut off by the end of the process was never said.
    rest = parts.pop() ?? ''
    for (const part of parts) {
      lines.push(JSON.parse(part))
      onLine(lines.length)
    }
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, lines, ended }
}

const total = Number(process.env.BADGEWRIGHT_ALLOCATIONS ?? 2000)
const PROCESSES = 8

/** Some are asked for by every process. */
const SHARED = 50

describe.each([
  { name: 'embedded', isHere: true, count: Math.min(total, 300), place: () => ({ path: `${folder}allocate.db` }) },
  {
    name: 'PostgreSQL',
    isHere: 'options' in server,
    count: total,
    place: () => ({ postgres: 'options' in server ? server.options : {} }),
  },
])('$name', ({ name, isHere, count, place }) => {
  const open = async () => {
    const where = place()
    if ('path' in where) return embeddedStores(where.path)
    const sql = postgres({ ...where.postgres, onnotice: () => undefined })
    const stores = await postgresStores(sql)
    return { ...stores, close: () => sql.end() }
  }

  test.skipIf(!isHere)(
    `${PROCESSES} processes allocate ${count} entries: none twice`,
    { timeout: 900_000 },
    async () => {
      const started = performance.now()
      const own = Array.from({ length: PROCESSES }, (_, n) =>
        start({ place: place(), work: { allocate: ['award-', String(n), String(count - SHARED), String(PROCESSES)] } }),
      )
      const shared = Array.from({ length: 2 }, () =>
        start({ place: place(), work: { allocate: ['shared-', '0', String(SHARED), '1'] } }),
      )
      const all = [...own, ...shared]
      expect(await Promise.all(all.map(({ ended }) => ended))).toEqual(all.map(() => 0))
      const seconds = (performance.now() - started) / 1000
      const byKey = new Map<string, string>()
      for (const { lines } of all)
        for (const [key, listId, index] of lines) {
          const entry = `${listId}#${index}`
          // Two processes that asked for one key got one entry.
          expect(byKey.get(String(key)) ?? entry).toBe(entry)
          byKey.set(String(key), entry)
        }
      expect(byKey.size).toBe(count)
      expect(new Set(byKey.values()).size).toBe(count)
      if (process.env.BADGEWRIGHT_ALLOCATIONS !== undefined)
        console.log(`${name}: ${count} entries by ${PROCESSES} processes in ${seconds.toFixed(1)} s, none twice`)
      const stores = await open()
      // Each process fills a list of its own, and those that come later go on with what others have left.
      const lists = (await stores.status.lists()).length
      expect(lists).toBeGreaterThanOrEqual(Math.ceil(count / Math.floor(131_072 * 0.9)))
      expect(lists).toBeLessThanOrEqual(Math.ceil(count / Math.floor(131_072 * 0.9)) + all.length)
      await stores.close()
    },
  )

  test.skipIf(!isHere)('kill -9 in the middle of a batch: nothing lost, nothing doubled', async () => {
    const awards = 200
    const where = name === 'embedded' ? { path: `${folder}kill.db` } : place()
    const work = { issue: awards, key: await generateKey() }
    const killed = start({ place: where, work }, (count) => {
      if (count === 15) killed.child.kill('SIGKILL')
    })
    await killed.ended
    expect(killed.child.signalCode).toBe('SIGKILL')
    expect(killed.lines.length).toBeGreaterThanOrEqual(15)
    expect(killed.lines.length).toBeLessThan(awards)
    // Two at once go on with the whole batch.
    const next = [start({ place: where, work }), start({ place: where, work })]
    expect(await Promise.all(next.map(({ ended }) => ended))).toEqual([0, 0])
    const stores = 'path' in where ? await embeddedStores(where.path) : await open()
    const records = new Map<string, CredentialRecord>()
    const ids: { readonly awardId: string }[] = []
    for await (const { awardId } of stores.credentials.list()) ids.push({ awardId })
    for (const record of await stores.credentials.get(ids))
      if (record !== undefined) records.set(record.awardId, record)
    expect(records.size).toBe(awards)
    for (const { lines } of [killed, ...next])
      for (const [id, credential, error] of lines) {
        expect(error).toBeNull()
        expect(records.get(String(id))?.credential).toEqual(credential)
      }
    const places = [...records.values()].flatMap(({ status }) =>
      status.map(({ listId, index }) => `${listId}#${index}`),
    )
    expect(new Set(places).size).toBe(awards)
    // An entry that was given before the end belongs to its award still: no other was taken.
    for (const { awardId, status } of records.values())
      expect(await singleStatus(stores.status).allocate({ key: awardId, purpose: 'revocation' })).toEqual({
        listId: status[0]?.listId,
        index: status[0]?.index,
      })
    await stores.close()
  })
})
