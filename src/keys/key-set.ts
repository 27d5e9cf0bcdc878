/**
 * An issuer's keys over the years: one that signs, those that have, and those that nobody shall believe any more.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { anything, date, list, type Members, record, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { Json } from '../internal/types.js'
import type { PublicJwk } from '../model/jwk.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { type DidDocument, type DidDocumentOptions, didDocument, type IssuerKey, jwks } from './issuer-keys.js'

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

/** `anything` is judged by the document. */
const SET: Members<Pick<DidDocumentOptions, 'id' | 'keys'>> = { id: text, keys: anything }
const ROTATED: Members<Parameters<KeySet['rotate']>[0]> = { id: text, publicKey: record, expires: date }
const DOCUMENT: Members<Pick<DidDocumentOptions, 'services'>> = { services: list }

/** Throws UsageError where an id is not the issuer's, stands twice, or a revoked key has no date. */
export function createKeySet(options: Pick<DidDocumentOptions, 'id' | 'keys'>): KeySet {
  demandOptions(options, SET, { required: ['id', 'keys'] })
  const { id, keys } = options
  // Judges them.
  didDocument({ id, keys })
  return {
    id,
    keys,
    rotate: (key) => {
      demandOptions(key, ROTATED, { required: ['id', 'publicKey'] })
      return createKeySet({
        id,
        keys: [...keys.map((old) => (isActive(old) ? retired(old) : old)), { ...key, state: 'active' }],
      })
    },
    revoke: (keyId, since) => {
      demandArgument(since, date, 'since')
      if (!keys.some((key) => key.id === keyId))
        throw new UsageError(
          'usage.unknown_key',
          `there is no key ${shown(keyId)}: ${keys.map((key) => key.id).join(', ')} are there`,
        )
      return createKeySet({
        id,
        keys: keys.map((key) => (key.id === keyId ? { ...key, state: 'revoked', revoked: since } : key)),
      })
    },
    didDocument: (given = {}) => {
      demandOptions(given, DOCUMENT)
      return didDocument({ id, keys, ...given })
    },
    jwks: () => jwks(keys),
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
