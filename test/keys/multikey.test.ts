/** Controlled Identifiers 1.0 section 2.2.2 (Multikey), did:key v0.9 test vectors, SEC 1 section 2.3 (point compression). */
import { generateKeyPairSync } from 'node:crypto'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase58btc, encodeBase58btc } from '../../src/internal/base58btc.js'
import { compressPoint, decompressPoint, isOnCurve } from '../../src/keys/ec-point.js'
import { readPrivateKey } from '../../src/keys/import-key.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { decodePublicMultikey, decodeSecretMultikey, encodePublicMultikey } from '../../src/keys/multikey.js'
import { DID_KEY_NIST, ED25519, hex } from './vectors.js'

const multikey = (header: string, key: Uint8Array) => `z${encodeBase58btc(Uint8Array.of(...hex(header), ...key))}`
const problemOf = (text: string) => {
  const reading = decodePublicMultikey(text)
  return reading.ok ? undefined : reading.problem
}
const point = (crv: 'P-256' | 'P-384') => {
  const { x, y } = generateKeyPairSync('ec', { namedCurve: crv }).publicKey.export({ format: 'jwk' }) as {
    x: string
    y: string
  }
  return { x: new Uint8Array(Buffer.from(x, 'base64url')), y: new Uint8Array(Buffer.from(y, 'base64url')) }
}

test.each(Object.entries(DID_KEY_NIST))('%s', (did, key) => {
  const text = did.slice('did:key:'.length)
  expect(encodePublicMultikey(publicJwk(key) as never)).toBe(text)
  expect(decodePublicMultikey(text)).toEqual({ ok: true, key: publicJwk(key) })
})

test('Ed25519, there and back', () => {
  const text = encodePublicMultikey(publicJwk(ED25519) as never)
  expect(text).toMatch(/^z6Mk/)
  expect(decodePublicMultikey(text)).toEqual({ ok: true, key: publicJwk(ED25519) })
})

describe('points', () => {
  test.each(['P-256', 'P-384'] as const)('%s: what node:crypto makes is compressed and found again', (crv) => {
    for (let round = 0; round < 20; round++) {
      const { x, y } = point(crv)
      expect(isOnCurve(crv, x, y)).toBe(true)
      expect(decompressPoint(crv, compressPoint(x, y))).toEqual({ x, y })
      const off = y.slice()
      off[off.length - 1] = (off.at(-1) as number) ^ 1
      expect(isOnCurve(crv, x, off)).toBe(false)
    }
  })

  test.each(['P-256', 'P-384'] as const)(
    '%s: about half of all x have no y; those that have are on the curve',
    (crv) => {
      const bytes = crv === 'P-256' ? 32 : 48
      let tried = 0
      let points = 0
      fc.assert(
        fc.property(fc.uint8Array({ minLength: bytes, maxLength: bytes }), fc.constantFrom(2, 3), (x, sign) => {
          const found = decompressPoint(crv, Uint8Array.of(sign, ...x))
          tried++
          if (found === undefined) return
          points++
          expect(found.x).toEqual(x)
          expect(isOnCurve(crv, found.x, found.y)).toBe(true)
          expect((found.y.at(-1) as number) & 1).toBe(sign & 1)
        }),
        { numRuns: 60 },
      )
      expect(points).toBeGreaterThan(tried / 10)
      expect(points).toBeLessThan((tried * 9) / 10)
    },
  )

  test.each([
    ['uncompressed (04)', Uint8Array.of(4, ...point('P-256').x)],
    ['hybrid (06)', Uint8Array.of(6, ...point('P-256').x)],
    ['infinity (00)', Uint8Array.of(0)],
    ['x = p', Uint8Array.of(2, ...hex('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'))],
    ['one byte more', Uint8Array.of(2, 0, ...point('P-256').x)],
    ['empty', new Uint8Array(0)],
  ])('no point: %s', (_what, bytes) => {
    expect(decompressPoint('P-256', bytes)).toBeUndefined()
  })
})

