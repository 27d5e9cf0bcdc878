/**
 * What leads round in circles.
 *
 * @module
 */

interface Visit<T> {
  readonly item: T
  readonly leads: readonly T[]
  next: number
  readonly order: number
  low: number
}

/**
 * The strongly connected parts of a graph: of two items in one part each leads to the other. An item that leads to no circle is a part of its
 * own. Tarjan 1972, with a stack of its own, since graphs may be deep; linear. `leadsOf` answers items of `items`, once for each.
 */
export function circlesOf<T>(items: readonly T[], leadsOf: (item: T) => readonly T[]): T[][] {
  const circles: T[][] = []
  const visits = new Map<T, Visit<T>>()
  const closed = new Set<T>()
  const open: T[] = []
  for (const start of items) {
    if (visits.has(start)) continue
    const path: Visit<T>[] = []
    const enter = (item: T) => {
      const order = visits.size
      const visit = { item, leads: leadsOf(item), next: 0, order, low: order }
      visits.set(item, visit)
      open.push(item)
      path.push(visit)
    }
    enter(start)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = top.leads[top.next++]
      if (to !== undefined) {
        const other = visits.get(to)
        if (other === undefined) enter(to)
        else if (!closed.has(to)) top.low = Math.min(top.low, other.order)
        continue
      }
      path.pop()
      const above = path.at(-1)
      if (above !== undefined) above.low = Math.min(above.low, top.low)
      if (top.low !== top.order) continue
      const members = open.splice(open.lastIndexOf(top.item))
      for (const member of members) closed.add(member)
      circles.push(members)
    }
  }
  return circles
}
