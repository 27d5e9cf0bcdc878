import fc from 'fast-check'
import { expect, test } from 'vitest'
import { circlesOf } from '../../src/internal/circles.js'

test('two are in one part where each leads to the other', () => {
  const graph = fc.array(fc.array(fc.nat(7), { maxLength: 4 }), { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(graph, (leads) => {
      const items = leads.map((_, index) => index)
      const circles = circlesOf(items, (item) => leads[item] ?? [])
      expect(circles.flat().sort()).toEqual(items)
      const circleOf = (item: number) => circles.find((circle) => circle.includes(item))
      for (const a of items)
        for (const b of items) {
          const isOne = reaches(leads, a, b) && reaches(leads, b, a)
          expect(circleOf(a) === circleOf(b)).toBe(isOne)
        }
    }),
  )
})

function reaches(leads: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set([from])
  for (const item of seen) for (const next of leads[item] ?? []) seen.add(next)
  return seen.has(to)
}

test('a circle of 100 000 is one, by asking each item once', () => {
  const items = Array.from({ length: 100_000 }, (_, index) => index)
  let asked = 0
  const circles = circlesOf(items, (item) => {
    asked++
    return [(item + 1) % items.length]
  })
  expect(circles.map(({ length }) => length)).toEqual([items.length])
  expect(asked).toBe(items.length)
})
