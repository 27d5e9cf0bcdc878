/**
 * Regular expressions of strangers, in linear time. JSON Schema means those of ECMA-262 with the flag `u` (2020-12 Core section 6.4), whose
 * engines try one way after the other: `^(a+)+$` takes years for thirty letters. So they are read here by that grammar, written in RE2's
 * with the same meaning, and run by an engine that takes all ways at once. What has no such meaning is refused.
 *
 * @module
 */
import { onDemand } from '../../internal/on-demand.js'

/** `malformed`: no regular expression of ECMA-262. `unsupported`: one that cannot be run in linear time, or not with the same meaning. */
export class PatternError extends Error {
  readonly kind: 'malformed' | 'unsupported'

  constructor(kind: 'malformed' | 'unsupported', message: string) {
    super(message)
    this.kind = kind
  }
}

/** A regular expression for RE2. */
export interface Translated {
  readonly source: string
  /** States of the engine, about: what one character may cost. */
  readonly size: number
}

export interface Pattern {
  readonly size: number
  /** Somewhere in the text, as `RegExp.prototype.test`. */
  test(text: string): boolean
}

/** Beyond that, compiling it takes longer than most badges. */
export const MAX_STATES = 5000
/** RE2 has it. */
const MAX_REPEAT = 1000

const engine = onDemand(() => import('re2js'))

/** Throws PatternError. */
export async function compilePattern(text: string): Promise<Pattern> {
  const { source, size } = translatePattern(text)
  const { RE2JS } = await engine()
  try {
    const compiled = RE2JS.compile(source)
    return { size, test: (text) => compiled.test(text) }
  } catch (cause) {
    // All that RE2 is given has been read: what is left is a property of Unicode that it does not know.
    throw new PatternError('unsupported', cause instanceof Error ? cause.message.slice(0, 100) : 'it does not compile')
  }
}

/** In ECMA-262, white space is more than RE2's: section 22.2.2.9. */
const SPACE =
  '\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}'
const NO_SPACE =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}'
/** Inside of a class. */
const CLASSES: Readonly<Record<string, string>> = {
  d: '0-9',
  D: '\\x{0}-/:-\\x{10ffff}',
  w: '0-9A-Z_a-z',
  W: '\\x{0}-/:-@\\[-\\^`\\{-\\x{10ffff}',
  s: SPACE,
  S: NO_SPACE,
}
const CONTROLS: Readonly<Record<string, number>> = { f: 12, n: 10, r: 13, t: 9, v: 11 }
const SYNTAX = '^$\\.*+?()[]{}|/'
const CATEGORIES: Readonly<Record<string, string>> = {
  Letter: 'L',
  Cased_Letter: 'LC',
  Uppercase_Letter: 'Lu',
  Lowercase_Letter: 'Ll',
  Titlecase_Letter: 'Lt',
  Modifier_Letter: 'Lm',
  Other_Letter: 'Lo',
  Mark: 'M',
  Combining_Mark: 'M',
  Nonspacing_Mark: 'Mn',
  Spacing_Mark: 'Mc',
  Enclosing_Mark: 'Me',
  Number: 'N',
  Decimal_Number: 'Nd',
  digit: 'Nd',
  Letter_Number: 'Nl',
  Other_Number: 'No',
  Punctuation: 'P',
  punct: 'P',
  Connector_Punctuation: 'Pc',
  Dash_Punctuation: 'Pd',
  Open_Punctuation: 'Ps',
  Close_Punctuation: 'Pe',
  Initial_Punctuation: 'Pi',
  Final_Punctuation: 'Pf',
  Other_Punctuation: 'Po',
  Symbol: 'S',
  Math_Symbol: 'Sm',
  Currency_Symbol: 'Sc',
  Modifier_Symbol: 'Sk',
  Other_Symbol: 'So',
  Separator: 'Z',
  Space_Separator: 'Zs',
  Line_Separator: 'Zl',
  Paragraph_Separator: 'Zp',
  Control: 'Cc',
  cntrl: 'Cc',
  Format: 'Cf',
  Private_Use: 'Co',
  Surrogate: 'Cs',
}
// Unassigned code points hang on the edition of Unicode: C and Cn are left out.
const SHORT = new Set(Object.values(CATEGORIES))

/** Throws PatternError. Without captures: nobody asks what matched. */
export function translatePattern(text: string): Translated {
  return new Translation(text).all()
}

class Translation {
  readonly #points: readonly string[]
  #at = 0
  #groups = 0
  readonly #names = new Set<string>()

