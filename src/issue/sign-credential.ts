/**
 * Signs a credential, embedded or as a JWT. It is validated first: what a strict verifier would refuse is never signed.
 *
 * @module
 */
import { analyze, findProblems } from '../canonical/analyze.js'
import type { JsonLdProblem } from '../canonical/types.js'
import { invalidOption, UsageError } from '../errors.js'
import type { JsonObject } from '../internal/types.js'
import { credentialKind } from '../model/credential-kind.js'
import { plain } from '../model/parse.js'
import { listProofs } from '../model/proof-list.js'
import type { SignedCredential, VerifiableCredential, VerifiableCredentialV1 } from '../model/types.js'
import { versionOf } from '../model/upgrade.js'
import { writeModel } from '../model/write.js'
import { type JwtShape, shapeJwt } from '../proof/jwt-shapes.js'
import { refuseProblems } from '../proof/problems.js'
import { withProofContext } from '../proof/proof-context.js'
import {
  checkSigner,
  chooseSuite,
  refuseEmbedding,
  type SignSettings,
  signBytes,
  signCompactJws,
} from '../proof/signing.js'

type Signable = VerifiableCredential | VerifiableCredentialV1

/** With a proof inside. Throws ParseError (the credential), UsageError (options, signer), SigningError (the key). */
export async function signEmbedded<C extends Signable>(
  credential: C,
  settings: SignSettings,
): Promise<SignedCredential<C>> {
  return (await signDocument(await prepareDocument(credential, settings), settings)) as unknown as SignedCredential<C>
}

/** A document that `prepareDocument` has let pass, or would. */
export async function signDocument(document: JsonObject, settings: SignSettings): Promise<JsonObject> {
  const { signer, context, proof, now } = settings
  const suite = chooseSuite(settings)
  const prepared = await suite.prepare(
    document,
    {
      ...proof,
      verificationMethod: signer.verificationMethod,
      purpose: 'assertionMethod',
      created: now,
      algorithm: signer.algorithm,
    },
    context,
  )
  return listProofs(prepared.complete(await signBytes(prepared.data, settings)) as JsonObject)
}

/** As a compact JWS. Open Badges 3.0 section 8.2. */
export async function signJwt(
  credential: Signable,
  settings: SignSettings,
  shape: JwtShape = 'open-badges',
): Promise<string> {
  const { proof } = settings
  refuseEmbedding(settings)
  if (proof !== undefined) throw invalidOption('proof', 'is for embedded proofs: a JWT has none of these members')
  const document = writeDocument(credential, settings)
  // What is signed is the JSON, so no quads are needed.
  const problems = findProblems(document, settings.context)
  demandMeaning(problems instanceof Promise ? await problems : problems)
  if (document.proof !== undefined)
    throw new UsageError(
      'usage.already_signed',
      'the credential has a "proof": sign it without, as a JWT secures all of it',
    )
  return signCompactJws(shapeJwt(document, shape), settings)
}

/** The strict written form, every term defined, by an issuer the signer can speak for. */
export async function prepareDocument(credential: Signable, settings: SignSettings): Promise<JsonObject> {
  const written = writeDocument(credential, settings)
  const document =
    versionOf(written) === '1.1' ? await withProofContext(written, chooseSuite(settings), settings) : written
  const { problems } = await analyze(document, settings.context)
  demandMeaning(problems)
  return document
}

function writeDocument(credential: Signable, { signer }: SignSettings): JsonObject {
  const draft = plain(credential, 'credential')
  // What is no object at all is the model's to refuse.
  const kind = draft === null ? 'credential' : credentialKind(draft as JsonObject)
  const document = writeModel(draft, kind) as unknown as JsonObject
  checkSigner(signer, document.issuer, 'issuer')
  return document
}

function demandMeaning(problems: readonly JsonLdProblem[]): void {
  if (problems.length > 0) throw refuseProblems(problems)
}
