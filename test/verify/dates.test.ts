/** RFC 3339 and VCDM 2.0 section 4.9, where JavaScript's own reading of dates is more generous than both. */
import { describe, expect, test } from 'vitest'
import { anyIssuer, verifyCredential } from '../../src/entries/index.js'
import { checkValidity } from '../../src/verify/checks/validity.js'
import { badgeOf, codesOf, NOW, newIssuer, signed, signRaw, web, withMember } from './kit.js'

const issuer = await newIssuer()
const at = (now: string, dates: { validFrom?: string; validUntil?: string }, clockSkewSeconds = 0) =>
  checkValidity(dates, { now: new Date(now), clockSkewSeconds }).findings.map(({ code }) => code)

describe('both ends', () => {
  const dates = { validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-12-31T23:59:59Z' }
  test.each([
    ['2025-12-31T23:59:59.999Z', 'validity.not_yet'],
    ['2026-01-01T00:00:00.000Z', 'validity.current'],
    ['2026-12-31T23:59:59.000Z', 'validity.current'],
    ['2026-12-31T23:59:59.001Z', 'validity.expired'],
  ])('at %s: %s', (now, code) => expect(at(now, dates)).toEqual([code]))
  test('the clock skew applies at both', () => {
    expect(at('2025-12-31T23:55:00Z', dates, 300)).toEqual(['validity.current'])
    expect(at('2025-12-31T23:54:59Z', dates, 300)).toEqual(['validity.not_yet'])
    expect(at('2027-01-01T00:04:59Z', dates, 300)).toEqual(['validity.current'])
    expect(at('2027-01-01T00:05:00Z', dates, 300)).toEqual(['validity.expired'])
  })
  test('no date at all is current', () => expect(at('2026-01-01T00:00:00Z', {})).toEqual(['validity.current']))
  test('offsets count, and none is UTC with a note', () => {
    expect(at('2026-01-01T00:00:00Z', { validFrom: '2026-01-01T01:00:00+01:00' })).toEqual(['validity.current'])
    expect(at('2026-01-01T00:00:00Z', { validFrom: '2026-01-01T00:30:00+00:00' })).toEqual(['validity.not_yet'])
    expect(at('2026-01-01T00:00:00Z', { validFrom: '2026-01-01T00:00:00' })).toEqual([
      'validity.current',
      'validity.no_offset',
    ])
  })
  test('a leap second is a moment: the last of 2016', () => {
    expect(at('2017-01-01T00:00:00Z', { validUntil: '2016-12-31T23:59:60Z' })).toEqual(['validity.current'])
    expect(at('2017-01-01T00:00:00.001Z', { validUntil: '2016-12-31T23:59:60Z' })).toEqual(['validity.expired'])
    expect(at('2017-01-01T00:00:00Z', { validFrom: '2017-01-01T08:59:60+09:00' })).toEqual(['validity.current'])
  })
})

/** Date.parse takes all of these. */
const GENEROUS = [
  '2026-02-30T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '2026-1-1',
  '2026-01-01',
  '2026',
  '2026-01-01 00:00:00Z',
  '2026-01-01T00:00Z',
  '2026-01-01T24:00:00Z',
  'January 1, 2026',
  '01/01/2026',
  'Thu, 01 Jan 2026 00:00:00 GMT',
  '+012026-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-01-01T00:00:00+0100',
  '1767225600000',
] as const
/** Nobody takes these. */
const WRONG = [
  '',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-01T00:60:00Z',
  '2026-01-01T00:00:61Z',
  '2026-06-15T12:34:60Z',
  '2026-01-01T00:00:00+24:00',
  '12026-01-01T00:00:00Z',
  '2026-01-01T00:00:00Z ',
  '2026-01-01T00:00:00.Z',
  '٢٠٢٦-01-01T00:00:00Z',
] as const

describe('what is no date-time never passes for one', () => {
  test.each([...GENEROUS, ...WRONG])('%s', async (date) => {
    expect(at('2026-06-01T00:00:00Z', { validFrom: date })).toEqual(['validity.blocked'])
    for (const member of ['validFrom', 'validUntil']) {
      const document = await signRaw(issuer, withMember(badgeOf(issuer), [member], date))
      const report = await verifyCredential(document, { trustedIssuers: anyIssuer, now: NOW, loader: web({}) })
      expect(report.outcome).toBe('invalid')
      expect(codesOf(report)).toContain('schema.mismatch')
      expect(report.checks.validity.status).not.toBe('valid')
    }
    const good = await signed(issuer)
    for (const member of ['created', 'expires']) {
      const report = await verifyCredential(withMember(good, ['proof', 0, member], date), {
        trustedIssuers: anyIssuer,
        now: NOW,
      })
      expect(codesOf(report)).toContain('proof.malformed')
    }
  })
  test('a proof’s dates need an offset', async () => {
    const good = withMember(await signed(issuer), ['proof', 0, 'created'], '2026-01-01T00:00:00')
    const report = await verifyCredential(good, { trustedIssuers: anyIssuer, now: NOW })
    expect(codesOf(report)).toContain('proof.malformed')
  })
})
