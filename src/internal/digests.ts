/**
 * Digests as documents write them: Subresource Integrity (W3C SRI section 3) and multihash in multibase (VCDM 2.0 section 5.3).
 *
 * @module
 */
import { decodeBase58btc } from './base58btc.js'
import { decodeBase64, decodeBase64url, encodeBase64, encodeBase64url } from './base64url.js'
import type { Bytes } from './types.js'

/** The hashes of SHA-2 that both forms know. */
export type Sha2 = 'sha256' | 'sha384' | 'sha512'

/** What a digest says. */
export interface StatedDigest {
  readonly algorithm: Sha2
  readonly bytes: Bytes
}

const LENGTH: Readonly<Record<Sha2, number>> = { sha256: 32, sha384: 48, sha512: 64 }
/** Codes of the multicodec table. */
const CODE: Readonly<Record<Sha2, number>> = { sha256: 0x12, sha384: 0x20, sha512: 0x13 }
const ALGORITHMS = ['sha512', 'sha384', 'sha256'] as const

/**
 * Subresource Integrity section 3.3: several digests may stand there, and those of the strongest algorithm count: any of them. Of algorithms
 * that are not `known` nothing is read.
 */
export function readIntegrity(text: string, known: readonly Sha2[] = ALGORITHMS): StatedDigest[] {
  const digests = integrityDigests(text).filter(({ algorithm }) => known.includes(algorithm))
  const strongest = ALGORITHMS.find((algorithm) => digests.some((one) => one.algorithm === algorithm))
  return digests.filter(({ algorithm }) => algorithm === strongest)
}

/** All that stand there, with options or without. Standard base64 with its padding, and base64url, which some write. */
export function integrityDigests(text: string): StatedDigest[] {
  return text
    .slice(0, 4096)
    .split(/\s+/)
    .flatMap((part) => {
      const [, algorithm, value = ''] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(?:\?.*)?$/.exec(part) ?? []
      return digestOf(algorithm as Sha2 | undefined, decodeBase64(value) ?? decodeBase64url(value.replace(/=+$/, '')))
    })
}

/** Multihash (Controlled Identifiers 1.0 section 2.5): code, length, digest; in base64url or base58btc. */
export function readMultihash(text: string, known: readonly Sha2[] = ALGORITHMS): StatedDigest[] {
  // Decoding base58 is quadratic.
  if (text.length > 256) return []
  const [base, value] = [text[0], text.slice(1)]
  const bytes = base === 'u' ? decodeBase64url(value) : base === 'z' ? decodeBase58btc(value) : undefined
  if (bytes === undefined || bytes[1] !== bytes.length - 2) return []
  return digestOf(
    known.find((algorithm) => CODE[algorithm] === bytes[0]),
    bytes.slice(2),
  )
}

function digestOf(algorithm: Sha2 | undefined, bytes: Bytes | undefined): StatedDigest[] {
  return algorithm === undefined || bytes?.length !== LENGTH[algorithm] ? [] : [{ algorithm, bytes }]
}

export function writeIntegrity({ algorithm, bytes }: StatedDigest): string {
  return `${algorithm}-${encodeBase64(bytes)}`
}

/** In base64url. */
export function writeMultihash({ algorithm, bytes }: StatedDigest): string {
  const multihash = new Uint8Array(bytes.length + 2)
  multihash.set([CODE[algorithm], bytes.length])
  multihash.set(bytes, 2)
  return `u${encodeBase64url(multihash)}`
}

/** Of either form, and all of them, as `sha384:` and base64url: to be compared with each other. What is neither says nothing. */
export function digestsIn(digest: string): string[] {
  const sri = integrityDigests(digest)
  const stated = sri.length > 0 ? sri : readMultihash(digest)
  return stated.map(({ algorithm, bytes }) => `${algorithm}:${encodeBase64url(bytes)}`)
}
