/**
 * Sorting a handful of things, which canonicalization does all the time.
 *
 * @module
 */

/** From here on inserting one by one, which is quadratic, takes longer than Array.prototype.sort. */
const LONG = 24

/** Sorts in place, and gives back, as `items.sort(compare)` does; in a third of the time where they are few. Stable. */
export function sortShort<T>(items: T[], compare: (a: T, b: T) => number): T[] {
  if (items.length > LONG) return items.sort(compare)
  for (let next = 1; next < items.length; next++) {
    const item = items[next] as T
    let place = next
    for (; place > 0 && compare(item, items[place - 1] as T) < 0; place--) items[place] = items[place - 1] as T
    items[place] = item
  }
  return items
}
