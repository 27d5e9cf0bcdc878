// The profiles that come with the library, and what five badges of the corpus come to under each.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkQuality, lintQualityProfile } from '../../src/competency/quality/check-quality.js'
import { QUALITY_PROFILES, qualityProfile } from '../../src/competency/quality/profiles.js'
import type { QualityResult } from '../../src/competency/quality/types.js'
import { parseCredential, UsageError } from '../../src/entries/index.js'
import { resolvePointer } from '../../src/internal/json-pointer.js'
import type { Json } from '../../src/internal/types.js'
import { describeShared } from '../shared.js'

const NOW = new Date('2026-11-30T12:00:00Z')

test.each(QUALITY_PROFILES)('%s: nothing odd, and each check says who asks it', async (name) => {
  const profile = await qualityProfile(name)
  expect(profile.id).toBe(name)
  expect(await lintQualityProfile(profile)).toEqual([])
  expect(profile.checks.filter(({ section }) => section === undefined)).toEqual([])
})
test('eu-2022: the 11 mandatory elements of Annex I, in its order', async () => {
  const { checks } = await qualityProfile('eu-2022')
  expect(checks.map(({ section }) => section)).toEqual(
    Array.from({ length: 11 }, (_, index) => `Annex I, mandatory element ${index + 1}`),
  )
  expect(checks.map(({ weight }) => weight).filter((weight) => weight !== 'required')).toEqual(['if-available'])
})
test('no profile by another name', async () => {
  await expect(qualityProfile('mpos' as never)).rejects.toThrow(UsageError)
})

