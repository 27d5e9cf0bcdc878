/**
 * The port through which everything comes in from outside. Nothing else in the library touches a network.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'

/** What a document is wanted for: a loader may allow one kind and refuse another. */
export type DocumentKind = 'context' | 'key' | 'status' | 'schema' | 'refresh' | 'registry' | 'evidence'

/** What to load. */
export interface LoadRequest {
  readonly url: string
  readonly kind: DocumentKind
  /** The loader stops reading, and throws `resolve.too_large`, at one byte more. */
  readonly maxBytes: number
  /** The Accept header to send. */
  readonly accept?: string
}

/** A document as it came. */
export interface LoadedDocument {
  /** After redirects. */
  readonly url: string
  readonly bytes: Bytes
  /** As served, without parameters; many status lists are text/plain. */
  readonly mediaType: string
  /** From Cache-Control or Expires, where the server said so. */
  readonly maxAgeSeconds?: number
}

/** Loads bytes. Throws only ResolutionError; an abort rejects with the signal's reason. */
export interface DocumentLoader {
  /** Throws only ResolutionError; an abort rejects with the signal's reason. */
  load(request: LoadRequest, context: { readonly signal?: AbortSignal }): Promise<LoadedDocument>
}
