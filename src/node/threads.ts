/**
 * Options that both kinds of batch have, and starting a thread.
 *
 * @module
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { UsageError } from '../errors.js'
import type { Progress } from '../internal/in-order.js'
import type { Thread } from './crew.js'
import type { Job } from './messages.js'

/** How batches in worker threads run. */
export interface ThreadOptions {
  /** How many threads at most, 1 to 64. Default: as many as the machine runs at once. They are started as work comes. */
  readonly workers?: number
  /** Ends the threads and rejects with its reason. */
  readonly signal?: AbortSignal
  /** Of the inputs, where it is known and they are no array: for the remaining time. */
  readonly total?: number
  /** Told after each input. */
  onProgress?(progress: Progress): void
  /**
   * The file that the threads run. Default: `node-worker.js` beside this module, which bundlers that know
   * `new Worker(new URL(..., import.meta.url))` take along; for others name `dist/node-worker.js` of this package, or what they made
   * of it.
   */
  readonly workerFile?: URL | string
}

const MAX_WORKERS = 64
/** For what a thread makes and forgets at once: little lives longer than one badge, so that more is no faster, only larger. */
const YOUNG_MB = 8

export function readWorkers(workers: number = Math.min(availableParallelism(), MAX_WORKERS)): number {
  if (Number.isSafeInteger(workers) && workers >= 1 && workers <= MAX_WORKERS) return workers
  throw new UsageError('usage.invalid_option', `"workers" is a whole number from 1 to ${MAX_WORKERS}`)
}

/** Nothing that a thread would not understand is left out in silence. Throws UsageError `usage.invalid_option`. */
export function refuseOthers(options: object, known: readonly string[], wayOut: string): void {
  const other = Object.entries(options).find(([name, value]) => value !== undefined && !known.includes(name))
  if (other !== undefined)
    throw new UsageError('usage.invalid_option', `"${other[0]}" is no option of batches in worker threads: ${wayOut}`)
}

export function startThread(job: Job, { workerFile }: ThreadOptions): Thread {
  const options = { workerData: job, name: 'badgewright', resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } }
  try {
    return workerFile === undefined
      ? new Worker(new URL('./node-worker.js', import.meta.url), options)
      : new Worker(workerFile, options)
  } catch (cause) {
    throw new UsageError(
      'usage.invalid_option',
      'the worker threads cannot be started: the options hold something that cannot be sent to a thread, or "workerFile" is no file',
      { cause },
    )
  }
}

export function unstartable(cause: Error): Error {
  return new UsageError(
    'usage.invalid_option',
    `the worker threads did not start (${cause.message}): where a bundler has moved this module, name dist/node-worker.js of this package as "workerFile"`,
    { cause },
  )
}
