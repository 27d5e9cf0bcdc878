/**
 * The general path: documents that use more of JSON-LD than credentials do are expanded by the package jsonld, which is loaded
 * for them only.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import type { ContextDocument } from './context-document.js'
import { type Deserialized, fromExpanded } from './from-expanded.js'
import { JsonLdSyntaxError } from './keywords.js'

/** Gives the context document at a URL; rejects where it cannot be had. */
export type ContextLoader = (url: string) => Promise<ContextDocument>

/**
 * Rejects with what the loader rejects with, with jsonld's own errors and with JsonLdSyntaxError. `warnings` are the codes of
 * what expansion dropped.
 */
export async function throughJsonld(
  document: JsonObject,
  load: ContextLoader,
): Promise<Deserialized & { readonly warnings: readonly string[] }> {
  const { default: jsonld } = await import('jsonld')
  const warnings: string[] = []
  demandHarmlessNames(document)
  const expanded = await jsonld.expand(structuredClone(document), {
    documentLoader: async (url) => {
      const { context } = await load(url)
      demandHarmlessNames(context)
      // jsonld writes into contexts while it resolves them.
      return { document: { '@context': structuredClone(context) as Json }, documentUrl: url, contextUrl: null }
    },
    eventHandler: ({ event, next }) => {
      if (event.level === 'warning') warnings.push(event.code)
      next()
    },
  })
  return { ...fromExpanded(expanded as readonly JsonObject[]), warnings }
}

/** jsonld asks the objects of a document themselves whether they have a member. */
function demandHarmlessNames(value: Json): void {
  if (typeof value !== 'object' || value === null) return
  if (Object.hasOwn(value, 'hasOwnProperty') || Object.hasOwn(value, '__proto__'))
    throw new JsonLdSyntaxError(
      'invalid member name',
      'a member "hasOwnProperty" or "__proto__" cannot be used together with unusual parts of JSON-LD',
    )
  for (const item of Object.values(value) as readonly Json[]) demandHarmlessNames(item)
}
