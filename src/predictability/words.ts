/**
 * Numbers as sentences have them.
 *
 * @module
 */

/** Whole per cent, but never 0 or 100 for what is neither. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100)
  if (share > 0 && rounded === 0) return 'less than 1 %'
  if (share < 1 && rounded === 100) return 'more than 99 %'
  return `${rounded} %`
}
