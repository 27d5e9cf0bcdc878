// The cases of ../shared/facts/policies.json: each in its own words, against examples/policies. Where that file is there, none may be left out.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decideCredit } from '../../src/credit/decide-credit.js'
import type { CreditDecision } from '../../src/credit/decision.js'
import type { Fact } from '../../src/credit/facts.js'
import { describeShared } from '../shared.js'
import { activity, badge, badges, decided, examplePolicy, fact, NOW, period } from './people.js'

const ISSUERS = { issuers: ['https://issuer.example/'] }
const at = (name: string, number: number) =>
  Array.from({ length: number }, (_, index) => `https://a.example/${name}/${index}`)
/** Badges for the first so many of these achievements. */
const of = (achievements: readonly string[], day = '2026-03-01') =>
  achievements.map((achievement) => badge(day, { achievement }))

const cases: Record<string, Record<string, () => void>> = {
  'us-tn-pdp': {
    '10 distinct micro-credentials in the license term: 60 PDPs: enough for renewal': () =>
      expect(tennessee(badges(10, '2025-02-01'))).toMatchObject({ outcome: 'met', sum: '60', need: '60' }),
    '9 micro-credentials: 54 PDPs: 6 short': () =>
      expect(tennessee(badges(9, '2025-02-01'))).toMatchObject({
        outcome: 'not-met',
        sum: '54',
        missing: { credit: '6', ways: [{ kind: 'micro-credential', items: 1 }, {}, {}] },
      }),
    '5 micro-credentials and one year with overall score 5 and 10 clock hours: 30 + 20 + 10 = 60: enough': () =>
      expect(
        tennessee(badges(5, '2025-02-01'), [
          activity('evaluation-year', '2025-06-01', 5),
          activity('clock-hour', '2025-07-01', 10),
        ]),
      ).toMatchObject({ outcome: 'met', sum: '60' }),
    'one micro-credential earned a week before the term began and 9 in it: 54: short': () =>
      expect(tennessee([badge('2023-12-25'), ...badges(9, '2025-02-01')])).toMatchObject({
        outcome: 'not-met',
        sum: '54',
      }),
    'the same micro-credential twice: counts once': () => {
      const again = { achievement: 'https://a.example/one' }
      expect(tennessee([badge('2025-02-01', again), badge('2025-09-01', again)])).toMatchObject({
        sum: '6',
        shares: [{ counts: '6' }, { counts: '0', because: [{ code: 'rate' }, { code: 'repeat' }] }],
      })
    },
  },
  'us-tn-knox': {
    '4 micro-credentials: 12 hours here, and 24 PDPs under us-tn-pdp: the same badges, two currencies': () => {
      const reports = badges(4, '2025-10-01')
      const facts = [period('school-year', '2025-07-01', '2026-06-30')]
      expect(decided(examplePolicy('us-tn-knox'), 'in-service', { reports, facts, parameters: ISSUERS })).toMatchObject(
        {
          outcome: 'met',
          sum: '12',
        },
      )
      expect(tennessee(reports)).toMatchObject({ sum: '24' })
    },
  },
  'us-ut-usbe': {
    '6 microcredentials and 3 satisfactory years (level 2): 3 credits = 45 points + 105 = 150 of 200': () => {
      const given = utah(badges(6, '2025-03-01'), [activity('year-of-employment', '2025-06-01', 3)])
      expect(decided(examplePolicy('us-ut-usbe'), 'renew-level-2-or-3', given)).toMatchObject({
        outcome: 'not-met',
        sum: '150',
        need: '200',
        // 7.5 points each, after the conversion; of the other kinds a limit may take.
        missing: { credit: '50', ways: [{ kind: 'utah-microcredential', items: 7 }] },
      })
      expect(decided(examplePolicy('us-ut-usbe'), 'credit', given)).toMatchObject({ sum: '3', unit: 'USBE credit' })
    },
    '4 satisfactory years: 105, not 140: the cap binds': () =>
      expect(
        decided(
          examplePolicy('us-ut-usbe'),
          'renew-level-2-or-3',
          utah(
            [],
            [2022, 2023, 2024, 2025].map((year) => activity('year-of-employment', `${year}-06-01`)),
          ),
        ),
      ).toMatchObject({ sum: '105' }),
  },
  'us-mo-career-admin': {
    '14 of 15, no degree: not met': () =>
      expect(missouri(14, false)).toMatchObject({ outcome: 'not-met', sum: '14', missing: { credit: '1' } }),
    'no micro-credential, EdS in educational leadership: met (if the other facts hold)': () =>
      expect(missouri(0, true)).toMatchObject({ outcome: 'met', because: ['otherwise'] }),
  },
  'us-sc-carolinacap-v1': {
    'year 2: 6 content, 1 professionalism, 1 DEI, 2 content more: not met: the remaining 2 must come from DEI, Literacy or SCTS domains':
      () => {
        expect(carolina({ content: 8, Professionalism: 1, DEI: 1 })).toMatchObject({
          outcome: 'not-met',
          missing: { groups: [{ group: 'remaining', credit: '2' }] },
        })
        expect(carolina({ content: 6, Professionalism: 1, DEI: 2, Literacy: 1 })).toMatchObject({
          outcome: 'met',
          sum: '10',
        })
      },
  },
  'us-ma-nea': {
    '1 micro-credential: 0 PDP': () => expect(massachusetts(1)).toMatchObject({ sum: '0' }),
    '3 micro-credentials: 10 PDP, one left over': () => {
      const decision = massachusetts(3)
      expect(decision.sum).toBe('10')
      expect(decision.shares.map(({ counts }) => counts)).toEqual(['5', '5', '0'])
    },
  },
  'us-co-aurora': {
    '3 micro-credentials: 30 hours = 2 credits': () => {
      expect(aurora(3, 'hours')).toMatchObject({ sum: '30' })
      expect(aurora(3, 'credits')).toMatchObject({ sum: '2', reward: { times: 2 } })
      expect(aurora(3, 'credits')).not.toHaveProperty('left')
    },
    '4 micro-credentials: 40 hours = 2 credits and 10 hours kept': () => {
      expect(aurora(4, 'hours')).toMatchObject({ sum: '40' })
      // Of 15 hours.
      expect(aurora(4, 'credits')).toMatchObject({ sum: '2', left: '2/3' })
    },
  },
  'us-il-troy30c': {
    'earned day 0, uploaded day 90: counts': () => expect(troyUploaded('2026-01-30')).toMatchObject({ sum: '1' }),
    'uploaded day 91: does not count': () =>
      expect(troyUploaded('2026-01-31')).toMatchObject({
        sum: '0',
        shares: [{ because: [{ code: 'rate' }, { code: 'demand', rule: '/demands/1' }] }],
      }),
    'approved after the start: does not count': () =>
      expect(troyUploaded('2026-01-30', '2025-09-02')).toMatchObject({
        sum: '0',
        shares: [{ because: [{ code: 'rate' }, { code: 'demand', rule: '/demands/0' }] }],
      }),
    '30 university credits and 6 micro-credentials: 36: lane MA': () => {
      const reports = badges(6, '2025-11-01', { started: '2025-09-01' })
      const facts = [
        activity('university-credit', '2024-06-01', 30),
        fact('approved', { on: '2025-08-30' }),
        fact('filed', { on: '2025-12-01' }),
      ]
      const asked = { reports, facts, parameters: ISSUERS }
      const troy = examplePolicy('us-il-troy30c')
      // The cap stands in a memorandum that nobody has given.
      expect(decided(troy, 'ba-to-ma', asked)).toMatchObject({
        outcome: 'not-known',
        sum: '30',
        possible: '36',
        missing: { unknown: [{ parameter: 'credits a year' }] },
      })
      expect(decided(troy, 'ba-to-ma', { ...asked, parameters: { ...ISSUERS, 'credits a year': 6 } })).toMatchObject({
        outcome: 'met',
        sum: '36',
        reward: { is: 'lane', to: 'MA', times: 1 },
      })
    },
  },
  'us-ky-kedc': {
    '12, 5 and the capstone: not met': () => {
      expect(kentucky(5)).toMatchObject({
        outcome: 'not-met',
        missing: { groups: [{ group: 'personalized', credit: '1' }] },
      })
      expect(kentucky(6)).toMatchObject({ outcome: 'met' })
    },
  },
  'us-fl-literacy-stipend': {
    'Emergent 2025-08-01, eligible, none before: 1000': () =>
      expect(stipend([{ achievement: 'urn:x:emergent', day: '2025-08-01' }])).toMatchObject({
        outcome: 'met',
        reward: { is: 'one-time', amount: '1000', currency: 'USD' },
      }),
    'Emergent 2025-08-01, Elementary 2023-05-01 with stipend: 0': () =>
      expect(
        stipend([
          { achievement: 'urn:x:emergent', day: '2025-08-01' },
          { achievement: 'urn:x:elementary', day: '2023-05-01' },
        ]),
      ).toMatchObject({ outcome: 'not-met', sum: '0' }),
    'completed 2026-05-27: 0': () => {
      expect(stipend([{ achievement: 'urn:x:emergent', day: '2026-05-27' }])).toMatchObject({
        outcome: 'not-met',
        sum: '0',
      })
      expect(stipend([{ achievement: 'urn:x:emergent', day: '2026-05-26' }])).toMatchObject({ outcome: 'met' })
    },
  },
  'us-dc-rise': {
    'first one from Digital Promise, second from DCPS, both in term 2: 150: "first DCPS-created" is the first of that issuer':
      () => {
        const reports = [
          badge('2021-11-01', { issuer: 'https://digitalpromise.example/' }),
          badge('2021-12-01', { issuer: 'https://dcps.example/' }),
          badge('2021-12-15', { issuer: 'https://dcps.example/' }),
        ]
        const facts = [
          fact('rise-educator'),
          period('term-2', '2021-10-25', '2022-01-14'),
          period('term-3', '2022-01-18', '2022-03-25'),
        ]
        const program = ['https://dcps.example/', 'https://digitalpromise.example/']
        const asked = { reports, facts, parameters: { DCPS: ['https://dcps.example/'], program } }
        const rise = examplePolicy('us-dc-rise')
        expect(decided(rise, 'stipend', asked)).toMatchObject({ outcome: 'met', reward: { amount: '150' } })
        expect(decided(rise, 'program', asked)).toMatchObject({ sum: '3' })
      },
  },
  'us-nc-renewal': {
    '8 CEUs, all digital learning (Thomasville edition): not met: 2 of 8 count in that group, 3 and 3 are missing':
      () =>
        expect(
          carolinaNorth('2022-06-30', 'K-8', { 'digital-learning': 8 }, [fact('district', { value: 'Thomasville' })]),
        ).toMatchObject({
          outcome: 'not-met',
          missing: {
            credit: '6',
            groups: [
              { group: 'academic-subject', credit: '3' },
              { group: 'literacy', credit: '3' },
            ],
          },
        }),
    'PreK-5, expires 2025-06-30: 4 content, 2 literacy, 2 general: not met: 1 literacy short, though the sum is 8':
      () =>
        expect(carolinaNorth('2025-06-30', 'PreK-5', { 'academic-subject': 4, literacy: 2, general: 2 })).toMatchObject(
          { outcome: 'not-met', sum: '8', missing: { credit: '1', groups: [{ group: 'literacy', credit: '1' }] } },
        ),
    'grade 9, expires 2025-06-30: 4 content, 4 general: met': () =>
      expect(carolinaNorth('2025-06-30', '6-12', { 'academic-subject': 4, general: 4 })).toMatchObject({
        outcome: 'met',
      }),
    'grade 9, expires 2025-06-30: first National Board certification in the cycle: met': () =>
      expect(carolinaNorth('2025-06-30', '6-12', {}, [fact('national-board')])).toMatchObject({
        outcome: 'met',
        because: ['otherwise'],
      }),
  },
  'us-co-d11': {
    'two courses of 5 hours: 0': () => expect(increments([5, 5], false)).toMatchObject({ sum: '0' }),
    '15 hours with a stipend: 0': () => {
      expect(increments([15], true)).toMatchObject({ sum: '0' })
      expect(increments([15], false)).toMatchObject({ sum: '1' })
      expect(increments([7.5, 14.5, 22, 22.5, 29.5], false).shares.map(({ counts }) => counts)).toEqual([
        '0.5',
        '0.5',
        '1',
        '1.5',
        '1.5',
      ])
    },
  },
}

