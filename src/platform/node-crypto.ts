/**
 * Signatures by node:crypto's one-shot calls: synchronous, and where many are verified at once, on other threads.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'
import type { CryptoPlatform, HashAlgorithm, SignatureAlgorithm } from './crypto-platform.js'
import { expectStrictEd25519Key, isStrictEd25519Signature } from './ed25519-strict.js'

type NodeCrypto = typeof import('node:crypto')
type NodeKey = import('node:crypto').KeyObject
type NodeJwk = import('node:crypto').JsonWebKey

/** RFC 8032 hashes on its own; the others name their hash. */
const HASH: Readonly<Record<SignatureAlgorithm, string | undefined>> = {
  EdDSA: undefined,
  ES256: 'sha256',
  ES384: 'sha384',
  RS256: 'sha256',
}
const DIGEST: Readonly<Record<HashAlgorithm, string>> = { 'SHA-256': 'sha256', 'SHA-384': 'sha384' }

/** What takes long enough to sign with that handing it to another thread, which costs 10 us, makes a batch a third faster. */
const SLOW: ReadonlySet<SignatureAlgorithm> = new Set(['ES384', 'RS256'])

/** A view without Buffer's own methods: what leaves here is a plain Uint8Array. */
const plain = (bytes: Uint8Array): Bytes => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export function nodeCrypto(crypto: NodeCrypto): CryptoPlatform {
  const dsaEncoding = 'ieee-p1363' as const
  return {
    name: 'node',
    importPublicKey: (algorithm, jwk) => {
      if (algorithm === 'EdDSA') expectStrictEd25519Key(jwk)
      return crypto.createPublicKey({ key: jwk as NodeJwk, format: 'jwk' })
    },
    importPrivateKey: (_algorithm, jwk) => crypto.createPrivateKey({ key: jwk as NodeJwk, format: 'jwk' }),
    sign: (algorithm, key, data, elsewhere) => {
      const options = { key: key as NodeKey, dsaEncoding }
      if (elsewhere !== true || !SLOW.has(algorithm)) return plain(crypto.sign(HASH[algorithm], data, options))
      // With a callback Node signs on the threads of libuv.
      return new Promise((resolve, reject) => {
        crypto.sign(HASH[algorithm], data, options, (error, signature) =>
          error ? reject(error) : resolve(plain(signature)),
        )
      })
    },
    verify: (algorithm, key, data, signature, elsewhere) => {
      if (algorithm === 'EdDSA' && !isStrictEd25519Signature(signature)) return false
      // The encoding is a matter of ECDSA alone, and Node reads a key by itself sooner.
      const options = HASH[algorithm] === undefined ? (key as NodeKey) : { key: key as NodeKey, dsaEncoding }
      if (elsewhere !== true) return crypto.verify(HASH[algorithm], data, options, signature)
      return new Promise((resolve, reject) => {
        crypto.verify(HASH[algorithm], data, options, signature, (error, isValid) =>
          error ? reject(error) : resolve(isValid),
        )
      })
    },
    digest: (algorithm, data) => plain(crypto.createHash(DIGEST[algorithm]).update(data).digest()),
    generateKey: (algorithm, bits = 2048) => {
      // The job itself writes the JWK: a KeyObject that is exported while its job is being collected can deadlock Node 20.
      const encoding = { publicKeyEncoding: { format: 'jwk' }, privateKeyEncoding: { format: 'jwk' } }
      const [type, options] = KEY_TYPE[algorithm]
      return new Promise<object>((resolve, reject) => {
        generateKeyPair(crypto)(
          type,
          { ...encoding, ...options, modulusLength: bits },
          (error, _publicKey, privateKey) => (error ? reject(error) : resolve(privateKey)),
        )
      })
    },
  }
}

const KEY_TYPE: Readonly<Record<SignatureAlgorithm, readonly [type: string, options: object]>> = {
  EdDSA: ['ed25519', {}],
  ES256: ['ec', { namedCurve: 'P-256' }],
  ES384: ['ec', { namedCurve: 'P-384' }],
  RS256: ['rsa', {}],
}

type GenerateKeyPair = (
  type: string,
  options: object,
  done: (error: Error | null, publicKey: object, privateKey: object) => void,
) => void

/** Node takes `jwk` as an encoding here since 15.12; the declarations for Node 20 do not know it. */
function generateKeyPair(crypto: NodeCrypto): GenerateKeyPair {
  return crypto.generateKeyPair as unknown as GenerateKeyPair
}
