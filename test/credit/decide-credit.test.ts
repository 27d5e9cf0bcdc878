// What counts, what does not, and what is not known: the rules of the language one by one, and input that is wrong.
import { describe, expect, test } from 'vitest'
import { decideCredit } from '../../src/credit/decide-credit.js'
import { explainCredit } from '../../src/credit/explain-credit.js'
import { explainPolicy } from '../../src/credit/explain-policy.js'
import { parsePolicy } from '../../src/credit/parse-policy.js'
import type { CreditPolicy } from '../../src/credit/types.js'
import { UsageError } from '../../src/errors.js'
import { activity, badge, badges, decided, examplePolicy, fact, NOW, period } from './people.js'

const PERSON = { id: 'did:example:teacher-17' }

/** One purpose, `p`, of which badges give 1 and hours what they are. */
function policy(purpose: object, rest: object = {}): CreditPolicy {
  return parsePolicy({
    id: 'urn:x:policy',
    name: 'A policy',
    facts: {
      term: { says: 'the term', is: 'period' },
      approved: { says: 'approved', is: 'truth', about: 'item' },
      topic: { says: 'the topic', is: 'text', about: 'item' },
      master: { says: 'holds a master', is: 'truth' },
      years: { says: 'years', is: 'amount' },
      hired: { says: 'hired', is: 'day' },
    },
    parameters: { open: { says: 'an open amount', is: 'amount' }, list: { says: 'an open list', is: 'names' } },
    calendars: { year: [{ from: '07-01', to: '06-30' }] },
    kinds: {
      mc: { badges: [{}] },
      listed: { badges: [{ achievements: { parameter: 'list' } }] },
      hour: { activities: ['hour'] },
      red: { badges: [{ tags: ['red'] }], activities: ['red'] },
      blue: { badges: [{ tags: ['blue'] }], activities: ['blue'] },
    },
    rates: [
      { of: 'mc', gives: 1 },
      { of: 'hour', gives: { fact: 'amount' } },
    ],
    purposes: [{ id: 'p', unit: 'point', ...purpose }],
    ...rest,
  })
}
const countsOf = (one: { readonly shares: readonly { readonly counts: string }[] }) =>
  one.shares.map(({ counts }) => counts)

describe('three answers', () => {
  const needs = policy({ window: { period: 'term' }, needs: { credit: 2 } })
  test('what hangs on a fact that nobody states is not known, and says which', () => {
    expect(decided(needs, 'p', { reports: badges(3, '2025-01-01') })).toMatchObject({
      outcome: 'not-known',
      sum: '0',
      possible: '3',
      missing: { unknown: [{ fact: 'term' }] },
    })
  })
  test('what would not be enough however it stands is not met', () => {
    expect(decided(needs, 'p', { reports: badges(1, '2025-01-01') }).outcome).toBe('not-met')
  })
  test('what is enough without it is met', () => {
    const open = policy({ needs: { anyOf: [{ fact: 'master' }, { credit: 1 }] } })
    expect(decided(open, 'p', { reports: badges(1, '2025-01-01') }).outcome).toBe('met')
  })
  test('a rate that nobody gave may be worth anything; once given it is exact', () => {
    const open = policy({ needs: { credit: 4 }, rates: [{ of: 'mc', gives: { parameter: 'open' } }] })
    const reports = badges(6, '2025-01-01')
    expect(decided(open, 'p', { reports })).toMatchObject({
      outcome: 'not-known',
      possible: 'open',
      missing: { unknown: [{ parameter: 'open' }] },
    })
    expect(decided(open, 'p', { reports, parameters: { open: '2/3' } })).toMatchObject({ outcome: 'met', sum: '4' })
    expect(decided(open, 'p', { reports: [] }).outcome).toBe('not-met')
  })
  test('an amount that nobody states may have another in its place', () => {
    const years = (otherwise: object) =>
      policy({ needs: { credit: { product: [15, { fact: 'years', ...otherwise }] } } })
    expect(decided(years({}), 'p', {})).toMatchObject({
      outcome: 'not-known',
      missing: { unknown: [{ fact: 'years' }] },
    })
    expect(decided(years({ otherwise: 5 }), 'p', {})).toMatchObject({ outcome: 'not-met', need: '75' })
    expect(decided(years({ otherwise: 5 }), 'p', { facts: [fact('years', { value: 4 })] }).need).toBe('60')
  })
  test('a group whose list nobody gave', () => {
    const open = policy({ needs: { credit: 1, groups: [{ id: 'g', of: 'listed', atLeast: 1 }] } })
    const reports = [badge('2025-01-01', { achievement: 'urn:x:one' })]
    expect(decided(open, 'p', { reports })).toMatchObject({
      outcome: 'not-known',
      missing: { unknown: [{ parameter: 'list' }] },
    })
    expect(decided(open, 'p', { reports, parameters: { list: ['urn:x:one'] } }).outcome).toBe('met')
    expect(decided(open, 'p', { reports, parameters: { list: ['urn:x:two'] } }).outcome).toBe('not-met')
    // The district's own table will do as well.
    expect(decided(open, 'p', { reports, kinds: { 'urn:x:one': ['listed'] } }).outcome).toBe('met')
    expect(decided(open, 'p', { reports, kinds: { 'urn:x:one': [] } }).outcome).toBe('not-met')
  })
  test('who is meant', () => {
    const meant = policy({ who: { fact: 'master' } })
    const reports = badges(1, '2025-01-01')
    expect(decided(meant, 'p', { reports }).outcome).toBe('not-known')
    expect(decided(meant, 'p', { reports, facts: [fact('master', { value: false })] })).toMatchObject({
      outcome: 'not-met',
      because: ['who'],
    })
    expect(decided(meant, 'p', { reports, facts: [fact('master')] }).outcome).toBe('met')
  })
  test('only who may approve approves', () => {
    const approved = policy({ demands: [{ holds: { fact: 'approved', by: ['did:example:board'] } }] })
    const reports = badges(1, '2025-01-01')
    expect(decided(approved, 'p', { reports, facts: [fact('approved')] }).outcome).toBe('not-known')
    expect(decided(approved, 'p', { reports, facts: [fact('approved', { by: 'did:example:board' })] }).outcome).toBe(
      'met',
    )
  })
})

