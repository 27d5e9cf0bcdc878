// What a principal reads: what was asked and what was there, whose word it is, until which day, and what would close the gap.
import { describe, expect, test } from 'vitest'
import {
  type AssessOptions,
  assessStack,
  type CompetencyFramework,
  explainReason,
  explainRequirement,
  explainStack,
  namesIn,
  type Requirement,
} from '../../src/entries/competency.js'
import { renderAssessment } from '../../src/entries/render.js'
import { parse } from '../render/markup.js'
import { type Badge, endorsementBy, ISSUER, NOW, reportOf, type Verdict } from './reports.js'

const F = 'https://f.example'
const [A, B, SET] = [`${F}/a`, `${F}/b`, `${F}/s`]
const LEVELS = ['Developing', 'Proficient'].map((name, index) => ({ id: `${A}/${index + 1}`, name }))
const framework: CompetencyFramework = {
  id: F,
  name: 'F',
  competencies: [
    { id: A, name: 'Giving Feedback', levels: LEVELS },
    { id: B, name: 'Building Trust, or Rapport' },
    { id: SET, name: 'Leadership', parts: [A, B] },
    { id: `${F}/n`, name: 'Written Feedback' },
  ],
}
const NAMES = new Map([
  ['urn:x:badge', 'Good Critic'],
  [ISSUER, 'The Academy'],
  ['https://walk.example', 'The State'],
  ['urn:x:s', 'Mentor'],
])
const names = (id: string) => NAMES.get(id) ?? namesIn([framework])(id)
type Leaf = Extract<Requirement, { competency: string }>
type Case = Partial<Leaf> & { badge?: Badge; verdict?: Verdict; options?: Partial<AssessOptions> }

function reportFor({ badge, verdict, options, ...asked }: Case) {
  const requirement = { id: 'r', competency: A, ...asked } as Requirement
  return assessStack(
    badge === undefined ? [] : [reportOf(badge, verdict)],
    { id: 'urn:x:s', name: 'Mentor', requirements: [requirement] },
    { frameworks: [framework], now: NOW, ...options },
  )
}
const told = (each: Case) => explainStack(reportFor(each), names)[1]
const reached = (index: number): Badge => ({
  aligned: [A],
  rubric: { levels: LEVELS.map(({ id }) => id), reached: index },
})
const walk = (relation: 'exact' | 'narrow' | 'broad', from: string, to: string) => ({
  crosswalks: [{ source: 'https://walk.example', matches: [{ from, to, relation }] }],
})

describe('what was asked, and what was there', () => {
  test.each<[string, Case, string]>([
    [
      'a level',
      { level: `${A}/2`, badge: reached(0) },
      '- r: "Good Critic" reached "Developing"; "Proficient" is asked. One badge about "Giving Feedback" that shows "Proficient" would close the gap.',
    ],
    ['no level', { level: `${A}/2`, badge: { aligned: [A] } }, '"Good Critic" states no level; "Proficient" is asked.'],
    ['evidence', { evidence: true, badge: { aligned: [A] } }, '"Good Critic" brings no evidence, which is asked.'],
    [
      'an issuer',
      { issuers: ['https://one.example/', 'https://two.example/'], badge: { aligned: [A] } },
      '"Good Critic" was issued by "The Academy"; it must be from "https://one.example/" or "https://two.example/". One badge about "Giving Feedback" from "https://one.example/" or "https://two.example/" would close the gap.',
    ],
    [
      'freshness: who had it renews it',
      { maxAgeMonths: 12, badge: { aligned: [A], awardedDate: '2024-05-31T00:00:00Z' } },
      '- r: "Good Critic" was awarded on 2024-05-31; it must not be older than 12 months. A renewal of "Good Critic" would close the gap.',
    ],
    [
      'an end',
      { badge: { aligned: [A], validUntil: '2026-05-01T00:00:00Z' } },
      '- r: "Good Critic" was valid until the end of 2026-04-30, and has expired. A renewal of "Good Critic" would close the gap.',
    ],
    [
      'an endorsement',
      { endorsedBy: 'independent', badge: { aligned: [A] } },
      '- r: "Good Critic" is not endorsed by anybody independent of its issuer and of whom it is about, which is asked.',
    ],
    [
      'one that has ended',
      {
        endorsedBy: ['https://one.example/'],
        badge: { aligned: [A] },
        verdict: {
          endorsements: [endorsementBy('https://one.example/', 'urn:x:badge', 'valid', '2026-05-01T00:00:00Z')],
        },
      },
      '- r: the endorsement of "Good Critic" has ended: it must be endorsed anew by "https://one.example/".',
    ],
    [
      'something narrower',
      { badge: { aligned: [`${F}/n`] }, options: walk('broad', `${F}/n`, A) },
      '- r: no badge is about it. "Good Critic" is about something narrower, which is not enough here. One badge about "Giving Feedback" would close the gap.',
    ],
    [
      'a group',
      { badge: { aligned: [SET] } },
      '- r: no badge is about it. "Good Critic" is about a group that it belongs to, which proves none of its parts here.',
    ],
  ])('%s', (_, each, sentence) => {
    expect(told(each)).toContain(sentence)
  })
  test('what the badge that is there lacks takes no new badge', () => {
    const cases: Case[] = [
      { endorsedBy: 'independent', badge: { aligned: [A] } },
      { badge: { aligned: [A], validFrom: '2026-09-01T00:00:00Z' } },
      { badge: { aligned: [A] }, verdict: { trusted: false, checks: { issuer: 'issuer.not_asked' } } },
    ]
    for (const each of cases) expect(told(each)).not.toContain('would close the gap')
  })
  test('where something must only be settled, no new badge is asked for', () => {
    for (const verdict of [
      { outcome: 'indeterminate', because: 'status.unreachable' },
      { recipient: 'recipient.not_asked' },
      { at: '2026-01-01T00:00:00Z' },
    ] as const) {
      const sentence = told({ badge: { aligned: [A] }, verdict, options: { maxReportAgeDays: 30 } })
      expect(sentence).toMatch(/^\? r: .*verify it again/)
      expect(sentence).not.toContain('would close the gap')
    }
  })
})

