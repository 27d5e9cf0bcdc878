/**
 * The kinds of documents that the library reads, each with its reader and its rules.
 *
 * @module
 */
import type { JsonObject } from '../internal/types.js'
import type { Achievement, OpenBadgeCredential } from './achievement.js'
import type { VerifiableCredential } from './credential.js'
import type { VerifiablePresentation } from './presentation.js'
import type { EndorsementCredential, Profile } from './profile.js'
import { type Read, readerOf } from './reader.js'
import { achievement, openBadgeCredential } from './schemas/achievement.js'
import type { Schema } from './schemas/blocks.js'
import { verifiableCredential } from './schemas/credential.js'
import { verifiablePresentation } from './schemas/presentation.js'
import { endorsementCredential, profile } from './schemas/profile.js'
import { achievementRules, credentialRules, openBadgeRules, presentationRules, type SemanticIssue } from './semantic.js'

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
  /** The names of the members that the standard gives the class. */
  readonly members: readonly string[]
  /** `version`: of the document, which `value` no longer shows. */
  readonly rules: (value: T, version: '1.1' | '2.0') => readonly SemanticIssue[]
}

function row<T>(name: string, schema: Schema<T> & { readonly shape: object }, rules: KindRow<T>['rules']): KindRow<T> {
  return {
    name,
    schema,
    read: readerOf(schema),
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

/**
 * By its types alone: an OpenBadgeCredential, which is called AchievementCredential too. Whether VerifiableCredential stands beside it, as it
 * must, is the model's to judge: an Open Badge without it is a wrong one, and not something else.
 */
export function isOpenBadge(document: JsonObject): boolean {
  return hasType(document, 'OpenBadgeCredential') || hasType(document, 'AchievementCredential')
}

/** By its types alone, as above. */
export function isEndorsement(document: JsonObject): boolean {
  return hasType(document, 'EndorsementCredential')
}

/** By its types alone. */
export function isPresentation(document: JsonObject): boolean {
  return hasType(document, 'VerifiablePresentation')
}

/** By its types alone: a credential or a presentation in a data: URL, VCDM 2.0 sections 4.13.1 and 4.13.2. */
export function isEnvelope(document: JsonObject): boolean {
  return hasType(document, 'EnvelopedVerifiableCredential') || hasType(document, 'EnvelopedVerifiablePresentation')
}

function hasType({ type }: JsonObject, name: string): boolean {
  return type === name || (Array.isArray(type) && type.includes(name))
}
