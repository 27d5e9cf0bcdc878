/** What is read besides the strict form, and what is said about it. */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/internal/types.js'
import type { ModelKind } from '../../src/model/kinds.js'
import { readModel } from '../../src/model/read.js'
import * as documents from './documents.js'
import { change, OF_KINDS } from './documents.js'

function read(document: Json, kind: ModelKind = 'open-badge') {
  const reading = readModel(document, kind)
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return {
    value: reading.value as unknown as JsonObject,
    notes: reading.notes.map(({ code, pointer }) => [code, pointer]),
  }
}

function issues(document: Json, kind: ModelKind = 'open-badge') {
  const reading = readModel(document, kind)
  return reading.ok ? [] : reading.issues.map(({ code, pointer }) => [code, pointer])
}

describe('the strict form', () => {
  test.each(OF_KINDS)('%s: comes back as the same object, without a note', (kind, document) => {
    expect(readModel(document, kind)).toEqual({ ok: true, value: document, notes: [], version: '2.0' })
    expect(read(document, kind).value).toBe(document)
  })
})

describe('shorthands', () => {
  const value = { '@value': 'Giving Feedback', '@language': 'en' }
  test.each<[string, unknown, unknown, string]>([
    // What is given at a place, what is read, where the note is.
    ['type', ['VerifiableCredential', 'OpenBadgeCredential'], ['VerifiableCredential', 'OpenBadgeCredential'], ''],
    ['issuer.type', 'Profile', ['Profile'], '/issuer/type'],
    ['credentialSubject.achievement.tag', 'feedback', ['feedback'], '/credentialSubject/achievement/tag'],
    ['evidence', { type: ['Evidence'] }, [{ type: ['Evidence'] }], '/evidence'],
    ['image', 'https://x.example/i.png', { id: 'https://x.example/i.png', type: 'Image' }, '/image'],
    [
      'credentialSubject.achievement.criteria',
      'https://x.example/c',
      { id: 'https://x.example/c' },
      '/credentialSubject/achievement/criteria',
    ],
    [
      'credentialSubject.source',
      'https://x.example/s',
      { id: 'https://x.example/s', type: ['Profile'] },
      '/credentialSubject/source',
    ],
    ['issuer.parentOrg', 'https://x.example/p', { id: 'https://x.example/p', type: ['Profile'] }, '/issuer/parentOrg'],
    ['name', value, 'Giving Feedback', '/name'],
    ['name', [value, { '@value': 'Retour' }], 'Retour', '/name'],
    ['name', { fr: 'Retour', 'en-GB': 'Feedback' }, 'Feedback', '/name'],
    ['credentialStatus.type', ['BitstringStatusListEntry'], 'BitstringStatusListEntry', '/credentialStatus/type'],
  ])('%s: %j', (path, given, expected, note) => {
    const { value, notes } = read(change(documents.openBadge, path, given))
    expect(value).toEqual(change(documents.openBadge, path, expected))
    expect(notes).toEqual(note === '' ? [] : [['schema.shorthand', note]])
  })

  test('a string in an array of objects is two shorthands', () => {
    const { value, notes } = read(change(documents.openBadge, 'evidence', 'https://x.example/e'))
    expect(value.evidence).toEqual([{ id: 'https://x.example/e', type: ['Evidence'] }])
    expect(notes).toEqual([
      ['schema.shorthand', '/evidence'],
      ['schema.shorthand', '/evidence'],
    ])
  })

  test('pointers lead into the document as it was given, not into the strict form', () => {
    const alignment = { type: 'Alignment', targetName: 5, targetUrl: 'x' }
    const document = change(documents.openBadge, 'credentialSubject.achievement.alignment', alignment)
    expect(issues(document)).toEqual([['parse.type', '/credentialSubject/achievement/alignment/targetName']])
    expect(issues(change(documents.openBadge, 'image', 'no scheme'))).toEqual([['parse.value', '/image']])
    expect(issues(change(documents.openBadge, 'evidence', 'no scheme'))).toEqual([['parse.value', '/evidence']])
  })

  test('a "creator" is no shorthand: the context gives it no type @id', () => {
    const document = change(documents.openBadge, 'credentialSubject.achievement.creator', 'https://x.example/')
    expect(issues(document)).toEqual([['parse.type', '/credentialSubject/achievement/creator']])
  })

  test.each([
    [{ '@value': 1 }],
    [{ '@value': 'a', '@type': 'x' }],
    [{ '@value': 'a', '@direction': 'up' }],
    [{ english: 'a' }],
    [{ en: 1 }],
    [{}],
    [[]],
    [[{ '@value': 'a' }, 'b']],
    [null],
    [7],
  ])('%j is no text', (name) => {
    expect(issues(change(documents.openBadge, 'name', name))).toEqual([['parse.type', '/name']])
  })
})

