/** RFC 1950 and RFC 1952, in both ways that runtimes have. */
import { deflateRawSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalBytes } from '../../src/internal/bytes.js'
import { type CompressionFormat, decompress, gzip, gzipStreamed, streamed } from '../../src/platform/zlib.js'

const compress = { gzip: gzipSync, deflate: deflateSync, 'deflate-raw': deflateRawSync }

describe.each([
  ['node:zlib', decompress],
  ['DecompressionStream', streamed],
] as const)('%s', (_, unfold) => {
  const formats: CompressionFormat[] = ['gzip', 'deflate', 'deflate-raw']

  test.each(formats)('gives back what was compressed with %s, up to the bound (law)', async (format) => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.nat(40_000).map((length) => new Uint8Array(length)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (data) => {
        const compressed = new Uint8Array(compress[format](data))
        expect(equalBytes((await unfold(format, compressed, data.length)) as Uint8Array, data)).toBe(true)
        if (data.length > 0) expect(await unfold(format, compressed, data.length - 1)).toBe('too_large')
      }),
      { numRuns: 30 },
    )
  })

  test.each(formats)('refuses what is no %s, is cut off, or goes on', async (format) => {
    const whole = new Uint8Array(compress[format]('some text'))
    expect(await unfold(format, new Uint8Array([1, 2, 3]), 100)).toBe('malformed')
    expect(await unfold(format, new Uint8Array(0), 100)).toBe('malformed')
    expect(await unfold(format, whole.subarray(0, -1), 100)).toBe('malformed')
    // Node's own DecompressionStream lets bytes behind the zlib format pass; those of browsers do not.
    if (unfold === decompress || format === 'gzip')
      expect(await unfold(format, new Uint8Array([...whole, 7]), 100)).toBe('malformed')
  })

  test.each(['deflate', 'deflate-raw'] as const)(
    'with what follows ignored, all of %s that came out is an answer',
    async (format) => {
      const whole = new Uint8Array([...new Uint8Array(compress[format]('some text')), 7, 7])
      expect(new TextDecoder().decode((await unfold(format, whole, 9, 'ignored')) as Uint8Array)).toBe('some text')
      expect(await unfold(format, whole, 8, 'ignored')).toBe('too_large')
      expect(await unfold(format, new Uint8Array([1, 2, 3]), 9, 'ignored')).toBe('malformed')
    },
  )

  test('gives an array of its own', async () => {
    const bytes = (await unfold('gzip', new Uint8Array(gzipSync('abc')), 10)) as Uint8Array
    expect([bytes.constructor, bytes.buffer.byteLength]).toEqual([Uint8Array, 3])
  })
})

test.each([
  ['node:zlib', gzip],
  ['CompressionStream', gzipStreamed],
] as const)('%s writes a gzip that says nothing of the machine and the time', async (_, write) => {
  const data = new Uint8Array(20_000).fill(7)
  const compressed = (await write(data)) as Uint8Array
  expect([...compressed.subarray(0, 10)].map((byte, at) => (at === 8 ? 0 : byte))).toEqual([
    31, 139, 8, 0, 0, 0, 0, 0, 0, 3,
  ])
  expect(equalBytes(new Uint8Array(gunzipSync(compressed)), data)).toBe(true)
})
