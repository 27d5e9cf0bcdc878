// kill -9 of a process that issues and tells: what was committed is told, nothing is told that was not, on libsql and PostgreSQL.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateKey, insecureNetwork } from '../../src/entries/index.js'
import { createWebhooks } from '../../src/entries/webhooks.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from '../store/postgres-server.js'
import { openStoresAt, type Place } from '../store/school.js'
import { startReceiver } from './receiver.js'
import type { Task } from './teller.js'

// Beside the packages that it imports.
const folder = fileURLToPath(new URL(`../../node_modules/.badgewright-teller-${process.pid}/`, import.meta.url))
const program = `${folder}teller.mjs`
const server = startPostgres()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: [fileURLToPath(new URL('teller.ts', import.meta.url))],
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

const KILLS = 3
/** More than one process has the time for. */
const COUNT = 100_000

describe.each<{ name: string; isHere: boolean; place: () => Place }>([
  { name: 'embedded', isHere: true, place: () => ({ path: `${folder}told.db` }) },
  {
    name: 'PostgreSQL',
    isHere: 'options' in server,
    place: () => ({ postgres: 'options' in server ? server.options : {} }),
  },
])('$name', ({ isHere, place }) => {
  test.skipIf(!isHere)('killed three times, with webhooks under way', async () => {
    let running: ChildProcess | undefined
    let toCome = 0
    const receiver = await startReceiver(() => {
      // In the middle of an answer.
      if (--toCome === 0) running?.kill('SIGKILL')
      return 200
    })
    const key = await generateKey()
    const endpoint = { id: 'backend', url: receiver.url, secrets: [receiver.secret] }
    for (let kill = 0; kill < KILLS; kill++) {
      toCome = 15 + 7 * kill
      const task: Task = { place: place(), key, endpoint, first: kill * COUNT, count: COUNT }
      const child = spawn(process.execPath, [program, JSON.stringify(task)], {
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      running = child
      const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
        child.on('close', (...how) => resolve(how)),
      )
      expect([code, signal]).toEqual([null, 'SIGKILL'])
    }
    running = undefined
    const stores = await openStoresAt(place())
    const webhooks = await createWebhooks(stores, {
      endpoints: [endpoint],
      allowPrivateAddresses: insecureNetwork,
      retrySeconds: [0, 0, 0],
    })
    // What the dead ones held is held until their leases end.
    await stores.database?.query('update badgewright_job set due = 0 where ended is null')
    await webhooks.deliverDue()
    const happened: string[] = []
    for await (const { awardId, credentialId, events } of stores.credentials.list())
      for (const kind of ['issued', ...events.map((event) => event.kind)])
        happened.push(`credential.${kind} ${awardId} ${credentialId}`)
    const told = new Map(
      receiver.events.map(({ id, type, data }) => [id, `${type} ${data.awardId} ${data.credentialId}`]),
    )
    expect(happened.length).toBeGreaterThan(40)
    // One id for each thing that happened, however often it came.
    expect([...told.values()].sort()).toEqual(happened.sort())
    await stores.close()
    await receiver.close()
  })
})
