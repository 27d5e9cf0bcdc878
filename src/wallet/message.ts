/**
 * What reaches a wallet besides credentials: invitations, requests and offers, as JSON or inside a link. They name what somebody
 * wants; nothing here is believed, and nothing is fetched.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'

/**
 * - `credential-request`: a badge waits at `requestUrl`, for whoever sends a presentation there that answers `challenge`
 *   (Learner Credential Wallet, "deep link").
 * - `interaction`: protocols that may be spoken, each with its URL; `vcapi` is an exchange (VCALM, "Interaction Protocols Response").
 * - `interaction-url`: where that list is to be had by GET (VCALM, "Interaction URL Format").
 * - `presentation-request`: somebody asks for badges. `answerRequest` answers.
 * - `openid4vci-offer`: an offer of OpenID for Verifiable Credential Issuance, which is recognized and not spoken here.
 */
export type WalletMessage =
  | {
      readonly kind: 'credential-request'
      /** As the link says: a name out of a registry, or a URL. Proves nothing. */
      readonly issuer: string
      /** https. Where the presentation is sent (POST) and the badge is had in return. */
      readonly requestUrl: string
      readonly challenge?: string
      /** `bearer`: the challenge is all that is needed. `code`: the holder signs in with the issuer first (the link's default). */
      readonly authType: 'bearer' | 'code'
    }
  | {
      readonly kind: 'interaction'
      /** By the names of the protocols: `vcapi`, `OID4VCI`, `OID4VP`, `inviteRequest`. Those with https URLs, and openid links. */
      readonly protocols: Readonly<Record<string, string>>
      /** Who says that it asks. Proves nothing. */
      readonly origin?: string
    }
  | { readonly kind: 'interaction-url'; readonly url: string }
  | {
      readonly kind: 'presentation-request'
      /** For `parseRequest`, which judges it. */
      readonly request: JsonObject
      readonly origin?: string
    }
  | {
      readonly kind: 'openid4vci-offer'
      readonly credentialIssuer?: string
      /** Where the offer is to be had. https. */
      readonly offerUrl?: string
    }

/** The kinds of messages that a wallet tells apart. */
export type WalletMessageKind = WalletMessage['kind']

/** What a JSON object is to a wallet, by its members. `credentials`: values that hold credentials, with their pointers. */
export type Contents =
  | { readonly is: 'message'; readonly message: WalletMessage }
  | { readonly is: 'credentials'; readonly parts: readonly (readonly [pointer: string, part: Json])[] }
  | { readonly is: 'envelope'; readonly url: string; readonly pointer: string }
  | { readonly is: 'unsupported'; readonly what: string }
  | { readonly is: 'older' }
  | { readonly is: 'credential' }
  /** A credential that lacks its type, or something else. */
  | { readonly is: 'unknown' }

/** One value or several; none where there is nothing. */
export const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value]

export const typesOf = (document: JsonObject): readonly Json[] => listOf(document.type ?? document['@type'])

/** Open Badges 2.0 section 4: the context of what has neither proof nor credential. */
const OLDER_CONTEXT = /^https?:\/\/(?:w3id\.org\/openbadges\/v[12]|purl\.imsglobal\.org\/spec\/ob\/v2p\d\b)/

/** Is it an Open Badges 2.0 document, or an older one? */
export const isOlder = (document: JsonObject): boolean =>
  listOf(document['@context']).some((context) => typeof context === 'string' && OLDER_CONTEXT.test(context))
