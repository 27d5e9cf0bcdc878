/**
 * Which statements of a document a list of JSON Pointers stands for (vc-di-ecdsa section 3.4, "canonicalizeAndGroup").
 *
 * The specification finds the blank nodes of a part in the whole by giving every one an IRI first ("skolemization"), for which
 * the document is expanded and compacted again. Here the analysis says which object of the document each blank node is, and a
 * part is made of the same objects; so pointers are those of the document as it is, also where compaction would turn an array
 * of one into its item, and lists (`allowedValue`) can be revealed, as long as they are whole.
 *
 * @module
 */
import { analyze } from '../canonical/analyze.js'
import { type CanonicalForm, canonicalForm } from '../canonical/canonicalize.js'
import type { BlankNode, Dataset } from '../canonical/dataset.js'
import type { CanonicalContext } from '../canonical/types.js'
import { ParseError } from '../errors.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import { refuseCanonicalization, refuseProblems } from './problems.js'
import { select } from './sd-select.js'
import { hmacLabels, type Labels, statementsOf } from './sd-statements.js'

/** A document, or a part of one, with what it says. */
export interface Stated {
  readonly document: JsonObject
  readonly dataset: Dataset
  readonly labels: Labels
  readonly statements: readonly string[]
}

/** `document` is a tree: no object occurs in it twice. Throws ParseError where it cannot be canonicalized or divided. */
export async function state(document: JsonObject, hmacKey: Bytes, context: CanonicalContext): Promise<Stated> {
  const { dataset, problems } = await analyze(document, context)
  if (problems.length > 0 || dataset === undefined) throw refuseProblems(problems)
  const { identifiers } = canonical(dataset, context)
  if (dataset.origins === undefined)
    throw new ParseError(
      'parse.indivisible',
      'this document uses JSON-LD that credentials do without (keywords such as "@set", maps by language or index, blank node identifiers), and cannot be divided for selective disclosure: sign it with ecdsa-rdfc-2019',
    )
  const labels = hmacLabels(identifiers, hmacKey)
  return { document, dataset, labels, statements: statementsOf(dataset, labels) }
}

/** Throws ParseError. */
export function canonical(dataset: Dataset, { limits }: CanonicalContext): CanonicalForm {
  try {
    return canonicalForm(dataset, { hash: 'SHA-256', maxSteps: limits.canonicalSteps })
  } catch (error) {
    throw refuseCanonicalization(error)
  }
}

/**
 * The part that the pointers name; all of them must name something. No pointers, no statements: not even the types. Undefined
 * where a pointer leads into something that is one statement, or stands and falls together: a JSON literal, a list.
 */
export async function statePart(
  whole: Stated,
  pointers: readonly string[],
  context: CanonicalContext,
): Promise<Stated | undefined> {
  const { document, sources } = select(whole.document, pointers)
  if (pointers.length === 0) return { document, dataset: NOTHING, labels: [], statements: [] }
  if (document === whole.document) return whole
  const { dataset, problems } = await analyze(document, context)
  if (problems.length > 0 || dataset?.origins === undefined) return undefined
  const labels = labelsInWhole(dataset.origins, whole, sources)
  if (labels === undefined) return undefined
  const statements = statementsOf(dataset, labels)
  const known = new Set(whole.statements)
  return statements.every((each) => known.has(each)) ? { document, dataset, labels, statements } : undefined
}

/** The first that cannot be had by itself; for the error that says so. */
export async function findIndivisible(
  whole: Stated,
  pointers: readonly string[],
  context: CanonicalContext,
): Promise<string | undefined> {
  for (const each of pointers) if ((await statePart(whole, [each], context)) === undefined) return each
  return undefined
}

const NOTHING: Dataset = { subjects: [], predicates: [], objects: [], graphs: [], blankNodes: 0 }

/** An object can be several blank nodes, a graph and the node in it; they come in the same order in both. */
function labelsInWhole(
  origins: readonly object[],
  whole: Stated,
  sources: ReadonlyMap<object, object>,
): Labels | undefined {
  const nodes = new Map<object, BlankNode[]>()
  for (const [node, origin] of (whole.dataset.origins ?? []).entries()) {
    const known = nodes.get(origin)
    if (known === undefined) nodes.set(origin, [node])
    else known.push(node)
  }
  const labels: Bytes[] = []
  const used = new Map<object, number>()
  for (const origin of origins) {
    const source = sources.get(origin) ?? origin
    const place = used.get(source) ?? 0
    used.set(source, place + 1)
    const label = whole.labels[nodes.get(source)?.[place] ?? -1]
    if (label === undefined) return undefined
    labels.push(label)
  }
  return labels
}
