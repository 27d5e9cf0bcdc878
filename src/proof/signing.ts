/**
 * What issuing and presenting have in common: whose key it is, which suite fits it, and that it signs with the key it names.
 *
 * @module
 */

import type { CanonicalContext } from '../canonical/types.js'
import { invalidOption, missingOption, SigningError, UsageError } from '../errors.js'
import { encodeBase64url } from '../internal/base64url.js'
import { nearest } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { Bytes, Json, JsonObject } from '../internal/types.js'
import { checkKeyUse, readPublicJwk, signatureBytes } from '../keys/jwk.js'
import type { Signer } from '../keys/signer.js'
import type { PublicJwk } from '../model/jwk.js'
import { cryptoPlatform } from '../platform/crypto.js'
import { signingBytes, signingInput } from './jws.js'
import type { ProofOptions, ProofSuite } from './suite.js'

/** What signing works with, complete. */
export interface SignSettings {
  readonly signer: Signer
  readonly suites: readonly ProofSuite[]
  /** A suite's name. Default: eddsa-rdfc-2022 for Ed25519, ecdsa-rdfc-2019 for P-256 and P-384. */
  readonly suite?: string
  /** Instead of `suite`: the name of a suite that is `legacy`. */
  readonly legacySuite?: string
  readonly proof?: ProofOptions
  readonly now: Date
  readonly context: CanonicalContext
  /** Signers that have proven to hold the key they name. */
  readonly proven: WeakSet<Signer>
}

/**
 * Could any verifier accept this key for this issuer or holder? A DID's keys are its own fragments; an https issuer may list a key
 * wherever it is, so there only a key that is a DID's is refused.
 */
export function checkSigner(signer: Signer, party: Json | undefined, role: 'issuer' | 'holder'): void {
  if (typeof signer?.sign !== 'function' || typeof signer.verificationMethod !== 'string') {
    throw missingOption('signer', 'is missing: make one with createSigner')
  }
  const id = typeof party === 'string' ? party : (party as JsonObject | undefined)?.id
  const { verificationMethod } = signer
  const hash = verificationMethod.indexOf('#')
  const controller = hash === -1 ? verificationMethod : verificationMethod.slice(0, hash)
  if (controller === id) return
  const isHttps = (value: unknown) => typeof value === 'string' && /^https:\/\//i.test(value)
  if (isHttps(id) && isHttps(controller)) return
  throw new UsageError(
    `usage.signer_not_${role}`,
    `the ${role} is ${shown(id)}, but the signer's key ${verificationMethod} belongs to ${controller}: no verifier would accept it. Set the ${role}'s id to ${controller}, or sign with a key of the ${role}`,
  )
}

/** The named suite, or the first that fits the key and is not legacy. Throws UsageError. */
export function chooseSuite(settings: SignSettings): ProofSuite {
  const { signer, suites } = settings
  const fitting = suites.filter(({ algorithms }) => algorithms.includes(signer.algorithm))
  const chosen = findNamed(settings) ?? fitting.find(({ legacy }) => !legacy)
  if (chosen === undefined && fitting[0] !== undefined) throw refuseLegacy(fitting[0])
  if (chosen === undefined || !chosen.algorithms.includes(signer.algorithm)) {
    throw new UsageError(
      'usage.suite_not_for_key',
      `${chosen === undefined ? 'no suite' : `the suite ${chosen.names[0]} does not`} ${chosen === undefined ? 'signs' : 'sign'} with a key for ${signer.algorithm}${signer.algorithm === 'RS256' ? ': RSA keys sign JWTs only (format: "jwt")' : ''}`,
    )
  }
  return chosen
}

/** By its first name, under the option that says what it is. Undefined where none is named. */
function findNamed({ suites, suite, legacySuite }: SignSettings): ProofSuite | undefined {
  const name = legacySuite ?? suite
  if (name === undefined) return undefined
  if (legacySuite !== undefined && suite !== undefined)
    throw invalidOption('suite', 'and "legacySuite" each name the one suite to sign with: give one')
  const found = suites.find(({ names }) => names.includes(name))
  if (found === undefined) {
    const known = suites.filter(({ legacy = false }) => legacy === (legacySuite !== undefined))
    const option = legacySuite === undefined ? 'suite' : 'legacySuite'
    const meant = nearest(
      name,
      known.flatMap(({ names }) => names.slice(0, 1)),
    )
    throw new UsageError(
      'usage.unknown_suite',
      `"${option}": there is no ${legacySuite === undefined ? '' : 'legacy '}suite ${shown(name)}${meant === undefined ? '' : ` (did you mean ${meant}?)`}: ${known.map(({ names }) => names[0]).join(', ') || 'none'} are there`,
      { option },
    )
  }
  if (found.names[0] !== name)
    throw new UsageError(
      'usage.unknown_suite',
      `"${name}" is a name that ${found.names[0]} had in drafts, which is only read: sign with suite: "${found.names[0]}"`,
    )
  if (found.legacy && legacySuite === undefined) throw refuseLegacy(found)
  if (!found.legacy && legacySuite !== undefined)
    throw new UsageError('usage.invalid_option', `${name} is no legacy suite: name it as suite: "${name}"`, {
      option: 'legacySuite',
    })
  return found
}

