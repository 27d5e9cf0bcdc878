/** Every form that keys come in: RFC 7517, RFC 7468 (PEM), RFC 5208, RFC 5280, RFC 8032, Multikey, WebCrypto. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { UsageError } from '../../src/errors.js'
import { encodeBase58btc } from '../../src/internal/base58btc.js'
import { isScalar } from '../../src/keys/ec-point.js'
import { importPublicKey, readPrivateKey } from '../../src/keys/import-key.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { encodePublicMultikey } from '../../src/keys/multikey.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import { ALGORITHMS, type Algorithm, hex, KEYS, RFC8032 } from './vectors.js'

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
const nodeKey = (algorithm: Algorithm) => createPrivateKey({ key: KEYS[algorithm], format: 'jwk' })
const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string
const spki = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string
/** Only what makes the key: `kid`, `use` and `alg` are no part of a PEM. */
const material = ({ kid, use, alg, ...key }: PrivateJwk) => key
const HEADER = { EdDSA: '8026', ES256: '8626', ES384: '8726' } as const
const secretMultikey = (algorithm: keyof typeof HEADER) =>
  `z${encodeBase58btc(Uint8Array.of(...hex(HEADER[algorithm]), ...bytes(KEYS[algorithm].d)))}`

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UsageError)
  expect((error as UsageError).code).toBe('usage.invalid_key')
  return (error as UsageError).message
}

