// Levels: by alignment and by crosswalks (see the documentation of assessStack); Open Badges 3.0, Result and ResultDescription.
import { describe, expect, test } from 'vitest'
import { assessStack } from '../../src/competency/assess-stack.js'
import { checkCrosswalks } from '../../src/competency/crosswalk.js'
import { comparePlugs } from '../../src/competency/plugs.js'
import type { AssessOptions, CompetencyFramework, Crosswalk, RubricLevel } from '../../src/competency/types.js'
import { type Badge, credentialOf, NOW, reportOf } from './reports.js'

const ours = 'https://ours.example/feedback'
const theirs = 'https://theirs.example/critique'
const third = 'https://third.example/review'
const level = (competency: string, n: number) => `${competency}/level-${n}`
const scale = (competency: string, count: number): RubricLevel[] =>
  Array.from({ length: count }, (_, n) => ({ id: level(competency, n + 1), name: `L${n + 1}` }))
const frameworkOf = (competency: string, count = 3, more: object = {}): CompetencyFramework => ({
  id: `${competency}/framework`,
  name: competency,
  competencies: [{ id: competency, name: competency, levels: scale(competency, count), ...more }],
})
const frameworks = [frameworkOf(ours), frameworkOf(theirs, 4), frameworkOf(third)]
const exact = (from: string, to: string, levels: readonly (readonly [number, number])[]): Crosswalk => ({
  source: 'https://walk.example/',
  matches: [
    { from, to, relation: 'exact', levels: Object.fromEntries(levels.map(([a, b]) => [level(from, a), level(to, b)])) },
  ],
})
const badgeAt = (competency: string, reached: number, count = 4): Badge => ({
  id: 'b',
  aligned: [competency],
  rubric: { levels: scale(competency, count).map(({ id }) => id), reached: reached - 1 },
})
const assess = (badge: Badge, wanted: number, more: Partial<AssessOptions> = {}) => {
  const requirements = [{ id: 'r', competency: ours, level: level(ours, wanted) }]
  const options = { frameworks, now: NOW, ...more }
  const report = assessStack([reportOf(badge)], { id: 'urn:x:s', name: 'S', requirements }, options)
  const [requirement] = report.requirements
  return { ...report, requirement, code: requirement?.because[0]?.code }
}

describe('a level in two rubrics', () => {
  const shared = [1, 2, 3].map((n) => ({ id: `https://ours.example/scale/${n}`, name: `${n}` }))
  const both: CompetencyFramework = {
    id: 'https://ours.example/both',
    name: 'Both',
    competencies: [
      { id: ours, name: 'Feedback', levels: shared },
      // The same levels, of which it has fewer.
      { id: theirs, name: 'Critique', levels: shared.slice(0, 2) },
    ],
  }
  const asked = (competency: string, about: string | undefined) => {
    const rubric = { levels: shared.map(({ id }) => id), reached: 1, ...(about === undefined ? {} : { about }) }
    const badge = reportOf({ aligned: [ours, theirs], rubric })
    const requirements = [{ id: 'r', competency, level: 'https://ours.example/scale/2' }]
    return assessStack([badge], { id: 'urn:x:s', name: 'S', requirements }, { frameworks: [both], now: NOW }).outcome
  }
  test('counts for the competency that its result is about, else for each that the badge is about', () => {
    expect([asked(ours, ours), asked(theirs, ours)]).toEqual(['met', 'not-met'])
    expect([asked(ours, undefined), asked(theirs, undefined)]).toEqual(['met', 'met'])
  })
})

describe('two versions of a framework side by side, with a crosswalk of their levels', () => {
  const [old, now] = ['https://ours.example/v1/feedback', 'https://ours.example/v2/feedback']
  const versions = [frameworkOf(old, 3), frameworkOf(now, 4)]
  // Of four levels the second and the third were one.
  const between = exact(now, old, [
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
  ])
  const outcome = (about: string, reached: number, competency: string, wanted: number) => {
    const badge = reportOf(badgeAt(about, reached, about === old ? 3 : 4))
    const requirements = [{ id: 'r', competency, level: level(competency, wanted) }]
    const options = { frameworks: versions, crosswalks: [between], now: NOW }
    return assessStack([badge], { id: 'urn:x:s', name: 'S', requirements }, options).outcome
  }
  test('forwards each level is one of the old; backwards what was split is at least the one below it', () => {
    expect(checkCrosswalks([between], versions)).toEqual([])
    expect([1, 2, 3, 4].map((reached) => outcome(now, reached, old, 2))).toEqual(['not-met', 'met', 'met', 'met'])
    expect([1, 2, 3].map((reached) => outcome(old, reached, now, 2))).toEqual(['not-met', 'not-met', 'met'])
    expect([1, 2, 3].map((reached) => outcome(old, reached, now, 1))).toEqual(['met', 'met', 'met'])
  })
})

