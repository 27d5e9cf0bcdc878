/**
 * The class Proof of Open Badges 3.0 (appendix B.5.5) and of VC Data Integrity 1.0 (section 2.1).
 *
 * @module
 */
import type { ContextEntry } from './contexts.js'

/**
 * One proof. Which members a suite needs is the suite's to judge (`proof.malformed`); here only their types are. Open:
 * suites add members of their own (VC Data Integrity section 2.1).
 */
export interface Proof {
  readonly id?: string
  /** `DataIntegrityProof`, or the name of a suite that has a type of its own. */
  readonly type: string
  /** The name of the suite where `type` is `DataIntegrityProof`. */
  readonly cryptosuite?: string
  /** RFC 3339. */
  readonly created?: string
  /** RFC 3339. */
  readonly expires?: string
  readonly proofPurpose?: string
  /** The URL of the key. */
  readonly verificationMethod?: string
  readonly challenge?: string
  readonly domain?: string | readonly string[]
  readonly nonce?: string
  /** Multibase. */
  readonly proofValue?: string
  /** The id, or ids, of proofs that this one secures too. */
  readonly previousProof?: string | readonly string[]
  /** The contexts it was made under: a prefix of the document's (VC Data Integrity, section 3 of each suite). */
  readonly '@context'?: ContextEntry | readonly ContextEntry[]
}
