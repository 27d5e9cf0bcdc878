// "n of, each credential once": the flow and the choosing against trying everything out.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assessStack } from '../../src/competency/assess-stack.js'
import { assign, type Formula } from '../../src/competency/distinct.js'
import type { CompetencyFramework, CompetencyStack, Requirement } from '../../src/competency/types.js'
import { NOW, reportOf } from './reports.js'

/** Gives leaves numbers. */
type Shape = 'leaf' | { readonly atLeast: number; readonly of: readonly Shape[] }
const shapes = (depth: number): fc.Arbitrary<Shape> =>
  depth === 0
    ? fc.constant('leaf' as const)
    : fc.oneof(
        { weight: 2, arbitrary: fc.constant('leaf' as const) },
        {
          weight: 1,
          arbitrary: fc
            .array(shapes(depth - 1), { minLength: 1, maxLength: 4 })
            .chain((of) => fc.integer({ min: 1, max: of.length }).map((atLeast) => ({ atLeast, of }))),
        },
      )

function numbered(shape: Shape): { formula: Formula; leaves: number } {
  let leaves = 0
  const visit = (part: Shape): Formula =>
    part === 'leaf' ? { leaf: leaves++ } : { atLeast: part.atLeast, of: part.of.map(visit) }
  return { formula: visit(shape), leaves }
}

const holds = (formula: Formula, met: (leaf: number) => boolean): boolean =>
  'leaf' in formula ? met(formula.leaf) : formula.of.filter((part) => holds(part, met)).length >= formula.atLeast

/** Tries every way to give each leaf a credential of its own, or none. */
function bruteForce(
  formula: Formula,
  candidates: readonly (readonly number[])[],
  leaf = 0,
  given = new Map<number, number>(),
): boolean {
  if (leaf === candidates.length) return holds(formula, (each) => given.has(each))
  if (bruteForce(formula, candidates, leaf + 1, given)) return true
  return (candidates[leaf] ?? []).some((credential) => {
    if ([...given.values()].includes(credential)) return false
    const found = bruteForce(formula, candidates, leaf + 1, new Map([...given, [leaf, credential]]))
    return found
  })
}

const problems = shapes(3)
  .map(numbered)
  .filter(({ leaves }) => leaves <= 7)
  .chain(({ formula, leaves }) =>
    fc.record({
      formula: fc.constant(formula),
      candidates: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), {
        minLength: leaves,
        maxLength: leaves,
      }),
    }),
  )

describe('assign', () => {
  test('finds an assignment exactly where there is one', () => {
    let found = 0
    let none = 0
    fc.assert(
      fc.property(problems, ({ formula, candidates }) => {
        const assignment = assign(formula, candidates)
        const expected = bruteForce(formula, candidates)
        expect(assignment !== undefined).toBe(expected)
        if (expected) found++
        else none++
        if (!(assignment instanceof Map)) return
        const spent = [...assignment.values()]
        expect(new Set(spent).size).toBe(spent.length)
        for (const [leaf, credential] of assignment) expect(candidates[leaf]).toContain(credential)
        expect(holds(formula, (leaf) => assignment.has(leaf))).toBe(true)
      }),
      { numRuns: 3000, seed: 20300131 },
    )
    expect(Math.min(found, none)).toBeGreaterThan(500)
  })
  test('greedy would fail: the only credential for the second leaf is the first choice of the first', () => {
    const both = { atLeast: 2, of: [{ leaf: 0 }, { leaf: 1 }] }
    expect(assign(both, [[0, 1], [0]])).toEqual(
      new Map([
        [0, 1],
        [1, 0],
      ]),
    )
    expect(assign(both, [[0], [0]])).toBeUndefined()
  })
  test('40 of 60 with 45 credentials: a flow, no search', () => {
    const of = Array.from({ length: 60 }, (_, leaf) => ({ leaf }))
    const candidates = of.map(({ leaf }) =>
      Array.from({ length: 45 }, (_, credential) => credential).filter((credential) => (leaf + credential) % 3 === 0),
    )
    expect(assign({ atLeast: 40, of }, candidates)).toBeInstanceOf(Map)
  })
  test('what would take for ever ends, and says so', () => {
    // 20 of 40 pairs, of which no two can be had together.
    const of = Array.from({ length: 40 }, (_, pair) => ({
      atLeast: 2,
      of: [{ leaf: 2 * pair }, { leaf: 2 * pair + 1 }],
    }))
    const candidates = of.flatMap((_, pair) => [[pair % 2], [2 + (pair % 3)]])
    // Five credentials are too few, which is told without a search; with others beside them somebody would have to try.
    expect(assign({ atLeast: 20, of }, candidates)).toBeUndefined()
    const others = Array.from({ length: 50 }, (_, credential) => 10 + credential)
    const more = { atLeast: 2, of: [{ atLeast: 20, of }, { leaf: 80 }] }
    expect(assign(more, [...candidates, others])).toBe('too-complex')
  })
  test('three that are asked, each by many ways, and one credential: told without a search', () => {
    // Sets of sets, all of which come down to the one badge that is there.
    const leaves: number[][] = []
    const ways = (depth: number): Formula => {
      const leaf = { leaf: leaves.push([0]) - 1 }
      return depth === 0
        ? leaf
        : { atLeast: 1, of: [leaf, ...Array.from({ length: 6 }, () => ({ atLeast: 1, of: [ways(depth - 1)] }))] }
    }
    const formula = { atLeast: 3, of: [ways(3), ways(3), ways(3)] }
    expect(assign(formula, leaves)).toBeUndefined()
    // Nor where there are enough in all, but not for these.
    const spare = { leaf: leaves.push(Array.from({ length: 9 }, (_, index) => index + 1)) - 1 }
    expect(assign({ atLeast: 2, of: [formula, spare] }, leaves)).toBeUndefined()
  })
})

