/**
 * Work is bounded by what was sent: schemas that stand for more than they say. Counters, not seconds: what is counted is what
 * `Budget` counts.
 */
import { describe, expect, test } from 'vitest'
import { Budget } from '../../../src/canonical/budget.js'
import { CanonicalizationError } from '../../../src/canonical/canonicalization-error.js'
import type { Json, JsonObject } from '../../../src/internal/types.js'
import { hasFormat } from '../../../src/verify/json-schema/formats.js'
import { judgeBy } from '../../../src/verify/json-schema/judge-by.js'

const URL = 'https://school.example/schema.json'

/** What judging spends, of a budget for these sizes; `limit` where that is not enough. */
async function spentOn(schema: JsonObject, document: Json): Promise<{ bytes: number; spent: number | 'limit' }> {
  const bytes = JSON.stringify(schema).length + JSON.stringify(document).length
  const budget = new Budget({ bytes, steps: 0 })
  try {
    await judgeBy(URL, document, {
      load: async () => schema,
      spend: (amount) => budget.spend('judgements', amount),
    })
    return { bytes, spent: budget.spent.judgements }
  } catch (error) {
    if (!(error instanceof CanonicalizationError)) throw error
    expect(budget.allowed.judgements).toBe(1_000_000 + 16 * bytes)
    return { bytes, spent: 'limit' }
  }
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
const doubling = (depth: number, keyword: string) => ({
  $ref: '#/$defs/d0',
  $defs: {
    ...Object.fromEntries(
      times(depth, (index) => [
        `d${index}`,
        { [keyword]: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] },
      ]),
    ),
    [`d${depth}`]: keyword === 'oneOf' ? false : { type: 'object' },
  },
})

describe('schemas that would take for ever are given up', () => {
  test.each<[string, JsonObject, Json]>([
    ['references that double, allOf', doubling(60, 'allOf'), {}],
    ['references that double, anyOf', doubling(60, 'anyOf'), {}],
    ['references that double, oneOf', doubling(60, 'oneOf'), {}],
    [
      'references that double, by conditions',
      {
        $ref: '#/$defs/d0',
        $defs: Object.fromEntries(
          times(60, (i) => [
            `d${i}`,
            i === 59
              ? {}
              : {
                  if: { $ref: `#/$defs/d${i + 1}` }, // biome-ignore lint/suspicious/noThenProperty: the keyword's name.
                  then: { $ref: `#/$defs/d${i + 1}` },
                },
          ]),
        ),
      },
      {},
    ],
    [
      'many schemas for many items',
      { allOf: times(3000, () => ({ items: { type: 'number' } })) },
      times(3000, () => 1),
    ],
    ['a long list of values for many items', { items: { enum: times(5000, (i) => i) } }, times(5000, () => -1)],
    [
      'many members that are required of many items',
      { items: { $ref: '#/$defs/x' }, $defs: { x: { required: times(3000, () => 'a') } } },
      times(3000, () => ({ a: 1 })),
    ],
    [
      'one long text, asked for its length many times',
      { allOf: times(10_000, () => ({ minLength: 1 })) },
      'a'.repeat(300_000),
    ],
    [
      'one long text, compared many times',
      { allOf: times(10_000, () => ({ $ref: '#/$defs/x' })), $defs: { x: { not: { const: 'a'.repeat(300_000) } } } },
      `${'a'.repeat(299_999)}b`,
    ],
    [
      'a long list, asked many times whether its items are unique',
      { allOf: times(10_000, () => ({ uniqueItems: true })) },
      times(20_000, (i) => i),
    ],
    [
      'members that many schemas have looked at',
      {
        unevaluatedProperties: false,
        allOf: times(3000, () => ({ $ref: '#/$defs/x' })),
        $defs: { x: { additionalProperties: true } },
      },
      Object.fromEntries(times(2000, (i) => [`m${i}`, 1])),
    ],
    [
      'many patterns for many members',
      { patternProperties: Object.fromEntries(times(3000, (i) => [`^a${i}`, true])) },
      Object.fromEntries(times(3000, (i) => [`m${i}`, 1])),
    ],
    [
      'one pattern for one long text, many times',
      { allOf: times(2000, () => ({ $ref: '#/$defs/x' })), $defs: { x: { pattern: '^(a|b)*c?$' } } },
      'ab'.repeat(50_000),
    ],
    ['a large pattern for a long text', { pattern: '(a|b)*a(a|b){900}c$' }, 'ab'.repeat(50_000)],
    [
      'patterns that are large when they are repeated',
      { allOf: times(1000, (i) => ({ pattern: `[a-z]{900}${i}` })) },
      '',
    ],
    [
      'references, one in the other',
      {
        $ref: '#/$defs/d0',
        $defs: Object.fromEntries(times(2000, (i) => [`d${i}`, i === 1999 ? {} : { $ref: `#/$defs/d${i + 1}` }])),
      },
      {},
    ],
  ])('%s', async (_name, schema, document) => {
    expect((await spentOn(schema, document)).spent).toBe('limit')
  })
})

