/** VCDM 1.1 documents under VCDM 2.0 names. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/internal/types.js'
import { readModel } from '../../src/model/read.js'
import * as documents from './documents.js'
import { change } from './documents.js'

const VC_V1 = 'https://www.w3.org/2018/credentials/v1'

/** The document as VCDM 1.1 would have it. */
function older(document: JsonObject): JsonObject {
  const { validFrom, validUntil, ...others } = change(document, '@context.0', VC_V1)
  return {
    ...others,
    ...(validFrom === undefined ? {} : { issuanceDate: validFrom }),
    ...(validUntil === undefined ? {} : { expirationDate: validUntil }),
  }
}

function view(document: JsonObject) {
  const reading = readModel(document, 'open-badge')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading
}

test('a 1.1 badge reads as the 2.0 badge it would be', () => {
  const reading = view(older(documents.openBadge))
  expect(reading.value).toEqual(documents.openBadge)
  expect(reading.version).toBe('1.1')
  expect(reading.notes.map(({ code, pointer }) => [code, pointer])).toEqual([['schema.older_context', '/@context/0']])
})

test('an endorsement inside is upgraded by its own context', () => {
  expect(view(change(documents.openBadge, 'endorsement.0', older(documents.endorsement))).value).toEqual(
    documents.openBadge,
  )
})

test('pointers say the names that stand there', () => {
  const reading = readModel(change(older(documents.openBadge), 'expirationDate', 'soon'), 'open-badge')
  expect(reading.ok ? [] : reading.issues.map(({ pointer, message }) => [pointer, message.split(' ')[0]])).toEqual([
    ['/expirationDate', '"expirationDate"'],
  ])
})

describe('the 1.1 context defines both names: the stricter counts', () => {
  const [early, late] = ['2030-01-01T00:00:00Z', '2032-01-01T00:00:00Z']
  test.each([
    ['issuanceDate', 'validFrom', early, late, late],
    ['issuanceDate', 'validFrom', late, early, late],
    ['expirationDate', 'validUntil', early, late, early],
    ['expirationDate', 'validUntil', late, early, early],
  ] as const)('%s and %s: %s, %s', (from, to, older1, newer, expected) => {
    const base = change(change(older(documents.openBadge), 'issuanceDate', early), 'expirationDate', late)
    const document = { ...base, [from]: older1, [to]: newer }
    const { value } = view(document)
    expect(value[to]).toBe(expected)
    expect(from in value).toBe(false)
  })

  test('what is no date is refused under either name', () => {
    const document = older(documents.openBadge)
    for (const [name, value] of [
      ['validUntil', 'never'],
      ['expirationDate', 5],
    ] as const) {
      const reading = readModel({ ...document, validUntil: '2033-01-01T00:00:00Z', [name]: value }, 'open-badge')
      expect(reading.ok).toBe(false)
    }
  })
})

test('under the 2.0 context the 1.1 names are not renamed', () => {
  const reading = readModel({ ...documents.openBadge, expirationDate: '2030-02-01T00:00:00Z' }, 'open-badge')
  expect(reading.ok && reading.value.validUntil).toBe(documents.openBadge.validUntil)
})

test('a 1.1 presentation, its credentials by their own contexts', () => {
  const presentation = change(documents.presentation, '@context', VC_V1)
  const reading = readModel(change(presentation, 'verifiableCredential', [older(documents.credential)]), 'presentation')
  expect(reading.ok && reading.value.verifiableCredential).toEqual([documents.credential])
  expect(reading.ok && reading.version).toBe('1.1')
})
