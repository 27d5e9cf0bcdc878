/**
 * "Each credential once": which credential is spent on which requirement. Exact, not greedy: with all leaves in groups of
 * "k of these" it is a maximum flow; where a group has combinations in it, each way to choose among them is tried.
 *
 * @module
 */

/** What must hold of leaves, which are numbered. */
export type Formula = { readonly leaf: number } | { readonly atLeast: number; readonly of: readonly Formula[] }

/** Leaf to credential. */
export type Assignment = ReadonlyMap<number, number>

interface Group {
  readonly leaves: readonly number[]
  readonly atLeast: number
}

/** Steps at most: choosing among combinations is set packing, and has no fast way. */
const MAX_STEPS = 20_000

/**
 * An assignment under which the formula holds and no credential stands twice; undefined where there is none. `candidates` lists the
 * credentials that would do for each leaf, the better first. `too-complex` where the bound was reached without one.
 */
export function assign(
  formula: Formula,
  candidates: readonly (readonly number[])[],
): Assignment | undefined | 'too-complex' {
  const search = { steps: 0, exceeded: false, needs: needsOf(candidates), total: new Set(candidates.flat()).size }
  const found = choose([flattened(formula)], [], candidates, search)
  return found ?? (search.exceeded ? 'too-complex' : undefined)
}

/** One of one, or one of these and of those, is one of all: what a flow can give out needs no choosing. */
function flattened(formula: Formula): Formula {
  if ('leaf' in formula) return formula
  const of = formula.of.map(flattened)
  if (formula.atLeast !== 1) return { ...formula, of }
  const all = of.flatMap((part) => ('leaf' in part || part.atLeast !== 1 ? [part] : part.of))
  const [only, another] = all
  return only !== undefined && another === undefined ? only : { atLeast: 1, of: all }
}

interface Search {
  steps: number
  exceeded: boolean
  /** How many credentials a formula takes at least. */
  readonly needs: (formula: Formula) => number
  /** How many there are. */
  readonly total: number
}

function needsOf(candidates: readonly (readonly number[])[]): Search['needs'] {
  const known = new Map<Formula, number>()
  const needs = (formula: Formula): number => {
    if ('leaf' in formula) return (candidates[formula.leaf]?.length ?? 0) > 0 ? 1 : Number.POSITIVE_INFINITY
    const found =
      known.get(formula) ??
      formula.of
        .map(needs)
        .sort((a, b) => (a === b ? 0 : a - b))
        .slice(0, formula.atLeast)
        .reduce((sum, each) => sum + each, 0)
    known.set(formula, found)
    return found
  }
  return needs
}

function choose(
  open: readonly Formula[],
  groups: readonly Group[],
  candidates: readonly (readonly number[])[],
  search: Search,
): Assignment | undefined {
  if (++search.steps > MAX_STEPS) {
    search.exceeded = true
    return undefined
  }
  const [formula, ...rest] = open
  const sofar = groups.reduce((sum, { atLeast }) => sum + atLeast, 0)
  if (open.reduce((sum, each) => sum + search.needs(each), sofar) > search.total) return undefined
  // What cannot be served now can be served even less with more.
  const served = spend(groups, candidates)
  if (formula === undefined || served === undefined) return served
  if ('leaf' in formula) return choose(rest, [...groups, { leaves: [formula.leaf], atLeast: 1 }], candidates, search)
  const { atLeast, of } = formula
  const leaves = of.flatMap((part) => ('leaf' in part && (candidates[part.leaf]?.length ?? 0) > 0 ? [part.leaf] : []))
  const gates = of.filter((part) => !('leaf' in part) && Number.isFinite(search.needs(part)))
  // As few combinations as will do, first: they cost the most credentials.
  for (let count = Math.max(0, atLeast - leaves.length); count <= Math.min(atLeast, gates.length); count++)
    for (const chosen of subsets(gates, count)) {
      const group = { leaves, atLeast: atLeast - count }
      const found = choose([...rest, ...chosen], group.atLeast === 0 ? groups : [...groups, group], candidates, search)
      if (found !== undefined || search.exceeded) return found
    }
  return undefined
}

