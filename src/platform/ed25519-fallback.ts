/**
 * Ed25519 (RFC 8032) in JavaScript, for browsers whose WebCrypto does not have it: Chromium before 137, Firefox before 129, Safari
 * before 17. Loaded only there. The audited `@noble/ed25519` does it, with WebCrypto's SHA-512.
 *
 * It takes some milliseconds for each signature, and JavaScript cannot promise to take the same time for each key.
 *
 * @module
 */
import { getPublicKeyAsync, signAsync, utils, verifyAsync } from '@noble/ed25519'
import { decodeBase64url, encodeBase64url } from '../internal/base64url.js'
import type { Bytes } from '../internal/types.js'

/** Does by itself what WebCrypto does with a CryptoKey. */
export interface PortableKey {
  readonly sign?: (data: Bytes) => Promise<Bytes>
  readonly verify?: (signature: Bytes, data: Bytes) => Promise<boolean>
}

/** Throws TypeError where the JWK has no such key. */
export function portablePublicKey({ x }: { readonly x?: unknown }): PortableKey {
  const publicKey = bytesOf(x, 'x')
  return {
    // Without zip215 as RFC 8032 section 5.1.7 has it, and as other runtimes verify: encodings that are not canonical are refused.
    verify: async (signature, data) =>
      signature.length === 64 && verifyAsync(signature, data, publicKey, { zip215: false }).catch(() => false),
  }
}

/** Throws TypeError where the JWK has no such key. */
export function portablePrivateKey({ d }: { readonly d?: unknown }): PortableKey {
  const secret = bytesOf(d, 'd')
  return { sign: (data) => signAsync(data, secret) }
}

/** RFC 8037 section 2. Without a seed of 32 bytes a fresh one, from the runtime's secure randomness. */
export async function portableJwk(
  seed: Bytes = utils.randomSecretKey(),
): Promise<{ kty: string; crv: string; x: string; d: string }> {
  const x = await getPublicKeyAsync(seed)
  return { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(x), d: encodeBase64url(seed) }
}

function bytesOf(value: unknown, name: string): Bytes {
  const bytes = typeof value === 'string' ? decodeBase64url(value) : undefined
  if (bytes?.length !== 32) throw new TypeError(`"${name}" of an Ed25519 key is base64url of 32 bytes`)
  return bytes
}
