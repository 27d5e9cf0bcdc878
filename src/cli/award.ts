/**
 * From the options of `issue` to a credential that is not signed yet.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import {
  type Achievement,
  type AchievementInput,
  type CredentialInput,
  createAchievement,
  createCredential,
  type IdentityObjectInput,
  type OpenBadgeCredential,
  type ProfileInput,
  parseCredential,
  type VerifiableCredentialV1,
} from '../entries/index.js'
import { encodeBase64url } from '../internal/base64url.js'
import type { Json, JsonObject } from '../internal/types.js'
import { identityFor } from '../issue/recipient.js'
import { formatDateTime } from '../model/date-time.js'
import { versionOf } from '../model/upgrade.js'
import { readDate } from './dates.js'
import { EXIT } from './exit.js'
import { about, CommandFailure, misuse } from './failure.js'
import { resultFor } from './level.js'
import { readRecipient } from './recipient.js'

/** What a clerk says of one award, besides what stands in files. */
export interface AwardOptions {
  readonly id: string | undefined
  readonly issuer: ProfileInput
  readonly recipient: string | undefined
  readonly name: string | undefined
  readonly plainEmail: boolean
  readonly validFrom: string | undefined
  readonly validUntil: string | undefined
  readonly levels: readonly string[]
  readonly evidence: readonly string[]
  readonly narrative: string | undefined
  /** What the badge needs besides its usual ones. */
  readonly contexts: readonly string[]
}

/** 128 bits: nobody guesses it, and each badge has its own. */
const SALT_BYTES = 16

/** For an achievement's file. Throws CommandFailure 64 and 65. */
export async function awardOf(
  file: string,
  document: JsonObject,
  options: AwardOptions,
  now: Date,
): Promise<OpenBadgeCredential> {
  if (options.recipient === undefined) throw misuse('say who earned it: --recipient <did or e-mail address>')
  const recipient = recipientMembers(options.recipient, options)
  const achievement = await about(file, () => createAchievement(document as unknown as AchievementInput))
  const result = options.levels.map((level) => resultFor(achievement, level))
  const input: CredentialInput = {
    ...(options.id === undefined ? {} : { id: options.id }),
    name: achievement.name,
    issuer: options.issuer,
    ...period(options, now),
    credentialSubject: {
      ...recipient,
      achievement,
      ...(result.length === 0 ? {} : { result }),
      ...(options.narrative === undefined ? {} : { narrative: options.narrative }),
    },
    ...(options.evidence.length === 0 ? {} : { evidence: options.evidence.map((id) => ({ id })) }),
    ...extensionsFor(options.contexts),
  }
  return createCredential(input)
}

/** No members of one's own, only the contexts. */
export function extensionsFor(contexts: readonly string[]): Pick<CredentialInput, 'extensions'> {
  return contexts.length === 0 ? {} : { extensions: { contexts, properties: {} } }
}

/**
 * For the file of a whole credential: what the options say takes the place of what the file says; evidence and results are added. One of VCDM 1.1 stays one, with
 * the names that it has for its dates.
 */
export async function completed(
  file: string,
  document: JsonObject,
  options: AwardOptions,
  now: Date,
): Promise<OpenBadgeCredential | VerifiableCredentialV1> {
  if (document.proof !== undefined)
    throw new CommandFailure(
      EXIT.data,
      `${file}: is signed already: take its "proof" out, and give it a new "id" if it is another award`,
    )
  const subject = document.credentialSubject
  if (typeof subject !== 'object' || subject === null || Array.isArray(subject))
    throw new CommandFailure(
      EXIT.data,
      `${file}: has no "credentialSubject" object; the file of an achievement alone is for --achievement`,
    )
  const changed = {
    ...document,
    ...(options.id === undefined ? {} : { id: options.id }),
    issuer: options.issuer as unknown as Json,
    ...period(options, now, document),
    credentialSubject: changedSubject(subject as JsonObject, options),
    ...added(
      document,
      'evidence',
      options.evidence.map((id) => ({ id, type: ['Evidence'] })),
    ),
  }
  // With its contexts it is a credential; without, what createCredential takes.
  const { '@context': given } = document
  if (given === undefined)
    return about(file, () =>
      createCredential({ ...extensionsFor(options.contexts), ...changed } as unknown as CredentialInput),
    )
  const contexts = [given].flat()
  const missing = options.contexts.filter((context) => !contexts.includes(context))
  const whole = { ...changed, '@context': [...contexts, ...missing] }
  // What was parsed has the names of 2.0, whatever the file has.
  const parsed = await about(file, () => parseCredential(whole))
  return versionOf(document) === '1.1' ? (whole as unknown as VerifiableCredentialV1) : parsed
}

