// Sets and their parts, what replaced something, two versions of a framework, and stacks that nobody can meet: assessStack, checkStack.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { assessStack } from '../../src/competency/assess-stack.js'
import { checkStack } from '../../src/competency/check-stack.js'
import { comparePlugs } from '../../src/competency/plugs.js'
import { requirementsOf } from '../../src/competency/stack.js'
import type {
  AssessOptions,
  Competency,
  CompetencyFramework,
  CompetencyStack,
  Crosswalk,
  Requirement,
} from '../../src/competency/types.js'
import { UsageError } from '../../src/errors.js'
import { describeShared } from '../shared.js'
import { type Badge, credentialOf, endorsementBy, NOW, reportOf } from './reports.js'

const C = (name: string) => `https://f.example/${name}`
const frameworkOf = (
  ...competencies: readonly (Omit<Competency, 'name'> & { name?: string })[]
): CompetencyFramework => ({
  id: 'https://f.example/',
  name: 'F',
  competencies: competencies.map((each) => ({ name: each.id, ...each })),
})
const stackOf = (...requirements: Requirement[]): CompetencyStack => ({ id: 'urn:x:s', name: 'S', requirements })
const exact = (from: string, to: string): Crosswalk => ({
  source: 'https://walk.example/',
  matches: [{ from: C(from), to: C(to), relation: 'exact' }],
})
const assess = (
  aligned: readonly (string | Badge)[],
  wanted: string,
  frameworks: readonly CompetencyFramework[],
  more: Partial<AssessOptions> & { requirement?: object } = {},
) => {
  const reports = aligned.map((each, index) =>
    reportOf({ id: `b${index}`, ...(typeof each === 'string' ? { aligned: [C(each)] } : each) }),
  )
  const { requirement: asked = {}, ...options } = more
  const report = assessStack(reports, stackOf({ id: 'r', competency: C(wanted), ...asked }), {
    frameworks,
    now: NOW,
    ...options,
  })
  const [requirement] = report.requirements
  return { ...report, requirement }
}

describe('until when: the latest date that any of its ways holds', () => {
  const leadership = frameworkOf({ id: C('a') }, { id: C('b') }, { id: C('s'), parts: [C('a'), C('b')] })
  test('parts that never end, beside a badge for the set that does', () => {
    const badges = [{ aligned: [C('s')], validUntil: '2026-09-01T00:00:00Z' }, 'a', 'b']
    const report = assess(badges, 's', [leadership])
    expect(report.outcome).toBe('met')
    expect(report).not.toHaveProperty('expires')
    expect(report.requirement?.because).toEqual([{ code: 'match.set' }])
  })
  test('and the other way round', () => {
    const badges = [
      { aligned: [C('s')], validUntil: '2026-09-01T00:00:00Z' },
      'a',
      { aligned: [C('b')], validUntil: '2026-08-01T00:00:00Z' },
    ]
    const report = assess(badges, 's', [leadership])
    expect(report.expires).toBe('2026-09-01T00:00:00Z')
    expect(report.requirement).toMatchObject({ expires: '2026-09-01T00:00:00Z', by: { credential: 'urn:x:b0' } })
  })
})

describe('endorsements in time', () => {
  const third = 'https://third.example/'
  const endorsed = (...untils: (string | undefined)[]) => {
    const endorsements = untils.map((until) => endorsementBy(third, 'urn:x:b', 'valid', until))
    const report = reportOf({ id: 'b', aligned: [C('a')], validUntil: '2027-01-01T00:00:00Z' }, { endorsements })
    const stack = stackOf({ id: 'r', competency: C('a'), endorsedBy: 'independent' })
    const { outcome, expires, requirements } = assessStack([report], stack, { frameworks: [], now: NOW })
    return [outcome, expires ?? requirements[0]?.because[0]?.code]
  }
  test.each<[string, (string | undefined)[], [string, string]]>([
    ['its end is the end', ['2026-09-01T00:00:00Z'], ['met', '2026-09-01T00:00:00Z']],
    ['the longest of several', ['2026-09-01T00:00:00Z', '2026-10-01T00:00:00Z'], ['met', '2026-10-01T00:00:00Z']],
    ['one without an end', ['2026-05-01T00:00:00Z', undefined], ['met', '2027-01-01T00:00:00Z']],
    ['over', ['2026-05-01T00:00:00Z'], ['not-met', 'endorsement.expired']],
    ['over at this very moment', [NOW.toISOString()], ['not-met', 'endorsement.expired']],
  ])('%s', (_, untils, expected) => {
    expect(endorsed(...untils)).toEqual(expected)
  })
})

