// What counts towards a stack, and what never does.
import { describe, expect, test } from 'vitest'
import { assessStack, assessStacks } from '../../src/competency/assess-stack.js'
import {
  type AssessOptions,
  type CompetencyFramework,
  type CompetencyStack,
  type Crosswalk,
  type Requirement,
  samePerson,
} from '../../src/competency/types.js'
import { UsageError } from '../../src/errors.js'
import { type Badge, endorsementBy, ISSUER, NOW, reportOf, TEACHER, type Verdict } from './reports.js'

const F = 'https://school.example/f'
const feedback = `${F}/giving-feedback`
const trust = `${F}/building-relationships-of-trust`
const change = `${F}/embracing-change`
const set = `${F}/leadership`
const L = (n: number) => `${F}/levels/${n}`
const framework: CompetencyFramework = {
  id: F,
  name: 'School',
  competencies: [
    {
      id: feedback,
      name: 'Giving Feedback',
      levels: [1, 2, 3].map((n) => ({ id: L(n), name: `Level ${n}`, points: n })),
    },
    { id: trust, name: 'Building Relationships of Trust' },
    { id: change, name: 'Embracing Change' },
    { id: set, name: 'Leadership', parts: [trust, change] },
  ],
}
const other = 'https://other.example/c/feedback'
const otherLevel = (n: number) => `https://other.example/levels/${n}`
const otherFramework: CompetencyFramework = {
  id: 'https://other.example/f',
  name: 'Other',
  competencies: [
    { id: other, name: 'Feed-back', levels: [1, 2].map((n) => ({ id: otherLevel(n), name: `Step ${n}` })) },
  ],
}
const options: AssessOptions = { frameworks: [framework, otherFramework], now: NOW }
const stackOf = (...requirements: Requirement[]): CompetencyStack => ({ id: 'urn:x:stack', name: 'Role', requirements })
const needs = (more: object = {}): CompetencyStack => stackOf({ id: 'r', competency: feedback, ...more })
const crosswalk = (match: object, source = 'https://walk.example/'): Crosswalk => ({
  source,
  matches: [{ from: other, to: feedback, relation: 'exact', ...match }],
})

const assess = (badge: Badge, stack = needs(), more: Partial<AssessOptions> = {}, verdict: Verdict = {}) => {
  const report = assessStack([reportOf(badge, verdict)], stack, { ...options, ...more })
  const [requirement] = report.requirements
  return { ...report, requirement, codes: (requirement?.because ?? []).map(({ code }) => code) }
}
const good: Badge = { id: 'good', aligned: [feedback] }

test('met: by which credential, of whom, on which path', () => {
  const { outcome, requirement, at } = assess(good)
  expect({ outcome, at }).toEqual({ outcome: 'met', at: '2026-06-01T12:00:00Z' })
  expect(requirement).toEqual({
    id: 'r',
    outcome: 'met',
    because: [{ code: 'requirement.met', credential: 'urn:x:good' }],
    asked: { competency: feedback },
    by: {
      credential: 'urn:x:good',
      issuer: ISSUER,
      path: [{ via: 'alignment', from: 'https://issuer.example/achievements/good', to: feedback }],
      awarded: '2026-01-01T00:00:00Z',
    },
  })
})
test('nothing there: what is missing, and what would do', () => {
  const report = assessStack([], needs(), options)
  expect(report).toEqual({
    stack: 'urn:x:stack',
    outcome: 'not-met',
    requirements: [
      {
        id: 'r',
        outcome: 'not-met',
        because: [{ code: 'competency.not_found' }],
        asked: { competency: feedback },
        missing: [feedback],
        suggestions: [feedback],
      },
    ],
    at: '2026-06-01T12:00:00Z',
  })
})
test('a report is plain JSON', () => {
  const report = assessStack([reportOf(good)], needs({ level: L(2) }), options)
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
})