const C = (n: number) => `https://school.example/c/${n}`
const framework: CompetencyFramework = {
  id: 'https://school.example/f',
  name: 'F',
  competencies: [
    ...Array.from({ length: 7 }, (_, n) => ({ id: C(n), name: `C${n}` })),
    { id: C(10), name: 'Set', parts: [C(0), C(1)] },
  ],
}

describe('assessStack', () => {
  const requirements = (shape: Shape, ids: readonly number[], distinct: boolean) => {
    let next = 0
    let gate = 0
    const visit = (part: Shape): Requirement => {
      if (part === 'leaf') {
        const n = next++
        return { id: `leaf ${n}`, competency: C(ids[n % ids.length] ?? 0), covers: 'parts' }
      }
      const top = gate === 0 && distinct ? { distinct } : {}
      return { id: `gate ${gate++}`, anyOf: part.of.map(visit), atLeast: part.atLeast, ...top }
    }
    return visit(shape)
  }
  const stacks = fc.record({
    shape: shapes(3).filter((shape) => shape !== 'leaf' && numbered(shape).leaves <= 6),
    ids: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 6, maxLength: 6 }),
    badges: fc.array(
      fc.record({
        aligned: fc.uniqueArray(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(10)), {
          minLength: 1,
          maxLength: 3,
        }),
        sure: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
      }),
      { maxLength: 5 },
    ),
    distinct: fc.boolean(),
  })
  const covers = (aligned: readonly number[], competency: number) =>
    aligned.includes(competency) || (competency < 2 && aligned.includes(10))

  test('met, uncertain and not-met are what trying everything out says; suggestions close the gap, and no other single badge does', () => {
    const seen = { met: 0, uncertain: 0, 'not-met': 0 }
    let suggested = 0
    fc.assert(
      fc.property(stacks, ({ shape, ids, badges, distinct }) => {
        const { formula, leaves } = numbered(shape)
        const oracle = (given: readonly (readonly number[])[]) => {
          const candidates = Array.from({ length: leaves }, (_, leaf) =>
            given.flatMap((aligned, badge) => (covers(aligned, ids[leaf % ids.length] ?? 0) ? [badge] : [])),
          )
          return distinct
            ? bruteForce(formula, candidates)
            : holds(formula, (leaf) => (candidates[leaf] ?? []).length > 0)
        }
        const sure = badges.filter((badge) => badge.sure).map(({ aligned }) => aligned)
        const expected = oracle(sure) ? 'met' : oracle(badges.map(({ aligned }) => aligned)) ? 'uncertain' : 'not-met'
        const reports = badges.map(({ aligned, sure }, index) =>
          reportOf(
            { id: `b${index}`, aligned: aligned.map(C) },
            sure ? {} : { outcome: 'indeterminate', because: 'status.unreachable' },
          ),
        )
        const stack: CompetencyStack = {
          id: 'urn:x:stack',
          name: 'S',
          requirements: [requirements(shape, ids, distinct)],
        }
        const report = assessStack(reports, stack, { frameworks: [framework], now: NOW })
        expect(report.outcome).toBe(expected)
        seen[report.outcome]++
        const [top] = report.requirements
        if (report.outcome === 'met') return
        const closing = [0, 1, 2, 3, 4, 5, 6, 10].filter(
          (n) => ids.slice(0, leaves).some((id) => covers([n], id)) && oracle([...sure, [n]]),
        )
        expect([...(top?.suggestions ?? [])].sort()).toEqual(closing.map(C).sort())
        suggested += closing.length
        // In another order the reports say the same.
        expect(assessStack([...reports].reverse(), stack, { frameworks: [framework], now: NOW })).toEqual(report)
      }),
      { numRuns: 600, seed: 20300131 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(30)
    expect(suggested).toBeGreaterThan(100)
  })
})
