/**
 * What becomes of a document on the general path: its dataset, and what jsonld has to say of it besides what was found before.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import { UnknownContext } from './contexts.js'
import { type ContextLoader, throughJsonld } from './general.js'
import { JsonLdSyntaxError } from './keywords.js'
import type { Analysis, CanonicalContext, JsonLdProblem } from './types.js'

/** What examine.ts found: everything that has a place. */
interface Examined {
  readonly problems: readonly JsonLdProblem[]
  readonly dropsSomething: boolean
}

export async function generalPath(
  document: JsonObject,
  { problems, dropsSomething }: Examined,
  load: ContextLoader,
  { signal }: CanonicalContext,
): Promise<Analysis> {
  try {
    const { dataset, dropped, warnings } = await throughJsonld(document, load)
    signal?.throwIfAborted()
    return {
      dataset,
      problems: dropsSomething ? problems : [...problems, ...overlooked([...dropped, ...warnings])],
      path: 'general',
    }
  } catch (error) {
    const reported = problemOf(error)
    if (reported === undefined) throw error
    return { problems: [...problems, reported], path: 'general' }
  }
}

/** What examine.ts did not see and jsonld did: nobody knows the place, but it must not be signed. */
function overlooked(dropped: readonly string[]): readonly JsonLdProblem[] {
  const [first] = dropped
  if (first === undefined) return []
  return [
    {
      kind: 'undefined_term',
      pointer: '',
      term: first,
      message: `JSON-LD drops something of the document (${first}), so no signature would cover it`,
    },
  ]
}

/** The problem that an error of the general path stands for; undefined where it is none. */
function problemOf(error: unknown): JsonLdProblem | undefined {
  if (error instanceof UnknownContext) {
    const { url, code, message } = error.failure
    return {
      kind: 'unknown_context',
      pointer: '/@context',
      url,
      code,
      message: `the context ${url} could not be loaded (${code}: ${message})`,
    }
  }
  if (error instanceof JsonLdSyntaxError)
    return { kind: 'invalid', pointer: '', message: `not JSON-LD (${error.code}): ${error.message}` }
  if (!(error instanceof Error) || !error.name.startsWith('jsonld.')) return undefined
  const { details } = error as { details?: { code?: string; cause?: unknown } }
  // What the loader of contexts threw comes back as the cause of jsonld's own error.
  if (details?.cause !== undefined) {
    const problem = problemOf(details.cause)
    if (problem === undefined) throw details.cause
    return problem
  }
  return {
    kind: 'invalid',
    pointer: '',
    message: `not JSON-LD${details?.code ? ` (${details.code})` : ''}: ${error.message}`,
  }
}
