// Nothing misspelt goes through: a walk over what `badgewright/predictability` exports.

import { createLoader } from '../../src/entries/index.js'
import type {
  AgreementOptions,
  AgreementReportOptions,
  AqlOptions,
  AuditPlanOptions,
  BenchmarkOptions,
  CohenOptions,
  CompareEvidenceOptions,
  DigestEvidenceOptions,
  GeneralizabilityOptions,
  IntraclassOptions,
  JudgeAuditOptions,
  KappaSampleSize,
  KrippendorffOptions,
  ProportionOptions,
  RatingScale,
  ReadEvaluationsOptions,
  RowOptions,
  SamplingAims,
  SequentialOptions,
  SharedEvidenceOptions,
  SharedOutcomesCredentialOptions,
  ShareOutcomesOptions,
  SingleSampling,
  TrackRecordOptions,
} from '../../src/entries/predictability.js'
import * as predictability from '../../src/entries/predictability.js'
import { reportOf } from '../competency/reports.js'
import { complete, walkEntry } from './walk.js'

const SCALE = complete<RatingScale>({ levels: ['low', 'middle', 'high'], points: [1, 2, 4] })
const ROWS = [
  ['low', 'low'],
  ['middle', 'high'],
  ['high', null],
  ['high', 'high'],
]
const TABLE = predictability.ratingRows(ROWS, SCALE as RatingScale)
const SCORES = [
  [9, 2],
  [6, 1],
  [8, 4],
]
const weighing = complete<AgreementOptions>({ weights: 'quadratic', confidence: 0.9, interval: 'normal' })
const measure = (call: unknown) => ({ call: call as () => unknown, right: [TABLE, weighing], options: 1 })
const BADGES = ['a', 'b', 'c', 'd'].map((id) => ({
  id,
  issuer: 'did:example:issuer',
  achievement: 'https://a.example/1',
}))
const PLAN = predictability.planAudit({ badges: 4, tolerate: 0.3 })
const STOPPING = predictability.planAudit({ badges: 400, tolerate: 0.2, expect: 0.05, sequential: true })
const SAMPLE = predictability.drawSample(BADGES, PLAN, 'lottery of 5 May')
const RESULTS = SAMPLE.sample.map(({ id }) => ({ badge: id, outcome: 'confirmed' as const }))
const JUDGED = { commitment: SAMPLE.commitment, badges: BADGES }
const EVALUATIONS = [
  {
    id: 'urn:e',
    badge: 'a',
    evaluator: 'did:example:school',
    outcome: 'confirmed' as const,
    levels: [{ criterion: 'https://a.example/rubric', level: 'high' }],
    at: '2030-01-01T00:00:00Z',
    counts: true,
    flaws: [],
  },
]

const OUTCOME = { badge: 'a', school: 'did:example:school', outcome: 'held-up' as const, on: '2030-05-01' }
const RECORD = await predictability.trackRecord([], [], [OUTCOME])

