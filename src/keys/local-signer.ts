/**
 * A Signer for a key that this process holds: a JWK, or a CryptoKey that may not be extractable.
 *
 * @module
 */
import { invalidOption, SigningError, UsageError } from '../errors.js'
import { anything, kindOf, type Members, record } from '../internal/members.js'
import type { Bytes, WebCryptoKey } from '../internal/types.js'
import type { PrivateJwk, PublicJwk } from '../model/jwk.js'
import type { CryptoPlatform } from '../platform/crypto-platform.js'
import { demandOptions } from '../report/demand-options.js'
import { publicKeyOfCryptoKey, readCryptoKey } from './crypto-key.js'
import { didOf } from './did-key.js'
import { expectSigningKey, expectVerifyingKey, isSameKey, publicJwk } from './jwk.js'
import { type ControlledSigner, controllerOf, type KeyAlgorithm, type Signer } from './signer.js'

/** A key that this process holds, and its name. */
export interface SignerOptions {
  readonly key: PrivateJwk | WebCryptoKey
  /** Default: the key's own did:key, for RSA did:jwk. */
  readonly verificationMethod?: string | undefined
  /** Needed beside a CryptoKey that is not extractable: nothing can be learned from it. */
  readonly publicKey?: PublicJwk | undefined
}

/** `anything` is judged where the key is read. */
/** Texts get an answer of their own: PEM, seeds and others are imported first. */
const privateKey = kindOf(
  'a private JWK or a CryptoKey',
  (value) => typeof value === 'string' || record(value, '') === undefined,
)
const SIGNER: Members<SignerOptions> = { key: privateKey, verificationMethod: anything, publicKey: record }
const HINTS = {
  kty: 'give the JWK as "key", { key: jwk }',
  jwk: 'did you mean "key"?',
  privateKey: 'did you mean "key"?',
  kid: 'did you mean "verificationMethod"?',
  id: 'did you mean "verificationMethod"?',
}

/** Imports the key once. Throws UsageError `usage.invalid_key`, `usage.public_key_needed`, `usage.invalid_option`. */
export async function createLocalSigner(
  options: SignerOptions,
  platform: CryptoPlatform,
  webPlatform: () => CryptoPlatform,
): Promise<ControlledSigner> {
  demandOptions(options, SIGNER, { hints: HINTS })
  if (options?.key === undefined) {
    throw invalidOption('key', 'is missing: give a private JWK or a CryptoKey')
  }
  const { key } = options
  const held = isCryptoKey(key) ? await holdCryptoKey(key, options, webPlatform()) : await holdJwk(key, platform)
  if (
    options.publicKey !== undefined &&
    !isSameKey(expectVerifyingKey(options.publicKey, '"publicKey"').key, held.publicKey)
  ) {
    throw new UsageError('usage.invalid_key', '"publicKey" is not the public part of "key"')
  }
  await expectPair(held, platform)
  const verificationMethod = checkVerificationMethod(
    options.verificationMethod ?? didOf(held.publicKey).verificationMethod,
  )
  return new LocalSigner(held, verificationMethod)
}

class LocalSigner implements ControlledSigner {
  readonly algorithm: KeyAlgorithm
  readonly verificationMethod: string
  readonly controller: string
  readonly publicKey: PublicJwk
  /** A member of its own, so that `{ ...signer, verificationMethod }` signs too. */
  readonly sign: Signer['sign']
  readonly #held: HeldKey

  constructor(held: HeldKey, verificationMethod: string, elsewhere = false) {
    this.algorithm = held.algorithm
    this.verificationMethod = verificationMethod
    this.controller = controllerOf(verificationMethod)
    this.publicKey = held.publicKey
    this.sign = (message) => held.sign(message, elsewhere)
    this.#held = held
  }

  /** No getter: a log that inspects getters would find a signer in a signer, without end. */
  static elsewhere(signer: LocalSigner): Signer {
    return new LocalSigner(signer.#held, signer.verificationMethod, true)
  }
}

/**
 * The same signer for many signatures at once: on other threads, where the key is held here and the runtime has threads for it. A KMS
 * is elsewhere already.
 */
export function signingElsewhere(signer: Signer): Signer {
  return signer instanceof LocalSigner ? LocalSigner.elsewhere(signer) : signer
}

/** A verification method is an absolute URI; a bare key name cannot be dereferenced by anybody. */
export function checkVerificationMethod(url: unknown): string {
  if (typeof url === 'string' && /^(did:[a-z0-9]+:|https:\/\/)\S+$/.test(url)) return url
  throw invalidOption('verificationMethod', 'is a DID URL or an https URL, such as did:web:issuer.example#key-1')
}

interface HeldKey {
  readonly algorithm: KeyAlgorithm
  readonly publicKey: PublicJwk
  sign(message: Bytes, elsewhere?: boolean): Promise<Bytes> | Bytes
}

async function holdJwk(value: PrivateJwk, platform: CryptoPlatform): Promise<HeldKey> {
  const { key, algorithm } = expectSigningKey(value, '"key"')
  let imported: object
  try {
    imported = await platform.importPrivateKey(algorithm, key)
  } catch {
    // The runtime's own error is not passed on: some print the key they could not read.
    throw unpaired(algorithm)
  }
  return {
    algorithm,
    publicKey: publicJwk(key),
    sign: (message, elsewhere) => {
      try {
        const signature = platform.sign(algorithm, imported, message, elsewhere)
        return signature instanceof Promise ? signature.catch(failed) : signature
      } catch (cause) {
        return failed(cause)
      }
    },
  }
}

async function holdCryptoKey(key: WebCryptoKey, options: SignerOptions, platform: CryptoPlatform): Promise<HeldKey> {
  const algorithm = readCryptoKey(key, 'private')
  const own = await publicKeyOfCryptoKey(key)
  const given = options.publicKey === undefined ? undefined : expectVerifyingKey(options.publicKey, '"publicKey"')
  if (given !== undefined && given.algorithm !== algorithm) {
    throw new UsageError(
      'usage.invalid_key',
      `"publicKey" is a key for ${given.algorithm}, but "key" signs with ${algorithm}`,
    )
  }
  const publicKey = own ?? given?.key
  if (publicKey === undefined) {
    throw new UsageError(
      'usage.public_key_needed',
      'this WebCryptoKey is not extractable, so its public key cannot be read from it: give it as "publicKey"',
    )
  }
  return {
    algorithm,
    publicKey,
    sign: async (message) => {
      try {
        return await platform.sign(algorithm, key, message)
      } catch (cause) {
        return failed(cause)
      }
    },
  }
}

/** Runtimes take a JWK whose halves are of two keys, and nobody can look into a CryptoKey: one signature tells. */
async function expectPair({ algorithm, publicKey, sign }: HeldKey, platform: CryptoPlatform): Promise<void> {
  const probe = new Uint8Array(32)
  try {
    const key = await platform.importPublicKey(algorithm, publicKey)
    if (await platform.verify(algorithm, key, probe, await sign(probe))) return
  } catch {
    // As in holdJwk: what the runtime says may name the key.
  }
  throw unpaired(algorithm)
}

function unpaired(algorithm: KeyAlgorithm): UsageError {
  return new UsageError(
    'usage.invalid_key',
    `"key" is not a usable ${algorithm} key: its public and private parts do not fit together`,
  )
}

function failed(cause: unknown): never {
  throw new SigningError('sign.failed', 'the key could not sign', { cause })
}

export function isCryptoKey(value: unknown): value is WebCryptoKey {
  return typeof CryptoKey !== 'undefined' && value instanceof CryptoKey
}
