/**
 * An issuer's keys over the years: one that signs, those that have, and those that nobody shall believe any more.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import type { Json } from '../internal/types.js'
import type { PublicJwk } from '../model/jwk.js'
import { createDidDocument, createJwks, type DidDocument, type IssuerKey } from './issuer-keys.js'

/** Never changes: each step answers a new one, to be kept where the issuer keeps such things. */
export interface KeySet {
  /** Whose they are: a DID or an https URL. */
  readonly id: string
  readonly keys: readonly IssuerKey[]
  /** The new key signs from now on; those that signed so far become `verify-only`, and their badges stay good. */
  rotate(key: { readonly id: string; readonly publicKey: PublicJwk; readonly expires?: Date }): KeySet
  /**
   * A key that others may have: from `since` on, whatever it signed fails with `key.revoked`, also what it signed before, because
   * a thief can write any date. Issue those badges again. A date that is still to come ends them at once, as
   * `key.not_authorized`. UsageError `usage.unknown_key`.
   */
  revoke(id: string, since: Date): KeySet
  /** What a did:web issuer publishes: every key, with its state. */
  didDocument(options?: { readonly services?: readonly Json[] }): DidDocument
  /** What is published as JWKS: the keys that may be believed. */
  jwks(): { keys: PublicJwk[] }
}

/** Throws UsageError where an id is not the issuer's, stands twice, or a revoked key has no date. */
export function createKeySet({ id, keys }: { readonly id: string; readonly keys: readonly IssuerKey[] }): KeySet {
  // Judges them.
  createDidDocument({ id, keys })
  return {
    id,
    keys,
    rotate: (key) =>
      createKeySet({
        id,
        keys: [...keys.map((old) => (isActive(old) ? retired(old) : old)), { ...key, state: 'active' }],
      }),
    revoke: (keyId, since) => {
      if (!keys.some((key) => key.id === keyId))
        throw new UsageError(
          'usage.unknown_key',
          `there is no key ${keyId}: ${keys.map((key) => key.id).join(', ')} are there`,
        )
      return createKeySet({
        id,
        keys: keys.map((key) => (key.id === keyId ? { ...key, state: 'revoked', revoked: since } : key)),
      })
    },
    didDocument: (options = {}) => createDidDocument({ id, keys, ...options }),
    jwks: () => createJwks(keys),
  }
}

/** Throws UsageError `usage.key_not_active`: no verifier would believe what this key signs, or soon none will. */
export function demandActive(keys: readonly IssuerKey[], verificationMethod: string, now: Date): void {
  const key = keys.find(({ id }) => id === verificationMethod)
  const why =
    key === undefined
      ? 'is not among "keys"'
      : !isActive(key)
        ? `is ${key.state ?? 'revoked'}`
        : key.expires !== undefined && key.expires <= now
          ? `expired at ${key.expires.toISOString()}`
          : undefined
  if (why !== undefined)
    throw new UsageError(
      'usage.key_not_active',
      `the signer's key ${verificationMethod} ${why}: sign with an active one`,
    )
}

const isActive = ({ state = 'active', revoked }: IssuerKey) => state === 'active' && revoked === undefined
const retired = (key: IssuerKey): IssuerKey => ({ ...key, state: 'verify-only' })
