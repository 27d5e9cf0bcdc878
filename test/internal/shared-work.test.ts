import { expect, test } from 'vitest'
import { sharedWork } from '../../src/internal/shared-work.js'

/** Work whose end the test says. */
function work() {
  const ends: ((fails?: boolean) => void)[] = []
  let running = 0
  let most = 0
  const ask = sharedWork(
    () =>
      new Promise<number>((resolve, reject) => {
        most = Math.max(most, ++running)
        const nth = ends.length + 1
        ends.push((fails = false) => {
          running--
          if (fails) reject(new Error(`${nth}`))
          else resolve(nth)
        })
      }),
  )
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0))
  return { ask, ends, turn, most: () => most }
}

test('many at once share one, and who comes while it runs gets the next: never an answer from before the question', async () => {
  const { ask, ends, turn, most } = work()
  const first = ask()
  await turn()
  const later = Array.from({ length: 50 }, () => ask())
  ends[0]?.()
  expect(await first).toBe(1)
  await turn()
  ends[1]?.()
  expect(await Promise.all(later)).toEqual(Array.from({ length: 50 }, () => 2))
  expect([ends.length, most()]).toEqual([2, 1])
})
test('a failure is told to those who asked for it, and to nobody after them', async () => {
  const { ask, ends, turn } = work()
  const first = ask()
  await turn()
  const second = ask()
  ends[0]?.(true)
  await expect(first).rejects.toThrow('1')
  await turn()
  ends[1]?.()
  expect(await second).toBe(2)
})
