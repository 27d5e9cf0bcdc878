/**
 * Text from a badge on its way to a terminal. A name may hold escape sequences that rewrite the screen, or bidirectional
 * overrides that make one name look like another.
 *
 * @module
 */

/**
 * Control characters, lone surrogates, line separators, bidirectional controls, and characters that are invisible everywhere.
 * The joiners U+200C and U+200D stay: Persian and emoji need them.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u{ad}\u{200b}\u{2060}-\u{2064}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu

/** One line: what is unsafe stands as `\u{202e}`. Longer than `max` UTF-16 units: cut, and that is said. */
export function printable(text: string, max = 2000): string {
  if (text.length <= max) return escaped(text)
  const start = text.slice(0, max).replace(/[\ud800-\udbff]$/, '')
  return `${escaped(start)}... (cut: ${text.length} characters)`
}

function escaped(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** JSON that means the same and is safe to print: what JSON.stringify lets through is escaped. */
export function toJson(value: unknown, indent?: number): string {
  return printableJson(JSON.stringify(value, undefined, indent))
}

/** The same for JSON that is text already. */
export function printableJson(json: string): string {
  return json.replace(UNSAFE, (character) =>
    // A line break here is JSON.stringify's own; those in texts are escaped already.
    character === '\n'
      ? character
      : Array.from(
          { length: character.length },
          (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
        ).join(''),
  )
}
