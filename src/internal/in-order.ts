/**
 * A bounded number of pieces of work at once, results in order, with progress and cancellation.
 *
 * @module
 */

/** How far a batch has come. */
export interface Progress {
  readonly done: number
  /** How many of them failed: a report that is not valid, an award that could not be issued. */
  readonly failed: number
  /** Absent where the input is a stream. */
  readonly total?: number
  readonly perSecond: number
  readonly remainingSeconds?: number
}

export interface InOrderOptions {
  /** Default 8. */
  readonly concurrency?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Known length of the input, for the remaining time. Default: that of an array. */
  readonly total?: number | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * Reads ahead no further than `concurrency`, so a slow consumer slows the source down. Stopping early (`break`) ends the source.
 * An error of the source or of the work ends it all, and is thrown in its turn: what came before it is not lost.
 */
export async function* inOrder<In, Out>(
  inputs: Iterable<In> | AsyncIterable<In>,
  work: (input: In) => Promise<Out>,
  options: InOrderOptions & { readonly clock: () => number },
  hasFailed: (output: Out) => boolean,
): AsyncGenerator<Out, void, undefined> {
  const { concurrency = 8, signal } = options
  const total = options.total ?? (Array.isArray(inputs) ? inputs.length : undefined)
  const tell = progressOf({ ...options, ...(total === undefined ? {} : { total }) })
  const source = iterate(inputs)
  const pending: Promise<Out>[] = []
  let ended = false
  let broken: { readonly error: unknown } | undefined
  try {
    while (true) {
      signal?.throwIfAborted()
      while (!ended && pending.length < concurrency) {
        const next = await pull(source)
        if ('error' in next) {
          // In its turn, after what came before it.
          broken = next
          ended = true
        } else if (next.done) ended = true
        else {
          const result = work(next.value)
          // Its error is thrown in its turn; until then it must not count as unhandled.
          result.catch(() => undefined)
          pending.push(result)
        }
      }
      const result = pending.shift()
      if (result === undefined) {
        if (broken !== undefined) throw broken.error
        return
      }
      const output = await result
      tell(hasFailed(output))
      yield output
    }
  } finally {
    await source.return?.()
  }
}

/** Counts what is done, and tells `onProgress` each time. */
export function progressOf(options: Omit<InOrderOptions, 'signal'> & { readonly clock: () => number }) {
  const { clock, total } = options
  const started = clock()
  let [done, failed] = [0, 0]
  return (hasFailed: boolean): void => {
    done++
    if (hasFailed) failed++
    if (options.onProgress === undefined) return
    const seconds = Math.max((clock() - started) / 1000, 1e-3)
    const perSecond = done / seconds
    options.onProgress({
      done,
      failed,
      perSecond,
      ...(total === undefined ? {} : { total, remainingSeconds: (total - done) / perSecond }),
    })
  }
}

export async function pull<In>(
  source: AsyncIterator<In> | Iterator<In>,
): Promise<IteratorResult<In> | { readonly error: unknown }> {
  try {
    return await source.next()
  } catch (error) {
    return { error }
  }
}

export function iterate<In>(inputs: Iterable<In> | AsyncIterable<In>): AsyncIterator<In> | Iterator<In> {
  return Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]()
}
