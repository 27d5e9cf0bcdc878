/**
 * Base58 with the bitcoin alphabet, as Multibase uses it under the prefix `z` (Controlled Identifiers section 2.4).
 * The prefix is the caller's.
 *
 * By itself, since every signature and every key passes here: libraries work on a digit and a byte at a time, this on five digits
 * and two bytes, whose product is still a whole number in a double.
 *
 * @module
 */
import type { Bytes } from './types.js'

/** An RSA key of 8192 bits takes 1030. */
const MAX_BYTES = 1024
/** The longest text that is decoded: 1024 bytes take 1399 characters. Decoding is quadratic, so it must be bounded. */
const MAX_CHARACTERS = 2048

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
/** The value of a digit by its code unit; undefined for what is no digit. */
const DIGITS: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = ALPHABET.indexOf(String.fromCharCode(code))
  return value < 0 ? undefined : value
})
const FIVE_DIGITS = 58 ** 5
const TWO_BYTES = 65_536

/** For keys and signatures: at most 1024 bytes, a RangeError (a bug) beyond. */
export function encodeBase58btc(bytes: Bytes): string {
  if (bytes.length > MAX_BYTES) throw new RangeError('base58btc is for keys and signatures: at most 1024 bytes')
  let zeros = 0
  while (bytes[zeros] === 0) zeros++
  /** Five digits each, the last ones first. */
  const groups: number[] = []
  // An odd byte goes first, so that the others are pairs: its partner is a zero, or nothing.
  for (let at = zeros - ((bytes.length - zeros) % 2); at < bytes.length; at += 2)
    multiplyAndAdd(groups, TWO_BYTES, ((bytes[at] ?? 0) << 8) | (bytes[at + 1] as number), FIVE_DIGITS)
  let text = ''
  for (let group = 0; group < groups.length; group++) {
    let rest = groups[group] as number
    let digits = ''
    // Only the first group of the text has no leading zeros.
    for (let digit = 0; digit < 5 && (rest > 0 || group < groups.length - 1); digit++) {
      digits = ALPHABET.charAt(rest % 58) + digits
      rest = (rest / 58) | 0
    }
    text = digits + text
  }
  return ALPHABET.charAt(0).repeat(zeros) + text
}

/** Undefined where a character is not of the alphabet or the text is longer than 2048 characters. */
export function decodeBase58btc(text: string): Bytes | undefined {
  if (text.length > MAX_CHARACTERS) return undefined
  let zeros = 0
  while (text.charCodeAt(zeros) === ALPHABET.charCodeAt(0)) zeros++
  /** Two bytes each, the last ones first. */
  const pairs: number[] = []
  for (let at = zeros; at < text.length; ) {
    // What is left over from groups of five goes first.
    const end = at + ((text.length - at) % 5 || 5)
    let value = 0
    let scale = 1
    for (; at < end; at++) {
      const digit = DIGITS[text.charCodeAt(at)]
      if (digit === undefined) return undefined
      value = value * 58 + digit
      scale *= 58
    }
    multiplyAndAdd(pairs, scale, value, TWO_BYTES)
  }
  const isOdd = (pairs.at(-1) ?? TWO_BYTES) < 256
  const bytes = new Uint8Array(zeros + pairs.length * 2 - (isOdd ? 1 : 0))
  for (let pair = 0, at = bytes.length - 1; pair < pairs.length; pair++, at -= 2) {
    bytes[at] = pairs[pair] as number
    if (at > zeros) bytes[at - 1] = (pairs[pair] as number) >> 8
  }
  return bytes
}

/** In place: a number in the given base, least figure first, times `factor`, plus `addend`. */
function multiplyAndAdd(figures: number[], factor: number, addend: number, base: number): void {
  let carry = addend
  for (let place = 0; place < figures.length; place++) {
    const value = (figures[place] as number) * factor + carry
    carry = Math.floor(value / base)
    figures[place] = value - carry * base
  }
  if (carry > 0) {
    figures.push(carry % base)
    if (carry >= base) figures.push(Math.floor(carry / base))
  }
}
