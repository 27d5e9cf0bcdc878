/**
 * What the issuer signs: vc-di-ecdsa section 3.5.1.
 *
 * @module
 */
import { concatBytes, decodeHex } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { hashHex } from '../platform/hash.js'

/** `options`: the canonical N-Quads of the proof's options. `mandatory`: statements, in the order of the document. */
export function signData(options: string, publicKey: Bytes, mandatory: readonly string[]): Bytes {
  return concatBytes(sha256(options), publicKey, sha256(mandatory.join('')))
}

const sha256 = (text: string): Bytes => decodeHex(hashHex('SHA-256', text)) as Bytes