describe('what never counts', () => {
  test.each<[string, Verdict, Badge, string, string]>([
    ['an invalid signature', { outcome: 'invalid', because: 'proof.mismatch' }, good, 'not-met', 'proof.mismatch'],
    ['a revoked badge', { outcome: 'invalid', because: 'status.revoked' }, good, 'not-met', 'status.revoked'],
    [
      'a revoked badge, verified with a policy that looks away',
      { checks: { status: 'status.revoked' } },
      good,
      'not-met',
      'status.revoked',
    ],
    [
      'an expired badge, verified with a policy that looks away',
      { checks: { validity: 'validity.expired' } },
      good,
      'not-met',
      'validity.expired',
    ],
    [
      'a badge that has expired since',
      {},
      { ...good, validUntil: '2026-06-01T11:00:00Z' },
      'not-met',
      'validity.expired',
    ],
    [
      'an issuer whom nobody trusts',
      { outcome: 'invalid', because: 'issuer.untrusted' },
      good,
      'not-met',
      'issuer.untrusted',
    ],
    [
      'an issuer about whom nobody asked',
      { trusted: false, checks: { issuer: 'issuer.not_asked' } },
      good,
      'not-met',
      'issuer.not_asked',
    ],
    [
      'a badge about somebody else',
      { outcome: 'invalid', because: 'recipient.mismatch' },
      good,
      'not-met',
      'recipient.mismatch',
    ],
    [
      'a badge about nobody in particular',
      { recipient: 'recipient.not_asked' },
      good,
      'uncertain',
      'recipient.not_asked',
    ],
    [
      'a status list that could not be reached',
      { outcome: 'indeterminate', because: 'status.unreachable' },
      good,
      'uncertain',
      'status.unreachable',
    ],
    [
      'a result that says it is not completed',
      {},
      { ...good, result: [{ status: 'Failed' }] },
      'not-met',
      'result.not_completed',
    ],
  ])('%s', (_, verdict, badge, outcome, code) => {
    const report = assess(badge, needs(), {}, verdict)
    expect(report.outcome).toBe(outcome)
    expect(report.codes).toContain(code)
    expect(report).not.toHaveProperty('expires')
  })
  test('a report that is too old is uncertain: verify again', () => {
    const old = { at: '2026-05-01T00:00:00Z' }
    expect(assess(good, needs(), { maxReportAgeDays: 30 }, old).codes).toEqual(['report.too_old'])
    expect(assess(good, needs(), { maxReportAgeDays: 32 }, old).outcome).toBe('met')
    expect(assess(good, needs(), {}, { at: '2026-06-02T00:00:00Z' }).codes).toEqual(['report.from_future'])
  })
  test("samePerson is the caller's word; somebody else's badge it does not make theirs", () => {
    expect(assess(good, needs(), { person: samePerson }, { recipient: 'recipient.not_asked' }).outcome).toBe('met')
    expect(assess(good, needs(), { person: samePerson }, { recipient: 'recipient.mismatch' }).outcome).toBe('not-met')
  })
  test('of two reports about one credential the last word counts', () => {
    const then = reportOf(good, { at: '2026-05-01T00:00:00Z' })
    const now = reportOf(good, { outcome: 'invalid', because: 'status.revoked' })
    for (const reports of [
      [then, now],
      [now, then],
    ])
      expect(assessStack(reports, needs(), options).requirements[0]?.because).toEqual([
        { code: 'status.revoked', credential: 'urn:x:good' },
      ])
    const before = reportOf(good, {
      outcome: 'indeterminate',
      because: 'status.unreachable',
      at: '2026-05-01T00:00:00Z',
    })
    expect(assessStack([before, reportOf(good)], needs(), options).outcome).toBe('met')
  })
})

describe('alignments match by URL, not by looks', () => {
  test.each(['HTTPS://SCHOOL.example:443/f/giving%2Dfeedback', 'https://school.example/f/giving-feedback'])(
    '%s is the same',
    (url) => {
      expect(assess({ aligned: [url] }).outcome).toBe('met')
    },
  )
  test.each([
    'http://school.example/f/giving-feedback',
    'https://school.example/f/giving-feedback/',
    'https://school.example/F/Giving-Feedback',
    'https://www.school.example/f/giving-feedback',
    'https://school.example/f/giving-feedback#',
  ])('%s only looks like it', (url) => {
    const { outcome, codes } = assess({ aligned: [url] })
    expect(outcome).toBe('not-met')
    expect(codes).toEqual(['competency.not_found', 'alignment.look_alike'])
  })
  test('a name suggests, and meets nothing', () => {
    const { outcome, codes } = assess({
      alignment: [{ targetName: 'giving  feedback', targetUrl: 'https://elsewhere.example/1' }],
    })
    expect(outcome).toBe('not-met')
    expect(codes).toEqual(['competency.not_found', 'alignment.name_only'])
  })
  test('an achievement that is the competency itself', () => {
    const { requirement } = assess({ achievement: feedback })
    expect(requirement?.by?.path).toEqual([{ via: 'achievement', from: feedback, to: feedback }])
  })
})

