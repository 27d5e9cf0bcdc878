import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../src/internal/jcs.js'
import { isSameJson } from '../../src/internal/json-equal.js'
import type { Json } from '../../src/internal/types.js'

/** Few names and values, so that equal ones are met. */
const small = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, 0, 1, '', 'a', '0'),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'toString', 'length'), tie('value'), { maxKeys: 2 }),
  ),
})).value

test('law: the same JSON is what has the same canonical form (RFC 8785)', () => {
  fc.assert(
    fc.property(small, small, (a, b) => isSameJson(a, b) === (canonicalJson(a) === canonicalJson(b))),
    { numRuns: 2000 },
  )
})

test('an absent value is no null', () => {
  expect(isSameJson(undefined, null)).toBe(false)
  expect(isSameJson({ a: 1 }, { b: 1 })).toBe(false)
})
