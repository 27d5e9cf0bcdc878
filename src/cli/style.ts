/**
 * Colors where somebody looks, and only there.
 *
 * @module
 */
import type { Io, Output } from './io.js'

type Paint = (text: string) => string

export interface Style {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly green: Paint
  readonly yellow: Paint
  readonly cyan: Paint
}

/** FORCE_COLOR, then NO_COLOR (no-color.org), then whether it is a terminal that can. As in Node, FORCE_COLOR wins. */
export function hasColor({ isTTY }: Output, { FORCE_COLOR, NO_COLOR, TERM }: Io['env']): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  return isTTY === true && TERM !== 'dumb'
}

export function styleOf(output: Output, env: Io['env']): Style {
  const color = hasColor(output, env)
  const paint =
    (on: number, off: number): Paint =>
    (text) =>
      color && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  }
}
