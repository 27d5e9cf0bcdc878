/** Open Badges 3.0 sections B.1.10 (IdentityObject) and 8.5: whom a badge is about, by id and by identifier, plain and hashed. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyIssuer, explain, verifyCredential } from '../../src/entries/index.js'
import { IDENTIFIER_TYPES } from '../../src/model/vocabulary.js'
import { checkRecipient } from '../../src/verify/checks/recipient.js'

import { describeShared } from '../shared.js'
import { NOW, newIssuer, signed } from './kit.js'

const EMAIL = 'ada@school.example'
type Row = Parameters<typeof checkRecipient>[1][number]
const codeOf = (subject: object, ...recipients: Row[]) =>
  checkRecipient({ credentialSubject: subject as never }, recipients).findings[0].code
const identity = (value: string, more: object = {}) => ({
  type: 'IdentityObject',
  hashed: false,
  identityHash: value,
  identityType: 'emailAddress',
  ...more,
})
const hashed = (algorithm: 'sha256' | 'md5', value: string, salt?: string, more: object = {}) =>
  identity(
    `${algorithm}$${createHash(algorithm)
      .update(value + (salt ?? ''))
      .digest('hex')}`,
    {
      hashed: true,
      ...(salt === undefined ? {} : { salt }),
      ...more,
    },
  )
const email = (value: string): Row => ({ type: 'emailAddress', value })
const phone = (value: string): Row => ({ type: 'ext:telephone', value })
const telephone = (value: string) => identity(value, { identityType: 'ext:telephone' })
const number = (value: string) => identity(value, { identityType: 'sourcedId' })
const any = (value: string) => identity(value, { identityType: 'identifier' })

describe('recipients', () => {
  test('by id, byte by byte', () => {
    expect(codeOf({ id: 'did:example:ada' }, { id: 'did:example:ada' })).toBe('recipient.matched')
    expect(codeOf({ id: 'did:example:ada' }, { id: 'did:example:Ada' })).toBe('recipient.mismatch')
  })
  test('any of several will do, of several subjects too', () => {
    const recipients: Row[] = [{ id: 'did:example:other' }, email(EMAIL)]
    expect(codeOf({ identifier: [identity('x@y.example'), identity(EMAIL)] }, ...recipients)).toBe('recipient.matched')
    expect(codeOf([{ id: 'did:example:x' }, { id: 'did:example:other' }], ...recipients)).toBe('recipient.matched')
  })
  test.each(IDENTIFIER_TYPES.map((type) => [type]))('%s, plain and hashed', (identityType) => {
    const recipient = { type: identityType, value: 'A-17' } as Row
    expect(codeOf({ identifier: identity('A-17', { identityType }) }, recipient)).toBe('recipient.matched')
    expect(codeOf({ identifier: hashed('sha256', 'A-17', 's', { identityType }) }, recipient)).toBe('recipient.matched')
    expect(codeOf({ identifier: identity('A-18', { identityType }) }, recipient)).toBe('recipient.mismatch')
    const other = identityType === 'emailAddress' ? 'userName' : 'emailAddress'
    expect(codeOf({ identifier: identity('A-17', { identityType: other }) }, recipient)).toBe('recipient.incomparable')
  })
})

describe('hashes', () => {
  test.each([
    ['sha256', undefined],
    ['sha256', 'pepper'],
    ['md5', undefined],
    ['md5', 'pepper'],
    // Issuers write it, and mean it.
    ['sha256', 'not-used'],
  ] as const)('%s, salt %s', (algorithm, salt) => {
    const identifier = hashed(algorithm, EMAIL, salt)
    expect(codeOf({ identifier }, email(EMAIL))).toBe('recipient.matched')
    expect(codeOf({ identifier }, email('eve@school.example'))).toBe('recipient.mismatch')
    expect(codeOf({ identifier: { ...identifier, salt: 'other' } }, email(EMAIL))).toBe('recipient.mismatch')
    // Neither the name of the algorithm nor the hexadecimal digits have a case.
    expect(
      codeOf({ identifier: { ...identifier, identityHash: identifier.identityHash.toUpperCase() } }, email(EMAIL)),
    ).toBe('recipient.matched')
  })
  test('a hash is not taken for the address itself', () => {
    const identifier = hashed('sha256', EMAIL)
    expect(codeOf({ identifier }, email(identifier.identityHash))).toBe('recipient.mismatch')
    expect(codeOf({ identifier: identity(identifier.identityHash) }, email(EMAIL))).toBe('recipient.incomparable')
    expect(codeOf({ identifier: identity(identifier.identityHash) }, email(identifier.identityHash))).toBe(
      'recipient.incomparable',
    )
  })
})

describe('case and Unicode', () => {
  test('an e-mail address also in lower case, as issuers hash it', () => {
    expect(codeOf({ identifier: hashed('sha256', EMAIL) }, email('Ada@School.example'))).toBe('recipient.matched')
    expect(codeOf({ identifier: hashed('sha256', 'Ada@School.example') }, email('Ada@School.example'))).toBe(
      'recipient.matched',
    )
    // From a hash in another case nobody can tell.
    expect(codeOf({ identifier: hashed('sha256', 'ADA@SCHOOL.EXAMPLE') }, email(EMAIL))).toBe('recipient.mismatch')
    expect(codeOf({ identifier: identity('ADA@SCHOOL.EXAMPLE') }, email(EMAIL))).toBe('recipient.matched')
  })
  test('other identifiers exactly', () => {
    const recipient: Row = { type: 'sourcedId', value: 'a-17' }
    expect(codeOf({ identifier: identity('A-17', { identityType: 'sourcedId' }) }, recipient)).toBe(
      'recipient.mismatch',
    )
  })
  test('composed and decomposed letters are the same letters', () => {
    const [composed, decomposed] = ['jos\u00e9@school.example', 'jose\u0301@school.example']
    expect(codeOf({ identifier: hashed('sha256', composed) }, email(decomposed))).toBe('recipient.matched')
    expect(codeOf({ identifier: hashed('sha256', decomposed) }, email(decomposed))).toBe('recipient.matched')
  })
})

/** A public report: a verifier said "about somebody else" of what it had no means to compare. */
describe('names of different kinds', () => {
  const ADA = 'did:example:ada'
  test.each<[string, object, Row]>([
    ['a DID, asked by e-mail address', { id: ADA }, email(EMAIL)],
    ['an e-mail address, asked by DID', { identifier: identity(EMAIL) }, { id: ADA }],
    ['a hashed e-mail address, asked by DID', { identifier: hashed('sha256', EMAIL, 's') }, { id: ADA }],
    ['an e-mail address, asked by telephone number', { identifier: identity(EMAIL) }, phone('+49 30 1234')],
    ['mailto:, asked by DID', { id: `mailto:${EMAIL}` }, { id: ADA }],
    ['a DID, asked by mailto:', { id: ADA }, { id: `mailto:${EMAIL}` }],
    ['tel:, asked by e-mail address', { id: 'tel:+49301234' }, email(EMAIL)],
    ['a student number, asked by e-mail address', { identifier: number('17') }, email(EMAIL)],
    ['an e-mail address, asked by student number', { identifier: identity(EMAIL) }, { type: 'sourcedId', value: '17' }],
    ["a type of the issuer's own", { identifier: identity(EMAIL, { identityType: 'ext:email' }) }, email(EMAIL)],
    ['nothing at all', {}, { id: ADA }],
    ['several addresses in one mailto:', { id: `mailto:${EMAIL},eve@school.example` }, email(EMAIL)],
    ['a mailto: that is not UTF-8', { id: 'mailto:%ff@school.example' }, email(EMAIL)],
  ])('%s: cannot be compared', (_, subject, asked) => {
    expect(codeOf(subject, asked)).toBe('recipient.incomparable')
  })
  test.each([
    `sha512$${'0'.repeat(128)}`,
    `sha1$${'0'.repeat(40)}`,
    '0'.repeat(64),
    `sha256$${'0'.repeat(63)}`,
    `sha256$${Buffer.alloc(32).toString('base64')}`,
    `x$sha256$${'0'.repeat(64)}`,
    'sha256$',
    '$',
    '',
    EMAIL,
  ])('a hash that cannot be read (%s): cannot be compared', (identityHash) => {
    const unreadable = identity(identityHash, { hashed: true })
    expect(codeOf({ identifier: unreadable }, email(EMAIL))).toBe('recipient.incomparable')
    // It may be hers; what another one says does not settle that.
    expect(codeOf({ identifier: [unreadable, identity('eve@school.example')] }, email(EMAIL))).toBe(
      'recipient.incomparable',
    )
    expect(codeOf({ identifier: [unreadable, identity(EMAIL)] }, email(EMAIL))).toBe('recipient.matched')
    // Another name of the caller's does.
    expect(codeOf({ id: 'did:example:eve', identifier: unreadable }, email(EMAIL), { id: ADA })).toBe(
      'recipient.mismatch',
    )
  })
  test('what could be compared decides', () => {
    expect(codeOf({ id: 'did:example:eve', identifier: number('17') }, email(EMAIL), { id: ADA })).toBe(
      'recipient.mismatch',
    )
    expect(codeOf({ id: 'did:example:eve', identifier: identity(EMAIL) }, email(EMAIL), { id: ADA })).toBe(
      'recipient.matched',
    )
    // One of two is somebody else, of the other one nobody can say.
    expect(codeOf([{ id: 'did:example:eve' }, { identifier: number('17') }], { id: ADA })).toBe(
      'recipient.incomparable',
    )
  })
  test('the finding says in which way it names them, and no name', () => {
    const { findings, status } = checkRecipient(
      { credentialSubject: { identifier: [hashed('sha256', 'secret'), number('4711')] } as never },
      [{ id: 'did:example:secret' }],
    )
    expect(status).toBe('indeterminate')
    expect(findings[0].message).toBe(
      'it names its recipient by an e-mail address or an identifier of the type sourcedId, which cannot be compared with an id (a DID or another URI): ask by what it names',
    )
  })
})