for (const [id, own] of Object.entries(cases))
  describe(id, () => test.each(Object.entries(own))('%s', (_, run) => run()))

function tennessee(reports: ReturnType<typeof badges>, facts: readonly Fact[] = []) {
  const term = period('license-term', '2024-01-01', '2027-12-31')
  return decided(examplePolicy('us-tn-pdp'), 'renew-professional', { reports, facts: [term, ...facts] })
}

function utah(reports: ReturnType<typeof badges>, facts: readonly Fact[]) {
  const cycle = period('license-cycle', '2021-07-01', '2026-06-30')
  return { reports, facts: [cycle, ...facts], parameters: { ...ISSUERS, stack: [] } }
}

function missouri(number: number, hasDegree: boolean) {
  const approved = at('mo', 15)
  const facts = [
    fact('specialist-degree', { value: hasDegree }),
    fact('evaluations'),
    fact('contact-hours'),
    fact('years-as-administrator', { value: 4 }),
    fact('years-of-mentoring', { value: 2 }),
    fact('initial-certificate', { on: '2019-07-01' }),
  ]
  const reports = of(approved.slice(0, number))
  return decided(examplePolicy('us-mo-career-admin'), 'career-continuous', { reports, facts, parameters: { approved } })
}

function carolina(numbers: Readonly<Record<string, number>>) {
  const names = ['Literacy', 'DEI', 'content', 'Instruction', 'Planning', 'Environment', 'Professionalism']
  const parameters = Object.fromEntries(names.map((name) => [name, at(name, 12)]))
  const reports = Object.entries(numbers).flatMap(([name, number]) => of((parameters[name] ?? []).slice(0, number)))
  const facts = [
    fact('edition', { value: 'v1' }),
    period('year-2', '2025-08-01', '2026-07-31'),
    fact('effectiveness-met'),
  ]
  return decided(examplePolicy('us-sc-carolinacap-v1'), 'year-2', { reports, facts, parameters })
}

