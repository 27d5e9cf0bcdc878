/**
 * Step 9: is it about whom the caller means? Open Badges 3.0 sections 8.5.2 (identifiers) and B.1.10 (IdentityObject).
 *
 * @module
 */
import type { AchievementSubject, IdentityObject, VerifiableCredential } from '../../model/types.js'
import { hashHex } from '../../platform/hash.js'
import { md5Hex } from '../../platform/md5.js'
import { type Check, check, finding } from '../../report/check.js'
import type { Recipient } from '../settings.js'
import { recipientNotAsked } from './not-asked.js'

/** Any of the recipients will do: a person has several addresses. */
export function checkRecipient(
  { credentialSubject }: Pick<VerifiableCredential, 'credentialSubject'>,
  recipients: readonly Recipient[],
): Check<'recipient'> {
  if (recipients.length === 0) return recipientNotAsked()
  const subjects = [credentialSubject].flat() as readonly Partial<AchievementSubject>[]
  const isAbout = recipients.some((recipient) => subjects.some((subject) => matches(subject, recipient)))
  return isAbout
    ? check([finding('recipient.matched', 'it is about the expected recipient')])
    : check([
        finding('recipient.mismatch', 'it is about somebody else than the expected recipient', {
          pointer: '/credentialSubject',
        }),
      ])
}

function matches(subject: Partial<AchievementSubject>, recipient: Recipient): boolean {
  if ('id' in recipient) return subject.id === recipient.id
  const identifiers = [subject.identifier ?? []].flat()
  return identifiers.some(
    (identity) => identity.identityType === recipient.type && isIdentity(identity, recipient.value),
  )
}

/**
 * Issuers hash addresses in whatever case they were typed in, and no one can tell from a hash. So a value is compared as it is
 * given and, for e-mail addresses, in lower case; Unicode in its composed form (NFC). Nothing else is folded.
 */
function isIdentity({ identityHash, identityType, hashed, salt = '' }: IdentityObject, value: string): boolean {
  const isEmail = identityType === 'emailAddress'
  const forms = new Set([
    value,
    value.normalize('NFC'),
    ...(isEmail ? [value.toLowerCase(), value.normalize('NFC').toLowerCase()] : []),
  ])
  if (!hashed)
    return [...forms].some(
      (form) => form === (isEmail ? identityHash.toLowerCase() : identityHash) || form === identityHash,
    )
  const [algorithm, expected] = identityHash.split('$', 2)
  const hash =
    algorithm === 'sha256' ? (text: string) => hashHex('SHA-256', text) : algorithm === 'md5' ? md5Hex : undefined
  return hash !== undefined && [...forms].some((form) => hash(form + salt) === expected?.toLowerCase())
}