describe('private keys', () => {
  test.each(ALGORITHMS)('%s as JWK', async (algorithm) => {
    expect(await readPrivateKey(KEYS[algorithm])).toEqual(KEYS[algorithm])
  })

  test.each(ALGORITHMS)('%s as PKCS#8 PEM', async (algorithm) => {
    expect(await readPrivateKey({ pem: pkcs8(nodeKey(algorithm)) })).toEqual(material(KEYS[algorithm]))
    // Windows line ends, white space around: as files come.
    const pem = `\r\n  ${pkcs8(nodeKey(algorithm)).replaceAll('\n', '\r\n')}  \n`
    expect(await readPrivateKey({ pem })).toEqual(material(KEYS[algorithm]))
  })

  test.each(['EdDSA', 'ES256', 'ES384'] as const)('%s as secretKeyMultibase', async (algorithm) => {
    expect(await readPrivateKey({ multikey: secretMultikey(algorithm) })).toEqual(KEYS[algorithm])
  })

  describe('both halves of a Multikey', () => {
    const pair = (algorithm: keyof typeof HEADER, other = algorithm) => ({
      publicKeyMultibase: encodePublicMultikey(publicJwk(KEYS[other]) as never),
      secretKeyMultibase: secretMultikey(algorithm),
    })
    test.each(['EdDSA', 'ES256', 'ES384'] as const)('%s, and what else such a document holds', async (algorithm) => {
      const document = { id: 'did:web:school.example#key-1', type: 'Multikey', controller: 'did:web:school.example' }
      const key = (await readPrivateKey({ ...document, ...pair(algorithm) })) as PrivateJwk
      expect(key).toEqual(KEYS[algorithm])
    })
    test.each([
      ['two curves', pair('ES256', 'ES384'), 'not a pair'],
      ['no secret half', { publicKeyMultibase: pair('ES256').publicKeyMultibase }, '"secretKeyMultibase"'],
      ['no public half', { secretKeyMultibase: pair('ES256').secretKeyMultibase }, '"publicKeyMultibase"'],
      [
        'the halves exchanged',
        { secretKeyMultibase: pair('ES256').publicKeyMultibase, publicKeyMultibase: pair('ES256').secretKeyMultibase },
        '"secretKeyMultibase": a secret key is expected',
      ],
    ])('refused: %s', async (_what, input, message) => {
      expect(await refusal(readPrivateKey(input as never))).toContain(message)
    })
    test('of two keys: found out before anything is signed', async () => {
      const { generateKey, createSigner } = await import('../../src/entries/index.js')
      const other = publicJwk(await generateKey('ES256'))
      const key = await readPrivateKey({ ...pair('ES256'), publicKeyMultibase: encodePublicMultikey(other as never) })
      await expect(createSigner({ key })).rejects.toMatchObject({ code: 'usage.invalid_key' })
    })
  })

  describe.each([
    [
      'refuses PKCS#8 without the public key, as Safari',
      () => vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('', 'DataError')),
    ],
    [
      'imports it and cannot export it, as Firefox',
      () => vi.spyOn(crypto.subtle, 'exportKey').mockRejectedValue(new DOMException('', 'OperationError')),
    ],
    [
      'exports it without the public key',
      () => vi.spyOn(crypto.subtle, 'exportKey').mockResolvedValue({ kty: 'EC', crv: 'P-256', d: KEYS.ES256.d }),
    ],
  ])('where the runtime %s', (_how, limit) => {
    test.each(['ES256', 'ES384'] as const)('%s: both halves are asked for, and taken', async (algorithm) => {
      const spy = limit()
      try {
        const secretKeyMultibase = secretMultikey(algorithm)
        const failure = readPrivateKey({ multikey: secretKeyMultibase })
        await expect(failure).rejects.toMatchObject({
          code: 'usage.public_key_needed',
          message: expect.stringContaining('{ publicKeyMultibase, secretKeyMultibase }'),
        })
        await expect(failure).rejects.not.toThrow(KEYS[algorithm].d)
        expect(spy).toHaveBeenCalled()
        const publicKeyMultibase = encodePublicMultikey(publicJwk(KEYS[algorithm]) as never)
        expect(await readPrivateKey({ publicKeyMultibase, secretKeyMultibase })).toEqual(KEYS[algorithm])
        const zero = `z${encodeBase58btc(Uint8Array.of(...hex(HEADER[algorithm]), ...bytes(KEYS[algorithm].d).fill(0)))}`
        expect(await refusal(readPrivateKey({ multikey: zero }))).toContain('not the secret')
      } finally {
        spy.mockRestore()
      }
    })
  })

  test.each([
    ['ES256', 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'],
    ['ES384', 'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973'],
  ] as const)('%s: the last scalar is a key, the order of the group is none', async (algorithm, order) => {
    const multikey = (last: number) => {
      const scalar = hex(order)
      scalar[scalar.length - 1] = (scalar.at(-1) as number) + last
      return { multikey: `z${encodeBase58btc(Uint8Array.of(...hex(HEADER[algorithm]), ...scalar))}` }
    }
    expect(await readPrivateKey(multikey(-1))).toMatchObject({ kty: 'EC' })
    expect(await refusal(readPrivateKey(multikey(0)))).toContain('not the secret')
    expect(isScalar(algorithm === 'ES256' ? 'P-256' : 'P-384', hex(order))).toBe(false)
  })

  test.each(RFC8032)('a raw seed: RFC 8032 section 7.1 $name', async ({ d, x }) => {
    const key = (await readPrivateKey({ seed: hex(d), algorithm: 'EdDSA' })) as PrivateJwk & { x: string }
    expect(bytes(key.x)).toEqual(hex(x))
    expect(await readPrivateKey({ seed: Buffer.from(d, 'hex'), algorithm: 'EdDSA' })).toEqual(key)
  })

  test('a CryptoKey comes back as it is, extractable or not', async () => {
    for (const extractable of [true, false]) {
      const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, extractable, [
        'sign',
        'verify',
      ])
      expect(await readPrivateKey(privateKey)).toBe(privateKey)
    }
  })

  test.each([
    ['a seed of 31 bytes', { seed: new Uint8Array(31), algorithm: 'EdDSA' }, '32 bytes'],
    ['a seed of 64 bytes', { seed: new Uint8Array(64), algorithm: 'EdDSA' }, '32 bytes'],
    ['a seed as text', { seed: '9d61b19deffd5a60ba844af492ec2cc4', algorithm: 'EdDSA' }, '32 bytes'],
    ['a seed for P-256', { seed: new Uint8Array(32), algorithm: 'ES256' }, 'EdDSA'],
    ['a seed without algorithm', { seed: new Uint8Array(32) }, 'EdDSA'],
    ['a public JWK', publicJwk(KEYS.EdDSA), '"d" is missing'],
    ['a public Multikey', { multikey: encodePublicMultikey(publicJwk(KEYS.EdDSA) as never) }, 'public key'],
    ['a Multikey that is no text', { multikey: 7 }, '"multikey"'],
    ['the scalar 0', { multikey: `z${encodeBase58btc(Uint8Array.of(0x86, 0x26, ...new Uint8Array(32)))}` }, 'P-256'],
    [
      'a scalar above the order',
      { multikey: `z${encodeBase58btc(Uint8Array.of(0x86, 0x26, ...new Uint8Array(32).fill(255)))}` },
      'P-256',
    ],
    ['a JWK for encryption', { ...KEYS.RS256, use: 'enc' }, '"use"'],
    ['a JWK that may only verify', { ...KEYS.EdDSA, key_ops: ['verify'] }, '"sign"'],
    ['a JWK of another algorithm', { ...KEYS.RS256, alg: 'PS256' }, 'PS256'],
    ['nothing', {}, 'kty'],
    ['null', null, 'object'],
    ['a text', 'MC4CAQAwBQYDK2VwBCIEIA', 'object'],
    ['pem that is no text', { pem: Buffer.from('x') }, '"pem"'],
    ['pem of a megabyte', { pem: 'A'.repeat(1024 * 1024) }, '"pem"'],
  ])('refused: %s', async (_what, input, message) => {
    expect(await refusal(readPrivateKey(input as never))).toContain(message)
  })
})

