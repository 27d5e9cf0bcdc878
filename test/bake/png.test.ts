import { createHash } from 'node:crypto'
import { deflateSync, inflateSync, crc32 as nodeCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { bakeImage, unbakeImage } from '../../src/bake/bake.js'
import { crc32, portableCrc32 } from '../../src/bake/crc32.js'
import type { SecuredCredential } from '../../src/model/types.js'
import {
  chunksOf,
  drawPng,
  encodedChunk,
  internationalText,
  joined,
  latinText,
  type PngChunk,
  pngOf,
  withChunks,
} from './make-png.js'
import { codeOf, credential, jws, limits, NAME, png, utf8 } from './samples.js'

const KEYWORD = 'openbadgecredential'
const bake = (image: Uint8Array, badge: SecuredCredential, options = {}): Promise<Uint8Array> =>
  bakeImage(image, badge, options, limits)
const unbake = (image: Uint8Array): Promise<unknown> => unbakeImage(image, limits)
const others = (image: Uint8Array): PngChunk[] => chunksOf(image).filter(({ type }) => type !== 'iTXt')

describe('Open Badges 3.0 section 5.3.1.1: baking a PNG', () => {
  test('adds one uncompressed iTXt chunk and changes nothing else, to the byte', async () => {
    const baked = await bake(png, credential)
    const [header, chunk, ...rest] = chunksOf(baked)
    expect(header?.type).toBe('IHDR')
    expect(chunk).toEqual(internationalText(KEYWORD, JSON.stringify(credential)))
    expect(pngOf([header as PngChunk, ...rest])).toEqual(png)
    expect(baked.length).toBe(png.length + encodedChunk(chunk as PngChunk).length)
  })

  test('no pixel changes', async () => {
    const pixels = (image: Uint8Array): string => {
      const idat = chunksOf(image).filter(({ type }) => type === 'IDAT')
      return createHash('sha256')
        .update(inflateSync(joined(idat.map(({ data }) => data))))
        .digest('hex')
    }
    expect(pixels(await bake(png, credential))).toBe(pixels(png))
  })

  test('a JWS is the text itself', async () => {
    const baked = await bake(png, jws)
    expect(chunksOf(baked)[1]).toEqual(internationalText(KEYWORD, jws))
    expect(await unbake(baked)).toBe(jws)
  })

  test('the input is not touched, a Buffer is bytes, and what comes out is no Buffer', async () => {
    const before = Buffer.from(png)
    const baked = await bake(before, credential)
    expect(before.equals(png)).toBe(true)
    expect(baked.constructor).toBe(Uint8Array)
    const padded = Buffer.concat([Buffer.alloc(7), baked, Buffer.alloc(5)]).subarray(7, 7 + baked.length)
    expect(await unbake(padded)).toEqual(credential)
  })

  test('replace: the old badge goes, wherever it stood and whatever it was written in', async () => {
    const old = [internationalText(KEYWORD, 'old'), latinText(KEYWORD, 'older'), internationalText(KEYWORD, '{}')]
    const note = internationalText('Comment', 'stays')
    const image = withChunks(withChunks(png, -1, ...old, note), 1, ...old)
    const baked = await bake(image, credential)
    expect(baked).toEqual(
      withChunks(withChunks(png, -1, note), 1, internationalText(KEYWORD, JSON.stringify(credential))),
    )
  })

  test('law: baking twice is baking once', async () => {
    const once = await bake(await bake(png, jws), credential)
    expect(once).toEqual(await bake(png, credential))
    expect(await bake(once, credential)).toEqual(once)
  })

  test('refuse: an image that holds a badge is left alone', async () => {
    const baked = await bake(png, credential, { existing: 'refuse' })
    expect(await codeOf(() => bake(baked, jws, { existing: 'refuse' }))).toBe('usage.already_baked')
  })

  test('an Open Badges 2.0 assertion stays beside it, and does not hide it', async () => {
    const image = withChunks(png, 1, internationalText('openbadges', '{"type":"Assertion"}'))
    const baked = await bake(image, credential, { existing: 'refuse' })
    expect(others(baked)).toEqual(others(png))
    expect(chunksOf(baked)).toHaveLength(chunksOf(png).length + 2)
    expect(await unbake(baked)).toEqual(credential)
  })

  test('what stands behind IEND stays, and is never searched', async () => {
    const behind = joined([png, encodedChunk(internationalText(KEYWORD, jws))])
    expect(await codeOf(() => unbake(behind))).toBe('parse.no_badge_in_image')
    const baked = await bake(behind, credential)
    expect(baked.subarray(baked.length - (behind.length - png.length))).toEqual(behind.subarray(png.length))
    expect(await unbake(baked)).toEqual(credential)
  })
})

describe('text survives (FIELD: UTF-8 read as Latin-1)', () => {
  test('accents, signs, scripts and emoji', async () => {
    expect(await unbake(await bake(png, credential))).toMatchObject({ name: NAME })
  })

  test('law: any JSON comes back equal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })),
        async (members) => {
          fc.pre(!JSON.stringify(members).includes('__proto__'))
          const badge = { ...members, proof: { type: 'x' } } as unknown as SecuredCredential
          expect(JSON.stringify(await unbake(await bake(png, badge)))).toBe(JSON.stringify(badge))
        },
      ),
    )
  })

  test('Latin-1 bytes are an error, not mojibake', async () => {
    const latin = internationalText(KEYWORD, new Uint8Array(Buffer.from('{"name":"Zoë"}', 'latin1')))
    expect(await codeOf(() => unbake(withChunks(png, 1, latin)))).toBe('parse.malformed')
  })
})

