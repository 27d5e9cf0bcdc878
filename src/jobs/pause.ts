/**
 * Waiting between two looks for a job.
 *
 * @module
 */
import { onAbort } from '../platform/on-abort.js'

/** Until so many milliseconds are over, or the signal's end; at once where that was before. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    let forget: (() => void) | undefined
    const end = (): void => {
      clearTimeout(timer)
      forget?.()
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    // It calls back at once where the signal has aborted.
    if (signal !== undefined) forget = onAbort(signal, end)
  })
}
