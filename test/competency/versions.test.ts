// Open Badges 3.0, "Credential equality and comparison algorithm": which report, and which version, of one credential counts.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { assessStack } from '../../src/competency/assess-stack.js'
import { type CompetencyStack, samePerson } from '../../src/competency/types.js'
import { createVerifier, type VerificationReport } from '../../src/entries/index.js'
import { describeShared } from '../shared.js'
import { type Badge, NOW, reportOf, type Verdict } from './reports.js'

const competency = 'https://f.example/b'
const stack: CompetencyStack = { id: 'urn:x:s', name: 'Mentor', requirements: [{ id: 'trust', competency }] }
const framework = { id: 'https://f.example', name: 'F', competencies: [{ id: competency, name: 'Building Trust' }] }
const assess = (reports: readonly VerificationReport[]) => {
  const options = { frameworks: [framework], now: NOW }
  const answers = [reports, [...reports].reverse()].map((each) => assessStack(each, stack, options))
  // Whatever the order.
  expect(answers[1]).toEqual(answers[0])
  const [report] = answers
  const [requirement] = report?.requirements ?? []
  return { outcome: report?.outcome, expires: report?.expires, because: requirement?.because, by: requirement?.by }
}
const version = (validFrom: string, validUntil: string, verdict: Verdict = {}) =>
  reportOf({ id: 'b', aligned: [competency], validFrom, validUntil } as Badge, verdict)
