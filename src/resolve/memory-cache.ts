/**
 * A cache that lives as long as the one who made it.
 *
 * @module
 */
import type { Cache } from './context.js'

export interface MemoryCacheOptions {
  /** Milliseconds, of any origin. */
  readonly now: () => number
  /** At one more, what was used longest ago goes. */
  readonly maxEntries: number
}

/** What is set for 0 seconds or less, or for a time that is no number, is not kept, and what was there under the key is gone. */
export function createMemoryCache({ now, maxEntries }: MemoryCacheOptions): Cache {
  // A Map keeps the order of insertion: the first key is the one that was used longest ago.
  const entries = new Map<string, { readonly value: unknown; readonly until: number }>()
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      if (now() >= entry.until) return undefined
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, maxAgeSeconds) {
      entries.delete(key)
      if (!(maxAgeSeconds > 0)) return
      entries.set(key, { value, until: now() + maxAgeSeconds * 1000 })
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break
        entries.delete(oldest)
      }
    },
  }
}