function* subsets<T>(items: readonly T[], count: number, from = 0): Generator<T[]> {
  if (count === 0) {
    yield []
    return
  }
  for (let index = from; index <= items.length - count; index++)
    for (const rest of subsets(items, count - 1, index + 1)) yield [items[index] as T, ...rest]
}

/** Maximum flow: from each credential, one; into each leaf, one; into each group, as many as it needs. All groups full, or nothing. */
function spend(groups: readonly Group[], candidates: readonly (readonly number[])[]): Assignment | undefined {
  const flow = new Spending(groups, candidates)
  const needed = groups.reduce((sum, { atLeast }) => sum + atLeast, 0)
  for (let count = 0; count < needed; count++) if (!flow.augment()) return undefined
  return flow.assignment
}

/** As many leaves as can have a credential each: for showing what is there where it does not suffice. */
export function assignMost(leaves: readonly number[], candidates: readonly (readonly number[])[]): Assignment {
  const flow = new Spending([{ leaves, atLeast: leaves.length }], candidates)
  while (flow.augment()) {
    // Each round adds one.
  }
  return flow.assignment
}

class Spending {
  readonly assignment = new Map<number, number>()
  private readonly spent = new Map<number, number>()
  private readonly groups: readonly Group[]
  private readonly candidates: readonly (readonly number[])[]

  constructor(groups: readonly Group[], candidates: readonly (readonly number[])[]) {
    this.groups = groups
    this.candidates = candidates
  }

  /**
   * One more leaf served, breadth first: a path from a leaf of a group that needs more, over credentials that change hands, to a
   * credential that nobody has. A group that is full may let go of one leaf for another.
   */
  augment(): boolean {
    const used = this.groups.map(({ leaves }) => leaves.filter((leaf) => this.assignment.has(leaf)).length)
    const groupOf = new Map(this.groups.flatMap(({ leaves }, group) => leaves.map((leaf) => [leaf, group] as const)))
    // From a leaf that is to be served: who it takes the place of, if anybody.
    const cameFrom = new Map<number, { leaf: number; credential: number } | undefined>()
    const queue: number[] = []
    for (const [group, { leaves, atLeast }] of this.groups.entries())
      if ((used[group] ?? 0) < atLeast)
        for (const leaf of leaves)
          if (!this.assignment.has(leaf) && !cameFrom.has(leaf)) {
            cameFrom.set(leaf, undefined)
            queue.push(leaf)
          }
    for (let leaf = queue.shift(); leaf !== undefined; leaf = queue.shift()) {
      for (const credential of this.candidates[leaf] ?? []) {
        const owner = this.spent.get(credential)
        if (owner === undefined) return this.apply(leaf, credential, cameFrom)
        if (owner === leaf || cameFrom.has(owner)) continue
        cameFrom.set(owner, { leaf, credential })
        queue.push(owner)
        // Or the owner's group serves another leaf of its own in its stead.
        for (const other of this.groups[groupOf.get(owner) ?? -1]?.leaves ?? [])
          if (!this.assignment.has(other) && !cameFrom.has(other)) {
            cameFrom.set(other, { leaf, credential })
            queue.push(other)
          }
      }
    }
    return false
  }

  private apply(
    last: number,
    credential: number,
    cameFrom: ReadonlyMap<number, { leaf: number; credential: number } | undefined>,
  ): boolean {
    let [leaf, take] = [last, credential]
    for (;;) {
      const before = cameFrom.get(leaf)
      if (before !== undefined) {
        // The credential goes to the leaf before; whoever had it loses it.
        const owner = this.spent.get(before.credential)
        if (owner !== undefined) this.assignment.delete(owner)
      }
      this.assignment.set(leaf, take)
      this.spent.set(take, leaf)
      if (before === undefined) return true
      leaf = before.leaf
      take = before.credential
    }
  }
}
