// Scores, shares, labels and sample sizes against their sources (facts/vectors.json; Shrout and Fleiss 1979 as printed).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { benchmark } from '../../src/predictability/benchmark.js'
import { generalizability, intraclassCorrelation } from '../../src/predictability/intraclass.js'
import { clopperPearson, wilson } from '../../src/predictability/proportion.js'
import { kappaSampleSize } from '../../src/predictability/sample-size.js'
import { describeShared } from '../shared.js'
import { readVectors, rounding, VECTORS } from './vectors.js'

const asPrinted = (actual: number | undefined, published: number) =>
  expect(Math.abs((actual ?? Number.NaN) - published), `${actual} for ${published}`).toBeLessThanOrEqual(
    rounding(published),
  )

// Table 2 of Shrout and Fleiss 1979: six targets, four judges.
const SCORES = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
]
describe('Shrout and Fleiss 1979', () => {
  const icc = intraclassCorrelation(SCORES)
  test('table 3: mean squares', () => {
    asPrinted(icc.meanSquares.items, 11.24)
    asPrinted(icc.meanSquares.raters, 32.49)
    asPrinted(icc.meanSquares.residual, 1.02)
    asPrinted(icc.meanSquares.within, 6.26)
  })
  // Coefficients of table 4; intervals as R psych's ICC prints them for this table.
  test.each([
    ['icc11', 0.17, -0.13, 0.72],
    ['icc21', 0.29, 0.02, 0.76],
    ['icc31', 0.71, 0.34, 0.95],
    ['icc1k', 0.44, -0.88, 0.91],
    ['icc2k', 0.62, 0.07, 0.93],
    ['icc3k', 0.91, 0.68, 0.99],
  ] as const)('%s is %d, from %d to %d', (form, value, low, high) => {
    asPrinted(icc[form].value, value)
    asPrinted(icc[form].interval?.low, low)
    asPrinted(icc[form].interval?.high, high)
  })
  test('dependability of one rater is ICC(2,1), generalizability ICC(3,1)', () => {
    const [one] = generalizability(SCORES, { raters: [1] }).decisions
    expect(one?.dependability).toBeCloseTo(icc.icc21.value ?? 0, 12)
    expect(one?.generalizability).toBeCloseTo(icc.icc31.value ?? 0, 12)
  })
})

describeShared('scores and shares', { path: VECTORS }, ({ path }) => {
  const { of } = readVectors(path)

  test(`shrout-fleiss-1979: ${of('shrout-fleiss-1979').source}`, () => {
    const { scores, expected } = of('shrout-fleiss-1979')
    const icc = intraclassCorrelation(scores)
    expect(icc.meanSquares.items).toBeCloseTo(expected.meanSquares.targets, 9)
    expect(icc.meanSquares.raters).toBeCloseTo(expected.meanSquares.judges, 9)
    expect(icc.meanSquares.within).toBeCloseTo(expected.meanSquares.withinTargets, 9)
    for (const [form, name] of [
      ['icc11', 'ICC11'],
      ['icc21', 'ICC21'],
      ['icc31', 'ICC31'],
      ['icc1k', 'ICC14'],
      ['icc2k', 'ICC24'],
      ['icc3k', 'ICC34'],
    ] as const)
      expect(icc[form].value).toBeCloseTo(expected[name], 9)
    const raters = expected.decisionStudy.map((row: { raters: number }) => row.raters)
    const study = generalizability(scores, { raters })
    expect(study.variance.item).toBeCloseTo(expected.varianceComponents.person, 9)
    expect(study.variance.rater).toBeCloseTo(expected.varianceComponents.rater, 9)
    for (const [index, row] of expected.decisionStudy.entries()) {
      expect(study.decisions[index]?.generalizability).toBeCloseTo(row.generalizability, 9)
      expect(study.decisions[index]?.dependability).toBeCloseTo(row.dependability, 9)
    }
  })

  test.each(['benchmark-0.67', 'benchmark-ac1'])('%s', (id) => {
    const { coefficient, se, expected, published } = of(id)
    const scales = {
      landisKoch: 'landis-koch',
      altman: 'altman',
      fleiss: 'fleiss',
      cicchettiSparrow: 'cicchetti-sparrow',
      regier: 'regier',
    } as const
    for (const [name, scale] of Object.entries(scales)) {
      const found = benchmark({ value: coefficient, standardError: se }, { scale })
      expect(found.cumulative.map(({ probability }) => Math.round(probability * 1e5) / 1e5)).toEqual(expected[name])
      if (typeof published[name] === 'string') expect(found.claimed).toBe(published[name])
    }
    expect(benchmark({ value: coefficient, standardError: se }).claimed).toBe('Moderate')
  })

  test(`proportion-intervals-95: ${of('proportion-intervals-95').source}`, () => {
    const { cases, published } = of('proportion-intervals-95')
    for (const { x, n, wilson: score, clopperPearson: exact } of cases) {
      const [a, b] = [wilson(x, n), clopperPearson(x, n)]
      expect([a.low, a.high].map((end) => Math.round(end * 1e8) / 1e8)).toEqual(score)
      expect([b.low, b.high].map((end) => Math.round(end * 1e8) / 1e8)).toEqual(exact)
      const printed = published[`${x}/${n}`]
      if (printed === undefined) continue
      asPrinted(a.low, printed.wilson[0])
      asPrinted(a.high, printed.wilson[1])
      asPrinted(b.low, printed.clopperPearson[0])
      asPrinted(b.high, printed.clopperPearson[1])
    }
  })

  test(`kappa-sample-size: ${of('kappa-sample-size').source}`, () => {
    for (const { kappa, p, halfWidth, n } of of('kappa-sample-size').expected)
      expect(kappaSampleSize({ kappa, passShare: p, halfWidth })).toBe(n)
  })
})

