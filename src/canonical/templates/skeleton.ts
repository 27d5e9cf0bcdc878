/**
 * What stays of a document when some of its texts vary: its quads by subject, and for each blank node the text that first-degree
 * hashing reads (RDFC-1.0 section 4.6), in an order that no text can change.
 *
 * @module
 */
import { type BlankNode, type Dataset, DEFAULT_GRAPH, type Term } from '../dataset.js'
import { RDF_TYPE } from '../literals.js'
import { compareCodePoints } from '../nquads.js'

/** A text that varies, as the dataset has it: an IRI, or the lexical form of a literal. */
export interface SlotTerm {
  /** The term of the sample. */
  readonly text: string
  readonly slot: number
  /** Of an IRI: what it has to begin with. See `schemeOf`. */
  readonly scheme?: string
  /** Of a literal: its language or datatype. */
  readonly suffix?: string
}

/** A slot, or a blank node by its bitwise complement: numbers below 0. */
export type Variable = number
export const isNode = (variable: Variable): boolean => variable < 0

/** The quads with one subject and one predicate. */
export interface Run {
  readonly predicate: string
  /** Objects that are always the same, in order. */
  readonly fixed: readonly string[]
  /** The others. Which comes first only their texts can tell. */
  readonly open: readonly Variable[]
}

/** The quads of one subject, in the order of their predicates. */
export interface Group {
  readonly subject: string | Variable
  readonly runs: readonly Run[]
}

/** A text with slots in it: strings stand for themselves, numbers for slots. */
export type Pieces = readonly (string | number)[]

export interface Skeleton {
  readonly slots: readonly SlotTerm[]
  readonly groups: readonly Group[]
  /** Of each blank node, what its first-degree hash is of. */
  readonly firstDegree: readonly Pieces[]
}

/** Undefined where a text could change more than its own place. */
export function readSkeleton(dataset: Dataset, slots: readonly SlotTerm[]): Skeleton | undefined {
  // A graph's name is a term like others, and lines with graphs sort otherwise: the whole path does that.
  if (dataset.graphs.some((graph) => graph !== DEFAULT_GRAPH)) return undefined
  const bySlot = new Map(slots.map(({ text, slot }) => [text, slot]))
  const read = (term: Term): string | Variable => (typeof term === 'number' ? ~term : (bySlot.get(term) ?? term))
  const groups = groupsOf(dataset, read)
  // A class brings its scoped context along.
  const namesClass = ({ predicate, open }: Run): boolean => predicate === RDF_TYPE && !open.every(isNode)
  if (groups.some(({ runs }) => runs.some(namesClass))) return undefined
  const firstDegree: Pieces[] = []
  for (let node = 0; node < dataset.blankNodes; node++) {
    const pieces = firstDegreePieces(groups, node)
    // No pieces: a node without statements, which is in no canonical form.
    if (pieces === undefined || pieces.length === 0) return undefined
    firstDegree.push(pieces)
  }
  return { slots, groups, firstDegree }
}

function groupsOf(
  { subjects, predicates, objects }: Dataset,
  read: (term: Term) => string | Variable,
): readonly Group[] {
  const groups = new Map<string | Variable, Map<string, Set<string | Variable>>>()
  for (const [quad, predicate] of predicates.entries()) {
    const subject = read(subjects[quad] as Term)
    const runs = groups.get(subject) ?? new Map<string, Set<string | Variable>>()
    groups.set(subject, runs)
    const values = runs.get(predicate) ?? new Set()
    runs.set(predicate, values.add(read(objects[quad] as Term)))
  }
  return [...groups].map(([subject, runs]) => ({
    subject,
    runs: [...runs]
      .map(([predicate, values]) => ({
        predicate,
        fixed: [...values].filter((value) => typeof value === 'string').sort(compareCodePoints),
        open: [...values].filter((value) => typeof value === 'number'),
      }))
      .sort((a, b) => compareCodePoints(a.predicate, b.predicate)),
  }))
}

/**
 * Its own quads in order, and the one that leads to it: before them where its subject is an IRI, behind them where it is another
 * blank node, for `<` sorts before `_:a` and `_:z` behind it. Undefined where the order hangs on texts.
 */
function firstDegreePieces(groups: readonly Group[], node: BlankNode): Pieces | undefined {
  const self = ~node
  let own: readonly Run[] = []
  let before: Pieces = []
  let after: Pieces = []
  let incoming = 0
  for (const { subject, runs } of groups) {
    if (subject === self) own = runs
    for (const { predicate, open } of runs) {
      if (!open.includes(self)) continue
      incoming++
      if (typeof subject === 'number' && isNode(subject)) after = [`_:z ${predicate} _:a .\n`]
      else before = [subject, ` ${predicate} _:a .\n`]
    }
  }
  const refersToItself = own.some(({ open }) => open.includes(self))
  if (incoming > 1 || refersToItself) return undefined
  const pieces: (string | number)[] = [...before]
  for (const { predicate, fixed, open } of own) {
    const nodes = open.filter(isNode)
    const slots = open.filter((variable) => !isNode(variable))
    if (slots.length > 0 && slots.length + fixed.length > 1) return undefined
    for (const object of [...fixed, ...slots]) pieces.push(`_:a ${predicate} `, object, ' .\n')
    for (const _ of nodes) pieces.push(`_:a ${predicate} _:z .\n`)
  }
  return joined([...pieces, ...after])
}

/** With neighbouring strings put together. */
export function joined<Piece>(pieces: readonly (string | Piece)[]): readonly (string | Piece)[] {
  const result: (string | Piece)[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece
    else result.push(piece)
  }
  return result
}