/** RFC 6068, RFC 3966; recipients of the type "url" in Open Badges 2.0. */
describe('names in two forms', () => {
  test.each<[string, object, Row]>([
    ['mailto:', { id: `mailto:${EMAIL}` }, email(EMAIL)],
    ['MAILTO: and another case', { id: 'MAILTO:Ada@School.Example' }, email(EMAIL)],
    ['mailto: with a subject line', { id: `mailto:${EMAIL}?subject=hello,%20you` }, email(EMAIL)],
    ['mailto: with escapes', { id: 'mailto:ada%40school.example' }, email(EMAIL)],
    ['mailto: twice', { id: `mailto:${EMAIL}` }, { id: `mailto:${EMAIL.toUpperCase()}` }],
    ['an identifier, asked by mailto:', { identifier: hashed('sha256', EMAIL, 's') }, { id: `mailto:${EMAIL}` }],
    ['mailto: where an address belongs', { identifier: identity(`mailto:${EMAIL}`) }, email(EMAIL)],
    ['mailto: given for an address', { identifier: hashed('md5', EMAIL) }, email(`mailto:${EMAIL}`)],
    ['tel:', { id: 'tel:+49-(30)-1234' }, phone('+49 30 1234')],
    ['a telephone number', { identifier: telephone('+49 30 1234') }, { id: 'tel:+49301234' }],
    ['a number with other separators', { identifier: telephone('+49.30.1234') }, phone('+49 (30) 1234')],
    ['a URL as an identifier of no type', { identifier: any('https://ada.example/') }, { id: 'https://ada.example/' }],
    ['the same the other way', { id: 'https://ada.example/' }, { type: 'identifier', value: 'https://ada.example/' }],
    [
      'a hashed URL',
      { identifier: hashed('sha256', 'https://ada.example/', 's', { identityType: 'identifier' }) },
      { id: 'https://ada.example/' },
    ],
  ])('%s: the same', (_, subject, asked) => {
    expect(codeOf(subject, asked)).toBe('recipient.matched')
  })
  test.each<[string, object, Row]>([
    ['mailto: of somebody else', { id: 'mailto:eve@school.example' }, email(EMAIL)],
    ['tel: of somebody else', { id: 'tel:+49309999' }, phone('+49301234')],
    ['a subject line is nobody', { id: `mailto:eve@school.example?cc=${EMAIL}` }, email(EMAIL)],
  ])('%s: a mismatch', (_, subject, asked) => {
    expect(codeOf(subject, asked)).toBe('recipient.mismatch')
  })
})

