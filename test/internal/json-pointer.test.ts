import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePointer, pointer, pointerOf, resolvePointer } from '../../src/internal/json-pointer.js'

describe('RFC 6901', () => {
  const document = {
    foo: ['bar', 'baz'],
    '': 0,
    'a/b': 1,
    'c%d': 2,
    'e^f': 3,
    'g|h': 4,
    'i\\j': 5,
    'k"l': 6,
    ' ': 7,
    'm~n': 8,
  }
  test.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('section 5: %j', (text, value) => {
    expect(resolvePointer(document, text)).toEqual(value)
  })

  test.each(['foo', '/a~', '/a~2b', '#/foo'])('section 3: %j is no pointer', (text) => {
    expect(parsePointer(text)).toBeUndefined()
    expect(resolvePointer(document, text)).toBeUndefined()
  })

  test('section 4: "~01" is "~1"', () => {
    expect(parsePointer('/~01')).toEqual(['~1'])
  })

  test.each(['/foo/-', '/foo/2', '/foo/00', '/foo/1e0', '/foo/length', '/constructor', '/__proto__', '/foo/0/length'])(
    'own members only: %s is nothing',
    (text) => {
      expect(resolvePointer(document, text)).toBeUndefined()
    },
  )

  test('law: building and parsing are inverse', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.nat())), (tokens) => {
        expect(parsePointer(pointerOf(tokens))).toEqual(tokens.map(String))
      }),
    )
    expect(pointer(pointer('', 'a/b'), 3)).toBe('/a~1b/3')
  })
})
