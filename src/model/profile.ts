/**
 * Who issues, creates, endorses: Open Badges 3.0 appendix B.1, classes Profile, Address, GeoCoordinates, and B.1 Image.
 *
 * @module
 */
import type { EndorsementCredential } from './endorsement.js'
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
  /** What it shows, for who cannot see it. */
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