describe('another set that matches exactly', () => {
  const ours = frameworkOf({ id: C('s') })
  const theirs = { ...frameworkOf({ id: C('x') }, { id: C('y') }, { id: C('t'), parts: [C('x'), C('y')] }), id: C('g') }
  const crosswalks = [exact('t', 's')]
  test('all of its parts are the set, and it is said which', () => {
    const { requirement } = assess(['x', 'y'], 's', [ours, theirs], { crosswalks })
    expect(requirement).toMatchObject({
      outcome: 'met',
      because: [{ code: 'match.other_set', competency: C('t') }],
      set: { id: C('t'), path: [{ via: 'crosswalk', from: C('t'), to: C('s'), source: 'https://walk.example/' }] },
    })
    expect(assess(['x'], 's', [ours, theirs], { crosswalks }).requirement).toMatchObject({
      outcome: 'not-met',
      suggestions: [C('s'), C('t'), C('y')],
    })
  })
  test('comparePlugs says the same', () => {
    const badge = (...names: string[]) => credentialOf({ id: names.join(''), aligned: names.map(C) })
    const compare = (a: string[], b: string[], more: object = {}) => {
      const found = comparePlugs(badge(...a), badge(...b), { frameworks: [ours, theirs], crosswalks, ...more })
      return [found.aForB, found.bForA]
    }
    expect(compare(['x', 'y'], ['s'])).toEqual([true, false])
    expect(compare(['x'], ['s'])).toEqual([false, false])
    expect(compare(['t'], ['x'])).toEqual([false, false])
    expect(compare(['t'], ['x'], { covers: 'parts' })).toEqual([true, false])
  })
  test('where the match is disputed it is uncertain, and nothing is suggested by it', () => {
    const disputed = [
      ...crosswalks,
      { source: 'https://other.example/', matches: [{ from: C('t'), to: C('s'), relation: 'broad' as const }] },
    ]
    const { requirement } = assess(['x', 'y'], 's', [ours, theirs], { crosswalks: disputed })
    expect(requirement).toMatchObject({ outcome: 'uncertain', suggestions: [C('s')] })
  })
  test('sets that are parts of each other by a crosswalk prove nothing', () => {
    const circular = [exact('t', 's'), exact('x', 's')]
    expect(assess(['y'], 's', [ours, theirs], { crosswalks: circular }).outcome).toBe('not-met')
    expect(assess(['x'], 's', [ours, theirs], { crosswalks: circular }).outcome).toBe('met')
  })
})

