/** DESIGN section 4: errors are recognized across copies of the library, by code and by instanceof. */
import { describe, expect, test, vi } from 'vitest'
import * as here from '../src/errors.js'

const { OpenBadgeError, ParseError, ResolutionError, SigningError, StoreError, UsageError } = here

const made = (errors: typeof here) => ({
  UsageError: new errors.UsageError('usage.invalid_option', 'message'),
  ParseError: new errors.ParseError('parse.invalid', 'message'),
  ResolutionError: new errors.ResolutionError('resolve.unreachable', 'https://a.example/', 'message'),
  SigningError: new errors.SigningError('sign.failed', 'message'),
  StoreError: new errors.StoreError('store.failed', 'message'),
})
type Name = keyof ReturnType<typeof made>
const NAMES = Object.keys(made(here)) as Name[]
const CLASSES = { UsageError, ParseError, ResolutionError, SigningError, StoreError } as const

describe.each([
  ['of this copy', async () => here],
  [
    'of another copy',
    async () => {
      vi.resetModules()
      const other = await import('../src/errors.js')
      expect(other.UsageError).not.toBe(UsageError)
      return other
    },
  ],
])('an error %s', (_which, load) => {
  test.each(NAMES)('%s is what it is, and an OpenBadgeError, and nothing else', async (name) => {
    const error = made(await load())[name]
    expect(error instanceof OpenBadgeError).toBe(true)
    expect(error instanceof Error).toBe(true)
    for (const other of NAMES) expect(error instanceof CLASSES[other]).toBe(other === name)
  })

  test.each(NAMES)('%s says its name and code', async (name) => {
    const error = made(await load())[name]
    expect(error.name).toBe(name)
    expect(String(error)).toBe(`${name}: message`)
    expect(error.code).toMatch(/^(usage|parse|resolve|sign|store)\./)
    expect(error.stack).toContain('errors.test.ts')
    // What logs print as JSON: the code and what belongs to it, no brand.
    expect(Object.keys(error).sort()).toEqual(
      { ParseError: ['code', 'issues'], ResolutionError: ['code', 'url'] }[name as string] ?? ['code'],
    )
  })
})

test('the cause is kept', () => {
  const cause = new Error('why')
  expect(new SigningError('sign.failed', 'message', { cause }).cause).toBe(cause)
  expect(Object.hasOwn(new SigningError('sign.failed', 'message'), 'cause')).toBe(false)
})

test('a ParseError without issues has itself as the one issue', () => {
  expect(new ParseError('parse.not_json', 'no JSON').issues).toEqual([
    { code: 'parse.not_json', pointer: '', message: 'no JSON' },
  ])
  const issues = [{ code: 'parse.type', pointer: '/name', message: 'a text' }]
  expect(new ParseError('parse.invalid', 'message', issues).issues).toEqual(issues)
})

describe('a subclass of the user', () => {
  class TooManyBadges extends UsageError {
    readonly limit = 5
  }
  class Own extends OpenBadgeError {}

  test('is an instance of its class and of ours', () => {
    const error = new TooManyBadges('usage.too_many', 'message')
    expect(error instanceof TooManyBadges).toBe(true)
    expect(error instanceof UsageError).toBe(true)
    expect(error instanceof OpenBadgeError).toBe(true)
    expect(error instanceof ParseError).toBe(false)
    expect(new Own('own.code', 'message') instanceof Own).toBe(true)
  })

  test('does not take our errors for its own', () => {
    expect(new UsageError('usage.invalid_option', 'message') instanceof TooManyBadges).toBe(false)
    expect(new OpenBadgeError('x.y', 'message') instanceof Own).toBe(false)
    expect(new TooManyBadges('usage.too_many', 'message') instanceof Own).toBe(false)
  })
})

test('nothing else is taken for one of ours', () => {
  const named = Object.assign(new Error('message'), { name: 'UsageError', code: 'usage.invalid_option' })
  for (const value of [named, new Error('x'), {}, null, undefined, 'UsageError', 7, () => 0, Object.create(null)]) {
    expect(value instanceof OpenBadgeError).toBe(false)
    expect(value instanceof UsageError).toBe(false)
  }
  expect(new ResolutionError('resolve.limit', 'u', 'm') instanceof StoreError).toBe(false)
})
