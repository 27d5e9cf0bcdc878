/**
 * Many callers, one round trip: what is asked while an earlier call is under way waits, and goes together in the next.
 *
 * @module
 */

interface Waiting<In, Out> {
  readonly items: readonly In[]
  readonly resolve: (results: readonly Out[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * `work` is called with the items of one caller or of several, `most` at a time unless one caller has more, never twice at once, and
 * answers a result for each. Where it fails, all of them are told.
 */
export function grouped<In, Out>(
  work: (items: readonly In[]) => Promise<readonly Out[]>,
  most: number,
): (items: readonly In[]) => Promise<readonly Out[]> {
  const waiting: Waiting<In, Out>[] = []
  let isBusy = false

  async function run(): Promise<void> {
    isBusy = true
    for (let group = next(); group.length > 0; group = next()) {
      try {
        const results = await work(group.flatMap(({ items }) => items))
        let from = 0
        for (const { items, resolve } of group) {
          resolve(results.slice(from, from + items.length))
          from += items.length
        }
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    isBusy = false
  }

  function next(): readonly Waiting<In, Out>[] {
    let [count, size] = [0, 0]
    for (const { items } of waiting) {
      if (count > 0 && size + items.length > most) break
      count++
      size += items.length
    }
    return waiting.splice(0, count)
  }

  return (items) =>
    items.length === 0
      ? Promise.resolve([])
      : new Promise((resolve, reject) => {
          waiting.push({ items, resolve, reject })
          if (!isBusy) void run()
        })
}
