import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../src/internal/jcs.js'
import { JsonError } from '../../src/internal/json.js'

describe('RFC 8785', () => {
  test('section 3.2.4, the sample', () => {
    const sample = {
      numbers: JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]'),
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  test('section 3.2.3: sorted by UTF-16 code units', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6']
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])))
    expect(Object.keys(JSON.parse(text)).toSorted()).toEqual(sorted.toSorted())
    expect([...text.matchAll(/"((?:[^"\\]|\\.)*)":/g)].map((match) => JSON.parse(`"${match[1]}"`))).toEqual(sorted)
  })

  test('law: the order of members does not matter', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        fc.pre(!/\\ud[89a-f]/.test(JSON.stringify(value)))
        expect(canonicalJson(reversed as never)).toBe(canonicalJson(value as never))
      }),
    )
  })

  test.each([
    ['a lone surrogate', { a: ['\ud800'] }, '/a/0'],
    ['a lone surrogate in a name', { a: { '\udc00': 1 } }, '/a'],
    ['infinity', { a: Number.POSITIVE_INFINITY }, '/a'],
    ['not a number', [Number.NaN], '/0'],
  ])('%s is refused with its place', (_, value, pointer) => {
    expect(() => canonicalJson(value)).toThrow(
      expect.objectContaining({ name: 'JsonError', kind: 'not_json', pointer }),
    )
    expect(() => canonicalJson(value)).toThrow(JsonError)
  })
})
