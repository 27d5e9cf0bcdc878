/**
 * Hashes of what comes in pieces. WebCrypto hashes only what is there as a whole: where there is no node:crypto, `@noble/hashes` does it.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'
import { nodeBuiltin } from './builtin.js'

/** Takes pieces, and answers once. */
export interface StreamHash {
  update(bytes: Bytes): unknown
  digest(): Bytes
}

/** A new hash. */
export type StreamHashes = (algorithm: 'sha256' | 'sha384' | 'sha512') => StreamHash

/** What makes hashes here. */
export async function streamHashes(): Promise<StreamHashes> {
  const crypto = nodeBuiltin('node:crypto')
  if (crypto === undefined) return portableStreamHashes()
  return (algorithm) => {
    const hash = crypto.createHash(algorithm)
    return { update: (bytes) => hash.update(bytes), digest: () => new Uint8Array(hash.digest()) }
  }
}

/** What browsers and workers use, loaded when it is asked for. Exported for its test. */
export async function portableStreamHashes(): Promise<StreamHashes> {
  const { createSha2 } = await import('./sha384.js')
  return createSha2
}
