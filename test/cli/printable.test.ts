// What comes from a badge must not write on somebody's terminal.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printable, toJson } from '../../src/cli/printable.js'

const DANGEROUS = /[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029\ufeff\u200b]/u

describe('printable', () => {
  test.each([
    ['an escape sequence', '\u001b[2J\u001b]0;owned\u0007', '\\u{1b}[2J\\u{1b}]0;owned\\u{7}'],
    ['a C1 control', '\u009b31m', '\\u{9b}31m'],
    ['a bidirectional override', 'ABC\u202eDEF\u2066', 'ABC\\u{202e}DEF\\u{2066}'],
    ['line breaks', 'a\r\nb\u2028c', 'a\\u{d}\\u{a}b\\u{2028}c'],
    ['a lone surrogate', 'a\ud800', 'a\\u{d800}'],
    ['hidden tags', 'ok\u{e0041}', 'ok\\u{e0041}'],
  ])('escapes %s', (_, text, expected) => expect(printable(text)).toBe(expected))
  test.each(['Zoë Müller® – 教育', '\u{1f469}\u200d\u{1f393}', 'می\u200cخواهم', 'Ⓡ'])('leaves %s', (text) =>
    expect(printable(text)).toBe(text),
  )
  test('cuts, and says so', () =>
    expect(printable('\u{1f393}'.repeat(30), 11)).toBe(`${'\u{1f393}'.repeat(5)}... (cut: 60 characters)`))
  test('no text is dangerous', () =>
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !DANGEROUS.test(printable(text)))))
})

describe('toJson', () => {
  test('means the same, and is safe', () =>
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = toJson(value, indent)
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value))
        expect(text.replaceAll('\n', '')).not.toMatch(DANGEROUS)
      }),
    ))
})
