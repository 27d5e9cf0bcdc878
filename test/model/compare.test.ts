/** Open Badges 3.0, "Credential equality and comparison algorithm". */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.js'
import { isSameCredential, newerCredential } from '../../src/model/compare.js'
import { parseCredential, parseVerifiableCredential } from '../../src/model/parse.js'
import { shared } from '../shared.js'
import * as documents from './documents.js'
import { change } from './documents.js'

const credential = (changes: Readonly<Record<string, unknown>> = {}) =>
  parseVerifiableCredential(
    Object.entries(changes).reduce((document, [path, value]) => change(document, path, value), documents.credential),
  )

describe('same', () => {
  test.each([
    [{}, {}, true],
    [{ issuer: 'did:example:issuer' }, { issuer: { id: 'did:example:issuer', name: 'Other name' } }, true],
    [{ id: 'https://x.example/a%62c' }, { id: 'https://x.example/abc' }, true],
    [{ id: 'https://x.example/%C3%A9' }, { id: 'https://x.example/é ' }, true],
    [{ id: 'https://x.example/%ff' }, { id: 'https://x.example/%FF' }, true],
    [{ id: 'urn:a' }, { id: 'urn:b' }, false],
    [{ id: 'urn:a' }, { id: 'urn:A' }, false],
    [{ issuer: 'urn:a' }, { issuer: 'urn:b' }, false],
    [{ id: undefined }, { id: undefined }, false],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(isSameCredential(credential(a), credential(b))).toBe(expected)
    expect(isSameCredential(credential(b), credential(a))).toBe(expected)
  })
})

describe('newer', () => {
  const early = credential({ validFrom: '2030-01-01T00:00:00Z' })
  const late = credential({ validFrom: '2029-12-31T23:30:00-01:00' })
  const undated = credential({ validFrom: undefined })

  test('by the moment of validFrom, not by its text', () => {
    expect(newerCredential(early, late)).toBe(late)
    expect(newerCredential(late, early)).toBe(late)
    expect(newerCredential(undated, early)).toBe(early)
  })

  test('the first where they are alike', () => {
    const again = credential({ validFrom: '2030-01-01T01:00:00+01:00' })
    expect(newerCredential(early, again)).toBe(early)
    expect(newerCredential(again, early)).toBe(again)
  })

  test('of two that are not the same there is none', () => {
    expect(() => newerCredential(early, credential({ id: 'urn:other' }))).toThrow(UsageError)
  })
})

const folder = shared('corpus/cases/1edtech-spec/examples/')
test.skipIf(!folder)('the examples of the specification: A is B, and C replaces D', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) =>
    parseCredential(
      JSON.parse(readFileSync(`${folder}equality-and-comparison-sample-credential-${letter}.json`, 'utf8')),
    ),
  ) as [never, never, never, never]
  expect(isSameCredential(a, b)).toBe(true)
  expect(newerCredential(a, b)).toBe(a)
  expect(newerCredential(c, d)).toBe(c)
  expect(newerCredential(d, c)).toBe(c)
})
