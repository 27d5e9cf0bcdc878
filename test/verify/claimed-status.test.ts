/**
 * A status that is claimed in another place or form than those that are read: Token Status List (draft-ietf-oauth-status-list) section 6.1 and
 * its kin. The public report: a JWT with `status.status_list` was verified as one without a status.
 */
import { describe, expect, test } from 'vitest'
import { anyIssuer, decide, explain, strictPolicy, verifyCredential } from '../../src/entries/index.js'
import { makeJws } from '../proof/make-jws.js'
import { badgeOf, codesOf, type Issuer, NOW, signed, signRaw, web } from './kit.js'

const TSL = { status_list: { idx: 7, uri: 'https://school.example/tsl/1' } }
const { issuer, sign } = await jwtIssuer()
const badge = badgeOf(issuer) as unknown as Record<string, unknown>
const claims = { iss: issuer.id, jti: badge.id, sub: 'did:example:teacher-17', nbf: 1767225600 }

async function jwtIssuer(): Promise<{ issuer: Issuer; sign: (payload: object, header?: object) => string }> {
  const { generateKey, createSigner } = await import('../../src/entries/index.js')
  const key = await generateKey()
  const signer = await createSigner({ key })
  const issuer = { id: signer.controller, signer }
  const sign = (payload: object, header = {}) =>
    makeJws({ alg: 'EdDSA', typ: 'JWT', kid: signer.verificationMethod, ...header }, payload, key as never)
  return { issuer, sign }
}

const ask = (input: string | object, options = {}) =>
  verifyCredential(input, { trustedIssuers: anyIssuer, now: NOW, loader: web({}), ...options })

describe('a status in the claims of a JWT is never "no status"', () => {
  test.each<[string, unknown, string, string]>([
    ['a status list', { ...badge, ...claims, status: TSL }, 'status.status_list', '/status'],
    ['in vc+jwt', { ...badge, ...claims, status: TSL }, 'status.status_list', '/status'],
    [
      'another mechanism',
      { ...badge, ...claims, status: { status_assertion: {} } },
      'status.status_assertion',
      '/status',
    ],
    [
      'an identifier list',
      { ...badge, ...claims, status: { identifier_list: {} } },
      'status.identifier_list',
      '/status',
    ],
    [
      'several',
      { ...badge, ...claims, status: { status_list: TSL.status_list, other: 1 } },
      'status.status_list',
      '/status',
    ],
    ['in an array', { ...badge, ...claims, status: [TSL] }, '"status"', '/status'],
    ['empty', { ...badge, ...claims, status: {} }, '"status"', '/status'],
    ['a text', { ...badge, ...claims, status: 'https://school.example/tsl/1' }, '"status"', '/status'],
    ['a number', { ...badge, ...claims, status: 0 }, '"status"', '/status'],
    ['beside the claim vc', { ...claims, vc: badge, status: TSL }, 'status.status_list', '/status'],
    ['in the claim vc', { ...claims, vc: { ...badge, status: TSL } }, 'status.status_list', '/status'],
    [
      'credentialStatus beside the claim vc',
      { ...claims, vc: badge, credentialStatus: { type: 'BitstringStatusListEntry' } },
      'credentialStatus.type',
      '/credentialStatus',
    ],
  ])('%s', async (what, payload, name, pointer) => {
    const report = await ask(sign(payload as object, what === 'in vc+jwt' ? { typ: 'vc+jwt' } : {}))
    const { findings, status } = report.checks.status
    expect(findings).toEqual([
      expect.objectContaining({ code: 'status.type_unsupported', pointer, message: expect.stringContaining(name) }),
    ])
    expect(findings[0].message).toContain('BitstringStatusListEntry')
    expect(status).toBe('indeterminate')
    expect(report).toMatchObject({ outcome: 'indeterminate', because: ['status.type_unsupported'] })
    expect(explain(report).join(' ')).toContain('it may or may not be. Ask the issuer.')
    // Nobody's to overlook but by asking for it.
    expect(decide(report.checks, { ...strictPolicy, status: 'required' })).toBe('indeterminate')
    expect(decide(report.checks, { ...strictPolicy, status: 'best-effort' })).toBe('valid')
  })

  test('null is no claim, and none is none', async () => {
    for (const status of [null, undefined])
      expect(codesOf(await ask(sign({ ...badge, ...claims, status })))).toContain('status.absent')
  })

  test('beside an entry that is read: both count', async () => {
    const credentialStatus = { id: 'https://school.example/l#1', type: 'SomethingElse' }
    const { checks } = await ask(sign({ ...badge, ...claims, credentialStatus, status: TSL }))
    expect(checks.status.findings.map(({ pointer }) => pointer)).toEqual(['/status', '/credentialStatus'])
  })

  test('in an endorsement within', async () => {
    const endorsement = sign({
      '@context': badge['@context'],
      id: 'urn:uuid:5a7c3f0e-8d55-4c6a-9a57-0d5f1c1f4f11',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'A good badge',
      issuer: { id: issuer.id, type: ['Profile'], name: 'Example School' },
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: badge.id, type: ['EndorsementSubject'] },
      iss: issuer.id,
      nbf: 1767225600,
      status: TSL,
    })
    const report = await ask(await signed(issuer, { endorsementJwt: [endorsement] }))
    expect(report.endorsements?.[0]?.checks.status.status).toBe('indeterminate')
    expect(report.endorsements?.[0]?.outcome).toBe('indeterminate')
  })
})

describe('with an embedded proof', () => {
  test('a status list of the IETF', async () => {
    const secured = await signRaw(issuer, { ...badge, status: TSL }, { suite: 'eddsa-jcs-2022' })
    expect((await ask(secured)).checks.status.findings[0].code).toBe('status.type_unsupported')
  })

  test("a word of somebody's vocabulary is none", async () => {
    const secured = await signRaw(issuer, { ...badge, status: { name: 'Completed' } }, { suite: 'eddsa-jcs-2022' })
    expect((await ask(secured)).checks.status.findings[0].code).toBe('status.absent')
  })

  test.each<[string, unknown]>([
    ['one of an unknown type', { type: 'TokenStatusListEntry', id: 'https://school.example/tsl/1' }],
    ['an array of them', [{ type: 'TokenStatusListEntry' }, { type: ['StatusAssertion', 'Other'] }]],
  ])('credentialStatus: %s', async (_what, credentialStatus) => {
    const secured = await signRaw(issuer, { ...badge, credentialStatus }, { suite: 'eddsa-jcs-2022' })
    const { status, findings } = (await ask(secured)).checks.status
    expect(status).toBe('indeterminate')
    expect(findings.map(({ code }) => code)).toEqual([credentialStatus].flat().map(() => 'status.type_unsupported'))
  })
})

test('an SD-JWT with a status says that it is not read, and what to ask for', async () => {
  const report = await ask(
    `${sign({ ...claims, vct: 'https://school.example/badge', status: TSL }, { typ: 'dc+sd-jwt' })}~`,
  )
  expect(codesOf(report)).toContain('format.unsupported')
  expect(report.outcome).not.toBe('valid')
})
