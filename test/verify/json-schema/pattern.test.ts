/** ECMA-262 section 22.2.1 (patterns with the flag u) and JSON Schema Core 2020-12 section 6.4, against the engine's own RegExp. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePattern, PatternError, translatePattern } from '../../../src/verify/json-schema/pattern.js'

/** No text of this file that is run by RegExp can take long. */
async function isSameAsRegExp(pattern: string, text: string): Promise<void> {
  const ours = await compilePattern(pattern)
  expect([pattern, text, ours.test(text)]).toEqual([pattern, text, new RegExp(pattern, 'u').test(text)])
}
function kindOf(pattern: string): string {
  try {
    translatePattern(pattern)
    return 'translated'
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    return error.kind
  }
}

const TEXTS = [
  '',
  'a',
  'b',
  'ab',
  'aab',
  'A',
  '_',
  '-',
  '0',
  '7',
  ' ',
  '\n',
  '\r',
  '\t',
  '\v',
  '\u00a0',
  '\u2028',
  '\ufeff',
  'é',
  'ж',
  '中',
  '😀',
  'a\nb',
  ']',
  '^',
  '\\',
  '.',
  '/',
  '\b',
  '\0',
  '\u001f',
  'ſ',
  '\u180e',
  '٣',
]

describe('means what ECMA-262 says', () => {
  test.each([
    '',
    'a',
    '^a',
    'b$',
    '^$',
    '.',
    '^.$',
    '^..$',
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '[\\s]',
    '[^\\s]',
    '[\\S\\d]',
    '[^\\W_]',
    '[^]',
    '[]',
    '[^a]',
    '[a-c]',
    '[-a]',
    '[a-]',
    '[\\-a]',
    '[\\b]',
    '[\\]]',
    '[\\^]',
    '[^^]',
    '[.]',
    '[|]',
    '\\b',
    '\\Ba',
    'a\\b',
    'a?b',
    'a+b',
    'a*',
    'a{2}',
    'a{2,}',
    'a{0,1}b',
    '^a{0}b',
    '(a|b)+$',
    '(?:a|)b',
    '(?<x>a)b',
    'a+?',
    'a{1,2}?b',
    '\\x61',
    '\\u0061',
    '\\u{61}',
    '\\u{1F600}',
    '\\ud83d\\ude00',
    '[\\ud83d\\ude00]',
    '[😀-😂]',
    '\\cJ',
    '\\0',
    '\\t',
    '\\n',
    '\\v',
    '\\f',
    '\\r',
    '\\^',
    '\\$',
    '\\.',
    '\\/',
    '/',
    '\\\\',
    '\\]',
    '\\p{L}',
    '\\P{L}',
    '\\p{Lu}',
    '[\\p{Ll}\\d]',
    '[^\\p{L}]',
    '\\p{Letter}',
    '\\p{gc=Nd}',
    '\\p{General_Category=Decimal_Number}',
    '\\p{Script=Cyrillic}',
    '\\p{sc=Han}',
    '\\P{Script=Latin}',
    '\\p{Any}',
    '\\P{ASCII}',
    '\\p{ASCII}',
    '\\p{LC}',
    '\\p{Zs}',
    '-',
    'é',
    '^(?:a|b){1,3}$',
    '((a?)*)*b',
    '(^|b)a',
    '(a$|b)*',
  ])('%s', async (pattern) => {
    for (const text of TEXTS) await isSameAsRegExp(pattern, text)
  })

  const atom = fc.oneof(
    fc.constantFrom(
      'a',
      'b',
      '.',
      '\\d',
      '\\w',
      '\\S',
      '\\s',
      '[a-c]',
      '[^ab]',
      '[\\d\\s]',
      '[^\\w-]',
      '\\u{1F600}',
      '\\x41',
      '\\.',
      '\\p{Lu}',
      'é',
      '-',
      ' ',
    ),
    fc.constantFrom('^', '$', '\\b', '\\B').map((assertion) => `(?:${assertion})`),
  )
  const pattern = fc.letrec<{ pattern: string; term: string }>((tie) => ({
    pattern: fc
      .array(
        fc.array(tie('term'), { maxLength: 4 }).map((terms) => terms.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((all) => all.join('|')),
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      atom,
      fc
        .tuple(
          fc.oneof(
            atom,
            tie('pattern').map((inner) => `(${inner})`),
            tie('pattern').map((inner) => `(?:${inner})`),
          ),
          fc.constantFrom('', '?', '*', '+', '{2}', '{0,2}', '{1,}', '*?'),
        )
        .map((both) => both.join('')),
    ),
  })).pattern
  test('whatever the pattern and the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        pattern,
        fc.array(fc.constantFrom('a', 'b', 'A', '1', ' ', '\n', '😀', 'é', '-', '.'), { maxLength: 8 }),
        async (pattern, text) => isSameAsRegExp(pattern, text.join('')),
      ),
      { numRuns: 1000 },
    )
  })
  test('whether something is a regular expression', () => {
    const sign = fc.constantFrom(
      'a',
      '1',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '?',
      '*',
      '+',
      '|',
      '^',
      '$',
      '\\',
      '.',
      '-',
      ',',
      ':',
      '<',
      '=',
      '!',
      'k',
      'u',
      'x',
      'p',
      'P',
      'c',
      'L',
      'd',
      'b',
      'B',
      '/',
      '😀',
    )
    const isExpression = (text: string) => {
      try {
        return Boolean(new RegExp(text, 'u'))
      } catch {
        return false
      }
    }
    fc.assert(
      fc.property(
        fc.array(sign, { maxLength: 8 }).map((signs) => signs.join('')),
        (text) => {
          const kind = kindOf(text)
          // What is refused may be none.
          if (kind !== 'unsupported') expect([text, kind === 'translated']).toEqual([text, isExpression(text)])
        },
      ),
      { numRuns: 5000 },
    )
  })
})

