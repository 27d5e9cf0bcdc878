/** PNG (third edition): what no viewer shows is not baked. The kinds of damage are those of PngSuite's x*.png, and more of each. */
import zlib, { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { bakeImage } from '../../src/bake/bake.js'
import { demandViewable, type ViewableImages } from '../../src/bake/png-viewable.js'
import { ParseError } from '../../src/errors.js'
import { chunksOf, drawPng, encodedChunk, joined, latinText, type PngChunk, pngOf, withChunks } from './make-png.js'
import { codeOf, credential, limits, png } from './samples.js'

const bake = (image: Uint8Array): Promise<Uint8Array> => bakeImage(image, credential, {}, limits)

/** Width, height, depth, colour type, compression, filter, interlace. */
type Header = readonly [number, number, number, number, number?, number?, number?]

function headerOf([width, height, ...rest]: Header): PngChunk {
  const data = new Uint8Array(13)
  const view = new DataView(data.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  data.set(
    rest.map((value) => value ?? 0),
    8,
  )
  return { type: 'IHDR', data }
}

const END: PngChunk = { type: 'IEND', data: new Uint8Array(0) }
const idat = (rows: number | Uint8Array): PngChunk => ({
  type: 'IDAT',
  data: new Uint8Array(deflateSync(typeof rows === 'number' ? new Uint8Array(rows) : rows)),
})
/** An image of so many bytes of pixels, all 0. */
const imageOf = (header: Header, bytes: number, ...before: PngChunk[]): Uint8Array =>
  pngOf([headerOf(header), ...before, idat(bytes), END])
const PALETTE: PngChunk = { type: 'PLTE', data: new Uint8Array(6) }

/** The image with one byte of this chunk's data changed, and its checksum as it was. */
function damagedIn(image: Uint8Array, type: string): Uint8Array {
  const at = Buffer.from(image).indexOf(type, 8, 'latin1') + 4
  return image.with(at + 2, (image[at + 2] as number) ^ 1)
}

describe('section 11.2.1: images of every colour type, depth and interlace are baked', () => {
  // Bytes of a row of 9 pixels, with its filter: 9 * channels * depth / 8, rounded up, and 1.
  test.each<[number, number, number]>([
    [0, 1, 3],
    [0, 2, 4],
    [0, 4, 6],
    [0, 8, 10],
    [0, 16, 19],
    [2, 8, 28],
    [2, 16, 55],
    [3, 1, 3],
    [3, 2, 4],
    [3, 4, 6],
    [3, 8, 10],
    [4, 8, 19],
    [4, 16, 37],
    [6, 8, 37],
    [6, 16, 73],
  ])('colour type %i, depth %i', async (colour, depth, row) => {
    const palette = colour === 3 ? [PALETTE] : []
    expect(await codeOf(() => bake(imageOf([9, 5, depth, colour], row * 5, ...palette)))).toBe('nothing thrown')
    expect(await codeOf(() => bake(imageOf([9, 5, depth, colour], row * 5 - 1, ...palette)))).toBe(
      'parse.malformed_image',
    )
  })

  test.each<[number, number, number]>([
    // Section 8.1. One grey byte a pixel: pixels of all passes, and a byte for each row of each pass that has pixels.
    [1, 1, 1 + 1],
    [5, 1, 5 + 4],
    [8, 8, 64 + 15],
    [3, 2, 6 + 4],
  ])('Adam7, %i by %i', async (width, height, bytes) => {
    expect(await codeOf(() => bake(imageOf([width, height, 8, 0, 0, 0, 1], bytes)))).toBe('nothing thrown')
    expect(await codeOf(() => bake(imageOf([width, height, 8, 0, 0, 0, 1], bytes - 1)))).toBe('parse.malformed_image')
  })
})

const good = imageOf([9, 5, 8, 0], 50)
const [header, pixels] = chunksOf(good) as [PngChunk, PngChunk]
const filtered = new Uint8Array(50)
filtered[40] = 5

test.each<[string, Uint8Array, string]>([
  ['xc1: colour type 1', imageOf([9, 5, 8, 1], 50), 'colour type 1'],
  ['xc9: colour type 9', imageOf([9, 5, 8, 9], 50), 'colour type 9'],
  ['xd0: 0 bits', imageOf([9, 5, 0, 2], 50), '0 bits'],
  ['xd3: 3 bits', imageOf([9, 5, 3, 2], 50), '3 bits'],
  ['xd9: 99 bits', imageOf([9, 5, 99, 2], 50), '99 bits'],
  ['a depth that another colour type has', imageOf([9, 5, 4, 6], 500), '4 bits'],
  ['a palette with 16 bits', imageOf([9, 5, 16, 3], 500, PALETTE), '16 bits'],
  ['xdt: no pixels', pngOf([header, END]), 'no IDAT'],
  ['xhd: checksum of IHDR', good.with(32, (good[32] as number) ^ 1), 'checksum of its chunk IHDR'],
  ['xcs: checksum of IDAT', damagedIn(good, 'IDAT'), 'checksum of its chunk IDAT'],
  [
    'checksum of the last of many IDAT',
    drawPng(24, 24, (x, y) => [x, y, 0], { idatBytes: 20 }).map((byte, at, all) =>
      at === all.length - 13 ? byte ^ 1 : byte,
    ),
    'checksum of its chunk IDAT',
  ],
  ['checksum of PLTE', damagedIn(imageOf([9, 5, 8, 3], 50, PALETTE), 'PLTE'), 'checksum of its chunk PLTE'],
  ['no width', imageOf([0, 5, 8, 0], 50), '0 by 5'],
  ['no height', imageOf([9, 0, 8, 0], 50), '9 by 0'],
  ['a width beyond the specification', imageOf([0x80000000, 5, 8, 0], 50), '2147483648 by 5'],
  ['another compression', imageOf([9, 5, 8, 0, 1], 50), 'compression method 1'],
  ['another filter method', imageOf([9, 5, 8, 0, 0, 1], 50), 'filter method 1'],
  ['another interlace', imageOf([9, 5, 8, 0, 0, 0, 2], 50), 'interlace method 2'],
  ['indexed, no palette', imageOf([9, 5, 8, 3], 50), 'no palette'],
  ['indexed, an empty palette', imageOf([9, 5, 8, 3], 50, { type: 'PLTE', data: new Uint8Array(0) }), 'no palette'],
  ['indexed, half a colour', imageOf([9, 5, 8, 3], 50, { type: 'PLTE', data: new Uint8Array(4) }), 'no palette'],
  ['indexed, 257 colours', imageOf([9, 5, 8, 3], 50, { type: 'PLTE', data: new Uint8Array(771) }), 'no palette'],
  ['indexed, the palette behind the pixels', pngOf([headerOf([9, 5, 8, 3]), pixels, PALETTE, END]), 'no palette'],
  ['pixels that are no zlib', pngOf([header, { type: 'IDAT', data: new Uint8Array(50) }, END]), 'no zlib'],
  ['pixels of one byte', pngOf([header, { type: 'IDAT', data: new Uint8Array([0x78]) }, END]), 'no zlib'],
  ['an empty IDAT', pngOf([header, { type: 'IDAT', data: new Uint8Array(0) }, END]), 'no zlib'],
  [
    'a preset dictionary',
    pngOf([header, { type: 'IDAT', data: new Uint8Array([0x78, 0xbb, 1, 2, 3, 4, 5, 6]) }, END]),
    'no zlib',
  ],
  [
    'pixels with a block that there is not',
    pngOf([header, { type: 'IDAT', data: new Uint8Array([0x78, 0x9c, 7, 7, 7, 7, 7, 7]) }, END]),
    'cannot be decompressed',
  ],
  [
    'pixels cut off',
    pngOf([header, { type: 'IDAT', data: pixels.data.subarray(0, -6) }, END]),
    'cannot be decompressed',
  ],
  ['too few pixels', imageOf([9, 5, 8, 0], 49), 'promises 50 bytes of pixels, and there are 49'],
  ['a filter that there is not', pngOf([header, idat(filtered), END]), 'names filter 5'],
  [
    'pixels with a text in their midst',
    pngOf([
      header,
      { type: 'IDAT', data: pixels.data.subarray(0, 6) },
      latinText('a', 'b'),
      { type: 'IDAT', data: pixels.data.subarray(6) },
      END,
    ]),
    'cannot be decompressed',
  ],
  ['a second IHDR', pngOf([header, header, pixels, END]), 'second IHDR'],
  ['a critical chunk of somebody', pngOf([header, { type: 'ABcD', data: new Uint8Array(1) }, pixels, END]), 'ABcD'],
])('%s: refused, with the reason', async (_, image, reason) => {
  const error = await bake(image).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ParseError)
  expect((error as ParseError).code).toBe('parse.malformed_image')
  expect((error as ParseError).message).toContain(reason)
  expect((error as ParseError).message).toMatch(/\(byte \d+\)$/)
})

test.each<[string, Uint8Array]>([
  ['a damaged text', damagedIn(withChunks(good, 1, latinText('Comment', 'hello')), 'tEXt')],
  ['bytes behind the pixels', pngOf([header, { type: 'IDAT', data: joined([pixels.data, new Uint8Array(9)]) }, END])],
  ['more pixels than are shown', imageOf([9, 5, 8, 0], 90)],
  ['a wrong Adler-32', pngOf([header, { type: 'IDAT', data: pixels.data.with(pixels.data.length - 1, 99) }, END])],
  ['an IDAT apart, when all pixels are there', pngOf([header, pixels, latinText('a', 'b'), pixels, END])],
  ['an empty IDAT among others', pngOf([header, { type: 'IDAT', data: new Uint8Array(0) }, pixels, END])],
  ['a palette that is only a proposal', imageOf([9, 5, 8, 2], 140, PALETTE)],
  ['a chunk that is not critical', withChunks(good, 1, { type: 'abCd', data: new Uint8Array(3) })],
  [
    'a badge of which the checksum is wrong, which goes',
    damagedIn(
      withChunks(good, 1, { type: 'iTXt', data: new TextEncoder().encode('openbadgecredential\0\0\0\0\0{}') }),
      'iTXt',
    ).slice(),
  ],
])('what viewers pass over is no reason: %s', async (_, image) => {
  expect(await codeOf(() => bake(image))).toBe('nothing thrown')
})

test('law: an image that somebody drew is baked, and with any byte of IHDR or IDAT changed it is refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 3, max: 60 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (width, height, idatBytes, place, mask) => {
        const image = drawPng(width, height, (x, y) => [x * 31, y * 17, x ^ y], { idatBytes })
        expect(await codeOf(() => bake(image))).toBe('nothing thrown')
        // The last twelve bytes are IEND, the first eight the signature, which makes it a PNG at all.
        const at = 8 + (place % (image.length - 20))
        expect(await codeOf(() => bake(image.with(at, (image[at] as number) ^ mask)))).toBe('parse.malformed_image')
      },
    ),
    { numRuns: 200 },
  )
})

