// The documentation of assessStack against the plainest evaluator of it: test/competency/oracle/oracle.ts.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assessStack } from '../../../src/competency/assess-stack.js'
import type { Requirement } from '../../../src/competency/types.js'
import type { VerificationReport } from '../../../src/entries/index.js'
import { endorsementBy, NOW, plainReportOf, TEACHER } from '../reports.js'
import type { Held } from './held.js'
import { leavesIn, Oracle } from './oracle.js'
import { type World, worlds } from './worlds.js'

/** `npm run fuzz` takes ten times as many. */
const RUNS = 2000

const tally = {
  worlds: 0,
  requirements: 0,
  extending: 0,
  met: 0,
  uncertain: 0,
  'not-met': 0,
  ending: 0,
  suggestions: 0,
}

function judgedAlike({ reports, stack, options }: World) {
  const oracle = new Oracle(options)
  const expected = oracle.judge(reports, stack)
  const report = assessStack(reports, stack, options)
  const until = ({ expires }: { expires?: string }) =>
    expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(expires)
  expect(report.requirements.map(({ id, outcome }) => [id, outcome])).toEqual(
    expected.requirements.map(({ id, outcome }) => [id, outcome]),
  )
  expect(report.outcome).toBe(expected.outcome)
  if (report.outcome === 'met') expect(until(report)).toBe(expected.until)
  for (const [index, { closers, outcome }] of expected.requirements.entries()) {
    const suggestions = report.requirements[index]?.suggestions ?? []
    expect([...suggestions].sort()).toEqual([...closers].sort())
    tally.requirements++
    tally[outcome]++
    tally.suggestions += closers.length
  }
  tally.worlds++
  if (stack.extends !== undefined) tally.extending++
  if (Number.isFinite(expected.until) && expected.outcome === 'met') tally.ending++
}

test('outcomes, ends and suggestions are those of the oracle', { timeout: 900_000 }, () => {
  fc.assert(fc.property(worlds, judgedAlike), { numRuns: RUNS })
  // What has never been seen was not compared.
  expect(Math.min(...Object.values(tally))).toBeGreaterThan(RUNS / 30)
  if (process.env.BADGEWRIGHT_FUZZ_TIMES !== undefined) console.log(`compared: ${JSON.stringify(tally)}`)
})

test('a suggestion followed closes its gap', { timeout: 900_000 }, () => {
  let followed = 0
  fc.assert(
    fc.property(worlds, ({ reports, stack, options }) => {
      const oracle = new Oracle(options)
      for (const [index, { suggestions = [] }] of assessStack(reports, stack, options).requirements.entries())
        for (const id of suggestions) {
          const closes = oracle.idealsOf(id, oracle.askedBy(stack)[index] as Requirement).some((ideal) => {
            const report = assessStack(
              [...reports, reportOfIdeal(ideal, oracle.askedBy(stack)[index] as Requirement)],
              stack,
              { ...options, person: TEACHERS },
            )
            return report.requirements[index]?.outcome === 'met'
          })
          expect(closes).toBe(true)
          followed++
        }
    }),
    { numRuns: RUNS / 10 },
  )
  expect(followed).toBeGreaterThan(RUNS / 20)
})

const TEACHERS = [{ id: TEACHER }, { id: 'did:example:bob' }]

/** As a verifier would report it. */
function reportOfIdeal(
  { id, issuer, names, results, endorsements }: Held,
  requirement: Requirement,
): VerificationReport {
  const [level] = results.flatMap(({ levels }) => levels)
  const rubric = level === undefined ? {} : { rubric: { levels: [level], reached: 0 } }
  const shownIn = leavesIn(requirement).flatMap(({ context }) => context ?? [])
  return plainReportOf(
    {
      id,
      issuer,
      aligned: names,
      ...rubric,
      ...(shownIn.length === 0 ? {} : { shownIn }),
      evidence: [{ narrative: 'All of it.' }],
      validFrom: NOW.toISOString(),
    },
    { endorsements: endorsements.map(({ by }) => endorsementBy(by, id)) },
  )
}
