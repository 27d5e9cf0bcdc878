/**
 * What every mechanism needs from the one who called: clock, network, memory, bounds. Arguments, never globals.
 *
 * @module
 */
import type { Limits } from '../report/limits.js'
import type { DocumentLoader } from './document-loader.js'

/** Remembers what was loaded: keys, contexts, decoded status lists. Never a verdict. */
export interface Cache {
  /** What was set under the key and is not too old; undefined otherwise. */
  get(key: string): unknown
  /** May forget at any time; answers nothing older than `maxAgeSeconds`. */
  set(key: string, value: unknown, maxAgeSeconds: number): void
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