function massachusetts(number: number) {
  const facts = [period('license-term', '2024-01-01', '2028-12-31'), fact('plan-approved')]
  return decided(examplePolicy('us-ma-nea'), 'primary', {
    reports: badges(number, '2025-01-01'),
    facts,
    parameters: ISSUERS,
  })
}

function aurora(number: number, purpose: string) {
  return decided(examplePolicy('us-co-aurora'), purpose, { reports: badges(number, '2025-01-01'), parameters: ISSUERS })
}

function troyUploaded(on: string, approved = '2025-08-31') {
  const reports = [badge('2025-11-01', { id: 'urn:x:uploaded', started: '2025-09-01' })]
  const facts = [
    fact('approved', { on: approved, about: 'urn:x:uploaded' }),
    fact('filed', { on, about: 'urn:x:uploaded' }),
  ]
  const parameters = { ...ISSUERS, 'credits a year': 6 }
  return decided(examplePolicy('us-il-troy30c'), 'further-lane', { reports, facts, parameters })
}

function kentucky(personalized: number) {
  const parameters = { foundations: at('f', 12), personalized: at('p', 30), capstone: at('c', 1) }
  const reports = [
    ...of(parameters.foundations),
    ...of(parameters.personalized.slice(0, personalized)),
    ...of(parameters.capstone),
  ]
  return decided(examplePolicy('us-ky-kedc'), 'rank', { reports, parameters })
}

