/**
 * Batches that several processes and machines issue: what is submitted, what becomes of it, and how that is asked for.
 *
 * @module
 */
import { type ParseIssue, UsageError } from '../errors.js'
import type { Progress } from '../internal/in-order.js'
import type { Award } from '../issue/award.js'
import type { Issuer } from '../issue/issuer.js'

/** Batches of one issuer. What asks the stores throws StoreError where they fail: trying again is safe, nothing is lost or done twice. */
export interface Batches {
  /**
   * Reads all awards, judges every one as signing would, and keeps them in the database, some thousand in memory at a time. Nothing is
   * signed here, and no key is needed. The batch is there, for `work` anywhere, when this resolves, and not before: of a submission that
   * was refused, stopped or cut off nothing runs and nothing stays. Submitting the same awards again under the same `id` answers the batch
   * that is there.
   *
   * An award that was issued before with other content, and one whose id another of these awards has with other content, is invalid too
   * (`usage.award_conflict`). The same award twice is one badge.
   *
   * Throws RefusedBatchError (`usage.invalid_awards`) where an award is invalid, unless `skipInvalid`; UsageError `usage.batch_conflict`
   * where the `id` is that of a batch with other awards; what the stream of awards throws; the signal's reason.
   */
  submitBatch(
    awards: Iterable<Award | AwardLine> | AsyncIterable<Award | AwardLine>,
    options?: SubmitOptions,
  ): Promise<SubmittedBatch>
  /**
   * Issues what was submitted, chunk by chunk, until the signal aborts; on as many machines as there are. A chunk that a process did not
   * end comes again, to this one or another, and no award is issued twice. What may pass (a database or a key service that is
   * away, a full disk) is waited for, ever longer up to half a minute. An award that cannot be issued fails alone.
   *
   * Throws what does not pass, and holds of every award: UsageError `usage.other_issuer` where a batch was submitted for another profile,
   * `usage.wrong_clock` where the clock of this machine and that of the database are more than a minute apart, UsageError and SigningError
   * of a worker that is set up wrongly. The chunk that it had waits for another worker.
   */
  work(options: WorkOptions): Promise<WorkDone>
  /** How far a batch is. Throws UsageError `usage.unknown_batch`. */
  batchStatus(id: string): Promise<BatchStatus>
  /** What was passed over when it was submitted, and what could not be issued, by index. Throws UsageError `usage.unknown_batch`. */
  failures(id: string): AsyncIterable<BatchFailure>
  /**
   * What no worker has begun is not issued any more; what one is working on ends within a few hundred awards. For good: badges that were
   * issued stay. Throws UsageError `usage.unknown_batch`.
   */
  cancel(id: string): Promise<BatchStatus>
  /**
   * Those that failed while they were issued wait again. Answers how many. Throws UsageError `usage.unknown_batch`,
   * `usage.batch_cancelled`.
   */
  retryFailed(id: string): Promise<number>
}

/** An award with the place that it came from; or why there is none at that place. */
export type AwardLine =
  | { readonly line: number; readonly award: Award; readonly error?: undefined }
  | { readonly line: number; readonly error: Error; readonly id?: string | undefined; readonly award?: undefined }

