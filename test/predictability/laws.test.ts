// Laws that hold of every measure of agreement, whatever the ratings are.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brennanPrediger, fleissKappa, gwetAC, percentAgreement } from '../../src/predictability/agreement.js'
import { cohenKappa, congerKappa } from '../../src/predictability/kappa.js'
import { krippendorffAlpha } from '../../src/predictability/krippendorff.js'
import type { Agreement, AgreementAnswer } from '../../src/predictability/measure.js'
import { type RatingTable, ratingRows, ratingTable } from '../../src/predictability/ratings.js'

const LEVELS = ['a', 'b', 'c', 'd']
const alpha = (metric: 'nominal' | 'ordinal' | 'interval') => (table: RatingTable) =>
  krippendorffAlpha(table, { metric })
const NOMINAL = { percentAgreement, congerKappa, fleissKappa, brennanPrediger, gwetAC, alpha: alpha('nominal') }
const quadratic = { weights: 'quadratic' } as const
const RANKED = {
  linear: (table: RatingTable) => fleissKappa(table, { weights: 'linear' }),
  gwet: (table: RatingTable) => gwetAC(table, quadratic),
  conger: (table: RatingTable) => congerKappa(table, quadratic),
  ordinal: alpha('ordinal'),
  interval: alpha('interval'),
}
type Row = readonly (string | null)[]
const cell = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...LEVELS) }, { weight: 1, arbitrary: fc.constant(null) })
const gaps = fc
  .integer({ min: 2, max: 5 })
  .chain((raters) =>
    fc.array(fc.array(cell, { minLength: raters, maxLength: raters }), { minLength: 1, maxLength: 30 }),
  )
const full = (raters: number) =>
  fc.array(fc.array(fc.constantFrom(...LEVELS), { minLength: raters, maxLength: raters }), {
    minLength: 2,
    maxLength: 40,
  })
const table = (rows: readonly Row[], levels = LEVELS) => ratingRows(rows, { levels })
const numberOf = (answer: AgreementAnswer) => (answer.defined ? answer.value : answer.why)
function same(a: AgreementAnswer, b: AgreementAnswer) {
  expect(a.defined).toBe(b.defined)
  if (!a.defined || !b.defined) {
    expect(numberOf(a)).toBe(numberOf(b))
    return
  }
  expect(a.value).toBeCloseTo(b.value, 9)
  expect(a.standardError ?? -1).toBeCloseTo(b.standardError ?? -1, 7)
}

// One pair that disagrees, and single ratings that make it unlikely: lower than -1, and so is what the interval holds.
test('an interval holds its value where that is below -1', () => {
  const answer = fleissKappa(
    table([
      [null, 'd'],
      ['d', null],
      ['a', 'd'],
    ]),
  )
  expect(numberOf(answer)).toBeCloseTo(-2.6, 12)
  expect((answer as Agreement).interval?.low).toBeLessThan(-2.6)
})
describe.each(Object.entries({ ...NOMINAL, ...RANKED }))('%s', (name, measure) => {
  test('is at most 1, lies in its interval, and says why where it is undefined', () => {
    fc.assert(
      fc.property(gaps, (rows) => {
        const answer = measure(table(rows))
        if (!answer.defined) {
          expect(['no_pairs', 'no_variation']).toContain(answer.why)
          return
        }
        expect(answer.value).toBeLessThanOrEqual(1 + 1e-12)
        expect(Number.isFinite(answer.value)).toBe(true)
        const { interval } = answer
        if (interval === undefined) return
        expect(interval.low).toBeLessThanOrEqual(answer.value + 1e-12)
        expect(interval.high).toBeGreaterThanOrEqual(answer.value - 1e-12)
        expect(interval.high).toBeGreaterThan(interval.low)
      }),
    )
  })
  test('is 1 where all agree and more than one level was given', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LEVELS), { minLength: 2, maxLength: 20 }), (items) => {
        fc.pre(new Set(items).size > 1)
        const answer = measure(table(items.map((level) => [level, level, level])))
        expect(numberOf(answer)).toBeCloseTo(1, 12)
        // A standard error of 0 is no certainty.
        expect(answer).not.toHaveProperty('interval')
      }),
    )
  })
  test('does not change with the order of items and raters', () => {
    fc.assert(
      fc.property(gaps, (rows) =>
        same(measure(table(rows)), measure(table([...rows].reverse().map((row) => [...row].reverse())))),
      ),
    )
  })
  test(
    name in NOMINAL ? 'does not change with the names of levels' : 'does not change where the scale is turned around',
    () => {
      const turned = [...LEVELS].reverse()
      const other = name in NOMINAL ? ['c', 'a', 'd', 'b'] : turned
      fc.assert(fc.property(gaps, (rows) => same(measure(table(rows)), measure(table(rows, other)))))
    },
  )
  test('items without ratings do not count', () => {
    fc.assert(
      fc.property(gaps, (rows) =>
        same(measure(table(rows)), measure(table([...rows, rows[0]?.map(() => null) ?? []]))),
      ),
    )
  })
})

