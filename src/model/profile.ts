/**
 * Who issues, creates, endorses, and what they say of each other: Open Badges 3.0 appendix B.1, classes Profile, Address,
 * GeoCoordinates, Image, EndorsementCredential, EndorsementSubject. A profile holds its endorsements and an endorsement the profile of
 * its issuer, so they stand in one file.
 *
 * @module
 */
import type { OpenBadgeContexts } from './contexts.js'
import type { RefreshService, VerifiableCredential } from './credential.js'
import type { Evidence } from './evidence.js'
import type { IdentifierEntry } from './identity.js'

/** An organization or a person. Open (Open Badges 3.0 section 6, extensions). */
export interface Profile {
  /** Absolute URI. */
  readonly id: string
  /** Contains `Profile`. */
  readonly type: readonly string[]
  readonly name?: string
  /** Its homepage. */
  readonly url?: string
  readonly phone?: string
  readonly description?: string
  /** Endorsements of this profile. */
  readonly endorsement?: readonly EndorsementCredential[]
  /** The same, each a compact JWS. */
  readonly endorsementJwt?: readonly string[]
  readonly image?: Image
  readonly email?: string
  readonly address?: Address
  readonly otherIdentifier?: readonly IdentifierEntry[]
  /** If an organization: who may speak for it. */
  readonly official?: string
  readonly parentOrg?: Profile
  readonly familyName?: string
  readonly givenName?: string
  readonly additionalName?: string
  readonly patronymicName?: string
  readonly honorificPrefix?: string
  readonly honorificSuffix?: string
  readonly familyNamePrefix?: string
  /** ISO 8601, `YYYY-MM-DD`. */
  readonly dateOfBirth?: string
}

/** An image by URL or as a data URL. Closed. */
export interface Image {
  readonly id: string
  readonly type: 'Image'
  /** What it shows, for whoever cannot see it. */
  readonly caption?: string
}

/** Open. */
export interface Address {
  /** Contains `Address`. */
  readonly type: readonly string[]
  /** The name of the country. */
  readonly addressCountry?: string
  /** ISO 3166-1 alpha-2. */
  readonly addressCountryCode?: string
  readonly addressRegion?: string
  /** The city. */
  readonly addressLocality?: string
  readonly streetAddress?: string
  readonly postOfficeBoxNumber?: string
  readonly postalCode?: string
  readonly geo?: GeoCoordinates
}

/** WGS 84, degrees. Open. */
export interface GeoCoordinates {
  readonly type: 'GeoCoordinates'
  readonly latitude: number
  readonly longitude: number
}

/** What somebody says about an achievement, a profile or a credential. Open (VCDM 2.0 section 5.2). */
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
