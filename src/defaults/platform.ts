/**
 * What comes from the platform: clock, randomness, network, caches, and the limits nobody changed. Everything below takes them as
 * arguments.
 *
 * @module
 */
import { COMPILED } from '../canonical/analyze.js'
import { UsageError } from '../errors.js'
import { onDemand } from '../internal/on-demand.js'
import type { Limits } from '../report/limits.js'
import type { Cache } from '../resolve/context.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import { createMemoryCache } from '../resolve/memory-cache.js'

/** See each limit. */
export const defaultLimits: Limits = {
  documentBytes: 1_048_576,
  imageBytes: 16_777_216,
  statusListBytes: 16_777_216,
  depth: 64,
  canonicalSteps: 65_536,
  nesting: 2,
  endorsements: 100,
  fetches: 64,
}

export const now = (): Date => new Date()
export const randomUuid = (): string => globalThis.crypto.randomUUID()
/** A verifier's memory: some hundred issuers with their lists. */
const CACHE_ENTRIES = 1_000

/** Compiled contexts know nothing of who asked, so one copy serves the whole process: compiling takes longer than verifying. */
const compiled = createMemoryCache({ now: Date.now, maxEntries: 1 })

/** Memory of its own for keys and lists; compiled contexts are shared. */
export function newCache(): Cache {
  const own = createMemoryCache({ now: Date.now, maxEntries: CACHE_ENTRIES })
  const cacheOf = (key: string) => (key === COMPILED ? compiled : own)
  return {
    get: (key) => cacheOf(key).get(key),
    set: (key, value, maxAgeSeconds) => cacheOf(key).set(key, value, maxAgeSeconds),
  }
}

/** What signing has loaded: contexts that are not bundled. */
let signing: Cache | undefined
export function signingCache(): Cache {
  signing ??= newCache()
  return signing
}

export function readLimits(limits?: Partial<Limits>): Limits {
  if (limits === undefined) return defaultLimits
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(defaultLimits, name))
      throw new UsageError(
        'usage.invalid_option',
        `"limits" has no "${name}": it has ${Object.keys(defaultLimits).join(', ')}`,
      )
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0))
      throw new UsageError('usage.invalid_option', `"limits.${name}" is a whole number of at least 0`)
  }
  return { ...defaultLimits, ...withoutUndefined(limits) }
}

export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T
}

/** The platform's loader, loaded and made only when something has to be fetched: most badges need nothing. */
export function lazyLoader(): DocumentLoader {
  const loader = onDemand(async () => (await import('../resolve/create-loader.js')).createLoader())
  return { load: async (...call) => (await loader()).load(...call) }
}
