/**
 * The general path: documents that use more of JSON-LD than credentials do are expanded by the package jsonld, which is loaded
 * for them only.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'
import type { Budget } from './budget.js'
import type { ContextDocument } from './context-document.js'
import { type Deserialized, fromExpanded } from './from-expanded.js'
import { JsonLdSyntaxError } from './keywords.js'

/** Gives the context document at a URL; rejects where it cannot be had. */
export type ContextLoader = (url: string) => Promise<ContextDocument>

/** Expanded JSON-LD, with what expansion left out. */
export interface Expanded {
  readonly expanded: readonly JsonObject[]
  /** The codes of what was dropped. */
  readonly warnings: readonly string[]
  /** The names of members that have no meaning. */
  readonly droppedNames: ReadonlySet<string>
}

/** Rejects with what the loader rejects with, with jsonld's own errors and with JsonLdSyntaxError. */
export async function expandThroughJsonld(document: JsonObject, load: ContextLoader): Promise<Expanded> {
  const [{ default: jsonld }, { default: ContextResolver }] = await Promise.all([
    import('jsonld'),
    import('jsonld/lib/ContextResolver.js'),
  ])
  const warnings: string[] = []
  const droppedNames = new Set<string>()
  demandHarmlessNames(document)
  const expansion = jsonld.expand(structuredClone(document), {
    // Its own would remember the contexts of the last hundred badges, for all who use jsonld here.
    contextResolver: new ContextResolver({ sharedCache: new Map() }),
    documentLoader: async (url) => {
      const { context } = await load(url)
      demandHarmlessNames(context)
      // jsonld writes into contexts while it resolves them.
      return { document: { '@context': structuredClone(context) as Json }, documentUrl: url, contextUrl: null }
    },
    eventHandler: ({ event, next }) => {
      if (event.level === 'warning') warnings.push(event.code)
      if (event.code === 'invalid property') droppedNames.add(String(event.details?.property))
      next()
    },
  })
  const expanded = await expansion.catch((error: unknown) => {
    throw isStumble(error) ? new JsonLdSyntaxError('not understood', 'its contexts and its members do not fit') : error
  })
  return { expanded: expanded as readonly JsonObject[], warnings, droppedNames }
}

/**
 * jsonld's own errors have names of its own, and those of the loader come as their cause. Beside them it runs into what it takes for
 * granted: a map where an alias of @list stands, members of a text, nesting deeper than the stack.
 */
function isStumble(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError
}

/** The same with the dataset. Rejects with what `expandThroughJsonld` does. */
export async function throughJsonld(
  document: JsonObject,
  load: ContextLoader,
  budget: Budget,
): Promise<Deserialized & Expanded> {
  const expansion = await expandThroughJsonld(document, load)
  return { ...expansion, ...fromExpanded(expansion.expanded, budget) }
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
