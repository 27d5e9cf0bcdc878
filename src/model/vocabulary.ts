/**
 * The enumerations of Open Badges 3.0 (appendix B.1.27 and following). Most are open: an issuer may use a term of its own
 * with the prefix `ext:`.
 *
 * @module
 */

/** What kind of achievement it is. Open Badges 3.0, AchievementType Enumeration. */
export const ACHIEVEMENT_TYPES = [
  'Achievement',
  'ApprenticeshipCertificate',
  'Assessment',
  'Assignment',
  'AssociateDegree',
  'Award',
  'Badge',
  'BachelorDegree',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'CommunityService',
  'Competency',
  'Course',
  'CoCurricular',
  'Degree',
  'Diploma',
  'DoctoralDegree',
  'Fieldwork',
  'GeneralEducationDevelopment',
  'JourneymanCertificate',
  'LearningProgram',
  'License',
  'Membership',
  'ProfessionalDoctorate',
  'QualityAssuranceCredential',
  'MasterCertificate',
  'MasterDegree',
  'MicroCredential',
  'ResearchDoctorate',
  'SecondarySchoolDiploma',
] as const

/** What an alignment points at. Open Badges 3.0, AlignmentTargetType Enumeration. */
export const ALIGNMENT_TARGET_TYPES = [
  'ceasn:Competency',
  'ceterms:Credential',
  'CFItem',
  'CFRubric',
  'CFRubricCriterion',
  'CFRubricCriterionLevel',
  'CTDL',
] as const

/** What kind of identifier it is. Open Badges 3.0, IdentifierTypeEnum Enumeration. */
export const IDENTIFIER_TYPES = [
  'name',
  'sourcedId',
  'systemId',
  'productId',
  'userName',
  'accountId',
  'emailAddress',
  'nationalIdentityNumber',
  'isbn',
  'issn',
  'lisSourcedId',
  'oneRosterSourcedId',
  'sisSourcedId',
  'ltiContextId',
  'ltiDeploymentId',
  'ltiToolId',
  'ltiPlatformId',
  'ltiUserId',
  'identifier',
] as const

/** What kind of result it is. Open Badges 3.0, ResultType Enumeration. */
export const RESULT_TYPES = [
  'GradePointAverage',
  'LetterGrade',
  'Percent',
  'PerformanceLevel',
  'PredictedScore',
  'RawScore',
  'Result',
  'RubricCriterion',
  'RubricCriterionLevel',
  'RubricScore',
  'ScaledScore',
  'Status',
] as const

/** The one closed enumeration: how far the recipient got. Open Badges 3.0, ResultStatusType Enumeration. */
export const RESULT_STATUSES = [
  'Completed',
  'Enrolled',
  'Failed',
  'InProgress',
  'OnHold',
  'Provisional',
  'Withdrew',
] as const

/** A term of an issuer's own: letters, digits, `.`, `-`, `_` after the prefix. */
export type ExtensionTerm = `ext:${string}`
/** What is written: a term of the standard, or one of the issuer's own. */
export type WrittenTerm<Term extends string> = Term | ExtensionTerm
/** What may be read: also a term that nobody defined (the note `schema.outside_vocabulary`). */
export type ReadTerm<Term extends string> = Term | ExtensionTerm | (string & {})

/** The kinds of achievements that the standard names (Open Badges 3.0, AchievementType). */
export type AchievementType = (typeof ACHIEVEMENT_TYPES)[number]
/** What an alignment points at (Open Badges 3.0, AlignmentTargetType). */
export type AlignmentTargetType = (typeof ALIGNMENT_TARGET_TYPES)[number]
/** An `ext:` term too: whoever names a recipient may use their own. */
export type IdentifierType = WrittenTerm<(typeof IDENTIFIER_TYPES)[number]>
/** What a result is measured in (Open Badges 3.0, ResultType). */
export type ResultType = (typeof RESULT_TYPES)[number]
/** How far somebody got (Open Badges 3.0, ResultStatusType). */
export type ResultStatus = (typeof RESULT_STATUSES)[number]
