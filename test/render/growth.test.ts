/**
 * What a badge says is a stranger's: reading it takes work by its length and not by the square of it. Counted, never timed; regular
 * expressions count as one step, and those of this room have no place that can match in two ways (see the sources).
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { growthOf, workOf } from '../work.js'

const { renderBadge, renderMarkdown } = await import('../../src/entries/render.js')
const { unfoldedElements } = await import('../../src/render/svg-unfolding.js')
const { fullBadge, reportOn } = await import('./reports.js')

/** Whole pieces, to about so many characters. */
const repeat = (piece: string, length: number) => piece.repeat(Math.max(1, Math.round(length / piece.length)))

describe('SVG, public report of 380 KB that took minutes', () => {
  const PIECES: Readonly<Record<string, (length: number) => string>> = {
    'spaces in url()': (length) => `<rect fill="url(${' '.repeat(length)}"/>`,
    'many url(': (length) => `<rect fill="${repeat('url(', length)}"/>`,
    'many url(#a)': (length) => `<rect fill="${repeat('url(#a) ', length)}"/>`,
    'many href=': (length) => `<rect fill='${repeat('href="', length)}'/>`,
    comments: (length) => repeat('<!---->', length),
    'comments that do not end': (length) => repeat('<!--', length),
    sections: (length) => repeat('<![CDATA[]]>', length),
    'sections that do not end': (length) => repeat('<![CDATA[', length),
    instructions: (length) => repeat('<?a?>', length),
    'document types': (length) => repeat('<!DOCTYPE', length),
    'document types that end': (length) => repeat('<!DOCTYPE a>', length),
    'tags in tags': (length) => repeat('<a ', length),
    'empty tags': (length) => repeat('<a/>', length),
    'tags with an end': (length) => repeat('<a></a>', length),
    quotes: (length) => `<a ${repeat("'", length)}`,
    'names without a value': (length) => `<a ${repeat(' id  ', length)}/>`,
    'spaces in a tag': (length) => `<a ${repeat(' \n\t', length)}/>`,
    attributes: (length) => `<a ${Array.from({ length: length / 12 }, (_, index) => `a${index}="x"`).join(' ')}/>`,
    'ids alike': (length) => repeat('<a id="i"/>', length),
    'uses of ids alike': (length) => `${repeat('<a id="i"/>', length / 2)}${repeat('<u href="#i"/>', length / 2)}`,
    'ids in each other': (length) => `${repeat('<a id="i">', 500)}${repeat('x', length)}${repeat('</a>', 200)}`,
    'a chain of names': (length) =>
      Array.from({ length: length / 40 }, (_, index) => `<a id="i${index}" href="#i${index + 1}"/>`).join(''),
    'values that are animated': (length) => `<set values="${repeat('#a;', length)}"/>`,
    references: (length) => `<a b="${repeat('&amp;', length)}"/>`,
    'references that are none': (length) => `<a b="${repeat('&', length)}"/>`,
    'a style': (length) => `<style>${repeat('url(', length)}</style><mask/>`,
    text: (length) => repeat('word &amp; ', length),
  }
  test.each(Object.entries(PIECES))('%s', (_, make) => {
    const [twice, fourTimes] = growthOf(
      (length) => unfoldedElements(`<svg>${make(length)}</svg>`, Number.MAX_SAFE_INTEGER),
      8_000,
    )
    expect(twice).toBeLessThan(2.2)
    expect(fourTimes).toBeLessThan(4.4)
  })
  test('any mix of them', () => {
    const piece = fc.constantFrom(
      ...'<a |</a>|<a>|/>|>|"|\'|=| id="i"| href="#i"|url(#i)|<!--|-->|<![CDATA[|]]>|&amp;|&#|;|x| '.split('|'),
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const [, fourTimes] = growthOf(
          (length) => unfoldedElements(`<svg>${repeat(pieces.join(''), length)}</svg>`, Number.MAX_SAFE_INTEGER),
          4_000,
        )
        expect(fourTimes).toBeLessThan(4.5)
      }),
      { numRuns: 60 },
    )
  })
  test('half a megabyte of the worst', () => {
    for (const make of Object.values(PIECES))
      expect(workOf(() => unfoldedElements(`<svg>${make(500_000)}</svg>`, 20_000))).toBeLessThan(20_000_000)
  })
})

describe('Markdown', () => {
  /** CommonMark, GFM, and what readers of both have stumbled over. */
  const PIECES = [
    '*a_',
    'a**b',
    '*',
    'a* ',
    '_a ',
    '**a',
    '~~a ',
    '[',
    '![',
    '[a](',
    '](',
    '[a][',
    '[![a](b)](c',
    '[^',
    '\u00e9a',
    'a\n=\n',
    'a\n-\n',
    '\n=',
    '- a\n',
    '1. a\n2. ',
    '-\n1. ',
    '> ',
    '> a\nb\n',
    '* a\n  b\n',
    '[a]: b\n',
    '|a|\n|-|\n',
    '|a|b\n',
    '<!--',
    '<?',
    '<![CDATA[',
    '<a ',
    '<a b="',
    '<http:',
    '&a',
    '&#',
    '\\',
    '`',
    '``a`',
    '\t',
    '    a\n',
    '```\n',
    '# a\n',
    '\n\n',
    'www.',
    'https://',
    'a@',
    'a@b.',
    'a.b@c-d_',
    '  \n',
  ]
  // What is not Markdown any more is less work; what is grows no more than by the square up to a bound that is soon reached.
  const MOST = 8_000_000
  test.each(PIECES)('10 000 characters of %j', (piece) => {
    for (const length of [1_000, 2_000, 4_000, 10_000])
      expect(workOf(() => renderMarkdown(repeat(piece, length)))).toBeLessThan(MOST)
  })
  test('any mix of them', () => {
    const length = fc.constantFrom(2_000, 10_000)
    const pieces = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.constantFrom('', ...PIECES), pieces, length, (first, rest, size) => {
        expect(workOf(() => renderMarkdown(first + repeat(rest.join(''), size)))).toBeLessThan(MOST)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a badge', () => {
  const WORDS = [
    'a',
    'a ',
    '*a_',
    '\u200d',
    'a\u0301',
    '\u0301\u200d',
    '\u202e',
    '\n',
    ' ',
    '&',
    '{a}',
    '\u1000\u103b',
    '\ud83d\ude00',
    '<',
  ]
  test.each(WORDS)('with as much as possible of %j in every place', (piece) => {
    // At ten thousand characters all that is read as Markdown has been read.
    const [twice, fourTimes] = growthOf(
      (length) => renderBadge(reportOn(fullBadge(() => repeat(piece, length)))),
      12_000,
    )
    expect(twice).toBeLessThan(2.2)
    expect(fourTimes).toBeLessThan(4.4)
  })
})
