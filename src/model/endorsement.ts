/**
 * What somebody says about an achievement, a profile or a credential: Open Badges 3.0 appendix B.1, classes
 * EndorsementCredential and EndorsementSubject.
 *
 * @module
 */
import type { OpenBadgeContexts } from './contexts.js'
import type { RefreshService, VerifiableCredential } from './credential.js'
import type { Evidence } from './evidence.js'
import type { Profile } from './profile.js'

/** Open (VCDM 2.0 section 5.2). */
export interface EndorsementCredential extends VerifiableCredential {
  readonly '@context': OpenBadgeContexts
  /** Absolute URI. */
  readonly id: string
  /** Contains `VerifiableCredential` and `EndorsementCredential`. */
  readonly type: readonly string[]
  readonly name: string
  readonly description?: string
  readonly credentialSubject: EndorsementSubject
  /** RFC 3339. */
  readonly awardedDate?: string
  readonly evidence?: readonly Evidence[]
  readonly issuer: string | Profile
  readonly validFrom: string
  readonly refreshService?: RefreshService
}

/** Open. */
export interface EndorsementSubject {
  /** What is endorsed: the id of an achievement, a profile or a credential. */
  readonly id: string
  /** Contains `EndorsementSubject`. */
  readonly type: readonly string[]
  /** Markdown. */
  readonly endorsementComment?: string
}