describe('refuses', () => {
  test.each([
    '(?=a)',
    '(?!a)',
    '(?<=a)b',
    '(?<!a)b',
    '(a)\\1',
    '(?<x>a)\\k<x>',
    '\\p{Emoji}',
    '\\p{Script_Extensions=Latin}',
    '\\p{Cn}',
    '\\ud800',
    '[\\udc00]',
    'a{1001}',
    '(a{100}){100}',
    '(?i:a)',
    `${'('.repeat(200)}a${')'.repeat(200)}`,
    'ab'.repeat(3000),
  ])('%s: it cannot be run in linear time, or not with the same meaning', (pattern) => {
    expect(kindOf(pattern)).toBe('unsupported')
  })
  test('a script that it does not know', async () => {
    await expect(compilePattern('\\p{Script=Klingon}')).rejects.toMatchObject({ kind: 'unsupported' })
  })
  test.each([
    '(',
    ')',
    '[',
    ']',
    '{',
    'a{2',
    'a{2,1}',
    '*a',
    'a**',
    '^*',
    '\\b+',
    '\\-',
    '\\_',
    '[b-a]',
    '[\\d-a]',
    '\\u12',
    '\\u{110000}',
    '\\xg0',
    '\\c1',
    '\\00',
    '(?<1>a)',
    '(?<a>b)(?<a>c)',
    '\\p',
    '\\p{}',
    '\\',
  ])('%s: it is none', (pattern) => {
    expect(kindOf(pattern)).toBe('malformed')
    expect(() => new RegExp(pattern, 'u')).toThrow(SyntaxError)
  })
})

test.each(['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '(.*)*x', '^(\\w+\\s?)*$', '(a?){50}a{50}', '((a*)*)*b'])(
  'a long text does not hold up %s',
  async (pattern) => {
    const compiled = await compilePattern(pattern)
    expect(compiled.test(`${'a'.repeat(100_000)}!`)).toBe(pattern === '(a?){50}a{50}')
  },
)
