/** JSON Schema 2020-12 Core and Validation, and the drafts before, with ajv as the second opinion. */
import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../src/internal/types.js'
import { judgeBy } from '../../../src/verify/json-schema/judge-by.js'
import { NoSchema } from '../../../src/verify/json-schema/keywords.js'

const URL = 'https://school.example/schema.json'
const DRAFT_7 = 'http://json-schema.org/draft-07/schema#'
const V2019 = 'https://json-schema.org/draft/2019-09/schema'
const V2020 = 'https://json-schema.org/draft/2020-12/schema'

/** Pointers of the faults. `others`: documents by their URLs. */
async function faults(schema: Json, document: Json, others: Record<string, Json> = {}): Promise<readonly string[]> {
  const all: Record<string, Json> = { ...others, [URL]: schema }
  const found = await judgeBy(URL, document, {
    spend: () => {},
    load: async (url) => {
      if (!Object.hasOwn(all, url)) throw new NoSchema(`nothing at ${url}`)
      return all[url] as JsonObject
    },
  })
  return found.map(({ pointer }) => pointer)
}
const satisfies = async (schema: Json, document: Json, others?: Record<string, Json>) =>
  (await faults(schema, document, others)).length === 0

const OPTIONS = { strict: false, validateFormats: false, logger: false, allowUnionTypes: true } as const
const DRAFTS = [
  ['draft 7', DRAFT_7, () => new Ajv(OPTIONS)],
  ['2019-09', V2019, () => new Ajv2019(OPTIONS)],
  ['2020-12', V2020, () => new Ajv2020(OPTIONS)],
] as const

const NAMES = ['a', 'b', 'ab', 'c/~']
const instance = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    // No 1e21: ajv reads a quotient by parseInt, so that it is no multiple of 1. See below for ours.
    fc.constantFrom<Json>(null, true, false, 0, 1, 2, 3, 1.5, -1, 1e20, 0.3, '', 'a', 'b', 'ab', '😀', 'aaaa'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value

function schemaOf(draft: string) {
  const isOld = draft === DRAFT_7
  const count = fc.nat({ max: 3 })
  const names = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 })
  return fc.letrec<{ schema: Json }>((tie) => {
    const inner = tie('schema')
    const list = fc.array(inner, { minLength: 1, maxLength: 3 })
    const map = fc.dictionary(fc.constantFrom(...NAMES), inner, { maxKeys: 3, noNullPrototype: true })
    const keywords: Record<string, fc.Arbitrary<Json>> = {
      type: fc.oneof(
        fc.constantFrom('null', 'boolean', 'object', 'array', 'number', 'integer', 'string'),
        fc.uniqueArray(fc.constantFrom('null', 'boolean', 'object', 'array', 'number', 'integer', 'string'), {
          minLength: 1,
          maxLength: 3,
        }),
      ),
      const: instance,
      enum: fc.uniqueArray(instance, {
        minLength: 1,
        maxLength: 3,
        comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      }),
      multipleOf: fc.constantFrom(1, 2, 0.5),
      minimum: count,
      maximum: count,
      exclusiveMinimum: count,
      exclusiveMaximum: count,
      minLength: count,
      maxLength: count,
      pattern: fc.constantFrom('a', '^a+$', '^(a|b)*$', '^$'),
      minItems: count,
      maxItems: count,
      uniqueItems: fc.boolean(),
      minProperties: count,
      maxProperties: count,
      required: names,
      allOf: list,
      anyOf: list,
      oneOf: list,
      not: inner,
      if: inner,
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name.
      then: inner,
      else: inner,
      properties: map,
      patternProperties: fc.dictionary(fc.constantFrom('a', '^b', '^$'), inner, { maxKeys: 2, noNullPrototype: true }),
      additionalProperties: inner,
      propertyNames: inner,
      contains: inner,
      dependencies: fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(names, inner), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
      // ajv looks at what stands beside it, which draft 7 forbids: see below.
      ...(isOld ? {} : { $ref: fc.constantFrom('#/$defs/one', '#/$defs/two', '#/$defs/three') }),
      ...(isOld
        ? { items: fc.oneof(inner, list), additionalItems: inner }
        : {
            ...(draft === V2020
              ? { prefixItems: list, items: inner }
              : { items: fc.oneof(inner, list), additionalItems: inner }),
            minContains: count,
            maxContains: count,
            dependentRequired: fc.dictionary(fc.constantFrom(...NAMES), names, { maxKeys: 2, noNullPrototype: true }),
            dependentSchemas: map,
            unevaluatedProperties: inner,
            unevaluatedItems: inner,
          }),
    }
    const some = fc
      .uniqueArray(fc.constantFrom(...Object.keys(keywords)), { minLength: 1, maxLength: 4 })
      .chain((chosen) =>
        fc.record(Object.fromEntries(chosen.map((name) => [name, keywords[name] as fc.Arbitrary<Json>]))),
      )
      // In draft 7, ajv lets "contains" hold of an empty list where "items" is one: section 6.4.6 does not.
      .filter((one) => !(isOld && Array.isArray(one.items) && one.contains !== undefined))
    return {
      schema: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        { arbitrary: fc.boolean(), weight: 1 },
        { arbitrary: some as fc.Arbitrary<Json>, weight: 4 },
      ),
    }
  }).schema
}

