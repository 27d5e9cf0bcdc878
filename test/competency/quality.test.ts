// Quality profiles: the checks of published criteria, the form of profiles, and what comes of a badge. The lint of badges of the corpus stands in
// quality-profiles.test.ts.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { achievementFor } from '../../src/competency/achievement-for.js'
import { checkModularity } from '../../src/competency/modularity.js'
import { MODULARITY_RULES } from '../../src/competency/modularity-rules.js'
import { ALL_CHECKS } from '../../src/competency/quality/all-checks.js'
import { checkQuality, lintQualityProfile } from '../../src/competency/quality/check-quality.js'
import { parseQualityProfile, qualityProfileSchema } from '../../src/competency/quality/profile.js'
import type { CheckQualityOptions, QualityCheck, QualityProfile } from '../../src/competency/quality/types.js'
import {
  type Achievement,
  createCredential,
  DefectError,
  type EndorsementCredential,
  type OpenBadgeCredential,
  ParseError,
  UsageError,
} from '../../src/entries/index.js'
import type { JsonObject } from '../../src/internal/types.js'
import { extensionContext } from '../../src/model/extension-context.js'
import { mutate, randomFrom } from '../model/sample.js'

const file = fileURLToPath(new URL('../../schemas/quality-profile.json', import.meta.url))
const text = `${JSON.stringify(qualityProfileSchema, undefined, 2)}\n`
if (process.env.UPDATE_SCHEMAS) writeFileSync(file, text)

const NOW = new Date('2026-11-30T12:00:00Z')
const competency = {
  id: 'https://f.example/c/feedback',
  name: 'Giving Feedback',
  levels: [1, 2, 3].map((n) => ({ id: `https://f.example/l/${n}`, name: `L${n}`, description: `Work at ${n}.` })),
}
const framework = { id: 'https://f.example/', name: 'F', competencies: [competency] }
const id = 'https://issuer.example/badges/feedback'
const issuer = {
  id: 'did:web:issuer.example',
  type: ['Profile'],
  name: 'Issuer',
  address: { type: ['Address'], addressCountryCode: 'AT' },
}
const made = achievementFor(competency, {
  id,
  framework,
  criteria: { id: 'https://issuer.example/criteria', narrative: 'Gives feedback that helps.' },
  creator: { id: issuer.id, name: 'Issuer' },
  version: '1',
  requiredLevel: 'https://f.example/l/2',
})
const achievement = {
  ...made,
  inLanguage: 'en',
  workload: { hours: 15 },
  assessmentType: ['portfolio'],
  participation: ['online'],
  qualityAssurance: 'https://qa.example/scheme',
  reviewed: '2026-06-01',
  assessorAgreement: { measure: 'cohen-kappa', value: 0.81, n: 60, interval: [0.7, 0.92] },
  researchBase: ['https://research.example/1'],
  integration: 'standalone',
} as unknown as Achievement
const SRI384 = 'sha384-aztp/wpATyjXXpigZtP8ZP/9mUCHDMaL7OKFRbmnUIazQ9ehNmg4CD5Ljzym/TyA'
const SRI256 = 'sha256-qUiQTy8PR5uPgZdpSzAYSw0u0cHNKh7A+4XSmaGSpEc='
const badge = createCredential({
  issuer,
  credentialSubject: {
    id: 'did:example:ada',
    achievement,
    result: [{ resultDescription: `${id}#levels`, achievedLevel: `${id}#level-2` }],
    source: { id: 'https://assessor.example/', name: 'Assessor' },
  },
  evidence: [{ id: 'https://portfolio.example/4711/lesson.mp4', genre: 'Video', digestSRI: SRI384 } as object],
  validUntil: '2030-01-01T00:00:00Z',
  extensions: { contexts: [extensionContext], properties: {} },
})

const SOURCES = { s: { title: 'Source', url: 'https://s.example/', read: '2026-11-30' } }
const asking = (check: string, settings?: JsonObject): QualityProfile => ({
  id: 'one',
  title: 'One',
  sources: SOURCES,
  checks: [{ check, weight: 'required', source: 's', ...(settings === undefined ? {} : { settings }) }],
})
type Given = Parameters<typeof checkQuality>[0]
const judge = async (input: Given, check: string, settings?: JsonObject, options: CheckQualityOptions = {}) => {
  const { results } = await checkQuality(input, asking(check, settings), { now: NOW, ...options })
  const [result] = results
  return [result?.status, result?.places[0]?.pointer]
}

