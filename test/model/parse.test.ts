/** Values of any origin: what is no JSON, what is no document, and what the library leaves alone. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { ParseError } from '../../src/errors.js'
import {
  parseCredential,
  parseEndorsement,
  parsePresentation,
  parseProfile,
  parseVerifiableCredential,
} from '../../src/model/parse.js'
import * as documents from './documents.js'
import { change } from './documents.js'

function refusal(parse: () => unknown): ParseError {
  try {
    parse()
  } catch (error) {
    if (error instanceof ParseError) return error
    throw error
  }
  throw new Error('it was parsed')
}

test.each([
  ['parseCredential', parseCredential, documents.openBadge],
  ['parseEndorsement', parseEndorsement, documents.endorsement],
  ['parseProfile', parseProfile, documents.profile],
  ['parseVerifiableCredential', parseVerifiableCredential, documents.credential],
  ['parsePresentation', parsePresentation, documents.presentation],
  ['parseVerifiableCredential, of an Open Badge', parseVerifiableCredential, change(documents.openBadge, 'name', 'x')],
] as const)('%s gives a copy of the strict form', (_, parse, document) => {
  expect(parse(document)).toEqual(document)
  expect(parse(document)).not.toBe(document)
})

function nested(levels: number): object {
  let value: object = {}
  for (let level = 1; level < levels; level++) value = { extra: value }
  return value
}

describe('no JSON', () => {
  const cyclic: Record<string, unknown> = { ...documents.openBadge }
  cyclic.self = cyclic
  test.each<[string, unknown, string, string]>([
    ['a text', JSON.stringify(documents.openBadge), 'parse.type', ''],
    ['undefined', undefined, 'parse.not_json', ''],
    ['a Date', { ...documents.openBadge, validFrom: new Date(0) }, 'parse.not_json', '/validFrom'],
    ['a function', { ...documents.openBadge, toJSON: () => ({}) }, 'parse.not_json', '/toJSON'],
    ['a cycle', cyclic, 'parse.not_json', '/self'],
    ['a class instance', new (class Badge {})(), 'parse.not_json', ''],
    ['too many levels', { ...documents.openBadge, extra: nested(64) }, 'parse.too_deep', `${'/extra'.repeat(64)}`],
    ['__proto__', JSON.parse('{"__proto__":{}}'), 'parse.forbidden_member', '/__proto__'],
  ])('%s', (_, value, code, pointer) => {
    const error = refusal(() => parseCredential(value))
    expect(error.code).toBe('parse.invalid')
    expect(error.issues.map((issue) => [issue.code, issue.pointer])).toEqual([[code, pointer]])
  })
})

describe('the host', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    z.config({ customError: undefined })
  })

  test("nothing is compiled from text, so that a strict CSP has nothing to report; the host's zod is not ours", () => {
    const compile = vi.fn(() => {
      throw new EvalError('unsafe-eval')
    })
    vi.stubGlobal('Function', compile)
    vi.stubGlobal('eval', compile)
    z.config({ customError: () => "the host's message" })
    const error = refusal(() =>
      parseCredential({ ...documents.openBadge, name: 5, image: { id: 'urn:a', type: 'Image', size: 1 } }),
    )
    expect(parseCredential(documents.openBadge)).toEqual(documents.openBadge)
    expect(compile).not.toHaveBeenCalled()
    expect(error.issues.map(({ message }) => message)).toEqual([
      '"name" must be a text (a JSON string), not a number',
      '"size" is no member of Image: use id, type, caption',
    ])
  })
})
