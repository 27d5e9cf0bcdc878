// What a badge, or a crosswalk, may make us work grows with what it says, and no faster.
import { expect, test } from 'vitest'
import type { ContextOfUse } from '../../src/model/extension-context.js'
import { growthOf, workOfAsync } from '../work.js'

const { checkQuality, assessStack, checkCrosswalks } = await import('../../src/entries/competency.js')
const { credentialOf, NOW, plainReportOf } = await import('./reports.js')

const A = 'https://f.example/a'
const other = (n: number) => `https://x.example/${n}`

test('a badge with many of everything, under each profile', async () => {
  const badgeOf = (size: number) => {
    const levels = Array.from({ length: size }, (_, n) => ({ id: `urn:x:level-${n}`, name: `L${n}`, level: `${n}` }))
    return credentialOf({
      aligned: Array.from({ length: size }, (_, n) => other(n)),
      resultDescription: [
        {
          id: 'urn:x:scale',
          name: 'S',
          resultType: 'RubricCriterionLevel',
          requiredLevel: 'urn:x:level-1',
          rubricCriterionLevel: levels,
        },
      ],
      result: levels.map(({ id }) => ({ resultDescription: 'urn:x:scale', achievedLevel: id })),
      evidence: Array.from({ length: size }, (_, n) => ({ id: `https://e.example/Ada-${n}.mp4`, name: 'Ada' })),
    })
  }
  for (const profile of ['three-conditions', 'eu-2022', 'published-practice', 'self-contained'] as const) {
    const work = async (size: number) => {
      const badge = badgeOf(size)
      return workOfAsync(() => checkQuality(badge, profile, { now: NOW, recipientNames: ['Ada Lovelace'] }))
    }
    await work(50)
    const [one, two, four] = [await work(100), await work(200), await work(400)]
    expect(two / one, profile).toBeLessThan(2.6)
    expect(four / one, profile).toBeLessThan(5.2)
  }
})

test('crosswalks that hold in contexts, and badges that were shown in many', () => {
  const contexts = (count: number): ContextOfUse[] => Array.from({ length: count }, (_, n) => ({ subject: [`s${n}`] }))
  const assess = (size: number) => {
    const matches = contexts(8).flatMap((context, of) =>
      Array.from({ length: size }, (_, n) => ({
        from: other(of * size + n),
        to: A,
        relation: 'exact' as const,
        context,
      })),
    )
    const reports = Array.from({ length: 10 }, (_, n) =>
      plainReportOf({ id: `b${n}`, aligned: [other(n)], shownIn: contexts(50) }),
    )
    return assessStack(
      reports,
      { id: 'urn:x:s', name: 'S', requirements: [{ id: 'r', competency: A, context: { subject: ['s1'] } }] },
      {
        frameworks: [{ id: 'https://f.example', name: 'F', competencies: [{ id: A, name: 'A' }] }],
        crosswalks: [{ source: 's', matches }],
        now: NOW,
      },
    )
  }
  expect(assess(10).outcome).toBe('met')
  const [two = 0, four = 0] = growthOf(assess, 50)
  expect(two).toBeLessThan(2.6)
  expect(four).toBeLessThan(5.2)
  const check = (size: number) =>
    checkCrosswalks([
      {
        source: 's',
        matches: contexts(size).map((context, n) => ({ from: other(n), to: A, relation: 'exact' as const, context })),
      },
    ])
  // Each of so many contexts is held against what holds everywhere, which here is nothing.
  const [double = 0, fourfold = 0] = growthOf(check, 8)
  expect(double).toBeLessThan(4.5)
  expect(fourfold).toBeLessThan(17)
})
