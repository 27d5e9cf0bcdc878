/**
 * Entity statements (OpenID Federation 1.0 section 3): what an entity says of itself, or a superior of it, in a signed JWT.
 *
 * @module
 */

import { compactVerify, errors, importJWK, type JWK } from 'jose'
import { isObject, listOf } from '../../internal/json-object.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { decodeJws, isJwsFault } from '../../proof/jws.js'
import type { Context } from '../../resolve/context.js'

export interface EntityStatement {
  readonly issuer: string
  readonly subject: string
  /** Milliseconds since 1970. */
  readonly expires: number
  /** The subject's keys. */
  readonly keys: readonly JsonObject[]
  /** Superiors, as the subject names them. */
  readonly hints: readonly string[]
  readonly organizationName: string | undefined
  /** Where a superior answers for its subordinates. */
  readonly fetchEndpoint: string | undefined
  readonly constraints: JsonObject
  /** Was it signed with one of these keys? */
  isSignedBy(keys: readonly JsonObject[]): Promise<boolean>
}

/** Seconds. Clocks of servers differ. */
const TOLERANCE = 60
/** Algorithms of public keys only; the algorithm has to fit the key as well, which jose sees to. */
const ALGORITHMS = 'EdDSA Ed25519 ES256 ES384 ES512 PS256 PS384 PS512 RS256 RS384 RS512'.split(' ')

/** A text instead where it is not one, or not for now: for people. Its signature has not been verified. */
export function readEntityStatement(text: string, { now, limits }: Pick<Context, 'now' | 'limits'>) {
  const jws = decodeJws(text, { maxDepth: limits.depth })
  if (isJwsFault(jws)) return jws.message
  const { header, payload } = jws
  const { iss, sub, iat, exp, jwks, metadata, constraints, crit } = payload
  // Another kind of JWT by the same key must not pass for a statement.
  if (header.typ !== 'entity-statement+jwt') return 'its "typ" is not "entity-statement+jwt"'
  if (typeof header.alg !== 'string' || !ALGORITHMS.includes(header.alg)) return 'its "alg" is not one of public keys'
  if (header.crit !== undefined || crit !== undefined) return 'it has critical members that are not understood here'
  if (typeof iss !== 'string' || typeof sub !== 'string') return 'it does not say by whom and about whom it is'
  if (typeof iat !== 'number' || typeof exp !== 'number') return 'it does not say from when to when it is valid'
  const seconds = now.getTime() / 1000
  if (iat > seconds + TOLERANCE) return 'it is of a time yet to come'
  if (exp <= seconds - TOLERANCE) return 'it has expired'
  const keys = isObject(jwks) ? listOf(jwks.keys).filter(isObject) : []
  const entity = isObject(metadata) && isObject(metadata.federation_entity) ? metadata.federation_entity : {}
  const statement: EntityStatement = {
    issuer: iss,
    subject: sub,
    expires: exp * 1000,
    keys,
    hints: listOf(payload.authority_hints).filter(isText),
    organizationName: textOf(entity.organization_name),
    fetchEndpoint: textOf(entity.federation_fetch_endpoint),
    constraints: isObject(constraints) ? constraints : {},
    isSignedBy: (signers) => verify(text, header.kid, header.alg as string, signers),
  }
  return statement
}

/** By the one key that its header names (section 3.1: `kid` is required); several of that name are none. */
async function verify(
  text: string,
  kid: Json | undefined,
  algorithm: string,
  keys: readonly JsonObject[],
): Promise<boolean> {
  const [jwk, another] = keys.filter((key) => typeof kid === 'string' && key.kid === kid)
  if (jwk === undefined || another !== undefined) return false
  const isSecret = jwk.kty === 'oct' || 'd' in jwk || 'k' in jwk
  if (isSecret || (jwk.use !== undefined && jwk.use !== 'sig')) return false
  const key = await imported(jwk, algorithm)
  if (key === undefined) return false
  try {
    await compactVerify(text, key, { algorithms: [algorithm] })
    return true
  } catch (error) {
    // jose says with a TypeError that a key is not one for this algorithm.
    if (error instanceof errors.JOSEError || error instanceof TypeError) return false
    throw error
  }
}

async function imported(jwk: JsonObject, algorithm: string) {
  try {
    return await importJWK(jwk as unknown as JWK, algorithm)
  } catch {
    // A key from outside may be anything; what cannot be imported has signed nothing.
    return undefined
  }
}

const isText = (value: Json): value is string => typeof value === 'string'
const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
