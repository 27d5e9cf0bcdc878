import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sortShort } from '../../src/canonical/short-sort.js'

type Item = readonly [rank: number, from: number]
const byRank = ([a]: Item, [b]: Item) => a - b
const items = fc.array(fc.nat(8), { maxLength: 60 }).map((ranks) => ranks.map((rank, from): Item => [rank, from]))

describe('sortShort', () => {
  test('sorts as Array.prototype.sort does, equals in the order they came, in place', () => {
    fc.assert(
      fc.property(items, (given) => {
        const copy = [...given]
        expect(sortShort(copy, byRank)).toBe(copy)
        expect(copy).toEqual([...given].sort(byRank))
      }),
    )
  })
})
