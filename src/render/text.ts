/**
 * What a badge says, made fit to stand beside our own words: no characters that turn the line around or hide, no endless texts.
 *
 * @module
 */
import type { RenderMessages } from './messages.js'
import { type Content, fill, html, type SafeHtml } from './safe-html.js'

/** A text with what is known of its language. */
export interface Said {
  readonly text: string
  /** BCP 47. */
  readonly language?: string
  readonly direction?: 'ltr' | 'rtl'
}

/**
 * Control characters, lone surrogates, bidirectional controls, and what is invisible everywhere. The joiners U+200C and U+200D stay:
 * Persian and emoji need them. Line breaks are looked at before.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\u{ad}\u{115f}\u{1160}\u{200b}\u{2060}-\u{2064}\u{3164}\u{feff}\u{fff9}-\u{fffb}\u{fffe}\u{ffff}\u{e0000}-\u{e007f}]/gu
/**
 * More marks than any writing puts on one letter: they would grow over the lines around. Four, or six where words need them ("secret" in
 * Burmese has five). Joiners between them hold nothing up.
 */
const piled = (mark: string, most: number) =>
  new RegExp(`(${mark}(?:[\\u200c\\u200d]*${mark}){${most - 1}})(?:[\\u200c\\u200d]*${mark})+`, 'gu')
const PILED_MARKS = [
  piled('\\p{M}', 6),
  piled('(?![\\p{Script=Myanmar}\\p{Script=Tibetan}\\p{Script=Tai_Tham}])\\p{M}', 4),
]

/** One line. */
export function line(text: string): string {
  return block(text).replace(/\s+/gu, ' ').trim()
}

/** Line breaks are kept. */
export function block(text: string): string {
  const clean = text
    .replace(/\r\n?|[\v\f\u0085\p{Zl}\p{Zp}]/gu, '\n')
    .replace(/\t/g, ' ')
    .replace(UNSAFE, (character) => (character === '\n' ? character : ''))
  return PILED_MARKS.reduce((rest, marks) => rest.replace(marks, '$1'), clean)
}

/** At most `length` characters as people count them, never half of one. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const letters = [...text.slice(0, length * 2)]
  return letters.length <= length ? text.slice(0, length * 2) : letters.slice(0, length).join('')
}

/** Characters of a name before it is cut. */
export const NAME_LENGTH = 200
/** Characters of a plain text before the rest is folded away. */
const TEXT_LENGTH = 1500
/** Characters that are shown at all, of one text. */
const SHOWN_LENGTH = 50_000

/** A text made fit, as far as it is shown. Cut first: cleaning megabytes of it would take its time. */
export interface Readable {
  readonly text: string
  /** Characters of the whole. */
  readonly length: number
  readonly isWhole: boolean
}

export function readable(text: string): Readable {
  const start = cut(text, SHOWN_LENGTH)
  return { text: block(start).trim(), length: text.length, isWhole: start === text }
}

/** One line of it, and whether that is all. */
function shortened(text: string, length: number): Readable {
  const start = text.slice(0, length * 8)
  const whole = line(start)
  const short = cut(whole, length)
  const isWhole = start === text && short === whole
  return { text: isWhole ? short : `${short}\u2026`, length: text.length, isWhole }
}

function attributes({ language, direction }: Said): { lang: string | undefined; dir: 'ltr' | 'rtl' | undefined } {
  const lang = language !== undefined && /^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/i.test(language) ? language : undefined
  return { lang, dir: direction }
}

/** A name or another short text: one line, isolated from the direction of what stands around it. One that is too long is cut, and that is said. */
export function name(said: Said | string, messages: RenderMessages, length: number = NAME_LENGTH): SafeHtml {
  const whole = typeof said === 'string' ? { text: said } : said
  const short = shortened(whole.text, length)
  if (short.isWhole) return isolated(whole, short.text)
  return html`${isolated(whole, short.text)} <span class="bw-more">${fill(messages.cut, { count: short.length })}</span>`
}

function isolated(said: Said, text: string): SafeHtml {
  const { lang, dir } = attributes(said)
  return html`<bdi${lang === undefined ? '' : html` lang="${lang}"`}${dir === undefined ? '' : html` dir="${dir}"`}>${text}</bdi>`
}

/** For texts that are no markup: one line, between the characters that keep its direction to itself. */
export function isolatedText(text: string): string {
  return `\u2068${shortened(text, NAME_LENGTH).text}\u2069`
}

/** A text of some lines. The rest of a long one is folded away; what is far too long is cut, and that is said. */
export function paragraph(said: Said, messages: RenderMessages): SafeHtml {
  const whole = readable(said.text)
  const first = cut(whole.text, TEXT_LENGTH)
  if (first === whole.text && whole.isWhole) return lines(said, first)
  return html`${lines(said, `${first}\u2026`)}${folded(lines(said, all(whole, messages)), messages)}`
}

function lines(said: Said, content: Content): SafeHtml {
  const { lang, dir } = attributes(said)
  return html`<div class="bw-text" dir="${dir ?? 'auto'}"${lang === undefined ? '' : html` lang="${lang}"`}>${content}</div>`
}

/** The whole of a text whose beginning was shown. */
export function folded(content: Content, messages: RenderMessages): SafeHtml {
  return html`<details class="bw-fold"><summary>${messages.showAll}</summary>${content}</details>`
}

/** All of it that is shown, as it was written. */
export function asWritten(text: Readable, messages: RenderMessages): SafeHtml {
  return lines({ text: '' }, all(text, messages))
}

function all({ text, length, isWhole }: Readable, messages: RenderMessages): Content {
  return isWhole ? text : html`${text}\u2026 ${fill(messages.cut, { count: length })}`
}