describe.each(DRAFTS)('%s', (_name, draft, ajv) => {
  test('agrees with ajv about any schema and document', async () => {
    let judged = 0
    const schema = schemaOf(draft)
    await fc.assert(
      fc.asyncProperty(
        schema,
        schema,
        schema,
        schema,
        fc.array(instance, { minLength: 1, maxLength: 4 }),
        async (root, one, two, three, documents) => {
          if (typeof root === 'boolean') return
          const whole = { ...(root as JsonObject), $schema: draft, $defs: { one, two, three } }
          const validate = ajv().compile(whole)
          for (const document of documents) {
            let theirs: boolean
            try {
              theirs = validate(document)
            } catch (error) {
              // A schema that leads to itself: ours says so too.
              if (!(error instanceof RangeError)) throw error
              await expect(faults(whole, document)).rejects.toThrow(NoSchema)
              continue
            }
            let ours: boolean
            try {
              ours = await satisfies(whole, document)
            } catch (error) {
              // Found by us in a branch that ajv did not come to.
              if (error instanceof NoSchema && /no end/.test(error.message)) continue
              throw error
            }
            judged++
            expect([JSON.stringify(whole), JSON.stringify(document), ours]).toEqual([
              JSON.stringify(whole),
              JSON.stringify(document),
              theirs,
            ])
          }
        },
      ),
      { numRuns: 150 },
    )
    expect(judged).toBeGreaterThan(200)
  })
})

