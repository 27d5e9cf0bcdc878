// Multibase: base58btc; the vectors of draft-msporny-base58-03 section 5, and @scure/base as the judge.
import { base58 } from '@scure/base'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase58btc, encodeBase58btc } from '../../src/internal/base58btc.js'
import { decodeHex, encodeUtf8 } from '../../src/internal/bytes.js'

describe('base58btc', () => {
  test.each([
    [encodeUtf8('Hello World!'), '2NEpo7TZRRrLZSi2U'],
    [
      encodeUtf8('The quick brown fox jumps over the lazy dog.'),
      'USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z',
    ],
    [decodeHex('0000287fb4cd') as Uint8Array, '11233QC4'],
  ])('the vectors of the draft: %#', (bytes, text) => {
    expect(encodeBase58btc(bytes)).toBe(text)
    expect(decodeBase58btc(text)).toEqual(bytes)
  })
  const some = fc.uint8Array({ maxLength: 90 })
  const zeros = fc.nat(9).map((length) => new Uint8Array(length))
  const bytes = fc
    .tuple(
      zeros,
      fc.oneof(
        some,
        some.map((each) => each.fill(255)),
        zeros,
      ),
    )
    .map(([a, b]) => new Uint8Array([...a, ...b]))
  test('law: writes and reads what @scure/base does', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        const text = base58.encode(given)
        expect(encodeBase58btc(given)).toBe(text)
        expect(decodeBase58btc(text)).toEqual(given)
      }),
      { numRuns: 2000 },
    )
  })
  test('law: reads any text as @scure/base does, or not at all', () => {
    const character = fc.oneof(fc.constantFrom(...'123zZ19'), fc.constantFrom(...'0OIl \u0080\u00e9\u{1f600}'))
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (characters) => {
        const text = characters.join('')
        let expected: Uint8Array | undefined
        try {
          expected = base58.decode(text)
        } catch {
          expected = undefined
        }
        expect(decodeBase58btc(text)).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })
  test('large values, and the bounds', () => {
    const large = new Uint8Array(1024).fill(255)
    expect(encodeBase58btc(large)).toBe(base58.encode(large))
    expect(decodeBase58btc(base58.encode(large))).toEqual(large)
    expect(() => encodeBase58btc(new Uint8Array(1025))).toThrow(RangeError)
    expect(decodeBase58btc('z'.repeat(2048))).toEqual(base58.decode('z'.repeat(2048)))
    expect(decodeBase58btc('z'.repeat(2049))).toBeUndefined()
  })
})
