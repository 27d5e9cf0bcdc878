/**
 * Processes that issue on the same stores; see clerk.js.
 *
 * @module
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'

/** `data`: `{ installed, identity, place }`. Answers so many of them: `ask` waits for the answer, and throws what went wrong there. */
export function hire(count, data) {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const child = fork(new URL('clerk.js', import.meta.url), [JSON.stringify(data)])
      const gone = once(child, 'exit').then(([code]) => ({ error: `its process ended with ${code}` }))
      const told = async () => {
        const answer = await Promise.race([once(child, 'message').then(([each]) => each), gone])
        if (answer.error !== undefined) throw new Error(answer.error)
        return answer
      }
      await told()
      return {
        ask: (asked) => {
          const answer = told()
          child.send(asked)
          return answer
        },
        end: async () => {
          if (child.connected) child.send({ task: 'end' })
          await gone
        },
      }
    }),
  )
}