test('with two raters who rated all, Conger is Cohen and both have one error', () => {
  fc.assert(
    fc.property(full(2), (rows) => {
      for (const weights of ['identity', 'linear', 'quadratic'] as const)
        same(cohenKappa(table(rows), { weights }), congerKappa(table(rows), { weights }))
    }),
  )
})
test('with n items of two ratings, alpha = pi + (1 - pi) / 2n (Krippendorff 2011)', () => {
  fc.assert(
    fc.property(full(2), (rows) => {
      const pi = numberOf(fleissKappa(table(rows)))
      const found = numberOf(krippendorffAlpha(table(rows), { metric: 'nominal' }))
      if (typeof pi === 'number') expect(found).toBeCloseTo(pi + (1 - pi) / (2 * rows.length), 9)
      else expect(found).toBe(pi)
    }),
  )
})
test('all items twice: the same kappa, with an error that is smaller by the square root of two', () => {
  fc.assert(
    fc.property(full(2), (rows) => {
      const [once, twice] = [cohenKappa(table(rows)), cohenKappa(table([...rows, ...rows]))]
      expect(once.defined).toBe(twice.defined)
      if (!once.defined || !twice.defined) return
      expect(twice.value).toBeCloseTo(once.value, 9)
      expect((twice.standardError ?? 0) * Math.SQRT2).toBeCloseTo(once.standardError ?? 0, 9)
    }),
  )
})
test('levels that nobody used change weighted kappa by their weights only, and Brennan and Prediger by their number', () => {
  const rows = [
    ['a', 'b'],
    ['b', 'b'],
    ['c', 'b'],
    ['a', 'a'],
  ]
  const wider = [...LEVELS, 'e', 'f']
  expect(numberOf(cohenKappa(table(rows)))).toBeCloseTo(numberOf(cohenKappa(table(rows, wider))) as number, 12)
  expect(numberOf(brennanPrediger(table(rows, wider)))).toBeCloseTo((0.5 - 1 / 6) / (1 - 1 / 6), 12)
  expect(numberOf(brennanPrediger(table(rows)))).toBeCloseTo((0.5 - 1 / 4) / (1 - 1 / 4), 12)
})
test('the error is near what leaving items out shows (jackknife)', () => {
  // A fixed set: large enough for both to speak of the same.
  const level = (index: number, shift: number) =>
    LEVELS[Math.floor(((index * 7919 + shift * (index % 3)) % 997) / 250)] as string
  const rows = Array.from({ length: 150 }, (_, index) => [0, 101, 57].map((shift) => level(index, shift)))
  for (const measure of Object.values({ ...NOMINAL, ...RANKED })) {
    const all = measure(table(rows))
    const without = rows.map(
      (_, out) => numberOf(measure(table(rows.filter((_row, index) => index !== out)))) as number,
    )
    const mean = without.reduce((sum, value) => sum + value, 0) / without.length
    const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    const jackknife = Math.sqrt((squares * (without.length - 1)) / without.length)
    if (!all.defined) throw new Error('undefined')
    expect((all.standardError ?? 0) / jackknife).toBeGreaterThan(0.9)
    expect((all.standardError ?? 0) / jackknife).toBeLessThan(1.1)
  }
})

