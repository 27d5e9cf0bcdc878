/**
 * Issuers of awards that are offered, on every store, and what a reader would find.
 *
 * @module
 */
import Libsql from 'libsql'
import postgres from 'postgres'
import { completeStoreOptions } from '../../src/defaults/stores.js'
import {
  type Award,
  createAchievement,
  createIssuer,
  type Issuer,
  type IssuerOptions,
  type SecuredCredential,
} from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { readEntry } from '../../src/status/bitstring.js'
import type { Database } from '../../src/store/database.js'
import { createSqliteDatabase, type SqliteHandle } from '../../src/store/libsql-database.js'
import { createPostgresDatabase } from '../../src/store/postgres-database.js'
import { openStores, type Stores } from '../../src/store/stores.js'
import { type NoServer, type PostgresServer, startPostgres } from '../store/postgres-server.js'
import { newIssuer } from '../verify/kit.js'

export const { id: issuerId, signer } = await newIssuer()
export const achievement = createAchievement({
  id: 'https://school.example/achievements/1',
  name: 'Feedback',
  description: 'Helps.',
  criteria: { narrative: 'Three.' },
})
export const awardFor = (id: string, more: Partial<Award> = {}): Award =>
  ({ id, achievement, recipient: { email: `${id}@example.org` }, ...more }) as Award
export const PERSONS = { secret: 'a secret of the issuer, of 32 bytes', keyId: '2030' }

export function issuerOn(stores: Stores, more: Partial<IssuerOptions> = {}): Issuer {
  return createIssuer({
    profile: { id: issuerId, type: ['Profile'], name: 'Example School' },
    signer,
    status: {
      store: stores.status,
      listUrl: (list) => `https://school.example/status/${list}`,
      purposes: ['revocation', 'suspension'],
    },
    credentials: stores.credentials,
    awards: stores.awards,
    persons: PERSONS,
    ...more,
  })
}

/** A new, empty store each time. */
export interface Backend {
  readonly name: string
  readonly isHere: boolean
  /** Undefined in memory. `wrap` is between the stores and the database. */
  open(wrap?: (database: Database) => Database): Promise<Stores>
  end(): Promise<void>
}

export function backends(): { readonly all: readonly Backend[]; readonly server: PostgresServer | NoServer } {
  const server = startPostgres()
  let schemas = 0
  const open = new Set<{ end(): Promise<void> }>()
  const memory: Backend = { name: 'memory', isHere: true, open: async () => memoryStores(), end: async () => undefined }
  const libsql: Backend = {
    name: 'libsql',
    isHere: true,
    open: (wrap = (database) => database) =>
      openStores(
        wrap(createSqliteDatabase(new Libsql(':memory:') as unknown as SqliteHandle)),
        completeStoreOptions({}),
      ),
    end: async () => undefined,
  }
  const postgresql: Backend = {
    name: 'PostgreSQL',
    isHere: 'options' in server,
    open: async (wrap = (database) => database) => {
      if (!('options' in server)) throw new Error(server.missing)
      const schema = `s${++schemas}`
      const sql = postgres({
        ...server.options,
        max: 8,
        onnotice: () => undefined,
        connection: { search_path: schema },
      })
      open.add(sql)
      await sql.unsafe(`create schema ${schema}`)
      const stores = await openStores(wrap(createPostgresDatabase(sql)), completeStoreOptions({}))
      return {
        ...stores,
        close: async () => {
          open.delete(sql)
          await stores.close()
          await sql.end()
        },
      }
    },
    end: async () => {
      for (const client of open) await client.end()
      if ('stop' in server) server.stop()
    },
  }
  return { all: [memory, libsql, postgresql], server }
}

export const idOf = (badge: SecuredCredential): string => (typeof badge === 'string' ? '' : (badge.id as string))

/** What stands of an award: each of its credentials, by its published bits and by its trail. */
export async function standingOf(stores: Stores, awardId: string) {
  const found: {
    copy: number
    id: string
    isRevoked: boolean
    isSuspended: boolean
    trail: string[]
    entry: string
  }[] = []
  for await (const { copy = 0, credentialId, status, events } of stores.credentials.list({ awardId })) {
    const bits: Record<string, boolean> = {}
    for (const { listId, index, purpose } of status) {
      const list = await stores.status.read(listId)
      bits[purpose] = readEntry(list.bits, index, list.statusSize) !== 0
    }
    found.push({
      copy,
      id: credentialId,
      isRevoked: bits.revocation === true,
      isSuspended: bits.suspension === true,
      trail: events.map(({ kind }) => kind),
      entry: status.map(({ listId, index }) => `${listId}#${index}`).join(),
    })
  }
  return found
}
