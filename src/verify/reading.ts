/**
 * A document as it came, split into what is secured and what secures it. Later steps use this and never the caller's input.
 *
 * @module
 */

import type { Container } from '../bake/read-container.js'
import { isObject, listOf } from '../internal/json-object.js'
import type { JsonObject } from '../internal/types.js'
import type { SecuredCredential, VerifiableCredential } from '../model/types.js'
import type { JwtReading } from '../proof/vc-jwt.js'

export interface Reading {
  readonly container: Container
  /** The document without its proofs. The same object throughout, so that it is analyzed once. */
  readonly document: JsonObject
  /** The document with its proofs, whatever stands there: for the model. */
  readonly whole: JsonObject
  /** The embedded proofs, `MAX_PROOFS` at most. Empty for a JWT, and where nothing is signed. */
  readonly proofs: readonly JsonObject[]
  /** Proofs that are left out, because there are too many. */
  readonly proofsLeft: number
  /** Where `proofs` stands in the document: pointers differ for one and for many. */
  readonly proofPointer: (index: number) => string
  readonly jwt?: JwtReading
  /** The exact signed form; absent where nothing is signed. */
  readonly secured?: SecuredCredential<VerifiableCredential>
}

/** Each proof costs a key and a signature, and nobody needs more: a document of 1 MiB could hold thousands. */
export const MAX_PROOFS = 32

export function readEmbedded(container: Container, whole: JsonObject): Reading {
  const { proof, ...document } = whole
  // With their places: what is no object among them is the model's to report.
  const all = listOf(proof).flatMap((one, index): [JsonObject, number][] => (isObject(one) ? [[one, index]] : []))
  const proofs = all.slice(0, MAX_PROOFS)
  return {
    container,
    document,
    whole,
    proofs: proofs.map(([one]) => one),
    proofsLeft: all.length - proofs.length,
    proofPointer: (index) => (Array.isArray(proof) ? `/proof/${proofs[index]?.[1] ?? index}` : '/proof'),
    ...(proofs.length > 0 ? { secured: whole as unknown as SecuredCredential<VerifiableCredential> } : {}),
  }
}

export function readJwt(container: Container, jwt: JwtReading, text: string): Reading {
  return {
    container,
    document: jwt.document,
    whole: jwt.document,
    proofs: [],
    proofsLeft: 0,
    proofPointer: () => '',
    jwt,
    secured: text,
  }
}

/** What was sent, in characters: an image has more, and none of it is JSON. */
export function sizeOf({ jwt, secured, whole }: Reading): number {
  return jwt !== undefined && typeof secured === 'string' ? secured.length : JSON.stringify(whole).length
}
