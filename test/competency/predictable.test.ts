// `predictable` on a requirement: met, not met or not known, by the track record of the badge's issuer, achievement and version.
import { describe, expect, test } from 'vitest'
import {
  assessStack,
  type CompetencyStack,
  checkStack,
  explainStack,
  type KnownRecord,
  type KnownRecords,
  type Predictable,
} from '../../src/entries/competency.js'
import { wilson } from '../../src/entries/predictability.js'
import { type Badge, ISSUER, NOW, reportOf } from './reports.js'

const feedback = 'https://school.example/f/giving-feedback'
const badge: Badge = { id: 'good', aligned: [feedback] }
const stackWith = (predictable: Predictable = { confirmed: 0.9, confidence: 0.95 }): CompetencyStack => ({
  id: 'urn:x:stack',
  name: 'Role',
  requirements: [{ id: 'r', competency: feedback, predictable }],
})
const row = (confirmed: number, badges: number, more: Partial<KnownRecord> = {}): KnownRecord => ({
  issuer: ISSUER,
  achievement: 'https://issuer.example/achievements/good',
  confirmed: { badges, confirmed },
  ...more,
})
function assess(trackRecord?: KnownRecords, own: Badge = badge, stack = stackWith()) {
  const report = assessStack([reportOf(own)], stack, { frameworks: [], now: NOW, trackRecord })
  const [requirement] = report.requirements
  return { report, outcome: report.outcome, by: requirement?.by, codes: requirement?.because.map(({ code }) => code) }
}
const rows = (...all: KnownRecord[]): KnownRecords => ({ rows: all })

describe('met where the interval begins at what is asked', () => {
  test('35 of 35: n / (n + 1.96^2) is 0.9 and more; 34 of 34 is less', () => {
    const { outcome, codes, by } = assess(rows(row(35, 35)))
    expect({ outcome, codes }).toEqual({ outcome: 'met', codes: ['requirement.met'] })
    const { low, high } = wilson(35, 35)
    expect(by?.record).toEqual({ badges: 35, confirmed: 35, low, high })
    expect(assess(rows(row(34, 34)))).toMatchObject({ outcome: 'uncertain', codes: ['record.too_few'] })
  })
  test('by Clopper and Pearson where the record is made so: that takes 36', () => {
    expect(assess({ method: 'clopper-pearson', rows: [row(35, 35)] }).outcome).toBe('uncertain')
    expect(assess({ method: 'clopper-pearson', rows: [row(36, 36)] }).outcome).toBe('met')
  })
  test('at the confidence that is asked, whatever the record was made at', () => {
    const asked = stackWith({ confirmed: 0.9, confidence: 0.5 })
    expect(assess(rows(row(10, 10)), badge, asked).outcome).toBe('met')
    expect(assess(rows(row(35, 35)), badge, stackWith({ confirmed: 0.9, confidence: 0.99 })).outcome).toBe('uncertain')
  })
})

describe('not known', () => {
  test('5 of 5: all confirmed, and too few to say', () => {
    expect(assess(rows(row(5, 5)))).toMatchObject({ outcome: 'uncertain', codes: ['record.too_few'] })
  })
  test('without a record, and where 0 of 0 were judged', () => {
    expect(assess()).toMatchObject({ outcome: 'uncertain', codes: ['record.absent'] })
    expect(assess(rows(row(0, 0)))).toMatchObject({ outcome: 'uncertain', codes: ['record.absent'] })
  })
  test('of another version, another issuer, another achievement', () => {
    const record = rows(row(400, 400, { version: '1' }))
    expect(assess(record, { ...badge, version: '1' }).outcome).toBe('met')
    expect(assess(record, { ...badge, version: '2' })).toMatchObject({ codes: ['record.other_version'] })
    expect(assess(record)).toMatchObject({ codes: ['record.other_version'] })
    expect(assess(rows(row(400, 400, { issuer: 'did:example:other' })))).toMatchObject({ codes: ['record.absent'] })
    expect(assess(rows(row(400, 400, { achievement: 'urn:other' })))).toMatchObject({ codes: ['record.absent'] })
  })
  test('as large as it is, an interval that includes what is asked', () => {
    expect(assess(rows(row(900, 1000))).outcome).toBe('uncertain')
  })
})

test('not met where the interval ends below: no new badge of the same kind would help', () => {
  const { outcome, codes, report } = assess(rows(row(10, 40)))
  expect({ outcome, codes }).toEqual({ outcome: 'not-met', codes: ['record.below'] })
  expect(explainStack(report).join('\n')).toMatch(
    /of badges like .*, 10 of 40 that were judged anew were confirmed; 90 % is asked/,
  )
  expect(explainStack(report).join('\n')).not.toContain('One badge')
})
test('rows of several records of one kind are put together', () => {
  expect(assess(rows(row(20, 20), row(20, 20))).outcome).toBe('met')
})
test('what it says, where it is not known', () => {
  const said = (record?: KnownRecords) => explainStack(assess(record).report).join('\n')
  expect(said(rows(row(5, 5)))).toContain(
    '5 of 5 that were judged anew were confirmed: too few to say whether 90 % are',
  )
  expect(said()).toContain('none is known to have been judged anew; 90 % confirmed is asked')
})
test('a stack that asks for more than can be shown is told so', () => {
  const findings = (confirmed: number) =>
    checkStack(stackWith({ confirmed, confidence: 0.95 }), { frameworks: [], now: NOW }).map(({ code }) => code)
  expect(findings(0.9)).not.toContain('stack.much_to_confirm')
  expect(findings(0.99)).toContain('stack.much_to_confirm')
})
test('wrong records and requirements are refused', () => {
  const error = (call: () => unknown) => {
    try {
      call()
    } catch (caught) {
      return (caught as { option?: string }).option
    }
    return undefined
  }
  expect(error(() => assess(rows(row(6, 5))))).toBe('trackRecord.rows[0].confirmed')
  expect(error(() => assess(undefined, badge, stackWith({ confirmed: 1, confidence: 0.95 })))).toBe(
    'stack.requirements[0].predictable.confirmed',
  )
})