describe('a public Multikey is refused', () => {
  const p256 = compressPoint(...(Object.values(point('P-256')) as [Uint8Array, Uint8Array]))
  test.each([
    ['another multibase', `m${encodeBase58btc(hex('ed01'))}`, 'malformed', 'base58btc'],
    ['not base58 (0, O, I, l)', 'z6Mk0OIl', 'malformed', 'base58btc'],
    ['empty', '', 'malformed', 'base58btc'],
    ['only z', 'z', 'malformed', 'header'],
    ['white space', ' z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp', 'malformed', 'base58btc'],
    ['endless', `z${'1'.repeat(100_000)}`, 'malformed', 'base58btc'],
    ['Ed25519 with 31 bytes', multikey('ed01', new Uint8Array(31)), 'malformed', '31'],
    ['Ed25519 with 33 bytes', multikey('ed01', new Uint8Array(33)), 'malformed', '33'],
    ['P-256 as a point of 65 bytes', multikey('8024', new Uint8Array(65)), 'malformed', '65'],
    ['P-256 under the header of P-384', multikey('8124', p256), 'malformed', 'P-384'],
    ['P-256 under the header of Ed25519', multikey('ed01', p256), 'malformed', 'Ed25519'],
    [
      'P-256, not on the curve',
      multikey('8024', Uint8Array.of(2, ...new Uint8Array(31), 1)),
      'malformed',
      'not a point',
    ],
    ['the header of a secret key', multikey('8026', new Uint8Array(32)), 'private', 'secret'],
    ['secp256k1', multikey('e701', new Uint8Array(33)), 'unsupported', 'secp256k1'],
    ['X25519', multikey('ec01', new Uint8Array(32)), 'unsupported', 'X25519'],
    ['P-521', multikey('8224', new Uint8Array(67)), 'unsupported', 'P-521'],
    ['RSA', multikey('8524', new Uint8Array(270)), 'unsupported', 'RSA'],
    ['a header that is not minimal', multikey('ed8100', new Uint8Array(32)), 'malformed', 'unknown'],
  ])('%s', (_what, text, code, message) => {
    expect(problemOf(text)).toEqual({ code, message: expect.stringContaining(message) })
  })

  test('any text has an answer, and what is taken is written the same way', () => {
    const headers = fc.constantFrom('ed01', '8024', '8124', '8026', 'e701', '')
    fc.assert(
      fc.property(headers, fc.uint8Array({ maxLength: 60 }), (header, bytes) => {
        const text = multikey(header, bytes)
        const reading = decodePublicMultikey(text)
        if (reading.ok) expect(encodePublicMultikey(reading.key as never)).toBe(text)
      }),
    )
  })
})

describe('a secret Multikey', () => {
  test.each([
    ['Ed25519', '8026', 32],
    ['P-256', '8626', 32],
    ['P-384', '8726', 48],
  ] as const)('%s', (curve, header, bytes) => {
    const secret = new Uint8Array(bytes).fill(7)
    expect(decodeSecretMultikey(multikey(header, secret))).toEqual({ ok: true, key: { curve, secret } })
    expect(decodeSecretMultikey(multikey(header, secret.slice(1)))).toMatchObject({
      ok: false,
      problem: { code: 'malformed' },
    })
  })

  test('with the public key behind it, as @digitalbazaar/ed25519-multikey exports it', async () => {
    const keyPair = await Ed25519Multikey.generate()
    const { secretKeyMultibase, publicKeyMultibase } = await keyPair.export({ secretKey: true, publicKey: true })
    const canonical = await keyPair.export({ secretKey: true, canonicalize: true })
    expect(decodeBase58btc(secretKeyMultibase.slice(1))).toHaveLength(66)
    const key = await readPrivateKey({ multikey: secretKeyMultibase })
    expect(key).toEqual(await readPrivateKey({ multikey: canonical.secretKeyMultibase }))
    expect(await readPrivateKey({ secretKeyMultibase, publicKeyMultibase })).toEqual(key)

    const { publicKeyMultibase: foreign } = await (await Ed25519Multikey.generate()).export({ publicKey: true })
    const bytes = decodeBase58btc(secretKeyMultibase.slice(1)) as Uint8Array
    const torn = `z${encodeBase58btc(Uint8Array.of(...bytes.slice(0, -1), (bytes.at(-1) as number) ^ 1))}`
    for (const wrong of [
      { multikey: torn },
      { secretKeyMultibase: torn, publicKeyMultibase },
      { secretKeyMultibase, publicKeyMultibase: foreign },
    ])
      await expect(readPrivateKey(wrong)).rejects.toMatchObject({ code: 'usage.invalid_key' })
    // Only Ed25519 has this form.
    expect(decodeSecretMultikey(multikey('8626', new Uint8Array(64)))).toMatchObject({ ok: false })
  })

  test('a public one in its place is named as such', () => {
    expect(decodeSecretMultikey(multikey('ed01', new Uint8Array(32)))).toMatchObject({
      ok: false,
      problem: { code: 'malformed', message: expect.stringContaining('public') },
    })
  })

  test('a bare seed in base58 is refused, and not a byte of it is told', () => {
    const seed = hex('a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90')
    const reading = decodeSecretMultikey(`z${encodeBase58btc(seed)}`)
    expect(reading).toMatchObject({ ok: false, problem: { code: 'malformed' } })
    expect(JSON.stringify(reading)).not.toMatch(/a1b2|A1B2|161, ?178/)
  })
})

test('base58 has one text for each sequence of bytes, so a Multikey cannot be written in two ways', () => {
  const text = 'z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp'
  expect(decodeBase58btc(`1${text.slice(1)}`)?.length).toBe(35)
  expect(problemOf(`z1${text.slice(1)}`)).toMatchObject({ code: 'malformed' })
})
