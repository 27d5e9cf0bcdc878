// Presentations as JWT. VC-JOSE-COSE section 3.1.2 (`vp+jwt`), VCDM 2.0 section 4.13.2 (envelopes), VCDM 1.1 section 6.3.1 (the claim `vp`).
import { compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createPresentation,
  createSigner,
  generateKey,
  noChallenge,
  type PresentationJwtShape,
  type SignOptions,
  signCredential,
  signPresentation,
  type VerifiablePresentation,
  type VerifiablePresentationV1,
  verifyPresentation,
} from '../../src/entries/index.js'
import { badgeOf, type Issuer, newIssuer, signed } from '../verify/kit.js'

const V1 = 'https://www.w3.org/2018/credentials/v1'
const V2 = 'https://www.w3.org/ns/credentials/v2'
const NOW = new Date('2026-06-01T12:00:00Z')
const issuer = await newIssuer()
const holder = await newIssuer()
const mine = { credentialSubject: { id: holder.id } }
const badge = await signed(issuer, mine)
const jwtBadge = await signCredential(badgeOf(issuer, mine), {
  signer: issuer.signer,
  format: 'jwt',
})
const made = createPresentation({
  id: 'urn:uuid:8a3c0b3e-0000-4000-8000-0000000000a1',
  holder: holder.id,
  credentials: [badge, jwtBadge],
})
const PROOF = { challenge: 'c-1', domain: 'https://school.example', expires: new Date('2026-06-01T12:10:00Z') }

interface Told {
  readonly by?: Issuer
  readonly of?: VerifiablePresentation | VerifiablePresentationV1
  readonly jwt?: PresentationJwtShape
  readonly options?: Partial<SignOptions>
}
const sign = ({ by = holder, of = made, jwt = 'vp+jwt', options = {} }: Told = {}) =>
  signPresentation(of, { signer: by.signer, now: NOW, proof: PROOF, format: 'jwt', jwt, ...options })
const verify = (input: string | object, options: object = {}) =>
  verifyPresentation(input, {
    trustedIssuers: anyIssuer,
    now: NOW,
    challenge: 'c-1',
    domain: 'https://school.example',
    ...options,
  })
const outcome = async (input: string | object, options: object = {}) => {
  const report = await verify(input, options)
  return report.outcome === 'valid' ? [report.holder] : report.because
}
const partsOf = (jwt: string) =>
  jwt
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))

describe('what is written', () => {
  test('VC-JOSE-COSE section 3.1.2: the payload is the presentation, and the header says so', async () => {
    const [header, payload] = partsOf(await sign())
    expect(header).toEqual({ alg: 'EdDSA', typ: 'vp+jwt', cty: 'vp', kid: holder.signer.verificationMethod })
    expect(payload).toEqual({
      ...made,
      iss: holder.id,
      jti: made.id,
      aud: PROOF.domain,
      nonce: PROOF.challenge,
      iat: NOW.getTime() / 1000,
      exp: PROOF.expires.getTime() / 1000,
    })
  })
  test('jose verifies it', async () => {
    const key = await importJWK(holder.signer.publicKey as never, 'EdDSA')
    const { payload } = await compactVerify(await sign(), key)
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject(made as object)
  })
  test('nothing is claimed that nobody gave', async () => {
    const bare = createPresentation({ holder: holder.id, credentials: [badge] })
    const [, payload] = partsOf(await sign({ of: bare, options: { proof: {} } }))
    expect(Object.keys(payload).sort()).toEqual(
      ['@context', 'holder', 'iat', 'iss', 'type', 'verifiableCredential'].sort(),
    )
  })
  test.each(['EdDSA', 'ES256', 'ES384', 'RS256'] as const)('with a key for %s', async (algorithm) => {
    const key = await generateKey(algorithm)
    const verificationMethod = algorithm === 'RS256' ? 'https://holder.example/keys#1' : undefined
    const signer = await createSigner({ key, ...(verificationMethod === undefined ? {} : { verificationMethod }) })
    const id = signer.verificationMethod.split('#')[0] as string
    const of = createPresentation({ holder: id, credentials: [jwtBadge] })
    const jwt = await signPresentation(of, { signer, now: NOW, proof: PROOF, format: 'jwt' })
    expect(partsOf(jwt)[0].alg).toBe(algorithm)
    // The key of the https holder is nowhere.
    if (algorithm !== 'RS256') expect(await outcome(jwt, { holder: undefined })).toEqual(['holder.mismatch'])
  })
})

