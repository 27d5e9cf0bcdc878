/** Rules between members: notes where badges are read, refusals where they are written. */
import { describe, expect, test } from 'vitest'
import { ParseError } from '../../src/errors.js'
import type { JsonObject } from '../../src/internal/types.js'
import { readModel } from '../../src/model/read.js'
import { writeModel } from '../../src/model/write.js'
import * as documents from './documents.js'
import { change } from './documents.js'

const achievement = 'credentialSubject.achievement'
const rubric = `${achievement}.resultDescription.0`
const score = `${achievement}.resultDescription.1`
const level = { id: 'urn:uuid:level-1', type: ['RubricCriterionLevel'], name: 'One' }

test('the full document breaks none', () => {
  expect(writeModel(documents.openBadge, 'open-badge')).toBe(documents.openBadge)
})

describe.each<[string, string, unknown, string]>([
  ['validUntil is not before validFrom', 'validUntil', '2030-01-31T08:59:59Z', '/validUntil'],
  ['offsets count', 'validUntil', '2030-01-31T09:30:00+01:00', '/validUntil'],
  ['criteria have an id or a narrative', `${achievement}.criteria`, {}, '/credentialSubject/achievement/criteria'],
  [
    'a result names a description of its achievement',
    'credentialSubject.result.0.resultDescription',
    'urn:uuid:other',
    '/credentialSubject/result/0/resultDescription',
  ],
  [
    'a level is one of its description',
    'credentialSubject.result.0.achievedLevel',
    'urn:uuid:level-4',
    '/credentialSubject/result/0/achievedLevel',
  ],
  [
    'a level needs a description',
    'credentialSubject.result.0.resultDescription',
    undefined,
    '/credentialSubject/result/0/achievedLevel',
  ],
  [
    'the description of another result does not count',
    'credentialSubject.result.0.resultDescription',
    'urn:uuid:score',
    '/credentialSubject/result/0/achievedLevel',
  ],
  ['a value is at least valueMin', 'credentialSubject.result.1.value', '-1', '/credentialSubject/result/1/value'],
  ['a value is at most valueMax', 'credentialSubject.result.1.value', '100.5', '/credentialSubject/result/1/value'],
  ['a value is one of allowedValue', 'credentialSubject.result.2.value', 'D', '/credentialSubject/result/2/value'],
  [
    'a result of type Status has a status',
    'credentialSubject.result.3.status',
    undefined,
    '/credentialSubject/result/3',
  ],
  [
    'the required level is one of the rubric',
    `${rubric}.requiredLevel`,
    'urn:uuid:level-4',
    '/credentialSubject/achievement/resultDescription/0/requiredLevel',
  ],
  [
    'the required value is within the range',
    `${score}.requiredValue`,
    '170',
    '/credentialSubject/achievement/resultDescription/1/requiredValue',
  ],
  [
    'valueMin is not above valueMax',
    `${score}.valueMin`,
    '101',
    '/credentialSubject/achievement/resultDescription/1/valueMin',
  ],
  [
    'levels have ids of their own',
    `${rubric}.rubricCriterionLevel.1`,
    level,
    '/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/1/id',
  ],
  [
    'descriptions have ids of their own',
    `${score}.id`,
    'urn:uuid:rubric',
    '/credentialSubject/achievement/resultDescription/1/id',
  ],
  [
    'a hashed identity is a hash',
    'credentialSubject.identifier.0.identityHash',
    'me@example.org',
    '/credentialSubject/identifier/0/identityHash',
  ],
])('%s', (_, path, value, pointer) => {
  const document = change(documents.openBadge, path, value)

  test('reading notes it', () => {
    const reading = readModel(document, 'open-badge')
    expect(reading.ok && reading.notes.map((note) => [note.code, note.pointer])).toContainEqual([
      'schema.semantic',
      pointer,
    ])
  })

  test('writing refuses it', () => {
    const error = refusal(document)
    expect(error.issues.map((issue) => [issue.code, issue.pointer])).toContainEqual(['parse.semantic', pointer])
  })
})

function refusal(document: JsonObject): ParseError {
  try {
    writeModel(document, 'open-badge')
  } catch (error) {
    if (error instanceof ParseError) return error
    throw error
  }
  throw new Error('it was written')
}

test('a recipient has an id or an identifier', () => {
  const document = change(
    change(documents.openBadge, 'credentialSubject.id', undefined),
    'credentialSubject.identifier',
    [],
  )
  expect(refusal(document).issues.map(({ pointer }) => pointer)).toEqual(['/credentialSubject'])
})

test('what cannot be compared is not judged: letters in a range without numbers, a hash in clear', () => {
  for (const [path, value] of [
    [
      score,
      {
        id: 'urn:uuid:score',
        type: ['ResultDescription'],
        name: 'Grade',
        resultType: 'LetterGrade',
        valueMin: 'F',
        valueMax: 'A',
      },
    ],
    [
      'credentialSubject.identifier.0',
      { type: 'IdentityObject', hashed: false, identityHash: 'me', identityType: 'name', salt: 'not-used' },
    ],
  ] as const)
    expect(() => writeModel(change(documents.openBadge, path, value), 'open-badge')).not.toThrow()
})
