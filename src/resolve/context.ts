/**
 * What every mechanism needs from the one who called: clock, network, memory, bounds. Arguments, never globals.
 *
 * @module
 */
import type { Limits } from '../report/limits.js'
import type { DocumentLoader } from './document-loader.js'

/** Remembers what was loaded: keys, contexts, decoded status lists. Never a verdict. */
export interface Cache {
  get(key: string): unknown
  set(key: string, value: unknown, maxAgeSeconds: number): void
}

export interface Context {
  readonly now: Date
  readonly loader: DocumentLoader
  readonly cache: Cache
  readonly limits: Limits
  readonly signal?: AbortSignal
}
