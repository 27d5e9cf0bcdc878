/**
 * What becomes of a document on the general path: its dataset, and what jsonld has to say of it besides what was found before.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import type { Budget } from './budget.js'
import { canonicalize } from './canonicalize.js'
import { UnknownContext } from './contexts.js'
import type { Dataset } from './dataset.js'
import { type ContextLoader, expandThroughJsonld, throughJsonld } from './general.js'
import { JsonLdSyntaxError } from './keywords.js'
import {
  type ContextAt,
  findOtherReadings,
  type Supplement,
  supplemented,
  supplementFor,
  withStandardContexts,
} from './one-reading.js'
import { type Analysis, type CanonicalContext, CanonicalizationError, type JsonLdProblem, UNCOVERED } from './types.js'
import type { Vocabulary } from './vocabulary.js'

/** What examine.ts found: everything that has a place. */
export interface Examined {
  readonly problems: readonly JsonLdProblem[]
  readonly dropsSomething: boolean
  /** Has the document contexts that are not the standard's own? */
  readonly hasForeign: boolean
  /** Does jsonld forget a base direction that a context gives? */
  readonly losesDirection: boolean
  /** From the compiled path, where it understood the document. */
  readonly dataset: Dataset | undefined
}

/** What there is beside the document. */
export interface Surroundings {
  readonly load: ContextLoader
  readonly contextAt: ContextAt
  readonly vocabulary: Vocabulary
  readonly budget: Budget
}

export async function generalPath(
  document: JsonObject,
  { problems: examined, dropsSomething, hasForeign, losesDirection, dataset: compiled }: Examined,
  surroundings: Surroundings,
  context: CanonicalContext,
): Promise<Analysis> {
  const { load, vocabulary, budget } = surroundings
  let problems = examined
  try {
    const { dataset, dropped, warnings, expanded } = await throughJsonld(document, load, budget)
    context.signal?.throwIfAborted()
    if (hasForeign && problems.every(({ kind }) => kind !== 'ambiguous_member')) {
      const standard = await readByStandard(document, expanded, surroundings)
      // Asked anew: a signal with a deadline looks at its clock.
      context.signal?.throwIfAborted()
      problems = [...problems, ...findOtherReadings({ whole: expanded, ...standard }, vocabulary)]
    }
    if (compiled !== undefined) {
      const agreement = compare(compiled, dataset, context, budget)
      if (agreement === 'same') return { dataset: compiled, problems, path: 'compiled' }
      if (agreement === 'different') problems = [...problems, DIFFERENT]
      // And nobody else is here to tell.
    } else if (losesDirection) problems = [...problems, DIFFERENT]
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

/** Does the compiled path say what jsonld says? `unknown` where neither has a canonical form that can be had. */
function compare(
  one: Dataset,
  other: Dataset,
  { limits }: CanonicalContext,
  budget: Budget,
): 'same' | 'different' | 'unknown' {
  const options = { hash: 'SHA-256', maxSteps: limits.canonicalSteps, budget } as const
  try {
    return canonicalize(one, options) === canonicalize(other, options) ? 'same' : 'different'
  } catch (error) {
    if (error instanceof CanonicalizationError) return 'unknown'
    throw error
  }
}

const DIFFERENT: JsonLdProblem = {
  kind: 'ambiguous_member',
  pointer: '/@context',
  message: 'two readers of JSON-LD understand this document in two ways',
}

/** The second expansion: see one-reading.ts. */
async function readByStandard(
  document: JsonObject,
  whole: readonly JsonObject[],
  { load, contextAt, vocabulary }: Surroundings,
): Promise<{ readonly standard: readonly JsonObject[]; readonly supplement: Supplement }> {
  const asRead = withStandardContexts(document, contextAt)
  const { expanded, droppedNames } = await expandThroughJsonld(asRead, load)
  const supplement = supplementFor(document, droppedNames, whole, vocabulary)
  if (supplement.size === 0) return { standard: expanded, supplement }
  const again = await expandThroughJsonld(supplemented(asRead, supplement, vocabulary), load)
  return { standard: again.expanded, supplement }
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
      message: `JSON-LD drops something of the document (${first}), so ${UNCOVERED}`,
    },
  ]
}

/** The problem that an error of the general path stands for; undefined where it is not one. */
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
