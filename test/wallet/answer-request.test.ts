/** Answers: bound to who asked, taken by our verifier and by @digitalbazaar/vc, and no more than was asked. */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createSigner,
  generateKey,
  ParseError,
  UsageError,
  verifyPresentation,
} from '../../src/entries/index.js'
import { answerRequest, type HeldBadge, type PresentationRequest, parseRequest } from '../../src/entries/wallet.js'
import { bundledContext } from '../../src/resolve/contexts/bundle.js'
import { type Issuer, newIssuer, signed, web } from '../verify/kit.js'
import { held, newHolder, selective } from './kit.js'

const ORIGIN = 'https://jobs.example.com'
const CHALLENGE = '3182bdea-63d9-11ea-b6de-3b7c1404d57f'
const NOW = new Date('2026-06-01T12:00:00Z')

let holder: Awaited<ReturnType<typeof newHolder>>
let issuer: Issuer
let badge: HeldBadge
let other: HeldBadge
beforeAll(async () => {
  holder = await newHolder()
  issuer = await newIssuer()
  badge = held(await signed(issuer, { credentialSubject: { id: holder.id } }))
  other = held(
    await signed(issuer, {
      id: 'urn:uuid:00000000-8d55-4c6a-9a57-0d5f1c1f4f1b',
      name: 'Another',
      credentialSubject: { id: holder.id },
    }),
  )
})

const request = (
  rest: object = {},
  credentialQuery: object | object[] = { example: { type: 'OpenBadgeCredential' } },
): PresentationRequest =>
  parseRequest({
    query: [{ type: 'QueryByExample', credentialQuery }],
    challenge: CHALLENGE,
    domain: 'jobs.example.com',
    ...rest,
  })
const authentication = (rest: object = {}, query: object = {}) =>
  parseRequest({ query: [{ type: 'DIDAuthentication', ...query }], challenge: CHALLENGE, ...rest })
const answer = (asked: PresentationRequest, rest: object = {}) =>
  answerRequest(asked, { origin: ORIGIN, signer: holder.signer, show: [{ badge }], now: NOW, ...rest })
const code = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => new Error('no error'),
    (thrown) => thrown,
  )
  return error instanceof UsageError || error instanceof ParseError ? error.code : error
}
const verify = (presentation: object, rest: object = {}) =>
  verifyPresentation(presentation, {
    trustedIssuers: [issuer.id],
    challenge: CHALLENGE,
    domain: 'jobs.example.com',
    loader: web({}),
    now: NOW,
    ...rest,
  })

describe('an answer', () => {
  test('is taken by verifyPresentation, and by nobody else who asked otherwise', async () => {
    const { presentation, shown, aboutOthers } = await answer(request())
    expect((await verify(presentation)).outcome).toBe('valid')
    expect(shown).toEqual([{ badge }])
    expect(aboutOthers).toEqual([])
    expect(await verify(presentation, { challenge: 'another' })).toMatchObject({
      because: ['proof.challenge_mismatch'],
    })
    expect(await verify(presentation, { domain: 'evil.example' })).toMatchObject({ because: ['proof.domain_mismatch'] })
  })
  test('is taken by @digitalbazaar/vc', async () => {
    const documentLoader = async (url: string) => {
      const did = url.split('#')[0] as string
      const key = {
        '@context': 'https://w3id.org/security/multikey/v1',
        id: `${did}#${did.slice(8)}`,
        type: 'Multikey',
        controller: did,
        publicKeyMultibase: did.slice(8),
      }
      const controller = {
        '@context': ['https://www.w3.org/ns/did/v1'],
        id: did,
        verificationMethod: [key],
        assertionMethod: [key.id],
        authentication: [key.id],
      }
      const document =
        bundledContext(url) ?? (url.startsWith('did:key:') ? (url.includes('#') ? key : controller) : undefined)
      if (document === undefined) throw new Error(`not here: ${url}`)
      return { contextUrl: null, documentUrl: url, document }
    }
    const check = async (presentation: object, challenge: string) =>
      vc.verify({
        presentation: structuredClone(presentation),
        challenge,
        domain: 'jobs.example.com',
        suite: new DataIntegrityProof({ cryptosuite: eddsaRdfc2022 }),
        documentLoader,
        now: NOW,
      })
    const { presentation } = await answer(request())
    expect(await check(presentation, CHALLENGE)).toMatchObject({ verified: true })
    expect(await check(presentation, 'another')).toMatchObject({ verified: false })
    const login = await answer(authentication({ domain: 'jobs.example.com' }), { show: [] })
    expect(await check(login.presentation, CHALLENGE)).toMatchObject({ verified: true })
  })
  test('to who only asks who the holder is has no credential', async () => {
    const { presentation } = await answer(authentication(), { show: [] })
    expect(presentation).not.toHaveProperty('verifiableCredential')
    expect(presentation.holder).toBe(holder.id)
    const report = await verify(presentation, { domain: ORIGIN })
    expect(report.outcome).toBe('valid')
  })
  test('without a domain in the request is bound to the origin', async () => {
    const { presentation } = await answer(authentication(), { show: [], origin: `${ORIGIN}/path?x` })
    expect([presentation.proof].flat()[0]).toMatchObject({
      domain: ORIGIN,
      challenge: CHALLENGE,
      proofPurpose: 'authentication',
    })
  })
  test('names where it is wanted, and may expire', async () => {
    const interact = {
      service: [{ type: 'UnmediatedHttpPresentationService2021', serviceEndpoint: 'https://jobs.example.com/x' }],
    }
    const { respondTo, presentation } = await answer(request({ interact }), {
      expires: new Date('2026-06-01T12:05:00Z'),
    })
    expect(respondTo).toBe('https://jobs.example.com/x')
    expect(await verify(presentation, { now: new Date('2026-06-02T00:00:00Z') })).toMatchObject({
      because: ['proof.expired'],
    })
  })
  test('says which badges are about others', async () => {
    const theirs = held(await signed(issuer))
    const { aboutOthers, presentation } = await answer(request(), { show: [{ badge: theirs }] })
    expect(aboutOthers).toEqual([theirs])
    expect(await verify(presentation)).toMatchObject({ because: ['holder.mismatch'] })
  })
})