const A = '/credentialSubject/achievement'
const withAchievement = (more: object): OpenBadgeCredential =>
  ({
    ...badge,
    credentialSubject: { ...badge.credentialSubject, achievement: { ...achievement, ...more } },
  }) as OpenBadgeCredential
const withSubject = (more: object) =>
  ({ ...badge, credentialSubject: { ...badge.credentialSubject, ...more } }) as OpenBadgeCredential
const withBadge = (more: object) => ({ ...badge, ...more }) as OpenBadgeCredential
const without = (...names: string[]) => withAchievement(Object.fromEntries(names.map((name) => [name, undefined])))
const evidence = (...pieces: object[]) =>
  withBadge({ evidence: pieces.map((piece) => ({ type: ['Evidence'], ...piece })) })
const [scale] = made.resultDescription as NonNullable<Achievement['resultDescription']>
const result = (more: object) =>
  withSubject({ result: [{ type: ['Result'], resultDescription: `${id}#levels`, ...more }] })
const other = { type: ['Alignment'], targetName: 'Other', targetUrl: 'https://f.example/c/other', targetType: 'CFItem' }
const endorsement = (by: string) => ({
  endorsement: [
    {
      '@context': badge['@context'].slice(0, 2),
      id: 'urn:x:endorsement',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'E',
      issuer: by,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id, type: ['EndorsementSubject'] },
    } as unknown as EndorsementCredential,
  ],
})