describe('whose word it is', () => {
  test('by whose crosswalk', () => {
    expect(told({ badge: { aligned: [`${F}/n`] }, options: walk('exact', `${F}/n`, A) })).toBe(
      '+ r: met by "Good Critic", awarded on 2026-01-01. "Written Feedback" counts for "Giving Feedback" by the crosswalk of "The State".',
    )
  })
  test('by which set', () => {
    expect(told({ covers: 'parts', badge: { aligned: [SET] } })).toContain(
      '"Leadership" counts for "Giving Feedback", which is a part of it.',
    )
  })
})

describe('days', () => {
  const badge: Badge = { aligned: [A], validFrom: '2026-01-01T00:00:00Z', validUntil: '2027-12-31T23:00:00Z' }
  test('both ends, in the time zone of the reader; an end at midnight is the day before', () => {
    const report = reportFor({ badge })
    expect(explainStack(report, names)).toEqual([
      'urn:x:s: fits, until 23:00 on 2027-12-31 if nothing is renewed.'.replace('urn:x:s', 'Mentor'),
      '+ r: met by "Good Critic", awarded on 2026-01-01, until 23:00 on 2027-12-31.',
    ])
    expect(explainStack(report, names, { timeZone: 'Europe/Vienna' })[1]).toBe(
      '+ r: met by "Good Critic", awarded on 2026-01-01, until the end of 2027-12-31.',
    )
    expect(explainStack(report, names, { timeZone: 'America/New_York' })[1]).toBe(
      '+ r: met by "Good Critic", awarded on 2025-12-31, until 18:00 on 2027-12-31.',
    )
  })
  test('a page says the same', () => {
    const page = (timeZone: string) =>
      parse(renderAssessment(reportFor({ badge }), { names, timeZone })).text.replace(/\s+/g, ' ')
    expect(page('Europe/Vienna')).toContain('Until the end of December 31, 2027, if nothing is renewed.')
    expect(page('America/New_York')).toMatch(/Until 6:00\sPM on December 31, 2027, if nothing is renewed\./)
  })
  test('what is no time zone is refused', () => {
    expect(() => explainStack(reportFor({ badge }), names, { timeZone: 'Vienna' })).toThrow('"timeZone"')
  })
})

test('a reason without its requirement says what it knows, and leaves no gap open', () => {
  const reason = { code: 'level.below', credential: 'urn:x:badge' } as const
  expect(explainReason(reason, names)).toBe('"Good Critic" reached another level; a level is asked')
  expect(explainRequirement(reportFor({}).requirements[0] as never, names)).toEqual([
    'no badge is about it',
    'One badge about "Giving Feedback" would close the gap',
  ])
})
