import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { bakeImage, unbakeImage } from '../../src/bake/bake.js'
import type { SecuredCredential } from '../../src/model/types.js'
import { codeOf, credential, jws, limits, NAME, svg, utf8 } from './samples.js'

const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
const bake = async (image: string, badge: SecuredCredential, options = {}): Promise<string> =>
  text(await bakeImage(utf8(image), badge, options, limits))
const unbake = (image: string): Promise<unknown> => unbakeImage(utf8(image), limits)

const NS = 'https://purl.imsglobal.org/ob/v3p0'
const json = JSON.stringify(credential)
const image = (content: string, attributes = `xmlns:openbadges="${NS}"`, before = ''): string =>
  `${before}<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}<circle r="4"/></svg>`
const element = (content: string): string => `<openbadges:credential>${content}</openbadges:credential>`

describe('Open Badges 3.0 section 5.3.2.1: baking an SVG', () => {
  test('an embedded proof goes into CDATA, as the first child of svg; nothing else changes', async () => {
    const baked = await bake(svg, credential)
    const [declaration, badge] = [` xmlns:openbadges="${NS}"`, `${element(`<![CDATA[${json}]]>`)}`]
    expect(baked).toContain(`<svg${declaration} xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${badge}\n`)
    expect(baked.replace(declaration, '').replace(badge, '')).toBe(svg)
    expect(await unbake(baked)).toEqual(credential)
  })

  test('a JWS goes into the attribute verify', async () => {
    const baked = await bake(svg, jws)
    expect(baked).toContain(`<openbadges:credential verify="${jws}"></openbadges:credential>`)
    expect(await unbake(baked)).toBe(jws)
  })

  test.each([
    ['no content', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['no content, and space', '<svg xmlns="http://www.w3.org/2000/svg" />\n<!-- end -->'],
    ['a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:circle/></s:svg>'],
    ['a prefix and no content', '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'],
    ['no namespace', '<svg><g/></svg>'],
    ['a byte order mark', `\ufeff${svg}`],
    ['CRLF', svg.replaceAll('\n', '\r\n')],
    [
      '">" and "<" in the start tag and in comments',
      '<!-- <svg> --><?x <svg>?><svg a="b>c" xmlns="http://www.w3.org/2000/svg"><g/></svg>',
    ],
    ['a namespace that is declared already', `<svg xmlns:openbadges='${NS}' xmlns="http://www.w3.org/2000/svg"></svg>`],
    [
      'the prefix taken by Open Badges 2.0',
      '<svg xmlns:openbadges="http://openbadges.org" xmlns="http://www.w3.org/2000/svg"><openbadges:assertion verify="x"/></svg>',
    ],
    ['XML 1.1', `<?xml version="1.1"?>${image('')}`],
    [
      'entities for namespaces, as drawing programs write them',
      '<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;"><desc>&ns_svg;</desc></svg>',
    ],
    [
      'a DOCTYPE',
      `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${svg.replace(/^.*\n/, '')}`,
    ],
  ])('%s', async (_, original) => {
    const baked = await bake(original, credential)
    expect(await unbake(baked)).toEqual(credential)
    expect(await bake(baked, credential), 'baking twice is baking once').toBe(baked)
    expect(await unbake(await bake(baked, jws)), 'replace').toBe(jws)
    expect(await codeOf(() => bake(baked, jws, { existing: 'refuse' }))).toBe('usage.already_baked')
    expect(await unbake(await bake(original, jws, { existing: 'refuse' }))).toBe(jws)
  })

  test('replace: the old badges go, wherever they stand', async () => {
    const other = `<ob:credential xmlns:ob="${NS}" verify="a.b.c"/>`
    const baked = await bake(image(`<g>${element('{}')}</g>${other}`), jws)
    expect(baked).toBe(image(`<openbadges:credential verify="${jws}"></openbadges:credential><g></g>`))
  })
})

describe('text survives', () => {
  test('accents, signs, scripts and emoji', async () => {
    expect(await unbake(await bake(svg, credential))).toMatchObject({ name: NAME })
  })

  test.each(['1.0', '1.1'])('law: any JSON comes back equal, in XML %s', async (version) => {
    const tricky = fc.constantFrom(
      ']]>',
      '<![CDATA[',
      '&amp;',
      '<x>',
      '\u0085',
      '\u2028',
      '\u007f',
      '\uffff',
      '\ufffe',
      '\r\n',
      '\u0001',
      '\\',
      '"',
      '\ud83c\udfc5',
    )
    const member = fc.oneof(
      fc.array(tricky).map((parts) => parts.join('')),
      fc.jsonValue({ stringUnit: 'binary' }),
    )
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.oneof(tricky, fc.string({ unit: 'binary' })), member), async (members) => {
        fc.pre(!JSON.stringify(members).includes('__proto__'))
        const badge = { ...members, proof: { type: 'x' } } as unknown as SecuredCredential
        const baked = await bake(`<?xml version="${version}"?>${image('')}`, badge)
        expect(JSON.stringify(await unbake(baked))).toBe(JSON.stringify(badge))
        new SaxesParser({ xmlns: true }).write(baked).close() // throws where it is not well-formed
      }),
    )
  })
})

