/**
 * How far it is, for whoever looks at a terminal: one line on standard error that rewrites itself.
 *
 * @module
 */
import type { Progress } from '../entries/index.js'
import type { Io } from './io.js'

export interface ProgressLine {
  show(progress: Progress): void
  /** Before anything else is printed, and at the end. */
  clear(): void
}

const ERASE = '\r\u001b[K'

export function progressLine({ stderr }: Io, total: number): ProgressLine {
  if (!stderr.isTTY || total < 2) return { show: () => {}, clear: () => {} }
  let isShown = false
  return {
    show: ({ done, failed, perSecond }) => {
      const seconds = Math.ceil((total - done) / perSecond)
      const left = done < total && Number.isFinite(seconds) ? `, about ${seconds} s left` : ''
      stderr.write(`${ERASE}${done} of ${total} verified, ${failed} not valid${left}`)
      isShown = true
    },
    clear: () => {
      if (isShown) stderr.write(ERASE)
      isShown = false
    },
  }
}
