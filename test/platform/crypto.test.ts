/** RFC 8032, RFC 7515, RFC 7520, RFC 6979: node:crypto and WebCrypto are the same to us. */
import * as nodeModule from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../src/keys/jwk.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import { nodeBuiltin } from '../../src/platform/builtin.js'
import { cryptoPlatform, webCryptoPlatform } from '../../src/platform/crypto.js'
import type { CryptoPlatform } from '../../src/platform/crypto-platform.js'
import { nodeCrypto } from '../../src/platform/node-crypto.js'
import {
  ALGORITHMS,
  type Algorithm,
  base64url,
  hex,
  KEYS,
  RFC6979_ES384,
  RFC7515_ES256,
  RFC7520_RS256,
  RFC8032,
  utf8,
} from '../keys/vectors.js'

const node = nodeCrypto(nodeModule)
const web = webCryptoPlatform()
const platforms = [node, web] as const
const SIGNATURE_BYTES = { EdDSA: 64, ES256: 64, ES384: 96, RS256: 256 } as const

async function verify(
  platform: CryptoPlatform,
  algorithm: Algorithm,
  jwk: PrivateJwk,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const key = await platform.importPublicKey(algorithm, publicJwk(jwk))
  return platform.verify(algorithm, key, data, signature)
}

async function sign(platform: CryptoPlatform, algorithm: Algorithm, jwk: PrivateJwk, data: Uint8Array) {
  return platform.sign(algorithm, await platform.importPrivateKey(algorithm, jwk), data)
}

describe.each(platforms)('$name', (platform) => {
  test.each(RFC8032)('RFC 8032 section 7.1 $name', async ({ d, x, message, signature }) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: base64url(hex(x)), d: base64url(hex(d)) } as const
    expect(await sign(platform, 'EdDSA', jwk, hex(message))).toEqual(hex(signature))
    expect(await verify(platform, 'EdDSA', jwk, hex(message), hex(signature))).toBe(true)
  })

  test('RFC 7520 section 4.1, RS256: signs to the byte and verifies', async () => {
    const { jwk, input, signature } = RFC7520_RS256
    expect(base64url(await sign(platform, 'RS256', jwk, utf8(input)))).toBe(signature)
    expect(await verify(platform, 'RS256', jwk, utf8(input), Buffer.from(signature, 'base64url'))).toBe(true)
  })

  test.each([
    ['RFC 7515 appendix A.3', 'ES256', RFC7515_ES256],
    ['RFC 6979 appendix A.2.6', 'ES384', RFC6979_ES384],
  ] as const)('%s, %s: verifies', async (_source, algorithm, { jwk, input, signature }) => {
    const bytes = new Uint8Array(Buffer.from(signature, 'base64url'))
    expect(await verify(platform, algorithm, jwk, utf8(input), bytes)).toBe(true)
    expect(await verify(platform, algorithm, jwk, utf8(`${input} `), bytes)).toBe(false)
  })

  test.each(ALGORITHMS)('%s: what it signs, both verify; a plain Uint8Array of the right length', async (algorithm) => {
    const data = utf8('badge')
    const signature = await sign(platform, algorithm, KEYS[algorithm], data)
    expect(Object.getPrototypeOf(signature)).toBe(Uint8Array.prototype)
    expect(signature.length).toBe(SIGNATURE_BYTES[algorithm])
    for (const other of platforms) {
      expect(await verify(other, algorithm, KEYS[algorithm], data, signature)).toBe(true)
      expect(await verify(other, algorithm, KEYS[algorithm], utf8('badgf'), signature)).toBe(false)
    }
  })

  test.each(ALGORITHMS)('%s: a signature of the wrong length is false, not an error', async (algorithm) => {
    const right = await sign(platform, algorithm, KEYS[algorithm], utf8('badge'))
    const key = await platform.importPublicKey(algorithm, publicJwk(KEYS[algorithm]))
    for (const wrong of [
      new Uint8Array(0),
      right.slice(1),
      right.slice(0, -1),
      Uint8Array.of(0, ...right),
      Uint8Array.of(...right, 0),
      new Uint8Array(right.length),
      new Uint8Array(5000).fill(255),
    ]) {
      expect(await platform.verify(algorithm, key, utf8('badge'), wrong)).toBe(false)
    }
  })

  test('ECDSA in DER is not taken for raw r||s', async () => {
    const key = nodeModule.createPrivateKey({ key: KEYS.ES256, format: 'jwk' })
    const der = nodeModule.sign('sha256', utf8('badge'), { key, dsaEncoding: 'der' })
    expect(await verify(platform, 'ES256', KEYS.ES256, utf8('badge'), der)).toBe(false)
  })

  test.each([
    ['SHA-256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'SHA-384',
      'abc',
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    ],
  ] as const)('FIPS 180-4 %s of "%s"', async (algorithm, text, digest) => {
    const made = await platform.digest(algorithm, utf8(text))
    expect(made).toEqual(hex(digest))
    expect(Object.getPrototypeOf(made)).toBe(Uint8Array.prototype)
  })

  test.each(['EdDSA', 'ES256', 'ES384'] as const)(
    '%s: generates a pair that the other one can use',
    async (algorithm) => {
      const jwk = (await platform.generateKey(algorithm)) as PrivateJwk
      const other = platform === node ? web : node
      const signature = await sign(platform, algorithm, jwk, utf8('badge'))
      expect(await verify(other, algorithm, jwk, utf8('badge'), signature)).toBe(true)
      expect(jwk).not.toEqual(await platform.generateKey(algorithm))
      expect(Object.keys(jwk)).not.toContain('key_ops')
    },
  )

  test('RSA: 2048 bits, the exponent 65537', async () => {
    const jwk = (await platform.generateKey('RS256')) as { n: string; e: string }
    expect(Buffer.from(jwk.n, 'base64url').length).toBe(256)
    expect(Buffer.from(jwk.n, 'base64url')[0]).toBeGreaterThan(127)
    expect(jwk.e).toBe('AQAB')
  })

  test('importing ignores what a JWK says of its use: keys/ judges that', async () => {
    for (const extra of [{ use: 'enc' }, { key_ops: ['encrypt'] }, { alg: 'RSA-OAEP' }, { ext: false }, { kid: '1' }]) {
      const key = await platform.importPublicKey('ES256', { ...publicJwk(KEYS.ES256), ...extra })
      expect(key).toBeDefined()
    }
  })

  test('a JWK that is no key throws or rejects: callers translate', async () => {
    const broken = [{}, { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, { ...publicJwk(KEYS.ES256), y: KEYS.ES256.x }]
    for (const jwk of broken) {
      await expect((async () => platform.importPublicKey('ES256', jwk))()).rejects.toThrow()
    }
  })
})

