/**
 * Base58 with the bitcoin alphabet, as Multibase uses it under the prefix `z` (Controlled Identifiers section 2.4).
 * The prefix is the caller's.
 *
 * @module
 */
import { base58 } from '@scure/base'
import type { Bytes } from './types.js'

/** The longest text that is decoded: an RSA key of 8192 bits takes 1410 characters. Decoding is quadratic, so it must be bounded. */
const MAX_CHARACTERS = 2048

/** For keys and signatures: at most 1024 bytes, a RangeError (a bug) beyond. */
export function encodeBase58btc(bytes: Bytes): string {
  if (bytes.length > 1024) throw new RangeError('base58btc is for keys and signatures: at most 1024 bytes')
  return base58.encode(bytes)
}

/** Undefined where a character is not of the alphabet or the text is longer than 2048 characters. */
export function decodeBase58btc(text: string): Bytes | undefined {
  if (text.length > MAX_CHARACTERS) return undefined
  try {
    return base58.decode(text)
  } catch {
    return undefined
  }
}
