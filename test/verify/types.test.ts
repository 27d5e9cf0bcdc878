/** VCDM 2.0 section 4.5: "type" says what a document is. A public report: an Open Badge without "VerifiableCredential" was called no Open Badge. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { anyIssuer, decodeCredential, parseCredential, verifyCredential } from '../../src/entries/index.js'
import { describeShared } from '../shared.js'
import { badgeOf, NOW, newIssuer, withMember } from './kit.js'

const issuer = await newIssuer()
const typed = (type: unknown) => withMember(badgeOf(issuer), ['type'], type)
// Nobody can sign these with a proof of the graph: without VerifiableCredential the contexts define next to nothing of it.
const verify = (type: unknown) => verifyCredential(typed(type), { trustedIssuers: anyIssuer, now: NOW })

describe('an Open Badge whose type lacks VerifiableCredential is an Open Badge that is wrong', () => {
  test.each([
    [['OpenBadgeCredential']],
    ['OpenBadgeCredential'],
    [['AchievementCredential']],
    ['AchievementCredential'],
    [['OpenBadgeCredential', 'AchievementCredential']],
    [['OpenBadgeCredential', 'VerifiableCredentials']],
    [['OpenBadgeCredential', 'verifiablecredential']],
    [['OpenBadgeCredential', null]],
  ])('%j', async (type) => {
    const { outcome, checks } = await verify(type)
    expect(outcome).toBe('invalid')
    expect(checks.format.status).toBe('valid')
    expect(checks.schema.findings).toContainEqual(
      expect.objectContaining({ code: 'schema.mismatch', pointer: expect.stringMatching(/^\/type/) }),
    )
    expect(() => parseCredential(typed(type))).toThrow('/type')
  })
  test('its model is that of Open Badges: everything else that is wrong is said too', async () => {
    const document = withMember(
      typed('OpenBadgeCredential'),
      ['credentialSubject', 'achievement', 'criteria'],
      undefined,
    )
    await expect(decodeCredential(document)).rejects.toThrow('criteria')
  })
  test('an endorsement likewise', async () => {
    const document = withMember(typed(['EndorsementCredential']), ['credentialSubject'], { id: 'urn:x:1' })
    await expect(decodeCredential(document)).rejects.toThrow('not an endorsement')
  })
})

describe('what is no Open Badge is told what it lacks', () => {
  test.each([
    [['VerifiableCredential'], 'its "type" has neither OpenBadgeCredential nor AchievementCredential'],
    [undefined, 'it has no "type"'],
    [['VerifiableCredential', 'OpenBadgesCredential'], 'OpenBadgesCredential: did you mean OpenBadgeCredential?'],
    [['VerifiableCredential', 'openbadgecredential'], 'openbadgecredential: did you mean OpenBadgeCredential?'],
    [['VerifiableCredential', 'AchievmentCredential'], 'AchievmentCredential: did you mean AchievementCredential?'],
    [['VerifiableCredential', 5, null, {}], 'its "type" has neither'],
  ])('%j', async (type, says) => {
    const { checks } = await verifyCredential(typed(type), { trustedIssuers: anyIssuer, now: NOW })
    expect(checks.format.findings).toMatchObject([{ code: 'format.not_open_badge', pointer: '/type' }])
    expect(checks.format.findings[0].message).toContain(says)
  })
})

describeShared('the public report itself', { badge: 'reports/12-type-without-vc.json' }, ({ badge }) => {
  test('the type is wrong', async () => {
    const report = await verifyCredential(readFileSync(badge, 'utf8'), { trustedIssuers: anyIssuer, now: NOW })
    expect(report).toMatchObject({ outcome: 'invalid', because: expect.arrayContaining(['schema.mismatch']) })
    expect(report.checks.format.status).toBe('valid')
    expect(report.checks.schema.findings[0]).toMatchObject({ code: 'schema.mismatch', pointer: '/type' })
  })
})