describe('Open Badges 3.0 section 5.3.1.2: extracting from a PNG', () => {
  const text = JSON.stringify(credential)
  const badge = internationalText(KEYWORD, text)
  const hidden = (chunk: PngChunk): Uint8Array => withChunks(png, -1, chunk)

  test.each([
    ['behind the pixels, as most programs write it', hidden(badge)],
    [
      'with a language and a translated keyword',
      hidden(internationalText(KEYWORD, text, { language: 'en', translated: 'Ábzeichen' })),
    ],
    ['with a method that an uncompressed chunk does not use', hidden(internationalText(KEYWORD, text, { method: 7 }))],
    [
      'compressed, as some programs save it',
      hidden(internationalText(KEYWORD, new Uint8Array(deflateSync(text)), { flag: 1 })),
    ],
    [
      'among 100 other texts',
      withChunks(
        png,
        1,
        ...Array.from({ length: 100 }, (_, n) => internationalText(`openbadgecredential${n}`, 'no')),
        badge,
      ),
    ],
    ['with white space and a byte order mark around', hidden(internationalText(KEYWORD, `\ufeff \n${text}\r\n`))],
  ])('%s', async (_, image) => {
    expect(await unbake(image)).toEqual(credential)
  })

  test('the placeholder of the specification comes back as it is', async () => {
    expect(await unbake(hidden(internationalText(KEYWORD, 'header.payload.signature')))).toBe(
      'header.payload.signature',
    )
  })

  const compressed = (data: Uint8Array, method = 0): Uint8Array =>
    hidden(internationalText(KEYWORD, data, { flag: 1, method }))
  const packed = new Uint8Array(deflateSync(text))
  test.each([
    ['nothing is baked in', png, 'parse.no_badge_in_image'],
    ['an Open Badges 2.0 assertion', hidden(internationalText('openbadges', '{}')), 'parse.open_badges_2'],
    ['an Open Badges 1.0 URL', hidden(latinText('openbadges', 'https://a.example/1')), 'parse.open_badges_2'],
    ['a badge before Open Badges 1.0', hidden(internationalText('openbadge', '{}')), 'parse.open_badges_2'],
    ['two badges', withChunks(png, 1, badge, internationalText(KEYWORD, jws)), 'parse.several_badges'],
    ['the same badge twice', withChunks(png, 1, badge, badge), 'parse.several_badges'],
    ['100 badges', withChunks(png, 1, ...Array.from({ length: 100 }, () => badge)), 'parse.several_badges'],
    ['a badge in iTXt, another in tEXt', withChunks(png, 1, badge, latinText(KEYWORD, jws)), 'parse.several_badges'],
    ['a badge in tEXt', hidden(latinText(KEYWORD, text)), 'parse.malformed_image'],
    ['a keyword without its end', hidden({ type: 'iTXt', data: utf8(KEYWORD) }), 'parse.no_badge_in_image'],
    ['a keyword and nothing behind', hidden({ type: 'iTXt', data: utf8(`${KEYWORD}\0`) }), 'parse.malformed_image'],
    [
      'no end of the translated keyword',
      hidden({ type: 'iTXt', data: utf8(`${KEYWORD}\0\0\0en\0${'x'.repeat(9)}`) }),
      'parse.malformed_image',
    ],
    ['an empty badge', hidden(internationalText(KEYWORD, '')), 'parse.malformed'],
    ['a compression flag of 2', hidden(internationalText(KEYWORD, text, { flag: 2 })), 'parse.malformed_image'],
    ['an unknown compression method', compressed(packed, 1), 'parse.malformed_image'],
    ['compressed rubbish', compressed(utf8('no zlib')), 'parse.malformed_image'],
    ['compressed and cut short', compressed(packed.subarray(0, packed.length - 9)), 'parse.malformed_image'],
    ['compressed and altered', compressed(packed.with(packed.length - 1, 1)), 'parse.malformed_image'],
    [
      'a badge of more than a megabyte',
      hidden(internationalText(KEYWORD, 'x'.repeat(limits.documentBytes + 1))),
      'parse.too_large',
    ],
    ['a URL', hidden(internationalText(KEYWORD, 'https://a.example/1')), 'parse.is_url'],
    ['broken JSON', hidden(internationalText(KEYWORD, '{"a":}')), 'parse.malformed'],
    ['JSON that says it twice', hidden(internationalText(KEYWORD, '{"a":1,"a":2}')), 'parse.duplicate_member'],
    ['10 000 levels of JSON', hidden(internationalText(KEYWORD, `{"a":${'['.repeat(10_000)}`)), 'parse.too_deep'],
    ['__proto__', hidden(internationalText(KEYWORD, '{"__proto__":{}}')), 'parse.forbidden_member'],
  ])('%s', async (_, image, code) => {
    expect(await codeOf(() => unbake(image))).toBe(code)
  })

  test('a bomb is stopped while it unfolds, not afterwards', async () => {
    const bomb = compressed(new Uint8Array(deflateSync(new Uint8Array(64 << 20))))
    await expect(unbake(bomb)).rejects.toThrow('the compressed badge has more than')
  })

  test('a runtime without node:zlib reads it too, and one without DecompressionStream says so', async () => {
    const builtin = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
    try {
      expect(await unbake(compressed(packed))).toEqual(credential)
      vi.stubGlobal('DecompressionStream', undefined)
      expect(await codeOf(() => unbake(compressed(packed)))).toBe('parse.unsupported')
      expect(builtin).toHaveBeenCalled()
    } finally {
      builtin.mockRestore()
      vi.unstubAllGlobals()
    }
  })

  test('a wrong checksum of the badge chunk is damage; of other chunks it is not our business', async () => {
    const baked = await bake(png, credential)
    const inBadge = baked.with(200, (baked[200] as number) ^ 1)
    expect(await codeOf(() => unbake(inBadge))).toBe('parse.malformed_image')
    const inPixels = baked.with(baked.length - 40, (baked[baked.length - 40] as number) ^ 1)
    expect(await unbake(inPixels)).toEqual(credential)
  })
})

