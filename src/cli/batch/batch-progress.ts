/**
 * How far a batch is: a bar that rewrites itself for whoever looks at a terminal, a line now and then for a log.
 *
 * @module
 */
import type { Io } from '../io.js'

export interface Counts {
  readonly issued: number
  /** By an earlier run. */
  readonly skipped: number
  readonly failed: number
}

export interface BatchProgress {
  show(counts: Counts): void
  /** Before anything else is printed, and at the end. */
  clear(): void
}

const ERASE = '\r\u001b[K'
const BAR = 24
/** Milliseconds between two pictures: faster nobody reads, and terminals are slow. */
const PAUSE = 100
/** Awards between two lines of a log. */
const STEP = 1000

/** `total` is undefined where the awards come through a pipe. `clock` in milliseconds. */
export function batchProgress(
  { stderr }: Io,
  total: number | undefined,
  clock: () => number = () => performance.now(),
): BatchProgress {
  let [working, last, lastSkipped] = [0, clock(), 0]
  let [shown, lastDone, isShown] = [Number.NEGATIVE_INFINITY, 0, false]
  const line = (counts: Counts, done: number, perSecond: number): string => {
    const seconds = total === undefined ? Number.NaN : Math.ceil((total - done) / perSecond)
    const left = Number.isFinite(seconds) && seconds > 0 ? `, about ${duration(seconds)} left` : ''
    const failed = counts.failed === 0 ? '' : `, ${counts.failed} failed`
    return `${done}${total === undefined ? '' : ` of ${total}`} awards${failed}, ${Math.round(perSecond)} a second${left}`
  }
  return {
    show: (counts) => {
      const now = clock()
      const done = counts.issued + counts.skipped + counts.failed
      // What an earlier run did, and the time to pass over it, say nothing of how fast this one is.
      if (counts.skipped === lastSkipped) working += now - last
      ;[last, lastSkipped] = [now, counts.skipped]
      const perSecond = (counts.issued + counts.failed) / Math.max(working / 1000, 1e-3)
      if (stderr.isTTY === true) {
        if (now - shown < PAUSE && done !== total) return
        shown = now
        const text = line(counts, done, perSecond)
        stderr.write(`${ERASE}${total === undefined ? '' : `${bar(done / Math.max(total, 1))} `}${text}`)
        isShown = true
      } else if (Math.floor(done / STEP) > Math.floor(lastDone / STEP) && done !== total)
        stderr.write(`${line(counts, done, perSecond)}\n`)
      lastDone = done
    },
    clear: () => {
      if (isShown) stderr.write(ERASE)
      isShown = false
    },
  }
}

export function bar(share: number): string {
  const full = Math.min(BAR, Math.floor(share * BAR))
  return `[${'#'.repeat(full)}${'-'.repeat(BAR - full)}]`
}

export function duration(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
