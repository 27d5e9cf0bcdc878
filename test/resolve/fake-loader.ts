/**
 * A web that is an object: `{ url: document }`. What is not there is `resolve.not_found`.
 *
 * @module
 */
import type { CanonicalContext } from '../../src/canonical/types.js'
import { ResolutionError } from '../../src/errors.js'
import type { Limits } from '../../src/report/limits.js'
import type { DocumentLoader, LoadRequest } from '../../src/resolve/document-loader.js'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'

export const LIMITS: Limits = {
  documentBytes: 1_048_576,
  imageBytes: 16_777_216,
  statusListBytes: 16_777_216,
  depth: 64,
  canonicalSteps: 65_536,
  nesting: 2,
  endorsements: 100,
  fetches: 64,
}

export interface FakeLoader extends DocumentLoader {
  /** Everything that was asked for, in order. */
  readonly requests: LoadRequest[]
}

/** A text or bytes are served as they are, everything else as JSON. */
export function fakeLoader(documents: Readonly<Record<string, unknown>> = {}, maxAgeSeconds?: number): FakeLoader {
  const requests: LoadRequest[] = []
  return {
    requests,
    load: async (request) => {
      requests.push(request)
      const { url, maxBytes } = request
      if (!Object.hasOwn(documents, url)) throw new ResolutionError('resolve.not_found', url, `${url} is not there`)
      const document = documents[url]
      const bytes =
        document instanceof Uint8Array
          ? document
          : new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document))
      if (bytes.length > maxBytes) throw new ResolutionError('resolve.too_large', url, `${url} is too large`)
      return { url, bytes, mediaType: 'application/json', ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }) }
    },
  }
}

export function testContext(changes: Partial<CanonicalContext> = {}): CanonicalContext {
  return {
    now: new Date('2030-01-02T03:04:05Z'),
    loader: fakeLoader(),
    cache: createMemoryCache({ now: () => 0, maxBytes: 16_777_216 }),
    limits: LIMITS,
    memo: new WeakMap(),
    ...changes,
  }
}