describe('levels that a crosswalk maps', () => {
  const crosswalks = [exact(theirs, ours, [[2, 2]])]
  test.each<[number, number, string]>([
    [2, 2, 'met'],
    [3, 2, 'met'],
    [4, 2, 'met'],
    [4, 1, 'met'],
    [1, 1, 'not-met'],
    [4, 3, 'not-met'],
  ])('theirs %i, asked %i, 2 maps to 2: %s', (reached, wanted, outcome) => {
    expect(assess(badgeAt(theirs, reached), wanted, { crosswalks }).outcome).toBe(outcome)
  })
  test('above one that is mapped is at least that one, over a chain, and from either end', () => {
    const chain = [exact(theirs, third, [[1, 2]]), exact(ours, third, [[3, 1]])]
    expect(assess(badgeAt(theirs, 4), 3, { crosswalks: chain }).requirement?.by?.level).toBe(level(ours, 3))
  })
  test('of two ways the one that says more', () => {
    const two = [exact(theirs, ours, [[1, 1]]), exact(theirs, third, [[2, 2]]), exact(third, ours, [[2, 3]])]
    expect(assess(badgeAt(theirs, 2), 3, { crosswalks: two }).outcome).toBe('met')
    expect(assess(badgeAt(theirs, 1), 2, { crosswalks: two }).outcome).toBe('not-met')
  })
  test('where no framework says which level is higher, only the one that is mapped counts', () => {
    const options = { crosswalks, frameworks: [frameworkOf(ours)] }
    expect(assess(badgeAt(theirs, 2), 2, options).outcome).toBe('met')
    expect(assess(badgeAt(theirs, 3), 2, options).code).toBe('level.not_comparable')
  })
  test('a circle by which a level would be another one says nothing, and is found', () => {
    const circle = [exact(theirs, third, [[1, 1]]), exact(third, ours, [[1, 2]]), exact(ours, theirs, [[1, 2]])]
    expect(checkCrosswalks(circle, frameworks).map(({ code, severity }) => [code, severity])).toEqual([
      ['crosswalk.levels_conflict', 'error'],
      ['crosswalk.levels_conflict', 'error'],
      ['crosswalk.levels_conflict', 'error'],
    ])
    expect(assess(badgeAt(theirs, 4), 1, { crosswalks: circle }).code).toBe('level.not_comparable')
  })
  test('a circle that comes back to where it began is none', () => {
    const round = [exact(theirs, third, [[2, 2]]), exact(third, ours, [[2, 1]]), exact(ours, theirs, [[1, 2]])]
    expect(checkCrosswalks(round, frameworks)).toEqual([])
    expect(assess(badgeAt(theirs, 2), 1, { crosswalks: round }).outcome).toBe('met')
  })
  test('a chain of 5000 competencies with levels is searched once', () => {
    const id = (n: number) => `https://chain.example/${n}`
    const long = Array.from({ length: 5000 }, (_, n) => exact(id(n), n === 4999 ? ours : id(n + 1), [[1, 1]]))
    expect(assess(badgeAt(id(0), 1), 1, { crosswalks: long }).outcome).toBe('met')
  })
})

describe('a scale of which nobody says which end is the better one', () => {
  const unknown = [frameworkOf(ours, 3, { levelOrder: 'unknown' })]
  test('the very level counts, another is uncertain', () => {
    expect(assess(badgeAt(ours, 2, 3), 2, { frameworks: unknown }).outcome).toBe('met')
    for (const [reached, wanted] of [
      [3, 2],
      [2, 3],
    ] as const) {
      const report = assess(badgeAt(ours, reached, 3), wanted, { frameworks: unknown })
      expect([report.outcome, report.code]).toEqual(['uncertain', 'level.order_unknown'])
      expect(report.findings).toMatchObject([{ code: 'stack.level_order_unknown', requirement: 'r' }])
    }
  })
  test('of one level there is nothing to ask', () => {
    const one = [frameworkOf(ours, 1, { levelOrder: 'unknown' })]
    expect(assess(badgeAt(ours, 1, 1), 1, { frameworks: one }).outcome).toBe('met')
  })
})

