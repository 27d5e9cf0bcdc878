/**
 * One verification method (Controlled Identifiers 1.0 section 2.2), of the types that documents of today and of older days have.
 *
 * @module
 */

import { decodeBase58btc } from '../internal/base58btc.js'
import { encodeBase64url } from '../internal/base64url.js'
import { isObject } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { parseDateTime } from '../model/date-time.js'
import type { KeyFacts } from './resolved-key.js'
import { jwkFromMultikey, keyError } from './resolved-key.js'

/** The members that hold a key, in the order in which a type's own is looked for. */
type MaterialMember = 'publicKeyMultibase' | 'publicKeyJwk' | 'publicKeyBase58'

interface MethodType {
  /** How it writes its key. Other members are not looked at. */
  readonly members: readonly MaterialMember[]
  /** Where keys of one kind only may stand in it: `crv` of their JWK, or `RSA`. */
  readonly kind?: string
}

/** The class Multikey of Open Badges 3.0 appendix B.6.1, whose type is the name of a proof. */
const OPEN_BADGES_MULTIKEY = 'DataIntegrityProof'

const METHOD_TYPES: Readonly<Record<string, MethodType>> = {
  Multikey: { members: ['publicKeyMultibase'] },
  [OPEN_BADGES_MULTIKEY]: { members: ['publicKeyMultibase'] },
  JsonWebKey: { members: ['publicKeyJwk'] },
  JsonWebKey2020: { members: ['publicKeyJwk'] },
  JwsVerificationKey2020: { members: ['publicKeyJwk'] },
  Ed25519VerificationKey2020: { members: ['publicKeyMultibase', 'publicKeyJwk'], kind: 'Ed25519' },
  // Base58 of the bare key, without a header.
  Ed25519VerificationKey2018: { members: ['publicKeyBase58', 'publicKeyMultibase', 'publicKeyJwk'], kind: 'Ed25519' },
  EcdsaSecp256r1VerificationKey2019: { members: ['publicKeyMultibase', 'publicKeyJwk'], kind: 'P-256' },
  P256Key2021: { members: ['publicKeyMultibase', 'publicKeyJwk'], kind: 'P-256' },
  P384Key2021: { members: ['publicKeyMultibase', 'publicKeyJwk'], kind: 'P-384' },
  RsaVerificationKey2018: { members: ['publicKeyJwk'], kind: 'RSA' },
}

/** What a reader of methods knows of the document around it. */
export interface MethodSurroundings {
  /** From the controller's document, which may be another one. */
  readonly purposes: readonly string[]
  readonly evidence: Readonly<Record<string, string>>
  /** Whose key it is where the method does not say, which only the class Multikey of Open Badges may leave out. */
  readonly owner?: string
}

/**
 * Reads one verification method. Throws ResolutionError: `resolve.key_unsupported` for a type, or a way of writing keys, that nobody
 * taught us; `resolve.malformed` where what was published is no verification method; `resolve.unusable_key` for a key that was
 * read and must not be relied on.
 */
export function readMethod(method: JsonObject, id: string, around: MethodSurroundings): KeyFacts {
  const name = typeOf(method, id)
  const type = METHOD_TYPES[name] as MethodType
  const controller = method.controller ?? (name === OPEN_BADGES_MULTIKEY ? around.owner : undefined)
  if (typeof controller !== 'string') throw keyError('resolve.malformed', id, `the key ${id} has no "controller"`)
  const revoked = readDate(method, 'revoked', id)
  const expires = readDate(method, 'expires', id)
  const publicJwk = readMaterial(method, name, type, id)
  if (type.kind !== undefined && kindOf(publicJwk) !== type.kind)
    throw keyError('resolve.malformed', id, `the key ${id} is of the type ${name}, and no key of ${type.kind}`)
  return {
    id,
    controller,
    purposes: around.purposes,
    publicJwk,
    ...(revoked === undefined ? {} : { revoked }),
    ...(expires === undefined ? {} : { expires }),
    evidence: around.evidence,
  }
}

/** Is it of Open Badges 3.0's own class Multikey? Its `type` is optional, its `cryptosuite` is not. */
export function isOpenBadgesMultikey(method: JsonObject): boolean {
  return method.type === undefined
    ? typeof method.cryptosuite === 'string'
    : namesOf(method.type).includes(OPEN_BADGES_MULTIKEY)
}

function typeOf(method: JsonObject, id: string): string {
  const names = namesOf(method.type)
  const known = names.find((name) => Object.hasOwn(METHOD_TYPES, name))
  if (known !== undefined) return known
  if (isOpenBadgesMultikey(method)) return OPEN_BADGES_MULTIKEY
  if (names.length === 0) throw keyError('resolve.malformed', id, `the key ${id} has no "type"`)
  throw keyError(
    'resolve.key_unsupported',
    id,
    `verification methods of type "${shown(method.type, 60)}" are not supported: use Multikey or JsonWebKey`,
  )
}

/** A JWK, not judged yet. */
function readMaterial(method: JsonObject, name: string, { members }: MethodType, id: string): unknown {
  const member = members.find((candidate) => method[candidate] !== undefined)
  if (member === undefined) {
    const isOther = (candidate: string) => /^(?:publicKey|blockchain|ethereum)/.test(candidate)
    const other = Object.keys(method).find((candidate) => isOther(candidate) && method[candidate] !== undefined)
    if (other === undefined) throw keyError('resolve.malformed', id, `the key ${id} has no "${members[0]}"`)
    throw keyError(
      'resolve.key_unsupported',
      id,
      `the key ${id} is written as "${shown(other, 40)}", which is not read in the type ${name}: use ${members.map((each) => `"${each}"`).join(' or ')}`,
    )
  }
  const material = method[member]
  if (member === 'publicKeyJwk') return material
  if (typeof material !== 'string')
    throw keyError('resolve.malformed', id, `"${member}" of the key ${id} is not a text`)
  if (member === 'publicKeyBase58') return fromBareKey(material, member, id)
  // Before multibase was settled, Ed25519VerificationKey2018 had the bare key in it.
  if (name === 'Ed25519VerificationKey2018' && material.startsWith('z') && !material.startsWith('z6Mk'))
    return fromBareKey(material.slice(1), member, id)
  return jwkFromMultikey(material, id)
}

function fromBareKey(text: string, member: string, id: string): object {
  const bytes = decodeBase58btc(text)
  if (bytes?.length !== 32)
    throw keyError('resolve.malformed', id, `"${member}" of the key ${id} is not base58btc of 32 bytes`)
  return { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(bytes) }
}

function kindOf(jwk: unknown): unknown {
  if (!isObject(jwk as Json)) return undefined
  const { kty, crv } = jwk as JsonObject
  return crv ?? kty
}

function readDate(method: JsonObject, name: 'revoked' | 'expires', id: string): Date | undefined {
  const value = method[name]
  if (value === undefined) return undefined
  const time = typeof value === 'string' ? parseDateTime(value)?.time : undefined
  // A date that cannot be read must not make a revoked key good again.
  if (time === undefined) throw keyError('resolve.malformed', id, `"${name}" of the key ${id} is not a date`)
  return new Date(time)
}

const namesOf = (type: Json | undefined): string[] =>
  [type].flat().filter((name): name is string => typeof name === 'string')