describe('badges', () => {
  const any = policy({})
  test('only those that are valid, trusted and about the person', () => {
    const reports = [
      badge('2025-01-01', {}, { outcome: 'invalid', because: 'proof.mismatch' }),
      badge('2025-01-02', {}, { trusted: false }),
      badge('2025-01-03', { subject: 'did:example:somebody-else' }),
      badge('2025-01-04', {}, { outcome: 'invalid', because: 'status.revoked' }),
      badge('2025-01-05'),
    ]
    const decision = decided(any, 'p', { reports })
    expect(countsOf(decision)).toEqual(['0', '0', '0', '0', '1'])
    expect(decision.shares.map(({ because: [first] }) => first?.codes ?? first?.code)).toEqual([
      ['proof.mismatch'],
      ['issuer.not_asked'],
      ['person.other'],
      ['status.revoked'],
      'rate',
    ])
  })
  test('one whose status could not be read is not known', () => {
    const reports = [badge('2025-01-01', {}, { outcome: 'indeterminate', because: 'status.unreachable' })]
    expect(decided(any, 'p', { reports })).toMatchObject({ outcome: 'not-known', sum: '0', possible: '1' })
  })
  test('issued again with a new id: the same award, once', () => {
    const same = { achievement: 'urn:x:a', evidence: [{ id: 'https://work.example/1' }] }
    const reports = [badge('2025-01-01', { ...same, id: 'urn:x:1' }), badge('2025-06-01', { ...same, id: 'urn:x:2' })]
    const decision = decided(any, 'p', { reports })
    expect(countsOf(decision)).toEqual(['1', '0'])
    expect(decision.shares[1]?.because).toEqual([{ code: 'repeat.award', of: 'urn:x:1' }])
  })
  test('the same work under two issuers: once; for two things of one issuer: twice', () => {
    const evidence = [{ id: 'https://work.example/1' }]
    const reports = [
      badge('2025-01-01', { id: 'urn:x:1', evidence }),
      badge('2025-02-01', { id: 'urn:x:2', evidence }),
      badge('2025-03-01', { id: 'urn:x:3', evidence, issuer: 'https://other.example/' }),
    ]
    const decision = decided(any, 'p', { reports })
    expect(countsOf(decision)).toEqual(['1', '1', '0'])
    expect(decision.shares[2]?.because).toEqual([{ code: 'repeat.issuers', of: 'urn:x:1' }])
  })
  test('the order of what is given changes nothing', () => {
    const reports = [...badges(4, '2025-01-01'), badge('2025-02-01', { tags: ['red'] })]
    const facts = [period('term', '2024-01-01', '2026-01-01'), activity('hour', '2025-01-01', 3)]
    const decide = (list: typeof reports, said: typeof facts) =>
      decideCredit(any, { reports: list, facts: said, now: NOW, person: PERSON })
    expect(decide([...reports].reverse(), [...facts].reverse())).toEqual(decide(reports, facts))
  })
  test('what is decided is plain JSON', () => {
    const decision = decideCredit(any, { reports: badges(2, '2025-01-01'), now: NOW, person: PERSON })
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision)
  })
})

