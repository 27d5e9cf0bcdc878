/**
 * What became of one of many, made and read.
 *
 * @module
 */
import { StoreError, UsageError } from '../errors.js'
import type { StoreOutcome } from './status-store.js'

/**
 * Does the work for each; a StoreError that it throws is the outcome of that one. Throws UsageError `usage.invalid_input` for what is no
 * array or no function.
 */
export function outcomesOf<In, T>(items: readonly In[], work: (item: In) => T): StoreOutcome<T>[] {
  if (!Array.isArray(items) || typeof work !== 'function')
    throw new UsageError('usage.invalid_input', 'outcomesOf takes an array, and a function for each of its items')
  return (items as readonly In[]).map((item) => {
    try {
      return { value: work(item) }
    } catch (error) {
      if (error instanceof StoreError) return { error }
      throw error
    }
  })
}

/** The value; its error is thrown. */
export function settled<T>(outcome: StoreOutcome<T> | undefined): T {
  // A store of somebody else's: what it left out must not pass for done.
  if (outcome === undefined)
    throw new StoreError('store.failed', 'the store answered fewer results than it was asked for')
  if (outcome.error !== undefined) throw outcome.error
  return outcome.value
}

/** The one outcome of a list of one. */
export const onlyValue = async <T>(outcomes: Promise<readonly StoreOutcome<T>[]>): Promise<T> =>
  settled((await outcomes)[0])
