/**
 * The contract suites on every store, with two handles on the same store at once, and with a fault after
 * every statement.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import postgres from 'postgres'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { completeStoreOptions } from '../../src/defaults/stores.js'
import {
  awardStoreContract,
  credentialStoreContract,
  revokedCredentialsContract,
  statusStoreContract,
} from '../../src/entries/contracts.js'
import type { AwardStore, CredentialStore, CredentialSummary, StatusStore } from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { readEntry } from '../../src/status/bitstring.js'
import type { Database, Query } from '../../src/store/database.js'
import { createSqliteDatabase, type SqliteHandle } from '../../src/store/libsql-database.js'
import { createPostgresDatabase } from '../../src/store/postgres-database.js'
import { openStores, type Stores } from '../../src/store/stores.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { startPostgres } from './postgres-server.js'
import { type SingleCredentials, type SingleStatus, singleCredentials, singleStatus } from './single.js'

const folder = mkdtempSync(join(tmpdir(), 'badgewright-store-'))
const server = startPostgres()
let endings: (() => unknown)[] = []
afterEach(async () => {
  const all = endings
  endings = []
  for (const end of all.reverse()) await end()
})
afterAll(() => {
  if ('stop' in server) server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** An empty database each time, and as many handles on it as are asked for. */
interface Place {
  open(): Database
}
let places = 0
function newFile(): Place {
  const path = join(folder, `${++places}.db`)
  return {
    open: () => {
      const handle = new Libsql(path) as unknown as SqliteHandle
      const database = createSqliteDatabase(handle)
      // No power fails here, and disks are slow.
      handle.exec('pragma synchronous = off')
      endings.push(() => database.close())
      return database
    },
  }
}
function newSchema(): Place {
  if (!('options' in server)) throw new Error(server.missing)
  const schema = `s${++places}`
  const client = () => {
    const sql = postgres({ ...server.options, max: 4, onnotice: () => undefined, connection: { search_path: schema } })
    endings.push(() => sql.end())
    return sql
  }
  let created: Promise<unknown> | undefined
  return {
    open: () => {
      const sql = client()
      const database = createPostgresDatabase(sql)
      const ready = () => {
        created ??= sql.unsafe(`create schema ${schema}`)
        return created
      }
      return {
        ...database,
        query: async (...args) => {
          await ready()
          return database.query(...args)
        },
        transaction: async (work) => {
          await ready()
          return database.transaction(work)
        },
      }
    },
  }
}

const KINDS = [
  { name: 'embedded', newPlace: newFile, isHere: true },
  { name: 'PostgreSQL', newPlace: newSchema, isHere: 'options' in server },
] as const
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)

const options = completeStoreOptions({})
const open = (place: Place) => openStores(place.open(), options)

describe('memory', () => {
  for (const { name, run } of statusStoreContract(() => memoryStores().status)) test(name, run)
  for (const { name, run } of credentialStoreContract(() => memoryStores().credentials)) test(name, run)
  for (const { name, run } of awardStoreContract(() => memoryStores())) test(name, run)
})

describe.each(KINDS)('$name', ({ newPlace, isHere }) => {
  const whole = async () => open(newPlace())
  for (const { name, run } of statusStoreContract(async () => (await whole()).status)) test.skipIf(!isHere)(name, run)
  for (const { name, run } of credentialStoreContract(async () => (await whole()).credentials))
    test.skipIf(!isHere)(name, run)
  for (const { name, run } of revokedCredentialsContract(async () => (await whole()).credentials))
    test.skipIf(!isHere)(name, run)
  for (const { name, run } of awardStoreContract(whole)) test.skipIf(!isHere)(name, run)
})

describe.each(KINDS)('$name, two handles at once', ({ newPlace, isHere }) => {
  const pair = async (): Promise<[Stores, Stores]> => {
    const place = newPlace()
    // At the same time: that the tables are made twice at once is part of it.
    const [one, other] = await Promise.all([open(place), open(place)])
    return [one, other]
  }
  for (const { name, run } of statusStoreContract(async () => {
    const [one, other] = await pair()
    return inTurn<StatusStore>(one.status, other.status)
  }))
    test.skipIf(!isHere)(name, run)
  for (const { name, run } of credentialStoreContract(async () => {
    const [one, other] = await pair()
    return inTurn<CredentialStore>(one.credentials, other.credentials)
  }))
    test.skipIf(!isHere)(name, run)
  for (const { name, run } of awardStoreContract(async () => {
    const [one, other] = await pair()
    return {
      awards: inTurn<AwardStore>(one.awards, other.awards),
      credentials: inTurn<CredentialStore>(one.credentials, other.credentials),
    }
  }))
    test.skipIf(!isHere)(name, run)
})

/** Each call goes to the other handle than the one before. */
function inTurn<S extends object>(one: S, other: S): S {
  let calls = 0
  return new Proxy(one, {
    get: (_, name) => {
      const store = calls++ % 2 === 0 ? one : other
      return Reflect.get(store, name)
    },
  })
}