describe('remarks', () => {
  const achievement = 'credentialSubject.achievement'
  test.each<[string, unknown, string, string]>([
    [
      `${achievement}.achievementType`,
      'Badgelet',
      'schema.outside_vocabulary',
      `/${achievement.replace('.', '/')}/achievementType`,
    ],
    [
      'issuer.otherIdentifier.0.identifierType',
      'guess',
      'schema.outside_vocabulary',
      '/issuer/otherIdentifier/0/identifierType',
    ],
    ['issuer.url', 'www.school.example', 'schema.semantic', '/issuer/url'],
  ])('%s: %j', (path, given, code, pointer) => {
    const { value, notes } = read(change(documents.openBadge, path, given))
    expect(value).toEqual(change(documents.openBadge, path, given))
    expect(notes).toEqual([[code, pointer]])
  })

  test('"ext:" terms are of the vocabulary', () => {
    expect(read(change(documents.openBadge, `${achievement}.achievementType`, 'ext:Badgelet')).notes).toEqual([])
  })

  test('a date without offset is read as it is; the validity check notes it', () => {
    const { value, notes } = read(change(documents.openBadge, 'validFrom', '2030-01-31T09:00:00'))
    expect(value.validFrom).toBe('2030-01-31T09:00:00')
    expect(notes).toEqual([])
  })

  test('earlier contexts of Open Badges 3.0', () => {
    const document = change(
      documents.openBadge,
      '@context.1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
    )
    expect(read(document).notes).toEqual([['schema.older_context', '/@context/1']])
  })
})

describe('one or several', () => {
  test('status entries and proofs are kept as they are', () => {
    const entry = documents.openBadge.credentialStatus as JsonObject
    for (const several of [entry, [entry, entry]]) {
      expect(read(change(documents.openBadge, 'credentialStatus', several)).value.credentialStatus).toEqual(several)
      expect(issues(change(documents.openBadge, 'credentialStatus', [several, 5].flat()))).toEqual([
        ['parse.type', `/credentialStatus/${[several].flat().length}`],
      ])
    }
  })

  test('a badge has one subject, a credential any number', () => {
    const subject = documents.openBadge.credentialSubject as Json
    expect(issues(change(documents.openBadge, 'credentialSubject', [subject]))).toEqual([
      ['parse.type', '/credentialSubject'],
    ])
    expect(issues(change(documents.credential, 'credentialSubject', [{ id: 'urn:a' }, {}]), 'credential')).toEqual([
      ['parse.value', '/credentialSubject/1'],
    ])
  })

  // VCDM 2.0 section 4.8. JSON-LD drops null and what is in an empty array: nothing is said there either.
  test.each<[unknown, string]>([
    [[], '/credentialSubject'],
    [{}, '/credentialSubject'],
    [[{}], '/credentialSubject/0'],
    [[[]], '/credentialSubject/0'],
    [[null], '/credentialSubject/0'],
    [{ role: null }, '/credentialSubject'],
    [{ role: [] }, '/credentialSubject'],
    [{ role: [null, null] }, '/credentialSubject'],
    [[{ id: 'urn:a' }, { role: [] }], '/credentialSubject/1'],
  ])('a subject of which nothing is said is refused: %j', (subject, place) => {
    const found = issues(change(documents.credential, 'credentialSubject', subject), 'credential')
    expect(found.map(([, at]) => at)).toEqual([place])
  })

  test('one claim is enough', () => {
    for (const subject of [[{ id: 'urn:a' }], { role: 0 }, { role: [''] }, { role: false }])
      expect(issues(change(documents.credential, 'credentialSubject', subject), 'credential')).toEqual([])
  })
})

