/**
 * Searching outward, cheapest first, with costs of which there are few: a queue for each.
 *
 * @module
 */

/** Every place that can be reached, once, by its cheapest way. What `next` gives costs no less than what it starts from. */
export function* cheapestFirst<T extends { readonly cost: number }>(
  starts: readonly T[],
  keyOf: (item: T) => string,
  next: (item: T) => readonly T[],
  done: Set<string> = new Set(),
): Generator<T> {
  const buckets = new Map<number, T[]>()
  const add = (item: T) => {
    if (done.has(keyOf(item))) return
    const bucket = buckets.get(item.cost)
    if (bucket === undefined) buckets.set(item.cost, [item])
    else bucket.push(item)
  }
  for (const start of starts) add(start)
  while (buckets.size > 0) {
    const cost = Math.min(...buckets.keys())
    const bucket = buckets.get(cost) ?? []
    buckets.delete(cost)
    for (const item of bucket) {
      const key = keyOf(item)
      if (done.has(key)) continue
      done.add(key)
      yield item
      for (const each of next(item)) add(each)
    }
  }
}
