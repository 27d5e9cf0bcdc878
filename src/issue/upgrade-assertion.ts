/**
 * Open Badges 2.0 to 3.0: an Assertion with its BadgeClass and Profile becomes a credential that is not signed yet. What 3.0 has no
 * place for is listed, and never dropped in silence.
 *
 * @module
 */

import { UsageError } from '../errors.js'
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import { formatDateTime, isDate, parseDateTime } from '../model/date-time.js'
import type { CredentialInput, OpenBadgeCredential } from '../model/types.js'

/** A badge of Open Badges 2.0 in the words of 3.0. */
export interface Upgrade {
  /** To be signed by the issuer. */
  readonly credential: OpenBadgeCredential
  /** What was not carried over, or not as it was. */
  readonly lost: readonly Loss[]
}

/** Something of the old badge that 3.0 has no place for, or that now reads otherwise. */
export interface Loss {
  readonly document: 'assertion' | 'badgeClass' | 'issuer'
  /** RFC 6901, into that document. */
  readonly pointer: string
  /** For people. */
  readonly message: string
}

interface Source {
  readonly name: Loss['document']
  readonly members: JsonObject
  readonly used: Set<string>
}

/**
 * The three documents as they stand, with nothing fetched. Throws UsageError `usage.invalid_assertion` (no such document, or one
 * that names another), `usage.revoked_assertion`, and ParseError where 3.0 refuses what they say.
 */
export function upgrade(
  documents: { readonly assertion: unknown; readonly badgeClass: unknown; readonly issuer: unknown },
  createCredential: (input: CredentialInput) => OpenBadgeCredential,
): Upgrade {
  const assertion = source('assertion', documents.assertion)
  const badgeClass = source('badgeClass', documents.badgeClass)
  const issuer = source('issuer', documents.issuer)
  demandLink(assertion, 'badge', badgeClass)
  demandLink(badgeClass, 'issuer', issuer)
  const lost: Loss[] = []
  const lose = ({ name }: Source, member: string, message: string) =>
    lost.push({ document: name, pointer: pointer('', member), message })
  if (take(assertion, 'revoked') === true)
    throw new UsageError('usage.revoked_assertion', 'the assertion was revoked: there is nothing to upgrade')

  const date = (member: string): string | undefined => {
    const value = take(assertion, member)
    if (value === undefined) return undefined
    const text = typeof value === 'string' ? value : shown(value)
    const time = isDate(text) ? Date.parse(text) : parseDateTime(text)?.time
    if (time === undefined) {
      lose(assertion, member, `"${text.slice(0, 60)}" is no date of ISO 8601`)
      return undefined
    }
    const written = formatDateTime(new Date(time))
    if (isDate(text)) lose(assertion, member, 'it was a date without time, and is now the beginning of that day in UTC')
    else if (!/(?:Z|[+-]\d\d:?\d\d)$/i.test(text)) lose(assertion, member, 'it had no offset, and is now in UTC')
    return written
  }

  const image = (from: Source): object | undefined => {
    const value = take(from, 'image')
    if (typeof value === 'string') return { id: value, type: 'Image' }
    if (!isObject(value) || typeof value.id !== 'string') {
      if (value !== undefined) lose(from, 'image', 'it has no "id"')
      return undefined
    }
    if (value.author !== undefined) lose(from, 'image', 'its "author" has no place in 3.0')
    return { id: value.id, type: 'Image', ...given({ caption: value.caption }) }
  }

  const issuedOn = date('issuedOn')
  const expires = date('expires')
  const criteria = take(badgeClass, 'criteria')
  const input = {
    ...given({
      name: peek(badgeClass, 'name'),
      validFrom: issuedOn,
      awardedDate: issuedOn,
      validUntil: expires,
      image: image(assertion),
      evidence: evidenceOf(take(assertion, 'evidence')),
    }),
    issuer: given({
      id: take(issuer, 'id'),
      type: ['Profile'],
      name: take(issuer, 'name'),
      url: take(issuer, 'url'),
      phone: take(issuer, 'telephone'),
      description: take(issuer, 'description'),
      image: image(issuer),
      email: take(issuer, 'email'),
    }),
    credentialSubject: {
      ...recipientOf(take(assertion, 'recipient'), (message) => lose(assertion, 'recipient', message)),
      ...given({ narrative: take(assertion, 'narrative') }),
      achievement: given({
        id: take(badgeClass, 'id'),
        name: take(badgeClass, 'name'),
        description: take(badgeClass, 'description'),
        criteria: typeof criteria === 'string' ? { id: criteria } : criteriaOf(criteria),
        image: image(badgeClass),
        alignment: alignmentsOf(take(badgeClass, 'alignment')),
        tag: listOf(take(badgeClass, 'tags')),
        version: take(badgeClass, 'version'),
        inLanguage: take(badgeClass, '@language'),
      }),
    },
  }
  for (const member of ['verification', 'verify'])
    if (take(assertion, member) !== undefined) lose(assertion, member, 'the new proof takes its place')
  if (peek(assertion, 'id') !== undefined)
    lose(
      assertion,
      'id',
      `the credential has an id of its own: ${shown(take(assertion, 'id'), 200)} stays that of the 2.0 badge`,
    )
  for (const from of [assertion, badgeClass, issuer])
    for (const member of Object.keys(from.members))
      if (!from.used.has(member)) lose(from, member, '3.0 has no place for it here')
  return { credential: createCredential(input as unknown as CredentialInput), lost }
}

