/**
 * A cache that lives as long as the one who made it, and takes no more memory than it may.
 *
 * @module
 */
import { weightOfText } from '../internal/json-weight.js'
import type { Cache } from './context.js'

export interface MemoryCacheOptions {
  /** Milliseconds, of any origin. */
  readonly now: () => number
  /** Beyond that, what was used longest ago goes. */
  readonly maxBytes: number
}

/** Bytes of a value whose weight nobody tells. */
const UNTOLD = 1024
/** Bytes of an entry beside its key and value. */
const ENTRY = 128

interface Entry {
  readonly value: unknown
  readonly until: number
  readonly bytes: number
}

/** What is heavier than the whole cache is not kept, and what was there under its key is gone. */
export function createMemoryCache({ now, maxBytes }: MemoryCacheOptions): Cache {
  // A Map keeps the order in which its keys came: the first one is the one that was used longest ago.
  const entries = new Map<string, Entry>()
  let bytes = 0
  let newest: string | undefined
  const forget = (key: string): void => {
    const entry = entries.get(key)
    if (entry === undefined) return
    entries.delete(key)
    bytes -= entry.bytes
  }
  const remember = (key: string, entry: Entry): void => {
    entries.set(key, entry)
    bytes += entry.bytes
    newest = key
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (now() >= entry.until) {
        forget(key)
        return undefined
      }
      // A verification asks for the same several times: then nothing has to be moved.
      if (key !== newest) {
        forget(key)
        remember(key, entry)
      }
      return entry.value
    },
    set(key, value, maxAgeSeconds, weight) {
      forget(key)
      const entry = {
        value,
        until: now() + maxAgeSeconds * 1000,
        // A weight that is not one must not make room for everything.
        bytes: ENTRY + weightOfText(key) + (weight !== undefined && weight >= 0 ? weight : UNTOLD),
      }
      if (!(maxAgeSeconds > 0) || entry.bytes > maxBytes) return
      remember(key, entry)
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break
        forget(oldest)
      }
    },
  }
}
