/**
 * The public functions with their defaults. Signing. Here, and nowhere below, clock, randomness, network and caches come from
 * the platform.
 *
 * @module
 */

import { invalidOption, missingOption } from '../errors.js'
import {
  anything,
  arrayOf,
  date,
  having,
  type Members,
  oneOf,
  record,
  shape,
  signal,
  text,
} from '../internal/members.js'
import type { Optional } from '../internal/types.js'
import { signEmbedded, signJwt } from '../issue/sign-credential.js'
import type { Signer } from '../keys/signer.js'
import type {
  SignedCredential,
  VerifiableCredential,
  VerifiableCredentialV1,
  VerifiablePresentation,
  VerifiablePresentationV1,
} from '../model/types.js'
import {
  makePresentation,
  type PresentationInput,
  type SignedPresentation,
  signPresentationJwt,
  signPresentationOnce,
} from '../present/presentation.js'
import { defaultSuites } from '../proof/default-suites.js'
import type { JwtShape, PresentationJwtShape } from '../proof/jwt-shapes.js'
import type { SignSettings } from '../proof/signing.js'
import { PROOF_OPTIONS, type ProofOptions, type ProofSuite, proofSuite } from '../proof/suite.js'
import { demandOptions } from '../report/demand-options.js'
import type { Limits } from '../report/limits.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import { lazyLoader, now, readLimits, signingCache } from './platform.js'

/** With which key to sign, and how. */
export interface SignOptions {
  readonly signer: Signer
  /** The name of the suite, for embedded proofs. Default: `eddsa-rdfc-2022` for Ed25519, `ecdsa-rdfc-2019` for P-256 and P-384. */
  readonly suite?: string | undefined
  /**
   * Instead of `suite`, for readers that know nothing newer: the name of a legacy suite, `Ed25519Signature2020`. The document needs
   * its context, https://w3id.org/security/suites/ed25519-2020/v1. Default: none.
   */
  readonly legacySuite?: string | undefined
  /** Default: now. It becomes the proof's `created`. */
  readonly now?: Date | undefined
  readonly proof?: ProofOptions | undefined
  /** Default: all of `badgewright/suites`. */
  readonly suites?: readonly ProofSuite[] | undefined
  /** For contexts that are not bundled. Default: `createLoader()`. */
  readonly loader?: DocumentLoader | undefined
  readonly limits?: Optional<Limits> | undefined
  readonly signal?: AbortSignal | undefined
}

/** With a proof inside, or as a compact JWS. */
export type SignFormat = 'embedded' | 'jwt'

const SIGN: Members<SignOptions> = {
  // Judged in signSettings.
  signer: anything,
  suite: text,
  legacySuite: text,
  now: date,
  proof: shape(PROOF_OPTIONS),
  suites: arrayOf(proofSuite),
  loader: having('load'),
  limits: record,
  signal,
}
/** `anything` is judged in signCredential and shapeJwt. */
const SIGN_CREDENTIAL = { ...SIGN, format: anything, jwt: anything }
const SIGN_PRESENTATION = { ...SIGN, format: oneOf('embedded', 'jwt'), jwt: oneOf('vp+jwt', 'vp-claim') }

/** Signers whose first signature has been verified. An entry goes with its signer. */
const provenSigners = new WeakSet<Signer>()

/**
 * Signs a credential: with an embedded proof (VC Data Integrity 1.0), or with `format: 'jwt'` as a compact JWS, in the shape that
 * `jwt` names; default `open-badges` (Open Badges 3.0 section 8.2). It is validated first: what breaks the model, or has a member that no context defines, is never signed.
 *
 * A VCDM 1.1 credential is signed as it is, with its own names; for an embedded proof the context of Data Integrity is added where none of its contexts defines
 * what a proof says. A VCDM 2.0 credential is signed in the strict form: shorthands are written out.
 *
 * Throws ParseError (the credential, with each place), UsageError `usage.signer_not_issuer` (the signer's key cannot belong to
 * `issuer.id`), `usage.unknown_suite`, `usage.suite_not_for_key`, `usage.legacy_suite`, and SigningError `sign.failed`, `sign.wrong_key` (the key).
 */
export async function signCredential<
  C extends VerifiableCredential | VerifiableCredentialV1,
  Format extends SignFormat = 'embedded',
>(
  credential: C,
  options: SignOptions & { readonly format?: Format | undefined; readonly jwt?: JwtShape | undefined },
): Promise<Format extends 'jwt' ? string : SignedCredential<C>> {
  demandOptions(options, SIGN_CREDENTIAL)
  const { format = 'embedded', jwt } = options ?? {}
  if (format !== 'embedded' && format !== 'jwt') throw invalidOption('format', 'is "embedded" or "jwt"')
  if (format === 'embedded' && jwt !== undefined) throw invalidOption('jwt', 'is for format: "jwt"')
  const settings = signSettings(options)
  const signed = format === 'jwt' ? signJwt(credential, settings, jwt) : signEmbedded(credential, settings)
  return signed as Promise<never>
}

/**
 * A presentation of credentials, not signed yet: embedded ones as they are, JWTs in envelopes. VCDM 2.0 section 4.13.
 *
 * Throws ParseError, UsageError `usage.invalid_option`.
 */
export function createPresentation(input: PresentationInput): VerifiablePresentation {
  return makePresentation(input)
}

/**
 * The holder's proof over a presentation: give the verifier's `challenge` and `domain` in `proof`. With `format: 'jwt'` it is a compact JWS in the shape that
 * `jwt` names, by default `vp+jwt` (VC-JOSE-COSE section 3.1.2), which has them as `nonce` and `aud`, and `proof.expires` as `exp`. A VCDM 1.1 presentation is
 * signed as it is, as JWT with `jwt: 'vp-claim'`.
 *
 * Throws as signCredential does; UsageError `usage.signer_not_holder` where the key cannot belong to `holder`.
 */
export async function signPresentation<Format extends SignFormat = 'embedded'>(
  presentation: VerifiablePresentation | VerifiablePresentationV1,
  options: SignOptions & { readonly format?: Format | undefined; readonly jwt?: PresentationJwtShape | undefined },
): Promise<Format extends 'jwt' ? string : SignedPresentation> {
  demandOptions(options, SIGN_PRESENTATION)
  const { format = 'embedded', jwt } = options ?? {}
  if (format === 'embedded' && jwt !== undefined) throw invalidOption('jwt', 'is for format: "jwt"')
  const settings = signSettings(options)
  const signed =
    format === 'jwt' ? signPresentationJwt(presentation, settings, jwt) : signPresentationOnce(presentation, settings)
  return signed as Promise<never>
}

/** What signing works with, completed by what comes from the platform. */
export function signSettings(options: SignOptions): SignSettings {
  const { signer, suite, legacySuite, proof, suites, loader, limits, signal } = options ?? {}
  if (typeof signer?.sign !== 'function') throw missingOption('signer', 'is missing: make one with createSigner')
  signal?.throwIfAborted()
  const time = options.now ?? now()
  return {
    signer,
    suites: suites ?? defaultSuites(),
    now: time,
    proven: provenSigners,
    context: {
      now: time,
      loader: loader ?? lazyLoader(),
      cache: signingCache(),
      limits: readLimits(limits),
      memo: new WeakMap(),
      ...(signal === undefined ? {} : { signal }),
    },
    ...(suite === undefined ? {} : { suite }),
    ...(legacySuite === undefined ? {} : { legacySuite }),
    ...(proof === undefined ? {} : { proof }),
  }
}
