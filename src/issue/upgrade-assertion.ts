/**
 * Open Badges 1.x and 2.0 to 3.0: an Assertion with its BadgeClass and Profile becomes a credential that is not signed yet. What 3.0 has no
 * place for is listed, and never dropped in silence.
 *
 * @module
 */

import { UsageError } from '../errors.js'
import { isObject, listOf } from '../internal/json-object.js'
import { pointerOf } from '../internal/json-pointer.js'
import { shown } from '../internal/shown.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { CredentialInput, OpenBadgeCredential } from '../model/types.js'
import { given, readOldDate, saysYes, withoutNulls } from './upgrade-values.js'

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
  /** What of it has no place, by its path. */
  readonly lose: (path: readonly (string | number)[], message: string) => void
}

/**
 * The three documents as they stand, with nothing fetched. Throws UsageError `usage.invalid_assertion` (no such document, one that
 * names another, or a date that cannot be read), `usage.revoked_assertion`, and ParseError where 3.0 refuses what they say.
 */
export function upgrade(
  documents: { readonly assertion: unknown; readonly badgeClass: unknown; readonly issuer: unknown },
  createCredential: (input: CredentialInput) => OpenBadgeCredential,
): Upgrade {
  const lost: Loss[] = []
  const [assertion, badgeClass, issuer] = (['assertion', 'badgeClass', 'issuer'] as const).map((name) =>
    source(name, documents[name], lost),
  ) as [Source, Source, Source]
  demandAssertion(assertion)
  const badgeId = linkedId(assertion, 'badge', badgeClass)
  const issuerId = linkedId(badgeClass, 'issuer', issuer)

  const issuedOn = dateOf(assertion, 'issuedOn')
  if (issuedOn === undefined)
    throw misuse('"issuedOn" of the assertion is missing: without it 3.0 would say that it was issued today')
  const expires = dateOf(assertion, 'expires')
  const criteria = take(badgeClass, 'criteria')
  const input = {
    ...given({
      name: peek(badgeClass, 'name'),
      validFrom: issuedOn,
      awardedDate: issuedOn,
      validUntil: expires,
      image: imageOf(assertion),
      evidence: evidenceOf(assertion),
    }),
    issuer: given({
      id: issuerId,
      type: ['Profile'],
      name: take(issuer, 'name'),
      url: take(issuer, 'url'),
      phone: take(issuer, 'telephone'),
      description: take(issuer, 'description'),
      image: imageOf(issuer),
      email: take(issuer, 'email'),
    }),
    credentialSubject: {
      ...recipientOf(assertion),
      ...given({ narrative: take(assertion, 'narrative') }),
      achievement: given({
        id: badgeId,
        name: take(badgeClass, 'name'),
        description: take(badgeClass, 'description'),
        criteria:
          typeof criteria === 'string'
            ? { id: criteria }
            : only(criteria, { id: 'id', narrative: 'narrative' }, badgeClass, ['criteria']),
        image: imageOf(badgeClass),
        alignment: alignmentsOf(badgeClass),
        related: relatedOf(badgeClass),
        tag: many(take(badgeClass, 'tags')),
        version: textOf(take(badgeClass, 'version')),
        inLanguage: take(badgeClass, '@language'),
      }),
    },
  }
  for (const member of ['verification', 'verify'])
    if (take(assertion, member) !== undefined) assertion.lose([member], 'the new proof takes its place')
  for (const member of ['id', 'uid'])
    if (peek(assertion, member) !== undefined)
      assertion.lose(
        [member],
        `the credential has an id of its own: ${shown(take(assertion, member), 200)} stays that of the old badge`,
      )
  for (const from of [assertion, badgeClass, issuer])
    for (const member of Object.keys(from.members))
      if (!from.used.has(member)) from.lose([member], NO_PLACE[member] ?? '3.0 has no place for it here')
  return { credential: createCredential(input as unknown as CredentialInput), lost }
}

const NO_PLACE: Readonly<Record<string, string>> = {
  endorsement: 'an endorsement of 2.0 is no credential: ask who endorsed it for one of 3.0',
  related: '3.0 relates achievements to each other, and nothing else',
  revocationList: 'it is the list of the old badges: a credential of 3.0 has a status of its own',
}

function source(name: Loss['document'], value: unknown, lost: Loss[]): Source {
  return {
    name,
    members: withoutNulls(value, name),
    used: new Set(['@context', 'type', 'badge', 'issuer']),
    lose: (path, message) => lost.push({ document: name, pointer: pointerOf(path), message }),
  }
}

function misuse(message: string): UsageError {
  return new UsageError('usage.invalid_assertion', message)
}

/** Of 3.0 already, or revoked: a reason is written for those alone. */
function demandAssertion(assertion: Source): void {
  const { type, revoked, revocationReason } = assertion.members
  if (listOf(type).some((each) => each === 'VerifiableCredential' || each === 'OpenBadgeCredential'))
    throw misuse('"assertion" is a credential of Open Badges 3.0 already: there is nothing to upgrade')
  assertion.used.add('revoked')
  if (!saysYes(revoked) && (revoked !== undefined || revocationReason === undefined)) return
  const why = revocationReason === undefined ? '' : ` (${shown(revocationReason, 200)})`
  throw new UsageError('usage.revoked_assertion', `the assertion was revoked${why}: there is nothing to upgrade`)
}

/**
 * The id of the document that another one names. A badge class of somebody else would make another badge of it. Documents of 1.x have no
 * id: where they are hosted, which is what the other one names, is their id.
 */
function linkedId(from: Source, member: string, to: Source): Json | undefined {
  const value = from.members[member]
  const id = isObject(value) ? value.id : value
  to.used.add('id')
  const own = to.members.id
  if (id !== undefined && own !== undefined && id !== own)
    throw misuse(`"${member}" of the ${from.name} is ${shown(id)}, but the ${to.name} given is ${shown(own)}`)
  return own ?? id
}