type Case = [check: string, given: Given, status: string, pointer: string, settings?: JsonObject]
const CASES: Case[] = [
  ['field.absent', badge, 'met', '/validUntil', { at: ['/name', '/validUntil'] }],
  ['field.absent', badge, 'not-met', '/credentialSubject/term', { at: ['/credentialSubject/term'] }],
  ['field.absent', made, 'not-judged', '', { at: ['/validUntil'] }],
  ['field.absent', made, 'met', '/version', { at: [`${A}/version`] }],
  ['specifiable.no_title', badge, 'met', `${A}/name`],
  ['specifiable.no_title', withAchievement({ name: ' ' }), 'not-met', `${A}/name`],
  ['specifiable.several_competencies', badge, 'met', `${A}/alignment/0`],
  [
    'specifiable.several_competencies',
    withAchievement({ alignment: [...(made.alignment ?? []), other] }),
    'not-met',
    `${A}/alignment/1`,
  ],
  [
    'specifiable.several_competencies',
    withAchievement({ alignment: [...(made.alignment ?? []), { ...other, targetType: 'ext:EQFLevel' }] }),
    'met',
    `${A}/alignment/0`,
  ],
  ['specifiable.several_competencies', without('alignment'), 'does-not-apply', `${A}/alignment`],
  ['specifiable.outcomes_not_stated', badge, 'met', `${A}/criteria/narrative`],
  [
    'specifiable.outcomes_not_stated',
    withAchievement({ criteria: { id: 'https://x.example/' }, description: made.name }),
    'not-met',
    `${A}/criteria/narrative`,
  ],
  ['specifiable.no_language', badge, 'met', `${A}/inLanguage`],
  ['specifiable.no_language', without('inLanguage'), 'not-met', `${A}/inLanguage`],
  ['specifiable.no_workload', badge, 'met', `${A}/workload`, { leastHours: 1, mostHours: 40 }],
  ['specifiable.no_workload', badge, 'not-met', `${A}/workload`, { leastHours: 16 }],
  [
    'specifiable.no_workload',
    withAchievement({ workload: { ects: 60 } }),
    'not-met',
    `${A}/workload`,
    { mostEcts: 59 },
  ],
  ['specifiable.no_workload', withAchievement({ workload: { hours: 0 } }), 'not-met', `${A}/workload`],
  [
    'specifiable.no_workload',
    withAchievement({ workload: undefined, creditsAvailable: 2 }),
    'cannot-be-said',
    `${A}/creditsAvailable`,
  ],
  ['specifiable.no_workload', without('workload'), 'not-met', `${A}/creditsAvailable`],
  ['specifiable.no_qualification_level', badge, 'not-met', `${A}/alignment`],
  [
    'specifiable.no_qualification_level',
    withAchievement({ alignment: [{ ...other, targetType: 'ext:EQFLevel' }] }),
    'met',
    `${A}/alignment/0`,
  ],
  ['specifiable.no_participation', badge, 'met', `${A}/participation`],
  ['specifiable.no_participation', without('participation'), 'cannot-be-said', `${A}/participation`],
  ['specifiable.no_participation', withAchievement({ participation: ['somehow'] }), 'not-met', `${A}/participation`],
  ['specifiable.needs_other_badges', badge, 'met', `${A}/integration`],
  ['specifiable.needs_other_badges', without('integration'), 'cannot-be-said', `${A}/prerequisite`],
  [
    'specifiable.needs_other_badges',
    withAchievement({ prerequisite: ['https://ISSUER.example/badges/first'] }),
    'not-met',
    `${A}/prerequisite`,
  ],
  [
    'specifiable.needs_other_badges',
    withAchievement({ prerequisite: ['https://else.example/badges/first'] }),
    'met',
    `${A}/prerequisite`,
  ],
  ['verifiable.no_country', badge, 'met', '/issuer/address/addressCountryCode'],
  ['verifiable.no_country', withBadge({ issuer: issuer.id }), 'not-met', '/issuer/address/addressCountryCode'],
  [
    'verifiable.no_country',
    withBadge({ issuer: { ...issuer, address: { type: ['Address'], addressCountryCode: 'Austria' } } }),
    'not-met',
    '/issuer/address/addressCountryCode',
  ],
  [
    'verifiable.no_country',
    withBadge({ issuer: { ...issuer, address: undefined, parentOrg: issuer } }),
    'met',
    '/issuer/parentOrg/address/addressCountryCode',
  ],
  ['verifiable.no_date', badge, 'met', '/validFrom'],
  ['verifiable.no_date', withBadge({ awardedDate: '2026-01-01T00:00:00Z' }), 'met', '/awardedDate'],
  ['verifiable.no_date', made, 'not-judged', '/awardedDate'],
  ['verifiable.no_end', badge, 'met', '/validUntil'],
  ['verifiable.no_end', withBadge({ validUntil: undefined }), 'not-met', '/validUntil'],
  ['verifiable.criteria_not_public', badge, 'met', `${A}/criteria/id`],
  ['verifiable.criteria_not_public', withAchievement({ criteria: { narrative: 'x' } }), 'not-met', `${A}/criteria/id`],
  ['verifiable.too_little_evidence', badge, 'met', '/evidence', { atLeast: 1 }],
  ['verifiable.too_little_evidence', badge, 'not-met', '/evidence', { atLeast: 2 }],
  ['verifiable.evidence_not_bound', badge, 'met', '/evidence', { atLeast: 'sha384' }],
  [
    'verifiable.evidence_not_bound',
    evidence({ id: 'https://e.example/1', digestSRI: SRI256 }),
    'not-met',
    '/evidence/0',
    { atLeast: 'sha384' },
  ],
  ['verifiable.evidence_not_bound', evidence({ id: 'https://e.example/1', digestSRI: SRI256 }), 'met', '/evidence'],
  [
    'verifiable.evidence_not_bound',
    evidence({ id: 'https://e.example/1', digestSRI: 'abc' }),
    'not-met',
    '/evidence/0',
  ],
  [
    'verifiable.evidence_not_bound',
    {
      ...evidence({ id: 'https://e.example/1' }),
      relatedResource: [{ id: 'https://E.example/1', digestSRI: SRI384 }],
    } as OpenBadgeCredential,
    'met',
    '/evidence',
  ],
  ['verifiable.evidence_not_bound', evidence({ narrative: 'Seen.' }), 'does-not-apply', '/evidence'],
  ['verifiable.evidence_kind_not_stated', badge, 'met', '/evidence'],
  ['verifiable.evidence_kind_not_stated', evidence({ id: 'https://e.example/1' }), 'not-met', '/evidence/0/genre'],
  ['verifiable.evidence_kind_not_stated', evidence(), 'does-not-apply', '/evidence'],
  ['verifiable.no_assessment_type', badge, 'met', `${A}/assessmentType`],
  ['verifiable.no_assessment_type', without('assessmentType'), 'cannot-be-said', `${A}/assessmentType`],
  ['verifiable.no_quality_assurance', badge, 'met', `${A}/qualityAssurance`],
  ['verifiable.no_quality_assurance', without('qualityAssurance'), 'cannot-be-said', `${A}/qualityAssurance`],
  [
    'verifiable.no_quality_assurance',
    { ...without('qualityAssurance'), ...endorsement('https://body.example/') } as OpenBadgeCredential,
    'cannot-be-said',
    `${A}/qualityAssurance`,
  ],
  ['verifiable.assessor_not_independent', badge, 'met', '/credentialSubject/source'],
  ['verifiable.assessor_not_independent', withSubject({ source: issuer }), 'not-met', '/credentialSubject/source'],
  ['verifiable.assessor_not_independent', withSubject({ source: undefined }), 'not-met', '/credentialSubject/source'],
  ['verifiable.no_research_base', badge, 'met', `${A}/researchBase`],
  ['verifiable.no_research_base', without('researchBase'), 'cannot-be-said', `${A}/researchBase`],
  ['predictable.rubric_incomplete', badge, 'met', `${A}/resultDescription`],
  ['predictable.rubric_incomplete', without('resultDescription'), 'not-met', `${A}/resultDescription`],
  [
    'predictable.rubric_incomplete',
    withAchievement({
      resultDescription: [{ ...scale, rubricCriterionLevel: scale?.rubricCriterionLevel?.slice(0, 1) }],
    }),
    'not-met',
    `${A}/resultDescription/0/rubricCriterionLevel`,
  ],
  ['predictable.required_level_unknown', badge, 'met', `${A}/resultDescription`],
  [
    'predictable.required_level_unknown',
    withAchievement({ resultDescription: [{ ...scale, requiredLevel: 'urn:x:none' }] }),
    'not-met',
    `${A}/resultDescription/0/requiredLevel`,
  ],
  ['predictable.result_below_required', badge, 'met', '/credentialSubject/result'],
  ['predictable.result_below_required', result({ achievedLevel: `${id}#level-3` }), 'met', '/credentialSubject/result'],
  [
    'predictable.result_below_required',
    result({ achievedLevel: `${id}#level-1` }),
    'not-met',
    '/credentialSubject/result/0',
  ],
  ['predictable.result_below_required', result({}), 'not-met', '/credentialSubject/result/0'],
  [
    'predictable.result_below_required',
    result({ achievedLevel: 'urn:x:top' }),
    'not-met',
    '/credentialSubject/result/0',
  ],
  [
    'predictable.result_below_required',
    result({ achievedLevel: `${id}#level-3`, status: 'Failed' }),
    'not-met',
    '/credentialSubject/result/0',
  ],
  ['predictable.result_below_required', withSubject({ result: [] }), 'not-met', '/credentialSubject/result'],
  ['predictable.not_reviewed', badge, 'met', `${A}/reviewed`],
  ['predictable.not_reviewed', badge, 'not-met', `${A}/reviewed`, { months: 5 }],
  ['predictable.not_reviewed', withAchievement({ reviewed: '2027-01-01' }), 'not-met', `${A}/reviewed`],
  ['predictable.not_reviewed', withAchievement({ reviewed: 'yesterday' }), 'not-met', `${A}/reviewed`],
  ['predictable.not_reviewed', without('reviewed'), 'cannot-be-said', `${A}/reviewed`],
  [
    'predictable.no_assessor_agreement',
    badge,
    'met',
    `${A}/assessorAgreement`,
    { measure: 'cohen-kappa', atLeast: 0.8 },
  ],
  ['predictable.no_assessor_agreement', badge, 'not-met', `${A}/assessorAgreement`, { atLeast: 0.9 }],
  ['predictable.no_assessor_agreement', badge, 'not-met', `${A}/assessorAgreement`, { measure: 'percent' }],
  ['predictable.no_assessor_agreement', without('assessorAgreement'), 'cannot-be-said', `${A}/assessorAgreement`],
]

