/**
 * What an issuer awards: an achievement to a recipient. The friendly form from which a credential is made.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import {
  anything,
  flag,
  type Hints,
  type Kind,
  kindOf,
  type Members,
  problemOf,
  sentenceOf,
  text,
} from '../internal/members.js'
import type { Writable } from '../internal/types.js'
import { type Identifier, identifierProblem, named, type Person, personProblem } from '../model/person.js'
import type {
  AwardedAchievement,
  CredentialExtensions,
  CredentialInput,
  CredentialStatus,
  Evidence,
  EvidenceInput,
  IdentityObject,
  IssuerProfile,
  Result,
  ResultInput,
} from '../model/types.js'
import { PLACE_PREFIX } from './place-key.js'
import { identityFor } from './recipient.js'

/** An achievement for a recipient: what an issuer makes a credential of. */
export interface Award {
  /** The issuer's own id of the award. Required in batches: starting again, and not issuing twice, hang on it. */
  readonly id?: string | undefined
  /** Made with `createAchievement`, or what that takes, with an `id`. */
  readonly achievement: AwardedAchievement
  readonly recipient: AwardRecipient
  /** Default: now, to the second. */
  readonly validFrom?: Date | undefined
  readonly validUntil?: Date | undefined
  readonly result?: readonly (Result | ResultInput)[] | undefined
  readonly evidence?: readonly (Evidence | EvidenceInput)[] | undefined
  readonly narrative?: string | undefined
  readonly extensions?: CredentialExtensions | undefined
  /** Who awards it. For the issuer's audit trail; it is not in the badge. */
  readonly by?: string | undefined
}

/**
 * Who gets it. All but ids and names are hashed by default, with a salt of their own: who sees the badge does not see the address, and
 * who knows it can check it.
 */
export type AwardRecipient = (
  | Extract<Person, { id: string }>
  | (Exclude<Person, { id: string }> & { readonly hashed?: boolean | undefined })
) & {
  /**
   * The person's name, in clear: everybody who gets to see the badge reads it, and it cannot be taken back. An identifier of the type
   * `name` (Open Badges 3.0 appendix B.1, IdentifierTypeEnum). Names tell nobody apart: it is no reason for taking two people for one.
   * Default: the badge has no name.
   */
  readonly name?: string | undefined
  /** What else names the same person, such as the number in the school's own system. Hashed by default, as the first one is. */
  readonly identifiers?: readonly RecipientIdentifier[] | undefined
}

/** A further name of a recipient. Open Badges 3.0 appendix B.1, class IdentityObject. */
export interface RecipientIdentifier extends Identifier {
  /** Default true. */
  readonly hashed?: boolean | undefined
}

/** `anything` is judged by the model, which names the place in the badge, or by a rule of its own below. */
const AWARD: Members<Award> = {
  id: anything,
  achievement: anything,
  recipient: anything,
  validFrom: anything,
  validUntil: anything,
  result: anything,
  evidence: anything,
  narrative: anything,
  extensions: anything,
  by: text,
}
/** The names that other versions of Open Badges and other libraries have. */
const HINTS: Hints = {
  expires: 'did you mean "validUntil"?',
  expirationDate: 'did you mean "validUntil"?',
  issuedOn: 'did you mean "validFrom"?',
  issuanceDate: 'did you mean "validFrom"?',
  badge: 'did you mean "achievement"?',
  email: 'did you mean "recipient", { email }?',
  results: 'did you mean "result"?',
}
export interface AwardDefaults {
  readonly profile: IssuerProfile
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
    identifier === undefined
      ? { id: id as string, achievement }
      : id === undefined
        ? { identifier, achievement }
        : { id, identifier, achievement }
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
    throw invalid('id', 'is a text of 1 to 512 characters, without U+0000 and lone surrogates')
  if (id.startsWith(PLACE_PREFIX)) throw invalid('id', `does not begin with "${PLACE_PREFIX}": renewals have such keys`)
  return id
}

function demandObject(award: unknown): void {
  if (typeof award !== 'object' || award === null) throw new UsageError('usage.invalid_award', 'an award is an object')
  const problem = problemOf(award, AWARD, { noun: 'member of an award', hints: HINTS })
  if (problem !== undefined) throw invalid(problem.path, problem.says)
}

function demandAchievement(achievement: unknown): void {
  if (typeof achievement !== 'object' || achievement === null)
    throw invalid('achievement', 'is missing: make one with createAchievement')
}

/** Characters of a name: enough for every one that people have, and no place for a text. */
const MAX_NAME = 512
const IDENTIFIERS = 20

const nameOfPerson = kindOf(
  `a name of 1 to ${MAX_NAME} characters`,
  (value) => typeof value === 'string' && value.trim() !== '' && value.length <= MAX_NAME,
)
const furtherIdentifiers: Kind = (value, path) => {
  if (!Array.isArray(value) || value.length > IDENTIFIERS)
    return { path, says: `is an array of at most ${IDENTIFIERS} objects { type, value }` }
  for (const [index, one] of value.entries()) {
    const problem = identifierProblem(one, `${path}[${index}]`, { hashed: flag })
    if (problem !== undefined) return problem
  }
  return undefined
}
const BESIDES = { name: nameOfPerson, identifiers: furtherIdentifiers }
const BESIDES_AN_IDENTIFIER = { ...BESIDES, hashed: flag }

function demandRecipient(recipient: AwardRecipient): void {
  const isById = typeof recipient === 'object' && recipient !== null && 'id' in recipient
  const problem = personProblem(recipient, 'recipient', isById ? BESIDES : BESIDES_AN_IDENTIFIER)
  if (problem !== undefined) throw invalid(problem.path, problem.says)
}

function invalid(option: string, says: string): UsageError {
  return new UsageError('usage.invalid_award', sentenceOf({ path: option, says }), { option })
}

function whom(
  given: AwardRecipient,
  salt: () => string,
): Pick<CredentialInput['credentialSubject'], 'id' | 'identifier'> {
  demandRecipient(given)
  const person = named(given)
  const { name, identifiers = [] } = given
  const further = identifiers.map((one) => identity(one, one, salt))
  if (name !== undefined) further.unshift(identityFor({ type: 'name', value: name }, { hashed: false }))
  if ('id' in person) return further.length === 0 ? person : { id: person.id, identifier: further }
  const first = identity(person, given as { readonly hashed?: boolean }, salt)
  return { identifier: further.length === 0 ? [first] : [first, ...further] }
}

function identity(
  { type, value }: Identifier,
  { hashed = true }: { readonly hashed?: boolean | undefined },
  salt: () => string,
): IdentityObject {
  return identityFor({ type, value }, hashed ? { hashed, salt: salt() } : { hashed })
}
