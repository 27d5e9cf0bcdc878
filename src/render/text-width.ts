/**
 * Breaking texts into lines where nothing does it for us: SVG. Widths are estimates, a little too wide rather than too narrow.
 *
 * @module
 */

/** In em. East Asian letters and pictures are squares; marks take no room. */
function width(letter: string): number {
  if (/\p{M}|\p{Cf}/u.test(letter)) return 0
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uff00-\uff60]/u.test(
      letter,
    )
  )
    return 1.05
  if (/[\p{Lu}mwMW@%]/u.test(letter)) return 0.8
  return /[iljtf.,:;'|! ()]/.test(letter) ? 0.37 : 0.63
}

/** At most `lines` lines of `room` em; what is left out is three dots. */
export function wrapped(text: string, room: number, lines: number): readonly string[] {
  return balanced(broken(text, room, lines))
}

function broken(text: string, room: number, lines: number): readonly string[] {
  const found: string[] = []
  let current = ''
  let used = 0
  /** Where the line could be broken: the length of what would stay. */
  let space = -1
  for (const letter of text.slice(0, 2000)) {
    if (letter === ' ') space = current.length
    current += letter
    used += width(letter)
    if (used <= room) continue
    if (found.length === lines - 1) return [...found, `${[...current].slice(0, -2).join('').trimEnd()}\u2026`]
    const at = space > 0 ? space : current.length - letter.length
    found.push(current.slice(0, at))
    current = current.slice(at).trimStart()
    used = [...current].reduce((sum, each) => sum + width(each), 0)
    space = -1
  }
  return current === '' ? found : [...found, current]
}

/** Each line closes the isolates (U+2068, U+2069) that it opens, and opens again what the line before left open. */
function balanced(lines: readonly string[]): readonly string[] {
  let open = false
  return lines.map((line) => {
    const start = open ? '\u2068' : ''
    open = (open || line.includes('\u2068')) && line.lastIndexOf('\u2069') <= line.lastIndexOf('\u2068')
    return `${start}${line}${open ? '\u2069' : ''}`
  })
}
