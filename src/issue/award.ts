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
  demandObject(award)
  const { achievement, evidence, extensions, narrative, recipient, result, validFrom, validUntil } = award
  demandAchievement(achievement)
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

/** Would `credentialInput` take it, and can stores keep its id? Throws UsageError `usage.invalid_award`. */
export function demandAward(award: Award): void {
  demandObject(award)
  demandAchievement(award.achievement)
  demandRecipient(award.recipient)
  awardId(award)
}

/** What stores can keep, in every database: see CredentialStore. Throws UsageError `usage.invalid_award`. */
export function awardId({ id }: Award): string | undefined {
  if (id === undefined) return undefined
  if (typeof id !== 'string' || id === '' || id.length > 512 || !/^[^\0\p{Cs}]*$/u.test(id))
    throw new UsageError(
      'usage.invalid_award',
      '"id" is a text of 1 to 512 characters, without U+0000 and lone surrogates',
    )
  return id
}

function demandObject(award: unknown): void {
  if (typeof award !== 'object' || award === null) throw new UsageError('usage.invalid_award', 'an award is an object')
}

function demandAchievement(achievement: unknown): void {
  if (typeof achievement !== 'object' || achievement === null)
    throw new UsageError('usage.invalid_award', '"achievement" is missing: make one with createAchievement')
}

function demandRecipient(recipient: Award['recipient']): Award['recipient'] {
  if (typeof recipient === 'object' && recipient !== null) {
    if ('id' in recipient && typeof recipient.id === 'string') return recipient
    if ('email' in recipient && typeof recipient.email === 'string' && /^[^\s@]+@[^\s@]+$/.test(recipient.email))
      return recipient
  }
  throw new UsageError('usage.invalid_award', '"recipient" is { id: "did:..." } or { email: "ada@example.org" }')
}

function whom(
  given: Award['recipient'],
  salt: () => string,
): Pick<CredentialInput['credentialSubject'], 'id' | 'identifier'> {
  const recipient = demandRecipient(given)
  if ('id' in recipient && typeof recipient.id === 'string') return { id: recipient.id }
  const { email, hashed = true } = recipient as { readonly email: string; readonly hashed?: boolean }
  return { identifier: [identityFor(email, hashed ? { hashed, salt: salt() } : { hashed })] }
}
