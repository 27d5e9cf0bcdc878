/**
 * MD5, only to compare hashed recipient identifiers of issuers that still use it (Open Badges 3.0 section B.1.10 allows it). It
 * proves nothing and signs nothing. WebCrypto rightly has none.
 *
 * @module
 */
import { md5 } from '@noble/hashes/legacy.js'
import { encodeHex, encodeUtf8 } from '../internal/bytes.js'

export function md5Hex(text: string): string {
  return encodeHex(md5(encodeUtf8(text)))
}