walkEntry(predictability, {
  planAudit: {
    call: predictability.planAudit,
    right: [
      complete<AuditPlanOptions>({
        badges: 400,
        tolerate: 0.2,
        confidence: 0.9,
        expect: 0.05,
        acceptExpected: 0.8,
        allow: undefined,
        sequential: true,
      }),
    ],
    options: 0,
  },
  operatingCurve: { call: predictability.operatingCurve, right: [STOPPING, [0.1, 0.2]] },
  explainAuditPlan: { call: predictability.explainAuditPlan, right: [STOPPING] },
  auditPopulation: { call: predictability.auditPopulation, right: [BADGES] },
  drawSample: { call: predictability.drawSample, right: [BADGES, PLAN, 'lottery of 5 May'] },
  judgeAudit: {
    call: predictability.judgeAudit,
    right: [SAMPLE, RESULTS, complete<JudgeAuditOptions>(JUDGED)],
    options: 2,
  },
  readEvaluations: {
    call: predictability.readEvaluations,
    right: [[], [], complete<ReadEvaluationsOptions>({ published: new Date('2030-01-01') })],
    options: 2,
  },
  trackRecord: {
    call: predictability.trackRecord,
    right: [
      [],
      [],
      [OUTCOME],
      complete<TrackRecordOptions>({
        confidence: 0.9,
        interval: 'clopper-pearson',
        published: new Date('2030-01-01'),
        evaluators: ['did:example:school'],
      }),
    ],
    options: 3,
  },
  explainTrackRecord: { call: predictability.explainTrackRecord, right: [RECORD] },
  shareOutcomes: {
    call: predictability.shareOutcomes,
    right: [
      [],
      [OUTCOME],
      complete<ShareOutcomesOptions>({ from: '2030-01-01', until: '2030-12-31', threshold: 6, earlier: [] }),
    ],
    options: 2,
  },
  sharedOutcomesCredential: {
    call: predictability.sharedOutcomesCredential,
    right: [
      { type: 'SharedOutcomes', from: '2030-01-01', until: '2030-12-31', threshold: 5, rows: [], withheld: 0 },
      complete<SharedOutcomesCredentialOptions>({
        school: 'did:example:school',
        validFrom: new Date('2031-01-01'),
        id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
      }),
    ],
    options: 1,
  },
  auditResultsOf: { call: predictability.auditResultsOf, right: [EVALUATIONS] },
  ratingsOf: { call: predictability.ratingsOf, right: [EVALUATIONS, 'https://a.example/rubric'] },
  findSharedEvidence: {
    call: predictability.findSharedEvidence,
    right: [
      [{ id: 'a', credentialSubject: { id: 'did:example:a' }, evidence: [{ id: 'https://a.example/work' }] }],
      complete<SharedEvidenceOptions>({
        templates: ['https://a.example/form'],
        teams: [['did:example:a']],
        most: 5,
        similarity: () => [],
      }),
    ],
    options: 1,
  },
  digestEvidence: {
    call: predictability.digestEvidence,
    right: [
      Uint8Array.of(1),
      complete<DigestEvidenceOptions>({
        algorithm: 'sha512',
        maxBytes: 10,
        loader: createLoader(),
        signal: new AbortController().signal,
      }),
    ],
    options: 1,
  },
  compareEvidence: {
    call: predictability.compareEvidence,
    right: [
      reportOf({ id: 'bound' }),
      complete<CompareEvidenceOptions>({
        loader: createLoader(),
        given: new Map(),
        maxBytes: 10,
        most: 2,
        signal: new AbortController().signal,
        seen: () => undefined,
        similarity: () => 1,
      }),
    ],
    options: 1,
  },
  explainAudit: {
    call: predictability.explainAudit,
    right: [predictability.judgeAudit(SAMPLE, RESULTS, JUDGED)],
  },
  acceptanceProbability: {
    call: predictability.acceptanceProbability,
    right: [complete<SingleSampling>({ sample: 10, accept: 1, badges: 40 }), 0.1],
    options: 0,
  },
  singleSampling: {
    call: predictability.singleSampling,
    right: [
      complete<SamplingAims>({
        producer: { failing: 0.05, minAccept: 0.95 },
        consumer: { failing: 0.2, maxAccept: 0.1 },
        badges: 400,
      }),
    ],
    options: 0,
  },
  aqlPlan: { call: predictability.aqlPlan, right: [complete<AqlOptions>({ badges: 60, aql: '2.5' })], options: 0 },
  sequentialLines: {
    call: predictability.sequentialLines,
    right: [complete<SequentialOptions>({ good: 0.01, bad: 0.1, producerRisk: 0.05, consumerRisk: 0.1 })],
    options: 0,
  },
  ratingTable: {
    call: predictability.ratingTable,
    right: [[{ item: 'a', rater: 'Ana', level: 'low' }], SCALE],
    options: 1,
  },
  ratingRows: {
    call: predictability.ratingRows,
    right: [
      ROWS,
      complete<RowOptions>({
        levels: SCALE.levels,
        points: SCALE.points,
        raters: ['Ana', 'Ben'],
        items: ['a', 'b', 'c', 'd'],
      }),
    ],
    options: 1,
  },
  percentAgreement: measure(predictability.percentAgreement),
  fleissKappa: measure(predictability.fleissKappa),
  brennanPrediger: measure(predictability.brennanPrediger),
  gwetAC: measure(predictability.gwetAC),
  congerKappa: measure(predictability.congerKappa),
  cohenKappa: {
    call: predictability.cohenKappa,
    right: [TABLE, complete<CohenOptions>({ ...weighing, raters: ['rater 1', 'rater 2'] })],
    options: 1,
  },
  krippendorffAlpha: {
    call: predictability.krippendorffAlpha,
    right: [TABLE, complete<KrippendorffOptions>({ metric: 'ordinal', confidence: 0.9, interval: 't' })],
    options: 1,
  },
  agreementReport: {
    call: predictability.agreementReport,
    right: [TABLE, complete<AgreementReportOptions>({ scale: 'ordered', passLevel: 'high', confidence: 0.9 })],
    options: 1,
  },
  explainAgreement: {
    call: predictability.explainAgreement,
    right: [predictability.agreementReport(TABLE, { passLevel: 'high' })],
  },
  benchmark: {
    call: predictability.benchmark,
    right: [{ value: 0.6, standardError: 0.1 }, complete<BenchmarkOptions>({ scale: 'altman', confidence: 0.9 })],
    options: 1,
  },
  intraclassCorrelation: {
    call: predictability.intraclassCorrelation,
    right: [SCORES, complete<IntraclassOptions>({ confidence: 0.9 })],
    options: 1,
  },
  generalizability: {
    call: predictability.generalizability,
    right: [SCORES, complete<GeneralizabilityOptions>({ raters: [1, 2], passMark: 3 })],
    options: 1,
  },
  wilson: {
    call: predictability.wilson,
    right: [3, 4, complete<ProportionOptions>({ confidence: 0.9 })],
    options: 2,
  },
  clopperPearson: {
    call: predictability.clopperPearson,
    right: [3, 4, complete<ProportionOptions>({ confidence: 0.9 })],
    options: 2,
  },
  kappaSampleSize: {
    call: predictability.kappaSampleSize,
    right: [complete<KappaSampleSize>({ kappa: 0.6, passShare: 0.5, halfWidth: 0.1, confidence: 0.9 })],
    options: 0,
  },
})