interface Single {
  readonly status: SingleStatus
  readonly credentials: SingleCredentials
}
const single = ({ status, credentials }: Stores): Single => ({
  status: singleStatus(status),
  credentials: singleCredentials(credentials),
})

describe.each(KINDS)('$name, a fault after every statement', ({ newPlace, isHere }) => {
  const record = {
    awardId: 'award-1',
    credentialId: 'urn:example:1',
    achievementId: 'urn:example:a',
    recipientHash: 'x',
    issuedAt: new Date(0),
    status: [],
    credential: 'a.b.c',
  }
  const events = async ({ credentials }: Single) => (await credentials.get({ awardId: 'award-1' }))?.events ?? []

  test.skipIf(!isHere)('allocate: the same key gets one entry, and none is lost', async () => {
    const sure = await withFaults(
      newPlace,
      async () => undefined,
      ({ status }) => status.allocate({ key: 'award-1', purpose: 'revocation' }),
      async ({ status }, place) => {
        expect(await status.allocate({ key: 'award-1', purpose: 'revocation' })).toEqual(place)
        expect(await status.lists()).toEqual([place.listId])
        const other = await status.allocate({ key: 'award-2', purpose: 'revocation' })
        expect(other).not.toEqual(place)
      },
    )
    expect(sure).toBeGreaterThan(2)
  })
  test.skipIf(!isHere)('set: set or not, and set after trying again', async () => {
    const sure = await withFaults(
      newPlace,
      ({ status }) => status.allocate({ key: 'award-1', purpose: 'revocation' }),
      ({ status }, place) => status.set(place.listId, place.index, 1),
      async ({ status }, _, place) => {
        const { bits } = await status.read(place.listId)
        expect(readEntry(bits, place.index)).toBe(1)
        expect(bits.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0)).toBe(1)
      },
    )
    expect(sure).toBeGreaterThan(2)
  })
  test.skipIf(!isHere)('put: one record', async () => {
    await withFaults(
      newPlace,
      async () => undefined,
      ({ credentials }) => credentials.put(record),
      async ({ credentials }, there) => {
        expect(there).toMatchObject({ awardId: 'award-1', credential: 'a.b.c' })
        const all: CredentialSummary[] = []
        for await (const each of credentials.list()) all.push(each)
        expect(all).toHaveLength(1)
      },
    )
  })
  test.skipIf(!isHere)('renew: the credential and the trail, both or neither', async () => {
    const sure = await withFaults(
      newPlace,
      ({ credentials }) => credentials.put(record),
      async (stores) => {
        const before = await stores.credentials.get({ awardId: 'award-1' })
        expect(await events(stores)).toHaveLength(before?.revision ?? -1)
        expect(before?.credential).toBe(before?.revision === 0 ? 'a.b.c' : 'd.e.f')
        if (before?.revision !== 0) return
        await stores.credentials.change('urn:example:1', {
          kind: 'renewed',
          at: new Date(0),
          revision: 0,
          credential: 'd.e.f',
        })
      },
      async (stores) => {
        expect(await stores.credentials.get({ awardId: 'award-1' })).toMatchObject({ credential: 'd.e.f', revision: 1 })
        expect(await events(stores)).toHaveLength(1)
      },
    )
    expect(sure).toBeGreaterThan(3)
  })
})

/**
 * Does `work` with a fault after its first statement, its second, ... and after its commit, until it comes through; after each
 * fault again on a whole handle, as whoever comes next would. Answers how many faults there were.
 */
async function withFaults<Setting, Result>(
  newPlace: () => Place,
  prepare: (stores: Single) => Promise<Setting>,
  work: (stores: Single, setting: Setting) => Promise<Result>,
  judge: (stores: Single, result: Result, setting: Setting) => Promise<void>,
): Promise<number> {
  for (let statements = 1; ; statements++) {
    const place = newPlace()
    const whole = single(await open(place))
    const setting = await prepare(whole)
    const faulty = faultAfter(place.open())
    const stores = single(await openStores(faulty.database, options))
    faulty.after(statements)
    const outcome = await work(stores, setting).then(
      () => 'came through',
      (error: unknown) => error,
    )
    if (outcome === 'came through') return statements - 1
    expect(outcome).toMatchObject({ name: 'StoreError', code: 'store.failed', cause: { message: 'the cable is out' } })
    await judge(whole, await work(whole, setting), setting)
  }
}

function faultAfter(database: Database): { readonly database: Database; after(statements: number): void } {
  let left = Number.POSITIVE_INFINITY
  const count = () => {
    if (--left === 0) throw new Error('the cable is out')
  }
  const faulty =
    (query: Query): Query =>
    async (...args) => {
      const rows = await query(...args)
      count()
      return rows
    }
  return {
    database: {
      ...database,
      query: faulty(database.query),
      transaction: async (work) => {
        const result = await database.transaction((query) => work(faulty(query)))
        count()
        return result
      },
    },
    after: (statements) => {
      left = statements
    },
  }
}
