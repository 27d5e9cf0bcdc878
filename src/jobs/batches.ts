/**
 * Batches over processes and machines: who submits, who works, and who asks how far they are share nothing but the stores' database.
 *
 * @module
 */
import { missingOption } from '../errors.js'
import { canonicalJson } from '../internal/jcs.js'
import { callable, flag, having, type Kind, type Members, oneOf, signal, whole } from '../internal/members.js'
import type { Json } from '../internal/types.js'
import type { Issuer } from '../issue/issuer.js'
import type { IssuerProfile } from '../model/types.js'
import { hashHex } from '../platform/hash.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { Stores } from '../store/stores.js'
import { createBatchRecords } from './batch-records.js'
import type { Batches, SubmitOptions, WorkOptions } from './batch-types.js'
import type { JobQueue } from './job-queue.js'
import type { BatchOwner } from './staging.js'
import { databaseOf } from './stores-queue.js'
import { type SubmitSettings, submit } from './submit.js'
import { otherIssuer, type WorkSettings, work } from './work.js'

export interface BatchesSettings
  extends Pick<SubmitSettings, 'judge' | 'randomUuid' | 'clock' | 'telemetry'>,
    Pick<WorkSettings, 'now'> {
  readonly profile: IssuerProfile | undefined
  readonly stores: Stores
  readonly queue: JobQueue
}

const ID = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/
/** It becomes part of paths and keys: nothing that leads elsewhere, and no two that a file system takes for one. */
const batchId: Kind = (value, path) =>
  typeof value === 'string' && ID.test(value)
    ? undefined
    : { path, says: 'is 1 to 100 small letters of ASCII, digits, ".", "_" and "-", first and last a letter or digit' }
const SUBMIT: Members<SubmitOptions> = {
  id: batchId,
  skipInvalid: flag,
  onInvalid: callable,
  signal,
  onProgress: callable,
}
const WORK: Members<WorkOptions> = {
  issuer: having('issue', 'issueBatch'),
  signal,
  concurrency: whole(1),
  sink: having('write', 'read'),
  whenIdle: oneOf('wait', 'end'),
  leaseSeconds: whole(3, 3600),
  onChunk: callable,
  onTrouble: callable,
}
const MANY: Kind = (value, path) =>
  typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
    ? undefined
    : { path, says: 'is an array or a stream of awards' }

/** Throws UsageError `usage.invalid_option` for stores that have no database. */
export function makeBatches({ profile, stores, queue, now, ...rest }: BatchesSettings): Batches {
  const database = databaseOf(stores)
  const owner = profile === undefined ? undefined : ownerOf(profile)
  const records = createBatchRecords(database, queue, owner)
  const demandId = (id: unknown) => demandArgument(id, batchIdText, 'id')
  const demandOwner = (): BatchOwner => {
    if (owner === undefined) throw missingOption('profile', 'is missing: whose batches are submitted, and issued')
    return owner
  }
  return {
    submitBatch: async (awards, options = {}) => {
      demandArgument(awards, MANY, 'awards')
      demandOptions(options, SUBMIT)
      return submit(awards, options, { ...rest, database, queue, owner: demandOwner() })
    },
    work: async (options) => {
      demandOptions(options, WORK, { required: ['issuer'] })
      const { credentials } = stores
      demandIssuer(options.issuer, demandOwner().issuer)
      return work(options, { ...rest, database, queue, owner: demandOwner(), now, credentials })
    },
    batchStatus: async (id) => {
      demandId(id)
      return records.status(id)
    },
    failures: (id) => {
      demandId(id)
      return records.failures(id)
    },
    cancel: async (id) => {
      demandId(id)
      await records.cancel(id)
      return records.status(id)
    },
    retryFailed: async (id) => {
      demandId(id)
      return records.retryFailed(id)
    },
  }
}

const batchIdText: Kind = (value, path) =>
  typeof value === 'string' ? undefined : { path, says: 'is the id of a batch, as submitBatch answered it' }

/** An issuer's workers are asked for its own batches only. */
const ownerOf = (profile: IssuerProfile): BatchOwner => ({
  queue: `issue-${hashHex('SHA-256', profile.id).slice(0, 16)}`,
  issuer: digestOf(profile),
})

const digestOf = (profile: IssuerProfile): string =>
  hashHex('SHA-256', canonicalJson(JSON.parse(JSON.stringify(profile)) as Json))

/** Throws UsageError `usage.other_issuer`, `usage.missing_option`. */
function demandIssuer({ profile, credentials }: Issuer, digest: string): void {
  if (profile === undefined || digestOf(profile) !== digest)
    throw otherIssuer('"issuer" has another profile than these batches')
  if (credentials === undefined)
    throw missingOption('issuer', 'has no "credentials": give it stores.credentials, or awards would be issued twice')
}
