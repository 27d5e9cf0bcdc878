/**
 * A context document: what stands at a context's URL.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'

/** One object for each content: what is derived from a context is remembered by this object, so never by its URL. */
export interface ContextDocument {
  /** The value of its `@context`. */
  readonly context: Json
  /** Does it say all by itself? What is derived from one that refers to others must not outlive the answer of those URLs. */
  readonly selfContained: boolean
  /** Is it bundled, and so one of those that say how the standard names things? */
  readonly own: boolean
}

export function contextDocument(document: JsonObject): ContextDocument {
  const context = document['@context'] ?? {}
  return { context, selfContained: !refersToOthers(context), own: false }
}

/** Is there a URL where a context may stand? */
function refersToOthers(context: Json): boolean {
  if (typeof context === 'string') return true
  if (typeof context !== 'object' || context === null) return false
  if (Array.isArray(context)) return context.some(refersToOthers)
  if (Object.hasOwn(context, '@context')) return refersToOthers((context as JsonObject)['@context'] as Json)
  if (Object.hasOwn(context, '@import')) return true
  return Object.values(context).some((definition) => {
    if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) return false
    const scoped = (definition as JsonObject)['@context']
    return scoped !== undefined && refersToOthers(scoped)
  })
}
