/**
 * The port through which keys are found: one resolver for each DID method or kind of document.
 *
 * @module
 */
import type { PublicJwk } from '../model/jwk.js'
import type { Context } from './context.js'

/** Which key is asked for, and for whom it is meant to speak. */
export interface KeyRequest {
  /** The proof's `verificationMethod` or the JWT's `kid`; absent where a JWT names none. */
  readonly id?: string
  /** The issuer, or the holder of a presentation. */
  readonly issuer: string
  /** The header `jwk` of a JWT, public members only. */
  readonly jwk?: PublicJwk
  readonly purpose: 'assertionMethod' | 'authentication'
}

/** A key, and what its controller says of it. */
export interface ResolvedKey {
  /** The verification method's full id. */
  readonly id: string
  /** Who controls the key, as its document says. */
  readonly controller: string
  /** The verification relationships that list it in the controller's document. */
  readonly purposes: readonly string[]
  readonly publicJwk: PublicJwk
  /** The platform's imported key: a resolver that caches may keep it, so that a key is imported once. */
  readonly imported?: unknown
  readonly revoked?: Date
  readonly expires?: Date
  /** The badge brought the key along and nobody else confirmed it. */
  readonly selfAsserted?: true
  /** URLs and key ids for the report. */
  readonly evidence: Readonly<Record<string, string>>
}

/** Throws only ResolutionError: `resolve.key_not_found` where the document has no such key, others where it could not be had. */
export interface KeyResolver {
  /** Whether it knows where such keys are. Asks nobody. */
  matches(request: KeyRequest): boolean
  /** The key. Throws only ResolutionError. */
  resolve(request: KeyRequest, context: Context): Promise<ResolvedKey>
}
