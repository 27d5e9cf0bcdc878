/**
 * `badgewright/competency`: competencies as the interface between issuers and schools. Frameworks in and out of CASE and CTDL-ASN,
 * achievements for competencies, what a role needs, crosswalks between frameworks, and whether a person fits.
 *
 * @module
 */
export {
  type AchievementForOptions,
  achievementFor,
  type CompetencyMatch,
  type CompetencySuggestion,
  competenciesOf,
} from '../competency/achievement-for.js'
export { assessStack, assessStacks, type PersonAssessment, type PersonReports } from '../competency/assess-stack.js'
export { type CaseReading, type ReadCaseOptions, readCase } from '../competency/case.js'
export { type CaseDifference, type ConvertCaseOptions, convertCase } from '../competency/case-conversion.js'
export type { CaseNaming } from '../competency/case-naming.js'
export type {
  CaseAssociation,
  CaseDocument,
  CaseFinding,
  CaseItem,
  CaseLink,
  CasePackage,
  CaseRubric,
  CaseRubricCriterion,
  CaseRubricCriterionLevel,
  CaseVersion,
} from '../competency/case-types.js'
export { type WriteCaseOptions, type WrittenCase, writeCase } from '../competency/case-write.js'
export { type CheckStackOptions, checkStack } from '../competency/check-stack.js'
export { checkCrosswalks, parseCrosswalk } from '../competency/crosswalk.js'
export { type CaseLoss, type CrosswalkCaseOptions, writeCrosswalkCase } from '../competency/crosswalk-case.js'
export type { CrosswalkFinding } from '../competency/crosswalk-step.js'
export { type CtdlReading, type ReadCtdlOptions, readCtdlAsn } from '../competency/ctdl.js'
export type { CtdlFinding, CtdlLoss } from '../competency/ctdl-types.js'
export { type WriteCtdlOptions, writeCtdlAsn } from '../competency/ctdl-write.js'
export {
  type ExplainStackOptions,
  explainReason,
  explainRequirement,
  explainStack,
  namesIn,
  type StackNames,
} from '../competency/explain-stack.js'
export {
  checkFramework,
  type FrameworkFinding,
  type OutlineEntry,
  outlineOf,
  parseFramework,
} from '../competency/framework.js'
export { canonicalUri, isLookAlike, isSameUri } from '../competency/identifiers.js'
export {
  type Condition,
  checkModularity,
  type ModularityFinding,
  type ModularityReport,
} from '../competency/modularity.js'
export type { ModularityCode } from '../competency/modularity-rules.js'
export type { PlugDifference } from '../competency/plug-sides.js'
export {
  type ComparePlugsOptions,
  comparePlugs,
  type PlugComparison,
} from '../competency/plugs.js'
export { checkQuality, lintQualityProfile } from '../competency/quality/check-quality.js'
export { parseQualityProfile, qualityProfileSchema } from '../competency/quality/profile.js'
export { type BundledProfile, QUALITY_PROFILES, qualityProfile } from '../competency/quality/profiles.js'
export type {
  CheckQualityOptions,
  QualityAnswer,
  QualityCheck,
  QualityPlace,
  QualityProfile,
  QualityProfileCheck,
  QualityProfileFinding,
  QualityReport,
  QualityResult,
  QualitySource,
  QualityStatus,
  QualitySubject,
  QualityWeight,
} from '../competency/quality/types.js'
export type { LevelDirection } from '../competency/rank-levels.js'
export type { PathCode, ReasonCode, ReasonWord, RemedyCode, StackReason } from '../competency/reasons.js'
export { parseStack, requirementsOf, stackName } from '../competency/stack.js'
export { competencyStackSchema } from '../competency/stack-schema.js'
export {
  type Asked,
  type AssessOptions,
  type Competency,
  type CompetencyFramework,
  type CompetencyStack,
  type Crosswalk,
  type KnownRecord,
  type KnownRecords,
  type Predictable,
  type RequiredContext,
  type Requirement,
  type RequirementReport,
  type RubricLevel,
  type StackFinding,
  type StackReport,
  samePerson,
} from '../competency/types.js'
export {
  type AchievementExtension,
  ASSESSMENT_TYPES,
  type AssessmentType,
  type AssessorAgreement,
  type ContextDimension,
  type ContextOfUse,
  extensionContext,
  PARTICIPATION_FORMS,
  type ParticipationForm,
  type SubjectExtension,
  type Workload,
} from '../model/extension-context.js'
export { extensionSchema } from '../model/extension-schema.js'
