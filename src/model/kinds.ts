/**
 * The kinds of documents that the library reads, each with its reader and its rules.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import type { Achievement, OpenBadgeCredential } from './achievement.js'
import type { VerifiableCredential } from './credential.js'
import type { EndorsementCredential } from './endorsement.js'
import type { VerifiablePresentation } from './presentation.js'
import type { Profile } from './profile.js'
import { type Read, readerOf } from './reader.js'
import { achievement, openBadgeCredential } from './schemas/achievement.js'
import type { Schema } from './schemas/blocks.js'
import { verifiableCredential } from './schemas/credential.js'
import { verifiablePresentation } from './schemas/presentation.js'
import { endorsementCredential, profile } from './schemas/profile.js'
import { achievementRules, credentialRules, openBadgeRules, presentationRules, type SemanticIssue } from './semantic.js'
import { type IsStrict, strictnessOf } from './strict.js'

/** What a document of each kind is read as. */
export interface ModelKinds {
  readonly 'open-badge': OpenBadgeCredential
  readonly endorsement: EndorsementCredential
  /** Any VCDM credential. */
  readonly credential: VerifiableCredential
  readonly presentation: VerifiablePresentation
  readonly profile: Profile
  readonly achievement: Achievement
}
export type ModelKind = keyof ModelKinds

interface KindRow<T> {
  /** How people call it, with its article. */
  readonly name: string
  readonly schema: Schema<T>
  readonly read: Read
  /** Has `read` nothing to change and nothing to remark on? */
  readonly isStrict: IsStrict
  /** The names of the members that the standard gives the class. */
  readonly members: readonly string[]
  readonly rules: (value: T) => readonly SemanticIssue[]
}

function row<T>(
  name: string,
  schema: Schema<T> & { readonly shape: object },
  rules: (value: T) => readonly SemanticIssue[],
): KindRow<T> {
  return {
    name,
    schema,
    read: readerOf(schema),
    isStrict: strictnessOf(schema),
    members: Object.keys(schema.shape),
    rules,
  }
}

export const KINDS: { readonly [Kind in ModelKind]: KindRow<ModelKinds[Kind]> } = {
  'open-badge': row<OpenBadgeCredential>('an Open Badge', openBadgeCredential, openBadgeRules),
  endorsement: row<EndorsementCredential>('an endorsement', endorsementCredential, credentialRules),
  credential: row<VerifiableCredential>('a verifiable credential', verifiableCredential, credentialRules),
  presentation: row<VerifiablePresentation>('a verifiable presentation', verifiablePresentation, presentationRules),
  profile: row<Profile>('a profile', profile, () => []),
  achievement: row<Achievement>('an achievement', achievement, achievementRules),
}

/** By its types alone: a VerifiableCredential that is an OpenBadgeCredential, which is called AchievementCredential too. */
export function isOpenBadge(document: JsonObject): boolean {
  return (
    hasType(document, 'VerifiableCredential') &&
    (hasType(document, 'OpenBadgeCredential') || hasType(document, 'AchievementCredential'))
  )
}

/** By its types alone. */
export function isEndorsement(document: JsonObject): boolean {
  return hasType(document, 'VerifiableCredential') && hasType(document, 'EndorsementCredential')
}

/** By its types alone. */
export function isPresentation(document: JsonObject): boolean {
  return hasType(document, 'VerifiablePresentation')
}

function hasType({ type }: JsonObject, name: string): boolean {
  return type === name || (Array.isArray(type) && type.includes(name))
}