describe('levels', () => {
  const rubric = (reached: number, levels = [L(1), L(2), L(3)]) => ({ ...good, rubric: { levels, reached } })
  test("reached by alignment to the framework's own levels", () => {
    expect(assess(rubric(1), needs({ level: L(2) })).requirement).toMatchObject({ outcome: 'met', by: { level: L(2) } })
    expect(assess(rubric(2), needs({ level: L(2) })).requirement).toMatchObject({ outcome: 'met', by: { level: L(3) } })
    const below = assess(rubric(0), needs({ level: L(2) }))
    expect(below.requirement).toMatchObject({
      outcome: 'not-met',
      by: { level: L(1) },
      missing: [L(2)],
      suggestions: [feedback],
    })
    expect(below.codes).toEqual(['level.below'])
  })
  test.each<[string, Badge, string]>([
    ['none is stated', good, 'level.not_stated'],
    [
      'a level of equal name and rank, aligned to nothing of ours',
      rubric(2, ['https://x.example/1', 'https://x.example/2', 'https://x.example/3']),
      'level.not_comparable',
    ],
    [
      'points and names alone',
      {
        ...good,
        resultDescription: [
          {
            id: 'urn:x:rd',
            name: 'L',
            resultType: 'RubricCriterionLevel',
            rubricCriterionLevel: [{ id: 'urn:x:l3', name: 'Level 3', points: '3', level: '3' }],
          },
        ],
        result: [{ resultDescription: 'urn:x:rd', achievedLevel: 'urn:x:l3', value: '3' }],
      },
      'level.not_stated',
    ],
  ])('not met where %s', (_, badge, code) => {
    const { outcome, codes } = assess(badge, needs({ level: L(1) }))
    expect(outcome).toBe('not-met')
    expect(codes).toEqual([code])
  })
  test("a level that the badge's own rubric does not have", () => {
    const report = structuredClone(reportOf(rubric(2))) as unknown as {
      credential: { credentialSubject: { result: object[] } }
    }
    report.credential.credentialSubject.result = [
      { resultDescription: 'https://issuer.example/achievements/good#scale', achievedLevel: L(3) },
    ]
    const { requirements } = assessStack([report as never], needs({ level: L(1) }), options)
    expect(requirements[0]?.because).toEqual([{ code: 'level.not_in_rubric', credential: 'urn:x:good' }])
  })
  test('two results that disagree: the lower counts', () => {
    const badge = rubric(2)
    const id = 'https://issuer.example/achievements/good'
    const result = [2, 0].map((n) => ({ resultDescription: `${id}#scale`, achievedLevel: `${id}#level-${n}` }))
    expect(assess({ ...badge, result }, needs({ level: L(2) })).codes).toEqual(['level.below'])
  })
  test('a scale that is about another competency of the badge says nothing here', () => {
    const badge = {
      ...good,
      aligned: [feedback, trust],
      rubric: { levels: [L(1), L(2), L(3)], reached: 2, about: trust },
    }
    expect(assess(badge, needs({ level: L(2) })).codes).toEqual(['level.not_stated'])
    expect(assess({ ...badge, rubric: { ...badge.rubric, about: feedback } }, needs({ level: L(2) })).outcome).toBe(
      'met',
    )
  })
})

