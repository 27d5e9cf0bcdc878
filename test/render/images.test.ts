// "Images only by data: URL or permission", and none that unpacks to more than a browser bears.
import { describe, expect, test } from 'vitest'
import { renderBadge, renderBadgeSvg } from '../../src/entries/render.js'
import { dataImage } from '../../src/render/data-image.js'
import { pixelsOf } from '../../src/render/raster-size.js'
import { unfoldedElements } from '../../src/render/svg-unfolding.js'
import { parse } from './markup.js'
import { fullBadge, reportOn } from './reports.js'
import { drawBadge } from './samples.js'

const PNG = `data:image/png;base64,${Buffer.from(drawBadge(8)).toString('base64')}`
const png = (width: number, height: number) => {
  const bytes = Buffer.from(drawBadge(8))
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return `data:image/png;base64,${bytes.toString('base64')}`
}
const svg = (inner: string) =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`).toString('base64')}`

function shown(id: string, images?: (url: string) => string | undefined): string | undefined {
  const report = reportOn({ ...fullBadge(() => 'x'), image: { id, type: 'Image' } })
  const options = images === undefined ? {} : { images }
  const src = parse(renderBadge(report, options)).elements.find(({ name }) => name === 'img')?.attributes.src
  expect(
    parse(renderBadgeSvg(report, options), 'svg').elements.find(({ name }) => name === 'image')?.attributes.href,
  ).toBe(src)
  return src
}

describe('by data URL', () => {
  test('the kinds that browsers show', () => {
    expect(shown(PNG)).toBe(PNG)
    expect(shown(svg('<rect/>'))).toBe(svg('<rect/>'))
    expect(shown('data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E')).toMatch(
      /^data:image\/svg\+xml;base64,/,
    )
  })
  test('no other kind, and none that is another than it says', () => {
    for (const id of [
      'data:text/html,<script>alert(1)</script>',
      'data:image/x-icon;base64,AAAA',
      'data:image/png;base64,AAAA',
      'data:image/png;base64,not base64!',
      'data:image/jpeg;base64,'.concat(PNG.slice(22)),
      'data:image/png',
      'data:,',
      'data:image/svg+xml,%E0%A4%A',
      'data:image/svg+xml;base64,AAAA',
    ])
      expect(shown(id)).toBeUndefined()
  })
  test('no decompression bomb', () => {
    expect(shown(png(4000, 4000))).toBeDefined()
    expect(shown(png(50_000, 50_000))).toBeUndefined()
    expect(shown(png(2 ** 32 - 1, 1))).toBeUndefined()
    expect(dataImage(`data:image/png;base64,${'A'.repeat(20_000_000)}`)).toBeUndefined()
  })
})

test('raster images say how large they are', () => {
  const of = (type: 'png' | 'gif' | 'jpeg' | 'webp', hex: string) =>
    pixelsOf(Uint8Array.from(Buffer.from(hex.padEnd(80, '0'), 'hex')), type)
  expect(of('gif', '474946383961 0a00 1400'.replaceAll(' ', ''))).toBe(200)
  expect(of('jpeg', 'ffd8 ffe0 0004 0000 ffff c2 0011 08 0014 000a'.replaceAll(' ', ''))).toBe(200)
  expect(of('jpeg', 'ffd8 ffd9')).toBeUndefined()
  // RIFF, size, WEBP, then VP8 (lossy), VP8L, VP8X of 10 by 20.
  const riff = '52494646 00000000 57454250'
  expect(of('webp', `${riff} 56503820 00000000 000000 9d012a 0a00 1400`.replaceAll(' ', ''))).toBe(200)
  expect(of('webp', `${riff} 5650384c 00000000 2f 09c00400`.replaceAll(' ', ''))).toBe(200)
  expect(of('webp', `${riff} 56503858 00000000 00000000 090000 130000`.replaceAll(' ', ''))).toBe(200)
  for (const type of ['png', 'gif', 'jpeg', 'webp'] as const) {
    expect(of(type, '00')).toBeUndefined()
    expect(pixelsOf(new Uint8Array(), type)).toBeUndefined()
  }
})