describe('history', () => {
  const renew = policy({ needs: { credit: 2 }, reward: { is: 'one-time', amount: 100, currency: 'USD' } })
  const first = badges(2, '2025-01-01')
  const paid = decideCredit(renew, { reports: first, now: new Date('2025-06-01'), person: PERSON })
  test('what counted before is spent, whatever its id is now', () => {
    expect(paid.purposes[0]).toMatchObject({ outcome: 'met', reward: { amount: '100' } })
    const again = decided(renew, 'p', { reports: [...first, badge('2025-08-01')], history: [paid] })
    expect(again).toMatchObject({ outcome: 'not-met', sum: '1' })
    expect(again.shares[0]?.because).toEqual([{ code: 'used' }])
    const shown = { achievement: 'urn:x:a', evidence: [{ id: 'https://work.example/1' }] }
    const before = decideCredit(policy({}), { reports: [badge('2025-01-01', shown)], now: NOW, person: PERSON })
    expect(decided(policy({}), 'p', { reports: [badge('2026-01-01', shown)], history: [before] }).sum).toBe('0')
  })
  test('what was met otherwise spends nothing', () => {
    const either = policy({ needs: { anyOf: [{ fact: 'master' }, { credit: 5 }] } })
    const met = decideCredit(either, { reports: first, facts: [fact('master')], now: NOW, person: PERSON })
    expect(met.purposes[0]?.because).toEqual(['otherwise'])
    expect(decided(either, 'p', { reports: [...first, ...badges(3, '2025-02-01')], history: [met] }).outcome).toBe(
      'met',
    )
  })
  test('a badge that was revoked since, and was paid', () => {
    const revoked = first.map((report, index) =>
      index > 0 || report.outcome !== 'valid'
        ? report
        : badge('2025-01-01', { id: report.credential.id }, { outcome: 'invalid', because: 'status.revoked' }),
    )
    const { findings = [] } = decideCredit(renew, { reports: revoked, history: [paid], now: NOW, person: PERSON })
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ code: 'history.no_longer_counts' })
    expect(findings[0]?.message).toContain('counted for "p" on 2025-06-01, and would not today: status.revoked')
  })
  test('what is left over goes on, where the policy says so, and no further', () => {
    const carrying = policy({ carry: true, needs: { credit: 14 }, reward: { is: 'lane', to: 'next', every: 14 } })
    const hours = [activity('hour', '2025-01-01', 31)]
    const before = decideCredit(carrying, { reports: [], facts: hours, now: new Date('2025-06-01'), person: PERSON })
    expect(before.purposes[0]).toMatchObject({ outcome: 'met', reward: { times: 2 }, left: '3' })
    const facts = [...hours, activity('hour', '2025-09-01', 11)]
    expect(decided(carrying, 'p', { facts, history: [before] })).toMatchObject({
      outcome: 'met',
      sum: '14',
      carried: '3',
    })
    const lost = policy({ needs: { credit: 14 } })
    expect(decided(lost, 'p', { facts, history: [before] })).toMatchObject({ outcome: 'not-met', sum: '11' })
    const capped = policy({ carry: 2, needs: { credit: 14 } })
    expect(decided(capped, 'p', { facts, history: [before] })).toMatchObject({
      outcome: 'not-met',
      sum: '13',
      carried: '2',
    })
  })
  test('a reward once ever, or once in a year', () => {
    const once = (per: unknown) => policy({ reward: { is: 'one-time', amount: 100, times: 1, per } })
    const reports = [...first, badge('2026-03-01')]
    const before = decideCredit(once('ever'), { reports: first, now: new Date('2025-06-01'), person: PERSON })
    expect(decided(once('ever'), 'p', { reports, history: [before] })).toMatchObject({
      outcome: 'not-met',
      because: ['used-up'],
    })
    expect(decided(once({ calendar: 'year' }), 'p', { reports, history: [before] }).outcome).toBe('met')
  })
  test('the day of the last decision', () => {
    const since = policy({ window: { after: { latest: [{ decided: 'p' }, { fact: 'hired' }] } }, needs: { credit: 2 } })
    const facts = [fact('hired', { on: '2020-01-01' })]
    const before = decideCredit(since, { reports: first, facts, now: new Date('2025-06-01'), person: PERSON })
    const reports = [badge('2025-06-01'), badge('2025-06-02')]
    expect(countsOf(decided(since, 'p', { reports, facts, history: [before] }))).toEqual(['0', '1'])
    expect(decided(since, 'p', { reports }).outcome).toBe('not-known')
  })
})