describe('Open Badges 3.0 section 5.3.2.2: extracting from an SVG', () => {
  test.each([
    ['with white space around, as the specification prints it', image(element(`\n  <![CDATA[\n ${json}\n]]>\n`))],
    ['with another prefix', image(`<b:credential><![CDATA[${json}]]></b:credential>`, `xmlns:b="${NS}"`)],
    ['with the namespace on the element', image(`<credential xmlns="${NS}"><![CDATA[${json}]]></credential>`, '')],
    ['not the first child', image(`<g><title/>${element(`<![CDATA[${json}]]>`)}</g>`)],
    ['in two CDATA sections', image(element(`<![CDATA[${json.slice(0, 50)}]]><![CDATA[${json.slice(50)}]]>`))],
    [
      'escaped instead of CDATA',
      image(element(json.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'))),
    ],
    [
      'with character references',
      image(element(json.replaceAll(/[^ -~]/gu, (c) => `&#x${c.codePointAt(0)?.toString(16)};`))),
    ],
    ['with a comment inside', image(element(`<!-- no --><![CDATA[${json}]]>`))],
    [
      'beside an Open Badges 2.0 assertion',
      image(
        `<old:assertion verify="x"/>${element(`<![CDATA[${json}]]>`)}`,
        `xmlns:old="http://openbadges.org" xmlns:openbadges="${NS}"`,
      ),
    ],
    [
      'with 1000 declared entities that nobody uses',
      image(
        element(`<![CDATA[${json}]]>`),
        undefined,
        `<!DOCTYPE svg [${Array.from({ length: 1000 }, (_, n) => `<!ENTITY e${n} "&e${n - 1};&e${n - 1};">`).join('')}]>`,
      ),
    ],
  ])('%s', async (_, source) => {
    expect(await unbake(source)).toEqual(credential)
  })

  test('the placeholder of the specification comes back as it is', async () => {
    const source = image('<openbadges:credential verify="header.payload.signature"></openbadges:credential>')
    expect(await unbake(source)).toBe('header.payload.signature')
  })

  const laughs = `<!DOCTYPE svg [<!ENTITY a "lol">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n} "&a${n - 1 < 0 ? '' : n - 1};&a${n - 1 < 0 ? '' : n - 1};">`).join('')}]>`
  const external = '<!DOCTYPE svg [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
  test.each([
    ['nothing is baked in', svg, 'parse.no_badge_in_image'],
    ['the right name in no namespace', image('<credential>{}</credential>'), 'parse.no_badge_in_image'],
    [
      'the prefix, meaning something else',
      image(element(json), 'xmlns:openbadges="http://other.example"'),
      'parse.no_badge_in_image',
    ],
    [
      'an Open Badges 2.0 assertion',
      image('<openbadges:assertion verify="x"/>', 'xmlns:openbadges="http://openbadges.org"'),
      'parse.open_badges_2',
    ],
    ['an empty badge', image(element(' \n')), 'parse.no_badge_in_image'],
    ['an empty attribute', image('<openbadges:credential verify=""/>'), 'parse.no_badge_in_image'],
    ['two badges', image(element(json) + element(json)), 'parse.several_badges'],
    [
      'a JWS and JSON in one',
      image(`<openbadges:credential verify="${jws}">${json}</openbadges:credential>`),
      'parse.several_badges',
    ],
    ['an element in the badge', image(element(`<g/>${json}`)), 'parse.malformed_image'],
    ['a badge in a badge', image(element(element(json))), 'parse.malformed_image'],
    ['a billion laughs in the badge', image(element('&a29;'), undefined, laughs), 'parse.malformed_image'],
    ['an external entity in the badge', image(element('&file;'), undefined, external), 'parse.malformed_image'],
    [
      'an external entity in verify',
      image('<openbadges:credential verify="&file;"/>', undefined, external),
      'parse.malformed',
    ],
    ['an undefined entity', image('<desc>&constructor;</desc>'), 'parse.malformed_image'],
    [
      'an entity redefined',
      image(element(`{"a":"&lt;"}`), undefined, '<!DOCTYPE svg [<!ENTITY lt "x">]>'),
      'nothing thrown',
    ],
    ['an unbound prefix', image(element(json), ''), 'parse.malformed_image'],
    ['not closed', image(element(json)).replace('</svg>', ''), 'parse.malformed_image'],
    ['two roots', `${svg}<svg/>`, 'parse.malformed_image'],
    ['a control character', image('<desc>\u0001</desc>'), 'parse.malformed_image'],
    ['only a comment', '<!-- nothing -->', 'parse.malformed_image'],
    ['another XML document', '<rss version="2.0"><channel/></rss>', 'parse.not_an_image'],
    ['a web page', '<!DOCTYPE html><title>404</title>', 'parse.unsupported'],
    ['Latin-1 by its own word', `<?xml version="1.0" encoding="iso-8859-1"?>${image('')}`, 'parse.unsupported'],
    ['100 000 elements in each other', image('<g>'.repeat(100_000)), 'parse.too_deep'],
    ['160 000 elements, 200 deep', image(`${'<a>'.repeat(198)}${'<a/>'.repeat(160_000)}`), 'parse.too_large'],
    ['a badge of more than a megabyte', image(element('x'.repeat(limits.documentBytes + 1))), 'parse.too_large'],
    ['broken JSON', image(element('{"a":}')), 'parse.malformed'],
    ['JSON that says it twice', image(element('{"a":1,"a":2}')), 'parse.duplicate_member'],
    ['a URL', image(element('https://a.example/1')), 'parse.is_url'],
  ])('%s', async (_, source, code) => {
    expect(await codeOf(() => unbake(source))).toBe(code)
  })

  test.each([
    ['little endian', Buffer.from(`\ufeff${svg}`, 'utf16le')],
    ['big endian', Buffer.from(`\ufeff${svg}`, 'utf16le').swap16()],
    ['without a mark', Buffer.from(svg, 'utf16le')],
  ])('UTF-16 %s is named', async (_, bytes) => {
    expect(await codeOf(() => unbakeImage(bytes, limits))).toBe('parse.unsupported')
  })

  test('an entity that the document redefines keeps its meaning in XML', async () => {
    expect(await unbake(image(element('{"a":"&lt;"}'), undefined, '<!DOCTYPE svg [<!ENTITY lt "x">]>'))).toEqual({
      a: '<',
    })
  })

  test('what is wrong is quoted in bounds', async () => {
    const name = 'n'.repeat(100_000)
    for (const source of [image(`&${name};`), `<?xml version="1.0" encoding="${name}"?>${svg}`])
      await expect(unbake(source)).rejects.toSatisfy((error: Error) => error.message.length < 400)
  })

  test('a badge that its escapes make too long for any reader is not baked', async () => {
    const long = {
      ...(credential as object),
      name: '\u007f'.repeat(limits.documentBytes / 4),
    } as unknown as SecuredCredential
    expect(await codeOf(() => bake(svg, long))).toBe('usage.credential_too_large')
  })

  test('law: however much is cut off, the answer is typed', async () => {
    const baked = await bake(svg, credential)
    for (let length = 1; length < baked.trimEnd().length; length += 7)
      expect(await codeOf(() => unbake(baked.slice(0, length)))).toMatch(/^parse\./)
  })
})
