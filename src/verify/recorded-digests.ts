/**
 * Remembers what the documents that a credential's meaning hangs on were, byte for byte: contexts and declared schemas. Caches
 * keep them parsed, and a digest is over bytes.
 *
 * @module
 */
import { encodeHex } from '../internal/bytes.js'
import { cryptoPlatform } from '../platform/crypto.js'
import type { Cache } from '../resolve/context.js'
import type { PublishedDigest } from '../resolve/contexts/digests.js'
import type { DocumentLoader } from '../resolve/document-loader.js'

const keyOf = (url: string): string => `digest:${url}`
/** Longer than any cache keeps the document itself; the next time it is loaded, this is written anew. */
const YEAR_SECONDS = 31_536_000

export function recordingLoader(loader: DocumentLoader, cache: Cache): DocumentLoader {
  return {
    async load(request, context) {
      const loaded = await loader.load(request, context)
      if (request.kind === 'context' || request.kind === 'schema') {
        const platform = cryptoPlatform()
        const [sha256, sha384] = [
          await platform.digest('SHA-256', loaded.bytes),
          await platform.digest('SHA-384', loaded.bytes),
        ]
        const digest: PublishedDigest = { sha256: encodeHex(sha256), sha384: encodeHex(sha384) }
        cache.set(keyOf(request.url), digest, YEAR_SECONDS)
      }
      return loaded
    },
  }
}

/** Of the document as it was when it was last loaded from `url`; undefined where it was not. */
export function recordedDigest(url: string, cache: Cache): PublishedDigest | undefined {
  return cache.get(keyOf(url)) as PublishedDigest | undefined
}
