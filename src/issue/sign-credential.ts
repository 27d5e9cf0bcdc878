/**
 * Signs a credential, embedded or as a JWT. It is validated first: what a strict verifier would refuse is never signed.
 *
 * @module
 */
import { analyze, findProblems } from '../canonical/analyze.js'
import type { JsonLdProblem } from '../canonical/types.js'
import { UsageError } from '../errors.js'
import { encodeBase64url } from '../internal/base64url.js'
import type { JsonObject } from '../internal/types.js'
import { credentialKind } from '../model/credential-kind.js'
import { plain } from '../model/parse.js'
import { listProofs } from '../model/proof-list.js'
import type { SignedCredential, VerifiableCredential } from '../model/types.js'
import { writeModel } from '../model/write.js'
import { signingBytes, signingInput } from '../proof/jws.js'
import { type JwtShape, shapeJwt } from '../proof/jwt-shapes.js'
import { refuseProblems } from '../proof/problems.js'
import { checkSigner, chooseSuite, type SignSettings, signBytes } from '../proof/signing.js'

/** With a proof inside. Throws ParseError (the credential), UsageError (options, signer), SigningError (the key). */
export async function signEmbedded<C extends VerifiableCredential>(
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
  credential: VerifiableCredential,
  settings: SignSettings,
  shape: JwtShape = 'open-badges',
): Promise<string> {
  const { signer, suite, legacySuite, proof } = settings
  if (suite !== undefined || legacySuite !== undefined)
    throw new UsageError(
      'usage.invalid_option',
      '"suite" is for embedded proofs: a JWT is signed with the algorithm of its key',
    )
  if (proof !== undefined)
    throw new UsageError('usage.invalid_option', '"proof" is for embedded proofs: a JWT has none of these members')
  const document = writeDocument(credential, settings)
  // What is signed is the JSON, so no quads are needed.
  const problems = findProblems(document, settings.context)
  demandMeaning(problems instanceof Promise ? await problems : problems)
  if (document.proof !== undefined)
    throw new UsageError(
      'usage.already_signed',
      'the credential has a "proof": sign it without, as a JWT secures all of it',
    )
  const { header, payload } = shapeJwt(document, shape)
  const input = signingInput({ alg: signer.algorithm, ...header, kid: signer.verificationMethod }, payload)
  const signature = await signBytes(signingBytes(input), settings)
  return `${input}.${encodeBase64url(signature)}`
}

/** The strict written form, every term defined, by an issuer the signer can speak for. */
export async function prepareDocument(credential: VerifiableCredential, settings: SignSettings): Promise<JsonObject> {
  const document = writeDocument(credential, settings)
  const { problems } = await analyze(document, settings.context)
  demandMeaning(problems)
  return document
}

function writeDocument(credential: VerifiableCredential, { signer }: SignSettings): JsonObject {
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
