// The exit codes that are not verdicts. Each code is produced by a command somewhere here or in its own test.
import { describe, expect, test } from 'vitest'
import { EXIT, worse } from '../../src/cli/exit.js'
import { CommandFailure, describeFailure } from '../../src/cli/failure.js'
import { ParseError, ResolutionError, SigningError, StoreError, UsageError } from '../../src/entries/index.js'
import { ISSUE, ISSUER, workshop } from './harness.js'

const shop = workshop()

test.each<[string, unknown, number]>([
  ['a UsageError', new UsageError('usage.invalid_option', 'x'), 64],
  ['a ParseError', new ParseError('parse.malformed', 'x'), 65],
  ['a document whose contexts are out of reach', new ParseError('parse.unknown_context', 'x'), 69],
  ['a ResolutionError', new ResolutionError('resolve.timeout', 'https://a.example', 'x'), 69],
  ['a SigningError', new SigningError('sign.wrong_key', 'x'), 65],
  ['a StoreError', new StoreError('store.unknown_list', 'x'), 74],
  ['a failure of a command', new CommandFailure(EXIT.noInput, 'x'), 66],
  ['any other error', new TypeError('x is not a function'), 70],
  ['anything thrown', 'x', 70],
])('%s', (_, error, exit) => {
  const failure = describeFailure(error)
  expect(failure.exit).toBe(exit)
  if (exit !== 70) expect(failure.lines).toEqual(['x'])
})

test('the worst of several', () => {
  const order = [0, 2, 1, 65, 66, 69, 74, 64, 70, 130] as const
  for (const [index, better] of order.entries())
    for (const bad of order.slice(index)) {
      expect(worse(better, bad)).toBe(bad)
      expect(worse(bad, better)).toBe(bad)
    }
})

describe('a bug', () => {
  test('says that it is one, with what a report needs', async () => {
    shop.write(
      'web.json',
      (await shop.cli([...ISSUE, '--issuer', 'did:web:a.example', '--verification-method', 'did:web:a.example#1'])).out,
    )
    const { code, out, err } = await shop.cli(['verify', '--any-issuer', 'web.json'], {
      loader: {
        load: async () => {
          throw new TypeError('Cannot read properties of\u001b[31m undefined')
        },
      },
    })
    expect({ code, out }).toEqual({ code: 70, out: '' })
    expect(err).toContain('badgewright: this is a bug in badgewright, and nothing that you did wrong. Please report it')
    expect(err).toContain('TypeError: Cannot read properties of\\u{1b}[31m undefined')
    expect(err).toMatch(/\n +at /)
  })
})

describe('a bug that one of several badges comes upon', () => {
  const loader = {
    load: async () => {
      throw new TypeError('Cannot read properties of undefined')
    },
  }
  const badges = async () => {
    shop.write('good.json', (await shop.cli(ISSUE)).out)
    shop.write(
      'bug.json',
      (await shop.cli([...ISSUE, '--issuer', 'did:web:a.example', '--verification-method', 'did:web:a.example#1'])).out,
    )
    return ['good.json', 'bug.json', 'good.json']
  }
  test('is said in its turn, and the others are verified', async () => {
    const files = await badges()
    const { code, out, err } = await shop.cli(['verify', '--any-issuer', '--summary', ...files], { loader })
    expect({ code, out }).toEqual({
      code: 70,
      out: 'valid          good.json\nvalid          good.json\n3 badges: 2 valid, 1 failed\n',
    })
    expect(err).toMatch(/^badgewright: this is a bug in badgewright.*\nbug\.json\nTypeError: Cannot read properties/)
  })
  test('also as JSON', async () => {
    const files = await badges()
    const { code, out } = await shop.cli(['verify', '--any-issuer', '--json', ...files], { loader })
    expect(code).toBe(70)
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ outcome: 'valid' }, { name: 'bug.json', error: { exit: 70 } }, { outcome: 'valid' }])
  })
})

describe('Ctrl-C', () => {
  test('ends what waits for standard input', async () => {
    const controller = new AbortController()
    const never: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => controller.abort(new DOMException('interrupted', 'AbortError'))),
      }),
    }
    const { code, out, err } = await shop.cli(['inspect', '-'], { stdin: never, signal: controller.signal })
    expect({ code, out, err }).toEqual({ code: 130, out: '', err: 'badgewright: interrupted\n' })
  })
  test('ends a verification between two badges', async () => {
    const controller = new AbortController()
    shop.write('ada.json', (await shop.cli(ISSUE)).out)
    const files = Array.from({ length: 100 }, () => 'ada.json')
    const { code, out, err } = await shop.cli(['verify', '--trust', ISSUER, '--summary', ...files], {
      signal: controller.signal,
      onOutput: () => controller.abort(new DOMException('interrupted', 'AbortError')),
    })
    expect({ code, err }).toEqual({ code: 130, err: 'badgewright: interrupted\n' })
    expect(out).toBe('valid          ada.json\n')
  })
  test('before anything began', async () => {
    expect(await shop.cli(['keygen'], { signal: AbortSignal.abort() })).toMatchObject({ code: 130, out: '' })
  })
})
