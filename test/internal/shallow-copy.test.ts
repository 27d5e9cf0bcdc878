import { expect, test } from 'vitest'
import { shallowCopy } from '../../src/internal/shallow-copy.js'
import type { JsonObject } from '../../src/internal/types.js'

test('the same members in the same order, and another object', () => {
  const object: JsonObject = { b: 1, '2': ['x'], a: { deep: true }, '1': null }
  const copy = shallowCopy(object)
  expect(copy).not.toBe(object)
  expect(JSON.stringify(copy)).toBe(JSON.stringify(object))
  expect(copy.a).toBe(object.a)
  copy.proof = 'added'
  expect(Object.hasOwn(object, 'proof')).toBe(false)
})

test('a member "__proto__" stays a member', () => {
  const copy = shallowCopy(JSON.parse('{ "a": 1, "__proto__": { "b": 2 } }') as JsonObject)
  expect(Object.keys(copy)).toEqual(['a', '__proto__'])
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
})

test('of its own members only', () => {
  expect(Object.keys(shallowCopy(Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } })))).toEqual([
    'own',
  ])
})
