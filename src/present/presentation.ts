/**
 * Presentations: VCDM 2.0 section 4.13. A holder wraps credentials and proves with a key of theirs who presents them, to whom.
 *
 * @module
 */
import { analyze, findProblems } from '../canonical/analyze.js'
import { invalidOption, UsageError } from '../errors.js'
import { anything, type Members, text } from '../internal/members.js'
import type { Json } from '../internal/types.js'
import { plain, plainObject } from '../model/parse.js'
import { withoutJwts } from '../model/presented.js'
import type {
  Proof,
  SecuredCredential,
  VerifiableCredential,
  VerifiableCredentialV1,
  VerifiablePresentation,
  VerifiablePresentationV1,
} from '../model/types.js'
import { writeModel } from '../model/write.js'
import { type PresentationJwtShape, shapePresentationJwt } from '../proof/jwt-shapes.js'
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
import { demandOptions } from '../report/demand-options.js'

/** Who presents what. */
export interface PresentationInput {
  readonly id?: string | undefined
  /** Who presents: the DID or URL whose key will sign. */
  readonly holder: string
  /** Embedded credentials as they are, JWTs as text. */
  readonly credentials: readonly SecuredCredential<VerifiableCredential | VerifiableCredentialV1>[]
}

/** A presentation with the proof of its holder. */
export type SignedPresentation = VerifiablePresentation & { readonly proof: Proof | readonly Proof[] }

/** `anything` is judged in words of its own. */
const PRESENTATION: Members<PresentationInput> = { id: text, holder: text, credentials: anything }

/** A presentation that is not signed yet. JWTs go into envelopes (VCDM 2.0 section 4.13.1). Throws ParseError, UsageError. */
export function makePresentation(input: PresentationInput): VerifiablePresentation {
  demandOptions(input, PRESENTATION, { required: ['holder'] })
  const { id, holder, credentials } = input
  if (!Array.isArray(credentials) || credentials.length === 0)
    throw invalidOption('credentials', 'is empty: there is nothing to present')
  return write(holder, credentials, id)
}

/** For a holder who may only say who they are: without credentials it is the answer to DIDAuthentication. Throws ParseError. */
export function holderPresentation(
  holder: string,
  credentials: readonly SecuredCredential<VerifiableCredential>[],
): VerifiablePresentation {
  return write(holder, credentials)
}

function write(
  holder: string,
  credentials: readonly SecuredCredential<VerifiableCredential | VerifiableCredentialV1>[],
  id?: string,
): VerifiablePresentation {
  const document: Record<string, Json> = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    ...(id === undefined ? {} : { id }),
    type: ['VerifiablePresentation'],
    holder,
    ...(credentials.length === 0 ? {} : { verifiableCredential: credentials.map(enclose) }),
  }
  writeModel(document, 'presentation')
  return document as unknown as VerifiablePresentation
}

/** What is presented is not rewritten: its proof covers it as it is. */
function enclose(credential: SecuredCredential<VerifiableCredential | VerifiableCredentialV1>): Json {
  if (typeof credential !== 'string') return plain(credential, 'credential')
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['EnvelopedVerifiableCredential'],
    id: `data:application/vc+jwt,${credential}`,
  }
}

/**
 * As a compact JWS: VC-JOSE-COSE section 3.1.2. What `proof` holds for the verifier become claims; what only an embedded proof can say is refused. Throws as
 * `signPresentationOnce` does.
 */
export async function signPresentationJwt(
  presentation: VerifiablePresentation | VerifiablePresentationV1,
  settings: SignSettings,
  shape: PresentationJwtShape = 'vp+jwt',
): Promise<string> {
  const { proof = {}, signer, now, context } = settings
  refuseEmbedding(settings)
  const { challenge, domain, expires, ...embedded } = proof
  for (const [name, value] of Object.entries(embedded))
    if (value !== undefined) throw invalidOption(`proof.${name}`, 'is for embedded proofs: a JWT has no place for it')
  const document = plainObject(presentation, 'presentation')
  checkSigner(signer, document.holder, 'holder')
  writeModel(document, 'presentation')
  const problems = await findProblems(withoutJwts(document), context)
  if (problems.length > 0) throw refuseProblems(problems)
  if (document.proof !== undefined)
    throw new UsageError(
      'usage.already_signed',
      'the presentation has a "proof": sign it without, as a JWT secures all of it',
    )
  const answer = {
    now,
    ...(challenge === undefined ? {} : { challenge }),
    ...(domain === undefined ? {} : { domain }),
    ...(expires === undefined ? {} : { expires }),
  }
  return signCompactJws(shapePresentationJwt(document, shape, answer), settings)
}

/** The holder's proof: `authentication`, with the challenge and domain the verifier asked for. */
export async function signPresentationOnce(
  presentation: VerifiablePresentation | VerifiablePresentationV1,
  settings: SignSettings,
): Promise<SignedPresentation> {
  const given = plainObject(presentation, 'presentation')
  checkSigner(settings.signer, given.holder, 'holder')
  writeModel(given, 'presentation')
  const { signer, proof, now, context } = settings
  const suite = chooseSuite(settings)
  const document = await withProofContext(given, suite, settings)
  const { problems } = await analyze(document, context)
  if (problems.length > 0) throw refuseProblems(problems)
  const prepared = await suite.prepare(
    document,
    {
      ...proof,
      verificationMethod: signer.verificationMethod,
      purpose: 'authentication',
      created: now,
      algorithm: signer.algorithm,
    },
    context,
  )
  return prepared.complete(await signBytes(prepared.data, settings)) as SignedPresentation
}
