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
  // Who asks for the same one again and again need not move it.
  let last: string | undefined
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      const isOver = now() >= entry.until
      if (isOver || key !== last) entries.delete(key)
      if (isOver) return undefined
      if (key !== last) entries.set(key, entry)
      last = key
      return entry.value
    },
    set(key, value, maxAgeSeconds) {
      entries.delete(key)
      if (!(maxAgeSeconds > 0)) return
      entries.set(key, { value, until: now() + maxAgeSeconds * 1000 })
      last = key
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break
        entries.delete(oldest)
      }
    },
  }
}