describe('evidence, age, issuers, endorsements', () => {
  test.each<[string, object, Badge, string, string]>([
    [
      'evidence is there',
      { evidence: true },
      { ...good, evidence: [{ id: 'https://portfolio.example/1' }] },
      'met',
      'requirement.met',
    ],
    [
      'evidence with nothing in it',
      { evidence: true },
      { ...good, evidence: [{ name: 'Video' }] },
      'not-met',
      'evidence.absent',
    ],
    ['no evidence', { evidence: true }, good, 'not-met', 'evidence.absent'],
    ['young enough', { maxAgeMonths: 6 }, good, 'met', 'requirement.met'],
    ['too old', { maxAgeMonths: 5 }, good, 'not-met', 'award.too_old'],
    [
      'renewed, but awarded long ago',
      { maxAgeMonths: 6 },
      { ...good, awardedDate: '2020-01-01T00:00:00Z' },
      'not-met',
      'award.too_old',
    ],
    ['an issuer of the list', { issuers: ['https://ISSUER.example'] }, good, 'met', 'requirement.met'],
    ['another issuer', { issuers: ['https://issuer.example/other'] }, good, 'not-met', 'issuer.not_accepted'],
    ['no endorsement', { endorsedBy: 'independent' }, good, 'not-met', 'endorsement.absent'],
  ])('%s', (_, more, badge, outcome, code) => {
    const report = assess(badge, needs(more))
    expect([report.outcome, report.codes[0]]).toEqual([outcome, code])
  })
  const third = 'https://third.example/'
  test.each<[string, string, string, 'valid' | 'invalid' | 'indeterminate', string, string]>([
    ['a third party, of the credential', third, 'urn:x:good', 'valid', 'met', 'requirement.met'],
    [
      'a third party, of the achievement',
      third,
      'https://issuer.example/achievements/good',
      'valid',
      'met',
      'requirement.met',
    ],
    ['the issuer', ISSUER, 'urn:x:good', 'valid', 'not-met', 'endorsement.absent'],
    ['the recipient', TEACHER, 'urn:x:good', 'valid', 'not-met', 'endorsement.absent'],
    ['a third party, of something else', third, 'urn:x:other', 'valid', 'not-met', 'endorsement.absent'],
    ['a third party, with a wrong signature', third, 'urn:x:good', 'invalid', 'not-met', 'endorsement.absent'],
    ['a third party, not verified', third, 'urn:x:good', 'indeterminate', 'uncertain', 'endorsement.unverified'],
  ])('independent endorsement by %s', (_, endorser, about, verdict, outcome, code) => {
    const report = assess(
      good,
      needs({ endorsedBy: 'independent' }),
      {},
      { endorsements: [endorsementBy(endorser, about, verdict)] },
    )
    expect([report.outcome, report.codes[0]]).toEqual([outcome, code])
  })
  test('by somebody of a list', () => {
    const endorsements = [endorsementBy(third, 'urn:x:good')]
    expect(assess(good, needs({ endorsedBy: [third] }), {}, { endorsements }).outcome).toBe('met')
    expect(assess(good, needs({ endorsedBy: [ISSUER] }), {}, { endorsements }).outcome).toBe('not-met')
  })
})

describe('until when', () => {
  test('the earlier of validUntil and the age that is asked; the stack ends with its first requirement', () => {
    const badge = { ...good, aligned: [feedback, trust], validUntil: '2026-12-01T00:00:00Z' }
    const stack = stackOf({ id: 'a', competency: feedback, maxAgeMonths: 8 }, { id: 'b', competency: trust })
    const report = assessStack([reportOf(badge)], stack, options)
    expect(report.requirements.map(({ by }) => by?.until)).toEqual(['2026-09-01T00:00:00Z', '2026-12-01T00:00:00Z'])
    expect(report.expires).toBe('2026-09-01T00:00:00Z')
  })
  test('months end on the last day of a shorter one', () => {
    const badge = { ...good, validFrom: '2025-08-31T00:00:00Z' }
    expect(assess(badge, needs({ maxAgeMonths: 18 })).requirement?.by?.until).toBe('2027-02-28T00:00:00Z')
  })
  test('of several the one that lasts; n of m ends with the nth; credentials that count once are given out so that it lasts', () => {
    const until = (id: string, year: number, aligned: string[]) =>
      reportOf({ id, aligned, validUntil: `${year}-01-01T00:00:00Z` })
    const any = (atLeast: number, distinct = false) =>
      stackOf({
        id: 'any',
        atLeast,
        distinct,
        anyOf: [
          { id: '1', competency: feedback },
          { id: '2', competency: trust },
          { id: '3', competency: change },
        ],
      })
    const apart = [until('a', 2030, [feedback]), until('b', 2029, [trust]), until('c', 2028, [change])]
    expect(assessStack([...apart, until('d', 2031, [feedback])], needs(), options).expires).toBe('2031-01-01T00:00:00Z')
    expect([1, 2, 3].map((n) => assessStack(apart, any(n), options).expires?.slice(0, 4))).toEqual([
      '2030',
      '2029',
      '2028',
    ])
    // The long one could serve either requirement; the short one only the first.
    const shared = [
      until('a', 2040, [feedback, trust]),
      until('b', 2030, [feedback]),
      until('c', 2035, [feedback, trust]),
    ]
    expect(assessStack(shared, any(2, true), options).expires).toBe('2035-01-01T00:00:00Z')
  })
})