function changedSubject(subject: JsonObject, options: AwardOptions): JsonObject {
  const { recipient, levels, narrative } = options
  const results = levels.map((level) => ({
    type: ['Result'],
    ...(resultFor((subject.achievement ?? {}) as unknown as Achievement, level) as unknown as JsonObject),
  }))
  const { id, identifier, ...others } = subject
  const person =
    recipient === undefined ? subject : { ...others, ...(recipientMembers(recipient, options) as JsonObject) }
  return { ...person, ...(narrative === undefined ? {} : { narrative }), ...added(subject, 'result', results) }
}

function added(document: JsonObject, name: string, more: readonly JsonObject[]): JsonObject {
  if (more.length === 0) return {}
  const present = document[name]
  return { [name]: [...(present === undefined ? [] : [present].flat()), ...more] as readonly Json[] }
}

interface RecipientMembers {
  readonly id?: string
  readonly identifier?: readonly IdentityObjectInput[]
}

function recipientMembers(text: string, { plainEmail, name }: AwardOptions): RecipientMembers {
  const person = personMembers(text, plainEmail)
  if (name === undefined) return person
  const named = identityFor({ type: 'name', value: name }, { hashed: false }) as IdentityObjectInput
  return { ...person, identifier: [...(person.identifier ?? []), named] }
}

function personMembers(text: string, plainEmail: boolean): RecipientMembers {
  const recipient = readRecipient(text)
  if ('id' in recipient) {
    const holdsAddress = /^mailto:/i.test(recipient.id)
    if (holdsAddress && !plainEmail)
      throw misuse(
        `an id that holds an e-mail address shows it to everybody: give the address alone (${recipient.id.slice('mailto:'.length)}), and it is hashed`,
        'To show it say --plain-email',
      )
    if (plainEmail && !holdsAddress) throw misuse('--plain-email is for a recipient with an e-mail address')
    return { id: recipient.id }
  }
  if (recipient.type === 'emailAddress') {
    const identity = plainEmail
      ? identityFor(recipient, { hashed: false })
      : identityFor(recipient, { hashed: true, salt: encodeBase64url(randomBytes(SALT_BYTES)) })
    return { identifier: [identity as IdentityObjectInput] }
  }
  return {
    identifier: [{ hashed: false, identityHash: recipient.value, identityType: recipient.type } as IdentityObjectInput],
  }
}

function period({ validFrom, validUntil }: AwardOptions, now: Date, document: JsonObject = {}): JsonObject {
  const from = validFrom === undefined ? undefined : readDate('--valid-from', validFrom, 'begins')
  const until = validUntil === undefined ? undefined : readDate('--valid-until', validUntil, 'ends')
  const [fromName, untilName] =
    versionOf(document) === '1.1'
      ? (['issuanceDate', 'expirationDate'] as const)
      : (['validFrom', 'validUntil'] as const)
  const start = from ?? (typeof document[fromName] === 'string' ? undefined : now)
  if (until !== undefined && start !== undefined && until <= start)
    throw misuse(
      `--valid-until ${validUntil} is not after ${validFrom === undefined ? 'now' : `--valid-from ${validFrom}`}`,
    )
  return {
    ...(start === undefined ? {} : { [fromName]: formatDateTime(start) }),
    ...(until === undefined ? {} : { [untilName]: formatDateTime(until) }),
  }
}
