/**
 * How much work an SVG asks of whoever draws it. Each `use` stands for all that it names, and that may hold others: a file of two kilobytes
 * can ask for more elements than there are atoms.
 *
 * @module
 */
import { NotReadable, resolved, type Tag, tagsOf } from './svg-tags.js'

/** Of elements within each other, and of names that lead to names. */
const MAX_DEPTH = 64

/** An element with a name, or the whole: what is drawn where it is drawn. */
interface Part {
  own: number
  readonly references: string[]
  readonly parts: Part[]
}

/**
 * The number of elements that are drawn; Infinity where references go in a circle, where there are more than `limit` to begin with, or
 * where what is drawn cannot be told from the tags: it is not well-formed, has entities or another picture inside, or styles that draw one
 * pattern with another.
 */
export function unfoldedElements(svg: string, limit: number): number {
  try {
    return new Unfolding(limit).read(svg)
  } catch (error) {
    if (error instanceof NotReadable) return Infinity
    throw error
  }
}

class Unfolding {
  readonly #limit: number
  readonly #whole: Part = { own: 0, references: [], parts: [] }
  /** All that have a name, together: a reader takes one of them. */
  readonly #named = new Map<string, Part>()
  readonly #open: { readonly name: string; readonly part: Part }[] = []
  #all = 0
  #styles = ''
  #isTiled = false

  constructor(limit: number) {
    this.#limit = limit
  }

  read(svg: string): number {
    for (const tag of tagsOf(svg)) {
      if (this.#open.at(-1)?.name === 'style') this.#styles += tag.before
      if (tag.kind === 'end') this.#end(tag)
      else this.#start(tag)
    }
    if (this.#all === 0 || this.#open.length > 0) throw new NotReadable()
    // Which rule is for which element is not told here.
    if (this.#isTiled && DRAWS.test(resolved(this.#styles))) throw new NotReadable()
    if (/data:image\/svg/i.test(this.#styles)) throw new NotReadable()
    return total(this.#whole, this.#named)
  }

  #end({ name }: Tag): void {
    if (this.#open.pop()?.name !== name) throw new NotReadable()
  }

  #start({ name, attributes, isEmpty }: Tag): void {
    if (this.#all === 0 && name !== 'svg') throw new NotReadable()
    if (++this.#all > this.#limit || this.#open.length > MAX_DEPTH) throw new NotReadable()
    if (TILED.has(name)) this.#isTiled = true
    const around = this.#open.at(-1)?.part ?? this.#whole
    const id = attributes.get('id')
    const part = id === undefined ? around : { own: 0, references: [], parts: [] }
    if (id !== undefined) {
      around.parts.push(part)
      const alike = this.#named.get(id)
      if (alike === undefined) this.#named.set(id, { own: 0, references: [], parts: [part] })
      else alike.parts.push(part)
    }
    part.own++
    for (const [attribute, value] of attributes)
      for (const each of referencesIn(attribute, value)) part.references.push(each)
    if (!isEmpty) this.#open.push({ name, part })
  }
}

const TILED: ReadonlySet<string> = new Set(['pattern', 'mask', 'filter', 'marker'])
/** In a style sheet: an address, or what could hide one. */
const DRAWS = /url\(|\\|@import/i
/** Where the values of an attribute that is animated stand. */
const ANIMATED: ReadonlySet<string> = new Set(['to', 'from', 'by', 'values'])

function* referencesIn(attribute: string, value: string): Generator<string> {
  if (/data:image\/svg/i.test(value)) throw new NotReadable()
  if (/(?:^|:)href$/.test(attribute)) yield* named(value)
  else if (ANIMATED.has(attribute)) for (const each of value.split(';')) yield* named(each)
  // An escape in CSS could be any letter of "url".
  if (value.includes('\\') && value.includes('(')) throw new NotReadable()
  const [, ...addresses] = value.split(/url\(/i)
  for (const address of addresses) yield* named(address.split(')', 1)[0]?.replaceAll(/["']/g, '') ?? '')
}

function* named(address: string): Generator<string> {
  const name = address.trim()
  if (name.startsWith('#')) yield name.slice(1)
}

function total(whole: Part, named: ReadonlyMap<string, Part>): number {
  const known = new Map<Part, number>()
  const count = (part: Part, depth: number): number => {
    const found = known.get(part)
    if (found !== undefined) return found
    if (depth > 3 * MAX_DEPTH) return Infinity
    // Met again before it is known: a circle.
    known.set(part, Infinity)
    let sum = part.own
    for (const each of part.parts) sum += count(each, depth + 1)
    for (const id of part.references) {
      const drawn = named.get(id)
      if (drawn !== undefined) sum += count(drawn, depth + 1)
    }
    known.set(part, sum)
    return sum
  }
  return count(whole, 0)
}
