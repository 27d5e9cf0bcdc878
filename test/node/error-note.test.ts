// Errors that cross threads are what they were.
import { expect, test } from 'vitest'
import { OpenBadgeError, ParseError, ResolutionError, SigningError, StoreError, UsageError } from '../../src/index.js'
import { errorOf, noteOf } from '../../src/node/error-note.js'

const issues = [{ code: 'parse.x', pointer: '/a', message: 'm' }]
const cause = new TypeError('inner', { cause: 'a text' })
test.each([
  new UsageError('usage.invalid_award', 'm', { cause }),
  new ParseError('parse.invalid', 'm', issues),
  new ResolutionError('resolve.unreachable', 'https://x.example', 'm'),
  new SigningError('sign.failed', 'm'),
  new StoreError('store.failed', 'm'),
  new OpenBadgeError('verify.worker_lost', 'm'),
  new RangeError('m'),
])('%s', (error) => {
  const copy = errorOf(structuredClone(noteOf(error)))
  const of = (one: Error) => [one.name, one.message, one.stack, { ...one }, one instanceof OpenBadgeError]
  expect(of(copy)).toEqual(of(error))
  if (error.cause !== undefined) expect((copy.cause as Error).message).toBe('inner')
  for (const type of [UsageError, ParseError, ResolutionError, SigningError, StoreError])
    expect(copy instanceof type).toBe(error instanceof type)
})
test('a chain of causes without end ends', () => {
  const error = new Error('a')
  error.cause = error
  expect(errorOf(noteOf(error)).message).toBe('a')
  expect(noteOf({ no: 'error' }).name).toBe('Error')
  // Of which String() makes no text, and throws.
  expect(noteOf({ toString: 1 }).message).toBe('{"toString":1}')
})