function dateOf(from: Source, member: string): string | undefined {
  const value = take(from, member)
  if (value === undefined) return undefined
  const date = readOldDate(value)
  if (date === undefined)
    throw misuse(
      `"${member}" of the ${from.name} is ${shown(value)}, which is no date of ISO 8601 and no UNIX time of 10 digits: write it as 2016-12-31T23:59:59Z`,
    )
  if (date.remark !== undefined) from.lose([member], date.remark)
  return date.written
}

function take({ members, used }: Source, member: string): Json | undefined {
  used.add(member)
  return members[member]
}
const peek = ({ members }: Source, member: string): Json | undefined => members[member]

/** Open Badges 2.0, IdentityObject: `email`, `url`, `telephone`. */
function recipientOf(from: Source): object {
  const value = take(from, 'recipient')
  const lose = (message: string) => from.lose(['recipient'], message)
  if (!isObject(value) || typeof value.identity !== 'string') {
    lose('it has no "identity": give the credential a recipient before signing it')
    return {}
  }
  const { identity, salt, type } = value
  only(value, RECIPIENT, from, ['recipient'])
  // What is written like a hash is one, whatever it is said to be.
  const hashed = saysYes(value.hashed) || /^(?:sha256|md5)\$[0-9a-f]+$/i.test(identity)
  if (type === 'url' && !hashed) return { id: identity }
  const identityType = type === 'email' ? 'emailAddress' : type === 'telephone' ? 'ext:telephone' : 'identifier'
  if (type !== 'email') lose(`3.0 has no identifier of type "${shown(type)}": it is written as "${identityType}"`)
  if (hashed && /^md5\$/i.test(identity)) lose('it is hashed with MD5, which verifiers may refuse')
  return { identifier: [given({ type: 'IdentityObject', hashed, identityHash: identity, identityType, salt })] }
}

const RECIPIENT = renamed('identity', 'hashed', 'salt')

function imageOf(from: Source): object | undefined {
  const value = take(from, 'image')
  if (value === undefined) return undefined
  const { id, caption } = only(typeof value === 'string' ? { id: value } : value, IMAGE, from, ['image'])
  if (typeof id === 'string') return { id, type: 'Image', ...given({ caption }) }
  from.lose(['image'], 'it has no "id"')
  return undefined
}

const IMAGE = renamed('id', 'caption')
const EVIDENCE = renamed('id', 'narrative', 'name', 'description', 'genre', 'audience')

function evidenceOf(from: Source): object[] | undefined {
  return eachOf(from, 'evidence', (each, path) => {
    if (typeof each === 'string') return { id: each, type: ['Evidence'] }
    const evidence = only(each, EVIDENCE, from, path)
    if (Object.keys(evidence).length === 0) return 'it says nothing'
    return { ...evidence, type: ['Evidence'] }
  })
}

/** With the names of Open Badges 1.1. */
const ALIGNMENT = {
  name: 'targetName',
  url: 'targetUrl',
  description: 'targetDescription',
  framework: 'targetFramework',
  code: 'targetCode',
  ...renamed('targetName', 'targetUrl', 'targetDescription', 'targetFramework', 'targetCode', 'targetType'),
}

function alignmentsOf(from: Source): object[] | undefined {
  return eachOf(from, 'alignment', (each, path) => {
    const alignment = only(each, ALIGNMENT, from, path)
    const lacking = ['targetName', 'targetUrl'].filter((member) => alignment[member] === undefined)
    return lacking.length === 0 ? alignment : `it has no "${lacking.join('" and no "')}", which 3.0 demands`
  })
}

/** Other versions and other languages of the badge class. */
const RELATED = { ...renamed('id', 'version'), '@language': 'inLanguage' }

function relatedOf(from: Source): object[] | undefined {
  return eachOf(from, 'related', (each, path) => {
    const related = only(typeof each === 'string' ? { id: each } : each, RELATED, from, path)
    if (related.id === undefined) return 'it has no "id", which 3.0 demands'
    return { ...given({ ...related, version: textOf(related.version as Json) }), type: ['Related'] }
  })
}

/** What is made of each of one or many; a text says why nothing is. */
function eachOf(
  from: Source,
  member: string,
  make: (each: Json, path: readonly (string | number)[]) => object | string,
): object[] | undefined {
  const value = take(from, member)
  const made = listOf(value).flatMap((each, index) => {
    const path = Array.isArray(value) ? [member, index] : [member]
    const one = make(each, path)
    if (typeof one !== 'string') return [one]
    from.lose(path, one)
    return []
  })
  return made.length === 0 ? undefined : made
}

function renamed(...members: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(members.map((member) => [member, member]))
}

/** The members with a name in 3.0; where two have the same, the later in the table. The others are lost, but for the type, which 3.0 knows. */
function only(
  value: Json | undefined,
  names: Readonly<Record<string, string>>,
  from: Source,
  path: readonly (string | number)[],
): Record<string, Json> {
  const kept: Record<string, Json> = {}
  if (!isObject(value)) return kept
  for (const [member, name] of Object.entries(names)) if (value[member] !== undefined) kept[name] = value[member]
  for (const member of Object.keys(value))
    if (!Object.hasOwn(names, member) && member !== 'type' && member !== '@context')
      from.lose([...path, member], '3.0 has no place for it here')
  return kept
}

const many = (value: Json | undefined): readonly Json[] | undefined => (value === undefined ? undefined : listOf(value))

/** 3.0 has texts where 2.0 had texts and numbers. */
const textOf = (value: Json | undefined): Json | undefined => (typeof value === 'number' ? String(value) : value)
