/**
 * A queue on pg-boss, with its defaults.
 *
 * @module
 */
import { invalidOption, missingOption, StoreError } from '../errors.js'
import { callable, type Members, number, text } from '../internal/members.js'
import { createPgBossQueue, type PgBossClass, type PgBossQueue } from '../jobs/pg-boss.js'
import type { ReservingClient } from '../jobs/pg-boss-database.js'
import { demandOptions } from '../report/demand-options.js'
import { stopwatch } from './platform.js'

/** Which pg-boss, and where its tables are. */
export interface PgBossOptions {
  /** The class: `import PgBoss from 'pg-boss'` for version 10 (Node 20), `import { PgBoss } from 'pg-boss'` for version 12 (Node 22.12 and newer). */
  readonly PgBoss: PgBossClass
  /**
   * Where pg-boss has its tables. Default `badgewright_pgboss`: with version 10, another application in the same schema would decide how
   * long the keys of jobs that are done are known.
   */
  readonly schema?: string | undefined
  /** How often, at most, one who receives looks for leases that have ended, in seconds: 1 or more. Default 10. */
  readonly leaseCheckSeconds?: number | undefined
}

const PLACE: Members<Omit<PgBossOptions, 'PgBoss'>> = { schema: text, leaseCheckSeconds: number }
const OPTIONS: Members<PgBossOptions> = { ...PLACE, PgBoss: callable }

/**
 * Jobs in pg-boss (10.4.2, or 12), over a client of the `postgres` package, which stays yours: `pgBossQueue(postgres(url), { PgBoss })`, after
 * `npm install pg-boss postgres`. On the database of the issuer's stores, so that jobs are sent with the rows that they are about; a
 * client of at least two connections. Tables are made in a schema of their own; the queues' names there begin with `badgewright_`.
 *
 * Leases end within `leaseCheckSeconds` of their end, and only where somebody receives. `receive` answers the oldest first, not the longest due.
 *
 * Throws StoreError, and UsageError for wrong options.
 */
export async function pgBossQueue(client: ReservingClient, options: PgBossOptions): Promise<PgBossQueue> {
  for (const name of ['unsafe', 'begin', 'reserve'] as const)
    if (typeof client?.[name] !== 'function')
      throw missingOption('client', 'is missing: postgres(url), of the package "postgres"')
  if ((client.options?.max ?? 2) < 2)
    throw invalidOption(
      'client',
      'has one connection, and a transaction that sends jobs needs a second: postgres(url, { max: 4 })',
    )
  if (options === undefined) throw missingPgBoss()
  demandOptions(options, OPTIONS)
  const { PgBoss, schema = 'badgewright_pgboss', leaseCheckSeconds = 10 } = options
  if (PgBoss === undefined) throw missingPgBoss()
  if (!/^[a-z_][a-z0-9_]{0,49}$/.test(schema))
    throw invalidOption(
      'schema',
      'is a name of at most 50 small letters of ASCII, digits and _, and begins with no digit',
    )
  if (!(leaseCheckSeconds >= 1)) throw invalidOption('leaseCheckSeconds', 'is a number of seconds, 1 or more')
  return createPgBossQueue(client, {
    PgBoss,
    clock: stopwatch,
    schema,
    leaseCheckSeconds: Math.ceil(leaseCheckSeconds),
  })
}

/**
 * The same from a client alone, with the copy of pg-boss that is installed.
 *
 * Throws StoreError (`store.missing_package`).
 */
export async function installedPgBossQueue(
  client: ReservingClient,
  options: Omit<PgBossOptions, 'PgBoss'> = {},
): Promise<PgBossQueue> {
  demandOptions(options, PLACE)
  return pgBossQueue(client, { ...options, PgBoss: await loadPgBoss() })
}

async function loadPgBoss(): Promise<PgBossClass> {
  let loaded: { readonly default?: unknown; readonly PgBoss?: unknown }
  try {
    loaded = (await import('pg-boss')) as unknown as typeof loaded
  } catch (cause) {
    throw new StoreError(
      'store.missing_package',
      'the package "pg-boss" is needed: npm install pg-boss@10.4.2, or pg-boss@12 with Node 22 or newer',
      { cause },
    )
  }
  return (loaded.PgBoss ?? loaded.default) as PgBossClass
}

const missingPgBoss = () => missingOption('PgBoss', 'is missing: the class that the package "pg-boss" exports')
