import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonError, snapshotJson } from '../../src/internal/json.js'

function fault(value: unknown, bounds: { maxDepth: number; maxSize?: number } = { maxDepth: 64 }): Partial<JsonError> {
  try {
    snapshotJson(value, bounds)
  } catch (error) {
    expect(error).toBeInstanceOf(JsonError)
    const { kind, pointer, message } = error as JsonError
    return { kind, pointer, message }
  }
  throw new Error('accepted')
}

describe('snapshotJson', () => {
  test('law: plain JSON comes back equal, in the same order, and is nowhere the same object', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!text.includes('__proto__') && !/\\ud[89a-f]/.test(text))
        expect(JSON.stringify(snapshotJson(value, { maxDepth: 64 }))).toBe(text)
      }),
    )
    const inner = { b: [1] }
    const copy = snapshotJson({ a: inner }, { maxDepth: 9 }) as { a: typeof inner }
    expect(copy.a).not.toBe(inner)
    expect(copy.a.b).not.toBe(inner.b)
  })

  test('undefined members are dropped, as JSON.stringify does; symbols and inherited members are not seen', () => {
    const value = Object.assign(Object.create(null), { a: 1, b: undefined, [Symbol('c')]: 2 })
    Object.defineProperty(value, 'hidden', { value: 3, enumerable: false })
    expect(snapshotJson(value, { maxDepth: 1 })).toEqual({ a: 1 })
    expect(Object.getPrototypeOf(snapshotJson(value, { maxDepth: 1 }))).toBe(Object.prototype)
  })

  const cycle: { self?: object } = {}
  cycle.self = [cycle]
  test.each<[string, unknown, string, string]>([
    ['a cycle', cycle, '/self/0', 'contains itself'],
    ['undefined', undefined, '', 'undefined'],
    ['undefined in an array', { a: [1, undefined] }, '/a/1', 'undefined'],
    // biome-ignore lint/suspicious/noSparseArray: that is the case
    ['a hole', { a: [1, , 2] }, '/a/1', 'hole'],
    ['a function', { a: () => 1 }, '/a', 'function'],
    ['toJSON', { a: { toJSON: () => ({ evil: true }) } }, '/a/toJSON', 'function'],
    ['a symbol', { a: Symbol('x') }, '/a', 'symbol'],
    ['a bigint', { a: 1n }, '/a', 'bigint'],
    ['NaN', { a: Number.NaN }, '/a', 'NaN'],
    ['Infinity', [-Infinity], '/0', '-Infinity'],
    ['a Date', { validFrom: new Date(0) }, '/validFrom', 'toISOString()'],
    ['a URL', { id: new URL('https://a.example') }, '/id', 'href'],
    ['bytes', { image: new Uint8Array(1) }, '/image', 'bytes'],
    ['a Promise', { a: Promise.resolve() }, '/a', 'await'],
    ['an inherited item in a hole', Object.setPrototypeOf(new Array(1), ['x']), '/0', 'hole'],
    ['a Map', new Map([['a', 1]]), '', 'class'],
    ['a boxed string', { a: Object('x') }, '/a', 'class'],
    ['a class instance', { 'a/b': new (class Award {})() }, '/a~1b', 'class'],
    ['a lone surrogate', { a: '\ud800' }, '/a', 'surrogate'],
    ['a lone surrogate in a name', { a: { '\ud800': 1 } }, '/a', 'surrogate'],
    [
      'a getter that throws',
      {
        get a() {
          throw new Error('no')
        },
      },
      '/a',
      'threw',
    ],
    ['a proxy that throws at the second look', { a: twoFaced() }, '/a', 'threw'],
    ['a revoked proxy', { a: revoked() }, '/a', 'threw'],
  ])('%s is refused with its place', (_, value, pointer, message) => {
    expect(fault(value)).toMatchObject({ kind: 'not_json', pointer, message: expect.stringContaining(message) })
  })

  test('an own member __proto__ is refused', () => {
    expect(fault({ a: JSON.parse('{"__proto__":{}}') })).toMatchObject({
      kind: 'forbidden_member',
      pointer: '/a/__proto__',
    })
  })

  test('a getter is read once: what was checked is what is kept', () => {
    let reads = 0
    const value = {
      get issuer() {
        reads++
        return reads === 1 ? 'did:example:a' : 'did:example:b'
      },
    }
    expect(snapshotJson(value, { maxDepth: 1 })).toEqual({ issuer: 'did:example:a' })
    expect(reads).toBe(1)
  })

  test('a proxy leaves plain data', () => {
    const copy = snapshotJson(new Proxy({ a: [1] }, {}), { maxDepth: 2 })
    expect(structuredClone(copy)).toEqual({ a: [1] }) // structuredClone refuses proxies
  })

  test('depth: counted as in a text', () => {
    expect(snapshotJson([[{}]], { maxDepth: 3 })).toEqual([[{}]])
    expect(fault({ a: [[]] }, { maxDepth: 2 })).toMatchObject({ kind: 'depth', pointer: '/a/0' })
    let deep: object = {}
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect(fault(deep)).toMatchObject({ kind: 'depth' })
  })

  test('size: a small graph with an enormous text ends early', () => {
    let laughs: object = ['lol']
    for (let level = 0; level < 50; level++) laughs = [laughs, laughs]
    expect(fault(laughs)).toMatchObject({ kind: 'size' })
    expect(fault({ a: 'x'.repeat(100) }, { maxDepth: 1, maxSize: 100 })).toMatchObject({ kind: 'size', pointer: '/a' })
  })

  test('a shared object that is no cycle is copied twice', () => {
    const shared = { a: 1 }
    expect(snapshotJson([shared, shared], { maxDepth: 2 })).toEqual([{ a: 1 }, { a: 1 }])
  })

  test('-0 is 0, as JSON.stringify writes it', () => {
    expect(Object.is(snapshotJson(-0, { maxDepth: 0 }), 0)).toBe(true)
  })
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function twoFaced(): object {
  let looks = 0
  return new Proxy(new Date(0), {
    getPrototypeOf(target) {
      if (looks++ > 0) throw new Error('no')
      return Reflect.getPrototypeOf(target)
    },
  })
}
