/**
 * Is it about whom the caller means? Open Badges 3.0 sections 8.5.2 (identifiers) and B.1.10 (IdentityObject).
 *
 * A badge names its recipient in one way or several, and so does the caller. Only names of one kind can be compared: whether a badge for a
 * DID is for the owner of an e-mail address nobody can say. That is no mismatch.
 *
 * @module
 */

import { contactIn, withoutSeparators } from '../../internal/contact-uri.js'
import { shown } from '../../internal/shown.js'
import type { Named } from '../../model/person.js'
import type { AchievementSubject, IdentityObject, VerifiableCredential } from '../../model/types.js'
import { hashHex } from '../../platform/hash.js'
import { md5Hex } from '../../platform/md5.js'
import { type Check, check, finding } from '../../report/check.js'
import { recipientNotAsked } from './not-asked.js'

/** Any of the recipients will do: a person has several addresses. A subject is somebody else where any name of theirs contradicts. */
export function checkRecipient(
  { credentialSubject }: Pick<VerifiableCredential, 'credentialSubject'>,
  recipients: readonly Named[],
): Check<'recipient'> {
  if (recipients.length === 0) return recipientNotAsked()
  const subjects = [credentialSubject].flat() as readonly Partial<AchievementSubject>[]
  const asked = recipients.map(nameOf)
  const named = subjects.map(namesOf)
  const answers = named.map((names) => asked.map((name) => compareAll(names, name)))
  if (answers.some((row) => row.includes('same')))
    return check([finding('recipient.matched', 'it is about the expected recipient')])
  const isOther = answers.length > 0 && answers.every((row) => row.includes('different'))
  return check([
    isOther
      ? finding('recipient.mismatch', 'it is about somebody else than the expected recipient', { pointer: SUBJECT })
      : finding('recipient.incomparable', incomparable(named.flat(), asked), { pointer: SUBJECT }),
  ])
}

/** Is somebody the subject, by what the subject says of itself? */
export function isAbout(subject: Partial<AchievementSubject>, recipient: Named): boolean {
  return compareAll(namesOf(subject), nameOf(recipient)) === 'same'
}

const SUBJECT = '/credentialSubject'
const EMAIL = 'emailAddress'
const PHONE = 'ext:telephone'

/** `id`, or a type of identifier. */
interface Name {
  readonly kind: string
  readonly value: string
  /** The value is a hash of the name. `unreadable`: it cannot be told of what. */
  readonly hash?: { readonly algorithm: string; readonly hex: string; readonly salt: string } | 'unreadable'
}

type Comparison = 'same' | 'different' | 'incomparable'

function nameOf(named: Named): Name {
  return 'id' in named ? nameOfUri(named.id) : { kind: named.type, value: bare(named.type, named.value) }
}

/** `mailto:ada@school.example` names whom an identifier of the type `emailAddress` names. */
function nameOfUri(uri: string): Name {
  const contact = contactIn(uri)
  return contact === undefined
    ? { kind: 'id', value: uri }
    : { kind: contact.kind === 'email' ? EMAIL : PHONE, value: contact.address }
}

/** Some write the URI where the address belongs. */
function bare(kind: string, value: string): string {
  return kind === EMAIL || kind === PHONE ? (contactIn(value)?.address ?? value) : value
}

function namesOf({ id, identifier }: Partial<AchievementSubject>): readonly Name[] {
  const identities = [identifier ?? []].flat().map(nameOfIdentity)
  return id === undefined ? identities : [nameOfUri(id), ...identities]
}

/** `sha256$` or `md5$`, and the hash in hexadecimal. */
const HASH = /^(?:(sha256)\$([0-9a-f]{64})|(md5)\$([0-9a-f]{32}))$/i

function nameOfIdentity({ identityHash, identityType: kind, hashed, salt = '' }: IdentityObject): Name {
  const [, sha256, digest, md5, shorter] = HASH.exec(identityHash) ?? []
  const [algorithm, hex] = [sha256 ?? md5, digest ?? shorter]
  if (!hashed)
    // A hash that calls itself an address is neither.
    return hex === undefined
      ? { kind, value: bare(kind, identityHash) }
      : { kind, value: identityHash, hash: 'unreadable' }
  return {
    kind,
    value: identityHash,
    hash:
      algorithm === undefined || hex === undefined
        ? 'unreadable'
        : { algorithm: algorithm.toLowerCase(), hex: hex.toLowerCase(), salt },
  }
}

/** All names that a subject has: one that is the same is enough, one that cannot be read may be the same. */
function compareAll(names: readonly Name[], asked: Name): Comparison {
  const answers = names.map((name) => compare(name, asked))
  if (answers.includes('same')) return 'same'
  const isUnread = names.some(({ kind, hash }) => kind === asked.kind && hash === 'unreadable')
  return isUnread || !answers.includes('different') ? 'incomparable' : 'different'
}

function compare(name: Name, asked: Name): Comparison {
  if (name.hash === 'unreadable') return 'incomparable'
  const isSame =
    name.hash === undefined
      ? plain(name.kind, name.value) === plain(name.kind, asked.value)
      : isHashOf(name.hash, formsOf(asked))
  if (name.kind === asked.kind) return isSame ? 'same' : 'different'
  // An identifier of no particular type may be a URI too (Open Badges 2.0 had recipients of the type "url"), or anything else.
  const isEither =
    (name.kind === 'id' && asked.kind === 'identifier') || (name.kind === 'identifier' && asked.kind === 'id')
  return isEither && isSame ? 'same' : 'incomparable'
}

/** What is equal for two that are the same. Ids are compared byte by byte. */
function plain(kind: string, value: string): string {
  if (kind === 'id') return value
  const composed = value.normalize('NFC')
  return kind === EMAIL ? composed.toLowerCase() : kind === PHONE ? withoutSeparators(composed) : composed
}

/**
 * What an issuer may have hashed: addresses in whatever case they were typed in, and no one can tell from a hash. So the value is tried as
 * it was given, in its composed form (NFC), and as it would be compared in clear. Nothing else is folded.
 */
function formsOf({ kind, value }: Name): ReadonlySet<string> {
  const lower = kind === EMAIL ? [value.toLowerCase()] : []
  return new Set([value, value.normalize('NFC'), plain(kind, value), ...lower])
}

function isHashOf(hash: Exclude<Name['hash'], 'unreadable' | undefined>, forms: ReadonlySet<string>): boolean {
  const of = hash.algorithm === 'sha256' ? (text: string) => hashHex('SHA-256', text) : md5Hex
  return [...forms].some((form) => of(form + hash.salt) === hash.hex)
}

/** In kinds and never in values: a report holds no personal data. */
function incomparable(names: readonly Name[], asked: readonly Name[]): string {
  const has = list(
    names.map(({ kind, hash }) => (hash === 'unreadable' ? `an unreadable hash of ${word(kind)}` : word(kind))),
  )
  return `it names its recipient by ${has || 'nothing'}, which cannot be compared with ${list(asked.map(({ kind }) => word(kind)))}: ask by what it names`
}

function word(kind: string): string {
  return (
    { id: 'an id (a DID or another URI)', [EMAIL]: 'an e-mail address', [PHONE]: 'a telephone number' }[kind] ??
    `an identifier of the type ${shown(kind, 40)}`
  )
}

const list = (words: readonly string[]): string => [...new Set(words)].slice(0, 5).join(' or ')
