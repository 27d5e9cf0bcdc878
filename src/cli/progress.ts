/**
 * How far it is, for whoever looks at a terminal: one line on standard error that rewrites itself.
 *
 * @module
 */
import type { Progress } from '../entries/index.js'
import type { Io } from './io.js'

export interface ProgressLine<T = Progress> {
  show(progress: T): void
  /** Before anything else is printed, and at the end. */
  clear(): void
}

const ERASE = '\r\u001b[K'

export function progressLine(io: Io, total: number): ProgressLine {
  if (total < 2) return { show: () => {}, clear: () => {} }
  return textLine(io, ({ done, failed, perSecond }) => {
    const seconds = Math.ceil((total - done) / perSecond)
    const left = done < total && Number.isFinite(seconds) ? `, about ${seconds} s left` : ''
    return `${done} of ${total} verified, ${failed} not valid${left}`
  })
}

/** What `say` says of it, for whoever looks at a terminal. */
export function textLine<T>({ stderr }: Io, say: (progress: T) => string): ProgressLine<T> {
  if (!stderr.isTTY) return { show: () => {}, clear: () => {} }
  let isShown = false
  return {
    show: (progress) => {
      stderr.write(`${ERASE}${say(progress)}`)
      isShown = true
    },
    clear: () => {
      if (isShown) stderr.write(ERASE)
      isShown = false
    },
  }
}