describe('laws', () => {
  const value = fc.oneof(fc.constantFrom('a', 'b', `mailto:${EMAIL}`, 'tel:1', EMAIL), fc.string())
  const kind = fc.constantFrom('emailAddress', 'sourcedId', 'identifier', 'ext:telephone')
  const someone = fc.oneof(fc.record({ id: value }), fc.record({ type: kind, value })) as fc.Arbitrary<Row>
  const someIdentity = fc.record({
    type: fc.constant('IdentityObject'),
    hashed: fc.boolean(),
    identityHash: fc.oneof(value, fc.constantFrom(hashed('sha256', 'a').identityHash, hashed('md5', 'b').identityHash)),
    identityType: kind,
  })
  const subject = fc.record({ id: value, identifier: fc.array(someIdentity, { maxLength: 3 }) }, { requiredKeys: [] })

  test('never throws; a further name of the caller never takes a match away', () => {
    fc.assert(
      fc.property(subject, someone, someone, (who, one, two) => {
        const alone = codeOf(who, one)
        const together = codeOf(who, one, two)
        if (alone === 'recipient.matched') expect(together).toBe('recipient.matched')
        if (alone === 'recipient.mismatch') expect(together).not.toBe('recipient.incomparable')
      }),
    )
  })
  test('a mismatch needs a name of the kind that was asked', () => {
    fc.assert(
      fc.property(subject, kind, value, (who, type, asked) => {
        if (codeOf(who, { type, value: asked } as Row) !== 'recipient.mismatch') return
        const kinds = (who.identifier ?? []).map(({ identityType }) => identityType)
        if (/^mailto:/i.test(who.id ?? '')) kinds.push('emailAddress')
        if (/^tel:/i.test(who.id ?? '')) kinds.push('ext:telephone')
        expect(kinds).toContain(type)
      }),
    )
  })
})

describe('in a report', () => {
  test('a badge for a DID, asked by e-mail address, is neither valid nor somebody else’s', async () => {
    const badge = await signed(await newIssuer())
    const report = await verifyCredential(badge, { trustedIssuers: anyIssuer, now: NOW, recipient: { email: EMAIL } })
    expect(report).toMatchObject({ outcome: 'indeterminate', because: ['recipient.incomparable'] })
    expect(explain(report).join(' ')).not.toContain('somebody else')
  })
  describeShared('the public report itself', { badge: 'reports/17-mailto-subject.json' }, ({ badge }) => {
    test.each([
      [{ email: 'ada@example.org' }, 'valid'],
      [{ email: 'eve@example.org' }, 'invalid'],
      [{ id: 'did:example:ada' }, 'indeterminate'],
    ])('asked for %j: %s', async (recipient, outcome) => {
      const report = await verifyCredential(readFileSync(badge, 'utf8'), { trustedIssuers: anyIssuer, recipient })
      expect(report.outcome).toBe(outcome)
    })
  })
})