  constructor(text: string) {
    this.#points = [...text]
    // Each is a state at least, but for those of classes, which cost when they are compiled.
    if (this.#points.length > MAX_STATES) throw new PatternError('unsupported', 'it is too long')
  }

  all(): Translated {
    const whole = this.#disjunction(0)
    if (this.#at < this.#points.length) throw this.#malformed()
    return whole
  }

  #malformed(): PatternError {
    return new PatternError('malformed', `it is no regular expression, at character ${this.#at + 1}`)
  }

  get #next(): string | undefined {
    return this.#points[this.#at]
  }

  #take(text: string): boolean {
    const points = [...text]
    if (!points.every((point, index) => this.#points[this.#at + index] === point)) return false
    this.#at += points.length
    return true
  }

  #demand(text: string): void {
    if (!this.#take(text)) throw this.#malformed()
  }

  /** What stands up to the end of what is there, in one piece. */
  #until(end: string): string {
    const from = this.#at
    while (this.#next !== undefined && this.#next !== end) this.#at++
    const text = this.#points.slice(from, this.#at).join('')
    this.#demand(end)
    return text
  }

  #disjunction(depth: number): Translated {
    if (depth > 100) throw new PatternError('unsupported', 'its groups are too deep')
    let source = ''
    let size = 1
    for (;;) {
      const next = this.#next
      if (next === undefined || next === ')') return { source, size }
      if (this.#take('|')) {
        source += '|'
        size++
        continue
      }
      const term = this.#term(depth)
      source += term.source
      size += term.size
      if (size > MAX_STATES) throw new PatternError('unsupported', 'it is too long, with what it repeats')
    }
  }