describe('an SVG is shown as far as it can be drawn', () => {
  const bomb = (levels: number, of = '<use href="#ID"/>') =>
    `<svg>${Array.from({ length: levels }, (_, level) => `<g id="g${level + 1}">${of.replace('ID', `g${level}`).repeat(10)}</g>`).join('')}<rect id="g0"/></svg>`
  test('a modest one', () => {
    expect(
      unfoldedElements('<svg><defs><g id="a"><rect/><rect/></g></defs><use href="#a"/><use href="#a"/></svg>', 100),
    ).toBeLessThan(20)
    expect(unfoldedElements(bomb(2), 20_000)).toBeLessThan(1000)
  })
  test('one that unfolds to billions is not', () => {
    expect(unfoldedElements(bomb(10), 20_000)).toBeGreaterThan(1e9)
    expect(unfoldedElements(bomb(10, '<rect fill="url(#ID)"/>'), 20_000)).toBeGreaterThan(1e9)
    expect(shown(`data:image/svg+xml;base64,${Buffer.from(bomb(10)).toString('base64')}`)).toBeUndefined()
  })
  test('nor one that hides what it draws', () => {
    for (const hidden of [
      '<svg><g id="a"><use href="#a"/></g></svg>',
      '<svg><g id="a"><use href="&#35;&#x61;"/></g></svg>',
      '<svg><g id="a"><rect fill="&#117;RL( &quot;#a&quot; )"/></g></svg>',
      '<svg><g id="a"><rect fill="u\\72l(#a)"/></g></svg>',
      '<svg><g id="a"><use><set attributeName="href" to="#a"/></use></g></svg>',
      '<svg><g id="a"><use><animate attributeName="href" values="#b; #a"/></use></g></svg>',
      '<!DOCTYPE svg [<!ENTITY a "aaa">]><svg>&a;</svg>',
      '<svg><!-- <g id="a"> </svg>',
      '<svg><style>rect{fill:url(#p)}</style><pattern id="p"><rect/></pattern></svg>',
      '<svg><style>rect{fill:u<!-- -->rl(#p)}</style><pattern id="p"><rect/></pattern></svg>',
      '<svg><style><![CDATA[rect{fill:u]]>RL(#p)}</style><pattern id="p"><rect/></pattern></svg>',
      '<svg><style>rect{fill:&#117;rl(#p)}</style><mask id="p"><rect/></mask></svg>',
      '<?xml-stylesheet href="data:text/css,a"?><svg/>',
      '<svg><image href="data:image/svg+xml,%3Csvg/%3E"/></svg>',
      `<svg>${'<g>'.repeat(100)}${'</g>'.repeat(100)}</svg>`,
      '<p/>',
      '',
    ])
      expect(unfoldedElements(hidden, 20_000), hidden).toBe(Infinity)
    expect(unfoldedElements('<svg><!-- <g id="a"> --><use href="#a"/></svg>', 100)).toBeLessThan(5)
  })
  test('nor one that is not well-formed: XML 1.0 section 2.1', () => {
    for (const broken of [
      '<svg>',
      '<svg></g>',
      '<svg><g></svg>',
      '<svg a="<"/>',
      '<svg a=b/>',
      '<svg a="b"c="d"/>',
      '<svg a="b" a="c"/>',
      '<svg a="&b;"/>',
      '<svg a="&"/>',
      '<svg a="&#x110000;"/>',
      '<svg a/>',
      '<svg / >',
      '<svg></svg a="b">',
      '<svg',
      '< svg/>',
    ])
      expect(unfoldedElements(broken, 20_000), broken).toBe(Infinity)
  })
  test('with whatever else an XML reader takes', () => {
    for (const [written, elements] of [
      [
        '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "https://a.example/svg11.dtd">\n<svg\n\txmlns = \'x\' />',
        1,
      ],
      ['<s:svg xmlns:s="x"><s:g/></s:svg>', 2],
      ["<svg><text a='>\"'>&lt; &amp; &#65; <![CDATA[<g>]]></text><!-- <g> --></svg >", 2],
      ['<svg><g id="a"/><use xlink:href=" #a "/></svg>', 4],
      ['<svg><g id="a"/><use href="&#35;a"/></svg>', 4],
      ['<svg><g id="a"/><g id="a"/><use href="#a"/></svg>', 6],
      ['<svg><image href="data:image/png;base64,AAAA"/><style>a{fill:red}</style></svg>', 3],
      ['<svg><style>a{clip-path:url(#c)}</style><clipPath id="c"/></svg>', 3],
    ] as const)
      expect(unfoldedElements(written, 20_000), written).toBe(elements)
  })
})

describe('by permission', () => {
  const URL = 'https://school.example/badge.png'
  test('none without it', () => {
    expect(shown(URL)).toBeUndefined()
    expect(shown(URL, () => undefined)).toBeUndefined()
  })
  test('what the caller answers, where it is an address of an image', () => {
    expect(shown(URL, (url) => `https://permitted.example/?of=${encodeURIComponent(url)}`)).toBe(
      'https://permitted.example/?of=https%3A%2F%2Fschool.example%2Fbadge.png',
    )
    expect(shown(URL, () => PNG)).toBe(PNG)
    for (const answer of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///x',
      '/relative',
      7 as never,
      null as never,
    ])
      expect(shown(URL, () => answer)).toBeUndefined()
  })
  test('is not asked for of a badge that does not count', () => {
    const asked: string[] = []
    const images = (url: string) => {
      asked.push(url)
      return undefined
    }
    for (const outcome of ['invalid', 'indeterminate'] as const)
      for (const codes of [{}, { proof: 'proof.mismatch' }, { issuer: 'issuer.untrusted' }] as const)
        renderBadge(
          reportOn(
            fullBadge(() => URL),
            { outcome, codes },
          ),
          { images },
        )
    expect(asked).toEqual([])
    renderBadge(
      reportOn(
        fullBadge(() => URL),
        { outcome: 'invalid', codes: { status: 'status.revoked' } },
      ),
      { images },
    )
    expect(asked).not.toEqual([])
  })
})