describe('references', () => {
  const OTHER = 'https://school.example/other.json'
  test.each<[string, Json, Json, boolean, Record<string, Json>?]>([
    ['to a pointer', { $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'string' } } }, 7, false],
    ['to a pointer with percent signs', { $ref: '#/$defs/a%25b', $defs: { 'a%b': { type: 'string' } } }, 'x', true],
    ['to a place of no keyword', { $ref: '#/components/x', components: { x: { type: 'string' } } }, 7, false],
    ['to an item', { $ref: '#/allOf/1', allOf: [true, { type: 'string' }] }, 7, false],
    ['to an anchor', { $ref: '#here', $defs: { x: { $anchor: 'here', type: 'string' } } }, 7, false],
    [
      'to itself, further inside',
      { properties: { a: { $ref: '#' } }, additionalProperties: false },
      { a: { a: { b: 1 } } },
      false,
    ],
    ['to itself, and right', { properties: { a: { $ref: '#' } }, additionalProperties: false }, { a: { a: {} } }, true],
    ['by an address of its own', { $ref: 'inner', $defs: { x: { $id: 'inner', type: 'string' } } }, 7, false],
    ['by a URN', { $ref: 'urn:example:x', $defs: { x: { $id: 'urn:example:x', type: 'string' } } }, 7, false],
    [
      'relative to the address around',
      {
        $id: 'https://elsewhere.example/a/',
        $ref: 'b',
        $defs: { x: { $id: 'b', $ref: '#/$defs/y', $defs: { y: { type: 'string' } } } },
      },
      7,
      false,
    ],
    ['to another document', { $ref: OTHER }, 7, false, { [OTHER]: { type: 'string' } }],
    [
      'to a part of another document',
      { properties: { a: { $ref: 'other.json#/$defs/x' } } },
      { a: 7 },
      false,
      { [OTHER]: { $defs: { x: { type: 'string' } } } },
    ],
    [
      'to another document that refers back',
      { $ref: 'other.json', $defs: { x: { type: 'string' } } },
      7,
      false,
      { [OTHER]: { $ref: 'schema.json#/$defs/x' } },
    ],
    [
      'round in a circle of documents',
      { properties: { a: { $ref: 'other.json' } } },
      { a: { b: { a: 7 } } },
      false,
      { [OTHER]: { type: 'object', properties: { b: { $ref: 'schema.json' } } } },
    ],
    ['to a boolean', { $ref: '#/$defs/x', $defs: { x: false } }, 7, false],
    ['with others beside it', { $ref: '#/$defs/x', $defs: { x: true }, type: 'string' }, 7, false],
    [
      'with others beside it, before 2019-09',
      { $schema: DRAFT_7, $ref: '#/definitions/x', definitions: { x: true }, type: 'string' },
      7,
      true,
    ],
    [
      'to an anchor as draft 7 writes it',
      { $schema: DRAFT_7, allOf: [{ $ref: '#here' }], definitions: { x: { $id: '#here', type: 'string' } } },
      7,
      false,
    ],
    [
      'to an anchor as draft 4 writes it',
      {
        $schema: 'http://json-schema.org/draft-04/schema#',
        allOf: [{ $ref: '#here' }],
        definitions: { x: { id: '#here', type: 'string' } },
      },
      7,
      false,
    ],
  ])('%s', async (_name, schema, document, expected, others) => {
    expect(await satisfies(schema, document, others)).toBe(expected)
  })

  /** The example of Core 2020-12 appendix C. */
  const TREE = {
    $id: 'https://example.com/tree',
    $dynamicAnchor: 'node',
    type: 'object',
    properties: { data: true, children: { type: 'array', items: { $dynamicRef: '#node' } } },
  }
  const STRICT = {
    $id: 'https://example.com/strict-tree',
    $dynamicAnchor: 'node',
    $ref: 'tree',
    unevaluatedProperties: false,
  }
  test('dynamic ones lead to the outermost', async () => {
    const others = { 'https://example.com/tree': TREE, [OTHER]: STRICT }
    expect(await faults({ $ref: OTHER }, { children: [{ daat: 1 }] }, others)).toEqual(['/children/0/daat'])
    expect(await satisfies({ $ref: 'https://example.com/tree' }, { children: [{ daat: 1 }] }, others)).toBe(true)
    expect(await satisfies({ $ref: OTHER }, { children: [{ data: 1 }] }, others)).toBe(true)
  })
  test('recursive ones of 2019-09 too', async () => {
    const tree = {
      $schema: V2019,
      $id: 'https://example.com/tree',
      $recursiveAnchor: true,
      type: 'object',
      properties: { data: true, children: { type: 'array', items: { $recursiveRef: '#' } } },
    }
    const strict = {
      $schema: V2019,
      $id: 'https://example.com/strict-tree',
      $recursiveAnchor: true,
      $ref: 'tree',
      unevaluatedProperties: false,
    }
    const others = { 'https://example.com/tree': tree, [OTHER]: strict }
    expect(await satisfies({ $schema: V2019, $ref: OTHER }, { children: [{ daat: 1 }] }, others)).toBe(false)
    expect(
      await satisfies({ $schema: V2019, $ref: 'https://example.com/tree' }, { children: [{ daat: 1 }] }, others),
    ).toBe(true)
  })

  test.each<[string, Json]>([
    ['to nothing', { $ref: '#/nowhere' }],
    ['to an anchor that is not there', { $ref: '#nowhere' }],
    ['to what is no schema', { $ref: '#/title', title: 'x' }],
    ['to itself at once', { $ref: '#' }],
    ['to itself by another', { allOf: [{ $ref: '#' }] }],
    ['to itself by a choice', { anyOf: [true, { not: { $ref: '#' } }] }],
    ['dynamically to itself', { $dynamicAnchor: 'x', $dynamicRef: '#x' }],
    ['recursively to itself', { $schema: V2019, $recursiveAnchor: true, $recursiveRef: '#' }],
    ['to what is no URL', { $ref: 'https://[' }],
    ['to a fragment that cannot be read', { $ref: '#%zz' }],
    ['to a document that is not there', { $ref: OTHER }],
  ])('that lead nowhere: %s', async (_name, schema) => {
    await expect(faults(schema, {})).rejects.toThrow(NoSchema)
  })
})

