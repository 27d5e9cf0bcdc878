import { expect, test } from 'vitest'
import { inChunks } from '../../src/internal/in-chunks.js'

const options = { chunk: 10, clock: () => 0 }
const never = () => false

test('chunks are full where the source has more at once, also when work ends at once', async () => {
  const sizes: number[] = []
  const work = async (chunk: readonly number[]) => {
    sizes.push(chunk.length)
    return chunk
  }
  const seen: number[] = []
  for await (const one of inChunks(
    Array.from({ length: 95 }, (_, n) => n),
    work,
    options,
    never,
  ))
    seen.push(one)
  expect(seen).toEqual(Array.from({ length: 95 }, (_, n) => n))
  expect(sizes).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5])
})

test('who awaits a result before the next input is there gets it', async () => {
  let more: (() => void) | undefined
  async function* source() {
    for (let n = 0; n < 3; n++) {
      yield n
      await new Promise<void>((resolve) => {
        more = resolve
      })
    }
  }
  const results = inChunks(source(), async (chunk) => chunk, options, never)
  for (let n = 0; n < 3; n++) {
    expect(await results.next()).toEqual({ done: false, value: n })
    more?.()
  }
  expect(await results.next()).toEqual({ done: true, value: undefined })
})

test('what came before an error of the source is answered, and then the error', async () => {
  function* source() {
    yield* [1, 2, 3]
    throw new Error('the table ends here')
  }
  const seen: number[] = []
  const all = async () => {
    for await (const one of inChunks(source(), async (chunk) => chunk, { ...options, chunk: 2 }, never)) seen.push(one)
  }
  await expect(all()).rejects.toThrow('the table ends here')
  expect(seen).toEqual([1, 2, 3])
})
