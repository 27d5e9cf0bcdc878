/**
 * The tags of an SVG as an XML reader sees them (XML 1.0 sections 2 and 3), in one pass: each character is looked at once. What is not well-formed
 * as far as this looks, and what an XML reader would have to know entities for, is not read: no browser may draw the rest of it either.
 *
 * @module
 */

export interface Tag {
  readonly kind: 'start' | 'end'
  /** Without its prefix. */
  readonly name: string
  /** Names as they are written, values with their references resolved. */
  readonly attributes: ReadonlyMap<string, string>
  /** `<g/>`: it has no end tag. */
  readonly isEmpty: boolean
  /** What stood before it since the last tag, without comments, and as it is written. */
  readonly before: string
}

/** Throws NotReadable. */
export function* tagsOf(text: string): Generator<Tag> {
  let before = ''
  let at = 0
  for (;;) {
    const start = text.indexOf('<', at)
    before += text.slice(at, start < 0 ? undefined : start)
    if (start < 0) return
    if (text.startsWith('<!--', start)) at = after(text, '-->', start + 4)
    else if (text.startsWith('<![CDATA[', start)) {
      at = after(text, ']]>', start + 9)
      before += text.slice(start + 9, at - 3)
    } else if (text[start + 1] === '!') at = afterDeclaration(text, start)
    else if (text[start + 1] === '?') {
      at = after(text, '?>', start)
      // It brings styles along.
      if (text.startsWith('<?xml-stylesheet', start)) throw new NotReadable()
    } else {
      const tag = new TagReader(text, start)
      yield tag.read(before)
      before = ''
      at = tag.at
    }
  }
}

/** Not well-formed, or more than is read here. Caught inside this room. */
export class NotReadable extends Error {}

/** The place behind the next `end`. */
function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from)
  if (at < 0) throw new NotReadable()
  return at + end.length
}

/** A document type without entities of its own. */
function afterDeclaration(text: string, start: number): number {
  const end = after(text, '>', start)
  const declaration = text.slice(start, end)
  if (!/^<!DOCTYPE\s/i.test(declaration) || declaration.includes('[')) throw new NotReadable()
  return end
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

class TagReader {
  readonly #text: string
  at: number

  /** `at`: where its `<` stands. */
  constructor(text: string, at: number) {
    this.#text = text
    this.at = at + 1
  }

  read(before: string): Tag {
    const kind = this.#take('/') ? 'end' : 'start'
    const name = this.#name()
    const attributes = new Map<string, string>()
    for (;;) {
      const isApart = this.#space()
      const isEmpty = kind === 'start' && this.#take('/')
      if (this.#take('>')) return { kind, name: name.slice(name.indexOf(':') + 1), attributes, isEmpty, before }
      if (isEmpty || !isApart || kind === 'end') throw new NotReadable()
      const attribute = this.#name()
      if (attributes.has(attribute)) throw new NotReadable()
      this.#space()
      if (!this.#take('=')) throw new NotReadable()
      this.#space()
      attributes.set(attribute, this.#value())
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.at] !== character) return false
    this.at++
    return true
  }

  /** Is there any? */
  #space(): boolean {
    const start = this.at
    while (SPACE.has(this.#text[this.at] ?? '')) this.at++
    return this.at > start
  }

  #name(): string {
    const start = this.at
    while (!NO_NAME.has(this.#text[this.at] ?? '')) this.at++
    if (this.at === start) throw new NotReadable()
    return this.#text.slice(start, this.at)
  }

  #value(): string {
    const quote = this.#text[this.at]
    if (quote !== '"' && quote !== "'") throw new NotReadable()
    const start = this.at + 1
    this.at = after(this.#text, quote, start)
    const written = this.#text.slice(start, this.at - 1)
    if (written.includes('<')) throw new NotReadable()
    return written.includes('&') ? resolved(written) : written
  }
}

const SPACE: ReadonlySet<string> = new Set(' \t\r\n')
const NO_NAME: ReadonlySet<string> = new Set([...SPACE, ...'<>/=\'"&', ''])

/** Section 4.1. */
export function resolved(written: string): string {
  const [first = '', ...parts] = written.split('&')
  return (
    first +
    parts
      .map((part) => {
        const end = part.indexOf(';')
        const reference = end < 0 ? '' : part.slice(0, Math.min(end, 12))
        return characterOf(reference) + part.slice(end + 1)
      })
      .join('')
  )
}

function characterOf(reference: string): string {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]+)|([0-9]+))$/i.exec(reference) ?? []
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)
  if (code <= 0x10ffff) return String.fromCodePoint(code)
  if (Object.hasOwn(ENTITIES, reference)) return ENTITIES[reference] as string
  throw new NotReadable()
}
