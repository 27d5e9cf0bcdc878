/**
 * Templates: the canonical forms of documents that are alike but for a few texts, such as the badges of a batch.
 *
 * `compileTemplate` looks at one of them and finds out what becomes of each text that varies (its slot): an IRI here, a literal
 * with that datatype there. `Template.fill` then makes canonical N-Quads of other texts in the same places, without contexts,
 * without a walk, and without hashing again what has not changed.
 *
 * The whole path stays the measure: where a text would change what the document says beyond itself (two nodes become one, two
 * blank nodes look alike, an IRI is expanded or dropped) the answer is undefined, and the document takes the whole path.
 *
 * @module
 */
import { pointerOf } from '../../internal/json-pointer.js'
import type { Json, JsonObject, MaybePromise } from '../../internal/types.js'
import type { HashAlgorithm } from '../../platform/crypto-platform.js'
import { analyze } from '../analyze.js'
import type { Dataset, Term } from '../dataset.js'
import { isAbsoluteIri } from '../keywords.js'
import type { Analysis, CanonicalContext } from '../types.js'
import { type Template, templateOf } from './fill.js'
import { readSkeleton, type SlotTerm } from './skeleton.js'

/** Where a text stands in the document: names and indexes. */
export type SlotPath = readonly (string | number)[]

/**
 * A template of documents like `sample`. Undefined where there is none: the sample has problems, leaves the compiled path, has
 * named graphs, or blank nodes that first-degree hashes do not tell apart.
 */
export function compileTemplate(
  sample: JsonObject,
  slots: readonly SlotPath[],
  context: CanonicalContext,
  hash: HashAlgorithm,
): MaybePromise<Template | undefined> {
  const marks = marksFor(sample, slots)
  const marked = slots.reduce<Json>(
    (document, path, slot) => withText(document, path, marks.texts[slot] as string),
    sample,
  )
  const analysis = analyze(marked as JsonObject, context)
  return analysis instanceof Promise
    ? analysis.then((made) => fromAnalysis(made, marks, hash))
    : fromAnalysis(analysis, marks, hash)
}

function fromAnalysis({ dataset, problems, path }: Analysis, marks: Marks, hash: HashAlgorithm): Template | undefined {
  if (dataset === undefined || problems.length > 0 || path !== 'compiled') return undefined
  const terms = slotTerms(dataset, marks)
  const skeleton = terms && readSkeleton(dataset, terms)
  return skeleton && templateOf(skeleton, hash)
}

/** Texts that stand in the slots of the sample, and are found again in the dataset. */
interface Marks {
  /** What they have in common, and nothing else in the document has. */
  readonly mark: string
  readonly texts: readonly string[]
}

function marksFor(sample: JsonObject, slots: readonly SlotPath[]): Marks {
  const text = JSON.stringify(sample)
  let mark = '~slot'
  while (text.includes(mark)) mark += '~'
  // With the scheme of the text it stands for, since that is all that IRI expansion looks at (JSON-LD 1.1 API section 5.2).
  return { mark, texts: slots.map((path, slot) => `${schemeOf(textAt(sample, path)) ?? ''}${mark}${slot}~`) }
}

/**
 * What expansion has to know of an IRI: its scheme, which may be a prefix, or that none is looked for because of the `//` behind
 * it; then all schemes are one. Undefined for what is no IRI.
 */
export function schemeOf(value: string): string | undefined {
  if (!isAbsoluteIri(value)) return undefined
  const colon = value.indexOf(':')
  return value.startsWith('//', colon + 1) ? 'https://' : value.slice(0, colon + 1)
}

/** What the dataset made of each slot. Undefined where a slot is nowhere, in a part of a term, or two things at once. */
function slotTerms({ subjects, predicates, objects }: Dataset, { mark, texts }: Marks): SlotTerm[] | undefined {
  const terms: SlotTerm[] = []
  for (const term of new Set<Term>([...subjects, ...predicates, ...objects])) {
    if (typeof term !== 'string' || !term.includes(mark)) continue
    const slot = texts.findIndex((text) => term === `<${text}>` || term.startsWith(`"${text}"`))
    const text = texts[slot]
    if (text === undefined || terms[slot] !== undefined) return undefined
    const suffix = term.startsWith('"') ? term.slice(text.length + 2) : undefined
    if (suffix?.includes(mark)) return undefined
    terms[slot] = { text: term, slot, ...(suffix === undefined ? { scheme: schemeOf(text) as string } : { suffix }) }
  }
  return texts.every((_, slot) => terms[slot] !== undefined) ? terms : undefined
}

function textAt(document: Json, path: SlotPath): string {
  const value = path.reduce<unknown>((at, step) => (at as Readonly<Record<string | number, unknown>>)[step], document)
  if (typeof value !== 'string') throw new TypeError(`there is no text at ${pointerOf(path)}`)
  return value
}

function withText(value: Json, [step, ...rest]: SlotPath, text: string): Json {
  if (step === undefined) return text
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, at) => (at === step ? withText(item, rest, text) : item))
  const object = value as JsonObject
  return { ...object, [step]: withText(object[step as string] as Json, rest, text) }
}
