/**
 * JSON that is no badge, by what it is, with the way out.
 *
 * @module
 */
import { isObject, listOf } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { holderOf } from './holder.js'

/** What it is, and the way out. Undefined where it is nothing that is known by its members. */
export function notABadge(document: JsonObject): string | undefined {
  const holder = holderOf(document)
  if (holder === undefined) return other(document)
  const { what, parts } = holder
  if (parts.length === 0) return `this is ${what}, and there is no credential in it`
  const places = parts.slice(0, 3).map(([place]) => place)
  const more = parts.length > places.length ? `, and ${parts.length - places.length} more` : ''
  return `this is ${what}, which holds credentials: give what stands at ${places.join(', ')}${more}, or all of it to importBadges`
}

const OFFER = 'an offer of OpenID4VCI: open it with a wallet, and give what the issuer answers it'
const LATER = 'an answer of OpenID4VCI that the credential is not ready: the wallet has to ask again'
const CASE = 'a framework in CASE, which readCase reads (badgewright framework)'

/** By a member, and sometimes what must be in it. */
const OTHERS: readonly (readonly [
  member: string,
  what: string,
  judge?: (value: Json, document: JsonObject) => boolean,
])[] = [
  ['credential_configuration_ids', OFFER],
  ['credential_configurations_supported', 'what an issuer of OpenID4VCI says of itself: ask it for the credential'],
  ['credential_issuer', OFFER],
  ['transaction_id', LATER, (_, document) => document.credential === undefined],
  ['acceptance_token', LATER, (_, document) => document.credential === undefined],
  [
    'c_nonce',
    'a nonce of OpenID4VCI: ask for the credential with it',
    (_, document) => Object.keys(document).every((name) => name.startsWith('c_nonce')),
  ],
  [
    'envelope_type',
    'an envelope of the Credential Registry, which holds a description in CTDL and no credential: give its "decoded_resource" to readCtdlAsn (badgewright framework)',
  ],
  [
    'status_list',
    'a status list of the IETF (Token Status List), and it is not read: ask for a BitstringStatusListCredential',
    isObject,
  ],
  ['encodedList', 'the subject of a status list: give the credential around it', isText],
  ['CFPackage', CASE],
  ['CFDocument', CASE],
  ['CFItems', CASE],
  ['verificationMethod', 'a document of an issuer with its keys (a DID document): give the badge', isList],
  ['keys', "an issuer's keys (a JWK set): give the badge", isList],
  ['kty', 'a key (a JWK): give the badge', isText],
  ['access_token', 'an answer of OAuth with an access token: ask the issuer for the badge with it', isText],
  ['revokedCredential', 'a revocation list of 1EdTech: give the badge', isList],
  ['revokedAssertions', 'a revocation list of Open Badges 2.0: give the badge', isList],
]

const BY_TYPE: Readonly<Record<string, string>> = {
  Achievement: 'an achievement, which says what a badge is for: give the badge, which says who has it and is signed',
  Profile: 'the profile of an issuer: give the badge',
  Issuer: 'the profile of an issuer (Open Badges 2.0): give the badge',
  BadgeClass: 'a badge class of Open Badges 2.0, which says what a badge is for: give the badge',
}

function other(document: JsonObject): string | undefined {
  if (document.credentialSubject !== undefined) return undefined
  for (const [member, what, judge = () => true] of OTHERS) {
    const value = document[member]
    if (value !== undefined && value !== null && judge(value, document)) return `this is ${what}`
  }
  const type = listOf(document.type).find((each) => typeof each === 'string' && Object.hasOwn(BY_TYPE, each))
  if (type !== undefined) return `this is ${BY_TYPE[type as string]}`
  const { error, error_description: description, title, status } = document
  // RFC 6749 section 5.2, RFC 9457.
  const says = typeof error === 'string' ? (description ?? error) : typeof status === 'number' ? title : undefined
  return typeof says === 'string'
    ? `this is an error message of a server (${shown(says, 100)}): ask it again`
    : undefined
}

function isList(value: Json): boolean {
  return Array.isArray(value)
}

function isText(value: Json): boolean {
  return typeof value === 'string'
}
