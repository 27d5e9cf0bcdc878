/**
 * From key material as documents write it to a key that verifies: read, judged and imported once.
 *
 * @module
 */
import { ResolutionError } from '../errors.js'
import { checkKeyUse, type KeyProblem, readPublicJwk } from '../keys/jwk.js'
import { decodePublicMultikey } from '../keys/multikey.js'
import type { PublicJwk } from '../model/jwk.js'
import { cryptoPlatform } from '../platform/crypto.js'
import type { ResolvedKey } from './key-resolver.js'

/** Codes of resolvers, beside those of the loader (`https-loader.ts`). The key check has a finding for each. */
export type KeyErrorCode =
  /** The document was read and has no such key. */
  | 'resolve.key_not_found'
  /** The document is not about the one it was loaded for. */
  | 'resolve.wrong_document'
  /** What was served is no key document, or what stands in it for a key is not one: nothing follows from it. */
  | 'resolve.malformed'
  /** The key is too weak, private, or not for signatures; or the badge itself names one that cannot be a key. */
  | 'resolve.unusable_key'
  /** The key is of a kind we do not take: it may be a good one. */
  | 'resolve.key_unsupported'
  /** No resolver for this DID method or kind of URL. */
  | 'resolve.method_unsupported'

export function keyError(code: KeyErrorCode, url: string, message: string): ResolutionError {
  return new ResolutionError(code, url, message)
}

/** Everything a resolver knows of a key but its imported form. */
export type KeyFacts = Omit<ResolvedKey, 'imported' | 'publicJwk'> & { readonly publicJwk: unknown }

/** Where key material was found: in the identifier, so that the badge names the key itself, or in a document that somebody serves. */
export type KeyPlace = 'identifier' | 'document'

/** A kind of key that nobody taught us is no fault of the badge, nor is what a server has instead of a key. */
function keyProblem({ code, message }: KeyProblem, id: string, place: KeyPlace): ResolutionError {
  return keyError(codeOf(code, place), id, `the key ${id} cannot be used: ${message}`)
}

function codeOf(code: KeyProblem['code'], place: KeyPlace): KeyErrorCode {
  if (code === 'unsupported') return 'resolve.key_unsupported'
  return code === 'malformed' && place === 'document' ? 'resolve.malformed' : 'resolve.unusable_key'
}

/** Reads and imports the JWK. Throws ResolutionError `resolve.malformed`, `resolve.unusable_key`, `resolve.key_unsupported`. */
export async function resolvedKey(facts: KeyFacts, place: KeyPlace = 'document'): Promise<ResolvedKey> {
  const reading = readPublicJwk(facts.publicJwk)
  if (!reading.ok) throw keyProblem(reading.problem, facts.id, place)
  const refusal = checkKeyUse(reading.key)
  if (refusal !== undefined)
    throw keyError('resolve.unusable_key', facts.id, `the key ${facts.id} must not verify signatures: ${refusal}`)
  let imported: unknown
  try {
    imported = await cryptoPlatform().importPublicKey(reading.algorithm, reading.key)
  } catch (cause) {
    throw new ResolutionError(
      codeOf('malformed', place),
      facts.id,
      `the key ${facts.id} is not a point of its curve, or not a key at all`,
      { cause },
    )
  }
  return { ...facts, publicJwk: reading.key, imported }
}

/** The JWK of a Multikey. Throws ResolutionError `resolve.malformed`, `resolve.unusable_key`, `resolve.key_unsupported`. */
export function jwkFromMultikey(multikey: string, url: string, place: KeyPlace = 'document'): PublicJwk {
  const reading = decodePublicMultikey(multikey)
  if (reading.ok) return reading.key
  throw keyProblem(reading.problem, url, place)
}

/**
 * The URL of the verification method a request is for. A JWT may say just the name of a key of its issuer, or nothing at all
 * where the issuer has one key; a fragment belongs to the issuer.
 */
export function methodUrl({ id, issuer }: { readonly id?: string; readonly issuer: string }): string {
  if (id === undefined || id === '') return issuer
  if (/^[a-z][a-z0-9+.-]*:/i.test(id)) return id
  return `${issuer.split('#', 1)[0]}#${id.replace(/^#/, '')}`
}

/** A URL without its fragment, and the fragment without its `#`. */
export function splitFragment(url: string): [base: string, fragment: string | undefined] {
  const at = url.indexOf('#')
  return at === -1 ? [url, undefined] : [url.slice(0, at), url.slice(at + 1)]
}
