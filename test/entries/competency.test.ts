// Nothing misspelt goes through: a walk over what `badgewright/competency` exports.

import type {
  AchievementForOptions,
  AssessOptions,
  CheckQualityOptions,
  CheckStackOptions,
  ComparePlugsOptions,
  CrosswalkCaseOptions,
  ReadCaseOptions,
  ReadCtdlOptions,
  WriteCaseOptions,
  WriteCtdlOptions,
} from '../../src/entries/competency.js'
import * as competency from '../../src/entries/competency.js'
import { credentialOf, NOW, reportOf } from '../competency/reports.js'
import { casePackage } from '../competency/samples.js'
import { complete, walkEntry } from './walk.js'

const LEVEL = { id: 'https://a.example/levels/1', name: 'Beginning', description: 'Begins.', points: 1 }
const KNOTS = {
  id: 'https://a.example/knots',
  name: 'Knots',
  statement: 'Ties knots.',
  code: 'K.1',
  levels: [LEVEL],
  levelOrder: 'unknown' as const,
  educationLevel: ['Grade 4'],
  subject: ['Sailing'],
  parts: ['https://a.example/bowline'],
  endDate: '2030-12-31',
  replacedBy: ['https://a.example/ropework'],
}
const BOWLINE = { id: 'https://a.example/bowline', name: 'Bowline' }
const FRAMEWORK = { id: 'https://a.example/framework', name: 'Ropes', version: '1', competencies: [KNOTS, BOWLINE] }
const CROSSWALK = {
  source: 'https://b.example/',
  statedAt: '2026-01-01T00:00:00Z',
  matches: [
    {
      from: KNOTS.id,
      to: 'https://b.example/noeuds',
      relation: 'exact',
      levels: { [LEVEL.id]: 'https://b.example/1' },
      context: { subject: ['Sailing'] },
    },
  ],
}
const STACK = {
  id: 'https://school.example/sailor',
  name: 'Sailor',
  role: 'sailor',
  version: '2',
  extends: ['https://school.example/swimmer'],
  requirements: [
    {
      id: 'knots',
      competency: KNOTS.id,
      level: LEVEL.id,
      evidence: true,
      maxAgeMonths: 12,
      issuers: ['https://issuer.example/'],
      endorsedBy: 'independent',
      matches: 'exact',
      covers: 'parts',
      predictable: { confirmed: 0.9, confidence: 0.95 },
      context: {
        educationLevel: ['Grade 4'],
        subject: ['Music'],
        language: ['es'],
        schoolModel: ['flex'],
        notSaid: 'refused',
      },
    },
    { id: 'some', anyOf: [{ id: 'bowline', competency: BOWLINE.id, endorsedBy: ['did:web:a.example'] }], atLeast: 1 },
    { id: 'all', allOf: [{ id: 'again', competency: BOWLINE.id }] },
  ],
}
const SWIMMER = {
  id: 'https://school.example/swimmer',
  name: 'Swimmer',
  requirements: [{ id: 'swim', competency: BOWLINE.id }],
}
const BADGE = {
  id: 'urn:x:knots',
  aligned: [KNOTS.id],
  rubric: { levels: [LEVEL.id], reached: 0, about: KNOTS.id },
  validUntil: '2028-01-01T00:00:00Z',
  evidence: [{ id: 'https://a.example/evidence', type: ['Evidence'], name: 'A film' }],
} as const
const CREDENTIAL = credentialOf(BADGE)
const { achievement: ACHIEVEMENT } = CREDENTIAL.credentialSubject
const REPORT = reportOf(BADGE)
const CTDL = {
  '@graph': [
    { '@type': 'ceasn:CompetencyFramework', '@id': FRAMEWORK.id, 'ceasn:name': { en: 'Ropes' } },
    {
      '@type': 'ceasn:Competency',
      '@id': KNOTS.id,
      'ceasn:competencyText': { en: 'Ties knots.' },
      'ceasn:isPartOf': FRAMEWORK.id,
      'ceasn:hasChild': [BOWLINE.id],
      'ceasn:exactAlignment': ['https://b.example/noeuds'],
    },
  ],
}
const assessing = complete<AssessOptions>({
  frameworks: [FRAMEWORK],
  crosswalks: [CROSSWALK],
  stacks: [SWIMMER],
  now: NOW,
  maxReportAgeDays: 30,
  person: [{ id: 'did:example:teacher-17' }],
  trackRecord: {
    method: 'wilson',
    rows: [{ issuer: 'did:example:i', achievement: 'urn:a', confirmed: { badges: 3, confirmed: 2 } }],
  },
})
const CASE = casePackage()
const caseFramework = competency.readCase(CASE).framework
const identifierOf = () => '00000000-0000-4000-8000-000000000001'
const STACK_REPORT = competency.assessStack([REPORT], STACK as never, assessing as never)

const PROFILE = {
  id: 'ours',
  title: 'Ours',
  sources: { board: { title: 'The board', url: 'https://board.example/', read: '2026-01-31' } },
  checks: [{ check: 'ours.knots', weight: 'required', source: 'board' }],
}
const checks = {
  'ours.knots': { asks: 'Knots?', mend: 'Tie one.', judge: () => ({ status: 'met', places: [] }) },
}