describe('checks', () => {
  const titled = CASES.map(([check, given, status, pointer, settings]) => ({ check, given, status, pointer, settings }))
  test.each(titled)('$check, case $#: $status', async ({ check, given, status, pointer, settings }) => {
    expect(await judge(given, check, settings)).toEqual([status, pointer])
  })
  test('every check of our own has a case, both ways', () => {
    const codes = new Set(CASES.map(([check]) => check))
    const rules = new Set<string>(MODULARITY_RULES.map(({ code }) => code))
    const own = [...ALL_CHECKS.keys()].filter((check) => !rules.has(check) && check !== 'verifiable.names_in_evidence')
    expect([...codes].sort()).toEqual(own.sort())
    for (const check of own.filter((one) => one !== 'verifiable.no_date')) {
      const statuses = CASES.flatMap(([code, , status]) => (code === check ? [status] : []))
      expect(statuses, check).toContain('met')
      expect(
        statuses.some((status) => status === 'not-met' || status === 'cannot-be-said'),
        check,
      ).toBe(true)
    }
  })
  test('values: a score below the one that is required, by number and by order', async () => {
    const scored = (more: object) =>
      ({
        ...withAchievement({
          resultDescription: [
            { id: 'urn:x:r', type: ['ResultDescription'], name: 'Score', resultType: 'Percent', ...more },
          ],
        }),
      }) as OpenBadgeCredential & { credentialSubject: { result: unknown } }
    const status = async (value: string, more: object) => {
      const given = scored(more)
      const subject = {
        ...given.credentialSubject,
        result: [{ type: ['Result'], resultDescription: 'urn:x:r', value }],
      }
      const [found] = await judge(
        { ...given, credentialSubject: subject } as OpenBadgeCredential,
        'predictable.result_below_required',
      )
      return found
    }
    expect(await status('9', { requiredValue: '10' })).toBe('not-met')
    expect(await status('85', { requiredValue: '9' })).toBe('met')
    expect(await status('A', { requiredValue: 'B', allowedValue: ['C', 'B', 'A'] })).toBe('met')
    expect(await status('C', { requiredValue: 'B', allowedValue: ['C', 'B', 'A'] })).toBe('not-met')
    expect(await status('good', { requiredValue: '9' })).toBe('not-met')
  })
  test('names in evidence: of the badge, or as they are given; nobody named is not judged', async () => {
    const named = evidence({ id: 'https://e.example/Grete-M%C3%BCller_lesson.mp4?x=1' })
    const check = 'verifiable.names_in_evidence'
    expect(await judge(named, check)).toEqual(['not-judged', '/credentialSubject'])
    expect(await judge(named, check, undefined, { recipientNames: ['Muller, G.'] })).toEqual([
      'not-met',
      '/evidence/0/id',
    ])
    expect(await judge(named, check, undefined, { recipientNames: ['Ada Lovelace'] })).toEqual(['met', '/evidence'])
    const subject = { ...badge.credentialSubject, name: 'Ada Lovelace' }
    const titled = { ...evidence({ id: 'https://e.example/1', name: "Ada's lesson" }), credentialSubject: subject }
    expect(await judge(titled as OpenBadgeCredential, check)).toEqual(['not-met', '/evidence/0/name'])
    // "Adamant" has no name in it, and a malformed escape is a name of a file like any other.
    const apart = { ...evidence({ id: 'https://e.example/%E0%A4%A.mp4', name: 'Adamant' }), credentialSubject: subject }
    expect(await judge(apart as OpenBadgeCredential, check)).toEqual(['met', '/evidence'])
    expect(await judge(evidence(), check)).toEqual(['does-not-apply', '/evidence'])
  })
  test('an endorsement counts as quality assurance where the profile names the body', async () => {
    const endorsed = { ...without('qualityAssurance'), ...endorsement('https://BODY.example/') } as OpenBadgeCredential
    const profile = asking('verifiable.no_quality_assurance', { bodies: ['https://body.example/'] })
    expect((await checkQuality(endorsed, profile)).results[0]).toMatchObject({
      status: 'met',
      places: [{ pointer: '/endorsement/0' }],
    })
  })
  test('a term counts where the document means ours by it', async () => {
    const check = 'specifiable.no_participation'
    const foreign = withBadge({
      '@context': [...badge['@context'].slice(0, 2), { participation: 'https://x.example/p' }],
    })
    expect(await judge(foreign, check)).toEqual(['cannot-be-said', `${A}/participation`])
    const later = withBadge({ '@context': [...badge['@context'], { participation: 'https://x.example/p' }] })
    expect(await judge(later, check)).toEqual(['cannot-be-said', `${A}/participation`])
    const unread = withBadge({ '@context': [...badge['@context'], 'https://x.example/context'] })
    expect(await judge(unread, check)).toEqual(['cannot-be-said', `${A}/participation`])
    const none = withBadge({ '@context': badge['@context'].slice(0, 2) })
    expect(await judge(none, check)).toEqual(['cannot-be-said', `${A}/participation`])
    const suite = withBadge({ '@context': [...badge['@context'], 'https://w3id.org/security/suites/ed25519-2020/v1'] })
    expect(await judge(suite, check)).toEqual(['met', `${A}/participation`])
    expect(await judge(achievement, check)).toEqual(['met', '/participation'])
  })
  test('more places than people read are counted', async () => {
    const alignment = Array.from({ length: 300 }, (_, n) => ({ ...other, targetUrl: `https://f.example/c/${n}` }))
    const { results } = await checkQuality(withAchievement({ alignment }), asking('specifiable.several_competencies'))
    expect(results[0]?.places).toHaveLength(21)
    expect(results[0]?.places.at(-1)?.says).toBe('and 279 more places')
  })
})