describe('the table', () => {
  const scale = { levels: ['low', 'high'] }
  test('takes ratings in any order', () => {
    const ratings = [
      { item: 'x', rater: 'A', level: 'low' },
      { item: 'y', rater: 'B', level: 'high' },
      { item: 'x', rater: 'B', level: 'high' },
      { item: 'y', rater: 'A', level: 'high' },
    ]
    const one = ratingTable(ratings, scale)
    expect(one).toMatchObject({
      raters: ['A', 'B'],
      items: ['x', 'y'],
      size: 4,
      levels: ['low', 'high'],
      points: [1, 2],
    })
    same(gwetAC(one), gwetAC(ratingTable(new Set([...ratings].reverse()), scale)))
  })
  test('refuses a level that the rubric does not have', () => {
    expect(() => ratingTable([{ item: 'portfolio 3', rater: 'Ana', level: 'superb' }], scale)).toThrow(
      expect.objectContaining({
        code: 'usage.invalid_ratings',
        message: 'Ana gives portfolio 3 the level "superb", which the scale does not have: there are low, high',
      }),
    )
  })
  test('refuses a rater who gives a level twice, also the same', () => {
    const twice = [1, 2].map(() => ({ item: 'portfolio 3', rater: 'Ana', level: 'low' }))
    expect(() => ratingTable(twice, scale)).toThrow(/Ana rates portfolio 3 twice/)
  })
  test.each([
    [{ levels: ['one'] }, /"levels" has from 2 to 1000 levels/],
    [{ levels: ['a', 'a'] }, /"levels" has "a" twice/],
    [{ levels: ['a', 'b'], points: [1] }, /"points" has one number for each/],
    [{ levels: ['a', 'b'], points: [2, 1] }, /"points" must rise/],
    [{ levels: ['a', 'b'], points: [1, Number.NaN] }, /"points\[1\]" is a number/],
  ])('refuses the scale %j', (bad, message) => {
    expect(() => ratingTable([], bad)).toThrow(message)
  })
  test('reads levels as numbers where they are', () => {
    expect(ratingRows([], { levels: ['0', '1.5', '4'] }).points).toEqual([0, 1.5, 4])
    expect(ratingRows([], { levels: ['4', '1'] }).points).toEqual([1, 2])
  })
})

describe('what is not there', () => {
  test('no ratings, one rater: no pairs', () => {
    for (const rows of [[], [['a'], ['b']]])
      for (const measure of Object.values({ ...NOMINAL, ...RANKED }))
        expect(measure(table(rows))).toMatchObject({ defined: false, why: 'no_pairs', paired: 0 })
  })
  test('one item: a value, and no interval', () => {
    const answer = fleissKappa(table([['a', 'b', 'a']]))
    expect(answer).toMatchObject({ defined: true, items: 1 })
    expect(answer).not.toHaveProperty('interval')
  })
  test('an interval of all that agreed is no point', () => {
    expect(
      percentAgreement(
        table([
          ['a', 'a'],
          ['b', 'b'],
        ]),
      ),
    ).toMatchObject({ value: 1, interval: { method: 'wilson', high: 1 } })
    const { interval } = percentAgreement(
      table([
        ['a', 'a'],
        ['b', 'b'],
      ]),
    ) as { interval: { low: number } }
    expect(interval.low).toBeLessThan(0.4)
  })
  test("Cohen's kappa wants two of three", () => {
    const three = table([['a', 'b', 'a']])
    expect(() => cohenKappa(three)).toThrow(/"raters" is missing: there are 3/)
    expect(() => cohenKappa(three, { raters: ['rater 1', 'nobody'] })).toThrow(
      /"raters\[1\]" is "nobody", who rated nothing/,
    )
    expect(() => cohenKappa(three, { raters: ['rater 1', 'rater 1'] })).toThrow(/names one rater twice/)
  })
  test('a ratio needs points that are not below 0', () => {
    const below = ratingRows([['-1', '2']], { levels: ['-1', '2'] })
    expect(() => krippendorffAlpha(below, { metric: 'ratio' })).toThrow(/"metric" is "ratio"/)
    expect(() => gwetAC(below, { weights: 'ratio' })).toThrow(/"weights" is "ratio"/)
    expect(() => gwetAC(below, { weights: [[1]] })).toThrow(/"weights" has 1 rows, and the scale 2 levels/)
  })
})

describe('size', () => {
  test('a hundred thousand ratings of one item, and as many items of two', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => LEVELS[index % 4] as string)
    const [one, two] = [table([many]), table(many.map((level, index) => [level, index % 3 === 0 ? 'a' : level]))]
    for (const measure of Object.values({ ...NOMINAL, ...RANKED })) {
      expect(measure(one)).toMatchObject({ defined: true, items: 1, raters: 100_000 })
      expect(measure(two)).toMatchObject({ defined: true, items: 100_000 })
    }
  })
})