describe('repeats', () => {
  const twice = (...days: readonly string[]) => days.map((day) => badge(day, { achievement: 'urn:x:course' }))
  test('within n years, from one that counts to the next', () => {
    const years = policy({ repeats: { within: { years: 5 } } })
    const reports = twice('2015-03-01', '2020-02-29', '2020-03-01', '2024-01-01')
    expect(countsOf(decided(years, 'p', { reports }))).toEqual(['1', '0', '1', '0'])
  })
  test('ever: one that was earned before the window may have counted then', () => {
    const ever = policy({ repeats: { within: 'ever' }, window: { from: '2025-01-01' } })
    const reports = twice('2020-01-01', '2025-06-01')
    expect(decided(ever, 'p', { reports })).toMatchObject({
      outcome: 'not-known',
      missing: { unknown: [{ fact: 'credited', about: expect.any(String) }] },
    })
    const credited = (value: boolean) => [fact('credited', { about: 'urn:x:course', value })]
    expect(decided(ever, 'p', { reports, facts: credited(false) }).sum).toBe('1')
    expect(decided(ever, 'p', { reports, facts: credited(true) })).toMatchObject({ outcome: 'not-met', sum: '0' })
  })
  test('one that is certain counts, and not the one that may not', () => {
    const once = policy({ repeats: { within: 'window' } })
    const reports = [
      badge('2025-01-01', { achievement: 'urn:x:c' }, { outcome: 'indeterminate', because: 'status.unreachable' }),
      badge('2025-02-01', { achievement: 'urn:x:c' }),
    ]
    expect(decided(once, 'p', { reports })).toMatchObject({ outcome: 'met', sum: '1' })
    expect(decided(once, 'p', { reports })).not.toHaveProperty('possible')
  })
})

