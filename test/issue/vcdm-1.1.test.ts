// VCDM 1.1 given to signCredential: sections 4.6 (issuanceDate), 4.9, 5.4, 5.5, 6.3.1 (JWT encoding). Signed as it is, for readers of that version.
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  bakeImage,
  createPresentation,
  createSigner,
  generateKey,
  type JwtShape,
  ParseError,
  type Signer,
  signCredential,
  signPresentation,
  type VerifiableCredentialV1,
  verifyCredential,
} from '../../src/entries/index.js'
import type { Json } from '../../src/internal/types.js'
import { drawBadge } from '../render/samples.js'

const V1 = 'https://www.w3.org/2018/credentials/v1'
const V2 = 'https://www.w3.org/ns/credentials/v2'
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2'
const ob = (name: string) => `https://purl.imsglobal.org/spec/ob/v3p0/${name}.json`
const OB_CONTEXTS = ['context', 'context-3.0.1', 'context-3.0.2', 'context-3.0.3'] as const

const ed25519 = await createSigner({ key: await generateKey() })
const p256 = await createSigner({ key: await generateKey('ES256') })

/** A badge of VCDM 1.1, as issuers of 2023 wrote it; undefined leaves a member out. */
function badge(
  signer: Signer,
  {
    context = 'context-3.0.3',
    ...members
  }: { context?: string } & { readonly [member: string]: Json | undefined } = {},
): VerifiableCredentialV1 {
  const whole = {
    '@context': [V1, ob(context)],
    id: 'urn:uuid:5d1f0a1e-7a8e-4c0c-9a5c-0d0a6f3a4a11',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Giving feedback',
    issuer: { id: signer.verificationMethod.split('#')[0], type: ['Profile'], name: 'School' },
    issuanceDate: '2023-01-01T00:00:00Z',
    expirationDate: '2093-01-01T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'],
      id: 'did:example:ada',
      achievement: {
        id: 'urn:uuid:5d1f0a1e-7a8e-4c0c-9a5c-0d0a6f3a4a12',
        type: ['Achievement'],
        name: 'Giving feedback',
        description: 'Says what helps.',
        criteria: { narrative: 'Gave it three times.' },
      },
    },
    ...members,
  }
  return JSON.parse(JSON.stringify(whole))
}
const verify = async (secured: object | string) =>
  (await verifyCredential(secured, { trustedIssuers: anyIssuer })).outcome
const partsOf = (jwt: string) =>
  jwt
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))

describe('what is signed', () => {
  test.each(
    OB_CONTEXTS.flatMap((context) =>
      [
        [ed25519, 'eddsa-rdfc-2022'],
        [ed25519, 'eddsa-jcs-2022'],
        [p256, 'ecdsa-rdfc-2019'],
        [p256, 'ecdsa-jcs-2019'],
      ].map(([signer, suite]) => [context, suite as string, signer as Signer] as const),
    ),
  )('is the document as it is, and the context of its proof: %s, %s', async (context, suite, signer) => {
    const given = badge(signer, { context })
    const { proof, ...signed } = await signCredential(given, { signer, suite })
    expect(signed).toEqual({ ...given, '@context': [...given['@context'], DATA_INTEGRITY] })
    expect(await verify({ ...signed, proof })).toBe('valid')
    expect(await verify({ ...signed, expirationDate: '2094-01-01T00:00:00Z', proof })).toBe('invalid')
  })
  test.each([DATA_INTEGRITY, 'https://w3id.org/security/data-integrity/v1'])(
    'VC Data Integrity section 2.4: no context is added where %s is there',
    async (context) => {
      const given = { ...badge(ed25519), '@context': [V1, ob('context-3.0.3'), context] } as VerifiableCredentialV1
      const { proof, ...signed } = await signCredential(given, { signer: ed25519 })
      expect(signed).toEqual(given)
      expect(await verify({ ...signed, proof })).toBe('valid')
    },
  )
  test('a legacy suite has a context of its own, and no other is added', async () => {
    const contexts = [V1, ob('context-3.0.3'), 'https://w3id.org/security/suites/ed25519-2020/v1']
    const given = { ...badge(ed25519), '@context': contexts } as unknown as VerifiableCredentialV1
    const signed = await signCredential(given, { signer: ed25519, legacySuite: 'Ed25519Signature2020' })
    expect(signed['@context']).toEqual(contexts)
    expect(await verify(signed)).toBe('valid')
  })
  test('a second proof beside one of another kind: the first secures the contexts, so none is added', async () => {
    const contexts = [V1, ob('context-3.0.3'), 'https://w3id.org/security/suites/ed25519-2020/v1']
    const given = { ...badge(ed25519), '@context': contexts } as unknown as VerifiableCredentialV1
    const once = await signCredential(given, { signer: ed25519, legacySuite: 'Ed25519Signature2020' })
    for (const suite of ['eddsa-rdfc-2022', 'eddsa-jcs-2022'])
      await expect(signCredential(once, { signer: ed25519, suite })).rejects.toMatchObject({
        code: 'parse.undefined_term',
        message: expect.stringContaining(DATA_INTEGRITY),
      })
  })
  test('shorthands stay', async () => {
    const given = badge(ed25519, {
      evidence: { id: 'https://ada.example/work', type: 'Evidence' },
    })
    const signed = await signCredential(given, { signer: ed25519, format: 'jwt', jwt: 'vc-claim' })
    expect(partsOf(signed)[1].vc).toEqual(given)
  })
  test('an unsigned VCDM 1.1 endorsement inside is not made one of 2.0', async () => {
    const endorsement = {
      '@context': [V1, ob('context-3.0.3')],
      id: 'urn:uuid:5d1f0a1e-7a8e-4c0c-9a5c-0d0a6f3a4a13',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'A good badge',
      issuer: { id: 'https://endorser.example', type: ['Profile'], name: 'E' },
      issuanceDate: '2023-01-01T00:00:00Z',
      credentialSubject: { id: 'urn:uuid:5d1f0a1e-7a8e-4c0c-9a5c-0d0a6f3a4a11', type: ['EndorsementSubject'] },
    }
    const { expirationDate, issuanceDate, ...rest } = badge(ed25519)
    const newer = {
      ...rest,
      '@context': [V2, ob('context-3.0.3')],
      validFrom: issuanceDate,
      endorsement: [endorsement],
    }
    // Its context would redefine protected terms of the one around it.
    await expect(signCredential(newer as never, { signer: ed25519, format: 'jwt' })).rejects.toMatchObject({
      code: 'parse.invalid',
      issues: [expect.objectContaining({ pointer: expect.stringMatching(/^\/endorsement\/0\/@context/) })],
    })
  })
})

