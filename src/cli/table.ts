/**
 * Tables of text, as wide as they need to be.
 *
 * @module
 */
import { wrap } from './help.js'

/** Labels in one column, texts in the next. Cells are printable already. */
export function rows(
  list: readonly (readonly [label: string, text: string])[],
  paint = (text: string) => text,
): string[] {
  const width = Math.max(0, ...list.map(([label]) => label.length))
  return list.map(([label, text]) => `${paint(label)}${' '.repeat(width - label.length)}  ${text}`.trimEnd())
}

/** A text beside columns that are `indent` wide: broken between words where the width of the terminal is known. */
export function hanging(text: string, indent: number, columns: number | undefined): string[] {
  const room = (columns ?? Number.POSITIVE_INFINITY) - indent
  return room < 30 ? [text] : wrap(text, room)
}
