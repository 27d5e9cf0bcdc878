// The JSON form of credit policies: what is read, and that schemas/credit-policy.json judges the same.
// UPDATE_SCHEMAS=1 npx vitest run test/credit/parse-policy writes the schema anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/credit/parse-policy.js'
import { creditPolicySchema } from '../../src/credit/policy-forms.js'
import { ParseError } from '../../src/errors.js'
import type { JsonObject } from '../../src/internal/types.js'
import { mutate, randomFrom } from '../model/sample.js'

const file = fileURLToPath(new URL('../../schemas/credit-policy.json', import.meta.url))
const text = `${JSON.stringify(creditPolicySchema, undefined, 2)}\n`
if (process.env.UPDATE_SCHEMAS) writeFileSync(file, text)
const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(JSON.parse(text))

const folder = fileURLToPath(new URL('../../examples/policies/', import.meta.url))
const examples: readonly (readonly [name: string, policy: JsonObject])[] = readdirSync(folder).map((name) => [
  name,
  JSON.parse(readFileSync(folder + name, 'utf8')),
])

function issuesOf(value: unknown): ParseError['issues'] {
  try {
    parsePolicy(value)
  } catch (error) {
    if (error instanceof ParseError) return error.issues
    throw error
  }
  return []
}

test('the file in schemas/ is what the code says today', () => {
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test.each(examples)('%s: parser and schema take it, and what was read is read again', (_, policy) => {
  expect(validate(policy), JSON.stringify(validate.errors)).toBe(true)
  const read = parsePolicy(policy)
  expect(parsePolicy(read)).toEqual(read)
  expect(JSON.stringify(read)).not.toContain('"comment"')
})

test('the schema and parsePolicy judge alike, over 100 changes of each example', () => {
  const random = randomFrom(20300131)
  const counts = { accepted: 0, refused: 0 }
  for (const [, policy] of examples)
    for (let index = 0; index < 100; index++) {
      const changed = mutate(policy, random)
      // JSON Schema cannot look names up, count days of months, or tell an exact number.
      const issues = issuesOf(changed).filter(
        ({ code, message }) => code !== 'parse.semantic' && !/must be (?:a day|more than 0|a number of)/.test(message),
      )
      if (issues.length === 0 && issuesOf(changed).length > 0) continue
      counts[issues.length === 0 ? 'accepted' : 'refused']++
      if (validate(changed) !== (issues.length === 0))
        expect.fail(`${JSON.stringify(changed)}\n${JSON.stringify(issues)}\n${JSON.stringify(validate.errors)}`)
    }
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(100)
})

const plain = {
  id: 'urn:x:policy',
  name: 'A policy',
  facts: { term: { says: 'the term', is: 'period' }, approved: { says: 'approved', is: 'truth', about: 'item' } },
  parameters: { worth: { says: 'what it is worth', is: 'amount' }, list: { says: 'a list', is: 'names' } },
  calendars: { year: [{ from: '07-01', to: '06-30' }] },
  kinds: { mc: { badges: [{}] } },
  rates: [{ of: 'mc', gives: 6 }],
  purposes: [{ id: 'renew', unit: 'point', needs: { credit: 60 } }],
}
const purpose = (rest: object) => ({ ...plain, purposes: [{ ...plain.purposes[0], ...rest }] })
const editions = (...list: readonly object[]) => {
  const { rates, purposes, ...head } = plain
  return { ...head, editions: list.map((edition) => ({ rates, purposes, ...edition })) }
}

test('what is right is taken', () => {
  expect(issuesOf(plain)).toEqual([])
  expect(issuesOf(editions({ id: 'a', to: '2024-12-31' }, { id: 'b', from: '2025-01-01' }))).toEqual([])
})

describe('what is wrong is named, at its place', () => {
  test.each<[string, unknown, pointer: string, message: string]>([
    ['a member that is misspelt', { ...plain, rate: [] }, '/rate', 'did you mean "rates"?'],
    ['one within', purpose({ need: { credit: 60 } }), '/purposes/0/need', 'did you mean "needs"?'],
    [
      'a kind that is not declared',
      { ...plain, rates: [{ of: 'mcs', gives: 6 }] },
      '/rates/0/of',
      'did you mean "mc"?',
    ],
    [
      'a fact that is not declared',
      { ...plain, window: { period: 'terms' } },
      '/window/period',
      'did you mean "term"?',
    ],
    ['a fact of another sort', { ...plain, window: { period: 'approved' } }, '/window/period', 'has to be "period"'],
    [
      'a parameter of another sort',
      purpose({ needs: { credit: { parameter: 'list' } } }),
      '/purposes/0/needs/credit/parameter',
      'is "names"',
    ],
    [
      'a calendar that is not declared',
      purpose({ limits: [{ per: { calendar: 'month' }, atMost: 1 }] }),
      '/purposes/0/limits/0/per/calendar',
      'no calendar',
    ],
    ['a need of 0', purpose({ needs: { credit: 0 } }), '/purposes/0/needs/credit', 'must be more than 0'],
    ['a step of 0, which divides by it', purpose({ step: 0 }), '/purposes/0/step', 'divides by it'],
    [
      'a fraction over 0',
      { ...plain, rates: [{ of: 'mc', gives: '1/0' }] },
      '/rates/0/gives',
      'must be an exact number',
    ],
    [
      'a number that is not exact',
      { ...plain, rates: [{ of: 'mc', gives: 0.1234567 }] },
      '/rates/0/gives',
      'six places',
    ],
    ['no such day', purpose({ window: { from: '2025-02-30' } }), '/purposes/0/window/from', 'must be a day'],
    [
      'a purpose that needs itself',
      purpose({ needs: { purpose: 'renew' } }),
      '/purposes/0/needs',
      'needs itself: renew > renew',
    ],
    [
      'purposes that need each other',
      {
        ...plain,
        purposes: [
          { id: 'a', unit: 'u', needs: { purpose: 'b' } },
          { id: 'b', unit: 'u', needs: { anyOf: [{ purpose: 'a' }] } },
        ],
      },
      '/purposes/0/needs',
      'needs itself: a > b > a',
    ],
    [
      'conversions in a circle',
      {
        ...plain,
        conversions: [
          { from: 'hour', to: 'point', gives: 1 },
          { from: 'point', to: 'hour', gives: 2 },
        ],
      },
      '/conversions',
      'lead in a circle',
    ],
    [
      'an id twice',
      { ...plain, purposes: [plain.purposes[0], plain.purposes[0]] },
      '/purposes/1/id',
      'is the id of purpose 0 too',
    ],
    [
      'two editions for one day',
      editions({ id: 'a', to: '2025-01-01' }, { id: 'b', from: '2025-01-01' }),
      '/editions/1',
      'holds on days on which "a" does',
    ],
    [
      'an edition that ends before it begins',
      editions({ id: 'a', from: '2025-01-01', to: '2024-01-01' }),
      '/editions/0/to',
      'before it begins',
    ],
    ['credit without a rate', { ...plain, rates: undefined }, '/purposes/0', 'there are no rates'],
    [
      'a value of another sort',
      { ...plain, parameters: { ...plain.parameters, worth: { says: 'x', is: 'amount', value: 'six' } } },
      '/parameters/worth/value',
      'no value of a parameter',
    ],
    ['a list', [], '', 'must be an object'],
    ['a text', '{}', '', 'use JSON.parse'],
  ])('%s', (_, value, pointer, message) => {
    const issues = issuesOf(JSON.parse(JSON.stringify(value)))
    const found = issues.find((issue) => issue.pointer === pointer)
    expect(found?.message, JSON.stringify(issues)).toContain(message)
  })
  test('conditions nested without end', () => {
    let holds: object = { fact: 'approved' }
    for (let depth = 0; depth < 55; depth++) holds = { not: holds }
    expect(issuesOf({ ...plain, demands: [{ holds }] })[0]?.message).toMatch(/nested too deeply|levels/)
  })
})
