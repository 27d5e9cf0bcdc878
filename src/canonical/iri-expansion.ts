/**
 * IRI expansion: JSON-LD 1.1 API section 5.2.
 *
 * @module
 */
import type { ActiveContext } from './active-context.js'
import type { Budget } from './budget.js'
import { isAbsoluteIri, isBlankNodeIdentifier, isKeyword, looksLikeKeyword } from './keywords.js'

export interface ExpansionOptions {
  /** Are terms, and `@vocab`, to be considered? */
  readonly vocab: boolean
  /** While a context is being processed: defines the name first, where the context has it and has not yet defined it. */
  readonly define?: (name: string) => void
  /** Pays for the characters: a prefix of any length may stand before each of many names. */
  readonly budget: Budget
}

/**
 * An IRI, a keyword, null for what is to be dropped, or still a relative reference. Step 8, resolving against the base, is left
 * out: a document here has no base IRI, and where a context sets one by `@base`, see ambiguous.ts. Throws CanonicalizationError.
 */
export function expandIri(active: ActiveContext, value: string, options: ExpansionOptions): string | null {
  const expanded = expand(active, value, options)
  options.budget.spend('characters', expanded?.length ?? value.length)
  return expanded
}

function expand(
  active: ActiveContext,
  value: string,
  { vocab, define }: Omit<ExpansionOptions, 'budget'>,
): string | null {
  if (isKeyword(value)) return value
  if (looksLikeKeyword(value)) return null
  define?.(value)
  if (vocab) {
    const definition = active.terms.get(value)
    if (definition !== undefined) return definition.iri
  }
  const colon = value.indexOf(':', 1)
  if (colon !== -1) {
    const prefix = value.slice(0, colon)
    if (prefix === '_' || value.startsWith('//', colon + 1)) return value
    define?.(prefix)
    const definition = active.terms.get(prefix)
    if (definition?.prefix && definition.iri !== null) return definition.iri + value.slice(colon + 1)
    if (isAbsoluteIri(value)) return value
  }
  if (vocab && active.vocab !== null) return active.vocab + value
  return value
}

/** Is it an IRI that means nothing but itself, so that `@id` takes it as it is written? */
export function expandsToItself(value: string, active: ActiveContext): boolean {
  if (isBlankNodeIdentifier(value) || !isAbsoluteIri(value)) return false
  const colon = value.indexOf(':')
  return value.startsWith('//', colon + 1) || active.terms.get(value.slice(0, colon))?.prefix !== true
}
