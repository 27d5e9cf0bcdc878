// A person with 200 000 badges: the work grows with them and no faster, whatever the badges have in common.
import { expect, test } from 'vitest'
import { growthOf } from '../work.js'

const { decideCredit } = await import('../../src/credit/decide-credit.js')
const { badge, badges, examplePolicy, fact, NOW, period } = await import('./people.js')

const tennessee = examplePolicy('us-tn-pdp')
const facts = [period('license-term', '2024-01-01', '2027-12-31')]
const decide = (reports: ReturnType<typeof badges>, policy = tennessee, more: object = {}) =>
  decideCredit(policy, { reports, facts, now: NOW, person: { id: 'did:example:teacher-17' }, ...more })

const shapes: Record<string, (count: number) => unknown> = {
  'different achievements': (count) => decide(badges(count, '2025-01-01')),
  'one achievement, again and again': (count) => decide(badges(count, '2025-01-01', { achievement: 'urn:x:one' })),
  'one piece of work, under as many ids': (count) =>
    decide(badges(count, '2025-01-01', { achievement: 'urn:x:one', evidence: [{ id: 'https://work.example/' }] })),
  'none of them settled': (count) =>
    decide(
      Array.from({ length: count }, () =>
        badge('2025-01-01', { achievement: 'urn:x:one' }, { outcome: 'indeterminate', because: 'status.unreachable' }),
      ),
    ),
  'groups, limits by year, and a history': (count) => {
    const policy = examplePolicy('us-il-cba-stacks')
    const parameters = { 'hours of a stack': '1/3', 'hours of a lane': 9, stacks: ['urn:x:one'] }
    const reports = badges(count, '2025-01-01')
    const history = [decide(reports)]
    return decide(reports, policy, { parameters, history, facts: [...facts, fact('grade', { value: 'A' })] })
  },
}
test.each(Object.entries(shapes))('%s', (_, run) => {
  const [twice, fourTimes] = growthOf(run, 500)
  expect(twice).toBeLessThan(2.3)
  expect(fourTimes).toBeLessThan(4.8)
})

test('200 000 badges', () => {
  const { purposes } = decide(badges(200_000, '2025-01-01'))
  expect(purposes[0]).toMatchObject({ outcome: 'met', sum: '1200000' })
})
