/** Upgrading from Open Badges 2.0. Names of members: Open Badges 2.0 specification, sections Assertion, BadgeClass, Profile. */
import { describe, expect, test } from 'vitest'
import { crc32 } from '../../src/bake/crc32.js'
import {
  bakeImage,
  createSigner,
  explain,
  generateKey,
  signCredential,
  unbakeAssertion,
  unbakeImage,
  upgradeAssertion,
  verifyCredential,
} from '../../src/entries/index.js'
import { concatBytes, encodeUtf8 } from '../../src/internal/bytes.js'
import { credential, png } from '../bake/samples.js'

const signer = await createSigner({ key: await generateKey() })
const context = 'https://w3id.org/openbadges/v2'
const issuer = {
  '@context': context,
  id: signer.verificationMethod.split('#')[0],
  type: 'Profile',
  name: 'Example School',
  url: 'https://school.example',
  telephone: '+1 555 0100',
  email: 'badges@school.example',
  revocationList: 'https://school.example/revoked',
}
const badgeClass = {
  '@context': context,
  id: 'https://school.example/badges/1',
  type: 'BadgeClass',
  name: 'Giving Feedback',
  description: 'Feedback that helps.',
  image: { id: 'https://school.example/1.png', caption: 'A bubble', author: 'https://school.example/ada' },
  criteria: 'https://school.example/criteria/1',
  issuer: issuer.id,
  alignment: [
    { targetName: 'Feedback', targetUrl: 'https://frame.example/7', targetCode: '7', educationalFramework: 'x' },
  ],
  tags: ['feedback', 'coaching'],
}
const assertion = {
  '@context': context,
  id: 'https://school.example/assertions/1',
  type: 'Assertion',
  recipient: {
    type: 'email',
    hashed: true,
    salt: 'deadsea',
    identity: 'sha256$6ed8ee4f2ad5a3b47b0b5a04c6e5ef86b4d2a7e13b13ed6ffb1bff6b4e8bb5d2',
  },
  badge: badgeClass.id,
  verification: { type: 'hosted' },
  issuedOn: '2016-12-31T23:59:59+00:00',
  expires: '2099-06-30',
  evidence: ['https://school.example/evidence/1', { id: 'https://school.example/evidence/2', narrative: 'Seen.' }],
  narrative: 'In May.',
  'ext:rank': 7,
}

describe('upgradeAssertion', () => {
  test('a credential that signs and verifies, and what was lost, each with its place', async () => {
    const { credential, lost } = upgradeAssertion(assertion, badgeClass, issuer)
    expect(credential).toMatchObject({
      name: 'Giving Feedback',
      validFrom: '2016-12-31T23:59:59Z',
      awardedDate: '2016-12-31T23:59:59Z',
      validUntil: '2099-06-30T00:00:00Z',
      issuer: { id: issuer.id, name: 'Example School', phone: '+1 555 0100' },
      evidence: [{ id: 'https://school.example/evidence/1' }, { narrative: 'Seen.' }],
      credentialSubject: {
        narrative: 'In May.',
        identifier: [{ identityHash: assertion.recipient.identity, identityType: 'emailAddress', salt: 'deadsea' }],
        achievement: {
          id: badgeClass.id,
          criteria: { id: badgeClass.criteria },
          image: { id: 'https://school.example/1.png', caption: 'A bubble' },
          tag: ['feedback', 'coaching'],
          alignment: [{ targetCode: '7' }],
        },
      },
    })
    expect(lost.map(({ document, pointer }) => `${document}${pointer}`).sort()).toEqual([
      'assertion/expires',
      'assertion/ext:rank',
      'assertion/id',
      'assertion/verification',
      'badgeClass/alignment/0/educationalFramework',
      'badgeClass/image/author',
      'issuer/revocationList',
    ])
    const badge = await signCredential(credential, { signer })
    expect((await verifyCredential(badge, { trustedIssuers: [String(issuer.id)] })).outcome).toBe('valid')
  })
  test('a revoked assertion, a badge class of another, a URL where a document belongs', () => {
    expect(() => upgradeAssertion({ ...assertion, revoked: true }, badgeClass, issuer)).toThrow(
      expect.objectContaining({ code: 'usage.revoked_assertion' }),
    )
    expect(() => upgradeAssertion(assertion, { ...badgeClass, id: 'https://school.example/badges/2' }, issuer)).toThrow(
      expect.objectContaining({ code: 'usage.invalid_assertion' }),
    )
    expect(() => upgradeAssertion(assertion, badgeClass, 'https://school.example' as never)).toThrow(
      expect.objectContaining({ code: 'usage.invalid_assertion' }),
    )
  })
})

