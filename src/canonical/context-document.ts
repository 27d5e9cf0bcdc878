/**
 * A context document: what stands at a context's URL.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import type { DocumentDigest } from '../resolve/document-digest.js'

export interface ContextDocument {
  /** The value of its `@context`. */
  readonly context: Json
  /** Is it bundled, and so one of those that say how the standard names things? */
  readonly own: boolean
  /** Does its digest say that it is a context of the standard which is not bundled? */
  readonly pinned: boolean
  /** As it was loaded; nothing for one that is bundled. */
  readonly bytes: number
  /** Of those bytes. */
  readonly digest?: DocumentDigest
}

export function contextDocument(document: JsonObject): ContextDocument {
  return { context: document['@context'] ?? {}, own: false, pinned: false, bytes: 0 }
}