  #term(depth: number): Translated {
    if (this.#take('^')) return { source: '\\A', size: 1 }
    if (this.#take('$')) return { source: '\\z', size: 1 }
    if (this.#take('\\b')) return { source: '\\b', size: 1 }
    if (this.#take('\\B')) return { source: '\\B', size: 1 }
    return this.#repeated(this.#atom(depth))
  }

  #atom(depth: number): Translated {
    const next = this.#next as string
    if (this.#take('(')) return this.#group(depth)
    if (this.#take('.')) return { source: '[^\\x{a}\\x{d}\\x{2028}\\x{2029}]', size: 1 }
    if (this.#take('[')) return this.#class()
    if (this.#take('\\')) {
      if (/[1-9k]/.test(this.#next ?? '')) throw new PatternError('unsupported', 'it refers back to what matched')
      const escaped = this.#escape(false)
      return { source: typeof escaped === 'number' ? literal(escaped) : `[${escaped}]`, size: 1 }
    }
    if (SYNTAX.includes(next) && next !== '/') throw this.#malformed()
    this.#at++
    return { source: literal(next.codePointAt(0) as number), size: 1 }
  }

  #group(depth: number): Translated {
    if (++this.#groups > MAX_REPEAT) throw new PatternError('unsupported', 'it has too many groups')
    if (this.#take('?')) {
      if (['=', '!', '<=', '<!'].some((sign) => this.#take(sign)))
        throw new PatternError('unsupported', 'it looks around ("(?=", "(?!", "(?<=" or "(?<!")')
      if (this.#take('<')) {
        const name = this.#until('>')
        if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name) || this.#names.has(name))
          throw this.#malformed()
        this.#names.add(name)
      } else if (!this.#take(':')) {
        // Modifiers are younger than JSON Schema.
        throw new PatternError('unsupported', 'it has a group of a kind that is not known here')
      }
    }
    const { source, size } = this.#disjunction(depth + 1)
    this.#demand(')')
    return { source: `(?:${source})`, size }
  }

  #repeated(atom: Translated): Translated {
    const bounds = this.#quantifier()
    if (bounds === undefined) return atom
    // Whether it is greedy decides how much matches, not whether.
    this.#take('?')
    const { least, most } = bounds
    const times = most === Number.POSITIVE_INFINITY ? least + 1 : most
    if (times > MAX_REPEAT) throw new PatternError('unsupported', `it repeats more than ${MAX_REPEAT} times`)
    const size = atom.size * Math.max(times, 1) + 1
    if (size > MAX_STATES) throw new PatternError('unsupported', 'it is too long, with what it repeats')
    return { source: `(?:${atom.source})${written(bounds)}`, size }
  }

  #quantifier(): Bounds | undefined {
    if (this.#take('*')) return { least: 0, most: Number.POSITIVE_INFINITY }
    if (this.#take('+')) return { least: 1, most: Number.POSITIVE_INFINITY }
    if (this.#take('?')) return { least: 0, most: 1 }
    if (!this.#take('{')) return undefined
    const [, least, comma, most] = /^(\d+)(,?)(\d*)$/.exec(this.#until('}')) ?? []
    if (least === undefined || (comma === '' && most !== '')) throw this.#malformed()
    const bounds = {
      least: Number(least),
      most: comma === '' ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most),
    }
    if (bounds.most < bounds.least) throw this.#malformed()
    return bounds
  }

  #class(): Translated {
    const negated = this.#take('^')
    let items = ''
    while (!this.#take(']')) {
      const first = this.#classAtom()
      if (this.#next === '-' && this.#points[this.#at + 1] !== ']') {
        this.#at++
        const last = this.#classAtom()
        if (typeof first !== 'number' || typeof last !== 'number' || last < first) throw this.#malformed()
        items += `${literal(first)}-${literal(last)}`
      } else items += typeof first === 'number' ? literal(first) : first
    }
    if (items === '') return { source: negated ? '[\\x{0}-\\x{10ffff}]' : '[^\\x{0}-\\x{10ffff}]', size: 1 }
    return { source: `[${negated ? '^' : ''}${items}]`, size: 1 }
  }

  #classAtom(): number | string {
    const next = this.#next
    if (next === undefined) throw this.#malformed()
    if (this.#take('\\')) return this.#escape(true)
    this.#at++
    return next.codePointAt(0) as number
  }

  /** After the backslash: a code point, or what stands for many inside of a class. */
  #escape(inClass: boolean): number | string {
    const sign = this.#next
    if (sign === undefined) throw this.#malformed()
    this.#at++
    if (CLASSES[sign] !== undefined) return CLASSES[sign]
    if (CONTROLS[sign] !== undefined) return CONTROLS[sign]
    if (SYNTAX.includes(sign)) return sign.charCodeAt(0)
    if (inClass && sign === '-') return 45
    if (inClass && sign === 'b') return 8
    if (sign === '0' && !/[0-9]/.test(this.#next ?? '')) return 0
    if (sign === 'c' && /[a-zA-Z]/.test(this.#next ?? ''))
      return (this.#points[this.#at++] as string).charCodeAt(0) % 32
    if (sign === 'x') return this.#hexadecimal(2)
    if (sign === 'u') return this.#unicode()
    if (sign === 'p' || sign === 'P') return this.#property(sign)
    throw this.#malformed()
  }

  #hexadecimal(digits: number): number {
    const text = this.#points.slice(this.#at, this.#at + digits).join('')
    if (text.length !== digits || !/^[0-9a-fA-F]+$/.test(text)) throw this.#malformed()
    this.#at += digits
    return Number.parseInt(text, 16)
  }

  #unicode(): number {
    if (this.#take('{')) {
      const text = this.#until('}')
      const point = /^[0-9a-fA-F]+$/.test(text) ? Number.parseInt(text, 16) : Number.NaN
      if (!(point <= 0x10ffff)) throw this.#malformed()
      return surrogateFree(point)
    }
    const unit = this.#hexadecimal(4)
    if (unit >= 0xd800 && unit < 0xdc00 && this.#take('\\u')) {
      const low = this.#hexadecimal(4)
      if (low >= 0xdc00 && low < 0xe000) return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
    }
    return surrogateFree(unit)
  }

  #property(sign: 'p' | 'P'): string {
    this.#demand('{')
    const text = this.#until('}')
    const [, key, value] = /^(?:(\w+)=)?(\w+)$/.exec(text) ?? []
    if (value === undefined) throw this.#malformed()
    if (key === undefined && value === 'Any' && sign === 'p') return '\\x{0}-\\x{10ffff}'
    if (key === undefined && value === 'ASCII') return sign === 'p' ? '\\x{0}-\\x{7f}' : '\\x{80}-\\x{10ffff}'
    if (key === 'Script' || key === 'sc') {
      // A category in its place would be taken for one.
      if (value.length < 3) throw new PatternError('unsupported', `the property "${text}" is not known here`)
      return `\\${sign}{${value}}`
    }
    if (key === undefined || key === 'General_Category' || key === 'gc') {
      const category = SHORT.has(value) ? value : CATEGORIES[value]
      if (category === 'LC' && sign === 'p') return '\\p{Lu}\\p{Ll}\\p{Lt}'
      if (category !== undefined && category !== 'LC' && category !== 'Cs') return `\\${sign}{${category}}`
    }
    throw new PatternError('unsupported', `the property "${text.slice(0, 40)}" is not known here`)
  }
}

interface Bounds {
  readonly least: number
  readonly most: number
}

/** RE2 counts numbers in braces where they stand within one another, and signs not. */
function written({ least, most }: Bounds): string {
  if (most === 1 && least === 0) return '?'
  if (most !== Number.POSITIVE_INFINITY) return `{${least},${most}}`
  return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`
}

/** Half a character is in no text that is UTF-8. */
function surrogateFree(point: number): number {
  if (point >= 0xd800 && point < 0xe000) throw new PatternError('unsupported', 'it asks for half a character')
  return point
}

function literal(point: number): string {
  return `\\x{${point.toString(16)}}`
}