/** What public reports found of badges of 2012 to 2018, each with more of its kind. */
describe('upgradeAssertion: as badges were written', () => {
  const upgraded = (changed: { assertion?: object; badgeClass?: object; issuer?: object }) => {
    const { credential, lost } = upgradeAssertion(
      { ...assertion, ...changed.assertion },
      { ...badgeClass, ...changed.badgeClass },
      { ...issuer, ...changed.issuer },
    )
    const remarks = Object.fromEntries(lost.map((one) => [`${one.document}${one.pointer}`, one.message]))
    return { credential, remarks, achievement: credential.credentialSubject.achievement }
  }

  // Open Badges 1.1, DateTime: ISO 8601, or a UNIX time of 10 digits.
  test.each<[unknown, string, RegExp | undefined]>([
    [1377621020, '2013-08-27T16:30:20Z', /UNIX time in seconds/],
    ['1377621020', '2013-08-27T16:30:20Z', /UNIX time in seconds/],
    [' 1377621020 ', '2013-08-27T16:30:20Z', /UNIX time in seconds/],
    [1377621020.75, '2013-08-27T16:30:20Z', /UNIX time in seconds/],
    [1377621020123, '2013-08-27T16:30:20Z', /UNIX time in milliseconds/],
    ['1699401600000', '2023-11-08T00:00:00Z', /UNIX time in milliseconds/],
    ['2016-12-31', '2016-12-31T00:00:00Z', /without time/],
    ['20161231', '2016-12-31T00:00:00Z', /without time/],
    ['2016-12-31T23:59:59', '2016-12-31T23:59:59Z', /no offset/],
    ['2016-12-31 23:59:59', '2016-12-31T23:59:59Z', /no offset/],
    ['2016-12-31T23:59', '2016-12-31T23:59:00Z', /no offset/],
    ['2016-12-31T23:59Z', '2016-12-31T23:59:00Z', undefined],
    ['2016-12-31T23:59:59.123456+00:00', '2016-12-31T23:59:59Z', undefined],
    ['2016-12-31T23:59:59,5Z', '2016-12-31T23:59:59Z', undefined],
    ['2016-12-31T23:59:59+0100', '2016-12-31T22:59:59Z', undefined],
    ['2016-12-31T23:59:59-05', '2017-01-01T04:59:59Z', undefined],
    ['20161231T235959Z', '2016-12-31T23:59:59Z', undefined],
    ['2016-12-31t23:59:59z', '2016-12-31T23:59:59Z', undefined],
  ])('a date %j', (value, expected, remark) => {
    const { credential, remarks } = upgraded({ assertion: { issuedOn: value, expires: value } })
    expect(credential).toMatchObject({ validFrom: expected, awardedDate: expected, validUntil: expected })
    for (const member of ['issuedOn', 'expires'])
      if (remark === undefined) expect(remarks[`assertion/${member}`]).toBeUndefined()
      else expect(remarks[`assertion/${member}`]).toMatch(remark)
  })

  test.each([
    ['August 27, 2013'],
    ['27.08.2013'],
    ['08/27/2013'],
    ['2013-08'],
    ['2013'],
    ['2013-02-30'],
    ['2013-02-28T25:00:00Z'],
    ['2013-W35-2'],
    ['soon'],
    [''],
    [2013],
    [20130827],
    [137762102],
    [13776210200],
    [1377621020123456],
    [-1377621020],
    [true],
    [{ '@value': '2013-08-27' }],
    [['2013-08-27']],
  ])('a date that cannot be read stops it: %j', (value) => {
    for (const member of ['issuedOn', 'expires'])
      expect(() => upgraded({ assertion: { [member]: value } })).toThrow(
        expect.objectContaining({
          code: 'usage.invalid_assertion',
          message: expect.stringMatching(new RegExp(`"${member}".* no date of ISO 8601`)),
        }),
      )
  })

  test('without a date of issue nothing is made up', () => {
    for (const issuedOn of [undefined, null])
      expect(() => upgraded({ assertion: { issuedOn } })).toThrow(
        expect.objectContaining({ code: 'usage.invalid_assertion', message: expect.stringContaining('"issuedOn"') }),
      )
    expect(upgraded({ assertion: { expires: null } }).credential.validUntil).toBeUndefined()
  })

  test('null is absent at every depth (JSON-LD)', () => {
    const nothing = upgraded({
      assertion: { evidence: null, narrative: null, image: null, expires: null, revoked: null, revocationReason: null },
      badgeClass: {
        alignment: null,
        tags: [null],
        image: null,
        related: [null, null],
        version: null,
        endorsement: null,
      },
      issuer: { telephone: null, description: null, image: { id: null, caption: null }, revocationList: null },
    })
    for (const member of ['evidence', 'image', 'validUntil']) expect(nothing.credential).not.toHaveProperty(member)
    expect(nothing.credential.credentialSubject).not.toHaveProperty('narrative')
    for (const member of ['alignment', 'tag', 'related', 'version', 'image'])
      expect(nothing.achievement).not.toHaveProperty(member)
    for (const member of ['phone', 'description', 'image']) expect(nothing.credential.issuer).not.toHaveProperty(member)
    expect(Object.keys(nothing.remarks)).not.toContain('badgeClass/endorsement')

    const deep = upgraded({
      assertion: {
        evidence: [null, { id: 'https://school.example/e/1', narrative: null }, { narrative: null }, {}],
        recipient: { ...assertion.recipient, salt: null },
      },
      badgeClass: {
        criteria: { id: null, narrative: 'Three pieces.' },
        alignment: [null, { targetName: 'F', targetUrl: 'https://frame.example/1', targetCode: null }],
        tags: ['a', null, 'b'],
      },
    })
    expect(deep.credential.evidence).toEqual([{ id: 'https://school.example/e/1', type: ['Evidence'] }])
    expect(deep.remarks).toMatchObject({
      'assertion/evidence/1': 'it says nothing',
      'assertion/evidence/2': 'it says nothing',
    })
    expect(deep.credential.credentialSubject.identifier?.[0]).not.toHaveProperty('salt')
    expect(deep.achievement.criteria).toEqual({ narrative: 'Three pieces.' })
    expect(deep.achievement.alignment).toHaveLength(1)
    expect(deep.achievement.tag).toEqual(['a', 'b'])
  })

  test.each<[string, unknown, object[] | undefined]>([
    ['one', { id: 'https://school.example/b/0', version: '1' }, [{ id: 'https://school.example/b/0', version: '1' }]],
    [
      'several, with language and a number for the version',
      [
        { type: ['BadgeClass'], id: 'https://school.example/b/0', version: 1 },
        { id: 'https://school.example/b/es', '@language': 'es' },
      ],
      [
        { id: 'https://school.example/b/0', version: '1' },
        { id: 'https://school.example/b/es', inLanguage: 'es' },
      ],
    ],
    ['a URL', 'https://school.example/b/0', [{ id: 'https://school.example/b/0' }]],
    ['without an id', { version: '1' }, undefined],
  ])('related: %s', (_what, related, expected) => {
    const { achievement, remarks } = upgraded({ badgeClass: { related } })
    expect(achievement.related).toEqual(expected?.map((each) => ({ ...each, type: ['Related'] })))
    if (expected === undefined) expect(remarks['badgeClass/related']).toContain('no "id"')
    else expect(remarks).not.toHaveProperty('badgeClass/related')
  })

  test('related of an assertion, endorsements: true reasons', () => {
    const { remarks } = upgraded({
      assertion: { related: ['https://school.example/a/0'], endorsement: 'https://x.example/e' },
    })
    expect(remarks['assertion/related']).toContain('relates achievements')
    expect(remarks['assertion/endorsement']).toContain('ask who endorsed it')
  })

  test.each<[string, unknown, object[] | undefined, string[]]>([
    [
      'of 1.1, one',
      { name: 'Feedback', url: 'https://frame.example/7', description: 'Gives it.' },
      [{ targetName: 'Feedback', targetUrl: 'https://frame.example/7', targetDescription: 'Gives it.' }],
      [],
    ],
    [
      'of 1.1 and 2.0 in one list',
      [
        { name: 'A', url: 'https://frame.example/a' },
        { targetName: 'B', targetUrl: 'https://frame.example/b', targetFramework: 'F', targetCode: '7' },
      ],
      [
        { targetName: 'A', targetUrl: 'https://frame.example/a' },
        { targetName: 'B', targetUrl: 'https://frame.example/b', targetFramework: 'F', targetCode: '7' },
      ],
      [],
    ],
    [
      'both names in one: that of 2.0 counts',
      { name: 'old', targetName: 'new', targetUrl: 'https://frame.example/b' },
      [{ targetName: 'new', targetUrl: 'https://frame.example/b' }],
      [],
    ],
    ['without a URL', [{ name: 'A' }], undefined, ['badgeClass/alignment/0']],
    ['a URL alone', 'https://frame.example/a', undefined, ['badgeClass/alignment']],
    [
      'with what 3.0 does not know',
      { name: 'A', url: 'https://frame.example/a', weight: 3 },
      [{ targetName: 'A', targetUrl: 'https://frame.example/a' }],
      ['badgeClass/alignment/weight'],
    ],
  ])('alignment %s', (_what, alignment, expected, lost) => {
    const { achievement, remarks } = upgraded({ badgeClass: { alignment } })
    expect(achievement.alignment?.map(({ type, ...each }) => each)).toEqual(expected)
    expect(Object.keys(remarks).filter((place) => place.includes('alignment'))).toEqual(lost)
  })

  test.each([
    [true],
    ['true'],
    ['True '],
    ['TRUE'],
    [1],
    ['1'],
    ['yes'],
    ['Y'],
    ['cheated'],
    [{ reason: 'x' }],
    [['true']],
  ])('revoked: %j', (revoked) => {
    expect(() => upgraded({ assertion: { revoked } })).toThrow(
      expect.objectContaining({ code: 'usage.revoked_assertion' }),
    )
  })
  test.each([[false], ['false'], ['False'], [0], ['0'], ['no'], [''], [null], [[]]])('not revoked: %j', (revoked) => {
    expect(upgraded({ assertion: { revoked } }).credential.name).toBe('Giving Feedback')
  })
  test('a reason is written for what was revoked', () => {
    expect(() => upgraded({ assertion: { revocationReason: 'Issued in error.' } })).toThrow(
      expect.objectContaining({ code: 'usage.revoked_assertion', message: expect.stringContaining('in error') }),
    )
    expect(upgraded({ assertion: { revoked: false, revocationReason: 'none' } }).credential.name).toBeDefined()
  })

  test.each([['true'], [1], [undefined], [false]])('a hash is a hash, though "hashed" is %j', (hashed) => {
    const { credential } = upgraded({ assertion: { recipient: { ...assertion.recipient, hashed } } })
    expect(credential.credentialSubject.identifier).toEqual([
      expect.objectContaining({ hashed: true, identityHash: assertion.recipient.identity }),
    ])
  })

  test('of 1.0: no ids, a uid, "verify", a URL as criteria', () => {
    const { credential, lost } = upgradeAssertion(
      {
        uid: 'a17',
        recipient: assertion.recipient,
        badge: 'https://school.example/badges/1',
        verify: { type: 'hosted', url: 'https://school.example/a17' },
        issuedOn: 1377621020,
      },
      {
        name: 'F',
        description: 'D',
        image: 'https://s.example/1.png',
        criteria: 'https://s.example/c',
        issuer: issuer.id,
      },
      { name: 'Hill School', url: 'https://school.example' },
    )
    expect(credential).toMatchObject({
      issuer: { id: issuer.id },
      credentialSubject: { achievement: { id: 'https://school.example/badges/1' } },
    })
    expect(lost.map(({ pointer }) => pointer)).toEqual(['/issuedOn', '/verify', '/uid'])
  })

  test('of 3.0 already', () => {
    expect(() => upgradeAssertion(credential as object, badgeClass, issuer)).toThrow(
      expect.objectContaining({ code: 'usage.invalid_assertion', message: expect.stringContaining('3.0 already') }),
    )
  })
})

