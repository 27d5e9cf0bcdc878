/**
 * Keywords, and what counts as an IRI. JSON-LD 1.1 section 1.7, JSON-LD 1.1 API section 5.2.
 *
 * @module
 */

const KEYWORDS: ReadonlySet<string> = new Set([
  '@base',
  '@container',
  '@context',
  '@direction',
  '@graph',
  '@id',
  '@import',
  '@included',
  '@index',
  '@json',
  '@language',
  '@list',
  '@nest',
  '@none',
  '@prefix',
  '@propagate',
  '@protected',
  '@reverse',
  '@set',
  '@type',
  '@value',
  '@version',
  '@vocab',
])

export function isKeyword(text: string): boolean {
  return text.charCodeAt(0) === 0x40 && KEYWORDS.has(text)
}

/** Reserved for keywords to come: such terms and IRIs are dropped. */
export function looksLikeKeyword(text: string): boolean {
  return text.charCodeAt(0) === 0x40 && /^@[A-Za-z]+$/.test(text)
}

/**
 * A scheme and no white space; also true of blank node identifiers. As weak as other implementations check it, because two of
 * them must not drop different statements.
 */
export function isAbsoluteIri(text: string): boolean {
  return /^(?:[A-Za-z][A-Za-z0-9+.-]*|_):[^\s]*$/.test(text)
}

export function isBlankNodeIdentifier(text: string): boolean {
  return text.charCodeAt(0) === 0x5f && text.charCodeAt(1) === 0x3a
}

/** BCP 47 in form only. A tag in any other form could write statements of its own into N-Quads. */
export function isLanguageTag(text: string): boolean {
  return /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/.test(text)
}

/** The error codes of JSON-LD 1.1 API section 9.4, and one of our own for what is beyond all measure. */
export class JsonLdSyntaxError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'JsonLdSyntaxError'
    this.code = code
  }
}
