/**
 * What is said to another thread within one turn of the event loop goes there as one message: a message costs more than most of what
 * is asked for.
 *
 * @module
 */

/**
 * `post` throws where something cannot be sent; then each goes alone, and `unsendable` is told which it is, and why.
 */
export function together<Item>(
  post: (items: readonly Item[]) => void,
  unsendable: (item: Item, cause: unknown) => void,
): (item: Item) => void {
  let items: Item[] = []
  function flush(): void {
    const batch = items
    items = []
    try {
      post(batch)
    } catch (cause) {
      if (batch.length === 1) unsendable(batch[0] as Item, cause)
      else
        for (const item of batch) {
          try {
            post([item])
          } catch (own) {
            unsendable(item, own)
          }
        }
    }
  }
  return (item) => {
    // After all that this turn still has to do.
    if (items.length === 0) setImmediate(flush)
    items.push(item)
  }
}
