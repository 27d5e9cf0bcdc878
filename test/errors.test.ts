/** Errors are recognized across copies of the library, by code and by instanceof. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { ERROR_CODES } from '../src/error-codes.js'
import * as here from '../src/errors.js'
import { FINDINGS } from '../src/report/findings.js'

const { DefectError, OpenBadgeError, ParseError, ResolutionError, SigningError, StoreError, UsageError } = here

const made = (errors: typeof here) => ({
  UsageError: new errors.UsageError('usage.invalid_option', 'message'),
  ParseError: new errors.ParseError('parse.invalid', 'message'),
  ResolutionError: new errors.ResolutionError('resolve.unreachable', 'https://a.example/', 'message'),
  SigningError: new errors.SigningError('sign.failed', 'message'),
  StoreError: new errors.StoreError('store.failed', 'message'),
  DefectError: new errors.DefectError('defect.unexpected', 'message'),
})
type Name = keyof ReturnType<typeof made>
const NAMES = Object.keys(made(here)) as Name[]
const CLASSES = { UsageError, ParseError, ResolutionError, SigningError, StoreError, DefectError } as const

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
    expect(error.code).toMatch(/^(usage|parse|resolve|sign|store|defect)\./)
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

describe('a UsageError about an option', () => {
  test('names it, as a member and first in its message', () => {
    for (const [error, code] of [
      [here.invalidOption('status.ttlSeconds', 'is a whole number'), 'usage.invalid_option'],
      [here.missingOption('status.ttlSeconds', 'is a whole number'), 'usage.missing_option'],
    ] as const)
      expect(error).toMatchObject({
        code,
        option: 'status.ttlSeconds',
        message: '"status.ttlSeconds" is a whole number',
      })
    expect(here.invalidOption('a', ': no').message).toBe('"a": no')
    expect(new UsageError('usage.revoked', 'x').option).toBeUndefined()
  })
  test('and no source makes one that does not', () => {
    const root = new URL('../src/', import.meta.url)
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
    const made = /new UsageError\(\s*'usage\.(?:invalid_option|missing_option|invalid_award)'[^;]*?\n?\s*\)(?=\n)/g
    let count = 0
    for (const path of sources)
      for (const [call] of readFileSync(new URL(path, root), 'utf8').matchAll(made)) {
        count++
        if (!/\boption\b/.test(call) && !/an award is an object|options are an object/.test(call))
          expect.fail(`${path}: ${call}`)
      }
    expect(count).toBeGreaterThan(5)
  })
})

describe('ERROR_CODES', () => {
  const root = new URL('../src/', import.meta.url)
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && path !== 'error-codes.ts',
  )
  const literals = sources.flatMap((path) =>
    [
      ...readFileSync(new URL(path, root), 'utf8').matchAll(
        /['`]((?:usage|parse|resolve|sign|store|defect)\.[a-z0-9_]+)['`]/g,
      ),
    ].map(([, code = '']) => code),
  )
  /** Made of the kinds that JSON-LD, JCS and JWS have. */
  const COMPOSED = ['parse.ambiguous_member', 'parse.ill_formed', 'parse.undefined_term', 'parse.unknown_context']
  test('has every code that stands in a source', () => {
    expect(literals.length).toBeGreaterThan(400)
    expect([...new Set(literals)].filter((code) => !Object.hasOwn(ERROR_CODES, code))).toEqual([])
  })
  test('and no other', () => {
    const used = new Set([...literals, ...COMPOSED])
    expect(Object.keys(ERROR_CODES).filter((code) => !used.has(code))).toEqual([])
  })
  test('shares no code with the findings of reports', () => {
    expect(Object.keys(ERROR_CODES).filter((code) => Object.hasOwn(FINDINGS, code))).toEqual([])
  })
})
