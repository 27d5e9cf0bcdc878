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
  // Counted, not moved to the end of the Map at each use: a verification asks several times, and something new is rarely set.
  const entries = new Map<string, { readonly value: unknown; readonly until: number; used: number }>()
  let uses = 0
  const usedLongestAgo = (): string => {
    let [oldest, least] = ['', Number.POSITIVE_INFINITY]
    for (const [key, { used }] of entries) if (used < least) [oldest, least] = [key, used]
    return oldest
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (now() >= entry.until) {
        entries.delete(key)
        return undefined
      }
      entry.used = ++uses
      return entry.value
    },
    set(key, value, maxAgeSeconds) {
      if (!(maxAgeSeconds > 0)) {
        entries.delete(key)
        return
      }
      entries.set(key, { value, until: now() + maxAgeSeconds * 1000, used: ++uses })
      while (entries.size > maxEntries) entries.delete(usedLongestAgo())
    },
  }
}