test('both platforms agree about signatures with any byte changed', async () => {
  const data = utf8('badge')
  const made = await Promise.all(
    ALGORITHMS.map(async (algorithm) => ({ algorithm, signature: await sign(node, algorithm, KEYS[algorithm], data) })),
  )
  const keys = await Promise.all(
    ALGORITHMS.map((algorithm) =>
      Promise.all(platforms.map((platform) => platform.importPublicKey(algorithm, publicJwk(KEYS[algorithm])))),
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.nat(3), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, at, flip) => {
      const { algorithm, signature } = made[which] as (typeof made)[number]
      const altered = signature.slice()
      altered[at % altered.length] = (altered[at % altered.length] as number) ^ flip
      const answers = await Promise.all(
        platforms.map((platform, index) => platform.verify(algorithm, keys[which]?.[index] as object, data, altered)),
      )
      expect(answers).toEqual([false, false])
    }),
    { numRuns: 60 },
  )
})

test('on another thread, where the runtime has one, a signature verifies or not as on this one', async () => {
  for (const algorithm of ALGORITHMS) {
    const data = utf8('badge')
    for (const platform of platforms) {
      const signature = await sign(platform, algorithm, KEYS[algorithm], data)
      const key = await platform.importPublicKey(algorithm, publicJwk(KEYS[algorithm]))
      const answer = platform.verify(algorithm, key, data, signature, true)
      expect(answer).toBeInstanceOf(Promise)
      expect(await answer).toBe(true)
      for (const wrong of [new Uint8Array(0), signature.slice(1), signature.with(3, (signature[3] ?? 0) ^ 1)])
        expect(await platform.verify(algorithm, key, data, wrong, true)).toBe(false)
    }
  }
})

test('node:crypto is taken where the runtime has it, and one platform lasts', () => {
  expect(cryptoPlatform().name).toBe('node')
  expect(cryptoPlatform()).toBe(cryptoPlatform())
  expect(nodeBuiltin('node:crypto')?.createHash).toBe(nodeModule.createHash)
})
