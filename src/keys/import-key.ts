/**
 * One way in for every form keys come in: JWK, Multikey, PEM (PKCS#8 and SPKI), raw Ed25519 seeds, CryptoKey.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { decodeBase64, encodeBase64url } from '../internal/base64url.js'
import { concatBytes, encodeHex } from '../internal/bytes.js'
import type { Bytes, WebCryptoKey } from '../internal/types.js'
import type { PrivateJwk, PublicJwk } from '../model/jwk.js'
import { publicKeyOfCryptoKey, readCryptoKey } from './crypto-key.js'
import { isScalar } from './ec-point.js'
import {
  CURVES,
  type CurveName,
  expectKey,
  expectSigningKey,
  expectVerifyingKey,
  publicJwk,
  readPrivateJwk,
  readPublicJwk,
} from './jwk.js'
import { isCryptoKey } from './local-signer.js'
import { decodePublicMultikey, decodeSecretMultikey, type SecretMultikey } from './multikey.js'
import type { KeyAlgorithm } from './signer.js'

/** A raw seed says nothing of its kind, so the algorithm stands beside it. RFC 8032 section 5.1.5: 32 bytes. */
export interface Ed25519Seed {
  readonly seed: Bytes
  readonly algorithm: 'EdDSA'
}
/**
 * Both halves of a Multikey, as key files and verification methods hold them: Controlled Identifiers 1.0 section 2.2.2. Needed for
 * P-256 and P-384 where the runtime does not tell the public key of a bare secret: Safari, and Firefox (web-platform-tests/wpt#56086).
 */
export interface MultikeyPair {
  readonly publicKeyMultibase: string
  readonly secretKeyMultibase: string
}
/** The forms of a private key that are read. */
export type PrivateKeyInput =
  | PrivateJwk
  | MultikeyPair
  | { readonly multikey: string }
  | { readonly pem: string }
  | Ed25519Seed
  | WebCryptoKey
/** The forms of a public key that are read. */
export type PublicKeyInput = PublicJwk | { readonly multikey: string } | { readonly pem: string } | WebCryptoKey

/**
 * Reads a private key. A CryptoKey comes back as it is, since it may not be extractable; everything else as a JWK.
 * Throws UsageError `usage.invalid_key`, which never quotes the key, and `usage.public_key_needed` for a secret Multikey alone where the
 * runtime does not know its public key.
 */
export async function readPrivateKey(input: PrivateKeyInput): Promise<PrivateJwk | WebCryptoKey> {
  if (isCryptoKey(input)) {
    readCryptoKey(input, 'private')
    return input
  }
  if (has(input, 'pem')) return readPem(input.pem, 'private')
  if (has(input, 'multikey')) {
    const { curve, secret, publicKey } = expectSecretMultikey(input.multikey, 'multikey')
    const key = await privateKeyFromSecret(curve, secret)
    refuseOther(publicKey, key, 'multikey')
    return key
  }
  if (has(input, 'secretKeyMultibase') || has(input, 'publicKeyMultibase'))
    return privateKeyFromPair(input as MultikeyPair)
  if (has(input, 'seed')) {
    const { seed, algorithm } = input as Ed25519Seed
    if (algorithm !== 'EdDSA' || !(seed instanceof Uint8Array) || seed.length !== 32) {
      throw new UsageError(
        'usage.invalid_key',
        '"seed" is the 32 bytes of an Ed25519 key (RFC 8032 section 5.1.5), with algorithm "EdDSA"',
      )
    }
    return privateKeyFromSecret('Ed25519', seed)
  }
  return expectSigningKey(input, 'key').key
}

/** Reads a public key. A private one is refused. Throws UsageError `usage.invalid_key`. */
export async function importPublicKey(input: PublicKeyInput): Promise<PublicJwk> {
  if (isCryptoKey(input)) {
    readCryptoKey(input, 'public')
    const key = await publicKeyOfCryptoKey(input)
    if (key === undefined)
      throw new UsageError(
        'usage.invalid_key',
        'this WebCryptoKey is not extractable: import the public key with extractable true',
      )
    return key
  }
  if (has(input, 'pem')) return publicJwk(await readPem(input.pem, 'public'))
  if (has(input, 'multikey')) return expectPublicMultikey(input.multikey, 'multikey')
  return expectVerifyingKey(input, 'key').key
}