describe('sets', () => {
  const needsSet = stackOf({ id: 's', competency: set })
  test('all parts are the set; one is missing: that one closes the gap, and so does the set', () => {
    const both = [
      reportOf({ id: 'a', aligned: [trust] }),
      reportOf({ id: 'b', aligned: [change], validUntil: '2027-01-01T00:00:00Z' }),
    ]
    const met = assessStack(both, needsSet, options)
    expect(met).toMatchObject({
      outcome: 'met',
      expires: '2027-01-01T00:00:00Z',
      requirements: [{ because: [{ code: 'match.set' }], parts: [{ outcome: 'met' }, { outcome: 'met' }] }],
    })
    const [half] = assessStack(both.slice(0, 1), needsSet, options).requirements
    expect(half).toMatchObject({ outcome: 'not-met', missing: [set], suggestions: [set, change] })
  })
  test('a set counts for a part where the requirement says so, with its path; a level of a part it does not state', () => {
    const covers = 'parts'
    for (const more of [{}, { covers: 'itself' as const }])
      expect(assess({ id: 'l', aligned: [set] }, stackOf({ id: 'r', competency: trust, ...more })).outcome).toBe(
        'not-met',
      )
    const report = assess({ id: 'l', aligned: [set] }, stackOf({ id: 'r', competency: trust, covers }))
    expect(report.requirement?.by?.path).toEqual([
      { via: 'alignment', from: 'https://issuer.example/achievements/l', to: set },
      { via: 'set', from: set, to: trust },
    ])
    const leveled = {
      ...framework,
      competencies: [...framework.competencies, { id: `${F}/all`, name: 'All', parts: [feedback] }],
    }
    const whole = assess({ aligned: [`${F}/all`] }, needs({ level: L(1), covers }), { frameworks: [leveled] })
    expect(whole.codes).toEqual(['level.not_stated'])
  })
  test('what is asked of a set is asked of its parts', () => {
    const both = [trust, change].map((c, n) =>
      reportOf({ id: `${n}`, aligned: [c], ...(n === 0 ? { evidence: [{ narrative: 'x' }] } : {}) }),
    )
    const report = assessStack(both, stackOf({ id: 's', competency: set, evidence: true }), options)
    expect(report.requirements[0]?.parts?.map(({ outcome }) => outcome)).toEqual(['met', 'not-met'])
  })
})

