/**
 * Things that belong together because they have something in common, directly or by others between them.
 *
 * @module
 */

/** Groups in the order of their first members; an item without keys is a group of itself. Nearly linear. */
export function groupsSharing<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[][] {
  const parent = items.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (parent[root] !== root) root = parent[root] as number
    for (let each = index; each !== root; ) {
      const next = parent[each] as number
      parent[each] = root
      each = next
    }
    return root
  }
  const first = new Map<string, number>()
  for (const [index, item] of items.entries())
    for (const key of keysOf(item)) {
      const other = first.get(key)
      if (other === undefined) first.set(key, index)
      else {
        const [a, b] = [rootOf(other), rootOf(index)]
        // The earlier one leads: groups keep the order of what came first.
        parent[Math.max(a, b)] = Math.min(a, b)
      }
    }
  const groups = new Map<number, T[]>()
  for (const [index, item] of items.entries()) {
    const root = rootOf(index)
    const group = groups.get(root)
    if (group === undefined) groups.set(root, [item])
    else group.push(item)
  }
  return [...groups.values()]
}
