/**
 * Calls from a worker to functions that live in the caller's thread: a KMS, a store, a loader.
 *
 * @module
 */
import { errorOf } from './error-note.js'
import type { Answer, Call, FromWorker } from './messages.js'
import { together } from './together.js'

/** Rejects with what the function threw, or because its arguments cannot be sent. */
export type Ask = (port: string, ...args: readonly unknown[]) => Promise<never>

export interface Switchboard {
  readonly ask: Ask
  answered(answers: readonly Answer[]): void
}

export function createSwitchboard(post: (message: FromWorker) => void): Switchboard {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>()
  let last = 0
  const call = together<Call>(
    (calls) => post({ kind: 'calls', calls }),
    ({ call }, cause) => take(call)?.reject(cause),
  )
  function take(call: number) {
    const caller = waiting.get(call)
    waiting.delete(call)
    return caller
  }
  return {
    ask: (port, ...args) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject })
        call({ call: last, port, args })
      }),
    answered: (answers) => {
      for (const { call, value, error } of answers) {
        const caller = take(call)
        if (error === undefined) caller?.resolve(value as never)
        else caller?.reject(errorOf(error))
      }
    },
  }
}
