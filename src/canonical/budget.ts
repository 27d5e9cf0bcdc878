/**
 * What may be done for what was sent. JSON-LD lets a few bytes stand for many: a prefix of a megabyte before each of ten thousand ids, a
 * context that is copied for each of its terms, blank nodes that only trying all orders tells apart. So everything that can grow
 * faster than the text is counted while it is done, and there is only so much of it for each byte. One budget serves all documents of a
 * report: a hundred endorsements are no hundred times the work.
 *
 * @module
 */
import { CanonicalizationError } from './canonicalization-error.js'

/**
 * - `terms`: term definitions made or copied by context processing.
 * - `copies`: those that the package jsonld makes and copies on the general path, which is told from the contexts beforehand.
 * - `characters`: written into terms, and hashed.
 * - `steps`: of N-degree hashing, RDFC-1.0 section 4.8.
 * - `judgements`: of schemas that credentials declare, each of one value by one schema, or what takes as long.
 */
export type WorkKind = 'terms' | 'copies' | 'characters' | 'steps' | 'judgements'

const SAYS: Readonly<Record<WorkKind, string>> = {
  terms: 'its contexts define, and copy, too many terms',
  copies: 'its contexts are too large for a document that uses unusual parts of JSON-LD, or contexts from elsewhere',
  characters: 'a few of its texts (a prefix, "@vocab", a datatype, a language) stand for too many characters',
  steps: 'it has too many nodes without id that look alike',
  judgements: 'the schemas that it declares ask too much of it',
}

/** What one document may cost however short it is: contexts that are bundled are large. */
const BASE = { terms: 1_000_000, copies: 2_000_000, characters: 1_000_000, judgements: 1_000_000 } as const
/** For each byte, beside that. */
const TERMS_PER_BYTE = 2
const COPIES_PER_BYTE = 4
/** Real schemas take one or two for each byte of the document. */
const JUDGEMENTS_PER_BYTE = 16
/** For each byte, and each doubling of the size: a line of N-Quads is some ten times as long as its member. */
const CHARACTERS_PER_BYTE = 4

export interface BudgetOptions {
  /** What was sent; more may be admitted. */
  readonly bytes: number
  /** N-degree steps for all documents together. */
  readonly steps: number
}

/** N-degree steps of all documents of a report, in those of one. Real credentials take hundreds each, if any. */
export const STEPS_TOGETHER = 4

export class Budget {
  /** What has been done so far. */
  readonly spent: Record<WorkKind, number> = { terms: 0, copies: 0, characters: 0, steps: 0, judgements: 0 }
  /** What may be done. */
  readonly allowed: Record<WorkKind, number>
  #bytes = 0
  /** Sizes that nobody had to know yet. */
  readonly #unread: (() => number)[] = []

  constructor({ bytes, steps }: BudgetOptions) {
    this.allowed = {
      terms: BASE.terms,
      copies: BASE.copies,
      characters: BASE.characters,
      judgements: BASE.judgements,
      steps,
    }
    if (bytes > 0) this.#grow(bytes)
  }

  /** More was sent: a context, a list, a refreshed credential. A function is asked where the size matters: most documents are far from it. */
  admit(bytes: number | (() => number)): void {
    if (typeof bytes === 'number') this.#grow(bytes)
    else this.#unread.push(bytes)
  }

  #grow(bytes: number): void {
    this.#bytes += bytes
    const sent = this.#bytes
    this.allowed.terms = BASE.terms + TERMS_PER_BYTE * sent
    this.allowed.copies = BASE.copies + COPIES_PER_BYTE * sent
    this.allowed.judgements = BASE.judgements + JUDGEMENTS_PER_BYTE * sent
    this.allowed.characters = BASE.characters + CHARACTERS_PER_BYTE * sent * Math.log2(sent + 2)
  }

  /** Throws CanonicalizationError `too_complex` where there is not so much left. */
  spend(kind: WorkKind, amount: number): void {
    this.spent[kind] += amount
    if (this.spent[kind] <= this.allowed[kind]) return
    for (const size of this.#unread.splice(0)) this.#grow(size())
    if (this.spent[kind] > this.allowed[kind])
      throw new CanonicalizationError('too_complex', `it takes more work than its size allows: ${SAYS[kind]}`)
  }
}

/** Texts of contexts that jsonld writes down to find them again, as terms: what takes as long as copying one. */
export const CHARACTERS_PER_COPY = 32
