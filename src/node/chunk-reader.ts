/**
 * An iterable in pieces: as many as are there at once, and no more than are wanted.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises'

export interface ChunkReader<In> {
  /** At least one, unless the end is reached. Not to be called again before it has answered. */
  read(): Promise<readonly In[]>
  close(): Promise<void>
}

export interface ChunkLimits<In> {
  readonly size: number
  /** The next input is left for the next chunk once this weight is reached. */
  readonly maxWeight: number
  weigh(input: In): number
}

export function createChunkReader<In>(
  inputs: Iterable<In> | AsyncIterable<In>,
  { size, maxWeight, weigh }: ChunkLimits<In>,
): ChunkReader<In> {
  const source: AsyncIterator<In> | Iterator<In> =
    Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]()
  /** Asked for and not there yet when the last chunk was given out. */
  let asked: Promise<IteratorResult<In>> | undefined
  let broken: { readonly error: unknown } | undefined
  let isEnded = false

  async function next(isFirst: boolean): Promise<IteratorResult<In> | undefined> {
    if (asked === undefined) {
      const result = source.next()
      if (!(result instanceof Promise)) return result
      asked = result
      // Its error is thrown to who asks next; until then it must not count as unhandled.
      asked.catch(() => undefined)
    }
    // What is slow does not keep back what is there.
    const result = isFirst ? await asked : await Promise.race([asked, later()])
    if (result !== undefined) asked = undefined
    return result
  }

  return {
    read: async () => {
      const chunk: In[] = []
      let weight = 0
      try {
        if (broken !== undefined) throw broken.error
        while (!isEnded && chunk.length < size && weight < maxWeight) {
          const result = await next(chunk.length === 0)
          if (result === undefined) return chunk
          if (result.done) isEnded = true
          else {
            chunk.push(result.value)
            weight += weigh(result.value)
          }
        }
      } catch (error) {
        // What came before it is not lost.
        if (chunk.length === 0) {
          isEnded = true
          throw error
        }
        broken = { error }
      }
      return chunk
    },
    close: async () => {
      if (isEnded) return
      isEnded = true
      const closing = source.return?.()
      // A source that is being waited for cannot be closed before it answers, and may never.
      if (asked !== undefined) Promise.resolve(closing).catch(() => undefined)
      else await closing
    },
  }
}

const later = (): Promise<undefined> => setImmediate(undefined)
