/**
 * `badgewright/predictability`: can people who hold a badge do what it says? Agreement of raters and what may be claimed of it; audits by
 * samples, planned, drawn and judged.
 *
 * @module
 */
export { brennanPrediger, fleissKappa, gwetAC, percentAgreement } from '../predictability/agreement.js'
export {
  type AgreementRemark,
  type AgreementReport,
  type AgreementReportOptions,
  agreementReport,
  type LabelledAgreement,
} from '../predictability/agreement-report.js'
export {
  type AuditPlan,
  type AuditPlanOptions,
  type OperatingPoint,
  operatingCurve,
  planAudit,
} from '../predictability/audit-plan.js'
export {
  type Benchmark,
  type BenchmarkOptions,
  type BenchmarkScale,
  benchmark,
  type Measured,
} from '../predictability/benchmark.js'
export {
  type CompareEvidenceOptions,
  compareEvidence,
  type EvidenceComparison,
  type NotCompared,
} from '../predictability/compare-evidence.js'
export {
  type BlobBytes,
  type BytesReader,
  type DigestEvidenceOptions,
  digestEvidence,
  type EvidenceDigest,
  type EvidenceSource,
  type ReadableBytes,
} from '../predictability/digest-evidence.js'
export {
  type AuditBadge,
  type AuditPopulation,
  type AuditSample,
  type AuditStratum,
  auditPopulation,
  drawSample,
} from '../predictability/draw-sample.js'
export { explainAgreement } from '../predictability/explain-agreement.js'
export { explainAudit, explainAuditPlan } from '../predictability/explain-audit.js'
export { explainTrackRecord } from '../predictability/explain-track-record.js'
export {
  type Generalizability,
  type GeneralizabilityOptions,
  generalizability,
  type Intraclass,
  type IntraclassCorrelation,
  type IntraclassOptions,
  intraclassCorrelation,
  type MeanSquares,
  type Scores,
} from '../predictability/intraclass.js'
export {
  type AuditedStratum,
  type AuditRemark,
  type AuditReport,
  type AuditResult,
  type JudgeAuditOptions,
  judgeAudit,
} from '../predictability/judge-audit.js'
export type { EvaluationFlaw } from '../predictability/judgements.js'
export { type CohenOptions, cohenKappa, congerKappa } from '../predictability/kappa.js'
export { type KrippendorffOptions, krippendorffAlpha } from '../predictability/krippendorff.js'
export type {
  Agreement,
  AgreementAnswer,
  AgreementMeasure,
  AgreementOptions,
  Interval,
  NoAgreement,
} from '../predictability/measure.js'
export { acceptanceProbability, type SingleSampling } from '../predictability/operating-curve.js'
export type { OutcomeFlaw, SchoolOutcome } from '../predictability/outcomes.js'
export { clopperPearson, type ProportionOptions, wilson } from '../predictability/proportion.js'
export {
  type Rating,
  type RatingScale,
  type RatingTable,
  type RowOptions,
  ratingRows,
  ratingTable,
} from '../predictability/ratings.js'
export {
  auditResultsOf,
  type Evaluation,
  type ReadEvaluationsOptions,
  ratingsOf,
  readEvaluations,
} from '../predictability/read-evaluations.js'
export { type KappaSampleSize, kappaSampleSize } from '../predictability/sample-size.js'
export { type SequentialLines, type SequentialOptions, sequentialLines } from '../predictability/sequential.js'
export type { RaterSeverity } from '../predictability/severity.js'
export {
  type EvidencedBadge,
  findSharedEvidence,
  type SharedEvidence,
  type SharedEvidenceOptions,
  type SharedEvidenceReport,
} from '../predictability/shared-evidence.js'
export {
  type SharedOutcomeRow,
  type SharedOutcomes,
  type SharedOutcomesCredentialOptions,
  type ShareOutcomesOptions,
  sharedOutcomesCredential,
  shareOutcomes,
} from '../predictability/shared-outcomes.js'
export {
  type AqlOptions,
  aqlPlan,
  type ConsumerPoint,
  type ProducerPoint,
  type SamplingAims,
  singleSampling,
} from '../predictability/single-sampling.js'
export { trackRecord } from '../predictability/track-record.js'
export type {
  ConfirmedShare,
  CriterionRecord,
  EvaluatorRecord,
  OutcomeShare,
  StatedLevels,
  TrackRecord,
  TrackRecordOptions,
  TrackRemark,
  TrackRow,
  VersionDrift,
} from '../predictability/track-types.js'
export type { AgreementWeights } from '../predictability/weights.js'
