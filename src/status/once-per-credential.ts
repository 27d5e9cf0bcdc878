/**
 * A credential may name one list a thousand times. What it costs to load and verify it must be paid once, also where the outcome
 * is a failure, or a list that no cache may keep.
 *
 * @module
 */
import type { VerifyContext } from './status-method.js'

export type Once<T> = (context: VerifyContext, key: string, work: () => Promise<T>) => Promise<T>

/** Remembers by context, of which each credential has its own, and forgets with it. */
export function oncePerCredential<T>(): Once<T> {
  const made = new WeakMap<VerifyContext, Map<string, Promise<T>>>()
  return (context, key, work) => {
    const known = made.get(context) ?? new Map<string, Promise<T>>()
    made.set(context, known)
    const outcome = known.get(key) ?? work()
    known.set(key, outcome)
    return outcome
  }
}
