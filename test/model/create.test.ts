/** New documents: what is filled in, and what is refused. */
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { ParseError } from '../../src/errors.js'
import { createAchievement, createCredential, createEndorsement } from '../../src/model/create.js'
import { readModel } from '../../src/model/read.js'
import type { AchievementInput, CredentialInput, EndorsementInput } from '../../src/model/types.js'
import { shared } from '../shared.js'
import * as documents from './documents.js'

let count = 0
const defaults = {
  randomUuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  now: () => new Date('2030-01-31T09:00:00.789Z'),
}

const achievement: AchievementInput = {
  id: 'https://school.example/achievements/feedback',
  name: 'Giving Feedback',
  description: 'Gives feedback that students use.',
  criteria: { narrative: 'Three observed lessons.' },
  image: 'https://school.example/feedback.png',
  creator: { id: 'did:web:school.example', address: { addressLocality: 'Town', geo: { latitude: 1, longitude: 2 } } },
  alignment: [{ targetName: 'Feedback', targetUrl: 'https://frameworks.example/feedback' }],
  otherIdentifier: [{ identifier: 'FB', identifierType: 'sourcedId' }],
  related: [{ id: 'https://school.example/achievements/feedback-fr', inLanguage: 'fr' }],
  resultDescription: [
    {
      id: 'urn:uuid:r',
      name: 'Level',
      resultType: 'RubricCriterionLevel',
      rubricCriterionLevel: [{ name: 'Proficient' }],
    },
  ],
}

const input: CredentialInput = {
  issuer: { id: 'did:web:school.example', name: 'School' },
  credentialSubject: {
    achievement,
    identifier: [{ hashed: false, identityHash: 'me@example.org', identityType: 'emailAddress' }],
    result: [{ resultDescription: 'urn:uuid:r', value: 'x' }],
    activityEndDate: new Date('2030-01-30T00:00:00Z'),
  },
  evidence: [{ id: 'https://school.example/e' }],
  validUntil: new Date('2033-01-31T00:00:00.999Z'),
}

/** Every issue of what is refused. */
function issues(create: () => unknown): (readonly [string, string])[] {
  try {
    create()
  } catch (error) {
    if (error instanceof ParseError && error.code === 'parse.invalid')
      return error.issues.map(({ code, pointer }) => [code, pointer] as const)
    throw error
  }
  return []
}

test('createAchievement fills in types and the ids of what results name', () => {
  count = 0
  expect(createAchievement(achievement, defaults)).toEqual({
    ...achievement,
    type: ['Achievement'],
    image: { id: achievement.image, type: 'Image' },
    creator: {
      id: 'did:web:school.example',
      type: ['Profile'],
      address: {
        type: ['Address'],
        addressLocality: 'Town',
        geo: { type: 'GeoCoordinates', latitude: 1, longitude: 2 },
      },
    },
    alignment: [{ type: ['Alignment'], targetName: 'Feedback', targetUrl: 'https://frameworks.example/feedback' }],
    otherIdentifier: [{ type: 'IdentifierEntry', identifier: 'FB', identifierType: 'sourcedId' }],
    related: [{ type: ['Related'], id: 'https://school.example/achievements/feedback-fr', inLanguage: 'fr' }],
    resultDescription: [
      {
        id: 'urn:uuid:r',
        type: ['ResultDescription'],
        name: 'Level',
        resultType: 'RubricCriterionLevel',
        rubricCriterionLevel: [
          { id: 'urn:uuid:00000000-0000-4000-8000-000000000001', type: ['RubricCriterionLevel'], name: 'Proficient' },
        ],
      },
    ],
  })
})

