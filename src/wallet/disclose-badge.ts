/**
 * Making a disclosure, and saying what it gives away: what is previewed is what is presented.
 *
 * @module
 */
import type { DeriveOptions } from '../defaults/derive.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { EmbeddedCredential, VerifiableCredential } from '../model/types.js'
import { readBase, selector } from './disclosure.js'

/** A part of a badge, ready to be presented. */
export interface Disclosure {
  /** With the derived proof. This, and nothing else, is what a verifier sees. */
  readonly credential: EmbeddedCredential<VerifiableCredential>
  /**
   * Pointers into the badge: what is shown, each value by itself. The contexts always show, and the signature: two disclosures of
   * one badge can be recognized as such.
   */
  readonly shown: readonly string[]
  /** What is not. That something was withheld can show, what and how much it was does not. */
  readonly withheld: readonly string[]
}

/**
 * Derives what is mandatory and what `reveal` names from a badge with an ecdsa-sd-2023 base proof, and lists what that shows. Look
 * at it, let the holder look at it, and give `credential` away or throw it away. With `reveal: ['']` all of the badge, for
 * verifying it oneself.
 *
 * Throws as `deriveCredential` does.
 */
export async function discloseBadge(
  credential: EmbeddedCredential<VerifiableCredential>,
  options: DeriveOptions,
): Promise<Disclosure> {
  const { document, mandatory } = readBase(credential)
  // Cryptography and JSON-LD, for those who disclose.
  const { deriveCredential } = await import('../defaults/derive.js')
  const derived = await deriveCredential(credential, options)
  const isShown = selector([...mandatory, ...options.reveal])
  const [shown, withheld]: [string[], string[]] = [[], []]
  for (const [place, tokens] of leaves(document)) (isShown(tokens) === 'choice' ? withheld : shown).push(place)
  return { credential: derived as EmbeddedCredential<VerifiableCredential>, shown, withheld }
}

/** Every value that is no object or list, and every empty one, contexts apart. */
export function* leaves(value: Json, at = '', tokens: readonly string[] = []): Generator<[string, readonly string[]]> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) yield [at, tokens]
  else
    for (const [name, member] of Object.entries(value as JsonObject))
      if (at !== '' || name !== '@context') yield* leaves(member, pointer(at, name), [...tokens, name])
}
