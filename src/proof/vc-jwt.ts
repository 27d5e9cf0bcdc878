/**
 * Credentials and presentations in a JWT, in the three shapes that are in use: the credential itself as payload (Open Badges
 * 3.0 section 8.2), a `vc` claim (VCDM 1.1 section 6.3.1), and `typ: vc+jwt` (VC-JOSE-COSE section 3).
 *
 * @module
 */

import { ParseError } from '../errors.js'
import { isObject } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { algorithmOf } from '../keys/jwk.js'
import type { KeyAlgorithm } from '../keys/signer.js'
import { parseDateTime } from '../model/date-time.js'
import { versionOf } from '../model/upgrade.js'
import { cryptoPlatform } from '../platform/crypto.js'
import { type Finding, finding } from '../report/check.js'
import type { ResolvedKey } from '../resolve/key-resolver.js'
import type { CompactJws } from './jws.js'

/** Registered claims (RFC 7519 section 4.1): about the JWT, not members of the credential. */
const CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'] as const
const NONCE = 'nonce'
const NO_MEMBERS: ReadonlySet<string> = new Set([...CLAIMS, NONCE])
const RESERVED: readonly string[] = [...NO_MEMBERS, 'vc', 'vp']

/** What a JWT is about: the document it secures and how it says so. */
export interface JwtReading {
  readonly document: JsonObject
  readonly jws: CompactJws
  readonly kind: 'vc' | 'vp'
  /** `direct`: the payload is the document. `claim`: it stands in `vc` or `vp`. */
  readonly shape: 'direct' | 'claim'
}

const TYPES = {
  vc: ['jwt', 'vc+jwt', 'vc+ld+jwt', 'vc+ld+json+jwt'],
  vp: ['jwt', 'vp+jwt', 'vp+ld+jwt', 'vp+ld+json+jwt'],
}

/** Finds the document in a decoded JWS, or says why it is not one. Nothing is verified. */
export function readVcJwt(jws: CompactJws, kind: 'vc' | 'vp'): JwtReading | { readonly fault: string } {
  const { header, payload } = jws
  const typ = mediaType(header.typ)
  if (typ !== undefined && !TYPES[kind].includes(typ))
    return {
      fault: `a JWT of typ "${shown(header.typ, 60)}" is not a ${kind === 'vc' ? 'credential' : 'presentation'}`,
    }
  const cty = mediaType(header.cty)
  if (cty !== undefined && cty !== kind && cty !== 'json' && cty !== 'ld+json')
    return { fault: `the content type (cty) of the JWT is "${shown(header.cty, 60)}", expected is "${kind}"` }
  const enveloping = typ !== undefined && typ !== 'jwt'
  const claim = payload[kind]
  if (enveloping && (payload.vc !== undefined || payload.vp !== undefined)) {
    // VC-JOSE-COSE section 3.1.1: "The vc and vp claims MUST NOT be present when the content type ... is vc+jwt".
    return { fault: `with typ "${typ}" the payload is the document itself, so there must be no "vc" or "vp" claim` }
  }
  if (claim === undefined) {
    const document = kind === 'vc' ? withEnd(withoutClaims(payload), payload) : withoutClaims(payload)
    return { document, jws, kind, shape: 'direct' }
  }
  if (!isObject(claim)) return { fault: `the "${kind}" claim is not an object` }
  const document = kind === 'vc' ? fillFromClaims(claim, payload) : fillHolder(claim, payload)
  return { document, jws, kind, shape: 'claim' }
}

