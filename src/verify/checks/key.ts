/**
 * Whose keys signed it, and may one of them speak for the issuer (of a presentation: for the holder)?
 *
 * @module
 */
import { ResolutionError } from '../../errors.js'
import type { Json, JsonObject, MaybePromise } from '../../internal/types.js'
import { algorithmOf, readPublicJwk } from '../../keys/jwk.js'
import { thumbprint } from '../../keys/thumbprint.js'
import type { ProofSuite } from '../../proof/suite.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import type { FindingCode } from '../../report/findings.js'
import type { KeyRequest, ResolvedKey } from '../../resolve/key-resolver.js'
import { splitFragment } from '../../resolve/resolved-key.js'
import type { Reading } from '../reading.js'
import { skewOf, type Work } from '../settings.js'

/** One proof (or the JWT) and what is known of its key. */
export interface Signature {
  /** Absent for the JWT. */
  readonly proof: JsonObject | undefined
  readonly pointer: string
  /** Absent for the JWT, and for suites nobody gave us. */
  readonly suite: ProofSuite | undefined
  /** Absent where it could not be had or must not be used; `findings` say why. */
  readonly key: ResolvedKey | undefined
  /** The key belongs to the issuer. */
  readonly isBound: boolean
  readonly findings: readonly Finding<'key'>[]
}

/**
 * Does a signature that verified speak for whom it must speak for: the issuer of a credential, the holder of a presentation? False where
 * the document brought its key along, or the key is somebody else's.
 */
export function speaksForController(signature: Signature | undefined): boolean {
  return signature?.isBound === true && signature.key?.selfAsserted !== true
}

export interface KeyOutcome {
  readonly check: Check<'key'>
  readonly signatures: readonly Signature[]
}

/** Which finding a resolver's error becomes. What has no row, as what a server has instead of a key, could not be reached. */
const RESOLVE_FINDINGS = {
  'resolve.key_not_found': 'key.not_found',
  'resolve.wrong_document': 'key.not_issuer',
  'resolve.unusable_key': 'key.unusable',
  'resolve.method_unsupported': 'key.method_unsupported',
  'resolve.key_unsupported': 'key.method_unsupported',
  'resolve.limit': 'key.limit',
} as const satisfies Record<string, FindingCode>

/** `party` is the id of who has to have signed: the issuer, or the holder. */
export async function checkKey(
  reading: Reading,
  party: string | undefined,
  purpose: KeyRequest['purpose'],
  work: Work,
): Promise<KeyOutcome> {
  if (reading.proofs.length === 0 && reading.jwt === undefined) {
    return {
      check: check([finding('key.blocked', 'nothing is signed, so there is no key to look for')]),
      signatures: [],
    }
  }
  if (party === undefined) {
    return {
      check: check([finding('key.blocked', 'the document does not say whose key it should be signed with')]),
      signatures: [],
    }
  }
  const signatures =
    reading.jwt === undefined
      ? await examineAll(
          reading.proofs.map((proof, index) => examineProof(proof, reading.proofPointer(index), party, purpose, work)),
        )
      : [await examineJwt(reading.jwt.jws.header, party, purpose, work)]
  return { check: summarize(signatures, party, work), signatures }
}

/** Most badges have one proof. */
async function examineAll(proofs: readonly MaybePromise<Signature>[]): Promise<readonly Signature[]> {
  return proofs.length === 1 ? [await (proofs[0] as MaybePromise<Signature>)] : Promise.all(proofs)
}

/**
 * One key of the issuer's is enough: a further signature whose key is somebody else's, or cannot be had, is not this
 * check's concern. Where there is none, the reasons of those that claim to be the issuer's are given.
 */
function summarize(signatures: readonly Signature[], party: string, { settings }: Work): Check<'key'> {
  const isOptional = settings.policy.keyBinding === 'report-only'
  const good = signatures.filter(({ key, isBound }) => key !== undefined && (isBound || isOptional))
  if (good.length > 0) return check(good.flatMap(({ findings }) => findings))
  const claiming = signatures.filter(
    ({ proof }) =>
      typeof proof?.verificationMethod === 'string' && splitFragment(proof.verificationMethod)[0] === party,
  )
  return check((claiming.length > 0 ? claiming : signatures).flatMap(({ findings }) => findings))
}

function examineProof(
  proof: JsonObject,
  pointer: string,
  party: string,
  purpose: KeyRequest['purpose'],
  work: Work,
): MaybePromise<Signature> {
  const suite = findSuite(proof, work.settings.suites)
  const base: Base = { proof, pointer, suite }
  const method = proof.verificationMethod
  const where = `${pointer}/verificationMethod`
  if (typeof method !== 'string')
    return failed(base, finding('key.not_found', 'the proof does not name its key ("verificationMethod")', { pointer }))
  if (!/^[a-z][a-z0-9+.-]*:/i.test(method))
    return failed(
      base,
      finding('key.not_found', `"${method.slice(0, 100)}" is not the URL of a key`, { pointer: where }),
    )
  return examine(base, { id: method, issuer: party, purpose }, where, work)
}

async function examineJwt(
  { kid, jwk }: JsonObject,
  party: string,
  purpose: KeyRequest['purpose'],
  work: Work,
): Promise<Signature> {
  const base: Base = { proof: undefined, pointer: '', suite: undefined }
  if (kid !== undefined && typeof kid !== 'string')
    return failed(base, finding('key.not_found', 'the "kid" header of the JWT is not a text'))
  const request = { issuer: party, purpose, ...(kid === undefined ? {} : { id: kid }) }
  if (jwk === undefined) return examine(base, request, '', work)
  const reading = readPublicJwk(jwk)
  if (!reading.ok)
    return failed(
      base,
      finding('key.unusable', `the "jwk" header of the JWT cannot be used: ${reading.problem.message}`),
    )
  return examine(base, { ...request, jwk: reading.key }, '', work)
}

