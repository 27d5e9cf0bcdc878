/**
 * Signatures by WebCrypto (W3C Web Cryptography API level 2 for Ed25519). Where a browser's does not have Ed25519 yet, a small
 * library is loaded for it.
 *
 * @module
 */
import type { Bytes, MaybePromise } from '../internal/types.js'
import type { CryptoPlatform, SignatureAlgorithm } from './crypto-platform.js'
import type { PortableKey } from './ed25519-fallback.js'
import { expectStrictEd25519Key, isStrictEd25519Signature } from './ed25519-strict.js'

interface Parameters {
  /** For importing and generating. */
  readonly key: Algorithm & { readonly namedCurve?: string; readonly hash?: string }
  /** For signing and verifying. */
  readonly signature: Algorithm & { readonly hash?: string }
}

/** Everything WebCrypto has to be told about an algorithm. */
export const WEB_CRYPTO: Readonly<Record<SignatureAlgorithm, Parameters>> = {
  EdDSA: { key: { name: 'Ed25519' }, signature: { name: 'Ed25519' } },
  ES256: { key: { name: 'ECDSA', namedCurve: 'P-256' }, signature: { name: 'ECDSA', hash: 'SHA-256' } },
  ES384: { key: { name: 'ECDSA', namedCurve: 'P-384' }, signature: { name: 'ECDSA', hash: 'SHA-384' } },
  RS256: { key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, signature: { name: 'RSASSA-PKCS1-v1_5' } },
}

/** TypeScript tells shared memory from the other kind, WebCrypto's declarations take only the latter; ours is never shared. */
const source = (bytes: Bytes) => bytes as Uint8Array<ArrayBuffer>
/** WebCrypto checks `use`, `key_ops`, `alg` and `ext` against the call: what the key may do is judged in keys/, not here. */
const bare = (jwk: object): JsonWebKey => {
  const { use, key_ops, alg, ext, kid, ...material } = jwk as JsonWebKey & { kid?: string }
  return material
}

/** The JWK of a key that is extractable. */
export function exportCryptoKey(key: CryptoKey): Promise<JsonWebKey> {
  return globalThis.crypto.subtle.exportKey('jwk', key)
}

export function webCrypto({ subtle }: Crypto): CryptoPlatform {
  return {
    name: 'webcrypto',
    importPublicKey: async (algorithm, jwk) => {
      if (algorithm === 'EdDSA') expectStrictEd25519Key(jwk)
      return orPortable<object>(
        algorithm,
        () => subtle.importKey('jwk', bare(jwk), WEB_CRYPTO[algorithm].key, true, ['verify']),
        ({ portablePublicKey }) => portablePublicKey(jwk),
      )
    },
    importPrivateKey: (algorithm, jwk) =>
      orPortable<object>(
        algorithm,
        () => subtle.importKey('jwk', bare(jwk), WEB_CRYPTO[algorithm].key, false, ['sign']),
        ({ portablePrivateKey }) => portablePrivateKey(jwk),
      ),
    sign: async (algorithm, key, data) =>
      (key as PortableKey).sign?.(data) ??
      new Uint8Array(await subtle.sign(WEB_CRYPTO[algorithm].signature, key as CryptoKey, source(data))),
    verify: (algorithm, key, data, signature) => {
      if (algorithm === 'EdDSA' && !isStrictEd25519Signature(signature)) return false
      return (
        (key as PortableKey).verify?.(signature, data) ??
        subtle.verify(WEB_CRYPTO[algorithm].signature, key as CryptoKey, source(signature), source(data))
      )
    },
    digest: async (algorithm, data) => new Uint8Array(await subtle.digest(algorithm, source(data))),
    generateKey: async (algorithm, bits = 2048) => {
      const parameters =
        algorithm === 'RS256'
          ? { ...WEB_CRYPTO.RS256.key, modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) }
          : WEB_CRYPTO[algorithm].key
      const generate = async (): Promise<object> => {
        const pair = (await subtle.generateKey(parameters, true, ['sign', 'verify'])) as CryptoKeyPair
        return bare(await subtle.exportKey('jwk', pair.privateKey))
      }
      return orPortable(algorithm, generate, ({ portableJwk }) => portableJwk())
    },
  }
}

/** `portable` where this WebCrypto does not know Ed25519. Whatever else it says of a key stands. */
async function orPortable<T>(
  algorithm: SignatureAlgorithm,
  native: () => Promise<T>,
  portable: (library: typeof import('./ed25519-fallback.js')) => MaybePromise<T>,
): Promise<T> {
  try {
    return await native()
  } catch (error) {
    if (algorithm !== 'EdDSA' || (error as { name?: unknown }).name !== 'NotSupportedError') throw error
    return portable(await import('./ed25519-fallback.js'))
  }
}