describe('replaced', () => {
  const one = frameworkOf({ id: C('old'), endDate: '2026-05-31', replacedBy: [C('new')] }, { id: C('new') })
  test('the replacement counts for it, with the path, and it is said that it is retired', () => {
    const report = assess(['new'], 'old', [one])
    expect(report.requirement).toMatchObject({
      outcome: 'met',
      because: [
        { code: 'requirement.met', credential: 'urn:x:b0' },
        { code: 'match.replacement', credential: 'urn:x:b0' },
      ],
      by: { path: [{ via: 'alignment' }, { via: 'replacement', from: C('new'), to: C('old') }] },
    })
    expect(report.findings).toMatchObject([
      { code: 'stack.retired_competency', requirement: 'r', items: [C('old'), C('new')] },
    ])
    expect(report.findings?.[0]?.message).toContain('has not been in use since 2026-05-31')
  })
  test('never the other way round; what is retired is not suggested', () => {
    expect(assess(['old'], 'new', [one]).outcome).toBe('not-met')
    expect(assess([], 'old', [one]).requirement?.suggestions).toEqual([C('new')])
    const now = new Date('2026-05-31T23:59:59Z')
    expect(assess([], 'old', [one], { now }).requirement?.suggestions).toEqual([C('old'), C('new')])
  })
  test('by several: all of them', () => {
    const split = frameworkOf({ id: C('old'), replacedBy: [C('n1'), C('n2')] }, { id: C('n1') }, { id: C('n2') })
    expect(assess(['n1'], 'old', [split]).outcome).toBe('not-met')
    expect(assess(['n1', 'n2'], 'old', [split]).requirement?.because).toEqual([
      { code: 'match.replacements', competency: C('old') },
    ])
  })
  test('by each other: no way round', () => {
    const circle = frameworkOf({ id: C('a'), replacedBy: [C('b')] }, { id: C('b'), replacedBy: [C('a')] })
    expect(assess(['a'], 'b', [circle]).outcome).toBe('met')
    expect(assess([], 'b', [circle]).outcome).toBe('not-met')
  })
})

describe('two frameworks that define one competency', () => {
  const levels = (...names: number[]) => names.map((n) => ({ id: `${C('a')}/${n}`, name: `${n}` }))
  const versions = (first: object, second: object) => [
    frameworkOf({ id: C('a'), ...first }, { id: C('p') }, { id: C('q') }),
    { ...frameworkOf({ id: C('a'), ...second }), version: '2' },
  ]
  const reached = (n: number): Badge => ({ aligned: [C('a')], rubric: { levels: [`${C('a')}/${n}`], reached: 0 } })
  const asking = (n: number) => ({ requirement: { level: `${C('a')}/${n}` } })
  test('one with more levels: the order of both', () => {
    const both = versions({ levels: levels(1, 3) }, { levels: levels(1, 2, 3) })
    expect(assess([reached(3)], 'a', both, asking(2)).outcome).toBe('met')
    expect(assess([reached(1)], 'a', both, asking(2)).outcome).toBe('not-met')
  })
  test('levels in another order: nobody knows which is higher', () => {
    const both = versions({ levels: levels(1, 2) }, { levels: levels(2, 1) })
    expect(assess([reached(2)], 'a', both, asking(1)).outcome).toBe('uncertain')
    expect(assess([reached(2)], 'a', both, asking(2)).outcome).toBe('met')
  })
  test('all parts that either names make it; a heading covers only what both name', () => {
    const both = versions({ parts: [C('p')] }, { parts: [C('p'), C('q')] })
    expect([assess(['p'], 'a', both).outcome, assess(['p', 'q'], 'a', both).outcome]).toEqual(['not-met', 'met'])
    const covers = { requirement: { covers: 'parts' } }
    expect([assess(['a'], 'p', both, covers).outcome, assess(['a'], 'q', both, covers).outcome]).toEqual([
      'met',
      'not-met',
    ])
  })
  test('versions with ids of their own, side by side: one unfolding, not one for each', () => {
    // A tree of 4 levels with 5 branches: 781 sets, each matched with that of the other version.
    const tree = (version: string) => {
      const competencies: Competency[] = []
      const grow = (name: string, depth: number): string => {
        const id = C(`${version}${name}`)
        const parts = depth === 0 ? [] : Array.from({ length: 5 }, (_, n) => grow(`${name}.${n}`, depth - 1))
        competencies.push({ id, name, ...(parts.length > 0 ? { parts } : {}) })
        return id
      }
      grow('', 4)
      return { ...frameworkOf(), id: C(version), competencies }
    }
    const [first, second] = [tree('v1'), tree('v2')]
    const matches = first.competencies.map(({ id, name }) => ({
      from: id,
      to: C(`v2${name}`),
      relation: 'exact' as const,
    }))
    const crosswalks = [{ source: 'https://walk.example/', matches }]
    const leaves = first.competencies.filter(({ parts }) => parts === undefined).map(({ id }) => id)
    const aligned = leaves.map((id, index) => (index % 2 === 0 ? id : id.replace('v1', 'v2')))
    expect(assess([{ aligned }], 'v2', [first, second], { crosswalks }).outcome).toBe('met')
    expect(assess([{ aligned: aligned.slice(1) }], 'v2', [first, second], { crosswalks }).outcome).toBe('not-met')
  })
})

