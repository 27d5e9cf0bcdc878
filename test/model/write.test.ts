/** What is signed: the strict form, and nothing that is signed already is touched. */
import { expect, test } from 'vitest'
import { ParseError } from '../../src/errors.js'
import type { JsonObject } from '../../src/internal/types.js'
import { writeModel } from '../../src/model/write.js'
import * as documents from './documents.js'
import { change } from './documents.js'

test('shorthands are written out', () => {
  const loose = change(
    change(documents.openBadge, 'image', 'https://x.example/i.png'),
    'credentialSubject.type',
    'AchievementSubject',
  )
  expect(writeModel(loose, 'open-badge')).toEqual(
    change(documents.openBadge, 'image', { id: 'https://x.example/i.png', type: 'Image' }),
  )
})

test('signed endorsements stay byte for byte, at every place, while what is around them is written out', () => {
  const { validFrom, ...signed } = documents.endorsement
  const older = {
    ...change(signed, '@context.0', 'https://www.w3.org/2018/credentials/v1'),
    issuanceDate: validFrom as string,
    type: ['VerifiableCredential', 'EndorsementCredential'],
  }
  const loose = {
    ...documents.endorsement,
    name: { en: 'Endorsed' },
    issuer: { ...(documents.endorsement.issuer as JsonObject), endorsement: older },
  }
  let document = change(documents.openBadge, 'endorsement', loose)
  document = change(document, 'credentialSubject.achievement.endorsement', [older, documents.endorsement])
  document = change(document, 'issuer.endorsement', [loose])
  document = change(document, 'issuer.type', 'Profile')
  const before = structuredClone(document)
  const written = writeModel(document, 'open-badge') as unknown as JsonObject
  expect(document).toEqual(before)
  expect(written).toEqual(change(change(document, 'endorsement', [loose]), 'issuer.type', ['Profile']))
})

test('a credential that has a proof is judged and stays as it is', () => {
  const signed = change(
    change(documents.openBadge, 'proof', { type: 'DataIntegrityProof' }),
    'evidence',
    'https://x.example/e',
  )
  expect(writeModel(signed, 'open-badge')).toBe(signed)
  expect(() => writeModel(change(signed, 'id', 'x'), 'open-badge')).toThrow(ParseError)
})

test('the message names the first issues and counts the others', () => {
  const bad = ['id', 'name', 'description', 'image', 'validFrom'].reduce(
    (document, name) => change(document, name, 5),
    documents.openBadge,
  )
  expect(() => writeModel(bad, 'open-badge')).toThrow(/^not an Open Badge: \/id: .*\/.*; and 2 more$/)
})
