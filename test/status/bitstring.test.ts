/** Bitstring Status List 1.0 (W3C Recommendation, 15 May 2025) sections 2.2, 3.3, 3.4 and 7.1. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ParseError, UsageError } from '../../src/errors.js'
import { encodeBase64, encodeBase64url } from '../../src/internal/base64url.js'
import { equalBytes } from '../../src/internal/bytes.js'
import {
  type BitstringEncoding,
  countEntries,
  createBitstring,
  decodeBitstring,
  encodeBitstring,
  readEntry,
  writeEntry,
} from '../../src/status/bitstring.js'

const MAX = { maxBytes: 16_777_216 }

const codeOf = async (encoded: string, maxBytes = MAX.maxBytes, encoding: BitstringEncoding = 'multibase') => {
  try {
    return (await decodeBitstring(encoded, { maxBytes, encoding })).length
  } catch (error) {
    expect(error).toBeInstanceOf(ParseError)
    return (error as ParseError).code
  }
}
const zipped = (bytes: Uint8Array) => `u${encodeBase64url(new Uint8Array(gzipSync(bytes)))}`

describe('section 2.2, example 3', () => {
  const example = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA'

  test('is 131 072 entries, none of them set', async () => {
    const bits = await decodeBitstring(example, MAX)
    expect(countEntries(bits)).toBe(131_072)
    expect(bits.every((byte) => byte === 0)).toBe(true)
    expect(bits.constructor).toBe(Uint8Array)
  })

  test('is what we write for such a list', async () => {
    expect(await encodeBitstring(createBitstring())).toBe(example)
  })
})

describe('section 7.1, the layout', () => {
  test('index 0 is the leftmost bit, the last index the rightmost one', () => {
    const bits = createBitstring()
    writeEntry(bits, 0, 1, 1)
    writeEntry(bits, 131_071, 1, 1)
    expect([bits[0], bits[16_383]]).toEqual([0x80, 0x01])
    expect(bits.filter((byte) => byte !== 0)).toHaveLength(2)
  })

  test('an entry of several bits stands at its index times its size, most significant bit first', () => {
    const bits = createBitstring(131_072, 2)
    writeEntry(bits, 1, 2, 0b10)
    writeEntry(bits, 3, 2, 0b01)
    expect(bits[0]).toBe(0b00100001)
    expect([0, 1, 2, 3].map((index) => readEntry(bits, index, 2))).toEqual([0, 2, 0, 1])
  })

  test('an entry may lie across bytes, and have 32 bits', () => {
    const bits = new Uint8Array([0b0000_0111, 0b1000_0000, 0xff, 0xff, 0xff, 0xff])
    expect(readEntry(bits, 1, 5)).toBe(0b11110)
    expect(readEntry(bits, 0, 32)).toBe(0x0780ffff)
    expect(readEntry(new Uint8Array(4).fill(0xff), 0, 32)).toBe(2 ** 32 - 1)
  })

  test('an entry is a slice of the string of bits (law)', () => {
    const setup = fc.record({
      bits: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      size: fc.integer({ min: 1, max: 32 }),
      at: fc.nat(),
      value: fc.nat(),
    })
    fc.assert(
      fc.property(setup, ({ bits, size, at, value }) => {
        const text = Array.from(bits, (byte) => byte.toString(2).padStart(8, '0')).join('')
        const entries = countEntries(bits, size)
        expect(entries).toBe(Math.floor(text.length / size))
        for (let index = 0; index < entries; index++) {
          const slice = text.slice(index * size, (index + 1) * size)
          expect(readEntry(bits, index, size)).toBe(Number.parseInt(slice, 2))
        }
        expect(readEntry(bits, entries, size)).toBeUndefined()
        if (entries === 0) return
        const [index, written] = [at % entries, value % 2 ** size]
        const changed = bits.slice()
        writeEntry(changed, index, size, written)
        for (let other = 0; other < entries; other++)
          expect(readEntry(changed, other, size)).toBe(other === index ? written : readEntry(bits, other, size))
        writeEntry(changed, index, size, readEntry(bits, index, size) ?? 0)
        expect(changed).toEqual(bits)
      }),
    )
  })

  test.each([-1, 8, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('there is no entry %d of eight', (index) => {
    const bits = new Uint8Array([0xff])
    expect(readEntry(bits, index, 1)).toBeUndefined()
    expect(() => writeEntry(bits, index, 1, 0)).toThrow(UsageError)
    expect(bits[0]).toBe(0xff)
  })

  test.each([0, -1, 1.5, 33, Number.NaN])('no entry has %d bits', (size) => {
    expect(readEntry(new Uint8Array(100), 0, size)).toBeUndefined()
    expect(() => writeEntry(new Uint8Array(100), 0, size, 0)).toThrow(UsageError)
    expect(() => createBitstring(131_072, size)).toThrow(UsageError)
  })

  test.each([-1, 4, 0.5, Number.NaN])('an entry of 2 bits is never %d', (value) => {
    expect(() => writeEntry(new Uint8Array(1), 0, 2, value)).toThrow(UsageError)
  })
})

describe('encodedList', () => {
  test('comes back as it was (law)', async () => {
    const flips = fc.array(fc.nat(131_071), { maxLength: 50 })
    await fc.assert(
      fc.asyncProperty(flips, async (indexes) => {
        const bits = createBitstring()
        for (const index of indexes) writeEntry(bits, index, 1, 1)
        const encoded = await encodeBitstring(bits)
        expect(encoded).toMatch(/^uH4sIAAAAAAAAA[\w-]+$/)
        const back = await decodeBitstring(encoded, MAX)
        expect(equalBytes(back, bits)).toBe(true)
        expect(indexes.every((index) => readEntry(back, index) === 1)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  test('that is shorter than 16 KiB is read, and not written', async () => {
    expect(await codeOf(zipped(new Uint8Array(12_500)))).toBe(12_500)
    await expect(encodeBitstring(new Uint8Array(16_383))).rejects.toThrow(UsageError)
    expect(() => createBitstring(131_071)).toThrow(UsageError)
  })

  test.each([
    ['nothing', ''],
    ['the prefix alone', 'u'],
    ['no prefix', zipped(new Uint8Array(10)).slice(1)],
    ['the prefix of another base', `z${zipped(new Uint8Array(10)).slice(1)}`],
    ['padding', `${zipped(new Uint8Array(12))}==`],
    ['white space', `${zipped(new Uint8Array(12))}\n`],
    ['no gzip', `u${encodeBase64url(new Uint8Array(100))}`],
    ['bytes behind the gzip', `u${encodeBase64url(new Uint8Array([...gzipSync('x'), 1, 2, 3]))}`],
    ['half a gzip', `u${encodeBase64url(new Uint8Array(gzipSync(new Uint8Array(5000)).subarray(0, -6)))}`],
  ])('is malformed: %s', async (_, encoded) => {
    expect(await codeOf(encoded)).toBe('parse.malformed')
  })

  test('with one wrong bit is never another list', async () => {
    const bits = createBitstring()
    for (const index of [3, 5000, 131_000]) writeEntry(bits, index, 1, 1)
    const compressed = gzipSync(bits)
    // Behind the header (RFC 1952 section 2.3): the CRC is over everything there.
    for (let byte = 10; byte < compressed.length; byte++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = new Uint8Array(compressed)
        changed[byte] = (changed[byte] ?? 0) ^ (1 << bit)
        const encoded = `u${encodeBase64url(changed)}`
        const code = await codeOf(encoded)
        // The bits that fill up the last byte of a deflate stream mean nothing.
        if (code === bits.length) expect(equalBytes(await decodeBitstring(encoded, MAX), bits)).toBe(true)
        else expect(code).toBe('parse.malformed')
      }
    }
  })

  test('of any text is bytes or a ParseError (law)', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.uint8Array().map((bytes) => `uH4sI${encodeBase64url(bytes)}`),
    )
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('multibase', 'base64'), async (encoded, encoding) => {
        await codeOf(encoded, 1000, encoding)
      }),
    )
  })
})

describe('limits.statusListBytes', () => {
  test('is a bound to the byte', async () => {
    expect(await codeOf(zipped(new Uint8Array(20_000)), 20_000)).toBe(20_000)
    expect(await codeOf(zipped(new Uint8Array(20_001)), 20_000)).toBe('parse.too_large')
    expect(await codeOf(zipped(new Uint8Array(1)), 0)).toBe('parse.too_large')
    expect(await codeOf(zipped(new Uint8Array(0)), 0)).toBe(0)
  })

  test('ends a bomb: sixteen gigabytes out of sixteen megabytes', async () => {
    // Members of a gzip file follow each other (RFC 1952 section 2.2). No machine of ours holds what this one unfolds to.
    const member = gzipSync(new Uint8Array(8 * 1024 * 1024))
    const bomb = new Uint8Array(member.length * 2000)
    for (let at = 0; at < bomb.length; at += member.length) bomb.set(member, at)
    expect(await codeOf(`u${encodeBase64url(bomb)}`, 1_000_000)).toBe('parse.too_large')
  })
})

describe('StatusList2021 (W3C working draft, 27 April 2023)', () => {
  const example = 'H4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA'
  const other = new Uint8Array(gzipSync(new Uint8Array(16_384).fill(0xa7, 5, 9)))
  const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, '=')
  const lists: [string, string][] = [
    ['the example of the draft', example],
    ['base64', encodeBase64(other)],
    ['base64url', encodeBase64url(other)],
    ['base64url with padding', padded(encodeBase64url(other))],
  ]

  test('the samples differ in what matters', () => {
    expect(lists[1]?.[1]).toMatch(/[+/].*=$/)
    expect(lists[2]?.[1]).toMatch(/[-_]/)
    expect(lists[3]?.[1]).toMatch(/[-_].*=$/)
  })

  test.each(lists)('reads %s', async (_, encoded) => {
    expect(await codeOf(encoded, MAX.maxBytes, 'base64')).toBe(16_384)
  })

  test('does not read multibase: the two are never guessed', async () => {
    expect(await codeOf(zipped(new Uint8Array(16_384)), MAX.maxBytes, 'base64')).toBe('parse.malformed')
  })
})
