/**
 * What a mechanism gets from whoever calls it, for the contracts: a clock that stands, no network, a memory of its own.
 *
 * @module
 */
import { defaultLimits } from '../defaults/platform.js'
import { ResolutionError } from '../errors.js'
import type { Context } from '../resolve/context.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import { createMemoryCache } from '../resolve/memory-cache.js'

/** The time of every contract. */
export const NOW = '2030-01-01T00:00:00Z'

/** Nothing can be fetched. */
export const noNetwork: DocumentLoader = {
  load: async ({ url }) => {
    throw new ResolutionError('resolve.unreachable', url, `${url.slice(0, 200)}: the contract has no network`)
  },
}

/** Another one for each rule: what a cache keeps must not help the next. */
export function makeContext(loader: DocumentLoader = noNetwork, signal?: AbortSignal): Context {
  return {
    now: new Date(NOW),
    loader,
    cache: createMemoryCache({ now: () => 0, maxBytes: 1_048_576 }),
    limits: defaultLimits,
    ...(signal === undefined ? {} : { signal }),
  }
}
