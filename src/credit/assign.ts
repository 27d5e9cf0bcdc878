/**
 * "Each credit counts once": what goes into which group, under limits on what comes together. As much as possible of what the groups need at
 * least; then as much as possible altogether. Where credit may be divided that is a maximum flow. Where a badge counts in one group as a
 * whole, all ways are tried, up to a bound.
 *
 * @module
 */
import { Flow } from './flow.js'
import { atLeastZero, compared, isPositive, least, minus, over, plus, type Rational, sumOf, ZERO } from './rational.js'

/** What is given out. */
export interface Portion {
  readonly amount: Rational
  /** The groups that it may go to; none: it counts toward the whole alone. */
  readonly groups: readonly number[]
}

export interface GroupBounds {
  readonly atLeast: Rational
  readonly atMost: Rational | undefined
}

/** Of these portions, by index, so much counts together. */
export interface Capacity {
  readonly members: readonly number[]
  readonly atMost: Rational
}

export interface Task {
  readonly portions: readonly Portion[]
  readonly groups: readonly GroupBounds[]
  readonly capacities: readonly Capacity[]
  readonly isDivisible: boolean
  /** What is answered where the best is not found within the bound: what can surely be reached, or what surely cannot be exceeded. */
  readonly bound: 'sure' | 'possible'
}

export interface Assignment {
  /** By portion: what counts of it. */
  readonly counted: readonly Rational[]
  /** By portion: what goes where; what is in no group is not told. */
  readonly into: readonly ReadonlyMap<number, Rational>[]
  /** By group. */
  readonly filled: readonly Rational[]
  /** The best there is. */
  readonly isExact: boolean
}

/** Ways to give out what may not be divided, at most; and kinds of portions among which they choose. */
const MAX_WAYS = 2000
const MAX_OPEN = 200
/** Limits that are put into the flow: more than this are kept by taking from what came last. */
const MAX_LIMITS = 200

/** The best assignment, or a bound of it. */
export function assign(task: Task): Assignment {
  const { portions, groups, capacities } = task
  if (groups.length === 0 && capacities.length === 0)
    return ungrouped(
      portions.map(({ amount }) => amount),
      true,
    )
  const nested = withoutOverlaps(task)
  if (groups.length === 0) {
    // Nothing is chosen: the innermost limits first.
    const amounts = nested.portions.map(({ amount }) => amount)
    for (const capacity of [...nested.capacities].reverse()) cut(amounts, capacity)
    return ungrouped(amounts, nested.isExact)
  }
  const relaxed = flowOf(nested, classesOf({ ...nested, isDivisible: true }))
  if (task.isDivisible || groups.length < 2) return { ...relaxed, isExact: nested.isExact }
  const found = searched(nested, relaxed)
  if (task.bound === 'possible' && !found.isExact) return { ...relaxed, isExact: false }
  return { ...found, isExact: found.isExact && nested.isExact }
}

function ungrouped(counted: readonly Rational[], isExact: boolean): Assignment {
  const none = new Map<number, Rational>()
  return { counted, into: counted.map(() => none), filled: [], isExact }
}

interface Nested extends Task {
  /** By portion: the limits that it is under, the innermost last. */
  readonly under: readonly (readonly number[])[]
  readonly isExact: boolean
}

/**
 * Limits that neither nest nor are apart are no flow: such a one is kept by taking from what came last, which may be more than needed; or left
 * away, for the bound above.
 */
