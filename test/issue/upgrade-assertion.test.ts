/** Upgrading from Open Badges 2.0. Names of members: Open Badges 2.0 specification, sections Assertion, BadgeClass, Profile. */
import { describe, expect, test } from 'vitest'
import { crc32 } from '../../src/bake/crc32.js'
import {
  bakeImage,
  createSigner,
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
      'badgeClass/image',
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
