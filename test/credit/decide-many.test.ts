// A district at once, what another policy would change, and the cheapest badges that close a gap.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideCredit } from '../../src/credit/decide-credit.js'
import { type CreditPerson, decideMany } from '../../src/credit/decide-many.js'
import type { CreditOffer } from '../../src/credit/offers.js'
import { parsePolicy } from '../../src/credit/parse-policy.js'
import { explainSimulation, simulatePolicy } from '../../src/credit/simulate-policy.js'
import { activity, badge, badges, decided, examplePolicy, fact, NOW, period } from './people.js'

const tennessee = examplePolicy('us-tn-pdp')
const utah = examplePolicy('us-ut-usbe')
const aurora = examplePolicy('us-co-aurora')
const policies = [tennessee, utah, aurora]
const parameters = {
  [utah.id]: { issuers: ['https://issuer.example/'], stack: [] },
  [aurora.id]: { issuers: ['https://issuer.example/'] },
}

function people(count: number): CreditPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `did:example:${index}`
    const term = period('license-term', '2024-01-01', '2027-12-31')
    return {
      person: id,
      reports: badges(index % 13, '2025-03-01', { subject: id }),
      facts: index % 5 === 0 ? [] : [term, activity('clock-hour', '2025-01-01', index)],
    }
  })
}

describe('decideMany', () => {
  test('answers for each what decideCredit answers', () => {
    const all = people(20)
    const decisions = [...decideMany(all, policies, { now: NOW, parameters })]
    expect(decisions.map(({ person }) => person)).toEqual(all.map(({ person }) => person))
    for (const [index, { reports, facts }] of all.entries())
      expect(decisions[index]?.decisions).toEqual(
        policies.map((policy) =>
          decideCredit(policy, { reports, facts, now: NOW, parameters: parameters[policy.id as string] ?? {} }),
        ),
      )
  })
  test('reads people one by one, and tells which one is wrong', () => {
    let read = 0
    function* district() {
      for (const one of people(3)) {
        read++
        yield one
      }
      yield { person: 'x', reports: [], fact: [] } as CreditPerson
    }
    const decisions = decideMany(district(), [tennessee], { now: NOW })[Symbol.iterator]()
    expect(read).toBe(0)
    decisions.next()
    expect(read).toBe(1)
    decisions.next()
    decisions.next()
    expect(() => decisions.next()).toThrow('did you mean "facts"?')
  })
  test('what is wrong with policies and parameters is told at once', () => {
    expect(() => decideMany([], [{ ...tennessee, kinds: {} }], { now: NOW })).toThrow('not a credit policy')
    expect(() => decideMany([], [aurora], { now: NOW, parameters: { [aurora.id]: { issuer: [] } } })).toThrow(
      'did you mean "issuers"?',
    )
  })
})

describe('simulatePolicy', () => {
  const policy = (gives: number, amount: number, need = 12) =>
    parsePolicy({
      id: 'urn:x:bonus',
      name: 'A bonus',
      kinds: { mc: { name: 'micro-credential', badges: [{}] } },
      rates: [{ of: 'mc', gives }],
      purposes: [
        { id: 'bonus', unit: 'point', needs: { credit: need }, reward: { is: 'one-time', amount, currency: 'USD' } },
      ],
    })
  const district = [0, 1, 2, 3].map((count) => ({
    person: `p${count}`,
    reports: badges(count, '2025-01-01', { subject: `did:example:${count}` }),
  }))
  test('who gains, who loses, and what it costs', () => {
    // Two badges are enough before; three after, for more.
    const simulation = simulatePolicy(policy(6, 500), policy(4, 800), district, { now: NOW })
    expect(simulation).toEqual({
      type: 'PolicySimulation',
      people: 4,
      purposes: [
        {
          purpose: 'bonus',
          before: { met: 2, 'not-met': 2, 'not-known': 0 },
          after: { met: 1, 'not-met': 3, 'not-known': 0 },
          gains: 0,
          losses: 1,
          costs: [{ currency: 'USD', before: '1000', after: '800', change: '-200' }],
        },
      ],
      changes: [
        { person: 'p2', purpose: 'bonus', before: 'met', after: 'not-met', paidBefore: '500' },
        { person: 'p3', purpose: 'bonus', before: 'met', after: 'met', paidBefore: '500', paidAfter: '800' },
      ],
      further: 0,
    })
    expect(explainSimulation(simulation)).toEqual([
      '4 people.',
      'bonus: met by 2 before and 1 after; 0 gain, 1 lose; not known of 0 before and 0 after.',
      '  It costs 1000 USD before and 800 after: 200 less.',
      '  p2, bonus: met (500) before, not met after.',
      '  p3, bonus: met (500) before, met (800) after.',
    ])
  })
  test('the same policy changes nothing, and the other way round is the other way round', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (a, b) => {
        const [one, two] = [policy(a, 100), policy(b, 100)]
        expect(simulatePolicy(one, one, district, { now: NOW }).changes).toEqual([])
        const [there, back] = [
          simulatePolicy(one, two, district, { now: NOW }),
          simulatePolicy(two, one, district, { now: NOW }),
        ]
        expect(there.purposes[0]?.gains).toBe(back.purposes[0]?.losses)
        expect(there.purposes[0]?.before).toEqual(back.purposes[0]?.after)
      }),
    )
  })
  test('changes beyond what is listed are counted', () => {
    const simulation = simulatePolicy(policy(6, 500), policy(1, 500), district, { now: NOW, most: 1 })
    expect([simulation.changes.length, simulation.further]).toEqual([1, 1])
  })
})

