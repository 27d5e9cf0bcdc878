/**
 * What of a badge can be shown by itself: selective disclosure with ecdsa-sd-2023, seen from the holder.
 *
 * @module
 */

import { ParseError, UsageError } from '../errors.js'
import { isObject } from '../internal/json-object.js'
import { parsePointer, pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'
import { plainObject } from '../model/parse.js'
import type { EmbeddedCredential, VerifiableCredential } from '../model/types.js'
import { kindOfProofValue, readBaseProofValue } from '../proof/sd-proof-value.js'
import { listOf } from './message.js'

/** One member or item of the credential. */
export interface Disclosable {
  /** RFC 6901, for `reveal`. */
  readonly pointer: string
  /**
   * `always`: every disclosure shows it, whether the issuer made it mandatory or because it is the `id` or `type` of a place
   * that is. `partly`: something below it always shows. `choice`: it is the holder's to show or not.
   */
  readonly shown: 'always' | 'partly' | 'choice'
  /** The value, where it is no object or list. */
  readonly value?: string | number | boolean | null
}

/** What a badge lets its holder choose to show. */
export interface DisclosureChoices {
  /** In the order of the document, each before what is below it. */
  readonly choices: readonly Disclosable[]
  /** There are more than `MAX_CHOICES`; name what is deeper by its pointer. */
  readonly isCut: boolean
}

const MAX_CHOICES = 5000
/** Characters of a proof value: no credential is longer. */
const MAX_PROOF = 1_048_576

/** Is a proof of it a base proof: the holder's alone, from which disclosures are derived, and never to be shown? */
export function hasBaseProof(credential: object): boolean {
  return baseProofs((credential ?? {}) as JsonObject).length > 0
}

/**
 * What the holder of a credential with an ecdsa-sd-2023 base proof may choose from. Reads the proof, verifies nothing.
 *
 * Throws UsageError `usage.no_base_proof`, `usage.several_base_proofs`; ParseError for what is no JSON, `parse.proof` for a proof
 * that is broken.
 */
export function disclosureChoices(credential: EmbeddedCredential<VerifiableCredential>): DisclosureChoices {
  const { document, mandatory } = readBase(credential)
  const always = selector(mandatory)
  const choices: Disclosable[] = []
  let isCut = false
  const visit = (value: Json, at: string, tokens: readonly string[]): void => {
    for (const [name, member] of Object.entries(value as JsonObject)) {
      if (at === '' && name === '@context') continue
      if (choices.length === MAX_CHOICES) {
        isCut = true
        return
      }
      const place = pointer(at, name)
      const path = [...tokens, name]
      const isLeaf = typeof member !== 'object' || member === null
      choices.push({ pointer: place, shown: always(path), ...(isLeaf ? { value: member } : {}) })
      if (!isLeaf) visit(member, place, path)
    }
  }
  visit(document, '', [])
  return { choices, isCut }
}

/** The document without its proofs, and what every disclosure of it shows. */
export function readBase(credential: object): { readonly document: JsonObject; readonly mandatory: readonly string[] } {
  const { proof: _, ...document } = plainObject(credential, 'credential')
  const proofs = baseProofs(credential as JsonObject)
  if (proofs.length !== 1)
    throw new UsageError(
      proofs.length === 0 ? 'usage.no_base_proof' : 'usage.several_base_proofs',
      proofs.length === 0
        ? 'it has no proof to derive from: only with ecdsa-sd-2023, as the issuer gave it, parts can be shown'
        : `it has ${proofs.length} proofs to derive from: leave one of them in "proof"`,
    )
  const value = readBaseProofValue(proofs[0]?.proofValue, MAX_PROOF)
  if (typeof value === 'string')
    throw new ParseError('parse.proof', `the base proof cannot be read: ${value}`, [
      { code: 'parse.proof', pointer: '/proof/proofValue', message: value },
    ])
  return { document, mandatory: value.mandatoryPointers }
}

function baseProofs({ proof }: JsonObject): JsonObject[] {
  return listOf(proof).filter(
    (each): each is JsonObject => isObject(each) && kindOfProofValue(each.proofValue) === 'base',
  )
}

/**
 * Tells of each place, by its tokens, whether what the pointers name shows it. With a place the `id` and `type` of every object on
 * the way show (vc-di-ecdsa section 3.4.12).
 */
export function selector(pointers: readonly string[]): (tokens: readonly string[]) => Disclosable['shown'] {
  const root: Branch = { isAll: false, below: new Map() }
  for (const each of pointers) {
    let at = root
    for (const token of parsePointer(each) ?? []) {
      const next = at.below.get(token) ?? { isAll: false, below: new Map() }
      at.below.set(token, next)
      at = next
    }
    at.isAll = true
  }
  return (tokens) => {
    let at: Branch | undefined = root
    for (const token of tokens) {
      if (at.isAll || (ALWAYS.has(token) && pointers.length > 0)) return 'always'
      at = at.below.get(token)
      if (at === undefined) return 'choice'
    }
    return at.isAll ? 'always' : 'partly'
  }
}

interface Branch {
  isAll: boolean
  readonly below: Map<string, Branch>
}

const ALWAYS: ReadonlySet<string> = new Set(['@context', 'id', '@id', 'type', '@type'])