describe('readiness', () => {
  const three = async (input: Given) => checkQuality(input, 'three-conditions')
  test('three-conditions finds what checkModularity finds, at the same places', async () => {
    const members = ['alignment', 'resultDescription', 'criteria', 'version', 'achievementType', 'creator'] as const
    await fc.assert(
      fc.asyncProperty(fc.subarray([...members]), fc.boolean(), fc.boolean(), async (dropped, alone, bare) => {
        const thin = Object.fromEntries(
          Object.entries(achievement).filter(([name]) => !dropped.some((one) => one === name)),
        )
        const read = { ...thin, criteria: thin.criteria ?? {} } as unknown as Achievement
        const subject = { ...badge.credentialSubject, achievement: read, ...(bare ? { result: [] } : {}) }
        const input = alone ? read : ({ ...badge, credentialSubject: subject } as OpenBadgeCredential)
        const found = checkModularity(input)
        const { results, readiness } = await three(input)
        const unmet = results.filter(({ status }) => status === 'not-met')
        expect(new Set(unmet.map(({ check }) => check))).toEqual(new Set(found.findings.map(({ code }) => code)))
        for (const { check, places } of unmet) {
          const pointers = found.findings.filter(({ code }) => code === check).map(({ pointer }) => pointer)
          expect(places.map(({ pointer }) => pointer)).toEqual(pointers)
        }
        const holds = found.specifiable && found.verifiable && found.predictable
        expect(readiness).toBe(holds ? (alone ? 'undetermined' : 'ready') : 'incomplete')
      }),
      { numRuns: 60 },
    )
  })
  test('ready, undetermined, incomplete; what is recommended decides nothing', async () => {
    const rows = (weight: 'required' | 'recommended'): QualityProfile => ({
      ...asking('specifiable.no_language'),
      checks: [
        { check: 'specifiable.no_title', weight: 'required', source: 's' },
        { check: 'specifiable.no_language', weight, source: 's', section: '4', asks: 'In which language?' },
      ],
    })
    expect(await checkQuality(badge, rows('required'))).toMatchObject({
      profile: 'one',
      readiness: 'ready',
      summary: 'Ready: none of 2 required by "One" is missing.',
    })
    const silent = without('inLanguage')
    expect((await checkQuality(silent, rows('recommended'))).readiness).toBe('ready')
    const report = await checkQuality(silent, rows('required'))
    expect(report).toMatchObject({ readiness: 'incomplete', summary: 'Incomplete: of 2 required by "One" 1 not met.' })
    expect(report.results[1]).toMatchObject({
      asks: 'In which language?',
      mend: expect.stringContaining('inLanguage'),
      source: { title: 'Source', url: 'https://s.example/', read: '2026-11-30', section: '4' },
    })
    expect((await checkQuality(without('reviewed'), asking('predictable.not_reviewed'))).readiness).toBe('undetermined')
    // Not judged is not met either: nobody gave the day.
    expect((await checkQuality(badge, asking('predictable.not_reviewed'))).readiness).toBe('undetermined')
  })
})

