/**
 * Canonical N-Quads from a skeleton and the texts for its slots: RDFC-1.0 section 4.4.3, where all that can be done beforehand is
 * done once for all documents of the kind. The numbers in the comments are the steps there.
 *
 * @module
 */
import { isWellFormed } from '../../internal/well-formed.js'
import type { HashAlgorithm } from '../../platform/crypto-platform.js'
import { textHash } from '../../platform/hash.js'
import type { BlankNode } from '../dataset.js'
import { isAbsoluteIri } from '../keywords.js'
import { compareCodePoints, compareCodeUnits, iriText, stringText } from '../nquads.js'
import type { Order } from '../quad-index.js'
import { isNode, joined, type Pieces, type Run, type Skeleton, type SlotTerm, type Variable } from './skeleton.js'

export interface Template {
  /**
   * The canonical form of the sample with these texts in its slots, in their order; the same that `canonicalize` makes of the
   * whole document. Undefined where the template cannot tell.
   */
  fill(values: readonly string[]): string | undefined
}

/** Undefined where two blank nodes are alike whatever the texts are. */
export function templateOf(skeleton: Skeleton, algorithm: HashAlgorithm): Template | undefined {
  const compiled = new CompiledTemplate(skeleton, algorithm)
  return compiled.hasTies ? undefined : compiled
}

