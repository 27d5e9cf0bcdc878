import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase58btc, encodeBase58btc } from '../../src/internal/base58btc.js'
import { decodeBase64, decodeBase64url, encodeBase64, encodeBase64url } from '../../src/internal/base64url.js'
import { concatBytes, decodeHex, decodeUtf8, encodeHex, encodeUtf8, equalBytes } from '../../src/internal/bytes.js'

const bytes = (text: string): Uint8Array => encodeUtf8(text)
const anyBytes = fc.uint8Array({ maxLength: 200 })

describe('RFC 4648', () => {
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('section 10: %j', (text, encoded) => {
    expect(encodeBase64(bytes(text))).toBe(encoded)
    expect(decodeBase64(encoded)).toEqual(bytes(text))
    expect(encodeBase64url(bytes(text))).toBe(encoded.replaceAll('=', ''))
    expect(decodeBase64url(encoded.replaceAll('=', ''))).toEqual(bytes(text))
  })

  test('law: as Node writes it, and back', () => {
    fc.assert(
      fc.property(anyBytes, (value) => {
        expect(encodeBase64url(value)).toBe(Buffer.from(value).toString('base64url'))
        expect(encodeBase64(value)).toBe(Buffer.from(value).toString('base64'))
        expect(decodeBase64url(encodeBase64url(value))).toEqual(value)
        expect(decodeBase64(encodeBase64(value))).toEqual(value)
      }),
    )
  })

  test('law: one text for each sequence of bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AZaz09-_+/= \nBQgw\u0141\u0100'), maxLength: 12 }), (text) => {
        const decoded = decodeBase64url(text)
        if (decoded !== undefined) expect(encodeBase64url(decoded)).toBe(text)
        const standard = decodeBase64(text)
        if (standard !== undefined) expect(encodeBase64(standard)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['padding', 'Zg=='],
    ['white space', 'Zm9v\n'],
    ['white space inside', 'Zm 9v'],
    ['the other alphabet', 'a+/b'],
    ['trailing bits of one byte', 'Zh'],
    ['trailing bits of two bytes', 'Zm9'],
    ['a length that nothing has', 'Zm9vY'],
    ['a code whose low byte is of the alphabet', 'Zm9\u0176'],
    ['an astral character', 'Zm\u{1f600}'],
  ])('base64url refuses %s', (_, text) => {
    expect(decodeBase64url(text)).toBeUndefined()
  })

  test.each(['Zg', 'Zg=', 'Zg===', 'Z===', '====', '=', 'Zm9v=', 'Zh==', 'Zm9=', 'a-_b', 'Zg==Zg=='])(
    'base64 refuses %s',
    (text) => {
      expect(decodeBase64(text)).toBeUndefined()
    },
  )

  test('the result is no Buffer and owns all of its memory', () => {
    const decoded = decodeBase64url('Zm9v')
    expect(decoded?.constructor).toBe(Uint8Array)
    expect(decoded?.buffer.byteLength).toBe(3)
  })
})

describe('base58btc (draft-msporny-base58)', () => {
  test.each([
    ['Hello World!', '2NEpo7TZRRrLZSi2U'],
    ['The quick brown fox jumps over the lazy dog.', 'USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z'],
  ])('%s', (text, encoded) => {
    expect(encodeBase58btc(bytes(text))).toBe(encoded)
    expect(decodeBase58btc(encoded)).toEqual(bytes(text))
  })

  test('leading zeros', () => {
    expect(encodeBase58btc(new Uint8Array([0, 0, 0x28, 0x7f, 0xb4, 0xcd]))).toBe('11233QC4')
    expect(decodeBase58btc('11233QC4')).toEqual(new Uint8Array([0, 0, 0x28, 0x7f, 0xb4, 0xcd]))
  })

  test('law: there and back', () => {
    fc.assert(
      fc.property(anyBytes, (value) => {
        expect(decodeBase58btc(encodeBase58btc(value))).toEqual(value)
      }),
    )
  })

  test.each(['0', 'O', 'I', 'l', 'ab c', 'abc\n', 'é', '\u{1f600}'])('%j is not of the alphabet', (text) => {
    expect(decodeBase58btc(text)).toBeUndefined()
  })

  test('a megabyte is refused by its length', () => {
    expect(decodeBase58btc('z'.repeat(1_000_000))).toBeUndefined()
    expect(() => encodeBase58btc(new Uint8Array(1025))).toThrow(RangeError)
  })
})

describe('bytes', () => {
  test('UTF-8 is read strictly and keeps its byte order mark', () => {
    expect(decodeUtf8(bytes('\ufeffé\u{1f600}'))).toBe('\ufeffé\u{1f600}')
    for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80]])
      expect(decodeUtf8(new Uint8Array(bad))).toBeUndefined()
  })

  test('concatenation and comparison', () => {
    expect(concatBytes(bytes('a'), bytes(''), bytes('bc'))).toEqual(bytes('abc'))
    expect(equalBytes(bytes('abc'), bytes('abc'))).toBe(true)
    expect(equalBytes(bytes('abc'), bytes('abd'))).toBe(false)
    expect(equalBytes(bytes('abc'), bytes('ab'))).toBe(false)
  })

  test('hexadecimal', () => {
    fc.assert(
      fc.property(anyBytes, (value) => {
        expect(encodeHex(value)).toBe(Buffer.from(value).toString('hex'))
        expect(decodeHex(encodeHex(value).toUpperCase())).toEqual(value)
      }),
    )
    expect(decodeHex('abc')).toBeUndefined()
    expect(decodeHex('0g')).toBeUndefined()
  })
})