describe('public keys', () => {
  test.each(ALGORITHMS)('%s as JWK, SPKI PEM and Multikey', async (algorithm) => {
    const key = publicJwk(KEYS[algorithm])
    expect(await importPublicKey(key)).toEqual(key)
    const bare = publicJwk(material(KEYS[algorithm]) as PrivateJwk)
    expect(await importPublicKey({ pem: spki(nodeKey(algorithm)) })).toEqual(bare)
    if (key.kty !== 'RSA') expect(await importPublicKey({ multikey: encodePublicMultikey(key) })).toEqual(key)
  })

  test.each([
    ['EdDSA', { name: 'Ed25519' }],
    ['ES256', { name: 'ECDSA', namedCurve: 'P-256' }],
    ['ES384', { name: 'ECDSA', namedCurve: 'P-384' }],
    ['RS256', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }],
  ] as const)('%s as CryptoKey', async (algorithm, parameters) => {
    const key = publicJwk(material(KEYS[algorithm]) as PrivateJwk)
    const importKey = (extractable: boolean) =>
      crypto.subtle.importKey('jwk', key as JsonWebKey, parameters, extractable, ['verify'])
    expect(await importPublicKey(await importKey(true))).toEqual(key)
    expect(await refusal(importPublicKey(await importKey(false)))).toContain('extractable')
  })

  test.each([
    ['a private JWK', KEYS.EdDSA, '"d"'],
    ['a private RSA JWK', KEYS.RS256, '"d"'],
    ['a secret Multikey', { multikey: secretMultikey('ES256') }, 'secret'],
    ['a key for encryption', { ...publicJwk(KEYS.RS256), use: 'enc' }, '"use"'],
    ['key_ops without verify', { ...publicJwk(KEYS.ES256), key_ops: ['deriveBits'] }, '"key_ops"'],
    ['alg of another algorithm', { ...publicJwk(KEYS.ES256), alg: 'ECDH-ES' }, 'ECDH-ES'],
    ['y not on the curve', { ...publicJwk(KEYS.ES256), y: KEYS.ES256.x }, 'P-256'],
    ['a symmetric key', { kty: 'oct', k: 'c2VjcmV0' }, '"k"'],
  ])('refused: %s', async (_what, input, message) => {
    const text = await refusal(importPublicKey(input as never))
    expect(text).toContain(message)
    expect(text).not.toContain(KEYS.EdDSA.d)
  })
})

