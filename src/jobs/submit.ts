/**
 * From a stream of awards to a batch that waits for its workers: every award is judged before the first one is signed.
 *
 * @module
 */
import { invalidOption, ParseError, UsageError } from '../errors.js'
import { iterate, progressOf } from '../internal/in-order.js'
import type { MaybePromise } from '../internal/types.js'
import type { Award } from '../issue/award.js'
import { hashHex } from '../platform/hash.js'
import type { Database } from '../store/database.js'
import { failureOf, type StagedAward } from './batch-lines.js'
import {
  type AwardLine,
  type BatchFailure,
  RefusedBatchError,
  type SubmitOptions,
  type SubmittedBatch,
} from './batch-types.js'
import type { JobQueue } from './job-queue.js'
import { patiently } from './patience.js'
import { type BatchOwner, beginStaging, doubled, removeAbandoned, type Staging } from './staging.js'
import type { Telemetry } from './telemetry.js'

/** What judging answers of an award that is right. */
export type JudgedAward = Pick<StagedAward, 'id' | 'text' | 'digest'>

/** Judges as signing does. */
export interface AwardJudge {
  /** Throws UsageError and ParseError as issuing would. */
  judge(award: Award): MaybePromise<JudgedAward>
  /** Of those that were judged, which ones were issued with other content, and what is said of them. */
  conflicts(awards: readonly JudgedAward[]): Promise<ReadonlyMap<JudgedAward, Error>>
}

export interface SubmitSettings {
  readonly database: Database
  readonly queue: JobQueue
  readonly owner: BatchOwner
  readonly judge: () => Promise<AwardJudge>
  readonly randomUuid: () => string
  /** Milliseconds that only grow. */
  readonly clock: () => number
  readonly telemetry: () => Promise<Telemetry>
}

/** Awards of a chunk, at most. */
const CHUNK = 1000
/** Characters after which a chunk is closed: awards with much evidence are kept in smaller ones. */
const CHUNK_SIZE = 4 * 1024 * 1024
/** Failures that an error has. */
const TOLD = 100
/** Milliseconds between two signs of life of a stream that is slow. */
const TOUCH = 60_000
/** Milliseconds for which a database that is away is waited for: a stream cannot be read again. */
const PATIENCE = 120_000

type Source = Iterable<Award | AwardLine> | AsyncIterable<Award | AwardLine>

/** What was read since the last chunk was kept. */
interface Read {
  good: StagedAward[]
  invalid: BatchFailure[]
  size: number
}

export async function submit(
  awards: Source,
  options: SubmitOptions,
  settings: SubmitSettings,
): Promise<SubmittedBatch> {
  const { span, count } = await settings.telemetry()
  return span('badgewright.submit_batch', {}, async (add) => {
    const batch = await submitSilently(awards, options, settings)
    add({ 'badgewright.batch.id': batch.id, 'badgewright.batch.awards': batch.awards })
    count('badgewright.batch.awards_submitted', batch.awards, {})
    count('badgewright.batch.awards_invalid', batch.invalid, {})
    return batch
  })
}

async function submitSilently(
  awards: Source,
  options: SubmitOptions,
  settings: SubmitSettings,
): Promise<SubmittedBatch> {
  const { database, queue, owner, randomUuid } = settings
  const { signal, id = randomUuid() } = options
  signal?.throwIfAborted()
  const key = randomUuid()
  await patiently(() => removeAbandoned(database), PATIENCE, signal)
  const staging = await patiently(() => beginStaging(database, queue, owner, key), PATIENCE, signal)
  const life = setInterval(() => {
    // Where the database is away, whoever keeps the next chunk hears of it.
    staging.touch().catch(() => undefined)
  }, TOUCH)
  try {
    const batch = await readAll(awards, options, staging, settings)
    const there = await patiently(() => staging.release(id, batch), PATIENCE, signal)
    // The batch is there, whatever becomes of this; what is left is removed by the next submission.
    await removeAbandoned(database).catch(() => undefined)
    return { id, ...there }
  } catch (error) {
    // Where the database is away, the next submission removes it.
    await staging.abandon().catch(() => undefined)
    throw error
  } finally {
    clearInterval(life)
  }
}

async function readAll(awards: Source, options: SubmitOptions, staging: Staging, settings: SubmitSettings) {
  const { skipInvalid = false, onInvalid, signal } = options
  const judge = await settings.judge()
  const total = Array.isArray(awards) ? { total: awards.length } : {}
  const tell = progressOf({ ...options, ...total, clock: settings.clock })
  const told: BatchFailure[] = []
  let [count, invalid, digest] = [0, 0, '']
  let read: Read = { good: [], invalid: [], size: 0 }

  async function keep(): Promise<void> {
    const { good } = read
    const known = await patiently(() => judge.conflicts(good), PATIENCE, signal)
    const failures = [...read.invalid]
    const fresh: StagedAward[] = []
    for (const award of good) {
      const error = known.get(award)
      if (error === undefined) fresh.push(award)
      else failures.push(failureOf(award, 'invalid', error))
    }
    if (!skipInvalid && failures.length > 0) await staging.refuse()
    const doubles = await patiently(() => staging.add({ awards: fresh, invalid: failures }), PATIENCE, signal)
    failures.push(...[...doubles].map(([award, other]) => doubled(award, other)))
    if (!skipInvalid && failures.length > 0) await staging.refuse()
    digest = hashHex('SHA-256', JSON.stringify([digest, good.map((award) => award.digest)]))
    read = { good: [], invalid: [], size: 0 }
    invalid += failures.length
    for (const failure of failures.sort((a, b) => a.index - b.index)) {
      if (told.length < TOLD) told.push(failure)
      await onInvalid?.(failure)
    }
  }

  const source = iterate(awards)
  try {
    for (;;) {
      signal?.throwIfAborted()
      const next = await source.next()
      if (next.done) break
      const index = count++
      const outcome = await judgedOf(next.value, index, judge)
      if ('kind' in outcome) read.invalid.push(outcome)
      else {
        read.good.push(outcome)
        read.size += outcome.text.length
      }
      tell('kind' in outcome)
      if (read.good.length + read.invalid.length >= CHUNK || read.size >= CHUNK_SIZE) await keep()
    }
  } finally {
    await source.return?.()
  }
  await keep()
  if (invalid > 0 && !skipInvalid) throw new RefusedBatchError({ awards: count, invalid, failures: told })
  return { awards: count, invalid, digest }
}

/** Throws what is no error of this library: a bug must not pass for a bad award. */
async function judgedOf(item: unknown, index: number, judge: AwardJudge): Promise<StagedAward | BatchFailure> {
  const { line, award, error, id } = lineOf(item)
  const place = line === undefined ? { index } : { index, line }
  if (error !== undefined) return failureOf({ ...place, id }, 'invalid', error)
  try {
    return { ...place, ...(await judge.judge(award as Award)) }
  } catch (thrown) {
    if (!(thrown instanceof UsageError) && !(thrown instanceof ParseError)) throw thrown
    return failureOf({ ...place, id: (award as Award | undefined)?.id }, 'invalid', thrown)
  }
}

interface Line {
  readonly line?: number
  readonly award?: unknown
  readonly error?: unknown
  readonly id?: unknown
}

/** An award has no `line`. */
function lineOf(item: unknown): Line {
  if (typeof item !== 'object' || item === null || !('line' in item)) return { award: item }
  const { line, award, error, id } = item as Line
  if (!Number.isSafeInteger(line) || (award === undefined) === (error === undefined))
    throw invalidOption('awards', 'gives, beside "line", a number, either "award" or "error"')
  return { line: line as number, award, error, id }
}