describe('suggestions', () => {
  const framework = frameworkOf(
    { id: C('a'), levels: [1, 2, 3].map((n) => ({ id: `${C('a')}/${n}`, name: `${n}` })) },
    { id: C('b') },
    { id: C('s'), parts: [C('a'), C('b')] },
  )
  test('none for what cannot reach the level', () => {
    const small = { ...frameworkOf({ id: C('x'), levels: [{ id: `${C('x')}/1`, name: '1' }] }), id: C('g') }
    const match = { from: C('x'), to: C('a'), relation: 'exact' as const }
    const walk = (to: number): Crosswalk[] => [
      { source: 'q', matches: [{ ...match, levels: { [`${C('x')}/1`]: `${C('a')}/${to}` } }] },
    ]
    const suggested = (to: number) =>
      assess([], 'a', [framework, small], { crosswalks: walk(to), requirement: { level: `${C('a')}/3` } }).requirement
        ?.suggestions
    expect(suggested(1)).toEqual([C('a')])
    expect(suggested(3)).toEqual([C('a'), C('x')])
  })
  test('none for two gaps that no one issuer, or no one level, would close', () => {
    const two = (first: object, second: object) => {
      const all = [first, second].map((more, index) => ({ id: `${index}`, competency: C('a'), ...more }))
      const report = assessStack([], stackOf({ id: 'all', allOf: all }), { frameworks: [framework], now: NOW })
      return report.requirements[0]?.suggestions
    }
    const [x, y] = ['https://x.example/', 'https://y.example/']
    expect(two({ issuers: [x] }, { issuers: [y] })).toEqual([])
    expect(two({ issuers: [x, y] }, { issuers: [y] })).toEqual([C('a')])
    expect(two({ level: `${C('a')}/1` }, { level: `${C('a')}/3` })).toEqual([C('a')])
  })
})

describeShared('a level out of reach', { file: 'reports/competency/suggestion-level-unreachable.json' }, ({ file }) => {
  test('is not suggested', () => {
    const { stack, frameworks, crosswalks } = JSON.parse(readFileSync(file, 'utf8'))
    const report = assessStack([], stack, { frameworks, crosswalks, now: NOW })
    expect(report.requirements[0]?.suggestions).toEqual(['https://f.example/a'])
  })
})
describeShared(
  'an endorsement that has expired',
  { file: 'reports/competency/endorsement-expired.json' },
  ({ file }) => {
    const { stack, report } = JSON.parse(readFileSync(file, 'utf8'))
    test.each<[string, string]>([
      ['2026-06-01T12:00:00Z', 'met'],
      ['2026-08-31T23:59:59Z', 'met'],
      ['2026-09-01T00:00:00Z', 'not-met'],
    ])('at %s: %s', (now, outcome) => {
      const found = assessStack([report], stack, { frameworks: [], now: new Date(now) })
      expect(found.outcome).toBe(outcome)
      if (outcome === 'met') expect(found.expires).toBe('2026-09-01T00:00:00Z')
      else expect(found.requirements[0]?.because).toEqual([{ code: 'endorsement.expired', credential: 'urn:x:b' }])
    })
  },
)