describe('limits', () => {
  const hours = (...list: readonly (readonly [day: string, amount: number | string])[]) => ({
    facts: list.map(([day, amount], index) =>
      activity('hour', day, amount, { id: `urn:x:h${index}`, kinds: [index === 0 ? 'red' : 'blue'] }),
    ),
  })
  test('of one activity', () => {
    const each = policy({ limits: [{ of: 'hour', per: 'item', atLeast: 15, atMost: 30 }] })
    expect(countsOf(decided(each, 'p', hours(['2025-01-01', 40], ['2025-01-02', 14], ['2025-01-03', 15])))).toEqual([
      '30',
      '0',
      '15',
    ])
  })
  test('of a year, with what counted in it before', () => {
    const year = policy({ limits: [{ per: { calendar: 'year' }, atMost: 18 }] })
    const given = hours(['2025-06-30', 10], ['2025-07-01', 10], ['2026-06-30', 10])
    expect(decided(year, 'p', given).sum).toBe('28')
    const before = decideCredit(year, {
      reports: [],
      facts: given.facts.slice(0, 2),
      now: new Date('2025-12-01'),
      person: PERSON,
    })
    expect(decided(year, 'p', { ...given, history: [before] }).sum).toBe('8')
  })
  test('another limit in the first year than in later ones', () => {
    const items = { cases: [{ when: { day: 'earned', in: { period: 'term' } }, use: 1 }, { use: 2 }] }
    const years = policy({ limits: [{ per: { calendar: 'year' }, items }] })
    const given = hours(['2024-09-01', 1], ['2024-10-01', 1], ['2025-09-01', 1], ['2025-10-01', 1], ['2025-11-01', 1])
    const facts = [...given.facts, period('term', '2024-07-01', '2025-06-30')]
    expect(countsOf(decided(years, 'p', { facts }))).toEqual(['1', '0', '1', '1', '0'])
  })
  test('of a topic, below which nothing counts', () => {
    const topic = policy({ limits: [{ per: { fact: 'topic' }, atLeast: 10 }] })
    const given = hours(['2025-01-01', 6], ['2025-01-02', 5], ['2025-01-03', 9])
    const about = (id: string, value: string) => fact('topic', { about: id, value })
    const facts = [...given.facts, about('urn:x:h0', 'reading'), about('urn:x:h1', 'reading'), about('urn:x:h2', 'art')]
    expect(countsOf(decided(topic, 'p', { facts }))).toEqual(['6', '5', '0'])
    expect(decided(topic, 'p', given)).toMatchObject({ outcome: 'not-known', sum: '0', possible: '20' })
  })
  test('so many items: those that give most; the first ever, in the window or not', () => {
    const most = policy({ limits: [{ items: 1 }] })
    expect(countsOf(decided(most, 'p', hours(['2025-01-01', 1], ['2025-01-02', 3])))).toEqual(['0', '3'])
    const first = policy({ limits: [{ first: 1 }], window: { from: '2025-01-02' } })
    expect(countsOf(decided(first, 'p', hours(['2025-01-01', 1], ['2025-01-02', 3])))).toEqual(['0', '0'])
  })
  test('a share of the need, and of the sum, which it is part of', () => {
    const given = hours(['2025-01-01', 10], ['2025-01-02', 8])
    const share = (of: string) =>
      policy({ needs: { credit: 10 }, limits: [{ of: 'red', share: { of, atMost: '1/5' } }] })
    expect(decided(share('need'), 'p', given)).toMatchObject({ sum: '10' })
    // 2 of 10 are a fifth.
    expect(countsOf(decided(share('sum'), 'p', given))).toEqual(['2', '8'])
  })
  test('two shares of the sum at once', () => {
    const shares = policy({
      limits: [
        { of: 'red', share: { of: 'sum', atMost: '1/5' } },
        { of: 'blue', share: { of: 'sum', atMost: '1/3' } },
      ],
    })
    const facts = [
      activity('hour', '2025-01-01', 90, { kinds: ['red'] }),
      activity('hour', '2025-01-02', 90, { kinds: ['blue'] }),
      activity('hour', '2025-01-03', 7),
    ]
    // 7 are what is left of 1 - 1/5 - 1/3 = 7/15: the sum is 15.
    expect(decided(shares, 'p', { facts })).toMatchObject({ sum: '15' })
    expect(countsOf(decided(shares, 'p', { facts }))).toEqual(['3', '5', '7'])
  })
  test('a limit that nobody gave limits what is sure to nothing, and what is possible not at all', () => {
    const open = policy({ needs: { credit: 5 }, limits: [{ atMost: { parameter: 'open' } }] })
    const given = hours(['2025-01-01', 10])
    expect(decided(open, 'p', given)).toMatchObject({ outcome: 'not-known', sum: '0', possible: '10' })
    expect(decided(open, 'p', { ...given, parameters: { open: 4 } })).toMatchObject({ outcome: 'not-met', sum: '4' })
  })
})

