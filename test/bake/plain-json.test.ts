import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonText } from '../../src/bake/plain-json.js'
import { JsonError, snapshotJson } from '../../src/internal/json.js'

const bounds = { maxDepth: 8, maxSize: 2000 }

/** What `snapshotJson` keeps, as text, or what it refuses, and where. */
const strictly = (value: unknown): string => told(() => JSON.stringify(snapshotJson(value, bounds)))
const baked = (value: unknown): string => told(() => jsonText(value as object, bounds).text)

function told(text: () => string): string {
  try {
    return text()
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return `${error.kind} at "${error.pointer}": ${error.message}`
  }
}

test('law: of any JSON the text is that of its snapshot', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(baked({ value })).toBe(strictly({ value }))
    }),
    { numRuns: 500 },
  )
})

test('law: of any object it is that, or the refusal is the same', () => {
  const anything = fc.object({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withNullPrototype: true,
    withBoxedValues: true,
    withTypedArray: true,
  })
  fc.assert(
    fc.property(anything, (value) => {
      expect(baked(value)).toBe(strictly(value))
    }),
    { numRuns: 2000 },
  )
})

const nested = (levels: number): object => (levels === 0 ? {} : { in: nested(levels - 1) })
const cycle = (): object => {
  const around: { self?: object } = {}
  around.self = { list: [around] }
  return around
}
const doubling = (): object => {
  let value: object = { '': 1 }
  for (let level = 0; level < 7; level++) value = Array.from({ length: 100 }, () => value)
  return { value }
}

describe('what JSON cannot say, or a reader would refuse', () => {
  test.each<[string, unknown]>([
    ['undefined in an object', { a: undefined, b: 1 }],
    ['undefined in an array', { a: [undefined] }],
    ['a hole', { a: new Array(3) }],
    ['a function', { a: () => 1 }],
    ['a toJSON', { a: { toJSON: () => 'other' } }],
    ['a toJSON of an array', { a: Object.assign([1], { toJSON: () => 'other' }) }],
    ['a Date', { a: [new Date(0)] }],
    ['NaN', { a: Number.NaN }],
    ['negative zero', { a: -0 }],
    ['a bigint', { a: 1n }],
    ['a symbol', { a: Symbol('b') }],
    ['a symbol as a name', { [Symbol('a')]: 1, b: 2 }],
    ['a boxed text', { a: Object('b') }],
    ['a lone surrogate', { a: 'x\ud800' }],
    ['a lone surrogate in a name', { '\udfff': 1 }],
    ['a text that looks like one', { a: '\\ud800 and \\\\udfff' }],
    ['control characters', { a: '\0\u001f\u007f\u2028' }],
    ['a member __proto__', JSON.parse('{"a":{"__proto__":{"b":1}}}')],
    ['a text __proto__', { a: '__proto__' }],
    ['no prototype', Object.assign(Object.create(null), { a: 1 })],
    ['an instance', { a: new (class Badge {})() }],
    ['the deepest that is allowed', nested(7)],
    ['one level more', nested(8)],
    ['a cycle', cycle()],
    ['small in memory and endless as text', doubling()],
    ['a getter', { get a() { return [1] } }], // biome-ignore format: one line
    ['a getter that throws', { get a() { throw new Error('no') } }], // biome-ignore format: one line
    ['a proxy', new Proxy({ a: [new Proxy([1], {})] }, {})],
    ['an array', [1, { a: [] }]],
    ['as long as is allowed', { a: 'x'.repeat(1996) }],
    ['a character more', { a: 'x'.repeat(1998) }],
  ])('%s: as its snapshot', (_, value) => {
    expect(baked(value)).toBe(strictly(value))
  })
})

test('what is written was judged: a getter that answers something else each time is not written as it answers next', () => {
  let reading = 0
  const faces = { get name() { return reading++ === 0 ? 'first' : new Date(0) } } // biome-ignore format: one line
  expect(baked(faces)).toBe('{"name":"first"}')
})
