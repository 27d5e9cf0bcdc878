/**
 * Four processes issue the same and overlapping batches on one database, and one of them is killed (SIGKILL) at a random moment and
 * replaced, so many times. Then all is counted.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import Libsql from 'libsql'
import postgres from 'postgres'
import {
  generateKey,
  type OpenBadgeCredential,
  type PrivateJwk,
  type SecuredCredential,
} from '../../src/entries/index.js'
import { awardsFrom, openStoresAt, type Place } from '../store/school.js'
import type { ClerkTask, Said, Told } from './clerk.js'
import { digestOf } from './digest.js'
import { type Evidence, type Kept, type Tally, tally } from './tally.js'

export interface KillsOptions {
  readonly place: Place
  /** The bundle of clerk.ts. */
  readonly program: string
  readonly times: number
  readonly log: (line: string) => void
}

const PROCESSES = 4
/** Awards of a batch; the next one begins in its middle, and each is given to two processes. */
const SIZE = 80
const STEP = 40
const CHUNK = 20
/** Milliseconds: somebody is killed within them after all four are at work again. */
const MOST_PAUSE = 400
/** Kills in which the one that is just starting is chosen: one of so many. */
const YOUNG = 5

interface Clerk {
  readonly name: number
  readonly child: ChildProcess
  /** Which batch it is at. */
  batch: number | undefined
  /** How many badges of that batch it has said. */
  said: number
  readonly isReady: Promise<void>
  readonly isGone: Promise<unknown>
}

export async function kills({ place, program, times, log }: KillsOptions): Promise<Tally> {
  const key = await generateKey()
  // The tables are made once; that two processes may do so at once is tested elsewhere.
  await (await openStoresAt(place)).close()
  const school = openSchool(place, key, program)
  const started = performance.now()
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1)
  for (let name = 1; name <= PROCESSES; name++) school.hire(name)
  for (let kill = 1; kill <= times; kill++) {
    await school.allReady()
    await pause(randomInt(MOST_PAUSE))
    const victim = school.clerks[randomInt(PROCESSES)] as Clerk
    const where = await school.kill(victim)
    log(`kill ${String(kill).padStart(2)} at ${seconds().padStart(5)} s: process ${victim.name} ${where}`)
    const next = school.hire(victim.name, victim.batch)
    if (randomInt(YOUNG) > 0) continue
    await pause(randomInt(MOST_PAUSE))
    log(`        at ${seconds().padStart(5)} s: and the one in its place, ${await school.kill(next)}`)
    school.hire(victim.name, next.batch ?? victim.batch)
  }
  await school.end()
  log(`the four went on to the end of their batches: ${seconds()} s`)
  return tally(await evidenceOf(place, school))
}

function openSchool(place: Place, key: PrivateJwk, program: string) {
  const clerks: Clerk[] = []
  const said = new Map<string, Set<string>>()
  const problems: string[] = []
  let handedOut = 0
  let isEnding = false

  /** Each batch twice, one after the other. */
  const nextBatch = () => Math.floor(handedOut++ / 2)
  const give = (clerk: Clerk, batch: number | undefined) => {
    clerk.batch = batch
    clerk.said = 0
    const told: Told = batch === undefined ? 'end' : { first: batch * STEP, count: SIZE }
    if (clerk.child.connected) clerk.child.send(told)
  }

  function hear(clerk: Clerk, line: Said): void {
    if (line === 'ready') return
    if (line === 'done') {
      give(clerk, isEnding ? undefined : nextBatch())
      return
    }
    const [id, digest, error] = line
    clerk.said++
    if (digest === null) problems.push(`${id}: ${error}`)
    else said.set(id, (said.get(id) ?? new Set()).add(digest))
  }

  /** With the batch that the one before it did not end. */
  function hire(name: number, batch?: number): Clerk {
    const task: ClerkTask = { place, key, chunk: CHUNK }
    const child = fork(program, [JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    const isGone = once(child, 'close')
    let ready: () => void = () => undefined
    const isReady = new Promise<void>((resolve) => {
      ready = resolve
    })
    const clerk: Clerk = { name, child, batch, said: 0, isReady, isGone }
    let rest = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      // What was cut off by the end of the process was never said.
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const heard = JSON.parse(line) as Said
        if (heard === 'ready') {
          give(clerk, batch ?? nextBatch())
          ready()
        } else hear(clerk, heard)
      }
    })
    child.on('close', (code, signal) => {
      ready()
      if (signal !== 'SIGKILL' && code !== 0) problems.push(`process ${name} ended with ${code ?? signal}`)
    })
    // The pipe of one that was killed.
    child.on('error', () => undefined)
    clerks[name - 1] = clerk
    return clerk
  }

  return {
    clerks,
    said,
    problems,
    hire,
    /** All four are at work. */
    allReady: () => Promise.all(clerks.map(({ isReady }) => isReady)),
    /** Where it was. */
    kill: async (clerk: Clerk) => {
      clerk.child.kill('SIGKILL')
      await clerk.isGone
      if (clerk.batch === undefined) return 'while it opened the stores'
      return `in batch ${clerk.batch}, after ${clerk.said} of ${SIZE} badges`
    },
    end: async () => {
      isEnding = true
      await Promise.all(clerks.map(({ isGone }) => isGone))
      if (problems.length > 0) throw new Error(`processes said:\n${problems.slice(0, 20).join('\n')}`)
    },
    asked: () => awardsFrom(0, Math.floor((handedOut - 1) / 2) * STEP + SIZE).map(({ id }) => String(id)),
  }
}

const PAGE = 500

async function evidenceOf(place: Place, school: ReturnType<typeof openSchool>): Promise<Evidence> {
  const stores = await openStoresAt(place)
  const ids: { readonly awardId: string }[] = []
  for await (const { awardId } of stores.credentials.list()) ids.push({ awardId })
  const records: Kept[] = []
  for (let at = 0; at < ids.length; at += PAGE)
    for (const record of await stores.credentials.get(ids.slice(at, at + PAGE)))
      if (record !== undefined) {
        const { awardId, credentialId, status, credential } = record
        records.push({
          awardId,
          credentialId,
          digest: digestOf(credential as SecuredCredential),
          places: status.map(({ listId, index }) => `${listId}#${index}`),
          signed: signedPlaces(credential as OpenBadgeCredential),
        })
      }
  await stores.close()
  const rows = await rowsOf(place, 'select award_key as key, list_id as list, idx from badgewright_status_entry')
  const entries = rows.map(({ key, list, idx }) => ({ key: String(key), place: `${list}#${idx}` }))
  return { asked: school.asked(), said: school.said, records, entries }
}

function signedPlaces({ credentialStatus }: OpenBadgeCredential): string[] {
  return [credentialStatus ?? []].flat().map((entry) => {
    const { statusListCredential, statusListIndex } = entry as unknown as Record<string, string>
    return `${statusListCredential?.split('/').at(-1)}#${statusListIndex}`
  })
}

/** Past the stores: what they have, and not what they say. */
async function rowsOf(place: Place, query: string): Promise<readonly Record<string, unknown>[]> {
  if ('path' in place) {
    const file = new Libsql(place.path)
    const rows = file.prepare(query).all() as Record<string, unknown>[]
    file.close()
    return rows
  }
  const sql = postgres({ ...place.postgres, max: 1, onnotice: () => undefined })
  const rows = await sql.unsafe(query)
  await sql.end()
  return rows as unknown as Record<string, unknown>[]
}
