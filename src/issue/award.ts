/**
 * What an issuer awards: an achievement to a recipient. The friendly form from which a credential is made.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import type { Writable } from '../internal/types.js'
import type {
  Achievement,
  CredentialExtensions,
  CredentialInput,
  CredentialStatus,
  Evidence,
  Profile,
  Result,
} from '../model/types.js'
import { identityFor } from './recipient.js'

/** An achievement for a recipient: what an issuer makes a credential of. */
export interface Award {
  /** The issuer's own id of the award. Required in batches: starting again, and not issuing twice, hang on it. */
  readonly id?: string
  readonly achievement: Achievement
  /** Default for e-mail addresses: hashed, with a salt of its own. */
  readonly recipient: { readonly id: string } | { readonly email: string; readonly hashed?: boolean }
  /** Default: now, to the second. */
  readonly validFrom?: Date
  readonly validUntil?: Date
  readonly result?: readonly Result[]
  readonly evidence?: readonly Evidence[]
  readonly narrative?: string
  readonly extensions?: CredentialExtensions
  /** Who awards it. For the issuer's audit trail; it is not in the badge. */
  readonly by?: string
}

export interface AwardDefaults {
  readonly profile: Profile
  /** Random, for the hash of an e-mail address. */
  readonly salt: () => string
}

/** Throws UsageError `usage.invalid_award`, naming the member. What the model has to say comes when the credential is made. */
export function credentialInput(
  award: Award,
  { profile, salt }: AwardDefaults,
  credentialStatus?: CredentialStatus | readonly CredentialStatus[],
): CredentialInput {
  if (typeof award !== 'object' || award === null) throw new UsageError('usage.invalid_award', 'an award is an object')
  const { achievement, evidence, extensions, narrative, recipient, result, validFrom, validUntil } = award
  if (typeof achievement !== 'object' || achievement === null)
    throw new UsageError('usage.invalid_award', '"achievement" is missing: make one with createAchievement')
  // Member by member: a spread for each that may be missing takes longer than all the rest.
  const { id, identifier } = whom(recipient, salt)
  const subject: Writable<CredentialInput['credentialSubject']> =
    identifier === undefined ? { id: id as string, achievement } : { identifier, achievement }
  if (result !== undefined) subject.result = result
  if (narrative !== undefined) subject.narrative = narrative
  const input: Writable<CredentialInput> = { name: achievement.name, issuer: profile, credentialSubject: subject }
  if (validFrom !== undefined) input.validFrom = validFrom
  if (validUntil !== undefined) input.validUntil = validUntil
  if (evidence !== undefined) input.evidence = evidence
  if (extensions !== undefined) input.extensions = extensions
  if (credentialStatus !== undefined) input.credentialStatus = credentialStatus
  return input
}

function whom(
  recipient: Award['recipient'],
  salt: () => string,
): Pick<CredentialInput['credentialSubject'], 'id' | 'identifier'> {
  if (typeof recipient === 'object' && recipient !== null) {
    if ('id' in recipient && typeof recipient.id === 'string') return { id: recipient.id }
    if ('email' in recipient && typeof recipient.email === 'string' && /^[^\s@]+@[^\s@]+$/.test(recipient.email)) {
      const { email, hashed = true } = recipient
      return { identifier: [identityFor(email, hashed ? { hashed, salt: salt() } : { hashed })] }
    }
  }
  throw new UsageError('usage.invalid_award', '"recipient" is { id: "did:..." } or { email: "ada@example.org" }')
}
