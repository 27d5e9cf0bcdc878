/**
 * An end for work that waits for others: the caller's abort, or a time.
 *
 * @module
 */
import type { ResolutionError } from '../errors.js'
import { onAbort } from '../platform/on-abort.js'

/** What setTimeout can count; one more and it would fire at once. */
export const MAX_TIMEOUT_MS = 2 ** 31 - 1

export interface Deadline {
  /** Milliseconds for the whole of the work. */
  readonly timeoutMs: number
  /** What to reject with when the time is up. */
  readonly timedOut: () => ResolutionError
  /** The caller's. Rejects with its reason. */
  readonly signal: AbortSignal | undefined
}

/**
 * The work's result, or an end in time even where the work does not listen to the signal it gets (a fetch of the caller's may not,
 * and a name server's answer cannot be called off). When this settles, the signal is aborted, whatever the result: nothing that
 * hangs on it, no socket and no timer, outlives the call.
 */
export async function withDeadline<T>(
  { timeoutMs, timedOut, signal }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw signal.reason
  const end = new AbortController()
  const abort = () => end.abort(signal?.reason)
  const callOff = signal === undefined ? undefined : onAbort(signal, abort)
  const timer = setTimeout(() => end.abort(timedOut()), timeoutMs)
  try {
    return await new Promise<T>((resolve, reject) => {
      end.signal.addEventListener('abort', () => reject(end.signal.reason), { once: true })
      work(end.signal).then(resolve, reject)
    })
  } finally {
    clearTimeout(timer)
    callOff?.()
    end.abort()
  }
}
