/**
 * The classes Profile, Image, Address, GeoCoordinates, and EndorsementCredential: a profile has endorsements, an endorsement
 * has an issuer, who is a profile.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { EndorsementCredential, Profile } from '../profile.js'
import {
  closed,
  compactJws,
  date,
  dateTime,
  expecting,
  known,
  link,
  many,
  number,
  only,
  open,
  optional,
  type Schema,
  text,
  token,
  types,
  uri,
} from './blocks.js'
import { openBadgeContexts } from './contexts.js'
import { common, refreshServiceAt } from './credential.js'
import { evidence } from './evidence.js'
import { identifierEntry } from './identity.js'

export const image = closed('Image', { id: uri, type: only('Image'), caption: optional(text) }, { fromId: true })

// The classes below are open: Open Badges 3.0 section 6.
export const geoCoordinates = open('GeoCoordinates', {
  type: only('GeoCoordinates'),
  latitude: number,
  longitude: number,
})

export const address = open('Address', {
  type: types(['Address']),
  addressCountry: optional(text),
  addressCountryCode: optional(token),
  addressRegion: optional(text),
  addressLocality: optional(text),
  streetAddress: optional(text),
  postOfficeBoxNumber: optional(text),
  postalCode: optional(text),
  geo: optional(geoCoordinates),
})

const parentOrg: Schema<Profile> = known(
  z.lazy(() => profile),
  { fromId: true },
)
const nestedEndorsement: Schema<EndorsementCredential> = z.lazy(() => endorsementCredential)
/** The two members of everything that can be endorsed. */
export const endorsements = {
  endorsement: optional(many(nestedEndorsement)),
  endorsementJwt: optional(many(compactJws)),
}

export const profile = open('Profile', {
  id: uri,
  type: types(['Profile']),
  name: optional(text),
  url: optional(link),
  phone: optional(token),
  description: optional(text),
  ...endorsements,
  image: optional(image),
  email: optional(token),
  address: optional(address),
  otherIdentifier: optional(many(identifierEntry)),
  official: optional(text),
  parentOrg: optional(parentOrg),
  familyName: optional(text),
  givenName: optional(text),
  additionalName: optional(text),
  patronymicName: optional(text),
  honorificPrefix: optional(text),
  honorificSuffix: optional(text),
  familyNamePrefix: optional(text),
  dateOfBirth: optional(date),
})

/** The members that both credentials of Open Badges have. */
export const badgeMembers = {
  '@context': openBadgeContexts,
  id: uri,
  description: optional(text),
  awardedDate: optional(dateTime),
  issuer: z.union([uri, profile], expecting('an absolute URI, or a Profile')),
  validFrom: dateTime,
  ...common,
  refreshService: optional(refreshServiceAt),
  evidence: optional(many(evidence)),
}

export const endorsementSubject = open('EndorsementSubject', {
  id: uri,
  type: types(['EndorsementSubject']),
  endorsementComment: optional(text),
})

export const endorsementCredential = open(
  'EndorsementCredential',
  {
    ...badgeMembers,
    type: types(['VerifiableCredential'], ['EndorsementCredential']),
    name: text,
    credentialSubject: endorsementSubject,
  },
  { document: true },
)
