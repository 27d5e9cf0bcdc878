/** Open Badges 3.0 sections B.1.10 (IdentityObject) and 8.5: whom a badge is about, by id and by identifier, plain and hashed. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { IDENTIFIER_TYPES } from '../../src/model/vocabulary.js'
import { checkRecipient } from '../../src/verify/checks/recipient.js'

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

describe('recipients', () => {
  test('by id, byte by byte', () => {
    expect(codeOf({ id: 'did:example:ada' }, { id: 'did:example:ada' })).toBe('recipient.matched')
    expect(codeOf({ id: 'did:example:ada' }, { id: 'did:example:Ada' })).toBe('recipient.mismatch')
    expect(codeOf({}, { id: 'did:example:ada' })).toBe('recipient.mismatch')
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
    const other = identityType === 'emailAddress' ? 'phoneNumber' : 'emailAddress'
    expect(codeOf({ identifier: identity('A-17', { identityType: other }) }, recipient)).toBe('recipient.mismatch')
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
    expect(
      codeOf({ identifier: { ...identifier, identityHash: identifier.identityHash.toUpperCase() } }, email(EMAIL)),
    ).toBe('recipient.mismatch')
  })
  test('an unknown algorithm, or none, matches nobody', () => {
    for (const identityHash of ['sha1$abc', '$', 'sha256$', 'sha256', `x$sha256$${'0'.repeat(64)}`, ''])
      expect(codeOf({ identifier: identity(identityHash, { hashed: true }) }, email(EMAIL))).toBe('recipient.mismatch')
  })
  test('a hash is not taken for the address itself', () => {
    const identifier = hashed('sha256', EMAIL)
    expect(codeOf({ identifier }, email(identifier.identityHash))).toBe('recipient.mismatch')
    expect(codeOf({ identifier: identity(identifier.identityHash) }, email(EMAIL))).toBe('recipient.mismatch')
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
