/**
 * Work that many ask for at once, done once for all who asked before it began, and never twice at a time: so what comes back is never
 * older than the question, and the work is bounded however many ask.
 *
 * @module
 */
export function sharedWork<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> | undefined
  let next: Promise<T> | undefined

  async function begin(): Promise<T> {
    // What it was, whoever asked for it was told.
    await running?.catch(() => undefined)
    const current = work()
    running = current
    next = undefined
    try {
      return await current
    } finally {
      if (running === current) running = undefined
    }
  }

  return () => {
    next ??= begin()
    return next
  }
}
