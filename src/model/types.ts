/**
 * The types of the model in one place: the classes of Open Badges 3.0 and of VCDM 2.0 under it.
 *
 * @module
 */
export type {
  Achievement,
  AchievementCredential,
  AchievementSubject,
  Alignment,
  Criteria,
  OpenBadgeCredential,
  Related,
} from './achievement.js'
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
} from './credential.js'
export type { EndorsementCredential, EndorsementSubject } from './endorsement.js'
export type { Evidence } from './evidence.js'
export type { IdentifierEntry, IdentityObject } from './identity.js'
export type {
  AchievementInput,
  AchievementSubjectInput,
  AddressInput,
  AlignmentInput,
  CredentialExtensions,
  CredentialInput,
  CriteriaInput,
  EndorsementInput,
  EvidenceInput,
  IdentifierEntryInput,
  IdentityObjectInput,
  ImageInput,
  ProfileInput,
  RelatedInput,
  ResultDescriptionInput,
  ResultInput,
  RubricCriterionLevelInput,
} from './input.js'
export type { EnvelopedVerifiableCredential, PresentationHolder, VerifiablePresentation } from './presentation.js'
export type { Address, GeoCoordinates, Image, Profile } from './profile.js'
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