describe('profiles as data', () => {
  const full: JsonObject = {
    $schema: 'https://schemas.example/quality-profile.json',
    id: 'ours',
    title: 'Ours',
    version: '2',
    description: 'What we ask.',
    sources: {
      board: { title: 'The board', url: 'https://board.example/', read: '2026-01-31' },
      law: { title: 'Law', read: '2026-02-01' },
    },
    checks: [
      { check: 'specifiable.no_title', weight: 'required', source: 'board', section: '1', asks: 'A title' },
      { check: 'specifiable.no_workload', weight: 'if-available', source: 'law', settings: { leastHours: 1 } },
      { check: 'verifiable.no_end', weight: 'recommended', source: 'law' },
    ],
  }
  test('the file in schemas/ is what the code says today', () => {
    expect(readFileSync(file, 'utf8')).toBe(text)
  })
  test('a full profile is read as it is', () => {
    const { $schema, ...profile } = full
    expect(parseQualityProfile(full)).toEqual(profile)
  })
  test('the schema and parseQualityProfile judge alike, over 3000 changes of a full profile', () => {
    const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(JSON.parse(text))
    expect(validate(full), JSON.stringify(validate.errors)).toBe(true)
    const random = randomFrom(20300131)
    const counts = { accepted: 0, refused: 0 }
    for (let index = 0; index < 3000; index++) {
      const changed = mutate(full, random)
      let issues: readonly string[] = []
      try {
        parseQualityProfile(changed)
      } catch (error) {
        if (!(error instanceof ParseError)) throw error
        // JSON Schema cannot look things up, and knows no calendar.
        issues = error.issues.map(({ message }) => message).filter((message) => !/is not in "sources"/.test(message))
        if (issues.length === 0) continue
      }
      counts[issues.length === 0 ? 'accepted' : 'refused']++
      if (validate(changed) !== (issues.length === 0) && !issues.every((message) => /must be a day/.test(message)))
        expect.fail(`${JSON.stringify(changed)}\n${issues.join('\n')}\n${JSON.stringify(validate.errors)}`)
    }
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(100)
  })
  test.each<[string, object, string, string]>([
    ['a mistyped member', { cheks: [] }, '/cheks', 'has no member "cheks"'],
    [
      'a source that is not there',
      { checks: [{ check: 'x', weight: 'required', source: 'nobody' }] },
      '/checks/0/source',
      'not in "sources"',
    ],
    [
      'a weight that there is not',
      { checks: [{ check: 'x', weight: 'must', source: 'law' }] },
      '/checks/0/weight',
      'required, recommended, if-available',
    ],
    [
      'a source that nobody read',
      { sources: { ...(full.sources as object), a: { title: 'A' } } },
      '/sources/a/read',
      'is missing',
    ],
    [
      'a day that there is not',
      { sources: { ...(full.sources as object), a: { title: 'A', read: '2026-02-30' } } },
      '/sources/a/read',
      'must be a day',
    ],
    ['no check', { checks: [] }, '/checks', 'asks for nothing'],
    [
      'too many',
      { checks: Array.from({ length: 201 }, () => (full.checks as object[])[0]) },
      '/checks',
      'more than 200',
    ],
    ['a name of many words', { id: 'All that we ask' }, '/id', 'short name'],
  ])('%s is named at its place', (_, change, pointer, message) => {
    try {
      parseQualityProfile({ ...full, ...change })
      expect.unreachable()
    } catch (error) {
      const { issues } = error as ParseError
      expect(issues.map((issue) => issue.pointer)).toContain(pointer)
      expect(issues.find((issue) => issue.pointer === pointer)?.message).toContain(message)
    }
  })
  test('what is odd is found: checks, settings, sources', async () => {
    const odd = parseQualityProfile({
      ...full,
      sources: {
        ...(full.sources as object),
        idle: { title: 'Idle', url: 'https://idle.example/', read: '2026-01-01' },
      },
      checks: [
        { check: 'specifiable.no_titel', weight: 'recommended', source: 'board' },
        { check: 'specifiable.no_workload', weight: 'recommended', source: 'law', settings: { leastHour: 1 } },
        { check: 'field.absent', weight: 'recommended', source: 'law', settings: { at: ['name'] } },
        { check: 'specifiable.no_title', weight: 'recommended', source: 'law', settings: { loud: true } },
        { check: 'verifiable.no_end', weight: 'recommended', source: 'law' },
        { check: 'verifiable.no_end', weight: 'recommended', source: 'board' },
      ],
    })
    const found = (await lintQualityProfile(odd)).map(({ code, severity, pointer }) => [code, severity, pointer])
    expect(found).toEqual([
      ['profile.source_without_url', 'warning', '/sources/law'],
      ['profile.unused_source', 'warning', '/sources/idle'],
      ['profile.nothing_required', 'warning', '/checks'],
      ['profile.unknown_check', 'error', '/checks/0/check'],
      ['profile.settings', 'error', '/checks/1/settings/leastHour'],
      ['profile.settings', 'error', '/checks/2/settings/at'],
      ['profile.settings', 'error', '/checks/3/settings/loud'],
      ['profile.twice', 'warning', '/checks/5'],
    ])
    expect((await lintQualityProfile(odd))[3]?.message).toContain('did you mean "specifiable.no_title"?')
    await expect(checkQuality(badge, odd)).rejects.toThrow(UsageError)
    await expect(checkQuality(badge, odd)).rejects.toThrow('/checks/0/check')
  })
})

