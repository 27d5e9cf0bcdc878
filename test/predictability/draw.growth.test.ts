// Drawing a sample is linear in badges, and a million of them are drawn from.
import { expect, test } from 'vitest'
import { growthOf } from '../work.js'

const { planAudit } = await import('../../src/predictability/audit-plan.js')
const { drawSample } = await import('../../src/predictability/draw-sample.js')

const badgesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `urn:badge:${index}`,
    achievement: `urn:achievement:${index % 7}`,
  }))
const draw = (badges: number) =>
  drawSample(badgesOf(badges), planAudit({ badges, tolerate: 0.1 }), 'lottery of 5 May 2030')

test('the work grows with the badges', () => {
  const [twice, fourTimes] = growthOf(draw, 20_000)
  expect(twice).toBeLessThan(2.2)
  expect(fourTimes).toBeLessThan(4.5)
})
test('a million', () => {
  const { sample, population } = draw(1_000_000)
  expect(sample).toHaveLength(29)
  expect(population.strata).toHaveLength(7)
})