describe('the work', () => {
  test('one image is unfolded once, and again when its bytes change', () => {
    const unfold = vi.spyOn(zlib, 'inflateRawSync')
    const known: ViewableImages = new WeakMap()
    const image = png.slice()
    for (let badge = 0; badge < 5; badge++) demandViewable(image, known)
    expect(unfold).toHaveBeenCalledTimes(1)
    // The same array, now with the header of an image that is a row higher.
    image.set(pngOf([headerOf([24, 25, 8, 6])]).subarray(0, 33))
    expect(() => demandViewable(image, known)).toThrow('bytes of pixels')
    expect(unfold).toHaveBeenCalledTimes(2)
    unfold.mockRestore()
  })

  test('an image of 4 million million pixels is judged by the first 64 MiB of them', async () => {
    const bomb: Header = [2_000_000, 2_000_000, 8, 0]
    expect(await codeOf(() => bake(imageOf(bomb, 65 * 1024 * 1024)))).toBe('nothing thrown')
    expect(await codeOf(() => bake(imageOf(bomb, 1024)))).toBe('parse.malformed_image')
  })

  test('a runtime without node:zlib judges alike, and one that cannot decompress says so', async () => {
    const builtin = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
    try {
      expect(await codeOf(() => bake(png))).toBe('nothing thrown')
      expect(await codeOf(() => bake(imageOf([9, 5, 8, 0], 49)))).toBe('parse.malformed_image')
      expect(await codeOf(() => bake(pngOf([header, { type: 'IDAT', data: pixels.data.subarray(0, -6) }, END])))).toBe(
        'parse.malformed_image',
      )
      vi.stubGlobal('DecompressionStream', undefined)
      expect(await codeOf(() => bake(png))).toBe('parse.unsupported')
      expect(builtin).toHaveBeenCalled()
    } finally {
      builtin.mockRestore()
      vi.unstubAllGlobals()
    }
  })
})

test('baking an image that was baked is judged as any other', async () => {
  const baked = await bake(good)
  expect(await codeOf(() => bake(baked))).toBe('nothing thrown')
  expect(await codeOf(() => bake(damagedIn(baked, 'IDAT')))).toBe('parse.malformed_image')
  expect(encodedChunk(END)).toEqual(baked.slice(-12))
})