function refuseLegacy({ names }: ProofSuite): UsageError {
  return new UsageError(
    'usage.legacy_suite',
    `${names[0]} is a legacy suite, which newer software need not verify: sign with another, or say legacySuite: "${names[0]}" instead of "suite"`,
  )
}

/** A signer's first signature is verified under its public key before anything leaves: a wrong key must not be found out by others. */
export async function signBytes(
  data: Bytes,
  { signer, proven }: Pick<SignSettings, 'signer' | 'proven'>,
): Promise<Bytes> {
  let signature: Bytes
  try {
    signature = await signer.sign(data)
  } catch (cause) {
    if (cause instanceof SigningError) throw cause
    throw new SigningError('sign.failed', 'the signer could not sign', { cause })
  }
  if (!(signature instanceof Uint8Array)) throw new SigningError('sign.malformed', 'the signer answered no bytes')
  const publicKey = proven.has(signer) ? signer.publicKey : readSignerKey(signer)
  // Every signature is judged, not the first only: services that strip leading zeros do so once in 256 times.
  const expected = signatureBytes(publicKey)
  if (signature.length !== expected) {
    throw new SigningError(
      'sign.malformed',
      `the signer answered ${signature.length} bytes, a signature by its key (${signer.verificationMethod}) has ${expected}: ECDSA is answered as raw r||s`,
    )
  }
  if (proven.has(signer)) return signature
  const platform = cryptoPlatform()
  const key = await platform.importPublicKey(signer.algorithm, publicKey)
  if (!(await platform.verify(signer.algorithm, key, data, signature))) {
    throw new SigningError(
      'sign.wrong_key',
      `the signature does not verify under the signer's public key (${signer.verificationMethod}): is the key right, is ECDSA answered as raw r||s, is the message hashed once?`,
    )
  }
  proven.add(signer)
  return signature
}

/** A compact JWS by the signer, whose algorithm and key the header names. */
export async function signCompactJws(
  { header, payload }: { readonly header: JsonObject; readonly payload: JsonObject },
  settings: Pick<SignSettings, 'signer' | 'proven'>,
): Promise<string> {
  const { algorithm, verificationMethod } = settings.signer
  const input = signingInput({ alg: algorithm, ...header, kid: verificationMethod }, payload)
  const signature = await signBytes(signingBytes(input), settings)
  return `${input}.${encodeBase64url(signature)}`
}

/** Throws UsageError `usage.invalid_option` for options that say how a proof is embedded, where there is to be a JWT. */
export function refuseEmbedding({ suite, legacySuite }: Pick<SignSettings, 'suite' | 'legacySuite'>): void {
  const option = suite !== undefined ? 'suite' : legacySuite !== undefined ? 'legacySuite' : undefined
  if (option !== undefined)
    throw invalidOption(option, 'is for embedded proofs: a JWT is signed with the algorithm of its key')
}

/** Throws SigningError `sign.wrong_key` for a public key under which no verifier would accept what the signer signs. */
function readSignerKey({ publicKey, algorithm }: Signer): PublicJwk {
  const reading = readPublicJwk(publicKey)
  if (!reading.ok)
    throw new SigningError('sign.wrong_key', `the signer's public key cannot be used: ${reading.problem.message}`)
  if (reading.algorithm !== algorithm)
    throw new SigningError(
      'sign.wrong_key',
      `the signer says it signs with ${algorithm}, but its public key is for ${reading.algorithm}`,
    )
  const refusal = checkKeyUse(reading.key)
  if (refusal !== undefined)
    throw new SigningError('sign.wrong_key', `no verifier would take the signer's public key: ${refusal}`)
  return reading.key
}