describe('upgradeAssertion: JSON that somebody else wrote', () => {
  // Of the first no text can be made: String() of it throws.
  const odd = [{ toString: 1, valueOf: 1 }, [], [[]], null, true, 7, '', '\ud800']
  const places = [assertion, badgeClass, issuer].flatMap((document, which) =>
    [...Object.keys(document), 'revoked', 'verify'].map((member) => [which, member] as const),
  )
  test.each(places)('document %i, "%s": a credential, or a typed error that names the place', (which, member) => {
    for (const value of odd) {
      const documents: object[] = [assertion, badgeClass, issuer]
      documents[which] = { ...documents[which], [member]: value }
      const [first, second, third] = documents as [object, object, object]
      try {
        const { lost } = upgradeAssertion(first as never, second as never, third as never)
        for (const { message } of lost) expect(message).not.toMatch(/\[object/)
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^(usage|parse)\./), message: expect.any(String) })
        expect((error as Error).message).not.toMatch(/\[object|undefined/)
      }
    }
  })
  test.each(['type', 'identity', 'hashed', 'salt'])('"%s" of the recipient', (member) => {
    for (const value of odd) {
      const recipient = { ...assertion.recipient, [member]: value }
      try {
        upgradeAssertion({ ...assertion, recipient } as never, badgeClass, issuer)
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^(usage|parse)\./) })
      }
    }
  })
})

