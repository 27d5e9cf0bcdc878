/**
 * Work that is done for many at once, results in order, with progress and cancellation: where a round trip costs more than an item.
 *
 * @module
 */
import { type InOrderOptions, iterate, progressOf, pull } from './in-order.js'

export interface InChunksOptions extends Omit<InOrderOptions, 'concurrency'> {
  /** Items of a chunk, at most. */
  readonly chunk: number
}

/** Chunks under way: while one waits for its store, the next one is made. */
const UNDER_WAY = 2
/** Milliseconds for which a source that is slow is waited for, once there is nothing else to do. */
const PATIENCE = 5

/**
 * A chunk is worked on when it is full, or when the source has no more at once: who awaits the first result before the second input
 * is there gets it. Reads ahead two chunks at most, so a slow consumer slows the source down. Stopping early (`break`) ends the
 * source. An error of the source or of the work ends it all, and is thrown in its turn: what came before it is not lost.
 */
export async function* inChunks<In, Out>(
  inputs: Iterable<In> | AsyncIterable<In>,
  work: (chunk: readonly In[]) => Promise<readonly Out[]>,
  options: InChunksOptions & { readonly clock: () => number },
  hasFailed: (output: Out) => boolean,
): AsyncGenerator<Out, void, undefined> {
  const { signal, chunk } = options
  const tell = progressOf(options)
  const source = iterate(inputs)
  const pending: Promise<readonly Out[]>[] = []
  let next: ReturnType<typeof pull<In>> | undefined
  let ended = false
  let broken: { readonly error: unknown } | undefined

  async function gather(): Promise<In[]> {
    const items: In[] = []
    let patience: ReturnType<typeof patienceFor> | undefined
    while (!ended && items.length < chunk) {
      next ??= pull(source)
      // Waiting is for nothing only while there is nothing else to do.
      const isIdle = items.length === 0 && pending.length === 0
      if (!isIdle) patience ??= patienceFor(pending[0])
      const pulled = patience === undefined ? await next : await patience(next)
      if (pulled === undefined) break
      next = undefined
      if ('error' in pulled) {
        // In its turn, after what came before it.
        broken = pulled
        ended = true
      } else if (pulled.done) ended = true
      else items.push(pulled.value)
    }
    return items
  }

  try {
    while (true) {
      signal?.throwIfAborted()
      while (!ended && pending.length < UNDER_WAY) {
        const items = await gather()
        if (items.length === 0) break
        const results = work(items)
        // Its error is thrown in its turn; until then it must not count as unhandled.
        results.catch(() => undefined)
        pending.push(results)
      }
      const first = pending.shift()
      if (first === undefined) {
        if (broken !== undefined) throw broken.error
        if (ended) return
        continue
      }
      for (const output of await first) {
        signal?.throwIfAborted()
        tell(hasFailed(output))
        yield output
      }
    }
  } finally {
    const end = source.return?.()
    // A source that is asked for its next item answers that first, whenever that may be.
    if (next === undefined) await end
    else if (end instanceof Promise) end.catch(() => undefined)
  }
}

/**
 * Waits for what it is given until a moment after the work is done, and then answers undefined: work that ends at once must not cut the
 * chunk of a source that has more at once. (`Promise.race` would keep every answer for as long as the work takes.)
 */
function patienceFor(work: Promise<unknown> | undefined): <T>(promise: Promise<T>) => Promise<T | undefined> {
  let isOver = false
  let giveUp: (() => void) | undefined
  const wait = async () => {
    await work?.catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, PATIENCE))
    isOver = true
    giveUp?.()
  }
  void wait()
  return async (promise) => {
    if (isOver) return undefined
    return new Promise((resolve, reject) => {
      giveUp = () => resolve(undefined)
      promise.then(resolve, reject)
    })
  }
}
