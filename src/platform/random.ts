/**
 * The runtime's own randomness: `crypto.getRandomValues`, which every supported runtime has.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'

/** At most 65 536 bytes, for keys and salts. */
export function randomBytes(length: number): Bytes {
  return globalThis.crypto.getRandomValues(new Uint8Array(length))
}
