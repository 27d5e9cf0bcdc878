/**
 * The types of the model in one place: the classes of Open Badges 3.0 and of VCDM 2.0 under it.
 *
 * @module
 */
export type {
  Achievement,
  AchievementCredential,
  AchievementSubject,
  Criteria,
  OpenBadgeCredential,
  Related,
} from './achievement.js'
export type { Alignment } from './alignment.js'
export type { ContextEntry, CredentialContexts, OpenBadgeContexts, OpenBadgesContextUrl } from './contexts.js'
export type {
  CredentialEvidence,
  CredentialIssuer,
  CredentialRefreshService,
  CredentialSchema,
  CredentialStatus,
  CredentialSubject,
  RefreshService,
  RelatedResource,
  StatusPurpose,
  TermsOfUse,
  VerifiableCredential,
  VerifiableCredentialV1,
} from './credential.js'
export type { Evidence } from './evidence.js'
export type { IdentifierEntry, IdentityObject } from './identity.js'
export type {
  AchievementInput,
  AchievementSubjectInput,
  AddressInput,
  AlignmentInput,
  AwardedAchievement,
  CredentialExtensions,
  CredentialInput,
  CriteriaInput,
  EndorsementInput,
  EvidenceInput,
  IdentifierEntryInput,
  IdentityObjectInput,
  ImageInput,
  IssuerProfile,
  ProfileInput,
  RelatedInput,
  ResultDescriptionInput,
  ResultInput,
  RubricCriterionLevelInput,
} from './input.js'
export type {
  EnvelopedVerifiableCredential,
  PresentationHolder,
  VerifiablePresentation,
  VerifiablePresentationV1,
} from './presentation.js'
export type { Address, EndorsementCredential, EndorsementSubject, GeoCoordinates, Image, Profile } from './profile.js'
export type { Proof } from './proof.js'
export type { Result, ResultDescription, RubricCriterionLevel } from './result.js'
export type { EmbeddedCredential, ProofList, SecuredCredential, SignedCredential } from './secured.js'
export type { LanguageValue, Text } from './text.js'
export type {
  AchievementType,
  AlignmentTargetType,
  ExtensionTerm,
  IdentifierType,
  ReadTerm,
  ResultStatus,
  ResultType,
  WrittenTerm,
} from './vocabulary.js'