function expectSecretMultikey(value: unknown, name: string): SecretMultikey {
  const read = decodeSecretMultikey(expectText(value, name))
  if (!read.ok) throw new UsageError('usage.invalid_key', `"${name}": ${read.problem.message}`)
  return read.key
}

/** The public key that stands behind a secret must be that of the key. */
function refuseOther(publicKey: Bytes | undefined, key: PrivateJwk | PublicJwk, name: string): void {
  if (publicKey !== undefined && (key as { readonly x?: string }).x !== encodeBase64url(publicKey))
    throw new UsageError('usage.invalid_key', `"${name}": the public key behind the secret is that of another key`)
}

function expectPublicMultikey(value: unknown, name: string): PublicJwk {
  const read = decodePublicMultikey(expectText(value, name))
  if (!read.ok) throw new UsageError('usage.invalid_key', `"${name}": ${read.problem.message}`)
  return read.key
}

/** Whether the halves are of one key, `createSigner` finds out by a signature, as for a JWK. */
function privateKeyFromPair({ publicKeyMultibase, secretKeyMultibase }: MultikeyPair): PrivateJwk {
  const { curve, secret, publicKey } = expectSecretMultikey(secretKeyMultibase, 'secretKeyMultibase')
  const key = expectPublicMultikey(publicKeyMultibase, 'publicKeyMultibase')
  if (key.kty === 'RSA' || key.crv !== curve)
    throw new UsageError(
      'usage.invalid_key',
      `"publicKeyMultibase" is a key on ${key.kty === 'RSA' ? 'no curve' : key.crv}, "secretKeyMultibase" one on ${curve}: they are not a pair`,
    )
  refuseOther(publicKey, key, 'secretKeyMultibase')
  return expectKey(readPrivateJwk({ ...key, d: encodeBase64url(secret) }), 'key').key
}

/** DER in front of a bare secret (RFC 8410 section 7, RFC 5915): WebCrypto and node compute the public key from PKCS#8. */
const PKCS8_PREFIX: Readonly<Record<CurveName, string>> = {
  Ed25519: '302e020100300506032b657004220420',
  'P-256': '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420',
  'P-384': '304e020100301006072a8648ce3d020106052b81040022043730350201010430',
}

