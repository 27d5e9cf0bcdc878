/**
 * What every mechanism needs from the one who called: clock, network, memory, bounds. Arguments, never globals.
 *
 * @module
 */
import type { Limits } from '../report/limits.js'
import type { DocumentLoader } from './document-loader.js'

/**
 * Remembers what was loaded: keys, contexts, decoded status lists. Never a verdict. Keys begin with the kind of what they stand for, so
 * that nothing that was loaded for one purpose answers for another. Texts in all Unicode, as long as URLs are.
 */
export interface Cache {
  /** What was set under the key and is not too old, the same value and no copy; undefined otherwise. */
  get(key: string): unknown
  /**
   * May forget at any time; answers nothing older than `maxAgeSeconds`. What is set for 0 seconds or less, or for a time that is no
   * number, is not kept, and what was there under the key is gone. `weight`: about how many bytes of memory the value takes; where
   * nothing is said, about 1024. A cache that outlives a verification bounds their sum, because strangers decide what is loaded.
   */
  set(key: string, value: unknown, maxAgeSeconds: number, weight?: number): void
}

/** What ports are given of the world: time, network, cache and limits. */
export interface Context {
  readonly now: Date
  readonly loader: DocumentLoader
  readonly cache: Cache
  readonly limits: Limits
  readonly signal?: AbortSignal
  /** Others are under way at the same time: where the runtime has threads for signatures, they are worth their price. */
  readonly concurrent?: boolean
}
