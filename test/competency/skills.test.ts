// Competencies where people put them: at the achievement, a ResultDescription, a rubric level, a Result (openbadges-specification issues 637, 647).
import { describe, expect, test } from 'vitest'
import {
  type AssessOptions,
  assessStack,
  type CompetencyFramework,
  checkModularity,
  competenciesOf,
  type Requirement,
} from '../../src/entries/competency.js'
import { createAchievement } from '../../src/entries/index.js'
import { type Badge, NOW, reportOf } from './reports.js'

const F = 'https://f.example'
const [A, B] = [`${F}/a`, `${F}/b`]
const LEVELS = [1, 2].map((n) => ({ id: `${A}/${n}`, name: `L${n}` }))
const framework: CompetencyFramework = {
  id: F,
  name: 'F',
  competencies: [
    { id: A, name: 'Giving Feedback', levels: LEVELS },
    { id: B, name: 'Rapport' },
    { id: `${F}/set`, name: 'Set', parts: [A] },
  ],
}
type Leaf = Extract<Requirement, { competency: string }>
const assess = (badge: Badge, asked: Partial<Leaf> = {}, options: Partial<AssessOptions> = {}) =>
  assessStack(
    [reportOf(badge)],
    { id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: A, ...asked }] },
    { frameworks: [framework], now: NOW, ...options },
  )
const outcomeOf = (...given: Parameters<typeof assess>) => assess(...given).outcome

const to = (targetUrl: string, more: object = {}) => ({ targetName: targetUrl, targetUrl, ...more })
const PLACES = ['resultDescription', 'level', 'result'] as const
type Place = (typeof PLACES)[number]
const scale = 'urn:x:scale'
/** A badge that names the target at one place only. */
function naming(place: Place, target: string, result: object = { achievedLevel: 'urn:x:high' }): Badge {
  const at = (where: Place) => (place === where ? { alignment: [to(target)] } : {})
  return {
    resultDescription: [
      {
        id: scale,
        name: 'Scale',
        resultType: 'RubricCriterionLevel',
        ...at('resultDescription'),
        rubricCriterionLevel: [
          { id: 'urn:x:low', name: 'Low' },
          { id: 'urn:x:high', name: 'High', ...at('level') },
        ],
      },
    ],
    result: [{ resultDescription: scale, ...result, ...at('result') }],
  }
}

describe.each(PLACES)('an alignment at the %s', (place) => {
  test('names a competency of a framework that is known, with a result that passed', () => {
    const report = assess(naming(place, A))
    expect(report.outcome).toBe('met')
    expect(report.requirements[0]?.by?.path).toEqual([
      { via: place, from: 'https://issuer.example/achievements/x', to: A },
    ])
  })
  test('names nothing that no framework has', () => {
    expect(outcomeOf(naming(place, 'https://else.example/c'), { competency: 'https://else.example/c' })).toBe('not-met')
    expect(outcomeOf(naming(place, A), {}, { frameworks: [] })).toBe('not-met')
  })
  test('a level is a level, and no competency', () => {
    expect(outcomeOf(naming(place, `${A}/2`))).toBe('not-met')
  })
  test('counts with no result that did not pass', () => {
    expect(outcomeOf(naming(place, A, { achievedLevel: 'urn:x:high', status: 'Failed' }))).toBe('not-met')
    expect(outcomeOf({ ...naming(place, A), result: [] })).toBe('not-met')
  })
  test('leads on, by crosswalks and sets', () => {
    const matches = [{ from: A, to: B, relation: 'exact' as const }]
    expect(outcomeOf(naming(place, A), { competency: B }, { crosswalks: [{ source: 's', matches }] })).toBe('met')
    expect(outcomeOf(naming(place, A), { competency: `${F}/set` })).toBe('met')
  })
})

test('a level counts when it was reached, and no other', () => {
  expect(outcomeOf(naming('level', A, { achievedLevel: 'urn:x:low' }))).toBe('not-met')
})
test('a level of the competency: by the results that name it, and by no others', () => {
  const both = {
    ...naming('resultDescription', A),
    result: [{ resultDescription: scale, achievedLevel: 'urn:x:high', alignment: [to(`${A}/2`)] }],
  }
  expect(outcomeOf(both, { level: `${A}/2` })).toBe('met')
  const elsewhere: Badge = {
    ...naming('resultDescription', A),
    result: [
      { resultDescription: scale, achievedLevel: 'urn:x:high' },
      { value: '85', alignment: [to(`${A}/2`)] },
    ],
  }
  expect(outcomeOf(elsewhere, { level: `${A}/2` })).toBe('not-met')
})
test('what the achievement names goes first, and its scales speak of it as before', () => {
  const badge: Badge = {
    ...naming('resultDescription', B),
    aligned: [A],
    result: [{ resultDescription: scale, achievedLevel: 'urn:x:high', alignment: [to(`${A}/2`)] }],
  }
  expect(assess(badge, { level: `${A}/2` })).toMatchObject({
    outcome: 'met',
    requirements: [{ by: { path: [{ via: 'alignment' }] } }],
  })
  expect(outcomeOf(badge, { competency: B })).toBe('met')
})

const achievement = createAchievement({
  id: 'urn:x:achievement',
  name: 'X',
  description: 'X',
  criteria: { narrative: 'X' },
  resultDescription: [
    {
      id: scale,
      name: 'Scale',
      resultType: 'RubricCriterionLevel',
      alignment: [to(A, { targetType: 'CFItem' })],
      rubricCriterionLevel: [
        { id: 'urn:x:low', name: 'Low', alignment: [to(`${A}/1`, { targetType: 'CFRubricCriterionLevel' })] },
        { id: 'urn:x:high', name: 'High', alignment: [to(B, { targetType: 'ceasn:Competency' })] },
      ],
    },
  ],
})
test('competenciesOf says where each was found', () => {
  const { matches } = competenciesOf(achievement, [framework])
  expect(matches.map(({ competency, via, pointer }) => [competency.id, via, pointer])).toEqual([
    [A, 'resultDescription', '/resultDescription/0/alignment/0'],
    [B, 'level', '/resultDescription/0/rubricCriterionLevel/1/alignment/0'],
  ])
  const above = { ...achievement, alignment: [{ type: ['Alignment'], ...to(`${F}/set`) }] }
  expect(competenciesOf(above, [framework]).matches.map(({ via, pointer }) => [via, pointer])).toEqual([
    ['alignment', '/alignment/0'],
    ['resultDescription', '/resultDescription/0/alignment/0'],
    ['level', '/resultDescription/0/rubricCriterionLevel/1/alignment/0'],
  ])
})
test('checkModularity: at the achievement it is plainest to read', () => {
  const found = checkModularity(achievement).findings.filter(({ code }) => code.startsWith('specifiable.'))
  expect(found.map(({ code, weight, pointer }) => [code, weight, pointer])).toEqual([
    ['specifiable.alignment_further_down', 'advice', '/resultDescription/0/alignment/0'],
    ['specifiable.alignment_further_down', 'advice', '/resultDescription/0/rubricCriterionLevel/1/alignment/0'],
    ['specifiable.no_type', 'advice', '/achievementType'],
  ])
  expect(checkModularity(achievement).specifiable).toBe(true)
})
