/**
 * A document, a key and a proof, as the contract of proof suites needs them.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import { didOf } from '../keys/did-key.js'
import { expectKey, readPrivateJwk } from '../keys/jwk.js'
import { createLocalSigner } from '../keys/local-signer.js'
import type { KeyAlgorithm, Signer } from '../keys/signer.js'
import { OB_V3, VC_V2 } from '../model/contexts.js'
import type { Proof } from '../model/types.js'
import { cryptoPlatform, webCryptoPlatform } from '../platform/crypto.js'
import type { ProofOptions, ProofSuite } from '../proof/suite.js'
import type { Finding } from '../report/check.js'
import type { ResolvedKey } from '../resolve/key-resolver.js'
import { printableValue } from './printable-value.js'
import { answerOf, ContractViolation, demand } from './rule.js'
import { makeContext, NOW } from './surroundings.js'

/** An Open Badge, not signed. Its contexts are bundled. */
export const EXAMPLE: JsonObject = {
  '@context': [VC_V2, OB_V3],
  id: 'urn:uuid:8d1a7f52-3c0b-4c58-9f5e-0a4f0f5f2b11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Giving Feedback – Rückmeldung geben',
  issuer: { id: 'did:example:school', type: ['Profile'], name: 'Hill School' },
  validFrom: '2029-01-01T00:00:00Z',
  credentialSubject: {
    id: 'did:example:teacher',
    type: ['AchievementSubject'],
    achievement: {
      id: 'urn:uuid:1f6f2c0e-52a1-4cf7-8a3f-7d1b9b0c4e55',
      type: ['Achievement'],
      name: 'Giving Feedback',
      description: 'Gives feedback that helps.',
      criteria: { narrative: 'Three observed conversations.' },
    },
  },
}

export interface TestSigner {
  readonly signer: Signer
  readonly key: ResolvedKey
}

/** A fresh key of this algorithm, which is its own identifier. */
export async function makeSigner(algorithm: KeyAlgorithm): Promise<TestSigner> {
  const { key } = expectKey(readPrivateJwk(await cryptoPlatform().generateKey(algorithm)), 'the new key')
  const signer = await createLocalSigner({ key }, cryptoPlatform(), webCryptoPlatform)
  const { did, verificationMethod } = didOf(signer.publicKey)
  return {
    signer,
    key: {
      id: verificationMethod,
      controller: did,
      purposes: ['assertionMethod'],
      publicJwk: signer.publicKey,
      evidence: { method: verificationMethod },
    },
  }
}

/** What a suite made, taken apart as a verifier does. */
export interface Signed {
  readonly secured: JsonObject
  readonly document: JsonObject
  readonly proof: JsonObject
}

export const CREATED = new Date(NOW)

/** prepare, sign, complete. */
export async function signWith(
  suite: ProofSuite,
  document: object,
  { signer }: TestSigner,
  options: ProofOptions = {},
): Promise<Signed> {
  const { algorithm, verificationMethod } = signer
  const prepared = await answerOf(
    () =>
      suite.prepare(
        document,
        { ...options, verificationMethod, purpose: 'assertionMethod', created: CREATED, algorithm },
        makeContext(),
      ),
    'prepare answers what to sign',
  )
  demand(prepared.data instanceof Uint8Array, `data is a Uint8Array, not ${printableValue(prepared.data)}`)
  const signature = await signer.sign(prepared.data)
  const secured = (await answerOf(
    () => prepared.complete(signature),
    'complete answers the document with its proof',
  )) as JsonObject
  return takeApart(secured)
}

export function takeApart(secured: JsonObject): Signed {
  const { proof, ...document } = secured
  if (typeof proof !== 'object' || proof === null || Array.isArray(proof))
    throw new ContractViolation(`a document that had no proof has one now, an object: it is ${printableValue(proof)}`)
  return { secured, document, proof: proof as JsonObject }
}

/** A disclosure of nothing but what is mandatory, where the suite discloses selectively: its base proofs are for holders only. */
export async function presentable(suite: ProofSuite, signed: Signed): Promise<Signed> {
  if (suite.derive === undefined) return signed
  const derived = await suite.derive(signed.document, signed.proof as unknown as Proof, [], makeContext())
  return takeApart(derived as JsonObject)
}

export async function verifyWith(
  suite: ProofSuite,
  { document, proof }: Pick<Signed, 'document' | 'proof'>,
  { key }: TestSigner,
): Promise<readonly Finding<'proof'>[]> {
  const findings = await answerOf(
    () => suite.verify(document, proof as unknown as Proof, key, makeContext()),
    'verify answers findings, whatever it is given',
  )
  demand(
    Array.isArray(findings) && findings.length > 0,
    `verify answers at least one finding, not ${printableValue(findings)}`,
  )
  return findings
}
