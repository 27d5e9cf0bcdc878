/**
 * What a credential looks like as a JWT: the shapes that readers expect. This library reads all of them (vc-jwt.ts).
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { shallowCopy } from '../internal/shallow-copy.js'
import { shown } from '../internal/shown.js'
import type { JsonObject } from '../internal/types.js'
import { jwtClaims, refuseReserved } from './vc-jwt.js'

/**
 * - `open-badges`: the payload is the credential, `typ` is JWT. Open Badges 3.0 section 8.2.
 * - `vc+jwt`: the payload is the credential, and the header says so. VC-JOSE-COSE section 3.1.
 * - `vc-claim`: the credential stands in the claim `vc`, which VCDM 1.1 section 6.3.1 introduced and `jwt_vc_json` of OpenID4VCI asks for.
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
    throw new UsageError('usage.invalid_option', `"jwt" is ${Object.keys(SHAPES).join(', ')}, not ${shown(shape)}`)
  const { header, payload } = SHAPES[shape]
  return { header, payload: payload(credential) }
}

function flat(credential: JsonObject): JsonObject {
  refuseReserved(credential)
  return jwtClaims(credential, shallowCopy(credential))
}
