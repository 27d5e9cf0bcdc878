// Bad input: HTML and script in every text, `javascript:` URLs, right-to-left tricks in names, entities, endless texts.
import { describe, expect, test } from 'vitest'
import { renderBadge, renderBadgeSvg, renderCertificate, renderMarkdown } from '../../src/entries/render.js'
import { type Markup, parse } from './markup.js'
import { fullBadge, type Report, reportOn } from './reports.js'

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</article></div><h1>Verified</h1>',
  '<svg onload=alert(1)>',
  '<iframe src="https://evil.example/"></iframe>',
  '<style>*{display:none}</style>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt&#58;alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](java\u0000script:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](vbscript:x) [x](data:text/html,<script>alert(1)</script>) [x](file:///etc/passwd) [x](blob:https://a.example/1)',
  '![x](https://evil.example/pixel.png) ![x](javascript:alert(1)) <img src="https://evil.example/">',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)>',
  '<!--><script>alert(1)</script-->',
  ']]><script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;',
  '`<script>` ```html\n<script>\n```',
  '%3Cscript%3E',
  '{{constructor.constructor("alert(1)")()}} {issuer} {date}',
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  'https://trusted.example@evil.example/',
  'https://evil.example/"onmouseover="alert(1)',
  '//evil.example/',
]

const LOOKS = [
  {},
  { outcome: 'invalid', codes: { validity: 'validity.expired' } },
  { outcome: 'invalid', codes: { proof: 'proof.mismatch' } },
] as const
const outputs = (report: Report): Markup[] => [
  parse(renderBadge(report)),
  parse(renderBadgeSvg(report), 'svg'),
  parse(renderCertificate(report), 'document'),
]

test.each(HOSTILE)('in every place: %s', (hostile) => {
  // `parse` refuses every element, attribute and address that has no business there.
  for (const told of LOOKS)
    for (const { elements } of outputs(
      reportOn(
        fullBadge(() => hostile),
        told,
      ),
    ))
      for (const { attributes } of elements)
        for (const value of [attributes.href, attributes.src]) {
          expect(value ?? '').not.toMatch(/^\s*(javascript|vbscript|file|blob|data:text)/i)
          expect(value ?? '').not.toContain('evil.example/pixel')
          expect(value ?? '').not.toContain('@evil')
        }
  parse(renderMarkdown(hostile))
})

test('the text of it is there to be read', () => {
  const { text } = parse(renderBadge(reportOn(fullBadge(() => '<script>alert(1)</script>'))))
  expect(text).toContain('<script>alert(1)</script>')
})

