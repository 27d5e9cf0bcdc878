/**
 * The documented interfaces are what the schemas infer, member by member, optionality included. Checked by tsc: a file that
 * compiles is a test that passed.
 */
import type * as z from 'zod/mini'
import type { JsonObject } from '../../src/internal/types.js'
import type * as achievement from '../../src/model/schemas/achievement.js'
import type * as credential from '../../src/model/schemas/credential.js'
import type * as evidence from '../../src/model/schemas/evidence.js'
import type * as identity from '../../src/model/schemas/identity.js'
import type * as presentation from '../../src/model/schemas/presentation.js'
import type * as profile from '../../src/model/schemas/profile.js'
import type * as proof from '../../src/model/schemas/proof.js'
import type * as result from '../../src/model/schemas/result.js'
import type * as text from '../../src/model/schemas/text.js'
import type * as model from '../../src/model/types.js'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Interfaces are read-only, what zod infers is not; and an interface that extends another is written out. */
type Plain<T> = T extends string | number | boolean
  ? T
  : T extends object
    ? Equal<T, JsonObject> extends true
      ? T
      : { readonly [K in keyof T]: Plain<T[K]> }
    : T
/** Compiles only where the interface and what the schema infers are the same. */
type Pinned<Schema extends z.core.$ZodType, Interface> = Same<z.infer<Schema>, Interface>
/** The second half sees what mapped types do not: an optional member that may also be undefined. */
type Same<Inferred, Interface> = [Inferred] extends [Interface] ? Equal<Plain<Inferred>, Plain<Interface>> : false

export const pinned: {
  readonly Achievement: Pinned<typeof achievement.achievement, model.Achievement>
  readonly AchievementCredential: Pinned<typeof achievement.openBadgeCredential, model.OpenBadgeCredential>
  readonly AchievementSubject: Pinned<typeof achievement.achievementSubject, model.AchievementSubject>
  readonly Address: Pinned<typeof profile.address, model.Address>
  readonly Alignment: Pinned<typeof result.alignment, model.Alignment>
  readonly Criteria: Pinned<typeof achievement.criteria, model.Criteria>
  readonly CredentialEvidence: Pinned<typeof credential.credentialEvidence, model.CredentialEvidence>
  readonly CredentialRefreshService: Pinned<typeof credential.refreshService, model.CredentialRefreshService>
  readonly CredentialSchema: Pinned<typeof credential.credentialSchema, model.CredentialSchema>
  readonly CredentialStatus: Pinned<typeof credential.credentialStatus, model.CredentialStatus>
  readonly CredentialSubject: Pinned<typeof credential.credentialSubject, model.CredentialSubject>
  readonly EndorsementCredential: Pinned<typeof profile.endorsementCredential, model.EndorsementCredential>
  readonly EndorsementSubject: Pinned<typeof profile.endorsementSubject, model.EndorsementSubject>
  readonly EnvelopedVerifiableCredential: Pinned<typeof presentation.enveloped, model.EnvelopedVerifiableCredential>
  readonly Evidence: Pinned<typeof evidence.evidence, model.Evidence>
  readonly GeoCoordinates: Pinned<typeof profile.geoCoordinates, model.GeoCoordinates>
  readonly IdentifierEntry: Pinned<typeof identity.identifierEntry, model.IdentifierEntry>
  readonly IdentityObject: Pinned<typeof identity.identityObject, model.IdentityObject>
  readonly Image: Pinned<typeof profile.image, model.Image>
  readonly Profile: Pinned<typeof profile.profile, model.Profile>
  readonly Proof: Pinned<typeof proof.proof, model.Proof>
  readonly RefreshService: Pinned<typeof credential.refreshServiceAt, model.RefreshService>
  readonly Related: Pinned<typeof achievement.related, model.Related>
  readonly RelatedResource: Pinned<typeof credential.relatedResource, model.RelatedResource>
  readonly Result: Pinned<typeof result.result, model.Result>
  readonly ResultDescription: Pinned<typeof result.resultDescription, model.ResultDescription>
  readonly RubricCriterionLevel: Pinned<typeof result.rubricCriterionLevel, model.RubricCriterionLevel>
  readonly TermsOfUse: Pinned<typeof credential.termsOfUse, model.TermsOfUse>
  readonly Text: Pinned<typeof text.languageText, model.Text>
  readonly VerifiableCredential: Pinned<typeof credential.verifiableCredential, model.VerifiableCredential>
  readonly VerifiablePresentation: Pinned<typeof presentation.verifiablePresentation, model.VerifiablePresentation>
} = {
  Achievement: true,
  AchievementCredential: true,
  AchievementSubject: true,
  Address: true,
  Alignment: true,
  Criteria: true,
  CredentialEvidence: true,
  CredentialRefreshService: true,
  CredentialSchema: true,
  CredentialStatus: true,
  CredentialSubject: true,
  EndorsementCredential: true,
  EndorsementSubject: true,
  EnvelopedVerifiableCredential: true,
  Evidence: true,
  GeoCoordinates: true,
  IdentifierEntry: true,
  IdentityObject: true,
  Image: true,
  Profile: true,
  Proof: true,
  RefreshService: true,
  Related: true,
  RelatedResource: true,
  Result: true,
  ResultDescription: true,
  RubricCriterionLevel: true,
  TermsOfUse: true,
  Text: true,
  VerifiableCredential: true,
  VerifiablePresentation: true,
}

// The pin bites: one member more, or one that may be undefined, is another type.
// @ts-expect-error a member more
export const more: Pinned<typeof achievement.criteria, model.Criteria & { readonly other?: string }> = true
interface Undefinable {
  readonly id?: string | undefined
  readonly narrative?: string
}
// @ts-expect-error optional is not undefined
export const undefinable: Same<Undefinable, model.Criteria> = true
