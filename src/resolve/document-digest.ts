/**
 * Digests of a document as it came: a cache keeps documents parsed, and a digest is over bytes.
 *
 * @module
 */
import { encodeHex } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { cryptoPlatform } from '../platform/crypto.js'

/** Lower-case hexadecimal. */
export interface DocumentDigest {
  readonly sha256: string
  readonly sha384: string
}

export async function digestDocument(bytes: Bytes): Promise<DocumentDigest> {
  const platform = cryptoPlatform()
  const sha256 = encodeHex(await platform.digest('SHA-256', bytes))
  return { sha256, sha384: encodeHex(await platform.digest('SHA-384', bytes)) }
}
