/**
 * Presentations: VCDM 2.0 sections 4.13 and 4.12.
 *
 * @module
 */
import type { ContextEntry, CredentialContexts, VC_V1, VC_V2 } from './contexts.js'
import type { TermsOfUse, VerifiableCredential } from './credential.js'
import type { Proof } from './proof.js'

/** Open (VCDM 2.0 section 5.2). */
export interface VerifiablePresentation {
  readonly '@context': CredentialContexts
  readonly id?: string
  /** Contains `VerifiablePresentation`. */
  readonly type: readonly string[]
  /** Who presents: a URI, or an object with one. */
  readonly holder?: string | PresentationHolder
  /** A string is a compact JWS: VCDM 1.1 only, VCDM 2.0 envelopes them. */
  readonly verifiableCredential?: readonly (VerifiableCredential | EnvelopedVerifiableCredential | string)[]
  readonly termsOfUse?: readonly TermsOfUse[]
  readonly proof?: Proof | readonly Proof[]
}

/** A VCDM 1.1 presentation, to be signed as it is for readers of that version: section 4.10. Open. */
export interface VerifiablePresentationV1 {
  readonly '@context': readonly [typeof VC_V1, ...ContextEntry[]]
  readonly id?: string
  /** Contains `VerifiablePresentation`. */
  readonly type: readonly string[]
  readonly holder?: string
  /** Embedded ones as they are, JWTs as text. */
  readonly verifiableCredential?: readonly (object | string)[]
}

/** Open. */
export interface PresentationHolder {
  readonly id: string
}

/** A credential that is secured by an envelope, here a JWT, in a data URL. VCDM 2.0 section 4.13.1. Open. */
export interface EnvelopedVerifiableCredential {
  readonly '@context': readonly [typeof VC_V2, ...(typeof VC_V2)[]]
  /** `data:application/vc+jwt,...` */
  readonly id: string
  /** Contains `EnvelopedVerifiableCredential`. */
  readonly type: readonly string[]
}