/** A suite's name is its cryptosuite, for suites from before DataIntegrityProof the proof's type. */
export function findSuite({ type, cryptosuite }: JsonObject, suites: readonly ProofSuite[]): ProofSuite | undefined {
  const name: Json | undefined = type === 'DataIntegrityProof' ? cryptosuite : type
  return typeof name === 'string' ? suites.find(({ names }) => names.includes(name)) : undefined
}

/** RFC 7638: a key that goes by two names is one key. */
const withThumbprint = ({ evidence, publicJwk }: ResolvedKey) => ({ ...evidence, thumbprint: thumbprint(publicJwk) })

type Base = Pick<Signature, 'proof' | 'pointer' | 'suite'>

async function examine(base: Base, request: KeyRequest, pointer: string, work: Work): Promise<Signature> {
  const key = await resolve(request, pointer, work)
  if ('code' in key) return failed(base, key)
  const refusal = judge(key, base, request, pointer, work)
  if (refusal !== undefined) return failed(base, refusal)
  const isBound = key.controller === request.issuer
  const findings: Finding<'key'>[] = []
  if (isBound || work.settings.policy.keyBinding === 'report-only') {
    findings.push(finding('key.resolved', `the key ${shown(key.id)} was found`, { evidence: withThumbprint(key) }))
    if (!isBound)
      findings.push(
        finding(
          'key.other_controller',
          `the key belongs to ${shown(key.controller)}, not to ${shown(request.issuer)}`,
          at(pointer),
        ),
      )
    if (key.selfAsserted)
      findings.push(
        finding('key.self_asserted', 'the badge brought its key along; nobody else confirms whose it is', at(pointer)),
      )
  } else {
    findings.push(
      finding(
        'key.not_issuer',
        `the key belongs to ${shown(key.controller)}, not to ${shown(request.issuer)}`,
        at(pointer),
      ),
    )
  }
  return signatureOf(base, key, isBound, findings)
}

function signatureOf(
  { proof, pointer, suite }: Base,
  key: ResolvedKey | undefined,
  isBound: boolean,
  findings: readonly Finding<'key'>[],
): Signature {
  return { proof, pointer, suite, key, isBound, findings }
}

/** The first resolver that has the key. Where none has, what the first one said. */
async function resolve(
  request: KeyRequest,
  pointer: string,
  { settings, context }: Work,
): Promise<ResolvedKey | Finding<'key'>> {
  let first: ResolutionError | undefined
  for (const resolver of settings.resolvers) {
    if (!resolver.matches(request)) continue
    try {
      return await resolver.resolve(request, context)
    } catch (error) {
      if (!(error instanceof ResolutionError)) throw error
      first ??= error
    }
  }
  if (first === undefined) {
    const named =
      request.id === undefined
        ? request.jwk === undefined
          ? 'the JWT names no key, and'
          : 'the JWT brings its own key, which only selfAssertedKeys() takes;'
        : `for "${shown(request.id)}"`
    return finding(
      'key.method_unsupported',
      `${named} there is no resolver that could find a key of ${shown(request.issuer)}`,
      at(pointer),
    )
  }
  const code = Object.hasOwn(RESOLVE_FINDINGS, first.code)
    ? RESOLVE_FINDINGS[first.code as keyof typeof RESOLVE_FINDINGS]
    : 'key.unreachable'
  return finding(code, first.message, { ...at(pointer), evidence: { url: first.url, reason: first.code } })
}

/** Whoever's it is: may this key verify this signature now? */
function judge(
  key: ResolvedKey,
  { suite }: Base,
  { purpose }: KeyRequest,
  pointer: string,
  work: Work,
): Finding<'key'> | undefined {
  const algorithm = algorithmOf(key.publicJwk)
  if (suite !== undefined && !suite.algorithms.includes(algorithm)) {
    return finding(
      'key.unusable',
      `the key ${shown(key.id)} signs with ${algorithm}, the proof's suite ${suite.names[0]} needs ${suite.algorithms.join(' or ')}`,
      at(pointer),
    )
  }
  // Against now and not against when it was signed: whoever has a stolen key can write any date.
  const now = work.now.getTime()
  if (key.revoked !== undefined && key.revoked.getTime() <= now) {
    return finding('key.revoked', `the key ${shown(key.id)} was revoked at ${key.revoked.toISOString()}`, at(pointer))
  }
  if (key.expires !== undefined && key.expires.getTime() < now - skewOf(work)) {
    return finding('key.expired', `the key ${shown(key.id)} expired at ${key.expires.toISOString()}`, at(pointer))
  }
  if (!key.purposes.includes(purpose)) {
    return finding(
      'key.not_authorized',
      `${shown(key.controller)} does not list the key ${shown(key.id)} under "${purpose}"`,
      at(pointer),
    )
  }
  return undefined
}

const failed = (base: Base, reason: Finding<'key'>): Signature => signatureOf(base, undefined, false, [reason])
const at = (pointer: string): { pointer?: string } => (pointer === '' ? {} : { pointer })
/** Ids come from the badge: long ones would drown the message. */
const shown = (id: string): string => (id.length > 120 ? `${id.slice(0, 117)}...` : id)
