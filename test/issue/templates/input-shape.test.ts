/** Two inputs have one key only if they differ in nothing but their texts: else a badge would be signed as another one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shapeOf, withTexts } from '../../../src/issue/templates/input-shape.js'
import type { CredentialInput } from '../../../src/model/types.js'

const names = ['a', '1', 'id', 'name', '1:a', '4:nameT', '{', '}', '[', ']', '"', 'A', 'P', 'T', '0', '']
const leaf = fc.constantFrom<unknown>(
  ...['', 'a', '1', '1:a', '}', 'T', 'did:x', 'urn:x', 'https://x', 'id', '"0:', '4:nameT', 'true;', '1;', '{}', '[T]'],
  ...[0, 1, 10, -1, 0.5, true, false, null],
)
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 3 }),
  ),
})).any
const input = (part: unknown) =>
  ({ issuer: 'did:x', credentialSubject: { achievement: { id: 'urn:x' } }, part }) as unknown as CredentialInput

test('equal keys, equal structure', () => {
  let equal = 0
  fc.assert(
    fc.property(fc.array(value, { minLength: 30, maxLength: 30 }), (parts) => {
      const byKey = new Map<string, string>()
      for (const part of parts) {
        const shape = shapeOf(input(part))
        if (shape === undefined) throw new Error('this is plain JSON')
        const without = JSON.stringify(
          withTexts(
            input(part),
            shape.texts.map(() => 'text'),
          ),
        )
        const other = byKey.get(shape.key)
        if (other !== undefined) equal++
        expect(other ?? without).toBe(without)
        byKey.set(shape.key, without)
      }
    }),
    { numRuns: 200 },
  )
  expect(equal).toBeGreaterThan(100)
})

test('withTexts puts each text where shapeOf has it from', () => {
  fc.assert(
    fc.property(value, (part) => {
      const shape = shapeOf(input(part))
      const texts = shape?.texts ?? []
      expect(JSON.stringify(withTexts(input(part), texts))).toBe(JSON.stringify(input(part)))
      const again = shapeOf(withTexts(input(part), texts))
      expect(again).toEqual(shape)
    }),
  )
})

test.each<[string, unknown]>([
  ['a function', () => 1],
  ['a bigint', 1n],
  ['a hole', new Array(1)],
  ['undefined in an array', [undefined]],
  ['an instance of a class', new (class Part {})()],
  ['a Date that is not the badge’s', { validFrom: new Date(0) }],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no')
        },
      },
    ),
  ],
])('%s has no shape', (_, part) => {
  expect(shapeOf(input(part))).toBeUndefined()
})
test('a cycle has no shape', () => {
  const part: { part?: object } = {}
  part.part = part
  expect(shapeOf(input(part))).toBeUndefined()
})
