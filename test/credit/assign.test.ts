// "Each credit counts once": the flow, and the choosing where badges may not be divided, against trying everything out.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Assignment, assign, type Task } from '../../src/credit/assign.js'
import { compared, isLess, least, minus, type Rational, rationalOf, sumOf, ZERO } from '../../src/credit/rational.js'

const whole = (number: number): Rational => ({ n: BigInt(number), d: 1n })

interface Problem {
  readonly portions: readonly { readonly amount: number; readonly groups: readonly number[] }[]
  readonly groups: readonly { readonly atLeast: number; readonly more: number | undefined }[]
  /** The first so many portions together, so that limits nest. */
  readonly limits: readonly { readonly first: number; readonly atMost: number }[]
}

const problems = fc.record({
  portions: fc.array(
    fc.record({
      amount: fc.integer({ min: 1, max: 3 }),
      groups: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  groups: fc.array(
    fc.record({
      atLeast: fc.integer({ min: 0, max: 4 }),
      more: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
    }),
    { minLength: 3, maxLength: 3 },
  ),
  limits: fc.array(fc.record({ first: fc.integer({ min: 1, max: 4 }), atMost: fc.integer({ min: 0, max: 6 }) }), {
    maxLength: 2,
  }),
})

const taskOf = ({ portions, groups, limits }: Problem, isDivisible: boolean): Task => ({
  portions: portions.map(({ amount, groups: own }) => ({ amount: whole(amount), groups: own })),
  groups: groups.map(({ atLeast, more }) => ({
    atLeast: whole(atLeast),
    atMost: more === undefined ? undefined : whole(atLeast + more),
  })),
  capacities: limits.map(({ first, atMost }) => ({
    members: portions.flatMap((_, index) => (index < first ? [index] : [])),
    atMost: whole(atMost),
  })),
  isDivisible,
  bound: 'sure',
})

/** What is needed, then the whole: of the best way to send units of credit to groups, one by one. */
function bruteForce({ portions, groups, limits }: Problem, isDivisible: boolean): readonly [number, number] {
  const units = portions.flatMap(({ amount, groups: own }, portion) =>
    Array.from({ length: amount }, () => ({ portion, own })),
  )
  let best: readonly [number, number] = [-1, -1]
  const filled = groups.map(() => 0)
  const within = limits.map(() => 0)
  const chosen = new Map<number, number>()
  const visit = (index: number, whole: number): void => {
    const unit = units[index]
    if (unit === undefined) {
      const needed = groups.reduce((sum, { atLeast }, group) => sum + Math.min(atLeast, filled[group] ?? 0), 0)
      if (needed > best[0] || (needed === best[0] && whole > best[1])) best = [needed, whole]
      return
    }
    visit(index + 1, whole)
    if (limits.some(({ first, atMost }, limit) => unit.portion < first && (within[limit] ?? 0) >= atMost)) return
    const spend = (by: number) => {
      for (const [limit, { first }] of limits.entries())
        if (unit.portion < first) within[limit] = (within[limit] ?? 0) + by
    }
    spend(1)
    if (unit.own.length === 0) visit(index + 1, whole + 1)
    for (const group of unit.own) {
      const { atLeast, more } = groups[group] ?? { atLeast: 0, more: 0 }
      if (more !== undefined && (filled[group] ?? 0) >= atLeast + more) continue
      const before = chosen.get(unit.portion)
      if (!isDivisible && before !== undefined && before !== group) continue
      chosen.set(unit.portion, group)
      filled[group] = (filled[group] ?? 0) + 1
      visit(index + 1, whole + 1)
      filled[group] = (filled[group] ?? 0) - 1
      if (before === undefined) chosen.delete(unit.portion)
      else chosen.set(unit.portion, before)
    }
    spend(-1)
  }
  visit(0, 0)
  return best
}

function worthOf({ groups }: Task, { filled, counted }: Assignment): readonly [number, number] {
  const needed = sumOf(groups.map(({ atLeast }, index) => least(atLeast, filled[index] ?? ZERO)))
  return [Number(needed.n), Number(sumOf(counted).n)]
}

/** Nothing counts twice, or above a bound, or in a group that it is not of. */
function isSound({ portions, groups, capacities, isDivisible }: Task, { counted, into, filled }: Assignment): boolean {
  const sums = groups.map((_, group) => sumOf(into.map((one) => one.get(group) ?? ZERO)))
  return (
    portions.every(({ amount, groups: own }, index) => {
      const places = [...(into[index] ?? [])]
      const inGroups = sumOf(places.map(([, one]) => one))
      return (
        !isLess(amount, counted[index] ?? ZERO) &&
        places.every(([group]) => own.includes(group)) &&
        (own.length === 0 || compared(inGroups, counted[index] ?? ZERO) === 0) &&
        (isDivisible || places.length < 2)
      )
    }) &&
    sums.every((sum, group) => compared(sum, filled[group] ?? ZERO) === 0) &&
    groups.every(({ atMost }, group) => atMost === undefined || !isLess(atMost, filled[group] ?? ZERO)) &&
    capacities.every(({ members, atMost }) => !isLess(atMost, sumOf(members.map((member) => counted[member] ?? ZERO))))
  )
}

describe.each([
  ['divided among groups', true],
  ['each badge in one group', false],
])('%s', (_, isDivisible) => {
  test('no way is better, and nothing counts twice', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const task = taskOf(problem, isDivisible)
        const found = assign(task)
        expect(found.isExact).toBe(true)
        expect(isSound(task, found)).toBe(true)
        expect(worthOf(task, found)).toEqual(bruteForce(problem, isDivisible))
      }),
      { numRuns: 300 },
    )
  })
})

test('limits that overlap are kept, and it is said that there may be more', () => {
  const portion = { amount: whole(2), groups: [0] }
  const task: Task = {
    portions: [portion, portion, portion],
    groups: [{ atLeast: whole(6), atMost: undefined }],
    capacities: [
      { members: [0, 1], atMost: whole(2) },
      { members: [1, 2], atMost: whole(2) },
    ],
    isDivisible: true,
    bound: 'sure',
  }
  const sure = assign(task)
  expect(sure.isExact).toBe(false)
  expect(isSound(task, sure)).toBe(true)
  const possible = assign({ ...task, bound: 'possible' })
  expect(isLess(sumOf(possible.counted), sumOf(sure.counted))).toBe(false)
})

test('what takes too many ways is told, and bounded', () => {
  const task: Task = {
    portions: Array.from({ length: 24 }, (_, index) => ({
      amount: rationalOf(`${index + 5}/7`) as Rational,
      groups: [0, 1, 2],
    })),
    groups: [40, 30, 30].map((atLeast) => ({ atLeast: rationalOf(`${atLeast}.3`) as Rational, atMost: undefined })),
    capacities: [],
    isDivisible: false,
    bound: 'sure',
  }
  const [sure, possible] = [assign(task), assign({ ...task, bound: 'possible' })]
  expect(isSound(task, sure)).toBe(true)
  expect(sure.isExact || !possible.isExact).toBe(true)
  const gap = minus(sumOf(possible.counted), sumOf(sure.counted))
  expect(gap.n >= 0n).toBe(true)
})