describe('the cheapest badges that would close a gap', () => {
  const policy = (needs: object, more: object = {}) =>
    parsePolicy({
      id: 'urn:x:offers',
      name: 'Offers',
      facts: { approved: { says: 'approved', is: 'truth', about: 'item' } },
      kinds: { mc: { badges: [{}] }, red: { badges: [{ tags: ['red'] }] } },
      rates: [{ of: 'mc', gives: { fact: 'credits' } }],
      repeats: { within: 'ever' },
      purposes: [{ id: 'p', unit: 'point', needs }],
      ...more,
    })
  const offer = (name: string, credits: number, cost: number | string, tag: readonly string[] = []): CreditOffer => ({
    achievement: { id: `urn:x:${name}`, creditsAvailable: credits, tag },
    issuer: 'https://issuer.example/',
    cost,
  })
  const offersFor = (needs: object, offers: readonly CreditOffer[], given: object = {}) =>
    decided(policy(needs), 'p', { offers, ...given }).missing?.offers

  test('no choice is cheaper: against all of them', () => {
    const offers = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 9 })), { maxLength: 7 })
    fc.assert(
      fc.property(offers, fc.integer({ min: 1, max: 12 }), (list, need) => {
        const all = list.map(([credits, cost], index) => offer(`${index}`, credits, cost))
        let cheapest: number | undefined
        for (let choice = 0; choice < 2 ** list.length; choice++) {
          const chosen = list.filter((_, index) => (choice >> index) % 2 === 1)
          const cost = chosen.reduce((sum, [, each]) => sum + each, 0)
          const isEnough = chosen.reduce((sum, [credits]) => sum + credits, 0) >= need
          if (isEnough && (cheapest === undefined || cost < cheapest)) cheapest = cost
        }
        const found = offersFor({ credit: need }, all)
        expect(found?.cost).toBe(cheapest === undefined ? undefined : String(cheapest))
        if (found !== undefined) expect(found.isCheapest).toBe(true)
      }),
    )
  })
  test('groups ask for their own, and what the person has is not offered again', () => {
    const needs = { credit: 4, groups: [{ id: 'red', of: 'red', atLeast: 2 }] }
    const offers = [offer('plain', 2, 1), offer('red', 2, '7.5', ['red']), offer('other', 2, 2)]
    expect(offersFor(needs, offers)).toEqual({
      achievements: ['urn:x:plain', 'urn:x:red'],
      cost: '8.5',
      isCheapest: true,
    })
    const reports = [badge('2025-01-01', { achievement: 'urn:x:plain', credits: 2 })]
    expect(offersFor(needs, offers, { reports })).toEqual({
      achievements: ['urn:x:red'],
      cost: '7.5',
      isCheapest: true,
    })
    expect(offersFor(needs, offers.slice(0, 1))).toBeUndefined()
  })
  test('an approval that is still to come is no obstacle', () => {
    const approved = policy({ credit: 2 }, { demands: [{ holds: { fact: 'approved' } }] })
    expect(decided(approved, 'p', { offers: [offer('a', 2, 1)] }).missing?.offers?.cost).toBe('1')
    const refused = [fact('approved', { value: false })]
    expect(decided(approved, 'p', { offers: [offer('a', 2, 1)], facts: refused }).missing?.offers).toBeUndefined()
  })
  test('of too many it says that there may be cheaper ones', () => {
    const offers = Array.from({ length: 300 }, (_, index) =>
      offer(`${index}`, 1 + (index % 7), `${10 + ((index * 37) % 11)}.${index % 10}`),
    )
    const needs = { credit: 97, groups: [{ id: 'red', of: 'red', atLeast: 90 }] }
    expect(offersFor(needs, offers)).toBeUndefined()
    expect(offersFor({ credit: 97 }, offers)?.achievements.length).toBeGreaterThan(10)
  })
})
