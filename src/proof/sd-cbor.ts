/**
 * As much of CBOR (RFC 8949) as proof values are made of: unsigned integers, byte strings, texts, arrays and maps, all of
 * definite length, each head in its shortest form. Tags are refused, as vc-di-ecdsa section 3.5 demands, and so is whatever
 * else would let one value be written in two ways.
 *
 * @module
 */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'

/** RFC 8949 section 3.1. */
const MAJOR = { uint: 0, bytes: 2, text: 3, array: 4, map: 5 } as const
type CborKind = keyof typeof MAJOR

/** The bytes are not what they should be. Caught by whoever reads a proof value. */
export class CborError extends Error {}

/** Reads item by item: who reads knows what must come, so that nothing is built before it is known to fit. */
export class CborReader {
  readonly #bytes: Bytes
  #offset: number

  constructor(bytes: Bytes, offset = 0) {
    this.#bytes = bytes
    this.#offset = offset
  }

  uint(): number {
    return this.#head('uint')
  }

  /** `length`: the only one that is taken. */
  bytes(length: number): Bytes {
    const found = this.#head('bytes')
    if (found !== length) throw new CborError(`a byte string of ${length} bytes is expected, not of ${found}`)
    return this.#take(length).slice()
  }

  text(): string {
    const text = decodeUtf8(this.#take(this.#head('text')))
    if (text === undefined) throw new CborError('a text is not UTF-8')
    return text
  }

  /** The number of items, which the caller reads next. `size`: the least number of bytes of one. */
  array(size: number): number {
    return this.#count('array', size)
  }

  /** The number of entries; `size` as for arrays. */
  map(size: number): number {
    return this.#count('map', size)
  }

  end(): void {
    const left = this.#bytes.length - this.#offset
    if (left > 0) throw new CborError(`${left} bytes follow its end`)
  }

  #count(kind: 'array' | 'map', size: number): number {
    const count = this.#head(kind)
    // Before anybody allocates or loops: what is announced must be able to be there.
    if (count * size > this.#bytes.length - this.#offset)
      throw new CborError(`it ends before the ${count} items that are announced`)
    return count
  }

  #take(length: number): Bytes {
    const end = this.#offset + length
    if (end > this.#bytes.length) throw new CborError('it ends too early')
    const taken = this.#bytes.subarray(this.#offset, end)
    this.#offset = end
    return taken
  }

  /** The argument of an item's head: a number, a length or a count. */
  #head(kind: CborKind): number {
    const [initial = 0] = this.#take(1)
    if (initial >> 5 !== MAJOR[kind])
      throw new CborError(`${NAMES[kind]} is expected at byte ${this.#offset - 1}, not ${nameOf(initial >> 5)}`)
    const info = initial & 31
    if (info < 24) return info
    // 27 announces eight bytes, 31 an indefinite length; the others mean nothing.
    if (info > 26) throw new CborError('lengths are definite and below 2³²')
    let value = 0
    for (const byte of this.#take(2 ** (info - 24))) value = value * 256 + byte
    if (value < (LEAST[info - 24] as number)) throw new CborError('a length or number is not in its shortest form')
    return value
  }
}

/** What needs an argument of one, two, four bytes. */
const LEAST = [24, 0x100, 0x1_0000] as const

const NAMES: Readonly<Record<CborKind, string>> = {
  uint: 'a number',
  bytes: 'a byte string',
  text: 'a text',
  array: 'an array',
  map: 'a map',
}

function nameOf(major: number): string {
  const kind = (Object.keys(MAJOR) as CborKind[]).find((each) => MAJOR[each] === major)
  return kind === undefined ? 'something else' : NAMES[kind]
}

export const cborUint = (value: number): Bytes => head('uint', value)
export const cborBytes = (bytes: Bytes): Bytes => concatBytes(head('bytes', bytes.length), bytes)
export const cborText = (text: string): Bytes => {
  const bytes = encodeUtf8(text)
  return concatBytes(head('text', bytes.length), bytes)
}
export const cborArray = (items: readonly Bytes[]): Bytes => concatBytes(head('array', items.length), ...items)
/** The caller sorts: RFC 8949 section 4.2.1 wants the keys in the order of their bytes. */
export const cborMap = (entries: readonly (readonly [key: Bytes, value: Bytes])[]): Bytes =>
  concatBytes(head('map', entries.length), ...entries.flat())

function head(kind: CborKind, value: number): Bytes {
  const initial = MAJOR[kind] << 5
  if (value < LEAST[0]) return new Uint8Array([initial | value])
  const size = value < LEAST[1] ? 0 : value < LEAST[2] ? 1 : 2
  const bytes = new Uint8Array(1 + 2 ** size)
  bytes[0] = initial | (24 + size)
  for (let at = bytes.length - 1, rest = value; at > 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256
  return bytes
}
