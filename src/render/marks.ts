/**
 * Small pictures of outcomes. They say nothing that does not stand beside them in words: who does not see them misses nothing.
 *
 * @module
 */
import type { Look } from './messages.js'
import { html, type SafeHtml } from './safe-html.js'

const TICK = 'M4.5 12.5l5 5L19.5 7'
const CROSS = 'M6 6l12 12M18 6L6 18'
const QUESTION = 'M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.100-1.500 2.300M12 18.500v.1'
const BANG = 'M12 5v9M12 18.500v.1'
const DASH = 'M6 12h12'

type Mark = Look | 'passed' | 'failed' | 'open' | 'skipped' | 'met' | 'not-met' | 'uncertain'

/** The path of each, in a box of 24 by 24, drawn as a line. Only what was verified, passed or met has a tick. */
export const MARKS: Readonly<Record<Mark, string>> = {
  verified: TICK,
  passed: TICK,
  met: TICK,
  signed: 'M12 10v8M12 6.500v.1',
  reserved: BANG,
  invalid: CROSS,
  failed: CROSS,
  'not-met': CROSS,
  indeterminate: QUESTION,
  open: QUESTION,
  uncertain: QUESTION,
  skipped: DASH,
}

export function mark(kind: Mark): SafeHtml {
  return html`<svg class="bw-mark bw-mark-${kind}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg"><path d="${MARKS[kind]}" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`
}
