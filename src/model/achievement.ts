/**
 * What a badge is awarded for: Open Badges 3.0 appendix B.1, classes Achievement, Criteria, Related,
 * AchievementSubject, AchievementCredential.
 *
 * @module
 */
import type { Alignment } from './alignment.js'
import type { OpenBadgeContexts } from './contexts.js'
import type { CredentialStatus, RefreshService, VerifiableCredential } from './credential.js'
import type { Evidence } from './evidence.js'
import type { IdentifierEntry, IdentityObject } from './identity.js'
import type { EndorsementCredential, Image, Profile } from './profile.js'
import type { Result, ResultDescription } from './result.js'
import type { AchievementType, ReadTerm } from './vocabulary.js'

/** Something that can be achieved. Open (Open Badges 3.0 section 6, extensions). */
export interface Achievement {
  /** Absolute URI. */
  readonly id: string
  /** Contains `Achievement`. */
  readonly type: readonly string[]
  readonly name: string
  readonly description: string
  readonly criteria: Criteria
  readonly achievementType?: ReadTerm<AchievementType>
  /** The competencies and standards that it stands for. */
  readonly alignment?: readonly Alignment[]
  readonly creator?: Profile
  readonly creditsAvailable?: number
  readonly endorsement?: readonly EndorsementCredential[]
  /** Endorsements, each a compact JWS. */
  readonly endorsementJwt?: readonly string[]
  readonly fieldOfStudy?: string
  /** The code that people use for it. */
  readonly humanCode?: string
  readonly image?: Image
  /** BCP 47. */
  readonly inLanguage?: string
  readonly otherIdentifier?: readonly IdentifierEntry[]
  readonly related?: readonly Related[]
  readonly resultDescription?: readonly ResultDescription[]
  readonly specialization?: string
  readonly tag?: readonly string[]
  readonly version?: string
}

/** How it is earned: at an URL, in Markdown, or both. Open. */
export interface Criteria {
  readonly id?: string
  /** Markdown. */
  readonly narrative?: string
}

/** A related achievement: another language, another version. Open. */
export interface Related {
  readonly id: string
  /** Contains `Related`. */
  readonly type: readonly string[]
  /** BCP 47. */
  readonly inLanguage?: string
  readonly version?: string
}

/** Who achieved it, and how. Open. It has an `id` or an `identifier`, or a bearer's badge has neither. */
export interface AchievementSubject {
  /** The recipient, e.g. a DID. */
  readonly id?: string
  /** Contains `AchievementSubject`. */
  readonly type: readonly string[]
  readonly achievement: Achievement
  /** RFC 3339. */
  readonly activityEndDate?: string
  /** RFC 3339. */
  readonly activityStartDate?: string
  readonly creditsEarned?: number
  /** The recipient by other identifiers than a URI. */
  readonly identifier?: readonly IdentityObject[]
  readonly image?: Image
  readonly licenseNumber?: string
  /** Markdown. */
  readonly narrative?: string
  readonly result?: readonly Result[]
  readonly role?: string
  /** The person or organization that assessed. */
  readonly source?: Profile
  /** e.g. the academic term. */
  readonly term?: string
}

/** The class AchievementCredential, which everybody calls an Open Badge. Open (VCDM 2.0 section 5.2). */
export interface OpenBadgeCredential extends VerifiableCredential {
  readonly '@context': OpenBadgeContexts
  /** Absolute URI. */
  readonly id: string
  /** Contains `VerifiableCredential`, and `OpenBadgeCredential` or `AchievementCredential`. */
  readonly type: readonly string[]
  readonly name?: string
  readonly description?: string
  readonly image?: Image
  /** RFC 3339: when it was awarded, where that is not `validFrom`. */
  readonly awardedDate?: string
  readonly credentialSubject: AchievementSubject
  /** Endorsements of this credential. */
  readonly endorsement?: readonly EndorsementCredential[]
  /** The same, each a compact JWS. */
  readonly endorsementJwt?: readonly string[]
  readonly evidence?: readonly Evidence[]
  readonly issuer: string | Profile
  readonly validFrom: string
  readonly credentialStatus?: CredentialStatus | readonly CredentialStatus[]
  readonly refreshService?: RefreshService
}

/** The name that the class has in the standard. */
export type AchievementCredential = OpenBadgeCredential
