/**
 * Markup that escapes by construction: a text can only get into it through `html`, which escapes it, and only what `html` made is
 * taken as it is. What comes out is XML too (void elements closed, every attribute with a value), so that a strict parser can read it.
 *
 * @module
 */

/** Markup that is finished. Only this room makes it: no JSON and no text can pass for it. */
export class SafeHtml {
  readonly #markup: string
  private constructor(markup: string) {
    this.#markup = markup
  }
  static of(strings: readonly string[], values: readonly Content[]): SafeHtml {
    return new SafeHtml(
      strings.map((text, index) => text + (index < values.length ? markupOf(values[index]) : '')).join(''),
    )
  }
  toString(): string {
    return this.#markup
  }
}

/** What may stand in markup. Texts and numbers are escaped; `undefined` and `false` are nothing. */
export type Content = SafeHtml | string | number | undefined | false | readonly Content[]

/** `html\`<p>${text}</p>\``: values are escaped, in elements and in quoted attributes. Never put one anywhere else. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): SafeHtml {
  return SafeHtml.of(strings, values)
}

export const nothing: SafeHtml = html``

function markupOf(value: Content): string {
  if (value === undefined || value === false) return ''
  if (value instanceof SafeHtml) return value.toString()
  if (Array.isArray(value)) return (value as readonly Content[]).map(markupOf).join('')
  return escaped(String(value))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** What XML 1.0 section 2.2 has no place for; HTML calls it a parse error. */
const NO_CHARACTER = /[\p{Cs}\p{Cc}\ufffe\uffff]/gu

function escaped(text: string): string {
  return text
    .replace(NO_CHARACTER, (character) => (/[\t\n\r]/.test(character) ? character : '\ufffd'))
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

type Attributes = Readonly<Record<string, string | number | undefined | false>>

/** An element whose name is not known before: a heading of some level. `name` and the names of attributes are the caller's own words. */
export function element(
  name: 'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6' | 'p',
  attributes: Attributes,
  content: Content,
): SafeHtml {
  return SafeHtml.of([`<${name}`, '>', `</${name}>`], [attributesOf(attributes), content])
}

/** ` name="value"` for each that has one. */
export function attributesOf(attributes: Attributes): SafeHtml {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== false)
  return SafeHtml.of(
    ['', ...entries.map(() => '')],
    entries.map(([name, value]) => SafeHtml.of([` ${name}="`, '"'], [value])),
  )
}

/** The text of a message with its `{names}` replaced; what is not given stays as it is. */
export function fill(message: string, values: Readonly<Record<string, Content>> = {}): SafeHtml {
  const parts = message.split(/\{(\w+)\}/)
  return SafeHtml.of(
    ['', ...parts.map(() => '')],
    parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? `{${part}}`))),
  )
}
