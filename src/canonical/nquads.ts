/**
 * The text of RDF terms in canonical N-Quads: RDFC-1.0 section 5.
 *
 * @module
 */

/** Section 5: these are escaped in a literal, all else stands for itself. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const LITERAL_ESCAPES = /["\\\u0000-\u001f\u007f]/
/** N-Quads section 4, IRIREF: characters that no IRI has; documents have them all the same, and they must not end the IRI. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const IRI_ESCAPES = /[\u0000-\u0020<>"{}|^`\\]/

const ECHAR: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

const uchar = (character: string): string => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

/** `<...>` */
export function iriText(iri: string): string {
  return IRI_ESCAPES.test(iri) ? `<${iri.replace(new RegExp(IRI_ESCAPES, 'g'), uchar)}>` : `<${iri}>`
}

/** `"..."`; `end` is the last quotation mark and what follows it, language or datatype. */
export function stringText(value: string, end = '"'): string {
  if (!LITERAL_ESCAPES.test(value)) return `"${value}${end}`
  return `"${value.replace(new RegExp(LITERAL_ESCAPES, 'g'), (character) => ECHAR[character] ?? uchar(character))}${end}`
}

/** The order of JavaScript's own `<`, by UTF-16 code units. */
export function compareCodeUnits(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/**
 * In code point order, as RDFC-1.0 section 4 demands. `<` compares UTF-16 code units, which agrees but for one case: surrogates
 * (U+10000 and above) have lower code units than U+E000 to U+FFFF.
 */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) {
      const leftIsSurrogate = left >= 0xd800 && left <= 0xdfff
      const rightIsSurrogate = right >= 0xd800 && right <= 0xdfff
      return leftIsSurrogate === rightIsSurrogate ? left - right : leftIsSurrogate ? 1 : -1
    }
  }
  return a.length - b.length
}
