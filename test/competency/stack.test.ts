// The JSON form of stacks and frameworks: what is read, and that schemas/competency-stack.json judges the same.
// UPDATE_SCHEMAS=1 npx vitest run test/competency/stack writes the schema anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parseFramework } from '../../src/competency/framework.js'
import { parseStack } from '../../src/competency/stack.js'
import { competencyStackSchema } from '../../src/competency/stack-schema.js'
import { ParseError } from '../../src/errors.js'
import type { JsonObject } from '../../src/internal/types.js'
import { mutate, randomFrom } from '../model/sample.js'

const file = fileURLToPath(new URL('../../schemas/competency-stack.json', import.meta.url))
const text = `${JSON.stringify(competencyStackSchema, undefined, 2)}\n`
if (process.env.UPDATE_SCHEMAS) writeFileSync(file, text)

const full: JsonObject = {
  $schema: 'https://schemas.example/competency-stack.json',
  id: 'https://school.example/stacks/leader',
  name: 'Leader',
  role: 'school leader',
  version: '2',
  extends: ['https://school.example/stacks/teacher@1'],
  requirements: [
    {
      id: 'feedback',
      competency: 'https://f.example/feedback',
      level: 'https://f.example/levels/2',
      evidence: true,
      maxAgeMonths: 36,
      issuers: ['did:web:school.example'],
      endorsedBy: 'independent',
      matches: 'narrow',
      predictable: { confirmed: 0.9, confidence: 0.95 },
      context: {
        educationLevel: ['Grade 4'],
        subject: ['Music'],
        language: ['es'],
        schoolModel: ['flex'],
        notSaid: 'refused',
      },
    },
    { id: 'all', allOf: [{ id: 'a', competency: 'urn:x:a', endorsedBy: ['urn:x:third'] }] },
    {
      id: 'any',
      anyOf: [
        { id: 'b', competency: 'urn:x:b' },
        { id: 'c', competency: 'urn:x:c' },
      ],
      atLeast: 1,
      distinct: true,
    },
  ],
}

test('the file in schemas/ is what the code says today', () => {
  expect(readFileSync(file, 'utf8')).toBe(text)
})
test('a full stack is read as it is', () => {
  const { $schema, ...stack } = full
  expect(parseStack(full)).toEqual(stack)
})
test('the schema and parseStack judge alike, over 3000 changes of a full stack', () => {
  const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(JSON.parse(text))
  expect(validate(full), JSON.stringify(validate.errors)).toBe(true)
  const random = randomFrom(20300131)
  const counts = { accepted: 0, refused: 0 }
  for (let index = 0; index < 3000; index++) {
    const changed = mutate(full, random)
    let issues: readonly string[] = []
    try {
      parseStack(changed)
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      // JSON Schema cannot count or compare.
      issues = error.issues
        .filter(({ message }) => !/has the id of the one at|whole number from 1 to \d$/.test(message))
        .map(({ message }) => message)
      if (issues.length === 0) continue
    }
    counts[issues.length === 0 ? 'accepted' : 'refused']++
    if (validate(changed) !== (issues.length === 0))
      expect.fail(`${JSON.stringify(changed)}\n${issues.join('\n')}\n${JSON.stringify(validate.errors)}`)
  }
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(100)
})

describe('what is wrong is named', () => {
  const withRequirement = (requirement: object) => ({ ...full, requirements: [requirement] })
  test.each<[string, unknown, string]>([
    [
      'a mistyped member',
      withRequirement({ id: 'feedback', competency: 'urn:x:a', maxAgeMonth: 3 }),
      'requirement "feedback" has no member "maxAgeMonth": use id, competency, level',
    ],
    [
      'two kinds at once',
      withRequirement({ id: 'x', competency: 'urn:x:a', allOf: [] }),
      'requirement "x" needs exactly one of "competency", "allOf", "anyOf"',
    ],
    [
      'more than there are',
      withRequirement({ id: 'x', anyOf: [{ id: 'y', competency: 'urn:x:a' }], atLeast: 2 }),
      'requirement "x" "atLeast" must be a whole number from 1 to 1',
    ],
    ['nothing to choose from', withRequirement({ id: 'x', anyOf: [], atLeast: 1 }), 'requirement "x" "anyOf" is empty'],
    [
      'an id twice',
      {
        ...full,
        requirements: [
          { id: 'x', competency: 'urn:x:a' },
          { id: 'x', competency: 'urn:x:b' },
        ],
      },
      'requirement "x" has the id of the one at /requirements/0',
    ],
    ['no issuer at all', withRequirement({ id: 'x', competency: 'urn:x:a', issuers: [] }), 'nobody could fit'],
    ['no requirements', { id: 'urn:x:s', name: 'S', requirements: [] }, 'everybody would fit'],
    [
      'a name for a URI',
      withRequirement({ id: 'x', competency: 'Feedback' }),
      'requirement "x" "competency" must be an absolute URI',
    ],
    ['a list', [], 'the stack must be an object'],
    ['a text', '{}', 'use JSON.parse'],
  ])('%s', (_, value, message) => {
    expect(() => parseStack(value)).toThrow(ParseError)
    expect(() => parseStack(value)).toThrow(message)
  })
  test('requirements nested without end', () => {
    let requirement: object = { id: 'leaf', competency: 'urn:x:a' }
    for (let n = 0; n < 30; n++) requirement = { id: `${n}`, allOf: [requirement] }
    expect(() => parseStack(withRequirement(requirement))).toThrow(ParseError)
  })
  test.each<[string, object, string]>([
    ['no competencies', { id: 'urn:x:f', name: 'F' }, 'the framework "competencies" is missing'],
    [
      'a level without a name',
      { id: 'urn:x:f', name: 'F', competencies: [{ id: 'urn:x:1', name: 'One', levels: [{ id: 'urn:x:l' }] }] },
      'a level of competency "One" "name" is missing',
    ],
    [
      'points that are none',
      {
        id: 'urn:x:f',
        name: 'F',
        competencies: [{ id: 'urn:x:1', name: 'One', levels: [{ id: 'urn:x:l', name: 'L', points: '3' }] }],
      },
      '"points" must be a number',
    ],
    [
      'a part that is no URI',
      { id: 'urn:x:f', name: 'F', competencies: [{ id: 'urn:x:1', name: 'One', parts: ['two'] }] },
      '"parts[0]" must be an absolute URI',
    ],
    [
      'an unknown member',
      { id: 'urn:x:f', name: 'F', competencies: [{ id: 'urn:x:1', name: 'One', level: [] }] },
      'competency "One" has no member "level"',
    ],
  ])('a framework with %s', (_, value, message) => {
    expect(() => parseFramework(value)).toThrow(message)
  })
})