describe('right-to-left tricks', () => {
  const CONTROLS = '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c'
  test('no control of direction is left, in texts or by character reference', () => {
    const hostile = [...CONTROLS].map((control) => `a${control}b&#${control.charCodeAt(0)};c&rlm;&lrm;`).join('')
    for (const told of LOOKS) {
      const [html, svg, certificate] = outputs(
        reportOn(
          fullBadge(() => hostile),
          told,
        ),
      )
      for (const output of [html, certificate]) expect(output?.text).not.toMatch(/\p{Bidi_Control}/u)
      // In SVG, where there is no <bdi>, ours stand around each name.
      expect(svg?.text.replace(/\u2068([^\u2068\u2069]*)\u2069/g, '$1')).not.toMatch(/\p{Bidi_Control}/u)
    }
  })
  test('each name is isolated from what stands beside it', () => {
    const { elements } = parse(renderBadge(reportOn(fullBadge((place) => `\u05d0 ${place}`))))
    const names = elements.filter(({ name }) => name === 'bdi').map(({ text }) => text)
    for (const place of [
      'achievement.name',
      'issuer.name',
      'identity',
      'targetName',
      'evidence.name',
      'high',
      'role',
      'tag',
    ])
      expect(names).toContain(`\u05d0 ${place}`)
  })
  test('what cannot be seen is taken out, what joins letters stays', () => {
    const shown = (text: string) =>
      parse(renderBadge(reportOn(fullBadge(() => text)))).elements.find(({ name }) => name === 'h2')?.text
    expect(shown('Har\u200bvard\u2060\ufeff\u00ad Uni\u0000\u0007ver\u{e0041}sity')).toBe('Harvard University')
    expect(shown('\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645')).toBe(
      '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    )
    expect(shown('\u{1f469}\u200d\u{1f3eb}')).toBe('\u{1f469}\u200d\u{1f3eb}')
    expect(shown('a\ud800b')).toBe('ab')
  })
  test('no more than four marks stand on one letter, in any output', () => {
    // Of Latin, of Thai, with joiners between them, by character reference.
    const zalgo = `Z${'\u0300'.repeat(500)}a${'\u0e47'.repeat(9)}l${'\u0301\u200d\u200c'.repeat(50)}g${'&#x302;'.repeat(50)}o`
    for (const told of LOOKS)
      for (const { text } of outputs(
        reportOn(
          fullBadge(() => zalgo),
          told,
        ),
      ))
        expect(text).not.toMatch(/\p{M}(?:[\u200c\u200d]*\p{M}){4}/u)
    const { text } = parse(renderBadge(reportOn(fullBadge(() => zalgo))))
    expect(text).toContain(`Z${'\u0300'.repeat(4)}a${'\u0e47'.repeat(4)}l`)
  })
  test('words that need their marks keep them', () => {
    const words = [
      '\u101c\u103b\u103e\u102d\u102f\u1037\u101d\u103e\u1000\u103a', // Burmese: "secret"
      '\u05d1\u05bc\u05b0\u05e8\u05b5\u05d0\u05e9\u05c1\u05b4\u05d9\u05ea', // Hebrew, pointed
      '\u0e17\u0e35\u0e48', // Thai
      'Vi\u0065\u0323\u0302t', // Vietnamese, decomposed
      '\u0936\u094d\u0930\u0940', // Devanagari
      '#\ufe0f\u20e3', // a keycap
    ]
    const { elements } = parse(renderBadge(reportOn(fullBadge(() => words.join(' ')))))
    expect(elements.find(({ name }) => name === 'h2')?.text).toBe(words.join(' '))
  })
})

describe('addresses', () => {
  const links = (url: string) =>
    parse(
      renderBadge(
        reportOn(
          fullBadge(
            (place) => place,
            () => url,
          ),
        ),
      ),
    ).elements.filter(({ name }) => name === 'a')
  test('are links for http, https and mailto', () => {
    for (const url of ['https://a.example/x', 'http://a.example/x', 'mailto:a@a.example'])
      expect(links(url).length).toBeGreaterThan(3)
    for (const url of [
      'did:web:a.example',
      'urn:x:y',
      'ftp://a.example/',
      'javascript:alert(1)',
      'x',
      '/x',
      'https://',
      `https://a.example/${'x'.repeat(3000)}`,
    ])
      expect(links(url)).toEqual([])
  })
  test('show their host, in letters that are what they seem', () => {
    const { text } = parse(
      renderBadge(
        reportOn(
          fullBadge(
            (place) => place,
            () => 'https://\u0430pple.example/x',
          ),
        ),
      ),
    )
    expect(text).toContain('xn--pple-43d.example')
    expect(text).not.toContain('\u0430pple')
  })
  test('with a user name are none', () => {
    expect(links('https://school.example@evil.example/')).toEqual([])
    expect(links('https://school.example:x@evil.example/')).toEqual([])
  })
  test('give nothing away to where they lead', () => {
    for (const { attributes } of links('https://a.example/x'))
      expect(attributes.rel).toBe('noopener noreferrer nofollow')
  })
})

describe('endless texts', () => {
  const long = 'word '.repeat(400_000)
  test('end, and say so', () => {
    const html = renderBadge(reportOn(fullBadge(() => long)))
    expect(html.length).toBeLessThan(3_000_000)
    expect(parse(html).text).toMatch(/\(cut: \d+ characters\)/)
    expect(renderBadgeSvg(reportOn(fullBadge(() => long))).length).toBeLessThan(20_000)
    expect(renderCertificate(reportOn(fullBadge(() => long))).length).toBeLessThan(60_000)
  })
  test('a text of some pages can be unfolded', () => {
    const { elements } = parse(
      renderBadge(reportOn(fullBadge((place) => `${place} ${'word '.repeat(1000)}end-of-${place}`))),
    )
    const folded = elements.filter(({ name, attributes }) => name === 'details' && attributes.class === 'bw-fold')
    expect(folded.some(({ text }) => text.includes('end-of-achievement.description'))).toBe(true)
  })
  test('lists end, and say so', () => {
    const badge = fullBadge((place) => place) as { evidence: unknown[] }
    const { text, elements } = parse(
      renderBadge(reportOn({ ...badge, evidence: Array.from({ length: 5000 }, () => badge.evidence[0]) })),
    )
    expect(elements.length).toBeLessThan(2000)
    expect(text).toContain('and 4950 more')
  })
  test('Markdown that takes long to read is read once, not a thousand times', () => {
    const badge = fullBadge((place) => place) as { evidence: object[] }
    const slow = '> - '.repeat(2500)
    const evidence = Array.from({ length: 50 }, () => ({
      ...badge.evidence[0],
      narrative: `${'[a]'.repeat(3000)} ${slow}`,
    }))
    const { elements } = parse(renderBadge(reportOn({ ...badge, evidence })))
    expect(elements.filter(({ attributes }) => attributes.class?.includes('bw-markdown')).length).toBeLessThan(10)
  })
})
