/** A pattern says of an input what its key says: another badge's texts must never be filled into a template that is not its own. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schemeOf } from '../../../src/canonical/templates/template.js'
import { shapeOf, withTexts } from '../../../src/issue/templates/input-shape.js'
import { ShapePattern } from '../../../src/issue/templates/shape-pattern.js'
import type { CredentialInput } from '../../../src/model/types.js'

const issuer = { id: 'did:x' }
const achievement = { id: 'urn:x' }
const of = (members: object): CredentialInput =>
  ({ issuer, credentialSubject: { achievement }, ...members }) as unknown as CredentialInput

const leaf = fc.constantFrom<unknown>(
  ...['', 'a', 'b', 'did:x', 'did:y', 'urn:x', 'https://x', 'http://x', 'x//y:', 'did://x'],
  ...[0, -0, 1, true, false, null, undefined, issuer, achievement, { ...issuer }, new Date(0)],
)
const members = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom('id', 'name', 'validFrom', 'other', 'value', '__proto__'), tie('value'), {
    maxKeys: 3,
  }),
})).object

test('fits where the keys are equal, and gives the same texts', () => {
  const seen = { fitting: 0, other: 0 }
  fc.assert(
    fc.property(members, members, (one, another) => {
      const [sample, input] = [of(one), of(another)]
      const [shape, asked] = [shapeOf(sample), shapeOf(input)]
      if (shape === undefined) return
      const pattern = new ShapePattern(withTexts(sample, shape.texts))
      expect(pattern.textsOf(sample)).toEqual(shape.texts)
      const texts = pattern.textsOf(input)
      if (asked === undefined || asked.key !== shape.key) {
        // What begins like an IRI and is none is the template's to refuse: see `hasScheme`.
        if (texts === undefined) seen.other++
        else expect(texts.some((text) => /[: ]/.test(text) && schemeOf(text) === undefined)).toBe(true)
        return
      }
      seen.fitting++
      expect(texts).toEqual(asked.texts)
    }),
    { numRuns: 3000 },
  )
  expect(seen.fitting).toBeGreaterThan(50)
  expect(seen.other).toBeGreaterThan(50)
})

const plain = { id: 'urn:uuid:1', validFrom: new Date(0), name: 'Ada', list: [{ value: '1' }, 2, null] }
const pattern = (() => {
  const sample = of(plain)
  return new ShapePattern(withTexts(sample, shapeOf(sample)?.texts ?? []))
})()

test('another face of each value', () => {
  expect(pattern.textsOf(of(plain))).toEqual(['urn:uuid:1', '1970-01-01T00:00:00Z', 'Ada', '1'])
  expect(pattern.textsOf(of({ ...plain, note: undefined }))).toHaveLength(4)
  const others: object[] = [
    { ...plain, id: 'did:uuid:1' },
    { ...plain, id: 'urn://uuid:1' },
    { ...plain, id: 1 },
    { ...plain, validFrom: new Date(Number.NaN) },
    { ...plain, validFrom: 0 },
    { ...plain, name: ['Ada'] },
    { ...plain, name: new Date(0) },
    { ...plain, list: [{ value: '1' }, 2] },
    { ...plain, list: [{ value: '1' }, '2', null] },
    { ...plain, list: { 0: { value: '1' }, 1: 2, 2: null } },
    {
      ...plain,
      list: [
        new (class Own {
          value = '1'
        })(),
        2,
        null,
      ],
    },
    { ...plain, list: [achievement, 2, null] },
    { ...plain, list: [issuer, 2, null] },
    { ...plain, note: 'more' },
    { id: plain.id, name: plain.name, validFrom: plain.validFrom, list: plain.list },
  ]
  for (const each of others) expect(pattern.textsOf(of(each))).toBeUndefined()
  const throwing = of(plain)
  Object.defineProperty(throwing, 'name', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  expect(pattern.textsOf(throwing)).toBeUndefined()
})

test('each member is read once', () => {
  let reads = 0
  const input = of(plain)
  Object.defineProperty(input, 'name', { enumerable: true, get: () => String(++reads) })
  expect(pattern.textsOf(input)?.[2]).toBe('1')
  expect(reads).toBe(1)
})
