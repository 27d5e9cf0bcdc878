/** Calls between threads: what one turn of the event loop has to say goes as one message. */
import { expect, test } from 'vitest'
import { together } from '../../src/node/together.js'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('one message for all of a turn, another one for the next', async () => {
  const posted: (readonly number[])[] = []
  const say = together<number>(
    (items) => posted.push(items),
    () => expect.unreachable(),
  )
  say(1)
  await Promise.resolve().then(() => say(2))
  expect(posted).toEqual([])
  await turn()
  say(3)
  await turn()
  expect(posted).toEqual([[1, 2], [3]])
})

test('what cannot be sent is told alone, and the others go', async () => {
  const sent: unknown[] = []
  const refused: unknown[] = []
  const say = together<unknown>(
    (items) => sent.push(...structuredClone([...items])),
    (item, cause) => refused.push([item, (cause as Error).name]),
  )
  const odd = () => {}
  say({ a: 1 })
  say(odd)
  say({ b: 2 })
  await turn()
  expect(sent).toEqual([{ a: 1 }, { b: 2 }])
  expect(refused).toEqual([[odd, 'DataCloneError']])
  say(odd)
  await turn()
  expect(refused).toHaveLength(2)
})
