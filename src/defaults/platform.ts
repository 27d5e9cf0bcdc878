/**
 * What comes from the platform: clock, randomness, network, caches, and the limits nobody changed. Everything below takes them as
 * arguments.
 *
 * @module
 */

import { COMPILED } from '../canonical/analyze.js'
import { invalidOption } from '../errors.js'
import { MAX_DEPTH } from '../internal/json-object.js'
import { onDemand } from '../internal/on-demand.js'
import type { Optional } from '../internal/types.js'
import { withoutUndefined } from '../internal/without-undefined.js'
import type { Limits } from '../report/limits.js'
import type { Cache } from '../resolve/context.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import { createMemoryCache } from '../resolve/memory-cache.js'

/** See each limit. */
export const defaultLimits: Limits = {
  documentBytes: 1_048_576,
  imageBytes: 16_777_216,
  statusListBytes: 16_777_216,
  depth: MAX_DEPTH,
  canonicalSteps: 65_536,
  nesting: 2,
  endorsements: 100,
  fetches: 64,
}

export const now = (): Date => new Date()
/** Milliseconds since whenever; never goes back, which clocks do. */
export const stopwatch = (): number => performance.now()
export const randomUuid = (): string => globalThis.crypto.randomUUID()
/** Bytes of what a verifier keeps: about a thousand documents of usual size. */
const CACHE_BYTES = 33_554_432

/** Compiled contexts know nothing of who asked, so one copy serves the whole process: compiling takes longer than verifying. */
const compiled = createMemoryCache({ now: Date.now, maxBytes: Number.POSITIVE_INFINITY })

/** Memory of its own for keys, documents and lists; compiled contexts, which bound themselves, are shared. */
export function newCache(maxBytes = CACHE_BYTES): Cache {
  const own = createMemoryCache({ now: Date.now, maxBytes })
  const cacheOf = (key: string) => (key === COMPILED ? compiled : own)
  return {
    get: (key) => cacheOf(key).get(key),
    set: (key, ...entry) => cacheOf(key).set(key, ...entry),
  }
}

/** What signing has loaded: contexts that are not bundled. */
let signing: Cache | undefined
export function signingCache(): Cache {
  signing ??= newCache()
  return signing
}

export function readLimits(limits?: Optional<Limits>): Limits {
  if (limits === undefined) return defaultLimits
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(defaultLimits, name))
      throw invalidOption('limits', `has no "${name}": it has ${Object.keys(defaultLimits).join(', ')}`)
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0))
      throw invalidOption(`limits.${name}`, 'is a whole number of at least 0')
  }
  return { ...defaultLimits, ...withoutUndefined(limits) }
}

/** The platform's loader, loaded and made only when something has to be fetched: most badges need nothing. */
export function lazyLoader(): DocumentLoader {
  const loader = onDemand(async () => (await import('../resolve/create-loader.js')).createLoader())
  return { load: async (...call) => (await loader()).load(...call) }
}
