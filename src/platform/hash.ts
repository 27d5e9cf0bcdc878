/**
 * Hashes of text, synchronous everywhere. RDFC-1.0 hashes once per blank node and decides what to hash next by the outcome;
 * WebCrypto has asynchronous digests only, and a promise for each would make canonicalization asynchronous all through. So
 * where there is no node:crypto, the audited `@noble/hashes` does it: 3 KB, and as fast as WebCrypto on texts this short. SHA-384,
 * which only P-384 asks for, would double that, and is loaded by `readyHash`.
 *
 * @module
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Bytes } from '../internal/types.js'
import { nodeBuiltin } from './builtin.js'
import type { HashAlgorithm } from './crypto-platform.js'

/** The hash of the text's UTF-8 bytes, in lower-case hexadecimal. */
export type TextHash = (text: string) => string

/** To be awaited before `textHash` and `hashHex` are asked for anything but SHA-256. */
export async function readyHash(algorithm: HashAlgorithm): Promise<void> {
  chosen ??= nodeHashes() ?? portableHashes
  if (chosen[algorithm] !== undefined) return
  const { sha384Hex } = await import('./sha384.js')
  chosen = { ...chosen, 'SHA-384': sha384Hex }
}

/** For those who hash much: one function per algorithm, without looking the platform up again. */
export function textHash(algorithm: HashAlgorithm): TextHash {
  chosen ??= nodeHashes() ?? portableHashes
  const hash = chosen[algorithm]
  if (hash === undefined) throw new TypeError(`${algorithm} was not made ready`)
  return hash
}

export function hashHex(algorithm: HashAlgorithm, text: string): string {
  return textHash(algorithm)(text)
}

type Hashes = { readonly 'SHA-256': TextHash; readonly 'SHA-384'?: TextHash }

/** A runtime does not change while it runs. */
let chosen: Hashes | undefined

/** Exported for its test: what browsers and workers use. */
export const portableHashes: Hashes = {
  'SHA-256': (text) => bytesToHex(sha256(utf8ToBytes(text))),
}

/** SHA-256 of bytes, in lower-case hexadecimal: at once, and without what signatures need. */
export function sha256HexOf(bytes: Bytes): string {
  const crypto = nodeBuiltin('node:crypto')
  return crypto === undefined ? bytesToHex(sha256(bytes)) : crypto.createHash('sha256').update(bytes).digest('hex')
}

function nodeHashes(): Hashes | undefined {
  const crypto = nodeBuiltin('node:crypto')
  if (crypto === undefined) return undefined
  const { hash, createHash } = crypto
  // crypto.hash takes half the time of a Hash object; Node has it since 20.12, other runtimes may not.
  const oneShot = (name: string): TextHash =>
    typeof hash === 'function'
      ? (text) => hash(name, text, 'hex')
      : (text) => createHash(name).update(text).digest('hex')
  return { 'SHA-256': oneShot('sha256'), 'SHA-384': oneShot('sha384') }
}