const SURROGATES = /[\ud800-\udfff]/
/** ASCII that stands for itself in literals and IRIs alike: most texts are looked at once. */
const PLAIN = /^[ !#-;=?-[\]_a-z~]*$/

interface Hashed {
  readonly node: BlankNode
  readonly hash: string
}

/** Lines that only a sort can bring into order: between a subject with its predicate and the end of the line, one of each. */
interface Choice {
  readonly head: string
  readonly fixed: readonly string[]
  readonly open: readonly Variable[]
}

/** The lines of a subject: strings stand for themselves, numbers for terms. */
type Lines = readonly (string | Variable | Choice)[]

/** Up to this many blank nodes the lines of a node are remembered under each label that it can have. */
const MAX_REMEMBERED_NODES = 32

class CompiledTemplate implements Template {
  readonly #slots: readonly SlotTerm[]
  readonly #hash: (text: string) => string
  /** Has the text that does not vary characters beyond the basic plane? */
  readonly #astral: boolean
  /** Blank nodes whose first-degree hash is always the same, in the order of the hashes. */
  readonly #known: readonly Hashed[]
  readonly #varying: readonly { readonly node: BlankNode; readonly pieces: Pieces }[]
  /** The numbers of canonical identifiers in the order of their texts: 0, 1, 10, 11, 2. */
  readonly #numbers: readonly number[]
  readonly #iris: readonly { readonly subject: string; readonly lines: Lines }[]
  readonly #variable: readonly { readonly slot: number; readonly runs: readonly Run[] }[]
  /** By blank node. `remembered`: its lines under each number that it has had. */
  readonly #nodes: readonly { readonly runs: readonly Run[]; readonly remembered: Lines[] }[]

  constructor({ slots, groups, firstDegree }: Skeleton, algorithm: HashAlgorithm) {
    const hash = textHash(algorithm)
    this.#slots = slots
    this.#hash = hash
    this.#astral = SURROGATES.test(JSON.stringify([groups, firstDegree]))
    const nodes = firstDegree.map((pieces, node) => ({ node, pieces }))
    this.#varying = nodes.filter(({ pieces }) => pieces.some((piece) => typeof piece === 'number'))
    this.#known = nodes
      .filter((each) => !this.#varying.includes(each))
      .map(({ node, pieces }) => ({ node, hash: hash(pieces.join('')) }))
      .sort(byHash)
    this.#numbers = nodes.map(({ node }) => node).sort((a, b) => compareCodeUnits(identifier(a), identifier(b)))
    const bySubject = new Map(groups.map(({ subject, runs }) => [subject, runs]))
    this.#nodes = nodes.map(({ node }) => ({ runs: bySubject.get(~node) ?? [], remembered: [] }))
    this.#iris = groups
      .flatMap(({ subject, runs }) => (typeof subject === 'string' ? [{ subject, lines: linesOf(subject, runs) }] : []))
      .sort((a, b) => compareCodePoints(a.subject, b.subject))
    this.#variable = groups.flatMap(({ subject, runs }) =>
      typeof subject === 'number' && !isNode(subject) ? [{ slot: subject, runs }] : [],
    )
  }

  get hasTies(): boolean {
    return this.#known.some(({ hash }, place) => hash === this.#known[place - 1]?.hash)
  }

  fill(values: readonly string[]): string | undefined {
    const filling = this.#filling(values)
    if (filling === undefined) return undefined
    const nodes = this.#order(filling.texts)
    if (nodes === undefined) return undefined
    for (let number = 0; number < nodes.length; number++)
      filling.identifiers[nodes[number] as BlankNode] = identifier(number)
    const ofIris = this.#linesOfIris(filling)
    return ofIris === undefined ? undefined : this.#linesOfNodes(nodes, ofIris, filling)
  }

  /** The terms of the slots. */
  #filling(values: readonly string[]): Filling | undefined {
    const texts: string[] = new Array(values.length)
    let astral = this.#astral
    for (const { slot, scheme, suffix } of this.#slots) {
      const value = values[slot] as string
      if (scheme !== undefined && !hasScheme(value, scheme)) return undefined
      if (PLAIN.test(value)) {
        texts[slot] = scheme === undefined ? `"${value}"${suffix}` : `<${value}>`
        continue
      }
      if (SURROGATES.test(value)) {
        if (!isWellFormed(value)) return undefined
        astral = true
      }
      texts[slot] = scheme === undefined ? stringText(value) + suffix : iriText(value)
    }
    return { texts, identifiers: new Array(this.#nodes.length), order: astral ? compareCodePoints : compareCodeUnits }
  }

  /** 3, 4: the blank nodes in the order of their hashes. Undefined where two are alike: that takes N-degree hashes. */
  #order(texts: readonly string[]): BlankNode[] | undefined {
    if (this.#nodes.length === 1) return [0]
    const varying: Hashed[] = []
    for (const { node, pieces } of this.#varying) {
      let text = ''
      for (const piece of pieces) text += typeof piece === 'string' ? piece : (texts[piece] as string)
      varying.push({ node, hash: this.#hash(text) })
    }
    varying.sort(byHash)
    const nodes: BlankNode[] = []
    let next = 0
    let last = ''
    for (const { node, hash } of varying) {
      for (let known = this.#known[next]; known !== undefined && known.hash <= hash; known = this.#known[++next]) {
        nodes.push(known.node)
        last = known.hash
      }
      if (hash === last) return undefined
      nodes.push(node)
      last = hash
    }
    for (; next < this.#known.length; next++) nodes.push((this.#known[next] as Hashed).node)
    return nodes
  }

  /** 7, as far as subjects are IRIs. Undefined where two of them are one. */
  #linesOfIris(filling: Filling): string | undefined {
    const { texts, order } = filling
    const variable = this.#variable.map(({ slot, runs }) => ({ subject: texts[slot] as string, runs }))
    if (variable.length > 1) variable.sort((a, b) => order(a.subject, b.subject))
    let all = ''
    let next = 0
    let last = ''
    const writeVariable = (): boolean => {
      const { subject, runs } = variable[next++] as { subject: string; runs: readonly Run[] }
      const text = subject === last ? undefined : write(linesOf(subject, runs), filling)
      last = subject
      all += text
      return text !== undefined
    }
    for (const { subject, lines } of this.#iris) {
      while (next < variable.length && order((variable[next] as { subject: string }).subject, subject) < 0)
        if (!writeVariable()) return undefined
      const written = write(lines, filling)
      if (written === undefined) return undefined
      all += written
      last = subject
    }
    while (next < variable.length) if (!writeVariable()) return undefined
    return all
  }

  #linesOfNodes(nodes: readonly BlankNode[], before: string, filling: Filling): string | undefined {
    let all = before
    const remembers = nodes.length <= MAX_REMEMBERED_NODES
    for (const number of this.#numbers) {
      const node = nodes[number] as BlankNode
      const { runs, remembered } = this.#nodes[node] as { readonly runs: readonly Run[]; readonly remembered: Lines[] }
      const lines = remembered[number] ?? linesOf(filling.identifiers[node] as string, runs)
      if (remembers) remembered[number] = lines
      const text = write(lines, filling)
      if (text === undefined) return undefined
      all += text
    }
    return all
  }
}

interface Filling {
  /** The term of each slot. */
  readonly texts: readonly string[]
  /** The canonical identifier of each blank node. */
  readonly identifiers: string[]
  readonly order: Order
}

function linesOf(subject: string, runs: readonly Run[]): Lines {
  const lines: (string | Variable | Choice)[] = []
  for (const { predicate, fixed, open } of runs) {
    const head = `${subject} ${predicate} `
    const [first] = open
    if (first === undefined) for (const object of fixed) lines.push(`${head}${object} .\n`)
    else if (open.length === 1 && fixed.length === 0) lines.push(head, first, ' .\n')
    else lines.push({ head, fixed, open })
  }
  return joined(lines)
}

/** Undefined where two lines are one. */
function write(lines: Lines, { texts, identifiers, order }: Filling): string | undefined {
  let all = ''
  for (const part of lines) {
    if (typeof part === 'string') all += part
    else if (typeof part === 'number') all += isNode(part) ? identifiers[~part] : texts[part]
    else {
      const { head, fixed, open } = part
      const objects = [...fixed]
      for (const variable of open) objects.push((isNode(variable) ? identifiers[~variable] : texts[variable]) as string)
      objects.sort(order)
      let last = ''
      for (const object of objects) {
        if (object === last) return undefined
        all += `${head}${object} .\n`
        last = object
      }
    }
  }
  return all
}

/** Will expansion leave it as it is? */
function hasScheme(value: string, scheme: string): boolean {
  if (!isAbsoluteIri(value)) return false
  const isHierarchical = value.startsWith('//', value.indexOf(':') + 1)
  return scheme.endsWith('//') ? isHierarchical : !isHierarchical && value.startsWith(scheme)
}

const identifier = (number: number): string => `_:c14n${number}`
const byHash = (a: Hashed, b: Hashed): number => compareCodeUnits(a.hash, b.hash)