describe('the domain', () => {
  test.each([
    'jobs.example.com',
    'https://jobs.example.com',
    'https://jobs.example.com/apply',
    'JOBS.example.com',
    'jobs.example.com:443',
  ])('%s is the origin, and is signed as it was written', async (domain) => {
    const { presentation } = await answer(request({ domain }))
    expect([presentation.proof].flat()[0]).toHaveProperty('domain', domain)
  })
  test.each([
    'yourbank.example',
    'example.com',
    'jobs.example.com.evil.example',
    'jobs.example.com:8443',
    'http://jobs.example.com',
    'https://jobs.example.com@evil.example',
    'https://evil@jobs.example.com',
    'jobs.example.com@evil.example',
    'jobs.example.com/evil',
    'jobs.example.com ',
    'jоbs.example.com',
    'did:web:jobs.example.com',
    'javascript:jobs.example.com',
    '\u202emoc.elpmaxe.sboj',
  ])('%j is refused', async (domain) => {
    expect(await code(answer(request({ domain })))).toBe('parse.domain')
  })
  test.each([
    undefined,
    'jobs.example.com',
    'http://jobs.example.com',
    'https://a@jobs.example.com',
    'javascript:1',
    7,
  ])('%j is no origin', async (origin) => {
    expect(await code(answer(request(), { origin }))).toMatch(/^usage\.(missing|invalid)_option$/)
  })
  test('localhost may be http', async () => {
    await expect(
      answer(request({ domain: 'localhost:8080' }), { origin: 'http://localhost:8080' }),
    ).resolves.toBeDefined()
  })
})

