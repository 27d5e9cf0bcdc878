/**
 * The canonical forms of proof configurations (vc-di-eddsa section 3.2.5), which are nearly all alike: one blank node, a line for
 * each of its few members, and only the time and the key differ. The first of a kind takes the whole path, which shows what the
 * active context makes of its members; for the next ones their two terms are put into the same lines. Loaded for the first.
 *
 * @module
 */

import type { JsonObject } from '../internal/types.js'
import { isWellFormed } from '../internal/well-formed.js'
import type { ActiveContext } from './active-context.js'
import { type Dataset, DEFAULT_GRAPH } from './dataset.js'
import { expandsToItself } from './iri-expansion.js'
import { isKeyword } from './keywords.js'
import { literal } from './literals.js'
import { compareCodePoints, iriText } from './nquads.js'

/** Canonical N-Quads of a proof configuration of one kind; undefined for all that is of another kind, or says something else. */
export type ProofForm = (configuration: JsonObject) => string | undefined

interface PlainProof {
  readonly type: string
  readonly created: string
  readonly verificationMethod: string
  readonly proofPurpose: string
  /** Legacy suites have none. */
  readonly cryptosuite?: string
}

const MEMBERS: ReadonlySet<string> = new Set(['type', 'created', 'verificationMethod', 'proofPurpose', 'cryptosuite'])

/** Kinds that one active context remembers: of suites and purposes there are a handful. */
const MAX_KINDS = 8

/** `dataset` is that of the document, which has no problems, and `context` its active context. */
export function rememberProofForm(document: JsonObject, context: ActiveContext, dataset: Dataset): void {
  const proof = readPlainProof(document)
  const form = proof && proofForm(proof, context, dataset)
  if (form === undefined) return
  if (context.proofForms.length === MAX_KINDS) context.proofForms.shift()
  context.proofForms.push(form)
}

/** Undefined for one that has other members, or anything but texts. */
function readPlainProof(document: JsonObject): PlainProof | undefined {
  for (const name in document)
    if (name !== '@context' && (typeof document[name] !== 'string' || !MEMBERS.has(name))) return undefined
  const { type, created, verificationMethod, proofPurpose } = document
  return type && created && verificationMethod && proofPurpose ? (document as unknown as PlainProof) : undefined
}

/** Undefined where the lines of other proofs do not follow from those of this one. */
function proofForm(sample: PlainProof, context: ActiveContext, dataset: Dataset): ProofForm | undefined {
  const { type, proofPurpose, cryptosuite } = sample
  // The active context of the members: after that of the type.
  const active = context.typeScopes.get(type)?.active
  const time = active?.terms.get('created')
  const key = active?.terms.get('verificationMethod')
  if (!context.typeNames.includes('type') || active === undefined || time === undefined || key === undefined)
    return undefined
  const datatype = time.type
  if (time.scope !== null || datatype === null || isKeyword(datatype) || time.container !== 'none') return undefined
  if (key.scope !== null || key.type !== '@id' || key.container !== 'none') return undefined
  const lines = linesAround([time.predicate, key.predicate], dataset)
  if (lines === undefined) return undefined
  const [before, between, after] = lines
  const timeFirst = compareCodePoints(time.predicate, key.predicate) < 0
  return (configuration) => {
    const proof = readPlainProof(configuration)
    if (proof?.type !== type || proof.cryptosuite !== cryptosuite || proof.proofPurpose !== proofPurpose)
      return undefined
    const { created, verificationMethod } = proof
    if (!expandsToItself(verificationMethod, active)) return undefined
    if (!isWellFormed(created) || !isWellFormed(verificationMethod)) return undefined
    const terms = [literal(created, datatype), iriText(verificationMethod)] as const
    return timeFirst ? before + terms[0] + between + terms[1] + after : before + terms[1] + between + terms[0] + after
  }
}

/** Canonical N-Quads without the objects of two predicates. Undefined where the order of lines hangs on objects, or on other nodes. */
function linesAround(
  open: readonly string[],
  { subjects, predicates, objects, graphs, blankNodes }: Dataset,
): readonly [string, string, string] | undefined {
  const isPlain =
    blankNodes === 1 &&
    new Set(predicates).size === predicates.length &&
    subjects.every((subject) => subject === 0) &&
    objects.every((object) => typeof object === 'string') &&
    graphs.every((graph) => graph === DEFAULT_GRAPH)
  if (!isPlain) return undefined
  const inOrder = [...predicates.entries()].sort(([, a], [, b]) => compareCodePoints(a, b))
  const pieces = ['']
  for (const [quad, predicate] of inOrder) {
    const last = `${pieces.pop()}_:c14n0 ${predicate} `
    if (open.includes(predicate)) pieces.push(last, ' .\n')
    else pieces.push(`${last}${objects[quad]} .\n`)
  }
  const [before, between, after] = pieces
  return pieces.length === 3 ? [before as string, between as string, after as string] : undefined
}