describe('input that is wrong', () => {
  const filed = examplePolicy('us-il-troy30c')
  const troy = (on: string) =>
    decided(filed, 'further-lane', {
      reports: [badge('2025-11-01', { started: '2025-09-01' })],
      facts: [fact('approved', { on: '2025-01-01' }), fact('filed', { on })],
      parameters: { issuers: ['https://issuer.example/'], 'credits a year': 9 },
    })
  test('an award after it was filed', () => {
    expect(troy('2025-11-01').sum).toBe('1')
    expect(troy('2025-10-31')).toMatchObject({ sum: '0', shares: [{ because: [{}, { code: 'demand' }] }] })
  })
  const term = policy({ window: { period: 'term' }, needs: { credit: 1 } })
  const reports = badges(1, '2025-01-01')
  const decide = (...facts: readonly ReturnType<typeof fact>[]) =>
    decideCredit(term, { reports, facts, now: NOW, person: PERSON })
  test('a term that ends before it begins', () => {
    const decision = decide(period('term', '2026-01-01', '2025-01-01'))
    expect(decision.findings?.[0]?.message).toContain('"term" ends on 2025-01-01, before it begins on 2026-01-01')
    expect(decision.purposes[0]).toMatchObject({
      outcome: 'not-known',
      missing: { unknown: [{ fact: 'term', disputed: true }] },
    })
  })
  test('two statements of one day that differ; a later one settles it', () => {
    const [one, other] = [period('term', '2020-01-01', '2026-01-01'), period('term', '2026-01-01', '2030-01-01')]
    const decision = decide(one, other)
    expect(decision.findings?.[0]).toMatchObject({ code: 'fact.disputed', items: ['term'] })
    expect(decision.purposes[0]?.outcome).toBe('not-known')
    expect(decide(one, other, { ...one, stated: '2026-02-01' }).purposes[0]?.outcome).toBe('met')
    expect(decide(one, one).purposes[0]?.outcome).toBe('met')
  })
  test('what was stated after the day of the decision was not known then', () => {
    expect(decide({ ...period('term', '2020-01-01'), stated: '2026-06-02' }).purposes[0]?.outcome).toBe('not-known')
  })
  test('a period without an end goes on', () => {
    expect(decide(period('term', '2020-01-01')).purposes[0]?.outcome).toBe('met')
  })
  test('badges of two people', () => {
    const mixed = [badge('2025-01-01'), badge('2025-01-01', { subject: 'did:example:other' })]
    const decision = decideCredit(policy({}), { reports: mixed, now: NOW })
    expect(decision.purposes[0]?.outcome).toBe('not-known')
    expect(decision.findings?.[0]?.code).toBe('person.different')
  })
  test('a need that comes to nothing is met, and it is said', () => {
    const prorated = policy({ needs: { credit: { product: [15, { fact: 'years' }] } } })
    expect(decided(prorated, 'p', { facts: [fact('years', { value: 0 })] })).toMatchObject({
      outcome: 'met',
      because: expect.arrayContaining(['nothing-needed']),
    })
    expect(decided(prorated, 'p', { facts: [fact('years', { value: 2 })] })).toMatchObject({
      need: '30',
      outcome: 'not-met',
    })
  })
  test.each<[string, object, string]>([
    ['a parameter that there is not', { parameters: { opens: 1 } }, 'did you mean "open"?'],
    ['a parameter of another sort', { parameters: { open: ['x'] } }, 'no value that is "amount"'],
    ['a fact without a day', { facts: [{ fact: 'term', by: 'x' }] }, '"facts[0].stated" is missing'],
    ['an amount that is not exact', { facts: [{ ...activity('hour', '2025-01-01'), amount: '1e9' }] }, 'exact number'],
    ['history that is none', { history: [{}] }, 'history[0].type'],
  ])('%s', (_, options, message) => {
    const call = () => decideCredit(policy({}), { reports, now: NOW, ...options })
    expect(call).toThrow(UsageError)
    expect(call).toThrow(message)
  })
  test('a policy that was never read', () => {
    expect(() => decideCredit({ ...policy({}), kinds: {} }, { reports, now: NOW })).toThrow(
      expect.objectContaining({ code: 'usage.invalid_policy', option: 'policy' }),
    )
  })
})

test('a decision in sentences', () => {
  const tn = examplePolicy('us-tn-pdp')
  const facts = [period('license-term', '2024-01-01', '2027-12-31')]
  const reports = [...badges(8, '2025-05-05'), badge('2023-01-01', { id: 'urn:x:early' })]
  const lines = explainCredit(decideCredit(tn, { reports, facts, now: NOW, person: PERSON }), tn)
  expect(lines.slice(0, 3)).toEqual([
    'Tennessee: professional development points, on 2026-06-01.',
    '- renew the professional license: not met. 48 of 60 PDP count.',
    '  12 PDP more are needed: 2 more of "micro-credential" or 1 more of "first National Board certification" or 1 more of "renewal of National Board certification" would do.',
  ])
  expect(lines[3]).toBe('  0 of 6: urn:x:early, micro-credential, 2023-01-01 (it was not earned in time).')
  expect(explainCredit(decideCredit(tn, { reports, now: NOW, person: PERSON }), tn)).toContain(
    '  Not known: the term of the license (fact "license-term").',
  )
})
test('a policy in sentences', () => {
  expect(explainPolicy(examplePolicy('us-co-aurora'))).toEqual([
    'Aurora Public Schools: salary advancement for NEA micro-credentials.',
    'The same learning counts once, ever.',
    'One NEA micro-credential gives 10 hour.',
    'One hour is 1/15 college credit.',
    'Hours of licensed salary advancement: whatever counts, in hour.',
    'College credit for salary advancement: 1 college credit.',
    '  The sum is rounded down to a multiple of 1.',
    '  What is left over counts the next time.',
    '  It brings a raise, for every 1.',
    '"NEA micro-credential" is a badge from the ids of NEA, and of who issues for it.',
    'Not known until somebody says so: the ids of NEA, and of who issues for it.',
  ])
})