describe('crosswalks', () => {
  const foreign = { id: 'foreign', aligned: [other] }
  const withWalk = (...crosswalks: Crosswalk[]) => ({ crosswalks })
  test('an exact match counts, from both ends, and says who states it', () => {
    const { requirement } = assess(foreign, needs(), withWalk(crosswalk({})))
    expect(requirement?.by?.path[1]).toEqual({
      via: 'crosswalk',
      from: other,
      to: feedback,
      source: 'https://walk.example/',
    })
    expect(assess(foreign, needs(), withWalk(crosswalk({ from: feedback, to: other }))).outcome).toBe('met')
  })
  test('a chain of exact matches counts', () => {
    const middle = 'https://middle.example/c'
    const chain = withWalk(crosswalk({ to: middle }), crosswalk({ from: middle }))
    expect(assess(foreign, needs(), chain).requirement?.by?.path.map(({ to }) => to)).toEqual([other, middle, feedback])
  })
  // { from: other, to: feedback, relation: 'broad' }: feedback is the broader one, the badge is about the narrower.
  test.each<[string, object, object, string]>([
    ['narrower, not asked for', { relation: 'broad' }, {}, 'not-met'],
    ['narrower, said to be exact', { relation: 'broad' }, { matches: 'exact' }, 'not-met'],
    ['narrower, asked for', { relation: 'broad' }, { matches: 'narrow' }, 'met'],
    ['the same from the other end', { from: feedback, to: other, relation: 'narrow' }, { matches: 'narrow' }, 'met'],
    ['broader', { relation: 'narrow' }, { matches: 'narrow' }, 'not-met'],
    ['related', { relation: 'related' }, { matches: 'narrow' }, 'not-met'],
  ])('%s', (_, match, more, outcome) => {
    const report = assess(foreign, needs(more), withWalk(crosswalk(match)))
    expect(report.outcome).toBe(outcome)
    if (outcome === 'met') expect(report.codes).toEqual(['requirement.met', 'match.narrow'])
  })
  test('narrower than what is narrower counts for nothing', () => {
    const middle = 'https://middle.example/c'
    const chain = withWalk(crosswalk({ to: middle, relation: 'broad' }), crosswalk({ from: middle, relation: 'broad' }))
    expect(assess(foreign, needs({ matches: 'narrow' }), chain).outcome).toBe('not-met')
    const mixed = withWalk(crosswalk({ to: middle }), crosswalk({ from: middle, relation: 'broad' }))
    expect(assess(foreign, needs({ matches: 'narrow' }), mixed).outcome).toBe('met')
  })
  test('what contradicts itself is uncertain', () => {
    const { outcome, codes } = assess(
      foreign,
      needs(),
      withWalk(crosswalk({}), crosswalk({ relation: 'broad' }, 'https://another.example/')),
    )
    expect([outcome, codes]).toEqual(['uncertain', ['crosswalk.conflict']])
  })
  test('levels are translated by the crosswalk, and only by it', () => {
    const badge = { ...foreign, rubric: { levels: [otherLevel(1), otherLevel(2)], reached: 1 } }
    const levels = { [otherLevel(1)]: L(1), [otherLevel(2)]: L(3) }
    expect(assess(badge, needs({ level: L(2) }), withWalk(crosswalk({ levels }))).requirement).toMatchObject({
      outcome: 'met',
      by: { level: L(3) },
    })
    expect(assess(badge, needs({ level: L(2) }), withWalk(crosswalk({}))).codes).toEqual(['level.not_comparable'])
    const back = crosswalk({ from: feedback, to: other, levels: { [L(1)]: otherLevel(1), [L(3)]: otherLevel(2) } })
    expect(assess(badge, needs({ level: L(2) }), withWalk(back)).outcome).toBe('met')
    // Two of ours lead to one of theirs: which one was reached nobody can say.
    const several = crosswalk({ from: feedback, to: other, levels: { [L(1)]: otherLevel(2), [L(3)]: otherLevel(2) } })
    expect(assess(badge, needs({ level: L(1) }), withWalk(several)).outcome).toBe('not-met')
    const turned = crosswalk({ levels: { [otherLevel(1)]: L(3), [otherLevel(2)]: L(1) } })
    expect(assess(badge, needs({ level: L(1) }), withWalk(turned)).outcome).toBe('not-met')
  })
})

describe('combinations', () => {
  const leaf = (id: string, competency: string): Requirement => ({ id, competency })
  test('all of, n of; parts of both are reported', () => {
    const stack = stackOf({
      id: 'all',
      allOf: [leaf('a', feedback), { id: 'any', atLeast: 1, anyOf: [leaf('b', trust), leaf('c', change)] }],
    })
    const report = assessStack([reportOf({ id: 'x', aligned: [feedback] })], stack, options)
    expect(report.requirements[0]).toMatchObject({
      outcome: 'not-met',
      because: [{ code: 'parts.met', met: 1, of: 2, asked: 2 }],
      missing: [trust, change],
      suggestions: [trust, change],
      parts: [
        { id: 'a', outcome: 'met' },
        { id: 'any', outcome: 'not-met' },
      ],
    })
  })
  test('one credential for two requirements: twice, or once where it says so', () => {
    const anyOf = [leaf('a', feedback), leaf('b', trust)]
    const one = [reportOf({ id: 'x', aligned: [feedback, trust] })]
    expect(assessStack(one, stackOf({ id: 'any', atLeast: 2, anyOf }), options).outcome).toBe('met')
    const once = assessStack(one, stackOf({ id: 'any', atLeast: 2, anyOf, distinct: true }), options)
    expect(once.outcome).toBe('not-met')
    expect(once.requirements[0]?.parts?.map(({ because }) => because[0])).toEqual([
      { code: 'requirement.met', credential: 'urn:x:x' },
      { code: 'distinct.spent', credential: 'urn:x:x' },
    ])
    // The same credential, reported twice, is one.
    expect(
      assessStack([...one, ...one], stackOf({ id: 'any', atLeast: 2, anyOf, distinct: true }), options).outcome,
    ).toBe('not-met')
  })
})

