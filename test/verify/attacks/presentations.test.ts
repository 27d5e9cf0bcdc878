/** VCDM 2.0 sections 4.13 and 9.x (replay, impersonation): presentations that somebody else made, or made for somebody else. */
import { describe, expect, test } from 'vitest'
import {
  anyHolder,
  anyIssuer,
  createPresentation,
  didDocument,
  noChallenge,
  type PresentationReport,
  signCredential,
  signPresentation,
  verifyPresentation,
} from '../../../src/entries/index.js'
import { defaultResolvers, selfAssertedKeys } from '../../../src/entries/resolvers.js'
import { badgeOf, codesOf, type Issuer, NOW, newIssuer, signed, signRaw, web, withMember } from '../kit.js'
import type { Node } from './canonical-form.js'

const issuer = await newIssuer()
const holder = await newIssuer()
const thief = await newIssuer()
const mine = { credentialSubject: { id: holder.id } }
const badge = await signed(issuer, mine)
const jwtBadge = await signCredential(badgeOf(issuer, mine), { signer: issuer.signer, format: 'jwt', now: NOW })
const revoked = await signed(issuer, { ...mine, validUntil: '2026-02-01T00:00:00Z' })
const CHALLENGE = { challenge: 'c-1', domain: 'school.example' }
const base = { trustedIssuers: anyIssuer, now: NOW, loader: web({}), ...CHALLENGE } as const

const present = (by: Issuer, credentials: readonly unknown[] = [badge], proof: object = CHALLENGE) =>
  signPresentation(createPresentation({ holder: by.id, credentials: credentials as never }), {
    signer: by.signer,
    now: NOW,
    proof,
  })
const because = (report: PresentationReport) => (report.outcome === 'valid' ? [] : report.because)
const verify = (input: object | string, options: object = {}) => verifyPresentation(input, { ...base, ...options })

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
async function presentJwt(by: Issuer, change: Node = {}, header: Node = {}, vp: object | undefined = undefined) {
  const {
    '@context': context,
    type,
    verifiableCredential,
  } = createPresentation({ holder: by.id, credentials: [badge] })
  const document = { '@context': context, type, holder: by.id, verifiableCredential }
  const claims = {
    iss: by.id,
    aud: 'school.example',
    nonce: 'c-1',
    nbf: NOW.getTime() / 1000 - 5,
    exp: NOW.getTime() / 1000 + 600,
  }
  const payload = vp === undefined ? { ...document, ...claims, ...change } : { ...claims, vp, ...change }
  const input = `${part({ alg: 'EdDSA', typ: 'JWT', kid: by.signer.verificationMethod, ...header })}.${part(payload)}`
  return `${input}.${Buffer.from(await by.signer.sign(new TextEncoder().encode(input))).toString('base64url')}`
}

describe('honest presentations', () => {
  test.each<[string, () => Promise<object | string>]>([
    ['embedded', () => present(holder)],
    ['of an enveloped JWT', () => present(holder, [jwtBadge])],
    ['of both', () => present(holder, [badge, jwtBadge])],
    ['a JWT', () => presentJwt(holder)],
    ['a JWT, vp+jwt', () => presentJwt(holder, {}, { typ: 'vp+jwt', cty: 'vp' })],
    [
      'a JWT with a vp claim, VCDM 1.1',
      () =>
        presentJwt(
          holder,
          {},
          {},
          {
            '@context': ['https://www.w3.org/2018/credentials/v1'],
            type: ['VerifiablePresentation'],
            verifiableCredential: [badge],
          },
        ),
    ],
    ['a JWT without times', () => presentJwt(holder, { nbf: undefined, exp: undefined })],
  ])('%s', async (_, make) => {
    const report = await verify(await make())
    expect(because(report)).toEqual([])
    expect(report).toMatchObject({ outcome: 'valid', holder: holder.id })
  })
})

describe('replay', () => {
  test.each<[string, object, string]>([
    ['another challenge', { challenge: 'c-2' }, 'proof.challenge_mismatch'],
    ['another domain', { domain: 'other.example' }, 'proof.domain_mismatch'],
  ])('with %s', async (_, options, code) => {
    for (const presentation of [await present(holder), await presentJwt(holder)]) {
      const report = await verify(presentation, options)
      expect(because(report)).toContain(code)
      // Who presents is not proven either.
      expect(report.checks.holder.status).not.toBe('valid')
    }
  })
  test('of one that was made without a challenge', async () => {
    expect(because(await verify(await present(holder, [badge], {})))).toContain('proof.challenge_mismatch')
    expect(because(await verify(await presentJwt(holder, { nonce: undefined })))).toContain('proof.challenge_mismatch')
  })
  test('with the challenge written in later', async () => {
    const old = await present(holder, [badge], { challenge: 'c-0', domain: 'school.example' })
    expect(because(await verify(withMember(old, ['proof', 'challenge'], 'c-1')))).toEqual(['proof.mismatch'])
    expect(because(await verify(withMember(old, ['proof', 'challenge'], ['c-0', 'c-1'])))).toContain(
      'proof.challenge_mismatch',
    )
  })
  test('of a JWT whose time is over, or has not come', async () => {
    const seconds = NOW.getTime() / 1000
    expect(because(await verify(await presentJwt(holder, { exp: seconds - 301 })))).toContain('proof.expired')
    expect(because(await verify(await presentJwt(holder, { nbf: seconds + 301 })))).toContain('proof.not_yet')
  })
  test('nobody forgets to ask', async () => {
    for (const challenge of [undefined, '', null, 5])
      await expect(verify(await present(holder), { challenge })).rejects.toMatchObject({ name: 'UsageError' })
  })
})