test('createCredential adds contexts, type, id and validFrom; dates are UTC and whole seconds', () => {
  count = 0
  const badge = createCredential(input, defaults)
  expect(badge).toMatchObject({
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    validFrom: '2030-01-31T09:00:00Z',
    validUntil: '2033-01-31T00:00:00Z',
    issuer: { id: 'did:web:school.example', type: ['Profile'], name: 'School' },
    credentialSubject: {
      type: ['AchievementSubject'],
      activityEndDate: '2030-01-30T00:00:00Z',
      result: [{ type: ['Result'] }],
    },
    evidence: [{ type: ['Evidence'] }],
  })
  // What is written reads back as it is, with nothing to remark on.
  expect(readModel(JSON.parse(JSON.stringify(badge)), 'open-badge')).toEqual({
    ok: true,
    value: badge,
    notes: [],
    version: '2.0',
  })
})

test('the input is not changed, and what comes out does not share it', () => {
  const before = structuredClone(input)
  const badge = createCredential(input, defaults)
  expect(input).toEqual(before)
  expect(badge.credentialSubject.achievement).not.toBe(input.credentialSubject.achievement)
})

test('createEndorsement', () => {
  const made = createEndorsement(
    {
      issuer: 'did:web:board.example',
      name: 'Endorsed',
      credentialSubject: { id: 'urn:a', endorsementComment: 'Good.' },
    },
    defaults,
  )
  expect(made).toMatchObject({
    type: ['VerifiableCredential', 'EndorsementCredential'],
    credentialSubject: { id: 'urn:a', type: ['EndorsementSubject'], endorsementComment: 'Good.' },
  })
})

test('what is given is kept: ids, types, dates, achievements made before', () => {
  const made = createAchievement({ ...achievement, type: ['Achievement', 'https://example.org/Own'] }, defaults)
  const badge = createCredential(
    {
      ...input,
      id: 'urn:mine',
      validFrom: '2029-01-01T00:00:00+02:00',
      credentialSubject: { id: 'urn:you', achievement: made },
    },
    defaults,
  )
  expect(badge).toMatchObject({
    id: 'urn:mine',
    validFrom: '2029-01-01T00:00:00+02:00',
    credentialSubject: { achievement: made },
  })
})

test('a signed endorsement goes in byte for byte, however it was written', () => {
  const loose = {
    ...documents.endorsement,
    name: { '@value': 'Endorsed', '@language': 'en' },
    issuer: { id: 'urn:b', type: 'Profile' },
  }
  const badge = createCredential({ ...input, endorsement: [loose as never] }, defaults)
  expect(badge.endorsement).toEqual([loose])
})

describe('refused', () => {
  const unsafe = (more: object) => () => createCredential({ ...input, ...more } as CredentialInput, defaults)
  test.each<[string, () => unknown, readonly [string, string]]>([
    [
      'VCDM 1.1: issuanceDate',
      unsafe({ issuanceDate: '2030-01-31T09:00:00Z' }),
      ['parse.unknown_member', '/issuanceDate'],
    ],
    [
      'VCDM 1.1: expirationDate',
      unsafe({ expirationDate: '2030-01-31T09:00:00Z' }),
      ['parse.unknown_member', '/expirationDate'],
    ],
    ['a slip', unsafe({ validTill: '2030-01-31T09:00:00Z' }), ['parse.unknown_member', '/validTill']],
    ['a name of Object.prototype', unsafe({ constructor: 1 }), ['parse.unknown_member', '/constructor']],
    ['contexts beside extensions', unsafe({ '@context': [] }), ['parse.unknown_member', '/@context']],
    ['a proof', unsafe({ proof: {} }), ['parse.unknown_member', '/proof']],
    ['another type', unsafe({ type: ['VerifiableCredential'] }), ['parse.unknown_member', '/type']],
    ['a date without offset', unsafe({ validUntil: '2033-01-31T00:00:00' }), ['parse.no_offset', '/validUntil']],
    ['no date', unsafe({ validUntil: new Date('x') }), ['parse.not_json', '/validUntil']],
    ['dates in the wrong order', unsafe({ validUntil: new Date(0) }), ['parse.semantic', '/validUntil']],
    ['a function', unsafe({ name: () => 'x' }), ['parse.not_json', '/name']],
    [
      'a link that is none',
      unsafe({ issuer: { id: 'urn:a', url: 'www.x.example' } }),
      ['parse.semantic', '/issuer/url'],
    ],
    [
      'a term that nobody defined',
      () => createAchievement({ ...achievement, achievementType: 'Badgelet' as 'Badge' }, defaults),
      ['parse.outside_vocabulary', '/achievementType'],
    ],
    [
      'criteria that say nothing',
      () => createAchievement({ ...achievement, criteria: {} as never }, defaults),
      ['parse.semantic', '/criteria'],
    ],
    [
      'no name',
      () => createAchievement({ ...achievement, name: undefined as never }, defaults),
      ['parse.missing', '/name'],
    ],
    ['no input', () => createAchievement(undefined as never, defaults), ['parse.not_json', '']],
    ['no input', () => createCredential(null as never, defaults), ['parse.type', '']],
    ['no input', () => createEndorsement([] as never as EndorsementInput, defaults), ['parse.type', '']],
  ])('%s', (_, create, issue) => {
    expect(issues(create)).toContainEqual(issue)
  })

  test('the message names the way out', () => {
    expect(unsafe({ issuanceDate: 'x' })).toThrow('use "validFrom"')
    expect(unsafe({ validTill: 'x' })).toThrow('"extensions"')
  })
})