describe('shows what was asked, and nothing else', () => {
  test('what does not answer is refused', async () => {
    const asked = request({}, [
      { example: { name: 'Another' } },
      { required: false, example: { type: 'OpenBadgeCredential' } },
    ])
    expect(await code(answer(asked))).toBe('usage.request_not_met')
    await expect(answer(asked)).rejects.toThrow('/query/0/credentialQuery/0')
    expect((await answer(asked, { show: [{ badge: other }] })).shown).toHaveLength(1)
  })
  test('a badge that nobody asked for is refused', async () => {
    expect(
      await code(answer(request({}, { example: { name: 'Another' } }), { show: [{ badge: other }, { badge }] })),
    ).toBe('usage.not_asked')
    expect(await code(answer(authentication()))).toBe('usage.not_asked')
  })
  test('of a base proof what was asked, and never the base proof itself', async () => {
    const { secured, issuer: school } = await selective({ credentialSubject: { id: holder.id } })
    const asked = request({}, { example: { credentialSubject: { result: { value: '14' } } } })
    const { presentation, shown } = await answer(asked, { show: [{ badge: held(secured) }] })
    const text = JSON.stringify(presentation)
    expect(text).toContain('"14"')
    expect(text).not.toContain('"12"')
    expect(text).not.toContain('Private')
    expect(text).not.toContain(String(([secured.proof].flat()[0] as { proofValue: string }).proofValue).slice(0, 100))
    expect(shown[0]?.disclosure?.withheld).toContain('/credentialSubject/narrative')
    expect((await verify(presentation, { trustedIssuers: [school.id] })).outcome).toBe('valid')
    const generous = await answer(asked, { show: [{ badge: held(secured), reveal: ['/credentialSubject/result'] }] })
    expect(JSON.stringify(generous.presentation)).toContain('"12"')
    expect(
      await code(answer(asked, { show: [{ badge: held(secured), reveal: ['/credentialSubject/narrative'] }] })),
    ).toBe('usage.request_not_met')
  })
  test('of proofs that nobody here understands none: they could be the base proof of another suite', async () => {
    const secured = badge.secured as object as { proof: object }
    const secret = {
      type: 'DataIntegrityProof',
      cryptosuite: 'bbs-2023',
      proofValue: 'u2V0ChVhQ',
      proofPurpose: 'assertionMethod',
    }
    const both = held({ ...secured, proof: [secured.proof, secret].flat() } as never)
    const { presentation } = await answer(request(), { show: [{ badge: both }] })
    expect(JSON.stringify(presentation)).not.toContain('bbs-2023')
    expect((await verify(presentation)).outcome).toBe('valid')
    expect(await code(answer(request(), { show: [{ badge: held({ ...secured, proof: secret } as never) }] }))).toBe(
      'usage.unknown_proof',
    )
  })
  test('parts of a badge without base proof cannot be had', async () => {
    expect(await code(answer(request(), { show: [{ badge, reveal: [] }] }))).toBe('usage.no_base_proof')
  })
})

describe("the holder's key", () => {
  test('is of a DID method that is accepted', async () => {
    expect(
      (await answer(authentication({}, { acceptedMethods: [{ method: 'key' }] }), { show: [] })).presentation.holder,
    ).toBe(holder.id)
    expect(await code(answer(authentication({}, { acceptedMethods: [{ method: 'web' }] }), { show: [] }))).toBe(
      'usage.method_not_accepted',
    )
  })
  test('signs with a suite that is accepted', async () => {
    const suites = (...names: string[]) =>
      authentication({}, { acceptedCryptosuites: names.map((cryptosuite) => ({ cryptosuite })) })
    const used = async (asked: PresentationRequest, rest: object = {}) =>
      ([(await answer(asked, { show: [], ...rest })).presentation.proof].flat()[0] as { cryptosuite?: string })
        .cryptosuite
    expect(await used(suites('bbs-2023', 'eddsa-jcs-2022', 'eddsa-rdfc-2022'))).toBe('eddsa-jcs-2022')
    expect(await used(suites('eddsa-jcs-2022', 'eddsa-rdfc-2022'), { suite: 'eddsa-rdfc-2022' })).toBe(
      'eddsa-rdfc-2022',
    )
    expect(await code(answer(suites('ecdsa-rdfc-2019'), { show: [] }))).toBe('usage.suite_not_accepted')
    expect(await code(answer(suites('eddsa-rdfc-2022'), { show: [], suite: 'eddsa-jcs-2022' }))).toBe(
      'usage.suite_not_accepted',
    )
    const nist = await createSigner({ key: await generateKey('ES256') })
    expect(await used(suites('ecdsa-sd-2023', 'ecdsa-rdfc-2019'), { signer: nist })).toBe('ecdsa-rdfc-2019')
  })
})

test.each([
  ['a request that nobody read', { challenge: 'c', query: [] }],
  ['one without challenge', { queries: [] }],
  ['none', undefined],
])('refuses %s', async (_, asked) => {
  expect(await code(answerRequest(asked as never, { origin: ORIGIN, signer: holder.signer, show: [] }))).toBe(
    'usage.invalid_option',
  )
})
test('a badge whose proof has no name of which a text could be made', async () => {
  const proof = { type: { toString: 1, valueOf: 1 }, proofValue: 'z1' }
  const odd = { ...badge, secured: { ...(badge.secured as object), proof } as never }
  expect(await code(answer(request(), { show: [{ badge: odd }] }))).toBe('usage.unknown_proof')
})
test.each(['show', 'signer', 'origin'])('%s is required', async (name) => {
  expect(await code(answer(request(), { [name]: undefined }))).toBe('usage.missing_option')
})
test('an abort ends it', async () => {
  const reason = new Error('enough')
  await expect(answer(request(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})
test('anyIssuer verifies it too', async () => {
  expect((await verify((await answer(request())).presentation, { trustedIssuers: anyIssuer })).outcome).toBe('valid')
})