interface Expected {
  readonly readiness: string
  readonly notMet: readonly string[]
  readonly cannotBeSaid: readonly string[]
}
const DCC = 'dcc-vc-test-fixtures/v2/'
const FILES = {
  simple: '1edtech-validator/ob30/simple.json',
  complete: '1edtech-validator/ob30/complete.json',
  alignments: `${DCC}dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-alignments.json`,
  withSchema: `${DCC}dataIntegrityProof/didKey/legacyRegistry-noStatus-notExpired-withSchema.json`,
  lcwExperience: `${DCC}ed25519/didKey/legacy-noStatus-noExpiry-lcwExperience.json`,
} as const
const EXPECTED: Readonly<Record<keyof typeof FILES, Readonly<Record<(typeof QUALITY_PROFILES)[number], Expected>>>> = {
  simple: {
    'three-conditions': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_alignment',
        'specifiable.no_type',
        'verifiable.no_evidence',
        'verifiable.no_status',
        'verifiable.no_endorsement',
        'verifiable.no_assessor',
        'predictable.no_rubric',
        'predictable.no_version',
      ],
      cannotBeSaid: [],
    },
    'eu-2022': {
      readiness: 'incomplete',
      notMet: ['verifiable.no_country', 'specifiable.no_workload', 'specifiable.no_qualification_level'],
      cannotBeSaid: [
        'verifiable.no_assessment_type',
        'specifiable.no_participation',
        'verifiable.no_quality_assurance',
      ],
    },
    'published-practice': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_alignment',
        'specifiable.no_type',
        'specifiable.no_language',
        'specifiable.no_workload',
        'specifiable.no_qualification_level',
        'verifiable.criteria_not_public',
        'verifiable.no_evidence',
        'verifiable.assessor_not_independent',
        'verifiable.no_status',
        'verifiable.no_end',
        'predictable.rubric_incomplete',
        'predictable.no_version',
      ],
      cannotBeSaid: [
        'verifiable.no_assessment_type',
        'verifiable.no_quality_assurance',
        'verifiable.no_research_base',
        'predictable.not_reviewed',
        'predictable.no_assessor_agreement',
      ],
    },
    'self-contained': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_alignment',
        'predictable.rubric_incomplete',
        'specifiable.no_workload',
        'verifiable.no_evidence',
      ],
      cannotBeSaid: ['specifiable.needs_other_badges'],
    },
  },
  complete: {
    'three-conditions': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.alignment_further_down',
        'predictable.same_rank',
        'predictable.level_not_in_rubric',
        'predictable.no_version',
      ],
      cannotBeSaid: [],
    },
    'eu-2022': {
      readiness: 'undetermined',
      notMet: ['specifiable.no_qualification_level'],
      cannotBeSaid: [
        'specifiable.no_workload',
        'verifiable.no_assessment_type',
        'specifiable.no_participation',
        'verifiable.no_quality_assurance',
      ],
    },
    'published-practice': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_language',
        'specifiable.no_qualification_level',
        'verifiable.evidence_not_bound',
        'predictable.rubric_incomplete',
        'predictable.same_rank',
        'predictable.result_below_required',
        'predictable.no_version',
      ],
      cannotBeSaid: [
        'specifiable.no_workload',
        'verifiable.no_assessment_type',
        'verifiable.no_quality_assurance',
        'verifiable.no_research_base',
        'predictable.not_reviewed',
        'predictable.no_assessor_agreement',
      ],
    },
    'self-contained': {
      readiness: 'incomplete',
      notMet: ['predictable.rubric_incomplete'],
      cannotBeSaid: ['specifiable.needs_other_badges', 'specifiable.no_workload'],
    },
  },
  alignments: {
    'three-conditions': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.alignment_untyped',
        'specifiable.alignment_without_framework',
        'specifiable.no_type',
        'verifiable.no_evidence',
        'verifiable.no_status',
        'verifiable.no_endorsement',
        'verifiable.no_assessor',
        'predictable.no_rubric',
        'predictable.no_version',
      ],
      cannotBeSaid: [],
    },
    'eu-2022': {
      readiness: 'incomplete',
      notMet: ['verifiable.no_country', 'specifiable.no_workload', 'specifiable.no_qualification_level'],
      cannotBeSaid: [
        'verifiable.no_assessment_type',
        'specifiable.no_participation',
        'verifiable.no_quality_assurance',
      ],
    },
    'published-practice': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_type',
        'specifiable.no_language',
        'specifiable.no_workload',
        'specifiable.no_qualification_level',
        'verifiable.criteria_not_public',
        'verifiable.no_evidence',
        'verifiable.assessor_not_independent',
        'verifiable.no_status',
        'verifiable.no_end',
        'predictable.rubric_incomplete',
        'predictable.no_version',
      ],
      cannotBeSaid: [
        'verifiable.no_assessment_type',
        'verifiable.no_quality_assurance',
        'verifiable.no_research_base',
        'predictable.not_reviewed',
        'predictable.no_assessor_agreement',
      ],
    },
    'self-contained': {
      readiness: 'incomplete',
      notMet: ['predictable.rubric_incomplete', 'specifiable.no_workload', 'verifiable.no_evidence'],
      cannotBeSaid: ['specifiable.needs_other_badges'],
    },
  },
  withSchema: {
    'three-conditions': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_alignment',
        'specifiable.no_type',
        'verifiable.no_evidence',
        'verifiable.no_status',
        'verifiable.no_recipient',
        'verifiable.no_endorsement',
        'verifiable.no_assessor',
        'predictable.no_rubric',
        'predictable.no_version',
      ],
      cannotBeSaid: [],
    },
    'eu-2022': {
      readiness: 'incomplete',
      notMet: [
        'verifiable.no_recipient',
        'verifiable.no_country',
        'specifiable.no_workload',
        'specifiable.no_qualification_level',
      ],
      cannotBeSaid: [
        'verifiable.no_assessment_type',
        'specifiable.no_participation',
        'verifiable.no_quality_assurance',
      ],
    },
    'published-practice': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_alignment',
        'specifiable.no_type',
        'specifiable.no_language',
        'specifiable.no_workload',
        'specifiable.no_qualification_level',
        'verifiable.criteria_not_public',
        'verifiable.no_recipient',
        'verifiable.no_evidence',
        'verifiable.assessor_not_independent',
        'verifiable.no_status',
        'predictable.rubric_incomplete',
        'predictable.no_version',
      ],
      cannotBeSaid: [
        'verifiable.no_assessment_type',
        'verifiable.no_quality_assurance',
        'verifiable.no_research_base',
        'predictable.not_reviewed',
        'predictable.no_assessor_agreement',
      ],
    },
    'self-contained': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_alignment',
        'predictable.rubric_incomplete',
        'specifiable.no_workload',
        'verifiable.no_evidence',
      ],
      cannotBeSaid: ['specifiable.needs_other_badges'],
    },
  },
  lcwExperience: {
    'three-conditions': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_alignment',
        'specifiable.unstable_id',
        'verifiable.no_evidence',
        'verifiable.no_status',
        'verifiable.no_recipient',
        'verifiable.no_endorsement',
        'verifiable.no_assessor',
        'predictable.no_rubric',
        'predictable.no_version',
      ],
      cannotBeSaid: [],
    },
    'eu-2022': {
      readiness: 'incomplete',
      notMet: [
        'verifiable.no_recipient',
        'verifiable.no_country',
        'specifiable.no_workload',
        'specifiable.no_qualification_level',
      ],
      cannotBeSaid: [
        'verifiable.no_assessment_type',
        'specifiable.no_participation',
        'verifiable.no_quality_assurance',
      ],
    },
    'published-practice': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_alignment',
        'specifiable.no_language',
        'specifiable.no_workload',
        'specifiable.no_qualification_level',
        'verifiable.criteria_not_public',
        'verifiable.no_recipient',
        'verifiable.no_evidence',
        'verifiable.assessor_not_independent',
        'verifiable.no_status',
        'verifiable.no_end',
        'predictable.rubric_incomplete',
        'predictable.no_version',
      ],
      cannotBeSaid: [
        'verifiable.no_assessment_type',
        'verifiable.no_quality_assurance',
        'verifiable.no_research_base',
        'predictable.not_reviewed',
        'predictable.no_assessor_agreement',
      ],
    },
    'self-contained': {
      readiness: 'incomplete',
      notMet: [
        'specifiable.no_alignment',
        'predictable.rubric_incomplete',
        'specifiable.no_workload',
        'verifiable.no_evidence',
      ],
      cannotBeSaid: ['specifiable.needs_other_badges'],
    },
  },
}

describeShared('badges of the corpus', { corpus: 'corpus/cases/' }, ({ corpus }) => {
  const rows = Object.entries(EXPECTED).flatMap(([badge, byProfile]) =>
    QUALITY_PROFILES.map((profile) => ({ badge: badge as keyof typeof FILES, profile, expected: byProfile[profile] })),
  )
  test.each(rows)('$badge under $profile: $expected.readiness', async ({ badge, profile, expected }) => {
    const document = parseCredential(JSON.parse(readFileSync(`${corpus}${FILES[badge]}`, 'utf8')))
    const { readiness, results } = await checkQuality(document, profile, { now: NOW })
    const of = (status: QualityResult['status']) =>
      results.filter((result) => result.status === status).map(({ check }) => check)
    expect({ readiness, notMet: of('not-met'), cannotBeSaid: of('cannot-be-said') }).toEqual(expected)
    // What is met stands where the report says that it does.
    for (const { status, places } of results)
      for (const { pointer } of status === 'met' ? places : [])
        expect(resolvePointer(document as unknown as Json, pointer), pointer).toBeDefined()
    for (const { mend, status } of results) expect(mend !== undefined).toBe(/not-met|cannot/.test(status))
  })
})