describe('what is read', () => {
  test('VC-JOSE-COSE section 3.1.2', async () => {
    const report = await verify(await sign())
    expect(report).toMatchObject({ outcome: 'valid', holder: holder.id })
    expect(report.credentials.map((each) => each.outcome)).toEqual(['valid', 'valid'])
  })
  test('as bytes, and with white space around it', async () => {
    const jwt = await sign()
    expect(await outcome(new TextEncoder().encode(` ${jwt}\n`))).toEqual([holder.id])
  })
  test.each([
    ['', (jwt: string) => jwt],
    [';base64', (jwt: string) => Buffer.from(jwt).toString('base64')],
  ])('VCDM 2.0 section 4.13.2: in an envelope%s', async (parameter, encode) => {
    const envelope = {
      '@context': V2,
      type: 'EnvelopedVerifiablePresentation',
      id: `data:application/vp+jwt${parameter},${encode(await sign())}`,
    }
    expect(await outcome(envelope)).toEqual([holder.id])
    expect(await outcome({ ...envelope, '@context': [] })).toContain('format.malformed')
    expect(await outcome({ ...envelope, id: 'data:application/vp+sd-jwt,a~b~' })).toContain('format.unsupported')
    expect(await outcome({ ...envelope, id: `data:application/vc+jwt,${await sign()}` })).toContain(
      'format.unsupported',
    )
  })
  test('for somebody else, for another challenge, too late, changed', async () => {
    const jwt = await sign()
    expect(await outcome(jwt, { challenge: 'c-2' })).toContain('proof.challenge_mismatch')
    expect(await outcome(jwt, { domain: 'https://other.example' })).toContain('proof.domain_mismatch')
    expect(await outcome(jwt, { now: new Date('2026-06-01T13:00:00Z') })).toContain('proof.expired')
    const [head, body, signature] = jwt.split('.')
    const changed = { ...JSON.parse(Buffer.from(body as string, 'base64url').toString()), holder: issuer.id }
    const forged = `${head}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`
    expect((await verify(forged)).outcome).toBe('invalid')
  })
  test('without a challenge, where the caller says so', async () => {
    expect(
      await outcome(await sign({ options: { proof: {} } }), { challenge: noChallenge, domain: undefined }),
    ).toEqual([holder.id])
    expect(await outcome(await sign({ options: { proof: {} } }))).toContain('proof.challenge_mismatch')
  })
  test('it is not an unsigned presentation', async () => {
    const [head, body] = (await sign()).split('.')
    const unsigned = `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`
    expect(await outcome(unsigned, { unsignedPresentation: true })).toContain('proof.mismatch')
  })
})

test('what no context defines is a remark, and nothing is said of a signature that covers it', async () => {
  const [head, body] = (await sign()).split('.')
  const payload = { ...JSON.parse(Buffer.from(body as string, 'base64url').toString()), shoeSize: 46 }
  const input = `${head}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`
  const signature = await holder.signer.sign(new TextEncoder().encode(input))
  const report = await verify(`${input}.${Buffer.from(signature).toString('base64url')}`)
  expect(report.outcome).toBe('valid')
  const [remark] = report.checks.schema.findings.filter(({ code }) => code === 'schema.outside_vocabulary')
  expect(remark).toMatchObject({ pointer: '/shoeSize', note: true })
  expect(remark?.message).toContain('JSON-LD drops it')
  expect(remark?.message).not.toContain('signature')
})

