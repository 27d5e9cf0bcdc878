/**
 * What a credential or a presentation looks like as a JWT: the shapes that readers expect. This library reads all of them (vc-jwt.ts).
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { shallowCopy } from '../internal/shallow-copy.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { versionOf } from '../model/upgrade.js'
import { jwtClaims, refuseReserved } from './vc-jwt.js'

/**
 * - `open-badges`: the payload is the credential, `typ` is JWT. Open Badges 3.0 section 8.2.
 * - `vc+jwt`: the payload is the credential, and the header says so. VC-JOSE-COSE section 3.1; for VCDM 2.0 only.
 * - `vc-claim`: the credential stands in the claim `vc`, which VCDM 1.1 section 6.3.1 introduced and `jwt_vc_json` of OpenID4VCI asks for. Libraries of
 *   VCDM 1.1 read it where the credential is one of 1.1.
 *
 * Each repeats the credential in the claims `iss`, `jti`, `nbf`, `exp` and `sub`.
 */
export type JwtShape = 'open-badges' | 'vc+jwt' | 'vc-claim'

interface ShapeRow {
  readonly header: Readonly<Record<string, string>>
  readonly payload: (credential: JsonObject) => JsonObject
}

const SHAPES: Readonly<Record<JwtShape, ShapeRow>> = {
  'open-badges': { header: { typ: 'JWT' }, payload: flat },
  'vc+jwt': { header: { typ: 'vc+jwt', cty: 'vc' }, payload: flat },
  // Nothing of the credential is a claim here, so no name in it is reserved.
  'vc-claim': { header: { typ: 'JWT' }, payload: (credential) => ({ ...jwtClaims(credential), vc: credential }) },
}

/**
 * Header (without `alg` and `kid`) and payload of a credential that is about to be signed. Throws UsageError
 * `usage.invalid_option`, ParseError `parse.reserved_member`.
 */
export function shapeJwt(credential: JsonObject, shape: JwtShape): { header: JsonObject; payload: JsonObject } {
  if (!Object.hasOwn(SHAPES, shape))
    throw invalidOption('jwt', `is ${Object.keys(SHAPES).join(', ')}, not ${shown(shape)}`)
  if (shape === 'vc+jwt' && versionOf(credential) === '1.1')
    throw invalidOption('jwt', 'is "vc-claim" or "open-badges" for a VCDM 1.1 credential: "vc+jwt" holds VCDM 2.0 only')
  const { header, payload } = SHAPES[shape]
  return { header, payload: payload(credential) }
}

function flat(credential: JsonObject): JsonObject {
  refuseReserved(credential)
  return jwtClaims(credential, shallowCopy(credential))
}

/**
 * - `vp+jwt`: the payload is the presentation, and the header says so. VC-JOSE-COSE section 3.1.2; for VCDM 2.0 only.
 * - `vp-claim`: the presentation stands in the claim `vp`, which VCDM 1.1 section 6.3.1 introduced; libraries of VCDM 1.1 read it.
 *
 * Each answers a verifier in the claims `nonce` (its challenge) and `aud` (its domain), and names the holder as `iss`.
 */
export type PresentationJwtShape = 'vp+jwt' | 'vp-claim'

/** What a presentation is made for: RFC 7519 section 4.1, and `nonce` as OpenID Connect has it. */
export interface PresentationAnswer {
  readonly challenge?: string
  readonly domain?: string
  readonly expires?: Date
  /** Becomes `iat`. */
  readonly now: Date
}

/**
 * Header (without `alg` and `kid`) and payload of a presentation that is about to be signed. Throws UsageError `usage.invalid_option`, ParseError
 * `parse.reserved_member`.
 */
export function shapePresentationJwt(
  presentation: JsonObject,
  shape: PresentationJwtShape,
  { challenge, domain, expires, now }: PresentationAnswer,
): { header: JsonObject; payload: JsonObject } {
  const { holder, id } = presentation
  const claims: Record<string, Json> = { iat: secondsOf(now) }
  const iss = typeof holder === 'string' ? holder : (holder as JsonObject | undefined)?.id
  if (iss !== undefined) claims.iss = iss
  if (id !== undefined) claims.jti = id
  if (challenge !== undefined) claims.nonce = challenge
  if (domain !== undefined) claims.aud = domain
  if (expires !== undefined) claims.exp = secondsOf(expires)
  if (shape === 'vp-claim') return { header: { typ: 'JWT' }, payload: { ...claims, vp: presentation } }
  if (versionOf(presentation) === '1.1')
    throw invalidOption('jwt', 'is "vp-claim" for a VCDM 1.1 presentation: "vp+jwt" holds VCDM 2.0 only')
  refuseReserved(presentation)
  return { header: { typ: 'vp+jwt', cty: 'vp' }, payload: { ...presentation, ...claims } }
}

const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1000)
