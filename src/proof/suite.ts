/**
 * The port for proof mechanisms that are embedded in a document (VC Data Integrity section 3.1). Everything known about one
 * suite sits in one value; adding a suite adds a file.
 *
 * @module
 */
import { anything, arrayOf, date, having, type Kind, type Members, open, text } from '../internal/members.js'
import type { Bytes, MaybePromise } from '../internal/types.js'
import type { KeyAlgorithm } from '../keys/signer.js'
import type { Proof } from '../model/types.js'
import type { Finding } from '../report/check.js'
import type { Context } from '../resolve/context.js'
import type { ResolvedKey } from '../resolve/key-resolver.js'

/** What a caller may ask of a proof. VC Data Integrity section 2.1. */
export interface ProofOptions {
  /** A name for the proof, by which a later one can build on it: an absolute URL, such as `urn:uuid:…`. Default: none. */
  readonly id?: string | undefined
  readonly expires?: Date | undefined
  readonly domain?: string | undefined
  readonly challenge?: string | undefined
  /** ecdsa-sd-2023: JSON Pointers that every disclosure must reveal, besides those we always make mandatory. */
  readonly mandatoryPointers?: readonly string[] | undefined
  /** The `id` of a proof of the document that this one secures too: a proof chain (section 2.1.2). */
  readonly previousProof?: string | undefined
}

export const PROOF_OPTIONS: Members<ProofOptions> = {
  // Judged by the suite, which says which texts will do.
  id: anything,
  expires: date,
  domain: text,
  challenge: text,
  mandatoryPointers: arrayOf(text),
  previousProof: anything,
}

const named = open({ names: arrayOf(text), algorithms: arrayOf(text) }, ['names', 'algorithms'])
/** A suite as an option. */
export const proofSuite: Kind = (value, path) => having('prepare', 'verify')(value, path) ?? named(value, path)

export interface PrepareOptions extends ProofOptions {
  readonly verificationMethod: string
  readonly purpose: string
  readonly created: Date
  /** The signer's. Suites of several curves hash by it; default the suite's first. */
  readonly algorithm?: KeyAlgorithm
}

/** A proof that lacks its signature. */
export interface PreparedProof {
  /** What to sign. */
  readonly data: Bytes
  /** What to do with the signature: the document with its proof. */
  complete(signature: Bytes): object
}

/** The port for proofs: how a document is prepared for signing, and how its proof is verified. */
export interface ProofSuite {
  /** Cryptosuite names, or the proof type of suites that have none. The first is written, all are read. */
  readonly names: readonly string[]
  readonly algorithms: readonly KeyAlgorithm[]
  /** Replaced by newer ones: it verifies, and signs only where `legacySuite` names it. */
  readonly legacy?: true
  /** What is signed: the JSON as it stands. Absent where it is the graph, which carries no `null`, no empty array and no `@index`. */
  readonly secures?: 'json'
  /** The seam that batch templates, KMS pipelines and signing ceremonies use: what to sign, then what to do with the signature. */
  prepare(document: object, options: PrepareOptions, context: Context): MaybePromise<PreparedProof>
  /** `document` has no `proof` member unless `proof.previousProof` names some. */
  verify(document: object, proof: Proof, key: ResolvedKey, context: Context): MaybePromise<readonly Finding<'proof'>[]>
  /** Suites with selective disclosure: a document that reveals these pointers besides the mandatory ones. */
  derive?(document: object, proof: Proof, reveal: readonly string[], context: Context): MaybePromise<object>
}