describe('checkStack', () => {
  const framework = frameworkOf({ id: C('giving-feedback') }, { id: C('old'), endDate: '2020-01-01' })
  const check = (competency: string, crosswalks: Crosswalk[] = []) =>
    checkStack(stackOf({ id: 'all', allOf: [{ id: 'r', competency }] }), {
      frameworks: [framework],
      crosswalks,
      now: NOW,
    })
  test('a competency that nobody names, and what was meant', () => {
    expect(check(C('giving-feedback'))).toEqual([])
    expect(check(C('giving-fedback'))).toMatchObject([
      { code: 'stack.unknown_competency', requirement: 'r', items: [C('giving-fedback'), C('giving-feedback')] },
    ])
    expect(check(`${C('giving-feedback')}/`)[0]?.message).toContain(`did you mean ${C('giving-feedback')}?`)
    expect(check('https://elsewhere.example/1')[0]?.message).toContain('give the framework that it is of')
  })
  test('one that a crosswalk names is known; one that is retired is said', () => {
    const walk = {
      source: 'q',
      matches: [{ from: 'https://elsewhere.example/1', to: C('old'), relation: 'exact' as const }],
    }
    expect(check('https://elsewhere.example/1', [walk])).toEqual([])
    expect(check(C('old'))).toMatchObject([{ code: 'stack.retired_competency', items: [C('old')] }])
  })
  test('in the report of assessStack: not where a badge names it', () => {
    const wanted = 'https://elsewhere.example/1'
    const stack = stackOf({ id: 'r', competency: wanted })
    const of = (...reports: ReturnType<typeof reportOf>[]) =>
      assessStack(reports, stack, { frameworks: [framework], now: NOW }).findings?.map(({ code }) => code)
    expect(of()).toEqual(['stack.unknown_competency'])
    expect(of(reportOf({ id: 'b', aligned: [wanted] }))).toBeUndefined()
    expect(of(reportOf({ id: 'b', achievement: wanted }))).toBeUndefined()
  })
})

describe('stacks that extend two versions of themselves', () => {
  const version = (number: string, requirement: Requirement): CompetencyStack => ({
    ...stackOf(requirement),
    version: number,
  })
  const asking = (competency: string): Requirement => ({ id: 'r', competency: C(competency) })
  const third: CompetencyStack = {
    ...stackOf({ id: 'own', competency: C('z') }),
    version: '3',
    extends: ['urn:x:s@1', 'urn:x:s@2'],
  }
  test('what both ask is asked once', () => {
    const others = [version('1', asking('a')), version('2', asking('a'))]
    expect(requirementsOf(third, others).map(({ id }) => id)).toEqual(['r', 'own'])
  })
  test('one id for two different things is refused', () => {
    const others = [version('1', asking('a')), version('2', asking('b'))]
    expect(() => requirementsOf(third, others)).toThrow(UsageError)
    expect(() => requirementsOf(third, others)).toThrow('urn:x:s@2 has a requirement "r", and so has urn:x:s@1')
  })
})

test('200 badges for one competency: the one that lasts longest, and each once', () => {
  const many = Array.from({ length: 200 }, (_, n) => ({
    aligned: [C('a')],
    validFrom: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
    validUntil: new Date(Date.UTC(2027, 0, 1, n)).toISOString(),
  }))
  const framework = frameworkOf({ id: C('a') })
  expect(assess(many, 'a', [framework]).requirement?.by?.credential).toBe('urn:x:b199')
  const anyOf = Array.from({ length: 100 }, (_, n) => ({ id: `${n}`, competency: C('a') }))
  const reports = many.map((badge, index) => reportOf({ id: `b${index}`, ...badge }))
  const report = assessStack(reports, stackOf({ id: 'r', anyOf, atLeast: 100, distinct: true }), {
    frameworks: [framework],
    now: NOW,
  })
  expect([report.outcome, report.expires]).toEqual(['met', '2027-01-05T04:00:00Z'])
})
test('a badge that ends at midnight in another zone ends at that moment', () => {
  // Midnight at the end of 1 June in Honolulu is 10 in the morning of 2 June in UTC.
  const badge = { aligned: [C('a')], validUntil: '2026-06-02T00:00:00-10:00' }
  const at = (now: string) => assess([badge], 'a', [], { now: new Date(now) }).outcome
  expect([at('2026-06-02T00:00:00Z'), at('2026-06-02T09:59:59Z'), at('2026-06-02T10:00:00Z')]).toEqual([
    'met',
    'met',
    'not-met',
  ])
})