describe('VCDM 1.1 section 6.3.1: as a JWT', () => {
  test.each<JwtShape>(['vc-claim', 'open-badges'])('%s: claims repeat it under its own names', async (jwt) => {
    const given = badge(p256)
    const secured = await signCredential(given, { signer: p256, format: 'jwt', jwt })
    const [header, payload] = partsOf(secured)
    expect(header).toMatchObject({ typ: 'JWT', alg: 'ES256', kid: p256.verificationMethod })
    expect(payload).toMatchObject({
      iss: p256.verificationMethod.split('#')[0],
      sub: 'did:example:ada',
      jti: given.id,
      nbf: Date.parse(given.issuanceDate) / 1000,
      exp: Date.parse(given.expirationDate as string) / 1000,
    })
    expect(jwt === 'vc-claim' ? payload.vc : payload).toMatchObject(given as object)
    expect(await verify(secured)).toBe('valid')
  })
  test('VC-JOSE-COSE secures VCDM 2.0', async () => {
    await expect(signCredential(badge(p256), { signer: p256, format: 'jwt', jwt: 'vc+jwt' })).rejects.toMatchObject({
      code: 'usage.invalid_option',
      option: 'jwt',
      message: expect.stringContaining('vc-claim'),
    })
  })
})

describe('what is not signed', () => {
  const refusal = async (members: { readonly [member: string]: Json | undefined }) => {
    const refused = signCredential(badge(ed25519, members), { signer: ed25519 })
    const error: unknown = await refused.catch((thrown: unknown) => thrown)
    if (!(error instanceof ParseError)) throw error
    return error.issues.map(({ code, pointer }) => [code, pointer])
  }
  test.each<[string, { readonly [member: string]: Json | undefined }, [string, string][]]>([
    ['section 4.6: no issuanceDate', { issuanceDate: undefined }, [['parse.missing', '/issuanceDate']]],
    [
      'the name of 2.0 for it',
      { issuanceDate: undefined, validFrom: '2023-01-01T00:00:00Z' },
      [['parse.unknown_member', '/validFrom']],
    ],
    [
      'an end that readers of 1.1 overlook',
      { expirationDate: undefined, validUntil: '2033-01-01T00:00:00Z' },
      [['parse.unknown_member', '/validUntil']],
    ],
    [
      'section 4.9: a status without id',
      { credentialStatus: { type: 'X' } },
      [['parse.missing', '/credentialStatus/id']],
    ],
    [
      'section 4.9: one of two',
      { credentialStatus: [{ id: 'urn:x:1', type: 'X' }, { type: 'X' }] },
      [['parse.missing', '/credentialStatus/1/id']],
    ],
    ['section 4.6: no date', { issuanceDate: 'yesterday' }, [['parse.value', '/issuanceDate']]],
    ['a date without offset', { issuanceDate: '2023-01-01T00:00:00' }, [['parse.no_offset', '/issuanceDate']]],
    [
      'the end before the beginning',
      { expirationDate: '2022-01-01T00:00:00Z' },
      [['parse.semantic', '/expirationDate']],
    ],
  ])('%s', async (_, members, issues) => {
    expect(await refusal(members)).toEqual(issues)
  })
  test('a term that only VCDM 2.0 defines', async () => {
    await expect(
      signCredential(badge(ed25519, { relatedResource: [{ id: 'https://x.example/1', digestSRI: 'sha256-x' }] }), {
        signer: ed25519,
      }),
    ).rejects.toMatchObject({ code: 'parse.undefined_term' })
  })
})

test('it can be baked and presented', async () => {
  const signed = await signCredential(badge(ed25519), { signer: ed25519 })
  expect(await verify(await bakeImage(drawBadge(8), signed))).toBe('valid')
  const holder = ed25519.verificationMethod.split('#')[0] as string
  const presentation = createPresentation({ holder, credentials: [signed] })
  expect(presentation.verifiableCredential).toEqual([signed])
  // VCDM 1.1 section 4.10.
  const older = { ...presentation, '@context': [V1] } as never
  const presented = await signPresentation(older, { signer: ed25519, proof: { challenge: 'c' } })
  expect(presented['@context']).toEqual([V1, DATA_INTEGRITY])
})