describe('extensions', () => {
  const own = { level: 'https://example.org/#level' }
  test('contexts come after those of the standard, members beside theirs', () => {
    const badge = createCredential(
      { ...input, extensions: { contexts: [own, 'https://example.org/context'], properties: { level: 3 } } },
      defaults,
    )
    expect(badge['@context'].slice(2)).toEqual([own, 'https://example.org/context'])
    expect(badge).toMatchObject({ level: 3 })
    expect(badge).not.toHaveProperty('extensions')
  })

  test.each<[unknown, string]>([
    [{ contexts: [own] }, '/extensions'],
    [{ properties: {} }, '/extensions'],
    ['https://example.org/context', '/extensions'],
    [{ contexts: [own, 5], properties: {} }, '/extensions/contexts/1'],
    [{ contexts: [own], properties: { validUntil: '2099-01-01T00:00:00Z' } }, '/extensions/properties/validUntil'],
    [{ contexts: [own], properties: { proof: {} } }, '/extensions/properties/proof'],
    [{ contexts: [own], properties: { issuanceDate: 'x' } }, '/extensions/properties/issuanceDate'],
  ])('%j is refused at %s', (extensions, pointer) => {
    expect(
      issues(() => createCredential({ ...input, extensions: extensions as never }, defaults)).map(([, at]) => at),
    ).toEqual([pointer])
  })
})

const schemas = [
  shared('schemas/ob/ob_v3p0_achievementcredential_schema.json'),
  shared('schemas/ob-strict/ob_v3p0_achievementcredential_schema.json-ld-variant.json'),
]
test.skipIf(schemas.includes(undefined))(
  'what is created satisfies both JSON Schemas of 1EdTech, the strict one too',
  () => {
    for (const path of schemas) {
      const ajv = new Ajv2019({ strict: false })
      formats.default(ajv)
      const root = JSON.parse(readFileSync(path as string, 'utf8'))
      const validate = ajv.compile(root)
      expect(validate(createCredential(input, defaults)), JSON.stringify(validate.errors)).toBe(true)
      expect(validate(documents.openBadge) || path !== schemas[0], JSON.stringify(validate.errors)).toBe(true)
      const endorsement = ajv.compile({ $ref: `${root.$id}#/$defs/EndorsementCredential` })
      const made = createEndorsement({ issuer: 'urn:b', name: 'n', credentialSubject: { id: 'urn:a' } }, defaults)
      expect(endorsement(made), JSON.stringify(endorsement.errors)).toBe(true)
    }
  },
)
