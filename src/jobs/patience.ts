/**
 * Waiting for what may pass: a database or a key service that is away, a disk that is full.
 *
 * @module
 */
import { OpenBadgeError, ParseError, ResolutionError, SigningError, StoreError, UsageError } from '../errors.js'
import { pause } from './pause.js'

/** Milliseconds. */
const FIRST = 250
const MOST = 30_000

/** How long to wait before the nth attempt more, from 1, in milliseconds. */
export const waitBefore = (attempt: number): number => Math.min(FIRST * 2 ** (attempt - 1), MOST)

/** What does not pass: see ERROR_CODES, where these have no `retry`. */
const FOR_GOOD: readonly string[] = [
  'store.closed',
  'store.missing_package',
  'store.newer_schema',
  'store.credential_taken',
  'store.invalid_query',
  'store.unknown_list',
  'store.unknown_index',
  'sign.malformed',
  'sign.wrong_key',
]
/** The fault of an award, whoever issues it. */
const OF_AWARD: readonly string[] = [
  'usage.invalid_award',
  'usage.award_conflict',
  'usage.award_erased',
  'store.award_closed',
  'store.invalid_key',
  'store.invalid_value',
]

/**
 * What to do where an award could not be issued: it fails (`award`), all is tried again later (`again`), whoever tries has to be set up anew
 * (`stop`), or nobody knows (`defect`).
 */
export function verdictOn(error: unknown): 'award' | 'again' | 'stop' | 'defect' {
  if (!(error instanceof OpenBadgeError)) return 'defect'
  if (error instanceof ParseError || OF_AWARD.includes(error.code)) return 'award'
  if (error instanceof UsageError || FOR_GOOD.includes(error.code)) return 'stop'
  const isPassing = error instanceof StoreError || error instanceof SigningError || error instanceof ResolutionError
  return isPassing ? 'again' : 'defect'
}

/** Tries again what the store could not do, until it has been away for so many milliseconds, or the signal's end. */
export async function patiently<T>(work: () => Promise<T>, most: number, signal: AbortSignal | undefined): Promise<T> {
  let waited = 0
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const isPassing = error instanceof StoreError && error.code === 'store.failed'
      if (!isPassing || waited >= most || signal?.aborted === true) throw error
    }
    const wait = waitBefore(attempt)
    waited += wait
    await pause(wait, signal)
  }
}
