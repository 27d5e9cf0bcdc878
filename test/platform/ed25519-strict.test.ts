/** RFC 8032 sections 5.1.3 and 5.1.7; "Taming the many EdDSAs", IACR 2020/1244, table 6c: what no platform may take. */
import * as nodeModule from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importPublicKey } from '../../src/keys/import-key.js'
import { decodePublicMultikey, encodePublicMultikey } from '../../src/keys/multikey.js'
import { webCryptoPlatform } from '../../src/platform/crypto.js'
import { portablePublicKey } from '../../src/platform/ed25519-fallback.js'
import { isStrictEd25519Signature, refusalOfEd25519Point } from '../../src/platform/ed25519-strict.js'
import { nodeCrypto } from '../../src/platform/node-crypto.js'
import { webCrypto } from '../../src/platform/web-crypto.js'
import { base64url, hex, RFC8032, utf8 } from '../keys/vectors.js'

const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n
/** From the encodings that the literature lists, not from the number in the source. */
const Y8 = littleEndian(hex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'))

/** As older browsers answer, so that the library does it. */
const refusing = () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
const withoutEd25519 = { subtle: { importKey: refusing } } as unknown as Crypto

const platforms = [
  ['node:crypto', nodeCrypto(nodeModule)],
  ['WebCrypto', webCryptoPlatform()],
  ['WebCrypto without Ed25519', webCrypto(withoutEd25519)],
] as const

function encoded(y: bigint, sign: 0 | 1): Uint8Array {
  const bytes = hex(y.toString(16).padStart(64, '0')).reverse()
  bytes[31] = (bytes[31] as number) | (sign << 7)
  return bytes
}
const jwkOf = (point: Uint8Array) => ({ kty: 'OKP', crv: 'Ed25519', x: base64url(point) }) as const
function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
}

const SIGNS = [0, 1] as const
/** With both signs: the eight points, and the two encodings of x = 0 with the sign that x cannot have. */
const SMALL = [0n, 1n, P - 1n, Y8, P - Y8].flatMap((y) => SIGNS.map((sign) => encoded(y, sign)))
/** Every y that 255 bits hold and the field does not. */
const NOT_CANONICAL = Array.from({ length: 19 }, (_, at) => P + BigInt(at)).flatMap((y) =>
  SIGNS.map((sign) => encoded(y, sign)),
)
const REFUSED = [...SMALL, ...NOT_CANONICAL].map((point) => [Buffer.from(point).toString('hex'), point] as const)

/** Table 6c, rows 0 to 9 as its authors publish them. Row 3, mixed order and cofactorless, is one that its key's holder made. */
const ROWS = [
  [
    '0: A and R of small order, S = 0',
    false,
    '8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000',
  ],
  [
    '1: A of small order',
    false,
    '9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04',
  ],
  [
    '2: R of small order',
    false,
    'aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab',
    'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e',
  ],
  [
    '3: A and R of mixed order',
    true,
    '9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79',
    'cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d',
    '9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009',
  ],
  [
    '6: S above L',
    false,
    '85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40',
    '442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623',
    'e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514',
  ],
  [
    '7: S far above L',
    false,
    '85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40',
    '442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623',
    '8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa19427e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22',
  ],
  [
    '8: R not canonical',
    false,
    'fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a',
    'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f454d370c8d9fc323a41450f8d513eafeb5b0697390c1e505a0d4ddc71f566607',
  ],
  [
    '9: R not canonical',
    false,
    '84b698d39be126ff55fe45079e6c8bf64a0d7db6994560b4e96b7021eb39c1a1',
    'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f084d5b99c2a9463d9c8bd5026916996984eeec87ddf1d3be329006ace1b37b09',
  ],
  [
    '4: only with the cofactor',
    false,
    'e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c',
    'cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d',
    '160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09',
  ],
  [
    '5: only with the cofactor',
    false,
    'e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c',
    'cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d',
    '21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405',
  ],
] as const

describe.each(platforms)('%s', (name, platform) => {
  test.each(ROWS)('table 6c, row %s', async (row, isTaken, message, key, signature) => {
    const verify = async () =>
      platform.verify('EdDSA', await platform.importPublicKey('EdDSA', jwkOf(hex(key))), hex(message), hex(signature))
    if (refusalOfEd25519Point(hex(key)) !== undefined) await expect(verify()).rejects.toThrow(/small order/)
    // RFC 8032 section 5.1.7 allows either equation, and the library has the one with the cofactor.
    else expect(await verify()).toBe(isTaken || (name === 'WebCrypto without Ed25519' && row.includes('cofactor')))
  })

  test.each(REFUSED)('does not import %s', async (_hex, point) => {
    await expect((async () => platform.importPublicKey('EdDSA', jwkOf(point)))()).rejects.toThrow(TypeError)
  })

  test('a signature whose S has L added is another one, and refused', async () => {
    for (const { x, message, signature } of RFC8032) {
      const key = await platform.importPublicKey('EdDSA', jwkOf(hex(x)))
      const raw = hex(signature)
      const added = Uint8Array.of(...raw.subarray(0, 32), ...encoded(littleEndian(raw.subarray(32)) + L, 0))
      expect(await platform.verify('EdDSA', key, hex(message), raw)).toBe(true)
      expect(await platform.verify('EdDSA', key, hex(message), added)).toBe(false)
    }
  })
})

test.each(REFUSED)('%s is no key as JWK or Multikey, and no R', async (_hex, point) => {
  const jwk = jwkOf(point)
  const multikey = encodePublicMultikey(jwk)
  expect(decodePublicMultikey(multikey)).toMatchObject({ ok: false, problem: { code: 'too_weak' } })
  for (const key of [jwk, { multikey }])
    await expect(importPublicKey(key)).rejects.toMatchObject({ code: 'usage.invalid_key' })
  expect(isStrictEd25519Signature(Uint8Array.of(...point, ...new Uint8Array(32)))).toBe(false)
})

test('S is taken below L and nowhere else', () => {
  const r = hex((RFC8032[0] as (typeof RFC8032)[number]).signature).subarray(0, 32)
  const withS = (s: bigint) => isStrictEd25519Signature(Uint8Array.of(...r, ...encoded(s, 0)))
  expect([withS(0n), withS(L - 1n), withS(L), withS(L + 1n), withS(2n ** 256n - 1n)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('no honest key or signature is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 64 }), (data) => {
      const { publicKey, privateKey } = nodeModule.generateKeyPairSync('ed25519')
      const x = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url')
      expect(refusalOfEd25519Point(x)).toBeUndefined()
      expect(isStrictEd25519Signature(nodeModule.sign(null, data, privateKey))).toBe(true)
    }),
  )
})

test('the points of order 8 are those that the literature lists', () => {
  const listed = [
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ]
  for (const point of listed) expect(refusalOfEd25519Point(hex(point))).toMatch(/small order/)
})

test('the library refuses keys of small order by itself', async () => {
  const signature = Uint8Array.of(1, ...new Uint8Array(63))
  expect(await portablePublicKey(jwkOf(encoded(1n, 0))).verify?.(signature, utf8('badge'))).toBe(false)
})
