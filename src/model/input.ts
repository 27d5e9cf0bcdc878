/**
 * What `create*` takes: the classes of the standard without what the library can fill in. `type` is never needed; ids of
 * achievements, result descriptions and rubric levels default to a fresh `urn:uuid:`.
 *
 * @module
 */
import type { Json } from '../internal/types.js'
import type { Achievement, AchievementSubject, Criteria, Related } from './achievement.js'
import type { Alignment } from './alignment.js'
import type { ContextEntry } from './contexts.js'
import type { CredentialSchema, CredentialStatus, RefreshService, TermsOfUse } from './credential.js'
import type { Evidence } from './evidence.js'
import type { IdentifierEntry, IdentityObject } from './identity.js'
import type { Address, EndorsementCredential, GeoCoordinates, Image, Profile } from './profile.js'
import type { Result, ResultDescription, RubricCriterionLevel } from './result.js'
import type { AchievementType, AlignmentTargetType, IDENTIFIER_TYPES, ResultType, WrittenTerm } from './vocabulary.js'

/** The class without its `type`, which may still be given. */
type Typeless<Class extends { readonly type: unknown }, Refined extends keyof Class = never> = Lenient<
  Omit<Class, 'type' | Refined>
> & { readonly type?: Class['type'] | undefined }

/** Undefined is as good as absent, also with `exactOptionalPropertyTypes`. */
type Lenient<Class> = {
  readonly [Name in keyof Class]: Record<never, never> extends Pick<Class, Name> ? Class[Name] | undefined : Class[Name]
}

/** A URL, or an image with a caption. */
export type ImageInput = string | Typeless<Image>
/** At a URL, in Markdown, or both: one of them must be there. */
export type CriteriaInput = (Criteria & { readonly id: string }) | (Criteria & { readonly narrative: string })
/** An Alignment, without its `type`. */
export type AlignmentInput = Typeless<Alignment, 'targetType'> & {
  readonly targetType?: WrittenTerm<AlignmentTargetType> | undefined
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
export type AddressInput = Typeless<Address, 'geo'> & { readonly geo?: Typeless<GeoCoordinates> | undefined }
/** A RubricCriterionLevel, without its `type`. */
export type RubricCriterionLevelInput = Typeless<RubricCriterionLevel, 'id' | 'alignment'> & {
  readonly id?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
}
/** A ResultDescription, without its `type`. */
export type ResultDescriptionInput = Typeless<
  ResultDescription,
  'id' | 'resultType' | 'alignment' | 'rubricCriterionLevel'
> & {
  readonly id?: string | undefined
  readonly resultType: WrittenTerm<ResultType>
  readonly alignment?: readonly AlignmentInput[] | undefined
  /** From low to high. */
  readonly rubricCriterionLevel?: readonly RubricCriterionLevelInput[] | undefined
}
/** A Result, without its `type`. */
export type ResultInput = Typeless<Result, 'alignment'> & { readonly alignment?: readonly AlignmentInput[] | undefined }
/** A Profile, without its `type`. */
export type ProfileInput = Typeless<Profile, 'image' | 'address' | 'otherIdentifier' | 'parentOrg'> & {
  readonly image?: ImageInput | undefined
  readonly address?: AddressInput | undefined
  readonly otherIdentifier?: readonly IdentifierEntryInput[] | undefined
  readonly parentOrg?: ProfileInput | undefined
}

/** Who issues: a profile that has an id, without what the library fills in. */
export type IssuerProfile = Profile | (ProfileInput & { readonly id: string })
/** An achievement as it stands in a badge, or inline, with an id under which it stays the same. */
export type AwardedAchievement = Achievement | (AchievementInput & { readonly id: string })

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
  readonly id?: string | undefined
  readonly criteria: CriteriaInput
  readonly achievementType?: WrittenTerm<AchievementType> | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
  readonly creator?: ProfileInput | undefined
  readonly image?: ImageInput | undefined
  readonly otherIdentifier?: readonly IdentifierEntryInput[] | undefined
  readonly related?: readonly RelatedInput[] | undefined
  readonly resultDescription?: readonly ResultDescriptionInput[] | undefined
}

/** Whom a badge is about and what they achieved, without its `type`. */
export type AchievementSubjectInput = Typeless<
  AchievementSubject,
  'achievement' | 'identifier' | 'image' | 'result' | 'source' | 'activityStartDate' | 'activityEndDate'
> & {
  readonly achievement: Achievement | AchievementInput
  readonly identifier?: readonly (IdentityObjectInput | IdentityObject)[] | undefined
  readonly image?: ImageInput | undefined
  readonly result?: readonly (ResultInput | Result)[] | undefined
  readonly source?: ProfileInput | undefined
  readonly activityStartDate?: Date | string | undefined
  readonly activityEndDate?: Date | string | undefined
}

/** The one way in for members that the standard does not know: a context that defines them, and the members. */
export interface CredentialExtensions {
  readonly contexts: readonly ContextEntry[]
  /** Further members of the credential. A member of the standard is refused here. */
  readonly properties: Readonly<Record<string, Json>>
}

interface CommonInput {
  /** Default: a fresh `urn:uuid:`. */
  readonly id?: string | undefined
  readonly description?: string | undefined
  readonly issuer: string | ProfileInput | Profile
  /** RFC 3339 with an offset, or a Date. Default: now, to the second. */
  readonly validFrom?: Date | string | undefined
  readonly validUntil?: Date | string | undefined
  readonly awardedDate?: Date | string | undefined
  readonly credentialStatus?: CredentialStatus | readonly CredentialStatus[] | undefined
  readonly credentialSchema?: readonly CredentialSchema[] | undefined
  readonly refreshService?: RefreshService | undefined
  readonly termsOfUse?: readonly TermsOfUse[] | undefined
  readonly evidence?: readonly EvidenceInput[] | undefined
  readonly extensions?: CredentialExtensions | undefined
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
  readonly name?: string | undefined
  readonly image?: ImageInput | undefined
  readonly credentialSubject: AchievementSubjectInput
  readonly endorsement?: readonly EndorsementCredential[] | undefined
  readonly endorsementJwt?: readonly string[] | undefined
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
