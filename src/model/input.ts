/**
 * What `create*` takes: the classes of the standard without what the library can fill in. `type` is never needed; ids of
 * achievements, result descriptions and rubric levels default to a fresh `urn:uuid:`.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import type { Achievement, AchievementSubject, Alignment, Criteria, Related } from './achievement.js'
import type { ContextEntry } from './contexts.js'
import type { CredentialSchema, CredentialStatus, RefreshService, TermsOfUse } from './credential.js'
import type { EndorsementCredential } from './endorsement.js'
import type { Evidence } from './evidence.js'
import type { IdentifierEntry, IdentityObject } from './identity.js'
import type { Address, GeoCoordinates, Image, Profile } from './profile.js'
import type { Result, ResultDescription, RubricCriterionLevel } from './result.js'
import type { AchievementType, AlignmentTargetType, IDENTIFIER_TYPES, ResultType, WrittenTerm } from './vocabulary.js'

/** The class without its `type`, which may still be given. */
type Typeless<Class extends { readonly type: unknown }, Refined extends keyof Class = never> = Omit<
  Class,
  'type' | Refined
> & { readonly type?: Class['type'] }

/** A URL, or an image with a caption. */
export type ImageInput = string | Typeless<Image>
/** At a URL, in Markdown, or both: one of them must be there. */
export type CriteriaInput = (Criteria & { readonly id: string }) | (Criteria & { readonly narrative: string })
/** An Alignment, without its `type`. */
export type AlignmentInput = Typeless<Alignment, 'targetType'> & {
  readonly targetType?: WrittenTerm<AlignmentTargetType>
}
/** A Related achievement, without its `type`. */
export type RelatedInput = Typeless<Related>
/** Evidence, without its `type`. */
export type EvidenceInput = Typeless<Evidence>
/** An IdentifierEntry, without its `type`. */
export type IdentifierEntryInput = Typeless<IdentifierEntry, 'identifierType'> & {
  readonly identifierType: WrittenTerm<(typeof IDENTIFIER_TYPES)[number]>
}
/** An IdentityObject, without its `type`. */
export type IdentityObjectInput = Typeless<IdentityObject, 'identityType'> & {
  readonly identityType: WrittenTerm<(typeof IDENTIFIER_TYPES)[number]>
}
/** An Address, without its `type`. */
export type AddressInput = Typeless<Address, 'geo'> & { readonly geo?: Typeless<GeoCoordinates> }
/** A RubricCriterionLevel, without its `type`. */
export type RubricCriterionLevelInput = Typeless<RubricCriterionLevel, 'id' | 'alignment'> & {
  readonly id?: string
  readonly alignment?: readonly AlignmentInput[]
}
/** A ResultDescription, without its `type`. */
export type ResultDescriptionInput = Typeless<
  ResultDescription,
  'id' | 'resultType' | 'alignment' | 'rubricCriterionLevel'
> & {
  readonly id?: string
  readonly resultType: WrittenTerm<ResultType>
  readonly alignment?: readonly AlignmentInput[]
  /** From low to high. */
  readonly rubricCriterionLevel?: readonly RubricCriterionLevelInput[]
}
/** A Result, without its `type`. */
export type ResultInput = Typeless<Result, 'alignment'> & { readonly alignment?: readonly AlignmentInput[] }
/** A Profile, without its `type`. */
export type ProfileInput = Typeless<Profile, 'image' | 'address' | 'otherIdentifier' | 'parentOrg'> & {
  readonly image?: ImageInput
  readonly address?: AddressInput
  readonly otherIdentifier?: readonly IdentifierEntryInput[]
  readonly parentOrg?: ProfileInput
}

/** What `createAchievement` takes. */
export type AchievementInput = Typeless<
  Achievement,
  | 'id'
  | 'criteria'
  | 'achievementType'
  | 'alignment'
  | 'creator'
  | 'image'
  | 'otherIdentifier'
  | 'related'
  | 'resultDescription'
> & {
  /** Default: a fresh `urn:uuid:`. */
  readonly id?: string
  readonly criteria: CriteriaInput
  readonly achievementType?: WrittenTerm<AchievementType>
  readonly alignment?: readonly AlignmentInput[]
  readonly creator?: ProfileInput
  readonly image?: ImageInput
  readonly otherIdentifier?: readonly IdentifierEntryInput[]
  readonly related?: readonly RelatedInput[]
  readonly resultDescription?: readonly ResultDescriptionInput[]
}

/** Whom a badge is about and what they achieved, without its `type`. */
export type AchievementSubjectInput = Typeless<
  AchievementSubject,
  'achievement' | 'identifier' | 'image' | 'result' | 'source' | 'activityStartDate' | 'activityEndDate'
> & {
  readonly achievement: Achievement | AchievementInput
  readonly identifier?: readonly (IdentityObjectInput | IdentityObject)[]
  readonly image?: ImageInput
  readonly result?: readonly (ResultInput | Result)[]
  readonly source?: ProfileInput
  readonly activityStartDate?: Date | string
  readonly activityEndDate?: Date | string
}

/** The one way in for members that the standard does not know: a context that defines them, and the members. */
export interface CredentialExtensions {
  readonly contexts: readonly ContextEntry[]
  /** Further members of the credential. A member of the standard is refused here. */
  readonly properties: Readonly<Record<string, Json>>
}

interface CommonInput {
  /** Default: a fresh `urn:uuid:`. */
  readonly id?: string
  readonly description?: string
  readonly issuer: string | ProfileInput | Profile
  /** RFC 3339 with an offset, or a Date. Default: now, to the second. */
  readonly validFrom?: Date | string
  readonly validUntil?: Date | string
  readonly awardedDate?: Date | string
  readonly credentialStatus?: CredentialStatus | readonly CredentialStatus[]
  readonly credentialSchema?: readonly CredentialSchema[]
  readonly refreshService?: RefreshService
  readonly termsOfUse?: readonly TermsOfUse[]
  readonly evidence?: readonly EvidenceInput[]
  readonly extensions?: CredentialExtensions
  /** VCDM 1.1: use `validFrom`. */
  readonly issuanceDate?: never
  /** VCDM 1.1: use `validUntil`. */
  readonly expirationDate?: never
  /** Filled in; further contexts go into `extensions`. */
  readonly '@context'?: never
  /** Made by `signCredential`. */
  readonly proof?: never
}

/** What `createCredential` takes. */
export interface CredentialInput extends CommonInput {
  readonly name?: string
  readonly image?: ImageInput
  readonly credentialSubject: AchievementSubjectInput
  readonly endorsement?: readonly EndorsementCredential[]
  readonly endorsementJwt?: readonly string[]
}

/** What `createEndorsement` takes. */
export interface EndorsementInput extends CommonInput {
  /** 1EdTech's schema demands it. */
  readonly name: string
  readonly credentialSubject: {
    /** What is endorsed. */
    readonly id: string
    readonly type?: readonly string[]
    /** Markdown. */
    readonly endorsementComment?: string
  }
}