describe('checks of your own', () => {
  const logo: QualityCheck = {
    asks: 'Does it have a picture?',
    mend: 'Add "image".',
    judge: ({ achievement: { image }, base }, { caption }) =>
      image === undefined || (caption === true && image.caption === undefined)
        ? { status: 'not-met', places: [{ pointer: `${base}/image`, says: 'no picture' }] }
        : { status: 'met', places: [{ pointer: `${base}/image`, says: image.id }] },
    settings: () => undefined,
  }
  const profile = asking('acme.no_picture', { caption: true })
  test('by their id, with settings', async () => {
    const checks = { 'acme.no_picture': logo }
    expect(await lintQualityProfile(profile, { checks })).toEqual([])
    expect((await checkQuality(made, profile, { checks })).results[0]).toMatchObject({
      status: 'not-met',
      mend: 'Add "image".',
      places: [{ pointer: '/image' }],
    })
    await expect(checkQuality(made, profile)).rejects.toThrow('there is no check "acme.no_picture"')
  })
  test('one that throws, or answers nonsense, is a bug and no verdict', async () => {
    const throwing = { ...logo, judge: () => expect.fail('no') as never }
    await expect(checkQuality(made, profile, { checks: { 'acme.no_picture': throwing } })).rejects.toThrow(DefectError)
    const odd = { ...logo, judge: () => ({ status: 'fine', places: [] }) as never }
    await expect(checkQuality(made, profile, { checks: { 'acme.no_picture': odd } })).rejects.toThrow(DefectError)
  })
  test('what is misspelt is refused', async () => {
    await expect(checkQuality(badge, 'eu-2023' as never)).rejects.toThrow('"eu-2022"')
    await expect(checkQuality({} as never, 'eu-2022')).rejects.toThrow(UsageError)
    await expect(checkQuality(badge, 'eu-2022', { today: NOW } as never)).rejects.toThrow('"today" is no option')
    await expect(checkQuality(badge, { id: 'x' } as never)).rejects.toThrow(ParseError)
    const checks = { x: { asks: 'x', mend: 'y' } as never }
    await expect(checkQuality(badge, 'eu-2022', { checks })).rejects.toThrow(UsageError)
  })
})
