/** Signers of keys in memory: JWK and CryptoKey. RFC 8032, RFC 7518 section 3. */
import { describe, expect, test } from 'vitest'
import { createSigner, digestSigner, generateKey } from '../../src/entries/index.js'
import { OpenBadgeError, SigningError, UsageError } from '../../src/errors.js'
import { didOf } from '../../src/keys/did-key.js'
import { publicJwk, signatureBytes } from '../../src/keys/jwk.js'
import { createLocalSigner, type SignerOptions, signingElsewhere } from '../../src/keys/local-signer.js'
import { controllerOf } from '../../src/keys/signer.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import { cryptoPlatform, webCryptoPlatform } from '../../src/platform/crypto.js'
import type { CryptoPlatform } from '../../src/platform/crypto-platform.js'
import { ALGORITHMS, type Algorithm, KEYS, utf8 } from './vectors.js'

const signerOf = (options: SignerOptions, platform: CryptoPlatform = cryptoPlatform()) =>
  createLocalSigner(options, platform, webCryptoPlatform)
const PARAMETERS = {
  EdDSA: { name: 'Ed25519' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const
const cryptoKeyOf = (algorithm: Algorithm, extractable: boolean) => {
  const { use, kid, ...jwk } = KEYS[algorithm] as { use?: string; kid?: string }
  return crypto.subtle.importKey('jwk', jwk as JsonWebKey, PARAMETERS[algorithm], extractable, ['sign'])
}

async function refusal(promise: Promise<unknown>): Promise<OpenBadgeError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(OpenBadgeError)
  return error as OpenBadgeError
}

async function expectGood(options: SignerOptions, algorithm: Algorithm, platform?: CryptoPlatform) {
  const signer = await signerOf(options, platform)
  expect(signer.algorithm).toBe(algorithm)
  const signature = await signer.sign(utf8('badge'))
  expect(signature.length).toBe(signatureBytes(signer.publicKey))
  const key = await cryptoPlatform().importPublicKey(algorithm, signer.publicKey)
  expect(cryptoPlatform().verify(algorithm, key, utf8('badge'), signature)).toBe(true)
  return signer
}

describe.each(ALGORITHMS)('%s', (algorithm) => {
  test('a JWK, on both platforms', async () => {
    for (const platform of [cryptoPlatform(), webCryptoPlatform()]) {
      const signer = await expectGood({ key: KEYS[algorithm] }, algorithm, platform)
      expect(signer.verificationMethod).toBe(didOf(publicJwk(KEYS[algorithm])).verificationMethod)
      expect(signer.publicKey).toEqual(publicJwk(KEYS[algorithm]))
    }
  })

  test('a CryptoKey that is extractable', async () => {
    const signer = await expectGood({ key: await cryptoKeyOf(algorithm, true) }, algorithm)
    expect(signer.verificationMethod).toBe(didOf(publicJwk(KEYS[algorithm])).verificationMethod)
  })

  test('a CryptoKey that is not extractable, with its public key', async () => {
    const key = await cryptoKeyOf(algorithm, false)
    expect(await refusal(signerOf({ key }))).toMatchObject({ code: 'usage.public_key_needed' })
    await expectGood({ key, publicKey: publicJwk(KEYS[algorithm]) }, algorithm)
  })

  test('the public key of somebody else is found out at once', async () => {
    const strangers = await cryptoPlatform().generateKey(algorithm)
    const publicKey = publicJwk(strangers as PrivateJwk)
    for (const key of [KEYS[algorithm], await cryptoKeyOf(algorithm, true), await cryptoKeyOf(algorithm, false)]) {
      expect(await refusal(signerOf({ key, publicKey }))).toMatchObject({ code: 'usage.invalid_key' })
    }
  })

  test('a JWK whose halves are of two keys is found out at once: runtimes import it', async () => {
    const stranger = (await cryptoPlatform().generateKey(algorithm)) as PrivateJwk
    const mixed = stranger.kty === 'RSA' ? { ...KEYS.RS256, n: stranger.n } : { ...KEYS[algorithm], d: stranger.d }
    for (const platform of [cryptoPlatform(), webCryptoPlatform()]) {
      const error = await refusal(signerOf({ key: mixed as PrivateJwk }, platform))
      expect(error).toMatchObject({
        code: 'usage.invalid_key',
        message: expect.stringContaining('do not fit together'),
      })
      expect(error.cause).toBeUndefined()
    }
  })
})

test('another verification method may stand in for the did:key', async () => {
  for (const verificationMethod of [
    'did:web:school.example#key-1',
    'https://school.example/keys/1',
    'did:web:a.example%3A8443:x#z6M',
  ]) {
    expect((await signerOf({ key: KEYS.EdDSA, verificationMethod })).verificationMethod).toBe(verificationMethod)
  }
  for (const verificationMethod of ['key-1', '#key-1', '', 'http://school.example/1', 'did:web:a b', 'urn:key:1', 7]) {
    const error = await refusal(signerOf({ key: KEYS.EdDSA, verificationMethod: verificationMethod as string }))
    expect(error).toMatchObject({ code: 'usage.invalid_option' })
  }
})

test.each([
  ['nothing', undefined, 'usage.invalid_option'],
  ['null', null, 'usage.invalid_option'],
  ['no key', {}, 'usage.invalid_option'],
  ['a public JWK', { key: publicJwk(KEYS.EdDSA) }, 'usage.invalid_key'],
  ['a key for encryption', { key: { ...KEYS.RS256, use: 'enc' } }, 'usage.invalid_key'],
  ['a JWK for another algorithm', { key: { ...KEYS.RS256, alg: 'RS512' } }, 'usage.invalid_key'],
  ['a PEM', { key: '-----BEGIN PRIVATE KEY-----' }, 'usage.invalid_key'],
  ['the public key of another algorithm', { key: KEYS.EdDSA, publicKey: publicJwk(KEYS.ES256) }, 'usage.invalid_key'],
  ['a private key as public key', { key: KEYS.EdDSA, publicKey: KEYS.EdDSA }, 'usage.invalid_key'],
])('refused: %s', async (_what, options, code) => {
  const error = await refusal(signerOf(options as never))
  expect(error).toBeInstanceOf(UsageError)
  expect(error.code).toBe(code)
})

test('a CryptoKey and the public key of another algorithm', async () => {
  const key = await cryptoKeyOf('ES256', false)
  const error = await refusal(signerOf({ key, publicKey: publicJwk(KEYS.EdDSA) }))
  expect(error).toMatchObject({ code: 'usage.invalid_key', message: expect.stringContaining('EdDSA') })
})

test('the key is imported once, not for each signature', async () => {
  let imports = 0
  const platform = cryptoPlatform()
  const counting: CryptoPlatform = {
    ...platform,
    importPrivateKey: (algorithm, jwk) => {
      imports++
      return platform.importPrivateKey(algorithm, jwk)
    },
  }
  const signer = await signerOf({ key: KEYS.EdDSA }, counting)
  for (let round = 0; round < 5; round++) await signer.sign(utf8(`${round}`))
  expect(imports).toBe(1)
})

test('where the runtime fails to sign, synchronously or not, the error is a SigningError', async () => {
  const platform = cryptoPlatform()
  for (const isSync of [true, false]) {
    let broken = false
    const failing: CryptoPlatform = {
      ...platform,
      sign: (algorithm, key, data) => {
        if (!broken) return platform.sign(algorithm, key, data)
        const error = new Error('the HSM is gone')
        if (isSync) throw error
        return Promise.reject(error)
      },
    }
    const signer = await signerOf({ key: KEYS.ES256 }, failing)
    broken = true
    const error = await refusal((async () => signer.sign(utf8('badge')))())
    expect(error).toBeInstanceOf(SigningError)
    expect(error).toMatchObject({ code: 'sign.failed', cause: { message: 'the HSM is gone' } })
  }
})

describe('signingElsewhere: many signatures at once', () => {
  test.each(ALGORITHMS)('%s: the same key and name, on other threads where that pays', async (algorithm) => {
    const signer = await signerOf({ key: KEYS[algorithm] as PrivateJwk })
    const elsewhere = signingElsewhere(signer)
    expect(elsewhere).toMatchObject({ algorithm, verificationMethod: signer.verificationMethod })
    const signing = elsewhere.sign(utf8('badge'))
    expect(signing instanceof Promise).toBe(algorithm === 'RS256' || algorithm === 'ES384')
    const key = await cryptoPlatform().importPublicKey(algorithm, elsewhere.publicKey)
    expect(cryptoPlatform().verify(algorithm, key, utf8('badge'), await signing)).toBe(true)
    expect(Object.keys(await signing)).toHaveLength(signatureBytes(signer.publicKey) as number)
  })
  test("WebCrypto, which has threads of its own, a copy, and somebody else's signer sign as they do", async () => {
    const web = signingElsewhere(await signerOf({ key: KEYS.ES384 as PrivateJwk }, webCryptoPlatform()))
    expect((await web.sign(utf8('badge'))).length).toBe(96)
    const copy = { ...(await signerOf({ key: KEYS.RS256 as PrivateJwk })), verificationMethod: 'did:web:a.example#1' }
    expect(signingElsewhere(copy)).toBe(copy)
    expect((await copy.sign(utf8('badge'))).length).toBe(256)
  })
  test('a key that fails there is the same SigningError', async () => {
    const platform: CryptoPlatform = {
      ...cryptoPlatform(),
      sign: (algorithm, key, data, elsewhere) =>
        elsewhere ? Promise.reject(new Error('secret')) : cryptoPlatform().sign(algorithm, key, data),
    }
    const elsewhere = signingElsewhere(await signerOf({ key: KEYS.RS256 as PrivateJwk }, platform))
    expect(await refusal(Promise.resolve(elsewhere.sign(utf8('badge'))))).toMatchObject({ code: 'sign.failed' })
  })
})

test.each([
  ['did:web:school.example:staff#key-1', 'did:web:school.example:staff'],
  ['https://school.example/keys?of=2030#key', 'https://school.example/keys?of=2030'],
  ['https://school.example/keys/1', 'https://school.example/keys/1'],
])('the controller of %s is what stands before the fragment', (verificationMethod, controller) => {
  expect(controllerOf(verificationMethod)).toBe(controller)
})
test('a signer says whose key it has', async () => {
  const key = await generateKey('ES256')
  const own = await createSigner({ key })
  expect(own.verificationMethod).toBe(`${own.controller}#${own.controller.slice('did:key:'.length)}`)
  const named = await createSigner({ key, verificationMethod: 'did:web:school.example#1' })
  expect(named.controller).toBe('did:web:school.example')
  const kms = digestSigner({
    algorithm: 'ES256',
    publicKey: named.publicKey,
    verificationMethod: 'did:web:kms.example#1',
    encoding: 'raw',
    signDigest: async () => new Uint8Array(64),
  })
  expect(kms.controller).toBe('did:web:kms.example')
})
