/**
 * Words of others in our messages.
 *
 * @module
 */

/** In one line, without control characters (and those that turn the direction of text), and not endless. */
export function describe(text: string): string {
  if (/^[!-~]{1,200}$/.test(text)) return text
  // Cut before it is read: a stranger's document may be long, and be quoted for each of its entries.
  const line = text
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return line.length > 200 ? `${line.slice(0, 200)}...` : line
}
