// Exact arithmetic, and days with both ends in.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { occurrence, shifted } from '../../src/credit/days.js'
import {
  ceilOf,
  compared,
  downTo,
  floorOf,
  minus,
  over,
  plus,
  type Rational,
  rationalOf,
  readRational,
  shownRational,
  sumOf,
  times,
  ZERO,
} from '../../src/credit/rational.js'

const exact = (text: string) => rationalOf(text) as Rational
const rationals = fc
  .tuple(fc.integer({ min: -10_000, max: 10_000 }), fc.integer({ min: 1, max: 1000 }))
  .map(([n, d]) => exact(`${n}/${d}`))

test('six times 2/3 is 4, which binary floating point misses', () => {
  expect([1, 2, 3, 4, 5, 6].reduce((sum) => sum + 2 / 3, 0)).toBeLessThan(4)
  expect(shownRational(sumOf(Array.from({ length: 6 }, () => exact('2/3'))))).toBe('4')
})
test('the laws of fractions', () => {
  fc.assert(
    fc.property(rationals, rationals, rationals, (a, b, c) => {
      expect(plus(a, b)).toEqual(plus(b, a))
      expect(times(a, plus(b, c))).toEqual(plus(times(a, b), times(a, c)))
      expect(plus(minus(a, b), b)).toEqual(a)
      if (b.n !== 0n) expect(times(over(a, b), b)).toEqual(a)
      expect(Math.sign(compared(a, b))).toBe(Math.sign(Number(a.n * b.d - b.n * a.d)))
    }),
  )
})
test('what is shown is read again', () => {
  fc.assert(
    fc.property(rationals, (a) => {
      expect(readRational(shownRational(a))).toEqual(a)
    }),
  )
  expect(['22.5', '0.05', '-7.25', '2/3', '-1/7', '120'].map((text) => shownRational(exact(text)))).toEqual([
    '22.5',
    '0.05',
    '-7.25',
    '2/3',
    '-1/7',
    '120',
  ])
})
test('whole steps', () => {
  fc.assert(
    fc.property(rationals, (a) => {
      expect(compared({ n: floorOf(a), d: 1n }, a)).toBeLessThanOrEqual(0)
      expect(compared({ n: ceilOf(a), d: 1n }, a)).toBeGreaterThanOrEqual(0)
    }),
  )
  expect(shownRational(downTo(exact('14.5'), exact('7.5')))).toBe('7.5')
})
test.each([1e21, Number.NaN, 0.1 + 0.2, '1/0', '1/1001', '0.1234567', '', '1e3', ' 1', '1/-2', null, true])(
  '%s is no exact number',
  (value) => expect(rationalOf(value)).toBeUndefined(),
)
test('nothing comes of what was never written', () => {
  expect([readRational(undefined), readRational('open'), readRational('1/0')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(ZERO.n).toBe(0n)
})

describe('days', () => {
  test.each([
    ['2025-11-01', { days: 90 }, '2026-01-30'],
    ['2024-02-29', { years: 1 }, '2025-02-28'],
    ['2025-03-31', { months: -1 }, '2025-02-28'],
    ['2026-01-01', { years: -5, days: -1 }, '2020-12-31'],
    ['9999-12-31', { days: 1 }, undefined],
  ])('%s moved by %j is %s', (day, shift, expected) => expect(shifted(day, shift)).toBe(expected))
  test('a school year goes over the end of the year, and both of its ends are in it', () => {
    const year = [{ from: '07-01', to: '06-30' }]
    expect(['2025-06-30', '2025-07-01', '2026-06-30', '2026-07-01'].map((day) => occurrence(day, year))).toEqual([
      '2024/0',
      '2025/0',
      '2025/0',
      '2026/0',
    ])
    expect(occurrence('2025-07-01', [{ from: '08-16', to: '12-31' }])).toBeUndefined()
  })
})