/** How awards are submitted. */
export interface SubmitOptions {
  /**
   * The name of the batch: 1 to 100 small letters of ASCII, digits, `.`, `_` and `-`, first and last a letter or digit; it names files and
   * folders. With one of your own, submitting again after a crash is safe. Default: a fresh UUID.
   */
  readonly id?: string | undefined
  /** Invalid awards are passed over, and are among the batch's `failures`. Default false: one of them refuses the batch. */
  readonly skipInvalid?: boolean | undefined
  /** Told of each invalid award, in their order, before the batch is refused or released. What it answers is awaited. */
  readonly onInvalid?: ((failure: BatchFailure) => void | Promise<void>) | undefined
  readonly signal?: AbortSignal | undefined
  /** Told after each award that was read. `failed`: how many of them are invalid. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** A batch that is there. */
export interface SubmittedBatch {
  readonly id: string
  /** Awards that were read, the invalid ones included. */
  readonly awards: number
  readonly invalid: number
}

/** An award that was not issued. */
export interface BatchFailure {
  /** Which award of the batch, from 0. */
  readonly index: number
  /** The place that it came from, where that was given. */
  readonly line?: number
  /** The award's id. */
  readonly id?: string
  /** `invalid`: it was found when the batch was submitted, and trying again is no help. */
  readonly kind: 'invalid' | 'failed'
  /** One of ERROR_CODES, or that of an error that came with the line. */
  readonly code: string
  /** For people; up to 2 000 characters. */
  readonly message: string
  /** Of a ParseError: the first twenty places. */
  readonly issues?: readonly ParseIssue[]
}

/** How far a batch is. `awards` = `invalid` + `awaiting` + `issued` + `failed` + `cancelled`. */
export interface BatchStatus {
  readonly id: string
  /** `cancelled` from the moment that it was; workers may be ending what they have. */
  readonly state: 'running' | 'finished' | 'cancelled'
  readonly awards: number
  /** Passed over when it was submitted. */
  readonly invalid: number
  /** Not issued yet. Counted by chunks: awards of one that is being worked on are among these. */
  readonly awaiting: number
  readonly issued: number
  readonly failed: number
  readonly cancelled: number
  /** Awards a second: of the last minute while it runs, of the whole run afterwards. */
  readonly perSecond: number
  /** Absent where nothing awaits, and where nobody works. */
  readonly remainingSeconds?: number
  readonly submittedAt: Date
  /** When the first worker began. */
  readonly startedAt?: Date
  /** When nothing was awaited any more. Absent until then, and again after `retryFailed`. */
  readonly finishedAt?: Date
  /** Why a chunk that awaits was given back the last time. Absent where none was. */
  readonly trouble?: string
}

/** With what is worked. */
export interface WorkOptions {
  /** With the profile that the batches are submitted for, and with `credentials` in the same stores. */
  readonly issuer: Issuer
  /** Ends the work: what is under way is given back, and this resolves. */
  readonly signal?: AbortSignal | undefined
  /** How many are being signed at once. Default 8. */
  readonly concurrency?: number | undefined
  /** Where results go besides the records. Default: nowhere. */
  readonly sink?: ResultSink | undefined
  /** `end`: when no batch awaits anything any more. Default `wait`, for the next batch. */
  readonly whenIdle?: 'wait' | 'end' | undefined
  /** After so many seconds without a sign of this process somebody else gets its chunk: from 3 to 3 600. Default 60. */
  readonly leaseSeconds?: number | undefined
  /** Told after each chunk. */
  readonly onChunk?: ((chunk: WorkedChunk) => void) | undefined
  /** Told when something is waited for, with what went wrong. */
  readonly onTrouble?: ((error: Error, waitSeconds: number) => void) | undefined
}

/** What became of a chunk. */
export interface WorkedChunk {
  /** The batch's id. */
  readonly batch: string
  readonly issued: number
  readonly failed: number
  readonly cancelled: number
}

/** What a worker did. */
export interface WorkDone {
  readonly chunks: number
  readonly issued: number
  readonly failed: number
  readonly cancelled: number
}

/** A place for the results of batches, one text for each chunk: a folder, or a bucket of an object store. */
export interface ResultSink {
  /**
   * All of it or nothing; a second one with this name takes the place of the first. Names have the letters of batch ids, with one `/`
   * between the batch and the file: `spring-2030/000001.ndjson`. Whatever it throws, the chunk comes again later.
   */
  write(name: string, text: string): Promise<void>
  /** What was written; undefined where nothing was. */
  read(name: string): Promise<string | undefined>
}

/** Awards of the batch are invalid, and none of it was kept. `failures` has the first hundred; `onInvalid` is told all. */
export class RefusedBatchError extends UsageError {
  /** How many are invalid. */
  readonly invalid: number
  /** How many were read. */
  readonly awards: number
  readonly failures: readonly BatchFailure[]

  constructor({ awards, invalid, failures }: Pick<RefusedBatchError, 'awards' | 'invalid' | 'failures'>) {
    const [first] = failures
    const place = first?.line === undefined ? `award ${first?.index}` : `line ${first.line}`
    super(
      'usage.invalid_awards',
      `${invalid} of ${awards} awards are invalid, so nothing was submitted; the first one: ${place}: ${first?.message}`,
    )
    this.awards = awards
    this.invalid = invalid
    this.failures = failures
  }
}
