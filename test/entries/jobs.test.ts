// Nothing misspelt goes through: a walk over what `badgewright/jobs` exports.
import { afterAll } from 'vitest'
import type { WorkOptions } from '../../src/entries/jobs.js'
import * as jobs from '../../src/entries/jobs.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { batchesOn, issuerOn, profile } from '../jobs/batch-kit.js'
import { complete, walkEntry } from './walk.js'

const stores = await embeddedStores(':memory:')
const batches = batchesOn(stores)
await batches.submitBatch([], { id: 'none' })
await batches.submitBatch([], { id: 'other' })
afterAll(() => stores.close())

walkEntry(
  jobs,
  {
    deadLettersOf: { call: jobs.deadLettersOf, right: ['issue'] },
    createJobQueue: { call: jobs.createJobQueue, right: [stores] },
    createBatches: {
      call: jobs.createBatches as never,
      right: [
        complete<jobs.BatchesOptions>({
          profile: profile as never,
          stores,
          queue: jobs.createJobQueue(stores),
          now: () => new Date(),
        }),
      ],
      options: 0,
    },
    'batches.submitBatch': {
      call: batches.submitBatch as never,
      right: [
        [],
        complete<jobs.SubmitOptions>({
          id: 'none',
          skipInvalid: true,
          onInvalid: () => undefined,
          onProgress: () => undefined,
          signal: new AbortController().signal,
        }),
      ],
      options: 1,
    },
    // It works until it is stopped.
    'batches.work': {
      call: ((options: object) => batches.work(stopped(options) as never)) as never,
      right: [
        complete<WorkOptions>({
          issuer: issuerOn(stores),
          whenIdle: 'end',
          concurrency: 1,
          leaseSeconds: 3,
          sink: { write: () => undefined, read: () => undefined },
          onChunk: () => undefined,
          onTrouble: () => undefined,
          signal: undefined,
        }),
      ],
      options: 0,
    },
    'batches.batchStatus': { call: batches.batchStatus as never, right: ['none'] },
    'batches.failures': { call: batches.failures as never, right: ['none'] },
    'batches.cancel': { call: batches.cancel as never, right: ['none'] },
    'batches.retryFailed': { call: batches.retryFailed as never, right: ['other'] },
  },
  ['RefusedBatchError'],
)

function stopped(options: unknown): unknown {
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options)
  return isObject && 'issuer' in options && (options as WorkOptions).signal === undefined
    ? { ...options, signal: AbortSignal.abort() }
    : options
}
