/**
 * The awards of a chunk, issued together; one by one where something ended the process that worked on them.
 *
 * @module
 */
import { invalidOption, OpenBadgeError } from '../errors.js'
import type { CredentialStore } from '../issue/credential-store.js'
import type { Issuer } from '../issue/issuer.js'
import type { SecuredCredential } from '../model/types.js'
import { type ChunkAward, failureOf, readChunk } from './batch-lines.js'
import type { BatchFailure } from './batch-types.js'
import type { BegunChunk, ChunkEnd, Chunks } from './chunks.js'
import { verdictOn } from './patience.js'

/** What became of an award. */
type Outcome = { readonly credential: SecuredCredential } | { readonly failure: BatchFailure }

export interface ChunkResults extends ChunkEnd {
  /** A line of JSON for each award that was issued or failed, in their order. */
  lines(): string
}

export interface ChunkSettings {
  readonly issuer: Issuer
  readonly credentials: CredentialStore
  readonly chunks: Chunks
  readonly concurrency: number
  readonly signal: AbortSignal
}

/** Awards between two looks whether the batch was cancelled. */
const SLICE = 250
/** Beginnings that nobody ended, from which on awards are tried one by one. */
const SUSPICIOUS = 4
/** Tries of one award, each of which ended its process. */
const TRIES = 3
/** Beginnings after which a chunk ends no process any more. */
const DEAD = 40

/** Throws what is no fault of an award, and the signal's reason: what was issued until then is found by its award ids. */
export async function issueChunk(chunk: BegunChunk, settings: ChunkSettings): Promise<ChunkResults> {
  const awards = readChunk(chunk.text)
  const outcomes = new Map<ChunkAward, Outcome>()
  const fail = (award: ChunkAward, error: unknown) => {
    const { index, line } = award
    outcomes.set(award, { failure: failureOf({ index, line, id: award.award.id }, 'failed', error) })
  }
  let left = awards
  if (chunk.begun > DEAD) for (const award of awards) fail(award, deadly())
  else if (chunk.isCancelled) left = await issuedOnes(awards, settings)
  if (chunk.begun > DEAD) left = []
  if (chunk.begun >= SUSPICIOUS) await issueOneByOne(left, awards, chunk, settings, { outcomes, fail })
  else await issueTogether(left, chunk, settings, { outcomes, fail })
  return resultsOf(awards, outcomes)
}

/** Of a batch that was cancelled: what was issued before counts, and nothing else is issued. */
async function issuedOnes(awards: readonly ChunkAward[], { credentials }: ChunkSettings): Promise<ChunkAward[]> {
  const records = await credentials.get(awards.map(({ award }) => ({ awardId: award.id })))
  return awards.filter((_, at) => records[at] !== undefined)
}

interface Tally {
  readonly outcomes: Map<ChunkAward, Outcome>
  fail(award: ChunkAward, error: unknown): void
}

async function issueTogether(
  awards: readonly ChunkAward[],
  { key, isCancelled }: BegunChunk,
  { issuer, chunks, concurrency, signal }: ChunkSettings,
  { outcomes, fail }: Tally,
): Promise<void> {
  let reason: { readonly error: unknown } | undefined
  async function* source() {
    for (const [at, { award }] of awards.entries()) {
      // What fails for one fails for the others that are asked now.
      if (reason !== undefined) return
      if (at % SLICE === 0 && !isCancelled && (await chunks.isCancelled(key))) return
      yield award
    }
  }
  for await (const issued of issuer.issueBatch(source(), { concurrency, chunk: SLICE, signal })) {
    const award = awards[issued.index] as ChunkAward
    if (issued.error === undefined) outcomes.set(award, { credential: issued.credential })
    else if (verdictOn(issued.error) === 'award') fail(award, issued.error)
    else reason ??= { error: issued.error }
  }
  if (reason !== undefined) throw reason.error
}

/** An award that ends the process, by a lack of memory or a bug in a part that was brought, is found and passed over. */
async function issueOneByOne(
  awards: readonly ChunkAward[],
  all: readonly ChunkAward[],
  chunk: BegunChunk,
  { issuer, chunks, signal }: ChunkSettings,
  { outcomes, fail }: Tally,
): Promise<void> {
  for (const award of awards) {
    signal.throwIfAborted()
    const position = all.indexOf(award)
    if (chunk.poisoned.has(position)) {
      fail(award, deadly())
      continue
    }
    if (!chunk.isCancelled && (await chunks.isCancelled(chunk.key))) return
    if (position >= chunk.tried && (await chunks.trying(chunk, position)) > TRIES) {
      await chunks.poison(chunk, position)
      fail(award, deadly())
      continue
    }
    try {
      outcomes.set(award, { credential: await issuer.issue(award.award) })
    } catch (error) {
      const verdict = verdictOn(error)
      if (verdict !== 'award' && verdict !== 'defect') throw error
      fail(award, error)
    }
  }
}

const deadly = () => new Error('the process that issued it ended each time it was tried')

function resultsOf(awards: readonly ChunkAward[], outcomes: ReadonlyMap<ChunkAward, Outcome>): ChunkResults {
  const failures: { failure: BatchFailure; award: string }[] = []
  let issued = 0
  for (const award of awards) {
    const outcome = outcomes.get(award)
    if (outcome === undefined) continue
    if ('failure' in outcome) failures.push({ failure: outcome.failure, award: JSON.stringify(award.award) })
    else issued++
  }
  return {
    issued,
    failures,
    cancelled: awards.length - issued - failures.length,
    lines: () =>
      awards
        .flatMap((award) => {
          const outcome = outcomes.get(award)
          return outcome === undefined ? [] : [`${JSON.stringify(resultLine(award, outcome))}\n`]
        })
        .join(''),
  }
}

function resultLine({ index, line, award: { id } }: ChunkAward, outcome: Outcome): object {
  const place = { index, ...(line === undefined ? {} : { line }), id }
  if ('credential' in outcome) return { ...place, credential: outcome.credential }
  const { code, message, issues } = outcome.failure
  return { ...place, error: { code, message, ...(issues === undefined ? {} : { issues }) } }
}

/**
 * Throws UsageError `usage.invalid_option` where what was issued stands in other stores: then nothing would keep it from being issued
 * again.
 */
export async function demandRecorded(
  chunk: BegunChunk,
  { failures, cancelled, issued }: ChunkEnd,
  credentials: CredentialStore,
): Promise<void> {
  if (issued === 0) return
  const failed = new Set(failures.map(({ failure }) => failure.index))
  const some = readChunk(chunk.text).filter(({ index }) => !failed.has(index))
  const records = await credentials.get(some.map(({ award }) => ({ awardId: award.id })))
  const missing = records.filter((record) => record === undefined).length
  if (missing > cancelled)
    throw invalidOption(
      'issuer',
      'records its badges in other stores than those of the batches: give it "credentials": stores.credentials',
    )
}

/** As a text for people and for the row of a chunk. */
export function reasonFor(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return error instanceof OpenBadgeError ? `${error.code}: ${message}` : message
}
