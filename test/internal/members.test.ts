// What an object may hold: what is misspelt or of another kind is named, with what was meant.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anything,
  arrayOf,
  callable,
  date,
  flag,
  having,
  type Kind,
  nearest,
  oneOf,
  type Problem,
  problemOf,
  record,
  sentenceOf,
  shape,
  signal,
  text,
  whole,
} from '../../src/internal/members.js'

interface Example {
  readonly recipient?: string
  readonly ttlSeconds?: number
  readonly nested?: { readonly purposes?: readonly string[] }
}
const EXAMPLE = {
  recipient: text,
  ttlSeconds: whole(0, 100),
  nested: shape<NonNullable<Example['nested']>>(
    { purposes: arrayOf(oneOf('a', 'b')) },
    { hints: { stores: 'did you mean two?' } },
  ),
}
const sentence = (found: Problem | undefined) => found && sentenceOf(found)
const problem = (value: object) => sentence(problemOf<Required<Example>>(value, EXAMPLE, { noun: 'option' }))

test('names the member and what was meant', () => {
  expect(problem({ recipent: 'x' })).toBe('"recipent" is no option: did you mean "recipient"?')
  expect(problem({ RECIPIENT: 'x' })).toBe('"RECIPIENT" is no option: did you mean "recipient"?')
  expect(problem({ colour: 'x' })).toBe('"colour" is no option: there are recipient, ttlSeconds, nested')
  expect(problem({ nested: { purpose: [] } })).toBe('"nested.purpose" is no member: did you mean "purposes"?')
  expect(problem({ nested: { stores: [] } })).toBe('"nested.stores" is no member: did you mean two?')
  expect(problem({ nested: { purposes: ['a', 'c'] } })).toBe('"nested.purposes[1]" is "a" or "b"')
  expect(problem({ nested: [] })).toBe('"nested" is an object')
  expect(problem({ ttlSeconds: 101 })).toBe('"ttlSeconds" is a whole number from 0 to 100')
})
test('takes what is there, and undefined as absent', () => {
  for (const value of [{}, { recipient: undefined }, { recipient: 'x', ttlSeconds: 0, nested: { purposes: ['b'] } }])
    expect(problem(value)).toBeUndefined()
})
test('own members only: __proto__ and constructor are as unknown as any', () => {
  expect(problem(JSON.parse('{"__proto__":1}'))).toContain('"__proto__" is no option')
  expect(problem({ constructor: 1 })).toContain('"constructor" is no option')
  expect(problem(Object.create({ recipent: 1 }))).toBeUndefined()
})

const OTHERS = [0, 1.5, 'x', true, null, [], {}, () => 1, Symbol('s'), 10n, new Date(Number.NaN)]
describe.each<[string, Kind, unknown]>([
  ['text', text, ''],
  ['flag', flag, false],
  ['callable', callable, Math.max],
  ['record', record, {}],
  ['date', date, new Date(0)],
  ['signal', signal, AbortSignal.abort()],
  ['whole', whole(1), 1],
  ['having', having('load'), { load: () => 1 }],
  ['arrayOf', arrayOf(text), ['x']],
  ['oneOf', oneOf('a', 'b'), 'a'],
])('%s', (_name, kind, good) => {
  test('takes its own, and says of others what it is', () => {
    expect(kind(good, 'm')).toBeUndefined()
    const refused = OTHERS.filter((other) => kind(other, 'm') !== undefined)
    expect(refused.length).toBeGreaterThan(5)
    for (const other of refused) expect(sentence(kind(other, 'm'))).toMatch(/^"m(\[\d\])?" is /)
  })
})
test('whatever it is, anything is judged elsewhere', () => {
  for (const other of OTHERS) expect(anything(other, 'm')).toBeUndefined()
})

const NAMES = ['trustedIssuers', 'recipient', 'clockSkewSeconds', 'policy', 'validUntil']
test('a name with one letter left out, doubled or swapped is known again', () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), fc.nat(), fc.nat({ max: 2 }), (name, where, how) => {
      const at = where % (name.length - 1)
      const letters = [...name]
      if (how === 0) letters.splice(at, 1)
      else if (how === 1) letters.splice(at, 0, letters[at] as string)
      else letters.splice(at, 2, letters[at + 1] as string, letters[at] as string)
      expect(nearest(letters.join(''), NAMES)).toBe(name)
    }),
  )
})
test('nothing is guessed of what is far, or too long to be a name', () => {
  expect(nearest('colour', NAMES)).toBeUndefined()
  expect(nearest('x'.repeat(100_000), NAMES)).toBeUndefined()
})