describe('PNG (third edition) section 5: damaged streams', () => {
  const chunks = chunksOf(png)
  const [header, ...rest] = chunks as [PngChunk, ...PngChunk[]]
  const lying = (length: number): Uint8Array => {
    const image = png.slice()
    new DataView(image.buffer).setUint32(33, length)
    return image
  }
  test.each([
    ['only the signature', png.subarray(0, 8)],
    ['no IEND', pngOf(chunks.slice(0, -1))],
    ['a length beyond the file', lying(0x7fffffff)],
    ['a length beyond the specification', lying(0xffffffff)],
    ['a length that ends inside the chunk', lying(3)],
    ['a length one too long', lying((chunks[1] as PngChunk).data.length + 1)],
    ['an IEND longer than the file', joined([png.subarray(0, -12), new Uint8Array([0, 0, 0, 9]), png.subarray(-8)])],
    ['no IHDR', pngOf(rest)],
    ['IHDR of the wrong size', pngOf([{ type: 'IHDR', data: header.data.subarray(1) }, ...rest])],
    ['a type that is no letters', pngOf([header, { type: 'I D!', data: utf8('') }, ...rest])],
  ])('%s', async (_, image) => {
    expect(await codeOf(() => unbake(image))).toBe('parse.malformed_image')
    expect(await codeOf(() => bake(image, credential))).toBe('parse.malformed_image')
  })

  test('law: however much is cut off, the answer is typed', async () => {
    const baked = await bake(png, credential)
    for (let length = 8; length < baked.length; length++)
      expect(await codeOf(() => unbake(baked.subarray(0, length)))).toBe('parse.malformed_image')
  })

  test('law: whatever byte is changed, the badge comes back as it was or the answer is typed', async () => {
    const baked = await bake(png, credential)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: baked.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const code = await codeOf(async () => {
          expect(await unbake(baked.with(at, (baked[at] as number) ^ mask))).toEqual(credential)
        })
        expect(code).toMatch(/^parse\.|^nothing thrown$/)
      }),
      { numRuns: 1000 },
    )
  })
})

test('PNG annex D: the CRC is the one of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(crc32(bytes)).toBe(nodeCrc32(bytes))
      expect(portableCrc32(bytes)).toBe(nodeCrc32(bytes))
      expect(portableCrc32(bytes, 1, bytes.length - 1)).toBe(crc32(bytes, 1, bytes.length - 1))
    }),
  )
})

test('an image with a badge in each of 200 000 chunks: all are dropped, in their time', async () => {
  const badge = encodedChunk({ type: 'iTXt', data: utf8('openbadgecredential\0\0\0\0\0{}') })
  const badges = new Uint8Array(badge.length * 200_000)
  for (let at = 0; at < badges.length; at += badge.length) badges.set(badge, at)
  const image = joined([png.subarray(0, 33), badges, png.subarray(33)])
  expect(await codeOf(() => unbake(image))).toBe('parse.several_badges')
  expect(await bake(image, credential)).toEqual(await bake(png, credential))
})

test('an image of another size and many chunks', async () => {
  const large = drawPng(200, 150, (x, y) => [(x * 7919 + y * 104729) & 255, (x ^ y) & 255, y & 255], {
    idatBytes: 512,
    level: 0,
  })
  const baked = await bake(large, credential)
  expect(others(baked)).toEqual(chunksOf(large))
  expect(await unbake(baked)).toEqual(credential)
})