describe('VCDM 1.1', () => {
  const older: VerifiablePresentationV1 = {
    '@context': [V1],
    type: ['VerifiablePresentation'],
    holder: holder.id,
    verifiableCredential: [jwtBadge],
  }
  test('section 6.3.1: in the claim "vp", as it is', async () => {
    const jwt = await sign({ of: older, jwt: 'vp-claim' })
    const [header, payload] = partsOf(jwt)
    expect(header).toMatchObject({ typ: 'JWT' })
    expect(payload).toMatchObject({ iss: holder.id, nonce: 'c-1', aud: PROOF.domain, vp: older })
    const report = await verify(jwt)
    expect(report).toMatchObject({ outcome: 'valid', holder: holder.id })
    // Its JWTs are what VCDM 1.1 has there, and its signature covers them.
    expect(report.checks.schema.findings.map(({ code }) => code)).toEqual(['schema.conforms', 'schema.older_context'])
    const one = await sign({ of: { ...older, verifiableCredential: jwtBadge } as never, jwt: 'vp-claim' })
    expect(await outcome(one)).toEqual([holder.id])
  })
  test('an embedded proof of the graph does not cover the text of a JWT', async () => {
    await expect(signPresentation(older, { signer: holder.signer, proof: { challenge: 'c-1' } })).rejects.toMatchObject(
      { code: 'parse.undefined_term' },
    )
  })
  test('VC-JOSE-COSE secures VCDM 2.0', async () => {
    await expect(sign({ of: older })).rejects.toMatchObject({ code: 'usage.invalid_option', option: 'jwt' })
  })
  test('VCDM 2.0 in the same claim is read too', async () => {
    expect(await outcome(await sign({ jwt: 'vp-claim' }))).toEqual([holder.id])
  })
})

describe('what is refused', () => {
  test.each<[string, Told, object]>([
    ['a suite', { options: { suite: 'eddsa-jcs-2022' } }, { code: 'usage.invalid_option', option: 'suite' }],
    [
      'a legacy suite',
      { options: { legacySuite: 'Ed25519Signature2020' } },
      { code: 'usage.invalid_option', option: 'legacySuite' },
    ],
    [
      'the id of a proof',
      { options: { proof: { id: 'urn:uuid:1' } } },
      { code: 'usage.invalid_option', option: 'proof.id' },
    ],
    [
      'a proof before it',
      { options: { proof: { previousProof: 'urn:uuid:1' } } },
      { code: 'usage.invalid_option', option: 'proof.previousProof' },
    ],
    [
      'a shape that is none',
      { jwt: 'vc+jwt' as never },
      { code: 'usage.invalid_option', message: expect.stringContaining('vp+jwt') },
    ],
    ['the key of somebody else', { by: issuer }, { code: 'usage.signer_not_holder' }],
    ['no holder', { of: { ...made, holder: undefined } as never }, { code: 'usage.signer_not_holder' }],
    ['a member that is a claim', { of: { ...made, nonce: 'mine' } as never }, { code: 'parse.undefined_term' }],
    [
      'a member that is a claim, and defined',
      { of: { ...made, '@context': [V2, { vp: 'https://x.example/vp' }], vp: 'mine' } as never },
      { code: 'parse.reserved_member' },
    ],
    ['what is no presentation', { of: { ...made, type: ['X'] } }, { code: 'parse.invalid' }],
    [
      'one that is signed already',
      { of: { ...made, proof: (badge as { proof: unknown }).proof } as never },
      { code: 'usage.already_signed' },
    ],
  ])('%s', async (_, told, error) => {
    await expect(sign(told)).rejects.toMatchObject(error)
  })
  test('a shape without format: "jwt"', async () => {
    const options = { signer: holder.signer, jwt: 'vp+jwt' } as never
    await expect(signPresentation(made, options)).rejects.toMatchObject({ code: 'usage.invalid_option', option: 'jwt' })
  })
})
