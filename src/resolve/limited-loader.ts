/**
 * A loader for one report: it counts, and asks nobody the same thing twice.
 *
 * @module
 */
import type { DocumentLoader, LoadedDocument, LoadRequest } from './document-loader.js'
import { loadFailure } from './load-failure.js'

/** Bytes that are kept for a second asking. A badge that names many large documents must not fill the memory with them. */
const KEPT_BYTES = 16 * 1024 * 1024

/**
 * Throws `resolve.limit` for the request after `maxFetches`. The same request (its fragment apart) is made once, also while it is
 * under way and also where it failed: within one report the answer is one. Past 16 MiB of answers, further ones are not kept.
 *
 * For one report and one signal: who asks for what is under way shares the first one's abort.
 */
export function limitedLoader(loader: DocumentLoader, { maxFetches }: { readonly maxFetches: number }): DocumentLoader {
  // Most badges need nothing.
  let made: Map<string, Promise<LoadedDocument>> | undefined
  let fetches = 0
  let kept = 0
  return {
    async load(request, context) {
      if (context.signal?.aborted) throw context.signal.reason
      const key = identityOf(request)
      made ??= new Map()
      const known = made.get(key)
      if (known) return known
      if (!(fetches < maxFetches))
        throw loadFailure(
          'resolve.limit',
          request.url,
          `more than ${maxFetches} documents for one report; raise limits.fetches if they are all needed`,
        )
      fetches++
      const loading = loader.load(request, context)
      made.set(key, loading)
      const loaded = await loading
      kept += loaded.bytes.length
      if (kept > KEPT_BYTES) {
        kept -= loaded.bytes.length
        made.delete(key)
      }
      return loaded
    },
  }
}

/** No fragment reaches a server. A bound or an Accept header of another value may give another answer. */
function identityOf({ url, kind, maxBytes, accept }: LoadRequest): string {
  return JSON.stringify([kind, url.replace(/#.*$/s, ''), maxBytes, accept])
}
