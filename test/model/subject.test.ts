/**
 * Whom an achievement is of: "Either id or at least one identifier MUST be supplied" (Open Badges 3.0 appendix B.1.3, by
 * 1EdTech/openbadges-specification#395), which the first step of verification (section 9.2) asks for and no published schema does.
 */
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createCredential,
  parseCredential,
  signCredential,
  verifyCredential,
} from '../../src/entries/index.js'
import { badgeOf, codesOf, NOW, newIssuer, signRaw, web } from '../verify/kit.js'

const issuer = await newIssuer()
const badge = badgeOf(issuer)
const { id: _id, ...nobody } = badge.credentialSubject
const identity = {
  type: 'IdentityObject',
  hashed: false,
  identityHash: 'ada@example.org',
  identityType: 'emailAddress',
}
const about = (members: object) => ({ ...badge, credentialSubject: { ...nobody, ...members } })
const verify = (document: object) =>
  verifyCredential(document, { trustedIssuers: anyIssuer, now: NOW, loader: web({}) })

describe('a subject that names nobody', () => {
  test.each([
    [{}],
    [{ identifier: [] }],
    [{ identifier: [], narrative: 'Ada Lovelace did it.' }],
    [{ name: '' }],
    [{ name: '  \n' }],
    [{ name: [] }],
    [{ name: ['', ' '] }],
    [{ name: {} }],
    [{ name: 7 }],
    [{ name: { '@value': '', '@language': 'en' } }],
    [{ role: 'Student' }],
    [{ licenseNumber: '12' }],
    [{ email: 'ada@example.org' }],
    [{ source: issuer.id }],
  ])('is none: %j', async (members) => {
    const document = about(members)
    const place = { pointer: '/credentialSubject' }
    expect(() => parseCredential(document)).toThrow(
      expect.objectContaining({ code: 'parse.invalid', issues: [expect.objectContaining(place)] }),
    )
    await expect(signCredential(document as never, { signer: issuer.signer })).rejects.toMatchObject({
      code: 'parse.invalid',
    })
    // Others sign what their schema lets through.
    const report = await verify(await signRaw(issuer, document).catch(() => document))
    expect(report.outcome).toBe('invalid')
    expect(report.checks.schema.findings).toContainEqual(
      expect.objectContaining({ code: 'schema.mismatch', pointer: '/credentialSubject' }),
    )
  })

  test('in the words of VCDM 1.1 too', async () => {
    const { validFrom, ...rest } = about({})
    const contexts = ['https://www.w3.org/2018/credentials/v1', ...rest['@context'].slice(1)]
    const older = { ...rest, '@context': contexts, issuanceDate: validFrom }
    expect(() => parseCredential(older)).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ pointer: '/credentialSubject' })] }),
    )
  })
})

describe('a subject that names somebody', () => {
  test.each([
    [{ id: 'did:example:ada' }],
    [{ identifier: [identity] }],
    [{ id: 'did:example:ada', identifier: [] }],
    [{ id: 'did:example:ada', identifier: [identity], name: 'Ada' }],
  ])('is read, and written: %j', async (members) => {
    const signed = await signCredential(about(members) as never, { signer: issuer.signer, now: NOW })
    const report = await verify(signed)
    expect(report.outcome).toBe('valid')
    expect(codesOf(report)).not.toContain('schema.semantic')
  })

  test('one identifier outside of a list is one', () => {
    expect(
      (parseCredential(about({ identifier: identity })).credentialSubject as { identifier?: unknown }).identifier,
    ).toEqual([identity])
  })
})

/** As digitalcredentials/vc-test-fixtures has its badges, and DCC's issuers theirs. */
describe('a subject with a name alone', () => {
  test.each([
    ['Taylor Tuna'],
    [['Taylor', 'Tuna']],
    [{ '@value': 'Taylor Tuna', '@language': 'en' }],
    [[{ '@value': 'Taylor Tuna' }]],
  ])('is read with a remark: %j', async (name) => {
    const report = await verify(await signRaw(issuer, about({ name })))
    expect(report.outcome).toBe('valid')
    expect(report.checks.schema.findings).toContainEqual(
      expect.objectContaining({ code: 'schema.semantic', pointer: '/credentialSubject' }),
    )
  })

  test('is not written', async () => {
    const input = about({ name: 'Taylor Tuna' })
    const { '@context': _context, type: _type, ...members } = input
    expect(() => createCredential(members as never)).toThrow(/a name is no identity/)
    await expect(signCredential(input as never, { signer: issuer.signer })).rejects.toThrow(/a name is no identity/)
  })
})
