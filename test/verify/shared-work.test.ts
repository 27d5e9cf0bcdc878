/** All documents of one report share what may be done for it: endorsements, the credentials of a learner record, lists, refreshes. */
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createEndorsement,
  signCredential,
  type VerificationReport,
  verifyCredential,
} from '../../src/entries/index.js'
import { badgeOf, NOW, newIssuer, web } from './kit.js'

const issuer = await newIssuer()
const { id } = badgeOf(issuer)
const verify = (input: object | string) =>
  verifyCredential(input, { trustedIssuers: anyIssuer, trustedEndorsers: anyIssuer, now: NOW, loader: web({}) })

/** Two neighbours each, and all alike: RDFC-1.0 section 7.1, a poisoned dataset. One alone is within the limit. */
const ring = Array.from({ length: 40 }, (_, node) => ({
  id: `_:n${node}`,
  'https://example.org/knows': [{ id: `_:n${(node + 1) % 40}` }, { id: `_:n${(node + 39) % 40}` }],
}))

const endorsement = (number: number) =>
  createEndorsement({
    name: `A good badge, says ${number}`,
    issuer: issuer.id,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id },
  })

/** What a JWT secures is not canonicalized: the work is that of the endorsements. */
const asJwt = (more: object) =>
  signCredential(badgeOf(issuer, more), { signer: issuer.signer, now: NOW, format: 'jwt' })

const reasons = (reports: readonly VerificationReport<never>[] = []) =>
  reports.map((report) => (report.outcome === 'valid' ? 'valid' : report.because.join()))

describe('endorsements', () => {
  test('that are hard to canonicalize: a report has four times the steps, however many it carries', async () => {
    const good = await signCredential(endorsement(0), { signer: issuer.signer, now: NOW })
    const poisoned = Array.from({ length: 8 }, (_, number) => ({
      ...good,
      id: `urn:example:endorsement:${number}`,
      'https://example.org/graph': ring,
    }))
    const report = await verify(await asJwt({ endorsement: [good, ...poisoned] }))
    const codes = reasons(report.endorsements as never)
    expect(codes[0]).toBe('valid')
    expect(codes.slice(1).filter((code) => code.includes('proof.too_complex')).length).toBeGreaterThanOrEqual(4)
  })
  test('a hundred honest ones, each with a context of its own, are far from the limit', async () => {
    const contexts = (number: number) => [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      { [`remark${number}`]: `https://example.org/terms#remark${number}` },
    ]
    const endorsements: object[] = []
    for (let number = 0; number < 100; number++)
      endorsements.push(
        await signCredential(
          { ...endorsement(number), '@context': contexts(number), [`remark${number}`]: 'yes' } as never,
          { signer: issuer.signer, now: NOW },
        ),
      )
    const report = await verify(await asJwt({ endorsement: endorsements }))
    expect(new Set(reasons(report.endorsements as never))).toEqual(new Set(['valid']))
  })
})
