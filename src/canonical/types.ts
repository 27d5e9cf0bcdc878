/**
 * What the room takes and gives: a JSON-LD document goes in, an RDF dataset comes out, with everything that makes the
 * document unsafe to sign or to read.
 *
 * @module
 */
import type { JsonObject, MaybePromise } from '../internal/types.js'
import type { Context } from '../resolve/context.js'
import type { Budget } from './budget.js'
import type { Dataset } from './dataset.js'

export { CanonicalizationError } from './canonicalization-error.js'

/**
 * - `undefined_term`: a member, type or IRI that JSON-LD would drop, so that no signature would cover it ("safe mode").
 * - `unknown_context`: a context that is not bundled and could not be loaded.
 * - `ambiguous_member`: the signature covers it, but a reader of the JSON would read something else than what was signed.
 * - `invalid`: no JSON-LD at all: JSON-LD 1.1 API section 9.4 gives the error codes that `message` names.
 * - `too_complex`: understanding it takes more work than its size allows: see budget.ts.
 */
export type JsonLdProblemKind = 'undefined_term' | 'unknown_context' | 'ambiguous_member' | 'invalid' | 'too_complex'

/** Ends the message of each `undefined_term`. True of proofs of the graph; where the JSON is signed, say `drops it` instead. */
export const UNCOVERED = 'no signature would cover it'

/** One thing that is wrong with a document, and where. */
export interface JsonLdProblem {
  readonly kind: JsonLdProblemKind
  /** RFC 6901 JSON Pointer into the document. */
  readonly pointer: string
  /** For people; may be reworded in any release. */
  readonly message: string
  /** The member name, type or value that the problem is about. */
  readonly term?: string
  /** `unknown_context`: the context. `undefined_term`: the bundled context that would define the term, where one does. */
  readonly url?: string
  /** `unknown_context`: the code of the ResolutionError, such as `resolve.not_found`. */
  readonly code?: string
}

/** A document seen as RDF. */
export interface Analysis {
  /** Absent where the document could not be understood as RDF: see the `unknown_context`, `invalid` or `too_complex` problem. */
  readonly dataset?: Dataset
  /** At most 20, in document order. A document with problems must be neither signed nor believed. */
  readonly problems: readonly JsonLdProblem[]
  /** How the dataset was made; both give the same one. */
  readonly path: 'compiled' | 'general'
}

/** The caller's context, with what this room may remember. */
export interface CanonicalContext extends Context {
  /** Of one verification: analyses of the same document object are made once. */
  readonly memo?: WeakMap<object, unknown>
  /** Of one report: its documents share it. Absent: each document may cost what one of `limits.documentBytes` may. */
  readonly budget?: Budget
  /** Of a batch: canonical forms that templates have made already. */
  readonly forms?: CanonicalForms
  /** For tests: always take the general path, through the package jsonld. */
  readonly generalPathOnly?: boolean
  /** Where the JSON is signed, and for tests of the graph: that contexts from elsewhere leave one reading is not asked. */
  readonly graphOnly?: boolean
}

/** Canonical forms of documents that are known without analyzing them. */
export interface CanonicalForms {
  /** Canonical N-Quads of a document without problems; undefined for any other, and for one that is not known. */
  of(document: JsonObject, hash: CanonicalizeOptions['hash']): MaybePromise<string | undefined>
}

export interface AnalyzeOptions {
  /**
   * A member of the document that is examined for problems but leaves no quads. With `proof`, one walk serves both: the
   * whole document is checked, and the dataset is that of the document without its proofs (VC Data Integrity section 4.2).
   */
  readonly except?: 'proof'
}

/** RDFC-1.0 section 4.4: the hash algorithm and the bound on the work. */
export interface CanonicalizeOptions {
  /** Also inside the algorithm: P-384 signs with SHA-384 all through (VC Data Integrity ECDSA section 3.2.4). */
  readonly hash: 'SHA-256' | 'SHA-384'
  /** Steps of N-degree hashing (RDFC-1.0 section 4.8) before giving up; `Limits.canonicalSteps`. */
  readonly maxSteps: number
  /** What several documents may take together: each takes its steps, and the characters that it hashes, from here too. */
  readonly budget?: Budget | undefined
}
