/**
 * A worker: takes chunks one after the other, waits for what may pass, and stops where going on would do harm.
 *
 * @module
 */
import { StoreError, UsageError } from '../errors.js'
import type { CredentialStore } from '../issue/credential-store.js'
import type { Issuer } from '../issue/issuer.js'
import { onAbort } from '../platform/on-abort.js'
import type { Database } from '../store/database.js'
import type { ResultSink, WorkDone, WorkedChunk, WorkOptions } from './batch-types.js'
import { type BegunChunk, type ChunkPlace, type Chunks, createChunks } from './chunks.js'
import type { JobQueue, ReceivedJob } from './job-queue.js'
import { verdictOn, waitBefore } from './patience.js'
import { pause } from './pause.js'
import type { BatchOwner } from './staging.js'
import type { Telemetry } from './telemetry.js'
import { demandRecorded, issueChunk, reasonFor } from './work-chunk.js'

export interface WorkSettings {
  readonly database: Database
  readonly credentials: CredentialStore
  readonly queue: JobQueue
  readonly owner: BatchOwner
  readonly telemetry: () => Promise<Telemetry>
  readonly now: () => Date
}

const CONCURRENCY = 8
const LEASE = 60
/** Seconds for which a job is waited for at a time. */
const RECEIVE = 2
/** Milliseconds by which the clock of a worker may differ from that of the database: what is signed bears its dates. */
const CLOCK = 60_000
/** Seconds for which a chunk waits whose worker was set up wrongly. */
const ANOTHER = 1

/** What a worker holds while it works. */
interface Worker {
  readonly chunks: Chunks
  readonly issuer: Issuer
  readonly sink: ResultSink | undefined
  readonly concurrency: number
  readonly leaseSeconds: number
  readonly signal: AbortSignal | undefined
  readonly settings: WorkSettings
  readonly telemetry: Telemetry
  /** Badges were found where they should be. */
  isProven: boolean
}

export async function work(options: WorkOptions, settings: WorkSettings): Promise<WorkDone> {
  const { database, queue, owner } = settings
  const { issuer, signal, sink, concurrency = CONCURRENCY, leaseSeconds = LEASE, whenIdle = 'wait' } = options
  const chunks = createChunks(database)
  const telemetry = await settings.telemetry()
  const worker: Worker = {
    chunks,
    issuer,
    sink,
    concurrency,
    leaseSeconds,
    signal,
    settings,
    telemetry,
    isProven: false,
  }
  const done = { chunks: 0, issued: 0, failed: 0, cancelled: 0 }
  const isEnded = () => signal?.aborted === true
  // A database that is not there at the beginning is a mistake, and not one that is away for a while.
  if (!isEnded()) demandClock(await chunks.now(), settings)
  let troubles = 0
  const wait = async (error: unknown) => {
    const milliseconds = waitBefore(++troubles)
    options.onTrouble?.(error as Error, milliseconds / 1000)
    await pause(milliseconds, signal)
  }
  while (!isEnded()) {
    let job: ReceivedJob | undefined
    try {
      const waitSeconds = whenIdle === 'end' ? 0 : RECEIVE
      ;[job] = await queue.receive(owner.queue, { most: 1, leaseSeconds, waitSeconds, ...(signal && { signal }) })
      if (job === undefined) {
        if (whenIdle === 'end' && !isEnded() && !(await chunks.anyAwaits(owner.queue))) break
        // Others hold what is left, or it is not due.
        if (whenIdle === 'end') await pause(100, signal)
        continue
      }
    } catch (error) {
      if (verdictOn(error) !== 'again') throw error
      await wait(error)
      continue
    }
    try {
      const { ended, trouble } = await workOn(job, worker)
      if (ended !== undefined) {
        done.chunks++
        done.issued += ended.issued
        done.failed += ended.failed
        done.cancelled += ended.cancelled
        options.onChunk?.(ended)
      }
      if (trouble !== undefined) throw trouble
      troubles = 0
    } catch (error) {
      if (isEnded()) break
      if (verdictOn(error) === 'stop') throw error
      await wait(error)
    }
  }
  return done
}

/** Nothing `ended` where there was nothing to do. Throws why the job was given back. */
async function workOn(
  job: ReceivedJob,
  worker: Worker,
): Promise<{ ended?: WorkedChunk | undefined; trouble?: StoreError | undefined }> {
  const { chunks, settings } = worker
  const place = placeOf(job)
  const lease = keepLease(job, worker)
  try {
    const chunk = place && (await chunks.begin(place))
    const ended = chunk && (await told(chunk, worker, lease.signal))
    return { ended, trouble: await endOf(settings.queue, job) }
  } catch (error) {
    // Whoever has it now counts it.
    if (lease.isLost()) return {}
    worker.telemetry.count('badgewright.batch.chunks_given_back', 1, {})
    await giveBack(job, place, error, worker)
    throw error
  } finally {
    lease.end()
  }
}

/** The chunk is settled: a job that comes again finds nothing to do. Answers why it may. */
async function endOf(queue: JobQueue, job: ReceivedJob): Promise<StoreError | undefined> {
  try {
    await queue.done([job])
    return undefined
  } catch (error) {
    if (error instanceof StoreError) return error
    throw error
  }
}

