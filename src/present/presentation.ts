/**
 * Presentations: VCDM 2.0 section 4.13. A holder wraps credentials and proves with a key of theirs who presents them, to whom.
 *
 * @module
 */
import { analyze } from '../canonical/analyze.js'
import { UsageError } from '../errors.js'
import type { Json, JsonObject } from '../internal/types.js'
import { plain } from '../model/parse.js'
import type { Proof, SecuredCredential, VerifiableCredential, VerifiablePresentation } from '../model/types.js'
import { writeModel } from '../model/write.js'
import { refuseProblems } from '../proof/problems.js'
import { checkSigner, chooseSuite, type SignSettings, signBytes } from '../proof/signing.js'

/** Who presents what. */
export interface PresentationInput {
  readonly id?: string
  /** Who presents: the DID or URL whose key will sign. */
  readonly holder: string
  /** Embedded credentials as they are, JWTs as text. */
  readonly credentials: readonly SecuredCredential<VerifiableCredential>[]
}

/** A presentation with the proof of its holder. */
export type SignedPresentation = VerifiablePresentation & { readonly proof: Proof | readonly Proof[] }

/** A presentation that is not signed yet. JWTs go into envelopes (VCDM 2.0 section 4.13.1). Throws ParseError, UsageError. */
export function makePresentation({ id, holder, credentials }: PresentationInput): VerifiablePresentation {
  if (!Array.isArray(credentials) || credentials.length === 0)
    throw new UsageError('usage.invalid_option', '"credentials" is empty: there is nothing to present')
  return write(holder, credentials, id)
}

/** Of a holder who may only say who they are: without credentials it is the answer to DIDAuthentication. Throws ParseError. */
export function holderPresentation(
  holder: string,
  credentials: readonly SecuredCredential<VerifiableCredential>[],
): VerifiablePresentation {
  return write(holder, credentials)
}

function write(
  holder: string,
  credentials: readonly SecuredCredential<VerifiableCredential>[],
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
function enclose(credential: SecuredCredential<VerifiableCredential>): Json {
  if (typeof credential !== 'string') return plain(credential, 'credential')
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['EnvelopedVerifiableCredential'],
    id: `data:application/vc+jwt,${credential}`,
  }
}

/** The holder's proof: `authentication`, with the challenge and domain the verifier asked for. */
export async function signPresentationOnce(
  presentation: VerifiablePresentation,
  settings: SignSettings,
): Promise<SignedPresentation> {
  const document = plain(presentation, 'presentation') as JsonObject
  checkSigner(settings.signer, document.holder, 'holder')
  writeModel(document, 'presentation')
  const { signer, proof, now, context } = settings
  const { problems } = await analyze(document, context)
  if (problems.length > 0) throw refuseProblems(problems)
  const prepared = await chooseSuite(settings).prepare(
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