async function privateKeyFromSecret(curve: CurveName, secret: Bytes): Promise<PrivateJwk> {
  const prefix = Uint8Array.from(PKCS8_PREFIX[curve].match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const body = encodeBase64url(concatBytes(prefix, secret)).replaceAll('-', '+').replaceAll('_', '/')
  const pem = `-----BEGIN PRIVATE KEY-----\n${body}${'='.repeat((4 - (body.length % 4)) % 4)}\n-----END PRIVATE KEY-----`
  const own = await tryPem(pem, CURVES[curve].algorithm, 'private')
  // Where the runtime has no Ed25519 (see platform/web-crypto.ts), nothing but the library knows the public key.
  const reading = readPrivateJwk(own ?? (curve === 'Ed25519' ? await portableEd25519(secret) : undefined))
  if (reading.ok) return reading.key
  if (curve === 'Ed25519' || !isScalar(curve, secret))
    throw new UsageError('usage.invalid_key', `this is not the secret of a ${curve} key`)
  throw new UsageError(
    'usage.public_key_needed',
    `this runtime does not compute the public key of a ${curve} secret: give both halves, { publicKeyMultibase, secretKeyMultibase }, or the key as a JWK`,
  )
}

/** DER in front of a bare public key (RFC 8410 section 4). */
const SPKI_PREFIX = '302a300506032b6570032100'

/** Where the runtime has no Ed25519, it reads no PEM of it either. The DER is always the same but for the key. */
async function ed25519OfPem(pem: string, type: 'private' | 'public'): Promise<PrivateJwk | PublicJwk | undefined> {
  const body = pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')
  const der = decodeBase64(body)
  const prefix = type === 'private' ? PKCS8_PREFIX.Ed25519 : SPKI_PREFIX
  if (der === undefined || der.length !== prefix.length / 2 + 32 || !encodeHex(der).startsWith(prefix)) return undefined
  const raw = der.subarray(prefix.length / 2)
  if (type === 'private') return privateKeyFromSecret('Ed25519', raw)
  return expectKey(readPublicJwk({ kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(raw) }), '"pem"').key
}

const LABEL = { private: 'PRIVATE KEY', public: 'PUBLIC KEY' } as const

async function readPem(pem: unknown, type: 'private'): Promise<PrivateJwk>
async function readPem(pem: unknown, type: 'public'): Promise<PublicJwk>
async function readPem(pem: unknown, type: 'private' | 'public'): Promise<PrivateJwk | PublicJwk> {
  const text = expectText(pem, 'pem').trim()
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----/g)].map((match) => match[1])
  if (labels.length !== 1) {
    throw new UsageError(
      'usage.invalid_key',
      `"pem" holds ${labels.length === 0 ? 'no key' : `${labels.length} blocks`}: give exactly one`,
    )
  }
  if (labels[0] !== LABEL[type])
    throw new UsageError(
      'usage.invalid_key',
      `"pem" is "${labels[0]}", expected is "${LABEL[type]}": ${wayOut(labels[0] as string, type)}`,
    )
  // The label does not say which kind of key it is, and only the runtime parses DER: ask it for each kind.
  for (const algorithm of ['EdDSA', 'ES256', 'ES384', 'RS256'] as const) {
    const jwk = await tryPem(text, algorithm, type)
    if (jwk !== undefined) {
      return type === 'private'
        ? expectKey(readPrivateJwk(jwk), '"pem"').key
        : expectKey(readPublicJwk(jwk), '"pem"').key
    }
  }
  const ed25519 = await ed25519OfPem(text, type)
  if (ed25519 !== undefined) return ed25519
  throw new UsageError('usage.invalid_key', '"pem" is not a readable Ed25519, P-256, P-384 or RSA key')
}

async function portableEd25519(seed: Bytes): Promise<object> {
  const { portableJwk } = await import('../platform/ed25519-fallback.js')
  return portableJwk(seed)
}

async function tryPem(pem: string, algorithm: KeyAlgorithm, type: 'private' | 'public'): Promise<object | undefined> {
  const { exportJWK, importPKCS8, importSPKI } = await import('jose')
  try {
    const read = type === 'private' ? importPKCS8 : importSPKI
    return await exportJWK(await read(pem, algorithm, { extractable: true }))
  } catch {
    // Not a key of this kind; the caller says so when none fits.
    return undefined
  }
}

function wayOut(label: string, type: 'private' | 'public'): string {
  if (label === 'ENCRYPTED PRIVATE KEY') return 'decrypt it first (openssl pkey -in key.pem -out plain.pem)'
  if (label === 'CERTIFICATE') return 'extract its key first (openssl x509 -pubkey -noout -in cert.pem)'
  if (label === 'EC PRIVATE KEY' || label === 'RSA PRIVATE KEY')
    return type === 'public'
      ? 'extract the public key first (openssl pkey -pubout -in key.pem)'
      : 'convert it to PKCS#8 first (openssl pkcs8 -topk8 -nocrypt -in key.pem)'
  if (label === 'PRIVATE KEY') return 'extract the public key first (openssl pkey -pubout -in key.pem)'
  return `give the ${type} key`
}

function has<Name extends string>(value: object, name: Name): value is Record<Name, never> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
}

function expectText(value: unknown, name: string): string {
  if (typeof value === 'string' && value.length <= 65_536) return value
  throw new UsageError('usage.invalid_key', `"${name}" is a text`)
}
