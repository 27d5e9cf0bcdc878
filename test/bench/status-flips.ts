/**
 * How long it takes to flip 10 000 entries and publish the list, on each store:
 *
 *     npx esbuild test/bench/status-flips.ts --bundle --platform=node --format=esm --packages=external \
 *       --outfile=node_modules/.status-flips.mjs && node node_modules/.status-flips.mjs
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { createIssuer, createSigner, generateKey } from '../../src/entries/index.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { postgresStores } from '../../src/entries/store/postgres.js'
import { onlyValue } from '../../src/status/outcome.js'
import type { Stores } from '../../src/store/stores.js'
import { startPostgres } from '../store/postgres-server.js'

const ENTRIES = Number(process.argv[2] ?? 10_000)
const signer = await createSigner({ key: await generateKey() })

async function measure(name: string, { status: store, close }: Stores, atOnce: number): Promise<void> {
  const issuer = createIssuer({
    profile: { id: signer.verificationMethod.split('#')[0] ?? '', type: ['Profile'] },
    signer,
    status: { store, listUrl: (listId) => `https://school.example/status/${listId}` },
  })
  const places: { listId: string; index: number }[] = []
  const allocated = await timed(() =>
    inGroups(ENTRIES, atOnce, async (n) => {
      places[n] = await onlyValue(store.allocate([{ key: `award-${n}`, purpose: 'revocation' }]))
    }),
  )
  const flipped = await timed(() =>
    inGroups(ENTRIES, atOnce, async (n) => {
      const place = places[n]
      if (place !== undefined) await onlyValue(store.set([{ ...place, value: 1 }]))
    }),
  )
  const list = places[0]?.listId ?? ''
  const published = await timed(() => issuer.statusListCredential(list))
  const again = await timed(() => issuer.statusListCredential(list))
  console.log(
    `${name}: allocate ${ENTRIES} ${show(allocated)}, flip ${ENTRIES} ${show(flipped)}, publish ${show(published)}, again ${show(again)}`,
  )
  await close()
}

const show = (ms: number) => (ms > 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(1)} ms`)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function inGroups(count: number, size: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const clerk = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: size }, clerk))
}

await measure('memory', memoryStores(), 1)
const folder = mkdtempSync(join(tmpdir(), 'badgewright-bench-'))
await measure('embedded (each commit on disk)', await embeddedStores(join(folder, 'badges.db')), 1)
rmSync(folder, { recursive: true, force: true })
// As a server is set up: every commit on disk.
const server = startPostgres(['max_connections=30'])
if ('missing' in server) console.log(server.missing)
else {
  const sql = postgres({ ...server.options, max: 8, onnotice: () => undefined })
  await measure('PostgreSQL (each commit on disk, 8 connections)', await postgresStores(sql), 8)
  await sql.end()
  server.stop()
}