describe('somebody else', () => {
  test('a stolen badge, presented by the thief as himself', async () => {
    const report = await verify(await present(thief))
    expect(because(report)).toEqual(['holder.mismatch'])
    expect(report.checks.proof.status).toBe('valid')
  })
  test('among badges of one’s own', async () => {
    const own = await signed(issuer, { credentialSubject: { id: thief.id } })
    expect(because(await verify(await present(thief, [own, badge])))).toEqual(['holder.mismatch'])
  })
  test('a thief who names the owner as holder', async () => {
    const { proof, ...document } = (await present(holder)) as unknown as Node
    for (const purpose of ['authentication', 'assertionMethod']) {
      const forged = await signRaw(thief, document, { purpose })
      const report = await verify(forged, { challenge: noChallenge, domain: undefined })
      expect(because(report)).toContain('key.not_issuer')
      expect(report.checks.holder.status).not.toBe('valid')
    }
    const jwt = await presentJwt(thief, { holder: holder.id, iss: holder.id })
    expect(because(await verify(jwt))).toContain('key.not_issuer')
    // The key belongs to `iss`, and `holder` says somebody else.
    const split = await presentJwt(thief, { holder: holder.id })
    expect((await verify(split)).outcome).toBe('invalid')
  })
  test('keyBinding report-only takes the thief’s signature, and never for the holder’s', async () => {
    const { proof, ...document } = (await present(holder)) as unknown as Node
    const forged = await signRaw(thief, document, { purpose: 'authentication' })
    const options = { challenge: noChallenge, domain: undefined, policy: { keyBinding: 'report-only' } }
    const report = await verify(forged, options)
    expect(codesOf(report)).toContain('key.other_controller')
    expect(because(report)).toEqual(['holder.blocked'])
    const anybody = await verify(forged, { ...options, holder: anyHolder })
    expect(anybody.outcome).toBe('valid')
    expect(anybody).not.toHaveProperty('holder')
  })
  test('a key that the presentation brings along proves no holder', async () => {
    const { publicKey } = thief.signer
    const resolvers = [selfAssertedKeys(), ...defaultResolvers()]
    const forged = await presentJwt(thief, { holder: holder.id, iss: holder.id }, { kid: undefined, jwk: publicKey })
    const report = await verify(forged, { resolvers })
    expect(codesOf(report)).toContain('key.self_asserted')
    expect(because(report)).toEqual(['holder.blocked'])
  })
  test('no holder named: who signed it is the holder, and the badge is not theirs', async () => {
    const { proof, holder: _, ...document } = (await present(holder)) as unknown as Node
    const report = await verify(await signRaw(thief, document, { purpose: 'authentication' }), {
      challenge: noChallenge,
      domain: undefined,
    })
    expect(because(report)).toEqual(['holder.mismatch'])
  })
  test('a key of the holder’s that is not for authentication', async () => {
    const id = 'did:web:holder.example'
    const key = await newIssuer('EdDSA', `${id}#key-1`)
    const document = didDocument({ id, keys: [{ id: `${id}#key-1`, publicKey: key.signer.publicKey }] as never })
    const url = 'https://holder.example/.well-known/did.json'
    const own = await signed(issuer, { credentialSubject: { id } })
    const presentation = await present(key, [own])
    const good = await verify(presentation, {
      loader: web({ [url]: { ...document, authentication: [`${id}#key-1`] } }),
    })
    expect(because(good)).toEqual([])
    const bad = await verify(presentation, { loader: web({ [url]: { ...document, authentication: [] } }) })
    expect(because(bad)).toContain('key.not_authorized')
  })
  test('a credential presented as a presentation, and the other way round', async () => {
    expect((await verify(badge)).outcome).toBe('invalid')
    expect((await verify(jwtBadge)).outcome).toBe('invalid')
  })
})

