/** A public report: a badge was not valid because of a check that nobody had asked for. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  anyHolder,
  anyIssuer,
  type Demand,
  type VerifyOptions,
  verifyCredential,
  verifyPresentation,
} from '../../src/entries/index.js'
import { describeShared } from '../shared.js'
import { badgeOf, NOW, newIssuer, signed, signRaw, web, withMember } from './kit.js'

const issuer = await newIssuer()
const other = await newIssuer()
const good = await signed(issuer)

const lookAway = { schema: 'report-only', validity: 'report-only', status: 'report-only' } as const
const verify = (badge: object | string, options: Partial<VerifyOptions> = {}) =>
  verifyCredential(badge, { trustedIssuers: anyIssuer, now: NOW, loader: web({}), ...options })

/** Badges with which something is wrong, so that later checks cannot run. */
const BROKEN: Readonly<Record<string, object | string>> = {
  'no JSON': '{',
  'no badge': { type: 'Person' },
  'no member that the model demands': await signRaw(issuer, withMember(badgeOf(issuer), ['validFrom'], 'soon')),
  'no issuer': await signRaw(issuer, withMember(badgeOf(issuer), ['issuer'], undefined)),
  'no proof': badgeOf(issuer),
  'a proof of another text': withMember(good, ['name'], 'Another'),
  'a key of somebody else': await signRaw(other, badgeOf(issuer)),
  'a key that nobody has': withMember(good, ['proof', 0, 'verificationMethod'], 'did:nobody:knows#key'),
}

describe.each(Object.entries(BROKEN))('%s', (_, badge) => {
  test.each<Demand>(['if-present', 'best-effort', 'report-only'])(
    'policy %s: what was not asked does not decide',
    async (demand) => {
      const report = await verify(badge, {
        refresh: false,
        policy: { ...lookAway, recipient: demand, issuer: demand, refresh: demand },
      })
      expect(report.outcome).not.toBe('valid')
      const because = report.outcome === 'valid' ? [] : report.because
      expect(because).not.toEqual([])
      expect(because.filter((code) => /^(?:recipient|issuer|refresh)\./.test(code))).toEqual([])
      const { recipient, issuer, refresh } = report.checks
      expect([recipient.status, issuer.status, refresh.status]).toEqual(['skipped', 'skipped', 'skipped'])
    },
  )
  test('what was asked is blocked, or answered', async () => {
    const { checks } = await verify(badge, { trustedIssuers: [issuer.id], recipient: { id: 'did:example:eve' } })
    for (const { status } of [checks.recipient, checks.issuer, checks.refresh]) expect(status).toBeDefined()
    expect([checks.recipient.status, checks.issuer.status]).not.toContain('skipped')
  })
})

test('a presentation that cannot be read, from whoever', async () => {
  const { checks } = await verifyPresentation('{', { trustedIssuers: anyIssuer, challenge: 'c', holder: anyHolder })
  expect(checks.holder.findings.map(({ code }) => code)).toEqual(['holder.not_asked'])
})

describeShared(
  'the public report itself',
  { badge: 'reports/15-schema-fails-recipient-not-asked.json' },
  ({ badge }) => {
    test('nobody asked for whom it is', async () => {
      const report = await verify(readFileSync(badge, 'utf8'), { policy: lookAway })
      expect(report.checks.recipient.findings.map(({ code }) => code)).toEqual(['recipient.not_asked'])
      // Never valid, whatever the policy: there is no credential that could be given. And it says why.
      expect(report).toMatchObject({ outcome: 'indeterminate', because: ['schema.mismatch'] })
    })
  },
)