describe('PEM', () => {
  const pem = pkcs8(nodeKey('ES256'))
  const ec = createPrivateKey(pem)
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 })

  test.each([
    ['two keys', pem + pkcs8(nodeKey('EdDSA')), '2 blocks'],
    ['a public and a private key', pem + spki(ec), '2 blocks'],
    [
      'encrypted',
      ec.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }) as string,
      'openssl pkey',
    ],
    ['SEC 1', ec.export({ type: 'sec1', format: 'pem' }) as string, 'openssl pkcs8 -topk8'],
    ['PKCS#1', nodeKey('RS256').export({ type: 'pkcs1', format: 'pem' }) as string, 'openssl pkcs8 -topk8'],
    ['a public key', spki(ec), 'PUBLIC KEY'],
    ['RSA 1024', pkcs8(rsa.privateKey), '1024 bits'],
    ['P-521', pkcs8(generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey), 'not a readable'],
    ['secp256k1', pkcs8(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey), 'not a readable'],
    ['X25519', pkcs8(generateKeyPairSync('x25519').privateKey), 'not a readable'],
    ['Ed448', pkcs8(generateKeyPairSync('ed448').privateKey), 'not a readable'],
    ['RSA-PSS', pkcs8(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey), 'not a readable'],
    ['truncated', `${pem.slice(0, 80)}\n-----END PRIVATE KEY-----`, 'not a readable'],
    ['not base64', '-----BEGIN PRIVATE KEY-----\n????\n-----END PRIVATE KEY-----', 'not a readable'],
    ['an SPKI under the label of a private key', spki(ec).replaceAll('PUBLIC', 'PRIVATE'), 'not a readable'],
    ['no PEM', 'hello', 'no key'],
    ['empty', '', 'no key'],
  ])('refused as a private key: %s', async (_what, text, message) => {
    expect(await refusal(readPrivateKey({ pem: text }))).toContain(message)
  })

  test.each([
    ['a private key', pem, 'openssl pkey -pubout'],
    ['SEC 1', ec.export({ type: 'sec1', format: 'pem' }) as string, 'openssl pkey -pubout'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'openssl x509'],
    ['RSA 1024', rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string, '1024 bits'],
    ['PKCS#1', createPublicKey(nodeKey('RS256')).export({ type: 'pkcs1', format: 'pem' }) as string, 'RSA PUBLIC KEY'],
    ['two keys', spki(ec) + spki(nodeKey('EdDSA')), '2 blocks'],
  ])('refused as a public key: %s', async (_what, text, message) => {
    expect(await refusal(importPublicKey({ pem: text }))).toContain(message)
  })
})

describe('CryptoKeys that are for something else', () => {
  test('are refused with the reason', async () => {
    const { subtle } = crypto
    const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' }
    const signing = await subtle.generateKey(ecdsa, true, ['sign', 'verify'])
    const p521 = await subtle.generateKey({ ...ecdsa, namedCurve: 'P-521' }, true, ['sign', 'verify'])
    const ecdh = (await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
      'deriveBits',
    ])) as CryptoKeyPair
    const rsa = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }
    const sha1 = await subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1', ...rsa }, true, [
      'sign',
      'verify',
    ])
    const hmac = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify'])
    expect(await refusal(readPrivateKey(signing.publicKey))).toContain('private key is expected')
    expect(await refusal(importPublicKey(signing.privateKey))).toContain('public key is expected')
    expect(await refusal(readPrivateKey(p521.privateKey))).toContain('P-521')
    expect(await refusal(readPrivateKey(ecdh.privateKey))).toContain('"sign"')
    expect(await refusal(readPrivateKey(sha1.privateKey))).toContain('SHA-1')
    expect(await refusal(readPrivateKey(hmac))).toContain('secret')
  })
})
