/**
 * What an issuer records of an award, and how it knows it again.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import type { OpenBadgeCredential, SecuredCredential } from '../model/types.js'
import { hashHex } from '../platform/hash.js'
import type { Award } from './award.js'
import type { CredentialRecord, NewCredentialRecord, StatusPlace } from './credential-store.js'

export function newRecord(
  award: Award,
  awardId: string,
  issued: {
    readonly credential: OpenBadgeCredential
    readonly secured: SecuredCredential
    readonly places: readonly StatusPlace[]
    readonly at: Date
  },
): NewCredentialRecord {
  const { achievement } = award
  const { credential, secured, places, at } = issued
  return {
    awardId,
    // createCredential gives every badge one.
    credentialId: credential.id as string,
    achievementId: achievement.id,
    ...(achievement.version === undefined ? {} : { achievementVersion: achievement.version }),
    recipientHash: recipientHash(award.recipient, awardId),
    issuedAt: at,
    ...(award.by === undefined ? {} : { issuedBy: award.by }),
    status: places,
    credential: secured,
  }
}

/** An id that is used for two awards would give one of the people the other's badge. */
export function demandSameAward(record: CredentialRecord, award: Award, awardId: string): CredentialRecord {
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
  return record
}

/** The award id is the salt: one store cannot be searched for all that a person has, and a repeated award is known again. */
function recipientHash(recipient: Award['recipient'], awardId: string): string {
  const name = 'id' in recipient ? ['id', recipient.id] : ['email', recipient.email.normalize('NFC').toLowerCase()]
  return `sha256$${hashHex('SHA-256', JSON.stringify([awardId, ...name]))}`
}