function source(name: Loss['document'], value: unknown): Source {
  if (!isObject(value as Json))
    throw new UsageError('usage.invalid_assertion', `"${name}" is a JSON object: fetch it where it is only named`)
  return { name, members: value as JsonObject, used: new Set(['@context', 'type', 'badge', 'issuer']) }
}

/** A badge class of somebody else would make another badge of it. */
function demandLink(from: Source, member: string, to: Source): void {
  const value = from.members[member]
  const id = isObject(value) ? value.id : value
  if (id !== undefined && id !== to.members.id)
    throw new UsageError(
      'usage.invalid_assertion',
      `"${member}" of the ${from.name} is ${shown(id)}, but the ${to.name} given is ${shown(to.members.id)}`,
    )
}

function take({ members, used }: Source, member: string): Json | undefined {
  used.add(member)
  return members[member]
}
const peek = ({ members }: Source, member: string): Json | undefined => members[member]

/** Open Badges 2.0, IdentityObject: `email`, `url`, `telephone`. */
function recipientOf(value: Json | undefined, lose: (message: string) => void): object {
  if (!isObject(value) || typeof value.identity !== 'string') {
    lose('it has no "identity": give the credential a recipient before signing it')
    return {}
  }
  const { identity, hashed, salt, type } = value
  if (type === 'url' && hashed !== true) return { id: identity }
  const identityType = type === 'email' ? 'emailAddress' : type === 'telephone' ? 'ext:telephone' : 'identifier'
  if (type !== 'email') lose(`3.0 has no identifier of type "${shown(type)}": it is written as "${identityType}"`)
  if (hashed === true && /^md5\$/i.test(identity)) lose('it is hashed with MD5, which verifiers may refuse')
  const identifier = given({
    type: 'IdentityObject',
    hashed: hashed === true,
    identityHash: identity,
    identityType,
    salt,
  })
  return { identifier: [identifier] }
}

function evidenceOf(value: Json | undefined): object[] | undefined {
  return listOf(value)?.map((each) =>
    typeof each === 'string'
      ? { id: each, type: ['Evidence'] }
      : { ...only(each, ['id', 'narrative', 'name', 'description', 'genre', 'audience']), type: ['Evidence'] },
  )
}

function alignmentsOf(value: Json | undefined): object[] | undefined {
  const members = ['targetName', 'targetUrl', 'targetDescription', 'targetFramework', 'targetCode']
  return listOf(value)?.map((each) => only(each, members))
}

const criteriaOf = (value: Json | undefined): object => only(value, ['id', 'narrative'])

function only(value: Json | undefined, members: readonly string[]): object {
  const object = isObject(value) ? value : {}
  return Object.fromEntries(Object.entries(object).filter(([member]) => members.includes(member)))
}

const listOf = (value: Json | undefined): readonly Json[] | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? value : [value]
const given = (members: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
