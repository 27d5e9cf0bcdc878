// Against tables that anybody can open (Abramowitz and Stegun 26.1, 26.9, 26.10), and against sums of exact whole numbers.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  betaCdf,
  betaQuantile,
  binomialCdf,
  fQuantile,
  hypergeometricCdf,
  lnBeta,
  lnGamma,
  normalCdf,
  normalQuantile,
  tCdf,
  tQuantile,
} from '../../src/internal/distributions.js'
import { Sum, sumOf } from '../../src/internal/sum.js'

const SCALE = 10n ** 30n
/** Of two whole numbers, with thirty digits. */
const ratio = (a: bigint, b: bigint) => Number((a * SCALE) / b) / 1e30
function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n
  let result = 1n
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i)
  return result
}
const near = (actual: number, expected: number, relative = 1e-11) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-12))

describe('normal, Abramowitz and Stegun table 26.1', () => {
  test.each([
    [0, 0.5],
    [0.5, 0.691462461274013],
    [1, 0.841344746068543],
    [2, 0.977249868051821],
    [3, 0.99865010196837],
    [-1, 0.158655253931457],
    [-5, 2.866515718791939e-7],
    [-10, 7.61985302416052e-24],
  ])('P(Z <= %d)', (z, p) => near(normalCdf(z), p, 2e-14 / Math.min(p, 1)))
  test.each([
    [0.975, 1.959963984540054],
    [0.95, 1.644853626951473],
    [0.995, 2.575829303548901],
    [0.5, 0],
    [1e-10, -6.361340902404056],
  ])('quantile of %d', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 11))
})

describe('Student t, Abramowitz and Stegun table 26.10', () => {
  test.each([
    [0.975, 1, 12.706204736432095],
    [0.975, 4, 2.7764451051977987],
    [0.975, 99, 1.9842169515086827],
    [0.95, 10, 1.812461122811676],
    [0.025, 11, -2.200985160082949],
  ])('quantile of %d with %d degrees of freedom', (p, freedom, t) => {
    expect(tQuantile(p, freedom)).toBeCloseTo(t, 9)
    expect(tCdf(t, freedom)).toBeCloseTo(p, 11)
  })
  test('with one degree of freedom it is the Cauchy distribution', () => {
    for (const t of [-30, -1, 0, 0.3, 7]) expect(tCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13)
  })
})

test('F, Abramowitz and Stegun table 26.9', () => {
  expect(fQuantile(0.975, 5, 18)).toBeCloseTo(3.3819679, 6)
  expect(fQuantile(0.95, 1, 10)).toBeCloseTo(4.9646027, 6)
  expect(fQuantile(0.975, 5, 15)).toBeCloseTo(3.5764154, 6)
})

describe('gamma and beta', () => {
  test('ln of factorials', () => {
    let factorial = 0
    for (let n = 1; n <= 170; n++) {
      factorial += Math.log(n)
      expect(Math.abs(lnGamma(n + 1) - factorial)).toBeLessThan(1e-13 * (1 + factorial))
    }
    near(lnGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-14)
  })
  test.each([
    [1, 1],
    [3, 7],
    [4, 1000],
    [50, 60],
    [12, 500],
  ])('1 / B(%d, %d) is a binomial coefficient times a whole number', (a, b) =>
    expect(-lnBeta(a, b)).toBeCloseTo(Math.log(Number(choose(a + b - 2, a - 1) * BigInt(a + b - 1))), 11),
  )
  test('the incomplete beta function and its inverse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 1000, noNaN: true }),
        fc.double({ min: 0.5, max: 1000, noNaN: true }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (a, b, p) => {
          const x = betaQuantile(p, a, b)
          near(betaCdf(x, a, b), p, 1e-9)
          // 1 - x has lost what is below 1e-16, of which the larger argument makes more.
          near(betaCdf(x, a, b) + betaCdf(1 - x, b, a), 1, 1e-10)
        },
      ),
    )
  })
})

describe('binomial', () => {
  test.each([
    [0, 59, 1, 20],
    [3, 52, 4, 100],
    [7, 80, 3, 20],
    [400, 1000, 3, 8],
    [1, 1000, 1, 1000],
  ])('P(X <= %d of %d, %d in %d)', (k, n, of, among) => {
    let sum = 0n
    for (let x = 0; x <= k; x++) sum += choose(n, x) * BigInt(of) ** BigInt(x) * BigInt(among - of) ** BigInt(n - x)
    near(binomialCdf(k, n, of / among), ratio(sum, BigInt(among) ** BigInt(n)))
  })
  test('the ends', () => {
    expect(binomialCdf(-1, 10, 0.5)).toBe(0)
    expect(binomialCdf(10, 10, 0.5)).toBe(1)
    expect(binomialCdf(3, 10, 0)).toBe(1)
    expect(binomialCdf(3, 10, 1)).toBe(0)
  })
  test('a million draws', () => {
    // Half and half: the middle term is the rest of a half.
    near(binomialCdf(499_999, 1_000_000, 0.5), 0.5 - 0.5 * 0.0007978843613317472, 1e-9)
  })
})

describe('hypergeometric', () => {
  test('equals the sum of exact terms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), fc.nat(), (lot, a, b, c) => {
        const bad = a % (lot + 1)
        const n = b % (lot + 1)
        const k = c % (n + 1)
        let sum = 0n
        for (let x = 0; x <= k; x++) sum += choose(bad, x) * choose(lot - bad, n - x)
        const exact = ratio(sum, choose(lot, n))
        expect(hypergeometricCdf(k, lot, bad, n)).toBeCloseTo(exact, 11)
      }),
    )
  })
  test('a lot of a million', () => near(hypergeometricCdf(0, 1_000_000, 1, 250_000), 0.75, 1e-9))
})

describe('compensated sums', () => {
  test('what is small is not lost beside what is large', () => {
    expect(sumOf([1, 1e100, 1, -1e100])).toBe(2)
    const sum = new Sum()
    for (let i = 0; i < 1e5; i++) sum.add(0.1)
    expect(sum.value).toBe(1e4)
  })
})
