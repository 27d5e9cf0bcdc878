import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonError, parseJson } from '../../src/internal/json.js'
import { findJsonFault } from '../../src/internal/json-fault.js'

function fault(text: string, maxDepth = 64): { kind: string; pointer: string; message: string } {
  try {
    parseJson(text, { maxDepth })
  } catch (error) {
    expect(error).toBeInstanceOf(JsonError)
    const { kind, pointer, message } = error as JsonError
    return { kind, pointer, message }
  }
  throw new Error(`accepted: ${text.slice(0, 80)}`)
}

describe('parseJson: RFC 8259', () => {
  test('law: what JSON.stringify writes is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.integer({ min: 0, max: 3 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        fc.pre(!text.includes('__proto__') && !/\\ud[89a-f]/.test(text))
        expect(parseJson(text, { maxDepth: 64 })).toEqual(JSON.parse(text))
      }),
    )
  })

  test('law: it refuses for its syntax exactly what JSON.parse refuses', () => {
    const broken = fc
      .tuple(
        fc.json({ noUnicodeString: false }),
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom(...'{}[]":,\\ \n\u0000-+.eE01tx\u00e9'),
      )
      .map(([text, at, length, character]) => {
        const start = at % (text.length + 1)
        return text.slice(0, start) + character + text.slice(start + length)
      })
    fc.assert(
      fc.property(broken, (text) => {
        let native = true
        try {
          JSON.parse(text)
        } catch {
          native = false
        }
        const found = findJsonFault(text, 1000)
        if (native) expect([undefined, 'duplicate']).toContain(found?.kind)
        else expect(['syntax', 'duplicate']).toContain(found?.kind)
        if (!native) expect(() => parseJson(text, { maxDepth: 1000 })).toThrow(JsonError)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['', '', 'a value expected at line 1, column 1'],
    ['\ufeff{}', '', 'a value expected at line 1, column 1'],
    ['{"a":[1,{"b":2,}]}', '/a/1', 'a member name in double quotes expected at line 1, column 16'],
    ['{"a":\r\n{"b/c~d":\n tru}}', '/a/b~1c~0d', 'a value expected at line 3, column 2'],
    ['{"a":[1 2]}', '/a/0', '"," or "]" expected at line 1, column 9'],
    ['{"a":1}}', '', 'nothing more expected at line 1, column 8'],
    ['{"a":"b\nc"}', '/a', 'a complete string, control characters escaped, expected at line 1, column 6'],
    ['{"a":"\\x"}', '/a', 'a complete string, control characters escaped, expected at line 1, column 6'],
    ["{'a':1}", '', 'a member name in double quotes expected at line 1, column 2'],
    ['{"a"', '/a', 'the text ends too early: ":" expected at line 1, column 5'],
    ['[01]', '/0', '"," or "]" expected at line 1, column 3'],
    ['[NaN]', '/0', 'a value expected at line 1, column 2'],
  ])('%j is a syntax error with its place', (text, pointer, message) => {
    expect(fault(text)).toMatchObject({ kind: 'syntax', pointer, message: expect.stringContaining(message) })
  })

  test('a message never quotes the document', () => {
    expect(fault('{"email":"ada@example.org" oops}').message).not.toContain('ada')
  })
})

describe('parseJson: depth', () => {
  test('counts arrays and objects; a scalar has none', () => {
    expect(parseJson('1', { maxDepth: 0 })).toBe(1)
    expect(parseJson('[[{}]]', { maxDepth: 3 })).toEqual([[{}]])
    expect(fault('{"a":[[],[{}]]}', 3)).toMatchObject({ kind: 'depth', pointer: '/a/1/0' })
  })

  test('brackets inside strings are no levels', () => {
    expect(parseJson('{"a":"[[[{{{\\"[["}', { maxDepth: 1 })).toEqual({ a: '[[[{{{"[[' })
  })

  test.each(['[', '{"a":'])('100 000 levels of %s do not exhaust the stack, at any limit', (open) => {
    const text = open.repeat(100_000)
    expect(fault(text).kind).toBe('depth')
    expect(fault(text, 1_000_000).kind).toBe('syntax')
  })
})

describe('parseJson: I-JSON (RFC 7493)', () => {
  test.each([
    ['{"a":1,"a":1}', '/a'],
    ['{"a":{"b":1,"c":[{"x":1,"y":2,"x":3}]}}', '/a/c/0/x'],
    ['{"name":1,"na\\u006de":2}', '/name'],
    ['{"":0,"":1}', '/'],
    ['{"__proto__":1,"__proto__":2}', '/__proto__'],
  ])('%s has a duplicate member', (text, pointer) => {
    expect(fault(text)).toMatchObject({ kind: 'duplicate', pointer })
  })

  test('members that somebody has put into Object.prototype are not taken for duplicates, nor do they hide one', () => {
    const read = (text: string) => {
      const everywhere = { value: 1, enumerable: true, configurable: true, writable: true }
      Object.defineProperty(Object.prototype, 'everywhere', everywhere)
      try {
        return JSON.stringify(parseJson(text, { maxDepth: 64 }))
      } catch (error) {
        return (error as JsonError).kind
      } finally {
        Reflect.deleteProperty(Object.prototype, 'everywhere')
      }
    }
    expect(read('{"a":{"b":1}}')).toBe('{"a":{"b":1}}')
    expect(read('{"a":{"b":1,"b":2}}')).toBe('duplicate')
    expect(read('{"b":1,"b":2}')).toBe('duplicate')
  })

  test('the same name in different objects is no duplicate, nor is a colon in a string', () => {
    expect(parseJson('{"a":{"a":"a:a","b":[{"a":1},{"a":2}]}}', { maxDepth: 9 })).toEqual({
      a: { a: 'a:a', b: [{ a: 1 }, { a: 2 }] },
    })
  })

  test('law: one member written twice, anywhere, is found at its place', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 6 }), fc.string(), fc.jsonValue(), (path, name, value) => {
        fc.pre(![...path, name].includes('__proto__'))
        const member = JSON.stringify(name)
        let text = `{${member}:${JSON.stringify(value)},${member}:0}`
        for (const step of path.toReversed()) text = `{"\\u0000":[],${JSON.stringify(step)}:${text}}`
        fc.pre(!path.includes('\u0000'))
        const { kind, pointer } = fault(text)
        expect(kind).toBe('duplicate')
        expect(pointer.split('/')).toHaveLength(path.length + 2)
      }),
    )
  })

  test.each([
    ['{"a":[{"__proto__":{"admin":true}}]}', '/a/0/__proto__'],
    ['{"\\u005f_proto__":1}', '/__proto__'],
    ['{"__pr\\u006fto__":1}', '/__proto__'],
  ])('%s is refused', (text, pointer) => {
    expect(fault(text)).toMatchObject({ kind: 'forbidden_member', pointer })
  })

  test('"__proto__" as a value is data', () => {
    expect(parseJson('{"a":"__proto__"}', { maxDepth: 1 })).toEqual({ a: '__proto__' })
  })

  test.each([
    ['{"a":["x\\ud800"]}', '/a/0'],
    ['{"a":["\\uDC00x"]}', '/a/0'],
    ['{"a":"\ud800"}', '/a'],
    ['{"a":{"\\udead":1}}', '/a'],
  ])('a lone surrogate is refused: %j', (text, pointer) => {
    expect(fault(text)).toMatchObject({ kind: 'syntax', pointer, message: 'a lone surrogate is no text' })
  })

  test('pairs are text, however they are written', () => {
    const text = '["\\ud83d\\ude00", "\u{1f600}", "\ud83d\\ude00", "\\\\ud800", "\\u00e9"]'
    expect(parseJson(text, { maxDepth: 1 })).toEqual(['\u{1f600}', '\u{1f600}', '\u{1f600}', '\\ud800', '\u00e9'])
  })

  test('backslashes before a quote', () => {
    const value = { a: '\\', b: '\\"', c: '\\\\', '"': '\\\\"' }
    expect(parseJson(JSON.stringify(value), { maxDepth: 1 })).toEqual(value)
  })

  test('a fault in a text of a megabyte is found', () => {
    const long = 'x\\n'.repeat(400_000)
    expect(fault(`{"a":"${long}","b":1,"b":2}`)).toMatchObject({ kind: 'duplicate', pointer: '/b' })
  })
})