describe('results', () => {
  const achievement = 'https://issuer.example/achievements/b'
  const withResults = (result: NonNullable<Badge['result']>, required?: number): Badge => {
    const { rubric: _, ...badge } = badgeAt(ours, 1, 3)
    const [description] = credentialOf({ ...badgeAt(ours, 1, 3) }).credentialSubject.achievement.resultDescription ?? []
    const { type: __, ...rest } = description as NonNullable<typeof description>
    const requiredLevel = required === undefined ? {} : { requiredLevel: `${achievement}#level-${required - 1}` }
    return { ...badge, resultDescription: [{ ...rest, ...requiredLevel } as never, attended], result }
  }
  const attended = { id: 'urn:x:other', name: 'Attended', resultType: 'Status' as const }
  const at = (reached: number, status?: 'Completed' | 'Failed') => ({
    resultDescription: `${achievement}#scale`,
    achievedLevel: `${achievement}#level-${reached - 1}`,
    ...(status === undefined ? {} : { status }),
  })
  test('a failed attempt beside one that passed: the one that passed counts, in either order', () => {
    const attempts = [at(1, 'Failed'), at(3, 'Completed')]
    for (const result of [attempts, [...attempts].reverse()])
      expect(assess(withResults(result), 3).requirement?.by?.level).toBe(level(ours, 3))
    expect(assess(withResults([at(1, 'Failed'), at(3, 'Failed')]), 1).code).toBe('result.not_completed')
  })
  test('a failed result of another scale is not made good', () => {
    const failed = { resultDescription: 'urn:x:other', status: 'Failed' as const }
    expect(assess(withResults([failed, at(3, 'Completed')]), 3).code).toBe('result.not_completed')
    expect(assess(withResults([{ status: 'Failed' }, at(3, 'Completed')]), 3).outcome).toBe('met')
  })
  test('one that passed and states no level stands for the level that is required', () => {
    for (const result of [
      { resultDescription: `${achievement}#scale`, status: 'Completed' as const },
      { resultDescription: `${achievement}#scale`, value: '85' },
    ]) {
      const report = assess(withResults([result], 2), 2)
      expect(report.requirement).toMatchObject({
        outcome: 'met',
        because: [
          { code: 'requirement.met', credential: 'urn:x:b' },
          { code: 'level.required', credential: 'urn:x:b' },
        ],
        by: { level: level(ours, 2) },
      })
      expect(assess(withResults([result], 2), 3).code).toBe('level.below')
      expect(assess(withResults([result]), 1).code).toBe('level.not_stated')
    }
    // What is stated counts, and an award without any result says nothing.
    expect(assess(withResults([at(1)], 2), 2).code).toBe('level.below')
    expect(assess(withResults([], 2), 1).code).toBe('level.not_stated')
  })
  test.each(['0', '100'])('a percentage of "%s" is no level', (value) => {
    const percent = {
      id: 'urn:x:percent',
      name: 'Score',
      resultType: 'Percent' as const,
      valueMin: '0',
      valueMax: '100',
    }
    const { rubric: _, ...badge } = badgeAt(ours, 1, 3)
    const result = [{ resultDescription: 'urn:x:percent', value }]
    expect(assess({ ...badge, resultDescription: [percent], result }, 1).code).toBe('level.not_stated')
  })
})

describe('comparePlugs', () => {
  const compare = (a: Badge, b: Badge, more: object = {}) => {
    const { aForB, bForA, differences } = comparePlugs(credentialOf(a), credentialOf(b), { frameworks, ...more })
    return { ways: [aForB, bForA], aspects: differences.map(({ aspect }) => aspect) }
  }
  test('a level that was reached stands in for lower ones', () => {
    expect(compare(badgeAt(ours, 3, 3), badgeAt(ours, 2, 3))).toEqual({
      ways: [true, false],
      aspects: ['level reached'],
    })
    expect(compare(badgeAt(ours, 2, 3), badgeAt(ours, 2, 3)).ways).toEqual([true, true])
    const { rubric: _, ...none } = badgeAt(ours, 1, 3)
    expect(compare(badgeAt(ours, 1, 3), none).ways).toEqual([true, false])
  })
  test('by the levels of a crosswalk', () => {
    const all = [1, 2, 3].map((n) => [n, n] as const)
    const crosswalks = [exact(third, ours, all)]
    expect(compare(badgeAt(third, 3, 3), badgeAt(ours, 2, 3), { crosswalks }).ways).toEqual([true, false])
    expect(compare(badgeAt(third, 2, 3), badgeAt(ours, 3, 3), { crosswalks }).ways).toEqual([false, true])
  })
  test('without a framework only the same level is', () => {
    const without = { frameworks: [] }
    expect(compare(badgeAt(ours, 2, 3), badgeAt(ours, 2, 3), without).ways).toEqual([true, true])
    expect(compare(badgeAt(ours, 3, 3), badgeAt(ours, 2, 3), without).ways).toEqual([false, false])
  })
  test('what was never passed stands in for nothing that was', () => {
    const failed = { ...badgeAt(ours, 2, 3), result: [{ status: 'Failed' as const }] }
    const passed = { ...badgeAt(ours, 2, 3), result: [{ status: 'Completed' as const }] }
    expect(compare(failed, passed)).toEqual({ ways: [false, true], aspects: ['result'] })
  })
  test('of achievements what they require', () => {
    const requiring = (n: number | undefined) => {
      const { achievement } = credentialOf(badgeAt(ours, 1, 3)).credentialSubject
      const [description] = achievement.resultDescription ?? []
      const requiredLevel = n === undefined ? {} : { requiredLevel: `${achievement.id}#level-${n - 1}` }
      return {
        ...achievement,
        resultDescription: [{ ...(description as object), ...requiredLevel }],
      } as unknown as typeof achievement
    }
    const ways = (a: number | undefined, b: number | undefined) => {
      const found = comparePlugs(requiring(a), requiring(b), { frameworks })
      return [found.aForB, found.bForA]
    }
    expect([ways(2, 1), ways(2, 2), ways(2, undefined), ways(undefined, undefined)]).toEqual([
      [true, false],
      [true, true],
      [true, false],
      [true, true],
    ])
  })
})
