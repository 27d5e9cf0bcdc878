/**
 * `--queue`: the database in which batches wait. A URL has a password in it, so nothing here repeats one.
 *
 * @module
 */
import { existsSync, statSync } from 'node:fs'
import { StoreError } from '../../entries/index.js'
import { embeddedStores, type Stores } from '../../entries/store/embedded.js'
import { type PostgresClient, postgresStores } from '../../entries/store/postgres.js'
import { EXIT } from '../exit.js'
import { CommandFailure, misuse } from '../failure.js'
import type { Session } from '../session.js'

export const QUEUE = {
  type: 'string',
  value: 'place',
  description:
    'Where batches wait: badges.db in the folder of an issuer, or another file of the embedded store, or postgres://user@host/database.',
} as const

export interface QueuePlace {
  readonly stores: Stores
  /** As it may be printed. */
  readonly shown: string
  close(): Promise<void>
}

const IS_POSTGRES = /^postgres(?:ql)?:\/\//i
const IS_URL = /^[a-z][a-z0-9+.-]*:\/\//i
/** Seconds, and connections. */
const [PATIENCE, CONNECTIONS] = [10, 4]

/** Throws CommandFailure 64; 66 where there is no such file; 69 where the server cannot be used. */
export async function openQueue(queue: string, session: Session): Promise<QueuePlace> {
  if (IS_POSTGRES.test(queue)) return openPostgres(queue)
  if (IS_URL.test(queue)) throw misuse('--queue is a file, or postgres://user@host/database: this is another URL')
  const path = session.files.resolve(queue)
  if (!existsSync(path))
    throw new CommandFailure(
      EXIT.noInput,
      `--queue ${queue}: is not there. An issuer that badgewright init made has one in its folder, badges.db`,
    )
  if (!statSync(path).isFile()) throw misuse(`--queue ${queue}: is no file: in the folder of an issuer it is badges.db`)
  const stores = await embeddedStores(path)
  return { stores, shown: queue, close: () => stores.close() }
}

interface EndingClient extends PostgresClient {
  end(options: { readonly timeout: number }): Promise<void>
}

async function openPostgres(url: string): Promise<QueuePlace> {
  const client = await clientFor(url)
  try {
    const stores = await postgresStores(client)
    const close = async () => {
      await stores.close()
      await client.end({ timeout: PATIENCE })
    }
    return { stores, shown: withoutPassword(url), close }
  } catch (error) {
    await client.end({ timeout: 1 })
    const code = (error as { readonly cause?: { readonly code?: unknown } }).cause?.code
    if (!(error instanceof StoreError) || error.code !== 'store.failed') throw error
    throw new CommandFailure(
      EXIT.unreachable,
      `the database of --queue cannot be used${typeof code === 'string' ? ` (${code})` : ''}: is it there, and are the name, the password and the database right?`,
    )
  }
}

async function clientFor(url: string): Promise<EndingClient> {
  let connect: (url: string, options: object) => unknown
  try {
    connect = (await import('postgres')).default as typeof connect
  } catch (cause) {
    throw new CommandFailure(
      EXIT.unreachable,
      '--queue postgres://... needs the package postgres: npm install postgres',
      [],
      { cause },
    )
  }
  try {
    const place = new URL(url)
    // As psql has it, for a socket: ?host=/run/postgresql
    const host = place.searchParams.get('host')
    place.searchParams.delete('host')
    const options = { max: CONNECTIONS, connect_timeout: PATIENCE, onnotice: () => undefined }
    return connect(place.href, { ...options, ...(host === null ? {} : { host }) }) as EndingClient
  } catch {
    // What it throws has the URL in it.
    throw misuse(
      '--queue is no URL that can be read: postgres://user@host/database, with letters such as @ and : in a password written as %40 and %3A',
    )
  }
}

function withoutPassword(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}