describe('labels', () => {
  test('Gwet 2014, chapter 6: .67 looks substantial, and moderate may be claimed', () => {
    expect(benchmark({ value: 0.67, standardError: 0.15 })).toMatchObject({
      apparent: 'Substantial',
      claimed: 'Moderate',
    })
  })
  test('where the scale ends above what it may be, none', () => {
    expect(benchmark({ value: -0.5, standardError: 0.05 }, { scale: 'regier' }).claimed).toBeUndefined()
  })
  test('without an error, what it is', () => {
    expect(benchmark({ value: 0.6, standardError: 0 })).toMatchObject({
      claimed: 'Substantial',
      apparent: 'Substantial',
    })
  })
})

describe('intervals of shares', () => {
  const counts = fc
    .integer({ min: 1, max: 5000 })
    .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))
  test('never a point, and around the share', () => {
    fc.assert(
      fc.property(counts, ([held, of]) => {
        for (const { low, high } of [wilson(held, of), clopperPearson(held, of)]) {
          expect(low).toBeGreaterThanOrEqual(0)
          expect(high).toBeLessThanOrEqual(1)
          expect(low).toBeLessThanOrEqual(held / of)
          expect(high).toBeGreaterThanOrEqual(held / of)
          expect(high - low).toBeGreaterThan(0)
        }
      }),
    )
  })
  test('turned around they are each other', () => {
    fc.assert(
      fc.property(counts, ([held, of]) => {
        expect(clopperPearson(held, of).low).toBeCloseTo(1 - clopperPearson(of - held, of).high, 9)
        expect(wilson(held, of).low).toBeCloseTo(1 - wilson(of - held, of).high, 12)
      }),
    )
  })
  test('refuses counts that cannot be', () => {
    expect(() => wilson(3, 2)).toThrow(/"held" is more than there are/)
    expect(() => wilson(0, 0)).toThrow(/"of" is a whole number from 1/)
    expect(() => clopperPearson(1.5, 2)).toThrow(/"held" is a whole number/)
  })
})

describe('scores that say nothing', () => {
  test('no variation: undefined', () => {
    const same = [
      [3, 3],
      [3, 3],
    ]
    expect(intraclassCorrelation(same).icc21).toEqual({ value: undefined })
    expect(generalizability(same).decisions[0]).toEqual({
      raters: 1,
      generalizability: undefined,
      dependability: undefined,
    })
  })
  test('perfect order: 1', () => {
    const icc = intraclassCorrelation([
      [1, 1],
      [2, 2],
      [5, 5],
    ])
    expect(icc.icc21.value).toBe(1)
    expect(icc.icc31.value).toBe(1)
  })
  test('a negative variance is 0, and said', () => {
    const study = generalizability([
      [1, 3],
      [3, 1],
    ])
    expect(study).toMatchObject({ variance: { item: 0 }, negative: ['item', 'rater'] })
  })
  test('large numbers near each other lose nothing', () => {
    const far = SCORES.map((row) => row.map((score) => score + 1e9))
    expect(intraclassCorrelation(far).icc21.value).toBeCloseTo(intraclassCorrelation(SCORES).icc21.value ?? 0, 6)
  })
  test.each([
    [[[1, 2]], /"scores" needs at least two items/],
    [[[1], [2]], /"scores\[0\]" needs the scores of at least two raters/],
    [[[1, 2], [3]], /"scores\[1\]" has not 2 scores as the first row/],
  ])('%j is refused', (scores, message) => {
    expect(() => intraclassCorrelation(scores)).toThrow(message)
  })
  test('a pass mark far from the mean is decided more surely than one at the mean', () => {
    const mark = (passMark: number) => generalizability(SCORES, { raters: [2], passMark }).decisions[0]?.atPassMark ?? 0
    const { mean, decisions } = generalizability(SCORES, { raters: [2] })
    expect(mark(mean)).toBeCloseTo(decisions[0]?.dependability ?? 0, 12)
    expect(mark(1)).toBeGreaterThan(mark(4))
  })
})
