/** The verifier page's parts that need no browser: what is refused before a browser sees it. `npm run test:page` visits the page itself. */
import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesFault, pictureFault, svgFault } from '../../examples/verifier-page/src/image-guard.js'
import { imageSize } from '../../examples/verifier-page/src/image-size.js'
import { givenFiles, givenText, MAX_BADGES, MAX_BYTES, withinBounds } from '../../examples/verifier-page/src/intake.js'
import { plainText } from '../../examples/verifier-page/src/plain-text.js'
import { readIssuers } from '../../examples/verifier-page/src/settings-store.js'

const hex = (text: string) =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const size16 = (value: number) => value.toString(16).padStart(4, '0')

describe('the size that a picture claims', () => {
  const png = (width: number, height: number) =>
    hex(
      `89504e470d0a1a0a 0000000d 49484452 ${width.toString(16).padStart(8, '0')} ${height.toString(16).padStart(8, '0')} 0802000000`,
    )
  // SOI, an APP0 that must be stepped over, a fill byte, SOF2.
  const jpeg = (width: number, height: number) =>
    hex(
      `ffd8 ffe0 0010 4a46494600010100000100010000 ff ffc2 0011 08 ${size16(height)} ${size16(width)} 03 011100 021101 031101`,
    )
  const gif = hex('474946383961 e803 d007 f70000')
  const webpLossy = hex('52494646 24000000 57454250 56503820 18000000 300100 9d012a e803 d007 0001')
  const webpLossless = hex('52494646 24000000 57454250 5650384c 18000000 2f e7c3f301 0000000000')
  const webpExtended = hex('52494646 24000000 57454250 56503858 0a000000 00000000 e70300 cf0700 0000')

  test.each([
    ['PNG', png(60_000, 60_000), 60_000, 60_000],
    ['JPEG, progressive', jpeg(60_000, 50_000), 60_000, 50_000],
    ['GIF', gif, 1000, 2000],
    ['WebP, lossy', webpLossy, 1000, 2000],
    ['WebP, lossless', webpLossless, 1000, 2000],
    ['WebP, extended', webpExtended, 1000, 2000],
  ])('%s', (_, bytes, width, height) => {
    expect(imageSize(bytes)).toEqual({ width, height })
  })
  test('what is cut off, or is none of these, has no size and is not shown', () => {
    for (const bytes of [new Uint8Array(), png(10, 10).slice(0, 20), jpeg(10, 10).slice(0, 24), hex('424d00000000')])
      expect(bytesFault(bytes)).toBe('it does not say how large it is')
  })
  test('any bytes end in an answer', () => {
    const starts = [png(1, 1), jpeg(1, 1), gif, webpLossy, webpLossless, webpExtended]
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 60 }), fc.nat(40), (start, rest, cut) => {
        expect(['string', 'undefined']).toContain(typeof bytesFault(new Uint8Array([...start.slice(0, cut), ...rest])))
      }),
    )
  })
  test('pixels are counted, not bytes', () => {
    const url = (bytes: Uint8Array, type = 'image/png') =>
      `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
    expect(pictureFault(url(png(4096, 4096)))).toBeUndefined()
    expect(pictureFault(url(png(4097, 4096)))).toMatch(/4097 × 4096 pixels/)
    expect(pictureFault(url(png(0, 5)))).toMatch(/no size/)
    expect(pictureFault(url(jpeg(60_000, 60_000), 'image/jpeg'))).toMatch(/60000 × 60000/)
    expect(pictureFault(url(png(1, 1), 'text/html'))).toMatch(/kind that is not shown/)
    expect(pictureFault('data:image/png;base64,%%%%')).toMatch(/not shown/)
  })
})

describe('drawings', () => {
  const svg = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`
  test('a plain one is shown, as base64 and percent-encoded', () => {
    const text = svg('<circle r="4"/>')
    expect(pictureFault(`data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`)).toBeUndefined()
    expect(pictureFault(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`)).toBeUndefined()
  })
  test.each([
    ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`],
    ['a picture', svg('<image href="x.png"/>')],
    ['a picture, with a prefix', svg('<s:image href="x.png"/>')],
    ['HTML', svg('<foreignObject/>')],
    ['data', svg('<a href="DATA:text/html,x"/>')],
    ['many uses', svg('<use href="#a"/>'.repeat(21))],
  ])('%s: not shown', (_, text) => {
    expect(svgFault(text)).toBeTypeOf('string')
  })
})

describe('what is given', () => {
  const file = (name: string, length: number) => ({ name, size: length }) as File
  test('files by their size, names without tricks', () => {
    const [large, empty, good] = givenFiles([file('a\u202egnp.json', MAX_BYTES + 1), file('', 0), file('b.json', 1)])
    expect(large).toMatchObject({ name: 'agnp.json', problem: expect.stringContaining('16 MB') })
    expect(empty).toMatchObject({ problem: expect.stringContaining('empty') })
    expect(good).toHaveProperty('source')
  })
  test('texts: JSON whole, addresses and JWTs one by one, http and nonsense refused', () => {
    expect(givenText(' {"a": "https://x.example b"} ')).toEqual([
      { name: 'Pasted text', source: { text: '{"a": "https://x.example b"}' } },
    ])
    expect(givenText('https://a.example/1\n eyJh.eyJi.c\n')).toEqual([
      { name: 'https://a.example/1', source: { url: 'https://a.example/1' } },
      { name: 'Pasted JWT', source: { text: 'eyJh.eyJi.c' } },
    ])
    expect(givenText('http://a.example')[0]?.problem).toMatch(/Only https/)
    expect(givenText('https://[nonsense')[0]?.problem).toMatch(/no address/)
    expect(givenText('dear sir')).toEqual([{ name: 'Pasted text', source: { text: 'dear sir' } }])
    expect(givenText(' \n')).toEqual([])
    expect(givenText('x'.repeat(MAX_BYTES + 1))[0]?.problem).toMatch(/16 MB/)
  })
  test('no more than there is room for', () => {
    const { taken, problem } = withinBounds(givenText('a.b.c\n'.repeat(5)), MAX_BADGES - 2)
    expect([taken.length, problem]).toEqual([2, expect.stringContaining('3 were left out')])
  })
  test('issuers: ids, remarks, and what is none', () => {
    expect(
      readIssuers(' did:web:a.example  our school\n# remark\nExample\nhttps://b.example/i\ndid:web:a.example'),
    ).toEqual({
      issuers: ['did:web:a.example', 'https://b.example/i'],
      wrong: ['Example'],
    })
  })
  test('names are one short line that keeps its direction', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const plain = plainText(`${text}\u202e\n\u200b${text}`)
        expect([...plain].length).toBeLessThanOrEqual(80)
        expect(plain).not.toMatch(/[\p{Cc}\p{Bidi_Control}]|\p{M}{5}/u)
      }),
    )
  })
})
