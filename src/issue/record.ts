/**
 * What an issuer records of an award, and how it knows it again.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { canonicalJson } from '../internal/jcs.js'
import type { Json } from '../internal/types.js'
import type { Person } from '../model/person.js'
import type { OpenBadgeCredential, SecuredCredential } from '../model/types.js'
import { hashHex } from '../platform/hash.js'
import type { Award } from './award.js'
import type { CredentialRecord, NewCredentialRecord, StatusPlace } from './credential-store.js'
import { comparedName, type PersonIndex } from './persons.js'

export function newRecord(
  award: Award,
  awardId: string,
  issued: {
    readonly credential: OpenBadgeCredential
    readonly secured: SecuredCredential
    readonly places: readonly StatusPlace[]
    readonly at: Date
  },
  persons: PersonIndex | undefined,
): NewCredentialRecord {
  const { credential, secured, places, at } = issued
  return {
    awardId,
    // createCredential gives every badge one.
    credentialId: credential.id as string,
    ...recordedOf(award, awardId, persons),
    issuedAt: at,
    ...(award.by === undefined ? {} : { issuedBy: award.by }),
    status: places,
    credential: secured,
  }
}

/** What is recorded of an award, issued or offered, and says nothing of the person in clear. */
export function recordedOf(award: Award, awardId: string, persons: PersonIndex | undefined) {
  const { achievement, recipient } = award
  return {
    achievementId: achievement.id,
    ...(achievement.version === undefined ? {} : { achievementVersion: achievement.version }),
    recipientHash: recipientHash(recipient, awardId),
    contentHash: contentHash(award, awardId),
    ...(persons === undefined ? {} : { personIndex: persons.of(recipient) }),
  }
}

/** What is compared of a record. */
type Recorded = Pick<CredentialRecord, 'achievementId' | 'recipientHash' | 'contentHash'>

/** Its badge, where the award is the one that was issued. Throws UsageError `usage.award_conflict`, `usage.award_erased`. */
export function demandSameBadge(record: CredentialRecord, award: Award, awardId: string): SecuredCredential {
  if (record.credential === undefined) throw erased(awardId)
  demandSameAward(record, award, awardId)
  return record.credential
}

export const erased = (awardId: string) =>
  new UsageError(
    'usage.award_erased',
    `the person of the award "${awardId}" was erased, and with them what it said: its id stays used, so give a new award an id of its own`,
  )

/** An id that is used for two awards would give one of the people the other's badge. */
export function demandSameAward(record: Recorded, award: Award, awardId: string): void {
  if (record.achievementId !== award.achievement.id)
    throw new UsageError(
      'usage.award_conflict',
      `the award id "${awardId}" was used for the achievement ${record.achievementId}: give this award an id of its own`,
    )
  if (record.recipientHash !== recipientHash(award.recipient, awardId))
    throw new UsageError(
      'usage.award_conflict',
      `the award id "${awardId}" was used for another recipient: give this award an id of its own`,
    )
  // Version 0.1 did not record what the award says.
  if (record.contentHash !== undefined && record.contentHash !== contentHash(award, awardId))
    throw new UsageError(
      'usage.award_conflict',
      `the award id "${awardId}" was used for an award that says something else (names, dates, results, evidence, narrative, extensions or the version of the achievement): revoke that badge, and give this award an id of its own`,
    )
}

/** The digest of all that is said in the badge, in whatever order its members come; achievements by their ids and versions. */
function contentHash(award: Award, awardId: string): string {
  const { validFrom, validUntil, result, evidence, narrative, extensions, achievement } = award
  // What an award does not have leaves no trace: records of before there were names stay comparable.
  const { name, identifiers } = award.recipient
  const content = {
    ...{ validFrom, validUntil, result, evidence, narrative, extensions, version: achievement.version },
    ...{ name, identifiers },
  }
  return `sha256$${hashHex('SHA-256', canonicalJson([awardId, content] as unknown as Json))}`
}

/** The award id is the salt: one store cannot be searched for all that a person has, and a repeated award is known again. */
export const recipientHash = (recipient: Person, awardId: string) => saltedHash(awardId, ...comparedName(recipient))

/** A holder's id, as it is recorded. */
export const holderHash = (holder: string, awardId: string) => saltedHash(awardId, 'holder', holder)

const saltedHash = (...values: readonly string[]) => `sha256$${hashHex('SHA-256', JSON.stringify(values))}`
