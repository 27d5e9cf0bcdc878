// The three conditions of a modular interface, as rules over Open Badges 3.0; badges of the corpus, and pairs of plugs.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { achievementFor } from '../../src/competency/achievement-for.js'
import { checkModularity } from '../../src/competency/modularity.js'
import { MODULARITY_RULES } from '../../src/competency/modularity-rules.js'
import { comparePlugs } from '../../src/competency/plugs.js'
import type { Competency, CompetencyFramework } from '../../src/competency/types.js'
import { type Achievement, createAchievement, createCredential, parseCredential } from '../../src/entries/index.js'
import { resolvePointer } from '../../src/internal/json-pointer.js'
import type { Json } from '../../src/internal/types.js'
import { shared } from '../shared.js'

const competency: Competency = {
  id: 'https://f.example/c/feedback',
  name: 'Giving Feedback',
  levels: [1, 2].map((n) => ({ id: `https://f.example/l/${n}`, name: `L${n}`, description: `Work at ${n}.` })),
}
const framework: CompetencyFramework = { id: 'https://f.example/', name: 'F', competencies: [competency] }
const creator = { id: 'did:web:issuer.example', name: 'Issuer' }
const criteria = { narrative: 'Done.' }
const id = 'https://issuer.example/badges/feedback'
const good = achievementFor(competency, {
  id,
  framework,
  criteria,
  creator,
  version: '1',
  requiredLevel: 'https://f.example/l/1',
})
const subject = {
  id: 'did:example:t',
  achievement: good,
  result: [{ resultDescription: `${id}#levels`, achievedLevel: `${id}#level-2` }],
}
const evidence = [{ id: 'https://portfolio.example/1' }]
const credential = createCredential({ issuer: creator, credentialSubject: subject, evidence })
const codes = (input: Parameters<typeof checkModularity>[0], weight = 'gap') =>
  checkModularity(input)
    .findings.filter((each) => each.weight === weight)
    .map(({ code }) => code)

test('what achievementFor makes has no gaps', () => {
  expect(checkModularity(good)).toMatchObject({ specifiable: true, verifiable: true, predictable: true })
  expect(checkModularity(credential).summary).toBe(
    'Schools can specify and verify this badge, and predict what level it means.',
  )
  expect(codes(good)).toEqual([])
  expect(codes(credential)).toEqual([])
  expect(codes(credential, 'advice')).toEqual(['verifiable.no_status', 'verifiable.no_endorsement'])
})

const without = (member: keyof Achievement) => {
  const { [member]: _, ...rest } = good
  return rest as Achievement
}
const [scale] = good.resultDescription as [NonNullable<Achievement['resultDescription']>[number]]
const withScale = (change: object): Achievement => ({ ...good, resultDescription: [{ ...scale, ...change }] })
const levels = scale.rubricCriterionLevel ?? []
const of = (more: object) => ({ ...credential, ...more }) as typeof credential
const ofSubject = (more: object) => of({ credentialSubject: { ...credential.credentialSubject, ...more } })

/** At no place at all. */
const unaligned: Achievement = { ...without('alignment'), resultDescription: [{ ...scale, alignment: [] }] }

