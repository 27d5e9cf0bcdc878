/**
 * Keys that the caller knows already, from a contract or a configuration file.
 *
 * @module
 */

import { ResolutionError, UsageError } from '../errors.js'
import { isObject } from '../internal/json-object.js'
import type { JsonObject } from '../internal/types.js'
import { expectVerifyingKey, readPublicJwk } from '../keys/jwk.js'
import { decodePublicMultikey } from '../keys/multikey.js'
import type { KeyResolver, ResolvedKey } from './key-resolver.js'
import { type KeyFacts, keyError, resolvedKey, splitFragment } from './resolved-key.js'
import { readMethod } from './verification-method.js'

/**
 * Verification methods (with `id`, `type`, `controller`) or JWKs, matched by `id`, fragment or `kid`. A verification method
 * speaks for its `controller` only, a JWK whose `kid` is a DID URL for that DID. Any other JWK says nothing of its owner, so it
 * speaks for whichever issuer's credential names it: give verification methods where you know keys of more than one issuer.
 *
 * Throws UsageError `usage.invalid_key` at once where one is malformed, private or not for signatures. One of a kind that is not
 * supported here, as sets of keys for many readers have them, is kept: whoever names it reads that it cannot be used.
 */
export function givenKeys(keys: readonly object[]): KeyResolver {
  if (!Array.isArray(keys))
    throw new UsageError('usage.invalid_option', 'givenKeys takes a list of keys: of a JWKS, its "keys"', {
      option: 'keys',
    })
  const known = keys.map((key, at) => read(key as JsonObject, at))
  const find = (id: string | undefined, issuer: string) =>
    known.find(
      ({ names, controller }) =>
        (controller === undefined || controller === issuer) &&
        (id === undefined ? known.length === 1 : names.includes(id)),
      // Somebody else's key, named in full: the answer is whose it is. A mere "key-1" may be any issuer's.
    ) ?? known.find(({ facts, controller }) => controller !== undefined && facts.id === id)
  return {
    matches: ({ id, issuer }) => find(id, issuer) !== undefined,
    resolve: async ({ id, issuer }) => {
      const key = find(id, issuer)
      if (key === undefined)
        throw new ResolutionError('resolve.key_not_found', id ?? issuer, 'none of the given keys has this id')
      if (key.unsupported !== undefined) throw keyError('resolve.key_unsupported', key.facts.id, key.unsupported)
      key.ready ??= resolvedKey(key.facts)
      return { ...(await key.ready), controller: key.controller ?? issuer }
    },
  }
}

interface GivenKey {
  readonly names: readonly string[]
  readonly controller: string | undefined
  readonly facts: KeyFacts
  /** Why it can never verify anything here. */
  readonly unsupported?: string
  /** Imported at the first use, and once. */
  ready?: Promise<ResolvedKey>
}

const PURPOSES = ['assertionMethod', 'authentication']

function read(value: JsonObject, at: number): GivenKey {
  const where = `given key ${at}`
  if (!isObject(value)) throw new UsageError('usage.invalid_key', `${where} is no object`)
  const unsupported = unsupportedKind(value)
  if (typeof value.kty === 'string') {
    const key = unsupported === undefined ? expectVerifyingKey(value, where).key : value
    const kid = typeof key.kid === 'string' ? key.kid : undefined
    const id = kid ?? where
    return {
      names: kid === undefined ? [] : [kid],
      controller: /^did:[^#]+(?=#)/.exec(id)?.[0],
      facts: { id, controller: '', purposes: PURPOSES, publicJwk: key, evidence: { given: id } },
      ...(unsupported === undefined ? {} : { unsupported }),
    }
  }
  if (typeof value.id !== 'string')
    throw new UsageError('usage.invalid_key', `${where}: a verification method has an "id", a JWK a "kty"`)
  return readGivenMethod(value, value.id, unsupported, where)
}

function readGivenMethod(value: JsonObject, id: string, unsupported: string | undefined, where: string): GivenKey {
  const [, fragment] = splitFragment(id)
  const names = [id, ...(fragment === undefined ? [] : [fragment, `#${fragment}`])]
  const about = { purposes: PURPOSES, evidence: { given: id } }
  if (unsupported !== undefined) {
    const controller = typeof value.controller === 'string' ? value.controller : ''
    return { names, controller, facts: { ...about, id, controller, publicJwk: undefined }, unsupported }
  }
  try {
    const facts = readMethod(value, id, about)
    const { kid } = expectVerifyingKey(facts.publicJwk, where).key
    return { names: kid === undefined ? names : [...names, kid], controller: facts.controller, facts }
  } catch (cause) {
    if (!(cause instanceof ResolutionError)) throw cause
    throw new UsageError('usage.invalid_key', `${where}: ${cause.message}`, { cause })
  }
}

/** Undefined for a key of a kind that is known here, and for what is no key at all. */
function unsupportedKind(value: JsonObject): string | undefined {
  const { publicKeyMultibase, publicKeyJwk } = value
  const reading =
    typeof publicKeyMultibase === 'string'
      ? decodePublicMultikey(publicKeyMultibase)
      : readPublicJwk(typeof value.kty === 'string' ? value : publicKeyJwk)
  return reading.ok || reading.problem.code !== 'unsupported' ? undefined : reading.problem.message
}
