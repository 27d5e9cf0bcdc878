/**
 * `issue --batch`: from a table of awards to badges in a folder or a file. Starting it again goes on where it ended.
 *
 * @module
 */

import { type Award, bakeImage, type IssuedText, type Issuer, type SecuredCredential } from '../../entries/index.js'
import { inOrder } from '../../internal/in-order.js'
import type { Bytes } from '../../internal/types.js'
import { EXIT, type ExitCode } from '../exit.js'
import { about, CommandFailure } from '../failure.js'
import { printable, printableJson } from '../printable.js'
import type { Session } from '../session.js'
import { type AwardDefaults, type AwardLine, awardFrom, endsBatch } from './award-line.js'
import { batchProgress, type Counts } from './batch-progress.js'
import { createFailures, type Failures } from './failures.js'
import type { BatchOutput } from './output.js'

export interface BatchRun {
  /** A fresh reading from the start. */
  readonly lines: () => AsyncIterable<AwardLine>
  /** Whether `lines` can be called twice: a pipe cannot. */
  readonly isRepeatable: boolean
  readonly defaults: AwardDefaults
  /** One that remembers what it issued (`defaults.by`) is asked for every award, also where its badge lies there already. */
  readonly issuer: Issuer
  /** Called when the input is known to be whole: what is wrong with it leaves no empty file behind. */
  readonly open: () => Promise<BatchOutput>
  readonly out: string
  /** Bake each badge into this. */
  readonly image: { readonly name: string; readonly bytes: Bytes } | undefined
  readonly json: boolean
}

/** Files that are being written at once. */
const WRITES = 16

export async function runBatch(run: BatchRun, session: Session): Promise<ExitCode> {
  const { signal } = session.io
  // A table that is broken at its end is found out before its beginning is signed.
  const total = run.isRepeatable ? await countLines(run.lines(), signal) : undefined
  const output = await run.open()
  for (const remark of output.remarks) session.note(`note: ${printable(remark)}`)
  const counts = { issued: 0, skipped: 0, failed: 0 }
  const failures = createFailures(session)
  const progress = batchProgress(session.io, total)
  const count = (what: keyof Counts) => {
    counts[what]++
    progress.show(counts)
  }
  const fail: Tally['fail'] = (place, error) => {
    failures.add(place, error)
    count('failed')
  }
  const placeOf = new Map<string, number>()
  let ended: unknown
  try {
    const awards = awardsOf(run, output, placeOf, { fail, skip: () => count('skipped') })
    const issued = run.issuer.issueBatch(awards, { signal, as: 'text' })
    const settle = async (one: IssuedText): Promise<void> => {
      if (one.error === undefined) {
        // The store has made sure that it is the same badge.
        const isThere = await output.has(one.id)
        if (!isThere) await write(one.id, one.text, run, output)
        count(isThere ? 'skipped' : 'issued')
      } else if (endsBatch(one.error)) throw one.error
      else fail({ line: placeOf.get(one.id ?? '') ?? 0, id: one.id }, one.error)
    }
    const options = { concurrency: WRITES, clock: () => performance.now() }
    for await (const _ of inOrder(issued, settle, options, () => false));
  } catch (error) {
    ended = error
  }
  // Also what was being written when it ended is written whole, and counts.
  await output.close()
  progress.clear()
  return conclude(run, { counts, failures, ended, failuresFile: output.failuresFile }, session)
}

/** What becomes of awards that are not issued now. */
interface Tally {
  fail(place: { readonly line: number; readonly id?: string | undefined }, error: unknown): void
  skip(): void
}

async function countLines(lines: AsyncIterable<AwardLine>, signal: AbortSignal): Promise<number> {
  let count = 0
  for await (const _ of lines) {
    if (count++ % 1000 === 0) signal.throwIfAborted()
  }
  return count
}

/** The awards that are still to be issued. */
async function* awardsOf(
  { lines, defaults }: BatchRun,
  output: BatchOutput,
  placeOf: Map<string, number>,
  { fail, skip }: Tally,
): AsyncGenerator<Award> {
  for await (const { line, fields, fault } of lines()) {
    if (fault !== undefined) {
      fail({ line }, new Error(fault))
      continue
    }
    let award: Award
    try {
      award = awardFrom(fields, defaults)
    } catch (error) {
      if (endsBatch(error)) throw error
      fail({ line, ...(typeof fields.id === 'string' ? { id: fields.id } : {}) }, error)
      continue
    }
    const id = award.id as string
    const before = placeOf.get(id)
    if (before !== undefined) fail({ line, id }, new Error(`"id" is that of line ${before} too`))
    else {
      placeOf.set(id, line)
      if (defaults.by === undefined && (await output.has(id))) skip()
      else yield award
    }
  }
}

async function write(id: string, text: string, { image }: BatchRun, output: BatchOutput): Promise<void> {
  const isJson = text.startsWith('{')
  if (image === undefined) return output.write(id, isJson ? { json: printableJson(text) } : { jwt: text })
  const secured = (isJson ? JSON.parse(text) : text) as SecuredCredential
  await output.write(id, { image: await about(image.name, () => bakeImage(image.bytes, secured)) })
}

interface BatchEnd {
  readonly counts: Counts
  readonly failures: Failures
  /** Undefined where all awards were seen. */
  readonly ended: unknown
  readonly failuresFile: string
}

async function conclude(
  { out, json }: BatchRun,
  { counts, failures, ended, failuresFile }: BatchEnd,
  session: Session,
): Promise<ExitCode> {
  const report = await failures.report(failuresFile)
  const { issued, skipped, failed } = counts
  const summary = `${issued} issued${skipped === 0 ? '' : `, ${skipped} there already`}${failed === 0 ? '' : `, ${failed} failed`}`
  const isInterrupted = session.io.signal.aborted
  session.note(`${summary}: ${printable(out)}`, ...report)
  if (json) session.printJson({ out, ...counts, ...(failed === 0 ? {} : { failures: failuresFile }) }, 2)
  if (ended !== undefined && (isInterrupted || (ended instanceof CommandFailure && ended.exit === EXIT.file)))
    session.note('Every badge that was written is whole. Run the same command again to go on: none is issued twice.')
  if (isInterrupted) return EXIT.interrupted
  if (ended !== undefined) throw ended
  return failed === 0 ? EXIT.ok : EXIT.data
}
