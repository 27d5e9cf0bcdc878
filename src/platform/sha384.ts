/**
 * SHA-384 of text, and SHA-2 of streams, where there is no node:crypto. In a file of its own, which tsup.config.ts gives a copy of its own of the
 * module that also has SHA-256: else the one would bring the other along.
 *
 * @module
 */
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** In lower-case hexadecimal. */
export const sha384Hex = (text: string): string => bytesToHex(sha384(utf8ToBytes(text)))

/** To be fed piece by piece. */
export const createSha2 = (algorithm: 'sha256' | 'sha384' | 'sha512') =>
  ({ sha256, sha384, sha512 })[algorithm].create()