function withoutOverlaps(task: Task): Nested {
  const under: number[][] = task.portions.map(() => [])
  const kept: Capacity[] = []
  const amounts = task.portions.map(({ amount }) => amount)
  let isExact = true
  for (const capacity of [...task.capacities].sort((a, b) => b.members.length - a.members.length)) {
    const shared = new Map<number, number>()
    for (const member of capacity.members)
      for (const other of under[member] ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
    const isApart = [...shared.values()].every((count) => count === capacity.members.length)
    if (isApart && (task.groups.length === 0 || kept.length < MAX_LIMITS)) {
      for (const member of capacity.members) under[member]?.push(kept.length)
      kept.push(capacity)
    } else {
      isExact = false
      if (task.bound === 'sure') cut(amounts, capacity)
    }
  }
  const portions = task.portions.map((portion, index) => ({ ...portion, amount: amounts[index] ?? ZERO }))
  return { ...task, portions, capacities: kept, under, isExact }
}

function cut(amounts: Rational[], { members, atMost }: Capacity): void {
  let room = atLeastZero(atMost)
  for (const member of members) {
    const taken = least(amounts[member] ?? ZERO, room)
    amounts[member] = taken
    room = minus(room, taken)
  }
}

/** Portions that nothing tells apart. */
interface Class {
  readonly members: number[]
  readonly groups: readonly number[]
  /** The innermost capacity. */
  readonly within: number | undefined
  total: Rational
}

/** What has no choice of groups is told apart by amounts by nobody. */
function classesOf({ portions, under, isDivisible }: Nested): Class[] {
  const within = under.map((limits) => limits.at(-1))
  const classes = new Map<string, Class>()
  for (const [index, { amount, groups }] of portions.entries()) {
    if (amount.n <= 0n) continue
    const key = `${groups.join()}|${within[index]}|${isDivisible || groups.length < 2 ? '' : `${amount.n}/${amount.d}`}`
    const found = classes.get(key)
    if (found === undefined) classes.set(key, { members: [index], groups, within: within[index], total: amount })
    else {
      found.members.push(index)
      found.total = plus(found.total, amount)
    }
  }
  return [...classes.values()]
}

/** The best flow of these classes, given out to their members in order. */
function flowOf(task: Nested, classes: readonly Class[]): Assignment {
  const { portions, groups, capacities, under } = task
  const scale = denominatorOf([
    ...classes.map(({ total }) => total),
    ...groups.flatMap(({ atLeast, atMost = ZERO }) => [atLeast, atMost]),
    ...capacities.map(({ atMost }) => atMost),
  ])
  const whole = ({ n, d }: Rational) => (n * scale) / d
  const all = classes.reduce((sum, { total }) => sum + whole(total), 0n)
  const flow = new Flow()
  const [source, sink] = [flow.node(), flow.node()]
  const caps = capacities.map(() => flow.node())
  for (const [index, { atMost, members }] of capacities.entries()) {
    const limits = under[members[0] ?? -1] ?? []
    const outer = limits[limits.indexOf(index) - 1]
    flow.arc(outer === undefined ? source : (caps[outer] as number), caps[index] as number, whole(atLeastZero(atMost)))
  }
  const nodes = classes.map(({ within, total }) => {
    const node = flow.node()
    flow.arc(within === undefined ? source : (caps[within] as number), node, whole(total))
    return node
  })
  const arcs: { index: number; group: number | undefined; arc: number }[] = []
  const lead = (index: number, group: number | undefined, to: number) =>
    arcs.push({ index, group, arc: flow.arc(nodes[index] as number, to, all) })
  // What is needed first: once it has come, it stays.
  const needed = groups.map(({ atLeast }) => {
    const node = flow.node()
    flow.arc(node, sink, whole(atLeast))
    return node
  })
  for (const [index, { groups: own }] of classes.entries())
    for (const group of own) lead(index, group, needed[group] as number)
  flow.augment(source, sink)
  const further = groups.map(({ atLeast, atMost }) => {
    const node = flow.node()
    flow.arc(node, sink, atMost === undefined ? all : whole(atLeastZero(minus(atMost, atLeast))))
    return node
  })
  for (const [index, { groups: own }] of classes.entries()) {
    if (own.length === 0) lead(index, undefined, sink)
    for (const group of own) lead(index, group, further[group] as number)
  }
  flow.augment(source, sink)
  const counted = portions.map(() => ZERO)
  const into = portions.map(() => new Map<number, Rational>())
  const filled = groups.map(() => ZERO)
  const left = portions.map(({ amount }) => amount)
  const next = classes.map(() => 0)
  for (const { index, group, arc } of arcs) {
    let rest = fraction(flow.through(arc), scale)
    if (rest.n === 0n) continue
    if (group !== undefined) filled[group] = plus(filled[group] ?? ZERO, rest)
    const { members } = classes[index] as Class
    while (rest.n > 0n) {
      const member = members[next[index] ?? 0]
      if (member === undefined) break
      const taken = least(left[member] ?? ZERO, rest)
      rest = minus(rest, taken)
      left[member] = minus(left[member] ?? ZERO, taken)
      counted[member] = plus(counted[member] ?? ZERO, taken)
      if (group !== undefined && taken.n > 0n) into[member]?.set(group, plus(into[member]?.get(group) ?? ZERO, taken))
      if ((left[member] ?? ZERO).n === 0n) next[index] = (next[index] ?? 0) + 1
    }
  }
  return { counted, into, filled, isExact: true }
}

const fraction = (n: bigint, d: bigint): Rational => over({ n, d: 1n }, { n: d, d: 1n })

function denominatorOf(amounts: readonly Rational[]): bigint {
  let common = 1n
  for (const { d } of amounts) {
    if (common % d === 0n) continue
    let [a, b] = [common, d]
    while (b !== 0n) [a, b] = [b, a % b]
    common *= d / a
  }
  return common
}

/** What an assignment is worth: what is needed, then the whole. */
function worthOf({ groups }: Task, { counted, filled }: Assignment): readonly [Rational, Rational] {
  return [sumOf(groups.map(({ atLeast }, index) => least(atLeast, filled[index] ?? ZERO))), sumOf(counted)]
}
const compareWorth = (a: readonly [Rational, Rational], b: readonly [Rational, Rational]) =>
  compared(a[0], b[0]) || compared(a[1], b[1])

/** Each way to send whole portions to one of their groups, until one is as good as if they could be divided. */
function searched(task: Nested, relaxed: Assignment): Assignment {
  const classes = classesOf(task)
  const open = classes.filter(({ groups }) => groups.length > 1)
  const closed = classes.filter(({ groups }) => groups.length < 2)
  if (open.length > MAX_OPEN) {
    // Too many to choose among: each to the first of its groups that is not full.
    const chosen = wholes(open, task)
    return { ...flowOf(task, [...closed, ...chosen]), isExact: false }
  }
  const aim = worthOf(task, relaxed)
  let ways = 0
  let best: { readonly assignment: Assignment; readonly worth: readonly [Rational, Rational] } | undefined
  const visit = (depth: number, chosen: readonly Class[]): boolean => {
    const next = open[depth]
    if (next === undefined) {
      if (++ways > MAX_WAYS) return true
      const assignment = flowOf(task, [...closed, ...chosen])
      const worth = worthOf(task, assignment)
      if (best === undefined || compareWorth(worth, best.worth) > 0) best = { assignment, worth }
      return compareWorth(worth, aim) >= 0
    }
    for (const counts of distributions(next.members.length, next.groups.length))
      if (visit(depth + 1, [...chosen, ...parted(next, counts, task)])) return true
    return false
  }
  visit(0, [])
  const isBest = best !== undefined && (ways <= MAX_WAYS || compareWorth(best.worth, aim) >= 0)
  return { ...(best?.assignment ?? relaxed), isExact: isBest }
}

/** Every portion as a whole to the first of its groups that still needs something. */
function wholes(open: readonly Class[], { portions, groups: bounds }: Nested): Class[] {
  const needs = bounds.map(({ atLeast }) => atLeast)
  const chosen = new Map<string, Class>()
  for (const { members, groups, within } of open)
    for (const member of members) {
      const amount = portions[member]?.amount ?? ZERO
      const group = groups.find((one) => isPositive(needs[one] ?? ZERO)) ?? (groups[0] as number)
      needs[group] = minus(needs[group] ?? ZERO, amount)
      const key = `${group}|${within}`
      const own = chosen.get(key)
      if (own === undefined) chosen.set(key, { members: [member], groups: [group], within, total: amount })
      else {
        own.members.push(member)
        own.total = plus(own.total, amount)
      }
    }
  return [...chosen.values()]
}

/** A class as several, each with one group. */
function parted({ members, groups, within }: Class, counts: readonly number[], { portions }: Nested): Class[] {
  let start = 0
  return counts.flatMap((count, index) => {
    const own = members.slice(start, start + count)
    start += count
    const total = sumOf(own.map((member) => portions[member]?.amount ?? ZERO))
    return count === 0 ? [] : [{ members: own, groups: [groups[index] as number], within, total }]
  })
}

/** All ways to put so many into so many places; from the first place on. */
function* distributions(count: number, places: number): Generator<number[]> {
  if (places <= 1) {
    yield [count]
    return
  }
  for (let first = count; first >= 0; first--)
    for (const rest of distributions(count - first, places - 1)) yield [first, ...rest]
}