walkEntry(competency, {
  checkQuality: {
    call: competency.checkQuality,
    right: [CREDENTIAL, PROFILE, complete<CheckQualityOptions>({ checks, now: NOW, recipientNames: ['Ada'] })],
    options: 2,
  },
  lintQualityProfile: { call: competency.lintQualityProfile, right: [PROFILE, { checks }], options: 1 },
  parseQualityProfile: { call: competency.parseQualityProfile, right: [PROFILE] },
  qualityProfile: { call: competency.qualityProfile, right: ['eu-2022'] },
  achievementFor: {
    call: competency.achievementFor,
    right: [
      KNOTS,
      complete<AchievementForOptions>({
        id: 'https://a.example/achievements/knots',
        framework: FRAMEWORK,
        criteria: { narrative: 'Ties ten.' },
        name: 'Knots',
        description: 'Ties knots.',
        image: { id: 'https://a.example/knots.png', type: 'Image' },
        creator: { id: 'did:web:a.example', name: 'School' },
        version: '1',
        achievementType: 'MicroCredential',
        source: 'case',
        requiredLevel: LEVEL.id,
        partAchievements: { [BOWLINE.id]: 'https://a.example/achievements/bowline' },
      }),
    ],
    options: 1,
  },
  competenciesOf: { call: competency.competenciesOf, right: [ACHIEVEMENT, [FRAMEWORK]] },
  assessStack: { call: competency.assessStack, right: [[REPORT], STACK, assessing], options: 2 },
  assessStacks: {
    call: competency.assessStacks,
    right: [[{ person: 'Ada', reports: [REPORT] }], [STACK], assessing],
    options: 2,
  },
  readCase: {
    call: competency.readCase,
    right: [CASE, complete<ReadCaseOptions>({ levelOrder: 'lowest-first' })],
    options: 1,
  },
  convertCase: {
    call: competency.convertCase,
    right: [CASE, complete<competency.ConvertCaseOptions>({ version: '1.1', now: NOW })],
    options: 1,
  },
  writeCase: {
    call: competency.writeCase,
    right: [
      caseFramework,
      complete<WriteCaseOptions>({
        now: NOW,
        creator: 'School',
        base: CASE,
        version: '1.1',
        crosswalks: [CROSSWALK],
        identifierOf,
      }),
    ],
    options: 1,
  },
  checkStack: {
    call: competency.checkStack,
    right: [
      STACK,
      complete<CheckStackOptions>({ frameworks: [FRAMEWORK], crosswalks: [CROSSWALK], stacks: [SWIMMER], now: NOW }),
    ],
    options: 1,
  },
  checkCrosswalks: { call: competency.checkCrosswalks, right: [[CROSSWALK], [FRAMEWORK]] },
  parseCrosswalk: { call: competency.parseCrosswalk, right: [CROSSWALK] },
  writeCrosswalkCase: {
    call: competency.writeCrosswalkCase,
    right: [
      CROSSWALK,
      complete<CrosswalkCaseOptions>({
        version: '1.1',
        now: NOW,
        titles: new Map([[KNOTS.id, 'Knots']]),
        identifierOf,
      }),
    ],
    options: 1,
  },
  readCtdlAsn: {
    call: competency.readCtdlAsn,
    right: [CTDL, complete<ReadCtdlOptions>({ language: 'en', levelOrder: 'lowest-first' })],
    options: 1,
  },
  writeCtdlAsn: {
    call: competency.writeCtdlAsn,
    right: [FRAMEWORK, complete<WriteCtdlOptions>({ language: 'en', base: CTDL, description: 'Of ropes.' })],
    options: 1,
  },
  explainReason: {
    call: competency.explainReason,
    right: [
      { code: 'requirement.met', credential: 'urn:x:knots' } satisfies competency.StackReason,
      (id: string) => id,
      STACK_REPORT.requirements[0],
      complete<competency.ExplainStackOptions>({ timeZone: 'Europe/Vienna' }),
    ],
    options: 3,
  },
  explainRequirement: {
    call: competency.explainRequirement,
    right: [
      STACK_REPORT.requirements[0],
      (id: string) => id,
      complete<competency.ExplainStackOptions>({ timeZone: 'Europe/Vienna' }),
    ],
    options: 2,
  },
  explainStack: {
    call: competency.explainStack,
    right: [STACK_REPORT, (id: string) => id, complete<competency.ExplainStackOptions>({ timeZone: 'Europe/Vienna' })],
    options: 2,
  },
  namesIn: { call: competency.namesIn, right: [[FRAMEWORK]] },
  'namesIn, and the names': {
    call: (frameworks: never) => competency.namesIn(frameworks)(KNOTS.id),
    right: [[FRAMEWORK]],
  },
  checkFramework: { call: competency.checkFramework, right: [FRAMEWORK] },
  outlineOf: { call: competency.outlineOf, right: [FRAMEWORK] },
  parseFramework: { call: competency.parseFramework, right: [FRAMEWORK] },
  canonicalUri: { call: competency.canonicalUri, right: [KNOTS.id] },
  isLookAlike: { call: competency.isLookAlike, right: [KNOTS.id, BOWLINE.id] },
  isSameUri: { call: competency.isSameUri, right: [KNOTS.id, BOWLINE.id] },
  checkModularity: { call: competency.checkModularity, right: [CREDENTIAL] },
  'checkModularity of an achievement': { call: competency.checkModularity, right: [ACHIEVEMENT] },
  comparePlugs: {
    call: competency.comparePlugs,
    right: [
      ACHIEVEMENT,
      CREDENTIAL,
      complete<ComparePlugsOptions>({ frameworks: [FRAMEWORK], crosswalks: [CROSSWALK], covers: 'parts' }),
    ],
    options: 2,
  },
  parseStack: { call: competency.parseStack, right: [STACK] },
  requirementsOf: { call: competency.requirementsOf, right: [STACK, [SWIMMER]] },
  stackName: { call: competency.stackName, right: [STACK] },
})
