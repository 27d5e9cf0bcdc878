/**
 * From awards to signed badges as text: on this thread, or where there are many on others.
 *
 * @module
 */
import { availableParallelism } from 'node:os'
import { type Award, createIssuer, type IssuedText, type PrivateJwk, type Profile, type Signer } from '../../index.js'
import { issueInWorkers } from '../../node/issue-in-workers.js'
import type { Session } from '../session.js'
import type { Securing } from '../signing.js'

export interface SigningOptions {
  readonly profile: Profile
  readonly signer: Signer
  /** The signer's own key, for other threads. */
  readonly key: PrivateJwk
  readonly securing: Securing
}

/** Below that, starting threads takes longer than what they save. */
const WORTH_THREADS = 10_000
/** This thread reads the awards and writes the badges: with two cores it and the signing fill them anyway, and more than these wait for it. */
const MAX_THREADS = 4

/** 0 is none. */
export function threadsFor(total: number | undefined, cores = availableParallelism()): number {
  return cores > 2 && (total ?? 0) >= WORTH_THREADS ? Math.min(cores - 1, MAX_THREADS) : 0
}

export async function* issuedTexts(
  awards: AsyncIterable<Award>,
  { profile, signer, key, securing }: SigningOptions,
  workers: number,
  { io, now }: Session,
): AsyncGenerator<IssuedText> {
  const { signal, loader, workerFile } = io
  const common = {
    profile,
    ...securing,
    ...(loader === undefined ? {} : { loader }),
  }
  if (workers > 0) {
    yield* issueInWorkers(awards, {
      ...common,
      key,
      verificationMethod: signer.verificationMethod,
      workers,
      signal,
      as: 'text',
      ...(io.now === undefined ? {} : { now: now() }),
      ...(workerFile === undefined ? {} : { workerFile }),
    })
    return
  }
  yield* createIssuer({ ...common, signer, now }).issueBatch(awards, { signal, as: 'text' })
}
