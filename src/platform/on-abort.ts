/**
 * Waiting for a signal's end, many at a time.
 *
 * @module
 */

/** One listener for a signal, however many wait for it: Node warns of the eleventh as of a leak, and a server has hundreds. */
const waiting = new WeakMap<AbortSignal, Waiting>()

interface Waiting {
  readonly stops: Set<() => void>
  readonly listener: () => void
}

/** Calls `stop` when the signal aborts, at once where it has. Answers what takes it back. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  if (signal.aborted) {
    stop()
    return () => {}
  }
  const { stops } = waiting.get(signal) ?? begin(signal)
  // Its own, so that who waits twice is called twice.
  const own = () => stop()
  stops.add(own)
  return () => {
    if (stops.delete(own) && stops.size === 0) end(signal)
  }
}

function begin(signal: AbortSignal): Waiting {
  const stops = new Set<() => void>()
  const listener = () => {
    waiting.delete(signal)
    for (const stop of stops) stop()
  }
  signal.addEventListener('abort', listener, { once: true })
  const begun = { stops, listener }
  waiting.set(signal, begun)
  return begun
}

function end(signal: AbortSignal): void {
  const { listener } = waiting.get(signal) ?? {}
  if (listener !== undefined) signal.removeEventListener('abort', listener)
  waiting.delete(signal)
}