describe('single values', () => {
  test.each<[JsonObject, Json, boolean]>([
    [{ type: 'integer' }, 1, true],
    [{ type: 'integer' }, 1e300, true],
    [{ type: 'integer' }, 1.5, false],
    [{ multipleOf: 1 }, 1e21, true],
    [{ multipleOf: 0.01 }, 4.35, true],
    [{ multipleOf: 0.1 }, 0.35, false],
    [{ multipleOf: 1e-300 }, 1e300, true],
    [{ maxLength: 1 }, '😀', true],
    [{ minLength: 2 }, '😀', false],
    [{ maximum: 3, exclusiveMaximum: true }, 3, false],
    [{ minimum: 3, exclusiveMinimum: false }, 3, true],
    [
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      false,
    ],
    [{ uniqueItems: true }, [1, '1', [1], true], true],
    [{ const: { a: [1], b: null } }, { b: null, a: [1] }, true],
    [{ enum: [[1, 2]] }, [2, 1], false],
    [{ required: ['toString'] }, {}, false],
    [{ properties: { constructor: false } }, {}, true],
    [{ dependentRequired: { valueOf: ['a'] } }, {}, true],
    [{ format: 'email' }, 'a@b', true],
    [{ format: 'email' }, 'a', false],
    [{ format: 'date-time' }, '2026-01-01T00:00:00Z', true],
    [{ format: 'date-time' }, 'yesterday', false],
    [{ format: 'uri' }, 'urn:x:y', true],
    [{ format: 'uri' }, 'x y', false],
    [{ format: 'url' }, 'https://school.example/a?b#c', true],
    [{ format: 'url' }, 'did:web:school.example', false],
    [{ format: 'regex' }, '^(?=a)', true],
    [{ format: 'regex' }, '(', false],
    [{ format: 'telephone' }, 'x', true],
    [{ format: 'toString' }, 'x', true],
    [{ format: 'email' }, 7, true],
  ])('%j of %j: %s', async (schema, document, expected) => {
    expect(await satisfies(schema, document)).toBe(expected)
  })
})

test('says where it is wrong, and not more than a few times', async () => {
  expect(await faults({ properties: { 'a/b': { items: { type: 'string' } } } }, { 'a/b': ['x', 7] })).toEqual([
    '/a~1b/1',
  ])
  expect(
    await faults(
      { items: false },
      Array.from({ length: 100 }, () => 1),
    ),
  ).toHaveLength(5)
})

test.each<[string, JsonObject]>([
  ['a list for an object', { properties: [] }],
  ['a text for a list', { allOf: 'x' }],
  ['a number for a schema', { not: 7 }],
  ['a type of no name', { type: 'thing' }],
  ['a length below nothing', { minLength: -1 }],
  ['a pattern that is none', { pattern: '(' }],
  ['a number for a reference', { $ref: 7 }],
  ['in a schema that is not used', { $defs: { x: { required: 7 } } }],
])('what has another shape is no schema: %s', async (_name, schema) => {
  await expect(faults(schema, {})).rejects.toThrow(NoSchema)
})