const old = version('2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
const today = version('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')
const coming = version('2026-12-01T00:00:00Z', '2028-01-01T00:00:00Z')

describe('versions', () => {
  test('one that has expired takes nothing from its renewal, whichever was verified last', () => {
    for (const at of ['2026-05-01T00:00:00Z', '2026-06-01T11:00:00Z'])
      expect(assess([version('2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z', { at }), today])).toMatchObject({
        outcome: 'met',
        expires: '2027-01-01T00:00:00Z',
      })
  })
  test('one that begins later is coming, and displaces nothing', () => {
    const found = assess([today, coming])
    expect(found).toMatchObject({
      outcome: 'met',
      expires: '2027-01-01T00:00:00Z',
      because: [
        { code: 'requirement.met', credential: 'urn:x:b' },
        { code: 'renewal.coming', credential: 'urn:x:b' },
      ],
      by: { renewal: { from: '2026-12-01T00:00:00Z', until: '2028-01-01T00:00:00Z' } },
    })
    expect(assess([old, coming])).toMatchObject({
      outcome: 'not-met',
      because: [
        { code: 'validity.expired', credential: 'urn:x:b' },
        { code: 'renewal.coming', credential: 'urn:x:b' },
      ],
    })
    expect(assess([coming])).toMatchObject({
      outcome: 'not-met',
      because: [{ code: 'validity.not_yet', credential: 'urn:x:b' }],
    })
  })
  test('of two that hold the newer counts, also where it is shorter or was revoked', () => {
    const longer = version('2025-01-01T00:00:00Z', '2030-01-01T00:00:00Z')
    expect(assess([longer, today]).expires).toBe('2027-01-01T00:00:00Z')
    const revoked = version('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', {
      outcome: 'invalid',
      because: 'status.revoked',
    })
    expect(assess([longer, revoked])).toMatchObject({
      outcome: 'not-met',
      because: [{ code: 'status.revoked', credential: 'urn:x:b' }],
    })
  })
  test('a copy that was altered says nothing beside one that was not', () => {
    const forged: Verdict = { outcome: 'invalid', because: 'proof.mismatch', at: '2026-06-01T12:00:00Z' }
    expect(assess([today, version('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', forged)]).outcome).toBe('met')
    expect(assess([today, version('2026-05-01T00:00:00Z', '2027-01-01T00:00:00Z', forged)]).outcome).toBe('met')
    expect(assess([version('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', forged)]).because).toEqual([
      { code: 'proof.mismatch', credential: 'urn:x:b' },
    ])
  })
  test('a renewal whose key cannot be had displaces none that verified, and may replace one that ended', () => {
    const unknown: Verdict = {
      outcome: 'indeterminate',
      because: 'key.unreachable',
      checks: { proof: 'proof.blocked' },
    }
    const later = version('2026-05-01T00:00:00Z', '2029-01-01T00:00:00Z', unknown)
    expect(assess([today, later])).toMatchObject({ outcome: 'met', expires: '2027-01-01T00:00:00Z' })
    expect(assess([old, later]).outcome).toBe('uncertain')
  })
  test('two copies of one version that end at different times: the shorter', () => {
    const shorter = version('2026-01-01T00:00:00Z', '2026-09-01T00:00:00Z')
    expect(assess([today, shorter]).expires).toBe('2026-09-01T00:00:00Z')
  })
  test('credentials without an id are no versions of each other', () => {
    const nameless = ['2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z'].map((validFrom) => {
      const report = structuredClone(reportOf({ aligned: [competency], validFrom })) as unknown as {
        credential: { id?: string }
      }
      delete report.credential.id
      return report as unknown as VerificationReport
    })
    expect(assess(nameless).outcome).toBe('met')
  })
})

describe('the same award under another id', () => {
  const twice: CompetencyStack = {
    id: 'urn:x:s',
    name: 'Two',
    requirements: [
      {
        id: 'two',
        atLeast: 2,
        distinct: true,
        anyOf: ['1', '2'].map((id) => ({ id, competency })),
      },
    ],
  }
  const outcome = (a: Badge, b: Badge) => {
    const reports = [a, b].map((badge, index) =>
      reportOf({ id: `b${index}`, achievement: 'https://a.example/1', aligned: [competency], ...badge }),
    )
    const report = assessStack(reports, twice, { frameworks: [framework], now: NOW })
    return [report.outcome, ...(report.requirements[0]?.parts ?? []).map(({ because }) => because[0]?.code)]
  }
  const evidence = [{ id: 'https://portfolio.example/1' }]
  const other = [{ id: 'https://portfolio.example/2' }]
  const [early, late] = ['2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z']
  const once = ['not-met', 'requirement.met', 'distinct.same_award']
  const two = ['met', 'requirement.met', 'requirement.met']
  test.each<[string, Badge, Badge, (string | undefined)[]]>([
    ['the same evidence', { evidence, validFrom: early }, { evidence, validFrom: late }, once],
    ['the same award date', { awardedDate: early, validFrom: early }, { awardedDate: early, validFrom: late }, once],
    ['the same validFrom, where no award date is said', { validFrom: early }, { validFrom: early }, once],
    ['other evidence on the same day', { evidence, validFrom: early }, { evidence: other, validFrom: early }, two],
    ['another day', { validFrom: early }, { validFrom: late }, two],
    ['another achievement', { validFrom: early }, { validFrom: early, achievement: 'https://a.example/2' }, two],
    ['another issuer', { validFrom: early }, { validFrom: early, issuer: 'https://other.example/' }, two],
  ])('%s', (_, a, b, expected) => {
    expect(outcome(a, b)).toEqual(expected)
  })
})

describeShared('a renewal from the verifier', { file: 'reports/competency/renewed-same-id.json' }, ({ file }) => {
  const { old: expired, renewed, bob, trusted } = JSON.parse(readFileSync(file, 'utf8'))
  const now = new Date('2026-11-29T00:00:00Z')
  const verifier = createVerifier({ trustedIssuers: [trusted] })
  const recipient = { id: 'did:example:ada' }
  test('expired and renewed, verified in either order', async () => {
    const first = await verifier.verify(expired, { recipient, now })
    const second = await verifier.verify(renewed, { recipient, now: new Date('2026-11-28T23:00:00Z') })
    expect([first.outcome, second.outcome]).toEqual(['invalid', 'valid'])
    for (const reports of [
      [first, second],
      [second, first],
    ])
      expect(assessStack(reports, stack, { frameworks: [framework], now })).toMatchObject({
        outcome: 'met',
        expires: '2028-01-01T00:00:00Z',
      })
  })
  test("somebody else's badge, matched to themselves, is not hers", async () => {
    const both: CompetencyStack = {
      ...stack,
      requirements: [...stack.requirements, { id: 'feedback', competency: 'https://f.example/a' }],
    }
    const reports = [
      await verifier.verify(renewed, { recipient, now }),
      await verifier.verify(bob, { recipient: { id: 'did:example:bob' }, now }),
    ]
    for (const person of [undefined, samePerson] as const)
      expect(assessStack(reports, both, { frameworks: [framework], now, person })).toMatchObject({
        outcome: 'uncertain',
        findings: [{ code: 'person.different', items: ['did:example:ada', 'did:example:bob'] }],
      })
    expect(assessStack(reports, both, { frameworks: [framework], now, person: recipient })).toMatchObject({
      outcome: 'not-met',
      requirements: [
        { outcome: 'met' },
        { because: [{ code: 'person.other', credential: 'urn:uuid:22222222-2222-4222-8222-222222222222' }] },
      ],
    })
  })
})
