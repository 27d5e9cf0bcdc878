// Open Badges 3.0, class IdentityObject and type IdentityHash.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identityFor } from '../../src/issue/recipient.js'
import { checkRecipient } from '../../src/verify/checks/recipient.js'

const badgeFor = (identity: object) => ({ credentialSubject: { identifier: [identity] } }) as never
const statusFor = (identity: object, value: string) =>
  checkRecipient(badgeFor(identity), [{ type: 'emailAddress', value }]).status

describe('identityFor', () => {
  test("the specification's example of an IdentityHash", () => {
    // The salt of the example has a capital: only the address is brought into lower case.
    expect(identityFor({ type: 'emailAddress', value: 'A@example.com' }, { hashed: true, salt: 'Kosher' })).toEqual({
      type: 'IdentityObject',
      hashed: true,
      identityHash: 'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399',
      identityType: 'emailAddress',
      salt: 'Kosher',
    })
  })
  test('in clear the address stays as it is given', () => {
    expect(identityFor({ type: 'emailAddress', value: 'Ada@Example.org' }, { hashed: false })).toEqual({
      type: 'IdentityObject',
      hashed: false,
      identityHash: 'Ada@Example.org',
      identityType: 'emailAddress',
    })
  })
  test('whoever knows the address finds it, however it is typed; nobody else does', () =>
    fc.assert(
      fc.property(fc.emailAddress(), fc.emailAddress(), fc.string(), (email, other, salt) => {
        fc.pre(email.toLowerCase() !== other.toLowerCase())
        for (const identity of [
          identityFor({ type: 'emailAddress', value: email }, { hashed: true, salt }),
          identityFor({ type: 'emailAddress', value: email }, { hashed: false }),
        ]) {
          for (const typed of [email, email.toLowerCase()]) expect(statusFor(identity, typed)).toBe('valid')
          expect(statusFor(identity, other)).toBe('invalid')
        }
        expect(
          statusFor(identityFor({ type: 'emailAddress', value: email }, { hashed: true, salt }), email.toUpperCase()),
        ).toBe('valid')
      }),
    ))
  test('composed and decomposed letters are the same address', () => {
    const identity = identityFor({ type: 'emailAddress', value: 'zoe\u0308@example.org' }, { hashed: true, salt: 's' })
    expect(statusFor(identity, 'zo\u00eb@example.org')).toBe('valid')
    expect(statusFor(identity, 'ZO\u00cb@example.org')).toBe('valid')
  })
})
