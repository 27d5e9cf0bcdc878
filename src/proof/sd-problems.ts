/**
 * What stands in the way of a disclosure and of no other proof: broken base proofs, pointers that lead nowhere.
 *
 * @module
 */
import { invalidOption, ParseError, UsageError } from '../errors.js'
import { resolvePointer } from '../internal/json-pointer.js'
import type { JsonObject } from '../internal/types.js'

/** The base proof is broken, or is not of this document. */
export function refuseProof(message: string): ParseError {
  const pointer = '/proof/proofValue'
  return new ParseError('parse.proof', `nothing can be derived from this proof: ${message}`, [
    { code: 'parse.proof', pointer, message },
  ])
}

/** Throws UsageError `usage.invalid_option`, `usage.unknown_pointer`. `name` is the option's. */
export function expectPointers(pointers: unknown, document: JsonObject, name: string): asserts pointers is string[] {
  if (!Array.isArray(pointers) || !pointers.every((each) => typeof each === 'string'))
    throw invalidOption(name, 'is an array of JSON Pointers, such as "/credentialSubject/result"')
  const unknown = missingPointers(pointers, document)
  if (unknown.length > 0)
    throw new UsageError(
      'usage.unknown_pointer',
      `"${name}" names what the credential does not have: ${unknown.map((each) => JSON.stringify(each)).join(', ')}. Pointers are RFC 6901, from the root of the credential without its proof`,
    )
}

/** Those that name nothing, or are no JSON Pointers. */
export function missingPointers(pointers: readonly string[], document: JsonObject): string[] {
  return pointers.filter((each) => resolvePointer(document, each) === undefined)
}
