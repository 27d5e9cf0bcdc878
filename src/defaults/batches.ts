/**
 * Batches over processes and machines, with their defaults.
 *
 * @module
 */
import { missingOption } from '../errors.js'
import { anything, callable, having, type Members } from '../internal/members.js'
import { onDemand } from '../internal/on-demand.js'
import type { Batches } from '../jobs/batch-types.js'
import { makeBatches } from '../jobs/batches.js'
import type { JobQueue } from '../jobs/job-queue.js'
import { createJobQueue } from '../jobs/stores-queue.js'
import type { IssuerProfile } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import type { Stores } from '../store/stores.js'
import { loadTelemetry } from './telemetry.js'

/** Whose batches, and where they are. */
export interface BatchesOptions {
  /** Who issues: the profile that the workers' issuers have. Default: nobody, for who only asks of batches that are there, whoever's they are. */
  readonly profile?: IssuerProfile | undefined
  /** Those of the issuer, on libsql or PostgreSQL. */
  readonly stores: Stores
  /** On the database of the stores, so that a batch and its jobs are there together. Default: `createJobQueue(stores)`. */
  readonly queue?: JobQueue | undefined
  /** The clock of this machine, which `work` holds against that of the database. Default: the platform's. */
  readonly now?: (() => Date) | undefined
}

const OPTIONS: Members<BatchesOptions> = {
  profile: anything,
  stores: anything,
  queue: having('send', 'receive', 'done', 'failed'),
  now: callable,
}

/**
 * Issuing by as many machines as there are: `submitBatch` on one, which needs no key, and `work` on each.
 *
 *     const batches = createBatches({ profile, stores })
 *     const { id } = await batches.submitBatch(awards)
 *     await batches.work({ issuer, signal })
 *
 * Throws UsageError `usage.missing_option`, `usage.invalid_option`.
 */
export function createBatches(options: BatchesOptions): Batches {
  demandOptions(options, OPTIONS, { required: ['stores'] })
  const { profile, stores, queue = createJobQueue(stores), now = () => new Date() } = options
  if (profile !== undefined && typeof profile?.id !== 'string')
    throw missingOption('profile', 'is missing: who issues, with an "id"')
  return makeBatches({
    profile,
    stores,
    queue,
    now,
    randomUuid: () => globalThis.crypto.randomUUID(),
    clock: () => performance.now(),
    telemetry: loadTelemetry,
    judge: onDemand(async () => {
      const { judgeFor } = await import('./judge-awards.js')
      return judgeFor(profile as IssuerProfile, stores.credentials)
    }),
  })
}