function stipend(earned: readonly { readonly achievement: string; readonly day: string }[]) {
  return decided(examplePolicy('us-fl-literacy-stipend'), 'stipend', {
    reports: earned.map(({ achievement, day }) => badge(day, { achievement })),
    facts: [fact('eligible')],
    parameters: {
      ...ISSUERS,
      emergent: ['urn:x:emergent'],
      elementary: ['urn:x:elementary'],
      secondary: ['urn:x:secondary'],
    },
  })
}

function carolinaNorth(
  expires: string,
  role: string,
  credits: Readonly<Record<string, number>>,
  more: readonly Fact[] = [],
) {
  const facts = [
    period('license-term', '2019-07-01', expires),
    fact('role', { value: role }),
    ...Object.entries(credits).map(([kind, amount]) => activity('ceu', '2021-01-01', amount, { kinds: [kind] })),
    ...more,
  ]
  return decided(examplePolicy('us-nc-renewal'), 'renew', { facts })
}

function increments(hours: readonly number[], paid: boolean) {
  const facts = [
    ...hours.map((amount) => activity('course', '2026-04-01', amount)),
    fact('paid', { value: paid }),
    fact('filed', { on: '2026-05-01' }),
  ]
  return decided(examplePolicy('us-co-d11'), 'increment', { facts })
}

const folder = fileURLToPath(new URL('../../examples/policies/', import.meta.url))
const files = readdirSync(folder).map((name) => name.replace(/\.json$/, ''))

test.each(files)('%s is read, names its source and says what is unclear', (id) => {
  const { comment } = JSON.parse(readFileSync(`${folder}${id}.json`, 'utf8'))
  expect(comment[0]).toMatch(/^Source: .*https?:/)
  const policy = examplePolicy(id)
  // Nobody has given anything: it is decided all the same, and nothing is made up.
  const decision: CreditDecision = decideCredit(policy, { reports: [badge('2026-01-01')], now: NOW })
  expect(decision.purposes.length).toBeGreaterThan(0)
})

describeShared('policies.json', { policies: 'facts/policies.json' }, ({ policies }) => {
  interface Published {
    readonly id: string
    readonly cases?: readonly { readonly given: string; readonly gives: string }[]
  }
  const published: readonly Published[] = JSON.parse(readFileSync(policies, 'utf8')).policies
  test('each policy is a file, and there are no others', () => {
    expect(files.sort()).toEqual(published.map(({ id }) => id).sort())
  })
  test('each of its cases is a test', () => {
    const missing = published.flatMap(({ id, cases: given = [] }) =>
      given
        .map((one) => `${one.given}: ${one.gives}`)
        .filter((name) => !Object.keys(cases[id] ?? {}).some((own) => name.startsWith(own) || own.startsWith(name)))
        .map((name) => `${id}: ${name}`),
    )
    expect(missing).toEqual([])
  })
})