/** RFC 7515 sections 4.1.9 and 4.1.10: "application/" may be left out, and case does not matter. */
function mediaType(value: Json | undefined): string | undefined {
  return value === undefined
    ? undefined
    : shown(value)
        .toLowerCase()
        .replace(/^application\//, '')
}

function withoutClaims(payload: JsonObject): Record<string, Json> {
  const document: Record<string, Json> = {}
  for (const name of Object.keys(payload)) if (!NO_MEMBERS.has(name)) document[name] = payload[name] as Json
  return document
}

/** The validity ends with `exp` also where the credential does not repeat it. */
function withEnd(document: Record<string, Json>, { exp }: JsonObject): JsonObject {
  if (typeof exp !== 'number') return document
  const [, name] = dateNames(document)
  if (document[name] === undefined) define(document, name, dateOf(exp))
  return document
}

/** VCDM 1.1 section 6.3.1 "JWT Decoding": claims stand for members that were left out of `vc`. */
function fillFromClaims(vc: JsonObject, { iss, sub, exp, nbf, jti }: JsonObject): JsonObject {
  const document: Record<string, Json> = { ...vc }
  const [from, until] = dateNames(vc)
  if (typeof jti === 'string') define(document, 'id', jti)
  if (typeof iss === 'string') {
    if (isObject(vc.issuer) && vc.issuer.id === undefined) document.issuer = { id: iss, ...vc.issuer }
    else define(document, 'issuer', iss)
  }
  if (typeof nbf === 'number') define(document, from, dateOf(nbf))
  if (typeof exp === 'number') define(document, until, dateOf(exp))
  const subject = onlySubject(vc)
  if (typeof sub === 'string' && subject !== undefined && subject.id === undefined) {
    document.credentialSubject = { id: sub, ...subject }
  }
  return document
}

function fillHolder(vp: JsonObject, { iss, jti }: JsonObject): JsonObject {
  const document: Record<string, Json> = { ...vp }
  if (typeof jti === 'string') define(document, 'id', jti)
  if (typeof iss === 'string') define(document, 'holder', iss)
  return document
}

function define(document: Record<string, Json>, name: string, value: Json | undefined): void {
  if (document[name] === undefined && value !== undefined) document[name] = value
}

/** Where its validity begins and ends. */
function dateNames(document: JsonObject): readonly ['issuanceDate' | 'validFrom', 'expirationDate' | 'validUntil'] {
  return versionOf(document) === '1.1' ? ['issuanceDate', 'expirationDate'] : ['validFrom', 'validUntil']
}

/** RFC 7519 section 2 NumericDate. Undefined for a number that is no date. */
function dateOf(seconds: number): string | undefined {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? undefined : `${date.toISOString().slice(0, 19)}Z`
}

/** Header members that would change what is verified, and algorithms that prove nothing to others. RFC 8725 sections 3.1 and 3.2. */
export function judgeHeader({ alg, crit, b64 }: JsonObject): Finding<'proof'> | undefined {
  if (crit !== undefined)
    return finding(
      'proof.suite_forbidden',
      'the JWT has a "crit" header: none of its extensions is understood, so it must be refused (RFC 7515 section 4.1.11)',
    )
  if (b64 !== undefined)
    return finding('proof.suite_forbidden', 'the JWT has a "b64" header: unencoded payloads (RFC 7797) are refused')
  if (typeof alg !== 'string') return finding('proof.malformed', 'the JWT has no "alg" header')
  if (/^none$/i.test(alg)) return finding('proof.suite_forbidden', 'the JWT is not signed: its "alg" is "none"')
  if (/^HS\d/i.test(alg))
    return finding(
      'proof.suite_forbidden',
      `the JWT is signed with a shared secret ("${alg}"), which proves nothing to others`,
    )
  return undefined
}

/** JWS names that we verify, by the key they need. `Ed25519` is RFC 9864's name for EdDSA with that curve. */
const ALGORITHMS: Readonly<Record<string, KeyAlgorithm>> = {
  EdDSA: 'EdDSA',
  Ed25519: 'EdDSA',
  ES256: 'ES256',
  ES384: 'ES384',
  RS256: 'RS256',
}

/** Undefined where this library has no such algorithm. */
export function jwtAlgorithm(alg: Json | undefined): KeyAlgorithm | undefined {
  return typeof alg === 'string' && Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined
}

/** Verifies the signature. The algorithm comes from the key; a header that says another one is refused (RFC 8725 section 3.1). */
export async function verifyVcJwt(
  { header, signingInput, signature }: CompactJws,
  key: ResolvedKey,
  concurrent?: boolean,
): Promise<Finding<'proof'>> {
  const algorithm = algorithmOf(key.publicJwk)
  if (jwtAlgorithm(header.alg) !== algorithm) {
    return finding(
      'proof.mismatch',
      `the JWT says it is signed with ${shown(header.alg, 20)}, but its key signs with ${algorithm}`,
      { evidence: { key: key.id } },
    )
  }
  const platform = cryptoPlatform()
  const imported = (key.imported ?? (await platform.importPublicKey(algorithm, key.publicJwk))) as object
  return (await platform.verify(algorithm, imported, signingInput, signature, concurrent))
    ? finding('proof.verified', `the JWT's ${algorithm} signature verifies`, {
        evidence: { key: key.id, suite: `vc-jwt ${algorithm}` },
      })
    : finding(
        'proof.mismatch',
        'the signature does not match: the credential was changed after it was signed, or signed with another key',
        { evidence: { key: key.id } },
      )
}

/**
 * The claims that repeat the credential. A present one must agree, in whole seconds; an absent one is a note (Open Badges
 * 3.0 section 8.2.2 demands them, VC-JOSE-COSE does not).
 */
export function compareClaims({ document, kind, jws: { payload } }: JwtReading): Finding<'proof'>[] {
  const findings: Finding<'proof'>[] = []
  const compare = (name: string, pointer: string, value: Json | undefined): void => {
    const claim = payload[name]
    if (claim === undefined) {
      if (value !== undefined && kind === 'vc')
        findings.push(finding('proof.claim_absent', `the JWT does not repeat ${pointer} as "${name}"`, { pointer }))
      return
    }
    const agrees =
      typeof claim === 'number' && typeof value === 'number' ? Math.floor(claim) === value : claim === value
    if (!agrees)
      findings.push(
        finding(
          'proof.claims_mismatch',
          `the claim "${name}" of the JWT is not what the credential says in ${pointer}`,
          { pointer },
        ),
      )
  }
  if (kind === 'vp') {
    // The times of a presentation are its JWT's alone.
    compare('iss', '/holder', idOf(document.holder) ?? payload.iss)
    compare('jti', '/id', document.id ?? payload.jti)
  } else {
    compare('iss', '/issuer', idOf(document.issuer))
    compare('jti', '/id', document.id)
    compare('sub', '/credentialSubject/id', onlySubject(document)?.id)
    const [from, until] = dateNames(document)
    compare('nbf', `/${from}`, secondsOf(document[from] ?? document.validFrom ?? document.issuanceDate))
    compare('exp', `/${until}`, secondsOf(document[until] ?? document.validUntil ?? document.expirationDate))
  }
  return findings
}

/**
 * Throws ParseError `parse.reserved_member` for a member that a JWT uses for itself: where the payload is the credential, a reader
 * would take it for a claim, and the credential would lose it.
 */
export function refuseReserved(credential: JsonObject): void {
  const reserved = RESERVED.find((name) => Object.hasOwn(credential, name))
  if (reserved !== undefined) {
    const message = `the member "${reserved}" cannot stand in a JWT, where it is a claim: sign with an embedded proof, or rename it`
    throw new ParseError('parse.reserved_member', message, [
      { code: 'parse.reserved_member', pointer: `/${reserved}`, message },
    ])
  }
}

/** All claims that repeat the credential, added to `claims`, which has none of them. */
export function jwtClaims(credential: JsonObject, claims: Record<string, Json> = {}): JsonObject {
  const { id } = credential
  const iss = idOf(credential.issuer)
  const [from, until] = dateNames(credential)
  const nbf = secondsOf(credential[from])
  const exp = secondsOf(credential[until])
  const sub = onlySubject(credential)?.id
  if (iss !== undefined) claims.iss = iss
  if (id !== undefined) claims.jti = id
  if (nbf !== undefined) claims.nbf = nbf
  if (exp !== undefined) claims.exp = exp
  if (sub !== undefined) claims.sub = sub
  return claims
}

function idOf(value: Json | undefined): Json | undefined {
  return isObject(value) ? value.id : value
}

/** The subject, where there is one; a list of one is the same. */
function onlySubject({ credentialSubject }: JsonObject): JsonObject | undefined {
  const subject =
    Array.isArray(credentialSubject) && credentialSubject.length === 1 ? credentialSubject[0] : credentialSubject
  return isObject(subject) ? subject : undefined
}

function secondsOf(value: Json | undefined): number | undefined {
  const moment = typeof value === 'string' ? parseDateTime(value) : undefined
  return moment === undefined ? undefined : Math.floor(moment.time / 1000)
}