describe('what is inside', () => {
  test('an expired badge makes the presentation invalid, with its code', async () => {
    expect(because(await verify(await present(holder, [badge, revoked])))).toEqual(['validity.expired'])
  })
  test('changed after it was presented: both proofs say so', async () => {
    const changedBadge = withMember(await present(holder), ['verifiableCredential', 0, 'name'], 'Another badge')
    const report = await verify(changedBadge)
    expect(because(report)).toEqual(['proof.mismatch', 'proof.mismatch'])
  })
  test('a badge taken out, or put in', async () => {
    const two = await present(holder, [badge, jwtBadge])
    for (const verifiableCredential of [[badge], [...(two.verifiableCredential ?? []), badge], []])
      expect(because(await verify({ ...two, verifiableCredential }))).toContain('proof.mismatch')
  })
  test.each([
    ['no data URL', 'https://issuer.example/badge.jwt'],
    ['no JWT', 'data:application/vc+jwt,hello'],
    ['nothing', 'data:application/vc+jwt,'],
    ['of another media type', `data:text/plain,${jwtBadge}`],
    ['a JWT within a JWT', 'data:application/vc+jwt,e30.e30.e30'],
  ])('an envelope that is %s', async (_, id) => {
    const { proof, ...document } = (await present(holder, [jwtBadge])) as unknown as Node
    const forged = await signRaw(holder, withMember(document, ['verifiableCredential', 0, 'id'], id), {
      purpose: 'authentication',
    })
    expect((await verify(forged, { challenge: noChallenge, domain: undefined })).outcome).toBe('invalid')
  })
  test('envelopes within envelopes are opened once', async () => {
    const envelope = (id: string) => ({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['EnvelopedVerifiableCredential'],
      id,
    })
    let inner = jwtBadge
    for (let depth = 0; depth < 12; depth++) {
      const input = `${part({ alg: 'EdDSA', kid: issuer.signer.verificationMethod })}.${part(envelope(`data:application/vc+jwt,${inner}`))}`
      inner = `${input}.${Buffer.from(await issuer.signer.sign(new TextEncoder().encode(input))).toString('base64url')}`
    }
    const report = await verify(await present(holder, [inner]))
    expect(report.outcome).toBe('invalid')
    expect(report.credentials).toHaveLength(1)
  })
  test('thousands of badges: a hundred are verified, and that is said', async () => {
    const verifiableCredential = Array.from({ length: 2_000 }, () => 'e30.e30.AA')
    const report = await verify({ ...(await present(holder)), verifiableCredential })
    expect(report.outcome).toBe('invalid')
    expect(codesOf(report)).toContain('holder.limit')
    expect(report.credentials).toHaveLength(100)
  })
  test('graphs that are hard to canonicalize: a presentation has four of its steps, however many it carries', async () => {
    // Two neighbours each, and all alike: RDFC-1.0 section 7.1, a poisoned dataset. One alone is within the limit.
    const ring = Array.from({ length: 40 }, (_, node) => ({
      id: `_:n${node}`,
      'https://example.org/knows': [{ id: `_:n${(node + 1) % 40}` }, { id: `_:n${(node + 39) % 40}` }],
    }))
    const poisoned = { ...badge, 'https://example.org/graph': ring }
    const verifiableCredential = [...Array.from({ length: 8 }, () => poisoned), badge]
    const { proof, ...unsigned } = (await present(holder)) as unknown as Node
    const { credentials } = await verify(
      { ...unsigned, verifiableCredential },
      { unsignedPresentation: true, holder: anyHolder },
    )
    const codes = credentials.map((report) => (report.outcome === 'valid' ? 'valid' : report.because[0]))
    expect(codes.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => 'proof.mismatch'))
    expect(codes.slice(4)).toEqual([...Array.from({ length: 4 }, () => 'proof.too_complex'), 'valid'])
  })
  test('a presentation within a presentation is no credential', async () => {
    const { proof, ...document } = (await present(holder)) as unknown as Node
    const nested = { ...document, verifiableCredential: [await present(holder)] }
    expect((await verify(nested, { unsignedPresentation: true, holder: anyHolder })).outcome).toBe('invalid')
  })
})

describe('a presentation that nobody signed', () => {
  test('is taken only where the caller says so, and proves no holder', async () => {
    const { proof, ...unsigned } = (await present(holder)) as unknown as Node
    expect(because(await verify(unsigned))).toContain('proof.missing')
    expect(because(await verify(unsigned, { unsignedPresentation: true }))).toEqual(['holder.blocked'])
    const anybody = await verify(unsigned, { unsignedPresentation: true, holder: anyHolder })
    expect(anybody.outcome).toBe('valid')
    expect(anybody).not.toHaveProperty('holder')
  })
  test('a wrong signature is not the same as none', async () => {
    const broken = withMember(await present(holder), ['proof', 'proofValue'], 'z3FXQ')
    const report = await verify(broken, { unsignedPresentation: true, holder: anyHolder })
    expect(report.outcome).toBe('invalid')
    for (const proof of [[null], 5, 'x', {}, [[]]]) {
      const { outcome } = await verify({ ...broken, proof }, { unsignedPresentation: true, holder: anyHolder })
      expect(outcome).toBe('invalid')
    }
  })
})