function told(chunk: BegunChunk, worker: Worker, signal: AbortSignal): Promise<WorkedChunk | undefined> {
  const { span, count } = worker.telemetry
  const { batch, n, begun } = chunk
  const place = { 'badgewright.batch.id': batch, 'badgewright.batch.chunk': n, 'badgewright.batch.attempt': begun }
  return span('badgewright.issue_chunk', place, async (add) => {
    const ended = await workOnChunk(chunk, worker, signal)
    if (ended === undefined) return undefined
    const { issued, failed, cancelled } = ended
    add({
      'badgewright.batch.issued': issued,
      'badgewright.batch.failed': failed,
      'badgewright.batch.cancelled': cancelled,
    })
    count('badgewright.batch.awards_issued', issued, {})
    count('badgewright.batch.awards_failed', failed, {})
    count('badgewright.batch.awards_cancelled', cancelled, {})
    return ended
  })
}

async function workOnChunk(chunk: BegunChunk, worker: Worker, signal: AbortSignal): Promise<WorkedChunk | undefined> {
  const { chunks, settings, issuer, concurrency, sink } = worker
  const { credentials, owner } = settings
  demandClock(chunk.now, settings)
  if (chunk.issuer !== owner.issuer) throw otherIssuer(`the batch "${chunk.batch}" was submitted for another profile`)
  const results = await issueChunk(chunk, { issuer, credentials, chunks, concurrency, signal })
  if (!worker.isProven) {
    await demandRecorded(chunk, results, credentials)
    worker.isProven = results.issued > 0
  }
  if (sink !== undefined) await writeResults(sink, chunk, results.lines())
  const isMine = await chunks.settle(chunk, results)
  if (!isMine) return undefined
  const { issued, cancelled, failures } = results
  return { batch: chunk.batch, issued, failed: failures.length, cancelled }
}

/** A sink may be anybody's: what it throws says nothing of the awards. */
async function writeResults(sink: ResultSink, { batch, n }: BegunChunk, text: string): Promise<void> {
  const name = resultName(batch, n)
  try {
    await sink.write(name, text)
  } catch (cause) {
    const code = (cause as { readonly code?: unknown } | undefined)?.code
    const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'its disk is full' : 'the cause says why'
    throw new StoreError('store.sink_failed', `the results ${name} could not be written: ${why}`, { cause })
  }
}

/** Chunks of a batch are counted from 0, files from 1. */
export const resultName = (batch: string, n: number): string => `${batch}/${String(n + 1).padStart(6, '0')}.ndjson`

/** As far as the database can be reached: else the lease ends by itself. */
async function giveBack(
  job: ReceivedJob,
  place: ChunkPlace | undefined,
  error: unknown,
  worker: Worker,
): Promise<void> {
  const { chunks, settings, signal } = worker
  const isStopped = signal?.aborted === true
  const verdict = verdictOn(error)
  const reason = isStopped ? 'the worker was stopped' : reasonFor(error)
  const waitSeconds = isStopped ? 0 : verdict === 'stop' ? ANOTHER : waitBefore(Math.min(job.attempt, 10)) / 1000
  try {
    // A defect may be that of an award: it is counted, as the end of a process is.
    if (place !== undefined && (isStopped || verdict !== 'defect')) await chunks.giveBack(place, reason)
    await settings.queue.failed([{ job, reason, waitSeconds }])
  } catch (failure) {
    if (!(failure instanceof StoreError)) throw failure
  }
}

/** Undefined for what is no job of a batch, which is done with. */
function placeOf({ data: { batch, chunk } }: ReceivedJob): ChunkPlace | undefined {
  return typeof batch === 'string' && typeof chunk === 'number' ? { key: batch, n: chunk } : undefined
}

/** Aborts with the worker's signal, and where somebody else has the job. */
function keepLease(job: ReceivedJob, { leaseSeconds, settings, signal }: Worker) {
  const own = new AbortController()
  let isLost = false
  const timer = setInterval(
    async () => {
      try {
        const held = await settings.queue.receive(job.queue, { again: [job], leaseSeconds })
        isLost = held.length === 0
        if (isLost) own.abort(new StoreError('store.busy', 'another worker has the chunk: its lease had ended'))
      } catch {
        // Where it ends meanwhile, the next one says so; settling is safe in any case.
      }
    },
    (leaseSeconds * 1000) / 3,
  )
  const forget = signal === undefined ? () => undefined : onAbort(signal, () => own.abort(signal.reason))
  return {
    signal: own.signal,
    isLost: () => isLost,
    end: () => {
      clearInterval(timer)
      forget()
    },
  }
}

/** Throws UsageError `usage.wrong_clock`. */
function demandClock(database: number, { now }: WorkSettings): void {
  const ahead = now().getTime() - database
  if (Math.abs(ahead) <= CLOCK) return
  throw new UsageError(
    'usage.wrong_clock',
    `the clock of this machine is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'} that of the database, and badges bear its dates: set it, by NTP say`,
  )
}

export const otherIssuer = (what: string) =>
  new UsageError(
    'usage.other_issuer',
    `${what}: work with the profile that it was submitted with, or cancel the batch and submit it again`,
    { option: 'issuer' },
  )
