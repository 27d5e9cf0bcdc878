/**
 * Names that others chose, as one line of text: no control characters, nothing that turns the direction of what stands beside it,
 * nothing endless.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\u{ad}\u{200b}\u{2060}-\u{2064}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu
/** More marks than this on one letter are no script but paint over the neighbours. */
const STACKED = /(\p{M}{4})\p{M}+/gu

export function plainText(text: string, maxLetters = 80): string {
  // What is cut off below need not be cleaned.
  const line = text
    .slice(0, maxLetters * 20)
    .replace(/[\p{Z}\s]+/gu, ' ')
    .replace(UNSAFE, '')
    .replace(STACKED, '$1')
    .trim()
  const letters = [...line]
  return letters.length > maxLetters ? `${letters.slice(0, maxLetters - 1).join('')}…` : line
}