describe('stacks that cannot be judged', () => {
  const base: CompetencyStack = {
    id: 'urn:x:base',
    name: 'Base',
    version: '1',
    requirements: [{ id: 'b', competency: trust }],
  }
  const extending: CompetencyStack = { ...needs(), extends: ['urn:x:base'] }
  test('extends: the requirements of the other come first', () => {
    const ids = (stack: CompetencyStack, stacks: CompetencyStack[]) =>
      assessStack([], stack, { ...options, stacks }).requirements.map(({ id }) => id)
    expect(ids(extending, [base])).toEqual(['b', 'r'])
    const second = { ...base, version: '2', requirements: [{ id: 'b2', competency: change }] }
    expect(ids({ ...needs(), extends: ['urn:x:base@2'] }, [base, second])).toEqual(['b2', 'r'])
    // By two ways to one: once.
    const a = { ...needs(), id: 'urn:x:a', requirements: [{ id: 'a', competency: change }], extends: ['urn:x:base'] }
    expect(ids({ ...extending, extends: ['urn:x:a', 'urn:x:base'] }, [base, a])).toEqual(['b', 'a', 'r'])
  })
  test.each<[string, string, CompetencyStack, Partial<AssessOptions>, string]>([
    [
      'a stack that is not there',
      'usage.unknown_stack',
      extending,
      {},
      'extends urn:x:base, which is not among "stacks"',
    ],
    [
      'one of two versions',
      'usage.ambiguous_stack',
      extending,
      { stacks: [base, { ...base, version: '2' }] },
      'name one, e.g. urn:x:base@1',
    ],
    [
      'a circle of stacks',
      'usage.cyclic_stack',
      extending,
      { stacks: [{ ...base, extends: ['urn:x:stack'] }, extending] },
      'urn:x:stack > urn:x:base@1 > urn:x:stack',
    ],
    [
      'one id for two requirements',
      'usage.duplicate_requirement',
      { ...extending, requirements: [{ id: 'b', competency: change }] },
      { stacks: [base] },
      'give one of them another id',
    ],
    [
      'a level that is none',
      'usage.invalid_stack',
      needs({ level: 'https://x.example/9' }),
      {},
      'requirement "r": https://x.example/9 is no level of "Giving Feedback"',
    ],
    [
      'more than there are',
      'usage.invalid_stack',
      stackOf({ id: 'any', anyOf: [{ id: 'a', competency: trust }], atLeast: 2 }),
      {},
      '"atLeast" is 2, of 1 parts',
    ],
    ['nothing at all', 'usage.invalid_stack', stackOf(), {}, 'requires nothing'],
    [
      'a cyclic set',
      'usage.invalid_framework',
      needs(),
      { frameworks: [{ ...framework, competencies: [{ id: 'urn:x:1', name: 'X', parts: ['urn:x:1'] }] }] },
      '"X" > "X"',
    ],
    [
      'two levels with one rank',
      'usage.invalid_framework',
      needs(),
      {
        frameworks: [
          {
            ...framework,
            competencies: [
              {
                id: 'urn:x:1',
                name: 'X',
                levels: [
                  { id: 'urn:l:1', name: 'A', points: 1 },
                  { id: 'urn:l:2', name: 'B', points: 1 },
                ],
              },
            ],
          },
        ],
      },
      'same rank',
    ],
    ['no time', 'usage.invalid_option', needs(), { now: new Date('never') }, '"now" is a valid Date'],
  ])('%s', (_, code, stack, more, message) => {
    const call = () => assessStack([], stack, { ...options, ...more })
    expect(call).toThrow(UsageError)
    expect(call).toThrow(message)
    expect(call).toThrow(expect.objectContaining({ code }))
  })
})

test('many people, many stacks: the same as one by one', () => {
  const stacks = [needs(), { ...stackOf({ id: 's', competency: set }), id: 'urn:x:second' }]
  const people = Array.from({ length: 5 }, (_, n) => ({
    person: `p${n}`,
    reports: n % 2 === 0 ? [reportOf(good)] : [],
  }))
  const all = [...assessStacks(people, stacks, options)]
  expect(all).toEqual(
    people.map(({ person, reports }) => ({
      person,
      stacks: stacks.map((stack) => assessStack(reports, stack, options)),
    })),
  )
  expect(() => assessStacks(people, [stackOf()], options)).toThrow(UsageError)
})
