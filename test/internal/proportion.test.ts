// Two shares beside each other: Newcombe 1998, Stat. Med. 17:873-890, table II, method 10 (recalled; each agrees to its four figures), and
// examples of R's documentation of fisher.test.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceRange, fisherExact } from '../../src/internal/proportion.js'

const of = (held: number, all: number) => ({ held, of: all })

describe('the difference of two shares', () => {
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i/%i - %i/%i', (held, all, other, others, low, high) => {
    const range = differenceRange(of(other, others), of(held, all), 0.95)
    expect(range.low).toBeCloseTo(low, 4)
    expect(range.high).toBeCloseTo(high, 4)
    expect(range.value).toBeCloseTo(held / all - other / others, 12)
  })
})

describe("Fisher's exact test", () => {
  test.each([
    // Fisher's tea drinker, and criminal twins: ?fisher.test
    [3, 4, 1, 4, 0.4857],
    [2, 17, 10, 13, 0.0005367],
    [0, 10, 0, 10, 1],
  ])('%i/%i and %i/%i', (held, all, other, others, p) => {
    expect(fisherExact(of(held, all), of(other, others))).toBeCloseTo(p, p < 0.01 ? 7 : 4)
  })
  test('laws: a probability; the same both ways round, and for failures', () => {
    const counted = fc.tuple(fc.nat(60), fc.nat(60)).map(([held, more]) => of(held, held + more + 1))
    fc.assert(
      fc.property(counted, counted, (a, b) => {
        const p = fisherExact(a, b)
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(fisherExact(b, a)).toBeCloseTo(p, 9)
        expect(fisherExact(of(a.of - a.held, a.of), of(b.of - b.held, b.of))).toBeCloseTo(p, 9)
      }),
    )
  })
})