describe('what real schemas do grows as what is sent', () => {
  const person = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string', format: 'uri', pattern: '^urn:' },
      tags: { type: 'array', uniqueItems: true, items: { enum: ['a', 'b'] } },
    },
    additionalProperties: false,
  }
  test.each<[string, (size: number) => [JsonObject, Json]]>([
    [
      'a longer document',
      (size) => [
        { items: { $ref: '#/$defs/person' }, $defs: { person } },
        times(size, (i) => ({ id: `urn:x:${i}`, tags: ['a', 'b'] })),
      ],
    ],
    [
      'a longer text',
      (size) => [{ pattern: '^(\\w+\\s?)*$', maxLength: 1_000_000, format: 'uri' }, 'a'.repeat(size * 20)],
    ],
    ['a list of unique items', (size) => [{ uniqueItems: true }, times(size, (i) => ({ id: i }))]],
    [
      'a longer schema',
      (size) => [{ properties: Object.fromEntries(times(size, (i) => [`m${i}`, { type: 'string' }])) }, { m1: 'x' }],
    ],
    [
      'both',
      (size) => [
        { properties: Object.fromEntries(times(size, (i) => [`m${i}`, person])) },
        Object.fromEntries(times(size, (i) => [`m${i}`, { id: 'urn:x:y' }])),
      ],
    ],
  ])('%s', async (_name, make) => {
    const [one, two, four] = await Promise.all([500, 1000, 2000].map((size) => spentOn(...make(size))))
    if (typeof one?.spent !== 'number' || typeof two?.spent !== 'number' || typeof four?.spent !== 'number')
      throw new Error('limit')
    expect(two.spent / one.spent).toBeLessThan(2.3)
    expect(four.spent / two.spent).toBeLessThan(2.3)
    // Far from what is allowed.
    expect(four.spent).toBeLessThan(8 * four.bytes)
  })
})

test.each([
  'date',
  'time',
  'date-time',
  'duration',
  'uri',
  'uri-reference',
  'uri-template',
  'url',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'regex',
  'uuid',
  'json-pointer',
  'json-pointer-uri-fragment',
  'relative-json-pointer',
])('the format %s scans a text once', (format) => {
  // Exponential expressions do not end, and quadratic ones take minutes.
  for (const part of [
    'a',
    'a-',
    '1',
    '1.',
    ':',
    '0:',
    '/',
    '%41',
    '~0',
    '{a}',
    '{a.',
    '"',
    '\\"',
    '@',
    'a@',
    '-',
    ' ',
    'T',
    'P1',
    '?',
    '#',
    '[',
    '(',
    '(a+)+',
    'é',
    'https://a',
    '.',
  ])
    for (const end of ['', ' ', '!', '\n'])
      for (const start of ['', 'https://', 'a@', '"', '#/', 'P', '2026-01-01T', '[', '0/'])
        expect(hasFormat(start + part.repeat(100_000 / part.length) + end, format)).toBeTypeOf('boolean')
})