describe('structure', () => {
  test.each<[string, unknown, string, string]>([
    ['id', undefined, 'parse.missing', '/id'],
    ['id', 'badge 1', 'parse.value', '/id'],
    ['type', ['VerifiableCredential'], 'parse.value', '/type'],
    ['type', ['OpenBadgeCredential'], 'parse.value', '/type'],
    ['validFrom', undefined, 'parse.missing', '/validFrom'],
    ['validFrom', 'yesterday', 'parse.value', '/validFrom'],
    ['validUntil', '2030-02-30T00:00:00Z', 'parse.value', '/validUntil'],
    ['issuer', 'School', 'parse.value', '/issuer'],
    ['issuer', { id: 'did:web:x' }, 'parse.missing', '/issuer/type'],
    ['@context', ['https://www.w3.org/ns/credentials/v2'], 'parse.missing', '/@context/1'],
    ['@context.0', 'https://example.org/', 'parse.value', '/@context/0'],
    ['@context.1', 'https://w3id.org/security/data-integrity/v2', 'parse.value', '/@context/1'],
    ['image.size', 'big', 'parse.unknown_member', '/image/size'],
    [
      'credentialSubject.identifier.0.identityType',
      undefined,
      'parse.missing',
      '/credentialSubject/identifier/0/identityType',
    ],
    ['credentialSubject.achievement.inLanguage', 'english', 'parse.value', '/credentialSubject/achievement/inLanguage'],
    ['credentialSubject.result.3.status', 'Done', 'parse.value', '/credentialSubject/result/3/status'],
    ['endorsement.0.name', undefined, 'parse.missing', '/endorsement/0/name'],
    ['endorsementJwt.0', 'not.a jws', 'parse.value', '/endorsementJwt/0'],
    ['credentialSchema.0.id', undefined, 'parse.missing', '/credentialSchema/0/id'],
    ['refreshService.id', undefined, 'parse.missing', '/refreshService/id'],
    ['evidence', null, 'parse.type', '/evidence'],
  ])('%s: %j is %s', (path, given, code, pointer) => {
    expect(issues(change(documents.openBadge, path, given))).toContainEqual([code, pointer])
  })

  test('relatedResource: a digest, and one entry for each id (VCDM 2.0 section 5.3)', () => {
    expect(issues(change(documents.credential, 'relatedResource', [{ id: 'urn:a' }]), 'credential')).toEqual([
      ['parse.value', '/relatedResource/0'],
    ])
    const twice = [1, 2].map(() => ({ id: 'urn:a', digestSRI: 'x' }))
    expect(issues(change(documents.credential, 'relatedResource', twice), 'credential')).toEqual([
      ['parse.value', '/relatedResource'],
    ])
  })

  test('what is presented is told apart: embedded, enveloped, JWT', () => {
    const at = (presented: unknown) =>
      issues(change(documents.presentation, 'verifiableCredential', presented), 'presentation')
    expect(
      at([{ ...documents.credential, issuer: undefined }].map((each) => JSON.parse(JSON.stringify(each)))),
    ).toEqual([['parse.missing', '/verifiableCredential/0/issuer']])
    const envelope = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: 'EnvelopedVerifiableCredential',
      id: 'https://x',
    }
    expect(at(envelope)).toEqual([['parse.value', '/verifiableCredential/id']])
    expect(at(['no jws'])).toEqual([['parse.value', '/verifiableCredential/0']])
    expect(read(change(documents.presentation, 'verifiableCredential', ['a.b.c']), 'presentation').notes).toEqual([
      ['schema.semantic', '/verifiableCredential/0'],
    ])
  })

  test('messages name the member, what stands there, and the way out', () => {
    const messageOf = (document: JsonObject) => {
      const reading = readModel(document, 'open-badge')
      return reading.ok ? '' : reading.issues[0]?.message
    }
    expect(messageOf(change(documents.openBadge, 'name', 5))).toBe(
      '"name" must be a text (a JSON string), not a number',
    )
    expect(messageOf(change(documents.openBadge, 'image.size', 1))).toBe(
      '"size" is no member of Image: use id, type, caption',
    )
    const older = change(change(documents.openBadge, 'validFrom', undefined), 'issuanceDate', '2030-01-31T09:00:00Z')
    expect(messageOf(older)).toContain('"issuanceDate" is its name in an older standard')
    expect(messageOf(change(documents.openBadge, '@context.0', 'x'))).toContain(
      '"@context[0]" must be "https://www.w3.org/ns/credentials/v2"',
    )
  })
})

describe('hostile input', () => {
  const kinds: readonly ModelKind[] = [
    'open-badge',
    'endorsement',
    'credential',
    'presentation',
    'profile',
    'achievement',
  ]

  test.each<[Json]>([
    [null],
    [true],
    [0],
    [''],
    ['text'],
    [[]],
    [[null]],
    [{}],
    [{ type: null }],
    [{ '@context': null, type: {} }],
  ])('%j is refused by every kind and never throws', (document) => {
    for (const kind of kinds) expect(issues(document, kind).length).toBeGreaterThan(0)
  })

  test('members named like those of Object.prototype are members like others', () => {
    const names = '{"__proto__":{"id":"urn:evil"},"constructor":1,"toString":"x","hasOwnProperty":null}'
    const text = JSON.stringify(documents.openBadge).replace(
      '"id":"https://school.example/achievements/feedback","type"',
      `"id":"urn:a","extra":${names},"type"`,
    )
    const document = JSON.parse(
      text.replace(/^\{/, `{"__proto__":{"validUntil":"2031-01-01T00:00:00Z"},`),
    ) as JsonObject
    const { value } = read(document)
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(value).toBe(document)
    expect(JSON.stringify(read({ ...change(document, 'name', { en: 'x' }) }).value)).toContain('"toString":"x"')
    // A closed class has none of them.
    const image = JSON.parse('{"id":"urn:a","type":"Image","__proto__":{}}')
    expect(issues({ ...documents.openBadge, image })).toEqual([['parse.unknown_member', '/image/__proto__']])
  })

  test('classes that contain themselves end with an issue, not with the stack', () => {
    let profile: JsonObject = { id: 'urn:a', type: ['Profile'] }
    for (let depth = 0; depth < 5000; depth++) profile = { id: 'urn:a', type: 'Profile', parentOrg: profile }
    const found = issues(profile, 'profile')
    expect(found).toHaveLength(1)
    expect(found[0]?.[0]).toBe('parse.too_deep')
  })

  test('many mistakes are all named', () => {
    const tag = Array.from({ length: 20_000 }, () => 5)
    expect(issues(change(documents.openBadge, 'credentialSubject.achievement.tag', tag))).toHaveLength(20_000)
  })
})
