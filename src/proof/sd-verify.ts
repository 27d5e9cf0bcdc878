/**
 * Verifying derived proofs: vc-di-ecdsa sections 3.5.9 and 3.6.7.
 *
 * @module
 */
import { analyze } from '../canonical/analyze.js'
import { canonicalForm } from '../canonical/canonicalize.js'
import type { Dataset } from '../canonical/dataset.js'
import type { CanonicalContext } from '../canonical/types.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import { algorithmOf } from '../keys/jwk.js'
import type { Proof } from '../model/types.js'
import { cryptoPlatform } from '../platform/crypto.js'
import { type Finding, finding } from '../report/check.js'
import type { ResolvedKey } from '../resolve/key-resolver.js'
import { proofConfiguration } from './data-integrity.js'
import { canonicalizationFinding, problemFinding } from './problems.js'
import { importProofKey, type StatementVerifier } from './sd-key.js'
import { type DerivedProofValue, kindOfProofValue, readDerivedProofValue } from './sd-proof-value.js'
import { signData } from './sd-sign-data.js'
import { canonicalNumber, type Labels, statementsOf } from './sd-statements.js'

const VALUE = { pointer: '/proof/proofValue' }

export async function verifyDerivedProof(
  input: object,
  proof: Proof,
  key: ResolvedKey,
  context: CanonicalContext,
): Promise<readonly Finding<'proof'>[]> {
  if (kindOfProofValue(proof.proofValue) === 'base')
    return [
      finding(
        'proof.not_derived',
        'this is the base proof, which is for the holder alone: the holder derives from it what verifiers are shown',
        VALUE,
      ),
    ]
  const algorithm = algorithmOf(key.publicJwk)
  if (algorithm !== 'ES256')
    return [
      finding('proof.mismatch', `a key for ${algorithm} cannot have made a proof of ecdsa-sd-2023`, {
        evidence: { key: key.id },
      }),
    ]
  const value = readDerivedProofValue(proof.proofValue, context.limits.documentBytes)
  if (typeof value === 'string') return [finding('proof.malformed', `"proofValue": ${value}`, VALUE)]

  const document = input as JsonObject
  const ofDocument = await analyze(document, context)
  const ofProof = await analyze(proofConfiguration(document, proof as unknown as JsonObject, context), context)
  const problems = [
    ...ofDocument.problems,
    ...ofProof.problems.map((each) => ({ ...each, pointer: `/proof${each.pointer}` })),
  ]
  if (problems.length > 0 || ofDocument.dataset === undefined || ofProof.dataset === undefined)
    return problems.map(problemFinding)
  try {
    return await verifyDatasets(ofDocument.dataset, ofProof.dataset, value, key, context)
  } catch (error) {
    return [canonicalizationFinding(error)]
  }
}

/** Throws CanonicalizationError. */
async function verifyDatasets(
  document: Dataset,
  options: Dataset,
  { baseSignature, publicKey, signatures, ...value }: DerivedProofValue,
  key: ResolvedKey,
  { limits, concurrent, budget }: CanonicalContext,
): Promise<readonly Finding<'proof'>[]> {
  const settings = { hash: 'SHA-256', maxSteps: limits.canonicalSteps, budget } as const
  const { identifiers, nquads } = canonicalForm(document, settings)
  const count = nquads.split('\n').length - 1
  if (signatures.length + value.mandatoryIndexes.length !== count)
    return [
      mismatch(
        `the proof is about ${signatures.length + value.mandatoryIndexes.length} statements, and the credential makes ${count}: it was changed after it was signed, or derived`,
        key,
      ),
    ]
  const beyond = value.mandatoryIndexes.find((index) => index >= count)
  if (beyond !== undefined)
    return [finding('proof.malformed', `"proofValue": there is no statement with the index ${beyond}`, VALUE)]
  const labels = labelsOf(identifiers, value.labels)
  if (labels === undefined)
    return [finding('proof.malformed', '"proofValue" has not one label for each blank node of what is revealed', VALUE)]
  const verify = await importProofKey(publicKey)
  if (verify === undefined)
    return [finding('proof.malformed', '"proofValue": the public key in it is not a point of P-256', VALUE)]

  const isMandatory = new Set(value.mandatoryIndexes)
  const mandatory: string[] = []
  const others: string[] = []
  for (const [index, each] of statementsOf(document, labels).entries())
    (isMandatory.has(index) ? mandatory : others).push(each)
  // The issuer's signature first: what the issuer did not sign is not worth a thousand more verifications.
  const data = signData(canonicalForm(options, settings).nquads, publicKey, mandatory)
  const platform = cryptoPlatform()
  const imported = (key.imported ?? (await platform.importPublicKey('ES256', key.publicJwk))) as object
  const isSigned = await platform.verify('ES256', imported, data, baseSignature, concurrent)
  if (!isSigned || !(await verifyAll(others, signatures, verify)))
    return [
      mismatch(
        'a signature does not match: the credential was changed after it was signed, or signed with another key',
        key,
      ),
    ]
  return [
    finding('proof.verified', 'the ecdsa-sd-2023 proof verifies; its holder may have withheld what is not mandatory', {
      evidence: { key: key.id, suite: 'ecdsa-sd-2023' },
    }),
  ]
}

/** "createLabelMapFunction". Exactly one for each: a label too many is of no use to anybody honest. */
function labelsOf(identifiers: readonly (string | undefined)[], map: ReadonlyMap<number, Bytes>): Labels | undefined {
  const labels = identifiers.map((each) => (each === undefined ? undefined : map.get(canonicalNumber(each))))
  const isComplete = labels.every((label, node) => label !== undefined || identifiers[node] === undefined)
  return isComplete && labels.filter((label) => label !== undefined).length === map.size ? labels : undefined
}

async function verifyAll(
  statements: readonly string[],
  signatures: readonly Bytes[],
  verify: StatementVerifier,
): Promise<boolean> {
  for (const [index, each] of statements.entries()) if (!(await verify(each, signatures[index] as Bytes))) return false
  return true
}

const mismatch = (message: string, { id }: ResolvedKey): Finding<'proof'> =>
  finding('proof.mismatch', message, { evidence: { key: id } })