describe('unbakeAssertion', () => {
  const json = JSON.stringify({ ...assertion, narrative: 'Zoë Müller® 教育' })
  const jws = 'eyJhbGciOiJSUzI1NiJ9.eyJ0eXBlIjoiQXNzZXJ0aW9uIn0.c2lnbmF0dXJl'
  const escaped = json.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const svg = (inner: string, attribute = '') =>
    encodeUtf8(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><openbadges:assertion${attribute}>${inner}</openbadges:assertion></svg>`,
    )
  test.each<[string, Uint8Array, object]>([
    ['JSON in a PNG', withChunk('iTXt', `openbadges\0\0\0\0\0${json}`), { assertion: JSON.parse(json) }],
    ['a JWS in a PNG', withChunk('iTXt', `openbadges\0\0\0\0\0${jws}`), { jws }],
    [
      'a URL in a PNG of 2012',
      withChunk('tEXt', 'openbadges\0https://school.example/a/1'),
      { url: 'https://school.example/a/1' },
    ],
    ['JSON in an SVG', svg(escaped, ' verify="https://school.example/a/1"'), { assertion: JSON.parse(json) }],
    ['a URL in an SVG', svg('', ' verify="https://school.example/a/1"'), { url: 'https://school.example/a/1' }],
    ['a JWS in an SVG', svg('', ` verify="${jws}"`), { jws }],
  ])('%s', async (_, image, expected) => {
    expect(await unbakeAssertion(image)).toEqual(expected)
    await expect(unbakeImage(image)).rejects.toMatchObject({
      code: 'parse.open_badges_2',
      message: expect.stringContaining('unbakeAssertion'),
    })
  })
  const vc = JSON.stringify(credential)
  const jwt = (payload: object) =>
    ['{"alg":"EdDSA"}', JSON.stringify(payload), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.')
  const cdata = `<![CDATA[${vc}]]>`
  test.each<[string, Uint8Array]>([
    ['JSON in an SVG', svg(cdata)],
    ['JSON in an SVG, with a URL beside', svg(cdata, ' verify="https://school.example/a/1"')],
    ['a JWT in an SVG', svg('', ` verify="${jwt(credential as object)}"`)],
    ['a JWT with the claim vc in an SVG', svg(jwt({ iss: 'did:example:school', vc: credential }))],
    ['JSON in a PNG', withChunk('iTXt', `openbadges\0\0\0\0\0${vc}`)],
    ['a JWT in a PNG', withChunk('iTXt', `openbadges\0\0\0\0\0${jwt(credential as object)}`)],
    ['JSON in a PNG of 2012', withChunk('tEXt', `openbadge\0${vc.replaceAll(/[^ -~]/g, '?')}`)],
  ])('a badge of 3.0 where 2.0 has its assertion: %s', async (_, image) => {
    const says = {
      code: 'parse.unsupported',
      message: expect.stringMatching(/an Open Badges 3\.0 credential in the place/),
    }
    await expect(unbakeAssertion(image)).rejects.toMatchObject(says)
    await expect(unbakeImage(image)).rejects.toMatchObject(says)
    const report = await verifyCredential(image, { trustedIssuers: ['did:example:school'] })
    expect(report).toMatchObject({ outcome: 'invalid', because: ['format.unsupported'] })
    expect(explain(report).join(' ')).not.toMatch(/not an Open Badge 3|2\.0/)
  })
  test('an image without, and one of 3.0', async () => {
    for (const image of [png, await bakeImage(png, credential), svg('').slice(0, 40)])
      await expect(unbakeAssertion(image)).rejects.toMatchObject({ name: 'ParseError' })
  })
  test('both in one image: each reader finds its own', async () => {
    const both = await bakeImage(withChunk('iTXt', `openbadges\0\0\0\0\0${json}`), credential)
    expect(await unbakeAssertion(both)).toEqual({ assertion: JSON.parse(json) })
    expect(await unbakeImage(both)).toEqual(credential)
  })
})

/** The PNG with one more chunk behind IHDR. */
function withChunk(type: string, text: string): Uint8Array {
  const data = encodeUtf8(type + text)
  const chunk = new Uint8Array(data.length + 8)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, data.length - 4)
  chunk.set(data, 4)
  view.setUint32(data.length + 4, crc32(chunk, 4, data.length + 4))
  return concatBytes(png.subarray(0, 33), chunk, png.subarray(33))
}
