/**
 * `badgewright`: Open Badges 3.0. Model competencies as achievements, issue, bake and verify credentials.
 *
 * @module
 */

export type { BakedAssertion } from '../bake/assertion.js'
export type { BakeOptions } from '../bake/bake.js'
export type { DecodedCredential } from '../bake/decode.js'
export { type DeriveOptions, deriveCredential } from '../defaults/derive.js'
export { bakeImage, decodeCredential, unbakeAssertion, unbakeImage } from '../defaults/images.js'
export { createIssuer, type IssuerOptions } from '../defaults/issue.js'
export { createSigner, digestSigner, generateKey, importPrivateKey } from '../defaults/keys.js'
export {
  createAchievement,
  createCredential,
  createEndorsement,
  createEvaluation,
  upgradeAssertion,
} from '../defaults/model.js'
export { defaultLimits } from '../defaults/platform.js'
export {
  createPresentation,
  type SignFormat,
  type SignOptions,
  signCredential,
  signPresentation,
} from '../defaults/sign.js'
export {
  type Acceptable,
  type Accepted,
  type CacheSize,
  createVerifier,
  type VerifyOptions,
  verifyCredential,
  verifyPresentation,
} from '../defaults/verify.js'
export {
  type DefectErrorCode,
  ERROR_CODES,
  type ErrorCode,
  type ErrorCodeRow,
  type ParseErrorCode,
  type ResolutionErrorCode,
  type SigningErrorCode,
  type StoreErrorCode,
  type UsageErrorCode,
} from '../error-codes.js'
export {
  DefectError,
  OpenBadgeError,
  ParseError,
  type ParseIssue,
  ResolutionError,
  SigningError,
  StoreError,
  UsageError,
} from '../errors.js'
export type { Progress } from '../internal/in-order.js'
export type { Bytes, Json, JsonObject, MaybePromise, WebCryptoKey } from '../internal/types.js'
export type { Award, AwardRecipient, RecipientIdentifier } from '../issue/award.js'
export type {
  AwardLifecycle,
  Claimed,
  ClaimRequest,
  NewOffer,
  Offer,
  OfferOptions,
  PersonAward,
} from '../issue/award-lifecycle.js'
export type {
  AwardChange,
  AwardClaim,
  AwardEvent,
  AwardQuery,
  AwardRecord,
  AwardStanding,
  AwardState,
  AwardStore,
  AwardSummary,
  NewAwardRecord,
} from '../issue/award-store.js'
export type { EvaluatedLevel, EvaluationInput } from '../issue/create-evaluation.js'
export type {
  CredentialChange,
  CredentialEvent,
  CredentialKey,
  CredentialQuery,
  CredentialRecord,
  CredentialState,
  CredentialStore,
  CredentialSummary,
  ListPlace,
  NewCredentialRecord,
  PlainEvent,
  RecordedEvent,
  RenewedEvent,
  StatusPlace,
} from '../issue/credential-store.js'
export type {
  BatchOptions,
  Change,
  FailedChange,
  IssuedAward,
  IssuedText,
  Issuer,
  ListRequest,
  ManyChange,
  ManyChanged,
  Renewal,
  StatusChange,
  StatusUrls,
  TextBatchOptions,
} from '../issue/issuer.js'
export type { PersonKey, PersonKeys } from '../issue/persons.js'
export type { RevokedCredentials } from '../issue/revoked-credentials.js'
export type { IssuerStatus } from '../issue/status-places.js'
export type { Loss, Upgrade } from '../issue/upgrade-assertion.js'
export type { DigestSignerOptions } from '../keys/digest-signer.js'
export {
  type Ed25519Seed,
  importPublicKey,
  type MultikeyPair,
  type PrivateKeyInput,
  type PublicKeyInput,
} from '../keys/import-key.js'
export {
  type DidDocument,
  type DidDocumentOptions,
  didDocument,
  type IssuerKey,
  jwks,
  type PublishedMethod,
} from '../keys/issuer-keys.js'
export { createKeySet, type KeySet } from '../keys/key-set.js'
export type { SignerOptions } from '../keys/local-signer.js'
export type { ControlledSigner, KeyAlgorithm, Signer } from '../keys/signer.js'
export { thumbprint } from '../keys/thumbprint.js'
export { isSameCredential, newerCredential } from '../model/compare.js'
export { OB_V3, VC_V2 } from '../model/contexts.js'
export { statusEntries } from '../model/credential.js'
export type { EcPublicJwk, Multikey, OkpPublicJwk, PrivateJwk, PublicJwk, RsaPublicJwk } from '../model/jwk.js'
export {
  parseCredential,
  parseEndorsement,
  parsePresentation,
  parseProfile,
  parseVerifiableCredential,
} from '../model/parse.js'
export type { Person } from '../model/person.js'
export { languageMap } from '../model/text.js'
export type {
  Achievement,
  AchievementCredential,
  AchievementInput,
  AchievementSubject,
  AchievementSubjectInput,
  AchievementType,
  Address,
  AddressInput,
  Alignment,
  AlignmentInput,
  AlignmentTargetType,
  AwardedAchievement,
  ContextEntry,
  CredentialContexts,
  CredentialEvidence,
  CredentialExtensions,
  CredentialInput,
  CredentialIssuer,
  CredentialRefreshService,
  CredentialSchema,
  CredentialStatus,
  CredentialSubject,
  Criteria,
  CriteriaInput,
  EmbeddedCredential,
  EndorsementCredential,
  EndorsementInput,
  EndorsementSubject,
  EnvelopedVerifiableCredential,
  Evidence,
  EvidenceInput,
  ExtensionTerm,
  GeoCoordinates,
  IdentifierEntry,
  IdentifierEntryInput,
  IdentifierType,
  IdentityObject,
  IdentityObjectInput,
  Image,
  ImageInput,
  IssuerProfile,
  LanguageValue,
  OpenBadgeContexts,
  OpenBadgeCredential,
  OpenBadgesContextUrl,
  PresentationHolder,
  Profile,
  ProfileInput,
  Proof,
  ProofList,
  ReadTerm,
  RefreshService,
  Related,
  RelatedInput,
  RelatedResource,
  Result,
  ResultDescription,
  ResultDescriptionInput,
  ResultInput,
  ResultStatus,
  ResultType,
  RubricCriterionLevel,
  RubricCriterionLevelInput,
  SecuredCredential,
  SignedCredential,
  StatusPurpose,
  TermsOfUse,
  Text,
  VerifiableCredential,
  VerifiableCredentialV1,
  VerifiablePresentation,
  VerifiablePresentationV1,
  WrittenTerm,
} from '../model/types.js'
export type { PresentationInput, SignedPresentation } from '../present/presentation.js'
export type { JwtShape, PresentationJwtShape } from '../proof/jwt-shapes.js'
export type { ProofOptions, ProofSuite } from '../proof/suite.js'
export type { Check, CheckStatus, Finding } from '../report/check.js'
export { decide, strictPolicy } from '../report/decide.js'
export { FINDINGS, type FindingCode, type FindingRow, type FindingStatus, isRetryable } from '../report/findings.js'
export type { Limits } from '../report/limits.js'
export type {
  CheckId,
  Checks,
  Demand,
  FailedReport,
  Outcome,
  PresentationChecks,
  PresentationReport,
  ValidReport,
  VerificationPolicy,
  VerificationReport,
} from '../report/report.js'
export { anyHolder, anyIssuer, insecureNetwork, noChallenge } from '../report/symbols.js'
export type { Cache, Context } from '../resolve/context.js'
export { createLoader, type LoaderOptions } from '../resolve/create-loader.js'
export type { DocumentKind, DocumentLoader, LoadedDocument, LoadRequest } from '../resolve/document-loader.js'
export type { KeyRequest, KeyResolver, ResolvedKey } from '../resolve/key-resolver.js'
export type { StatusMethod, VerifyContext } from '../status/status-method.js'
export type { EntryChange, EntryRequest, StatusEntryPlace, StatusStore, StoreOutcome } from '../status/status-store.js'
export { explain } from '../verify/explain.js'
export type { IssuerRegistry } from '../verify/issuer-registry.js'
export type { PerCall, Recipient } from '../verify/settings.js'
export type { NamedInput, VerificationFailure, Verifier, VerifyAllOptions } from '../verify/verifier.js'
export type { PresentationOptions } from '../verify/verify-presentation.js'