const CASES: [string, Parameters<typeof checkModularity>[0], string][] = [
  ['specifiable.no_alignment', unaligned, '/alignment'],
  [
    'specifiable.alignment_not_a_url',
    { ...good, alignment: [{ type: ['Alignment'], targetName: 'X', targetUrl: 'giving feedback' }] },
    '/alignment/0/targetUrl',
  ],
  [
    'specifiable.alignment_untyped',
    { ...good, alignment: [{ type: ['Alignment'], targetName: 'X', targetUrl: 'urn:x:1' }] },
    '/alignment/0/targetType',
  ],
  [
    'specifiable.alignment_without_framework',
    { ...good, alignment: [{ type: ['Alignment'], targetName: 'X', targetUrl: 'urn:x:1' }] },
    '/alignment/0/targetFramework',
  ],
  [
    'specifiable.alignment_further_down',
    { ...without('alignment'), resultDescription: good.resultDescription ?? [] },
    '/resultDescription/0/alignment/0',
  ],
  ['specifiable.unstable_id', { ...good, id: 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6' }, '/id'],
  ['specifiable.no_type', without('achievementType'), '/achievementType'],
  ['verifiable.no_criteria', { ...good, criteria: {} }, '/criteria'],
  ['verifiable.no_evidence', of({ evidence: [{ type: ['Evidence'], name: 'Nothing' }] }), '/evidence'],
  ['verifiable.anonymous_issuer', of({ issuer: 'did:web:issuer.example' }), '/issuer'],
  ['verifiable.no_status', credential, '/credentialStatus'],
  ['verifiable.no_recipient', ofSubject({ id: undefined, name: 'Ada Lovelace' }), '/credentialSubject'],
  ['verifiable.no_endorsement', good, '/endorsement'],
  ['verifiable.no_assessor', without('creator'), '/creator'],
  ['predictable.no_rubric', without('resultDescription'), '/resultDescription'],
  [
    'predictable.level_not_aligned',
    withScale({ rubricCriterionLevel: [{ ...levels[0], alignment: [] }] }),
    '/resultDescription/0/rubricCriterionLevel/0/alignment',
  ],
  [
    'predictable.same_rank',
    withScale({ rubricCriterionLevel: levels.map((level) => ({ ...level, level: '1' })) }),
    '/resultDescription/0/rubricCriterionLevel/1/level',
  ],
  ['predictable.no_required_level', withScale({ requiredLevel: undefined }), '/resultDescription/0/requiredLevel'],
  [
    'predictable.level_not_described',
    withScale({ rubricCriterionLevel: [{ ...levels[0], description: ' ' }] }),
    '/resultDescription/0/rubricCriterionLevel/0/description',
  ],
  ['predictable.no_result', ofSubject({ result: [] }), '/credentialSubject/result'],
  [
    'predictable.level_not_in_rubric',
    ofSubject({ result: [{ ...subject.result[0], type: ['Result'], achievedLevel: 'urn:x:top' }] }),
    '/credentialSubject/result/0/achievedLevel',
  ],
  [
    'predictable.value_without_scale',
    withScale({ resultType: 'Percent', rubricCriterionLevel: [] }),
    '/resultDescription/0',
  ],
  ['predictable.no_version', without('version'), '/version'],
]
test.each(CASES)('%s is found, at its place, with a reason and a remedy', (code, input, pointer) => {
  const found = checkModularity(input).findings.find((each) => each.code === code)
  expect(found).toMatchObject({ pointer })
  expect([found?.why, found?.mend, found?.source].every((text) => (text ?? '').length > 10)).toBe(true)
})
test('every rule has a case', () => {
  expect(MODULARITY_RULES.map(({ code }) => code).sort()).toEqual(CASES.map(([code]) => code).sort())
})
test('summaries a procurement officer understands', () => {
  const bare = createAchievement({ name: 'X', description: 'X', criteria })
  expect(checkModularity(bare).summary).toBe(
    'Schools can verify this badge; they cannot specify it, or predict what level it means.',
  )
  expect(checkModularity(without('resultDescription')).summary).toBe(
    'Schools can specify and verify this badge; they cannot predict what level it means.',
  )
  expect(checkModularity(ofSubject({ result: [] })).summary).toBe(
    'Schools can specify and verify this badge; they cannot predict what level was reached.',
  )
  expect(checkModularity({ ...unaligned, criteria: {} }).summary).toBe(
    'Schools can predict what level it means; they cannot specify or verify this badge.',
  )
})

describe('badges of the corpus', () => {
  const corpus = shared('corpus/cases/')
  test.skipIf(!corpus).each<[string, string[]]>([
    [
      '1edtech-validator/ob30/simple.json',
      ['specifiable.no_alignment', 'verifiable.no_evidence', 'predictable.no_rubric'],
    ],
    ['1edtech-validator/ob30/complete.json', ['predictable.same_rank', 'predictable.level_not_in_rubric']],
    [
      'dcc-vc-test-fixtures/v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-noExpiry-alignments.json',
      ['verifiable.no_evidence', 'predictable.no_rubric'],
    ],
    [
      'dcc-vc-test-fixtures/v2/dataIntegrityProof/didKey/legacyRegistry-noStatus-notExpired-withSchema.json',
      ['specifiable.no_alignment', 'verifiable.no_evidence', 'verifiable.no_recipient', 'predictable.no_rubric'],
    ],
    [
      'dcc-vc-test-fixtures/v2/ed25519/didKey/legacy-noStatus-noExpiry-lcwExperience.json',
      ['specifiable.no_alignment', 'verifiable.no_evidence', 'verifiable.no_recipient', 'predictable.no_rubric'],
    ],
  ])('%s', (file, gaps) => {
    const badge = parseCredential(JSON.parse(readFileSync(`${corpus}${file}`, 'utf8')))
    expect([...new Set(codes(badge))]).toEqual(gaps)
    // A pointer leads to the field, or to where it would be.
    for (const { pointer } of checkModularity(badge).findings)
      expect(resolvePointer(badge as unknown as Json, pointer.slice(0, pointer.lastIndexOf('/')))).toBeDefined()
  })
})

describe('comparePlugs', () => {
  const other = achievementFor(
    { ...competency, levels: [{ id: 'urn:x:bronze', name: 'Bronze' }] },
    { ...{ id: 'https://b.example/x', criteria, creator: { id: 'did:web:b.example' } }, framework },
  )
  test('with itself: no difference', () => {
    expect(comparePlugs(good, good)).toEqual({
      aForB: true,
      bForA: true,
      differences: [],
      summary: '"Giving Feedback" and "Giving Feedback" may stand in for each other.',
    })
  })
  test('another scale blocks until a crosswalk of levels is there', () => {
    const found = comparePlugs(good, other)
    expect(found).toMatchObject({ aForB: false, bForA: false })
    expect(found.differences.map(({ aspect }) => aspect)).toEqual(['level scale', 'required level', 'assessor'])
    const foreign = {
      id: 'https://g.example/c',
      name: 'Feed-back',
      levels: [1, 2].map((n) => ({ id: `https://g.example/l/${n}`, name: `G${n}` })),
    }
    const g = { id: 'https://g.example/', name: 'G', competencies: [foreign] }
    const requiredLevel = 'https://g.example/l/1'
    const theirs = achievementFor(foreign, {
      ...{ id: 'https://g.example/badge', framework: g, criteria, creator, requiredLevel },
    })
    const match = { from: foreign.id, to: competency.id, relation: 'exact' as const }
    const levels = {
      'https://g.example/l/1': 'https://f.example/l/1',
      'https://g.example/l/2': 'https://f.example/l/2',
    }
    const frameworks = [framework, g]
    expect(comparePlugs(theirs, good, { frameworks })).toMatchObject({ aForB: false, bForA: false })
    expect(comparePlugs(theirs, good, { frameworks, crosswalks: [{ source: 's', matches: [match] }] })).toMatchObject({
      aForB: false,
    })
    expect(
      comparePlugs(theirs, good, { frameworks, crosswalks: [{ source: 's', matches: [{ ...match, levels }] }] }),
    ).toMatchObject({ aForB: true, bForA: true })
  })
  test('more competencies cover fewer, evidence covers none; neither the other way round', () => {
    const more = {
      ...good,
      alignment: [...(good.alignment ?? []), { type: ['Alignment'], targetName: 'Y', targetUrl: 'urn:x:y' }],
    }
    expect(comparePlugs(more, good)).toMatchObject({
      aForB: true,
      bForA: false,
      differences: [{ aspect: 'competencies', message: 'the second lacks urn:x:y' }],
    })
    const unproven = createCredential({
      issuer: creator,
      credentialSubject: subject,
      id: credential.id,
      validFrom: credential.validFrom,
    })
    expect(comparePlugs(credential, unproven)).toMatchObject({
      aForB: true,
      bForA: false,
      differences: [{ aspect: 'evidence' }],
    })
    expect(
      comparePlugs(credential, of({ validUntil: '2030-01-01T00:00:00Z' })).differences.map(({ aspect }) => aspect),
    ).toEqual(['validity'])
  })
  test('without alignment nothing stands in for anything', () => {
    const bare = (n: number) => createAchievement({ id: `urn:x:${n}`, name: 'X', description: 'X', criteria })
    expect(comparePlugs(bare(1), bare(2))).toMatchObject({ aForB: false, bForA: false })
    expect(comparePlugs(bare(1), good)).toMatchObject({ aForB: false, bForA: false })
  })
})
