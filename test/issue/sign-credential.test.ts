/** "Signing validates first": what is signed, what never is, and that a strict verifier takes it. */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  anyIssuer,
  type OpenBadgeCredential,
  type Signer,
  signCredential,
  verifyCredential,
} from '../../src/entries/index.js'
import { ParseError, UsageError } from '../../src/errors.js'
import { signEmbedded, signJwt } from '../../src/issue/sign-credential.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { decodeJws, isJwsFault } from '../../src/proof/jws.js'
import { ALGORITHMS, type Algorithm, KEYS } from '../keys/vectors.js'
import { onlyProof } from '../only-proof.js'
import { fakeLoader, testContext } from '../resolve/fake-loader.js'
import { badgeOf, newIssuer } from '../verify/kit.js'
import { badge, issuerOf, NOW, OB_V3, signerOf, signSettings, VC_V2 } from './badge.js'

const signers = {} as Record<Algorithm, Signer>
beforeAll(async () => {
  for (const algorithm of ALGORITHMS) signers[algorithm] = await signerOf(KEYS[algorithm])
})
const own = (algorithm: Algorithm, changes: object = {}) =>
  badge({ issuer: { id: issuerOf(KEYS[algorithm]), type: ['Profile'], name: 'School' }, ...changes })
const verify = (input: string | object) =>
  verifyCredential(input, { trustedIssuers: anyIssuer, loader: fakeLoader(), now: NOW })

describe('embedded', () => {
  test.each(['EdDSA', 'ES256', 'ES384'] as const)('%s: a strict verifier takes it', async (algorithm) => {
    const credential = own(algorithm)
    const signed = await signEmbedded(credential, signSettings({ signer: signers[algorithm] }))
    const { proof, ...document } = signed
    expect(document).toEqual(credential)
    const report = await verify(signed)
    expect(report.outcome).toBe('valid')
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  test.each(['eddsa-jcs-2022', 'eddsa-rdfc-2022'])('by a named suite: %s', async (suite) => {
    const signed = await signEmbedded(own('EdDSA'), signSettings({ signer: signers.EdDSA, suite }))
    expect(signed).toHaveProperty('proof.0.cryptosuite', suite)
    expect((await verify(signed)).outcome).toBe('valid')
  })

  test('Ed25519Signature2020 where it is named as legacy and the context is there', async () => {
    const credential = own('EdDSA', { '@context': [VC_V2, OB_V3, 'https://w3id.org/security/suites/ed25519-2020/v1'] })
    const signed = await signEmbedded(
      credential,
      signSettings({ signer: signers.EdDSA, legacySuite: 'Ed25519Signature2020' }),
    )
    expect(signed).toHaveProperty('proof.0.type', 'Ed25519Signature2020')
    expect((await verify(signed)).outcome).toBe('valid')
  })

  test('deterministic for Ed25519: the same credential, key and time give the same bytes', async () => {
    const sign = () => signEmbedded(own('EdDSA'), signSettings({ signer: signers.EdDSA }))
    expect(JSON.stringify(await sign())).toBe(JSON.stringify(await sign()))
  })

  test("the caller's object is neither changed nor shared", async () => {
    const credential = own('EdDSA')
    const before = structuredClone(credential)
    const signed = await signEmbedded(credential, signSettings({ signer: signers.EdDSA }))
    expect(credential).toEqual(before)
    ;(credential as { name: string }).name = 'changed afterwards'
    ;(credential.credentialSubject as { id: string }).id = 'did:example:other'
    expect((await verify(signed)).outcome).toBe('valid')
  })

  test('an object that shows two faces is read once', async () => {
    let reads = 0
    const credential = Object.defineProperty({ ...own('EdDSA') }, 'name', {
      enumerable: true,
      get: () => `name ${++reads}`,
    }) as OpenBadgeCredential
    const signed = await signEmbedded(credential, signSettings({ signer: signers.EdDSA }))
    expect(reads).toBe(1)
    expect((await verify(signed)).outcome).toBe('valid')
  })
})

describe('the form of "proof"', () => {
  const sign = (document: object) =>
    signEmbedded(document as OpenBadgeCredential, signSettings({ signer: signers.EdDSA }))
  const endorsement = () =>
    own('EdDSA', {
      type: ['VerifiableCredential', 'EndorsementCredential'],
      credentialSubject: { id: 'https://school.example/achievements/1', type: ['EndorsementSubject'] },
    })
  test.each([
    ['an Open Badge', () => own('EdDSA')],
    [
      'an Open Badge by its other name',
      () => own('EdDSA', { type: ['VerifiableCredential', 'AchievementCredential'] }),
    ],
    ['an endorsement', endorsement],
  ])('%s: a list, also of one', async (_name, make) => {
    const signed = await sign(make())
    expect(signed.proof).toEqual([onlyProof(signed)])
    // How it is written is not signed.
    for (const written of [signed, { ...signed, proof: signed.proof[0] }]) {
      const report = await verifyCredential(written, {
        trustedIssuers: anyIssuer,
        loader: fakeLoader(),
        now: NOW,
        accept: 'any-credential',
      })
      expect(report.outcome).toBe('valid')
    }
  })
  test('any other credential: an object where it is one, a list of several', async () => {
    const id = issuerOf(KEYS.EdDSA)
    const first = await sign({
      '@context': [VC_V2],
      type: ['VerifiableCredential'],
      issuer: id,
      credentialSubject: { id: 'did:example:learner' },
    })
    expect(first.proof).toMatchObject({ type: 'DataIntegrityProof' })
    expect((await sign(first)).proof).toHaveLength(2)
  })
  test('what another library signed with an object gets a list with its second proof', async () => {
    const ours = await sign(own('EdDSA'))
    expect((await sign({ ...ours, proof: ours.proof[0] })).proof).toEqual([ours.proof[0], expect.anything()])
  })
})

describe('signing a second time', () => {
  test('makes a proof set: both verify, neither depends on the other', async () => {
    const first = await signEmbedded(own('EdDSA'), signSettings({ signer: signers.EdDSA }))
    const second = await signEmbedded(first, signSettings({ signer: signers.EdDSA, suite: 'eddsa-jcs-2022' }))
    const proofs = second.proof
    expect(proofs).toHaveLength(2)
    expect(proofs[0]).toEqual(onlyProof(first))
    for (const proof of [proofs, [proofs[1]], [proofs[0]], proofs[1]]) {
      expect((await verify({ ...second, proof })).outcome).toBe('valid')
    }
    const report = await verify({ ...second, name: 'changed' })
    expect(report.checks.proof.findings.filter(({ code }) => code === 'proof.mismatch')).toHaveLength(2)
  })

  test('a third time too', async () => {
    let signed: OpenBadgeCredential = own('EdDSA')
    for (const suite of ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'eddsa-rdfc-2022']) {
      signed = (await signEmbedded(
        signed,
        signSettings({ signer: signers.EdDSA, suite }),
      )) as unknown as OpenBadgeCredential
    }
    expect(signed.proof).toHaveLength(3)
    expect((await verify(signed)).outcome).toBe('valid')
  })

  test('not as a JWT, which would secure the proof as a member', async () => {
    const signed = await signEmbedded(own('EdDSA'), signSettings({ signer: signers.EdDSA }))
    await expect(signJwt(signed, signSettings({ signer: signers.EdDSA }))).rejects.toMatchObject({
      code: 'usage.already_signed',
    })
  })

  test('a proof that builds on an existing one', async () => {
    const first = await signEmbedded(own('EdDSA'), signSettings({ signer: signers.EdDSA }))
    const named = {
      ...first,
      proof: { ...onlyProof(first), id: 'urn:uuid:p1' },
    } as unknown as OpenBadgeCredential
    const chain = await signEmbedded(
      named,
      signSettings({ signer: signers.EdDSA, proof: { previousProof: 'urn:uuid:p1' } }),
    )
    // Naming the first proof changed it, so of the chain only the last one verifies.
    const report = await verify(chain)
    expect(report.checks.proof.findings.map(({ code }) => code).sort()).toEqual(['proof.mismatch', 'proof.verified'])
    await expect(
      signEmbedded(first, signSettings({ signer: signers.EdDSA, proof: { previousProof: 'urn:uuid:p2' } })),
    ).rejects.toThrow(UsageError)
  })
})

describe('JWT', () => {
  test.each(ALGORITHMS)('%s: a strict verifier takes it, all claims are there', async (algorithm) => {
    const credential = own(algorithm, { validUntil: '2031-01-01T00:00:00Z' })
    const text = await signJwt(credential, signSettings({ signer: signers[algorithm] }))
    const jws = decodeJws(text, { maxDepth: 64 })
    if (isJwsFault(jws)) throw new Error(jws.message)
    expect(jws.header).toEqual({ alg: algorithm, typ: 'JWT', kid: signers[algorithm].verificationMethod })
    expect(jws.payload).toEqual({
      ...credential,
      iss: issuerOf(KEYS[algorithm]),
      jti: credential.id,
      sub: 'did:example:learner',
      nbf: 1_893_456_000,
      exp: 1_924_992_000,
    })
    const report = await verify(text)
    expect(report.outcome).toBe('valid')
    expect(report.checks.proof.findings).toHaveLength(1)
  })

  test('what only embedded proofs have is refused', async () => {
    const settings = signSettings({ signer: signers.EdDSA })
    for (const extra of [{ suite: 'eddsa-rdfc-2022' }, { proof: {} }, { proof: { expires: NOW } }]) {
      await expect(signJwt(own('EdDSA'), { ...settings, ...extra })).rejects.toMatchObject({
        code: 'usage.invalid_option',
      })
    }
  })

  test('a member that JWTs use for themselves is refused, with its place', async () => {
    // VCDM 2.0's own context defines the claims, so embedded they are just members.
    const credential = own('EdDSA', { aud: 'did:example:verifier' })
    expect((await verify(await signEmbedded(credential, signSettings({ signer: signers.EdDSA })))).outcome).toBe(
      'valid',
    )
    await expect(signJwt(credential, signSettings({ signer: signers.EdDSA }))).rejects.toMatchObject({
      code: 'parse.reserved_member',
      issues: [{ pointer: '/aud' }],
    })
  })
})

describe('never signed', () => {
  const subject = badge().credentialSubject as unknown as Record<string, unknown>
  const cases: readonly (readonly [what: string, changes: object, code: string])[] = [
    ['no issuer', { issuer: undefined }, 'parse.invalid'],
    ['no subject', { credentialSubject: undefined }, 'parse.invalid'],
    ['no validFrom', { validFrom: undefined }, 'parse.invalid'],
    ['no achievement', { credentialSubject: { ...subject, achievement: undefined } }, 'parse.invalid'],
    ['a date without offset', { validFrom: '2030-01-01T00:00:00' }, 'parse.invalid'],
    ['an end before the beginning', { validUntil: '2029-01-01T00:00:00Z' }, 'parse.invalid'],
    ['an id that is no URI', { id: 'badge-1' }, 'parse.invalid'],
    ['an undefined term', { shoeSize: 43 }, 'parse.undefined_term'],
    [
      'an undefined term, deep',
      { credentialSubject: { ...subject, achievement: { ...(subject.achievement as object), shoeSize: 43 } } },
      'parse.undefined_term',
    ],
    [
      'an undefined type',
      { type: ['VerifiableCredential', 'OpenBadgeCredential', 'NoSuchType'] },
      'parse.undefined_term',
    ],
    [
      'a member under its IRI',
      {
        'https://www.w3.org/2018/credentials#validUntil': {
          '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
          '@value': '2020-01-01T00:00:00Z',
        },
      },
      'parse.ambiguous_member',
    ],
    [
      'an alias',
      {
        '@context': [VC_V2, OB_V3, { until: 'https://www.w3.org/2018/credentials#validUntil' }],
        until: '2020-01-01T00:00:00Z',
      },
      'parse.ambiguous_member',
    ],
    [
      'a node beside',
      { '@included': [{ id: 'urn:uuid:8a3c0b3e-0000-4000-8000-000000000001', validUntil: '2020-01-01T00:00:00Z' }] },
      'parse.ambiguous_member',
    ],
    [
      'a context that cannot be had',
      { '@context': [VC_V2, OB_V3, 'https://unknown.example/v1'] },
      'parse.unknown_context',
    ],
    ['a Date', { validFrom: new Date() }, 'parse.invalid'],
    ['NaN', { evidence: [{ id: 'urn:a', type: ['Evidence'], size: Number.NaN }] }, 'parse.invalid'],
    ['a lone surrogate', { name: '\ud800' }, 'parse.invalid'],
  ]

  test.each(cases)('%s', async (_what, changes, code) => {
    const asked: unknown[] = []
    const signer: Signer = {
      ...signers.EdDSA,
      sign: (data) => {
        asked.push(data)
        return signers.EdDSA.sign(data)
      },
    }
    const credential = own('EdDSA', changes)
    for (const sign of [signEmbedded, signJwt]) {
      const error = await sign(credential, signSettings({ signer })).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(ParseError)
      expect((error as ParseError).code).toBe(code)
      expect((error as ParseError).issues.length).toBeGreaterThan(0)
    }
    expect(asked).toEqual([])
  })

  test('a credential by somebody else', async () => {
    for (const issuer of [
      { id: 'did:web:school.example', type: ['Profile'] },
      issuerOf(KEYS.ES256),
      'https://school.example',
    ]) {
      for (const sign of [signEmbedded, signJwt]) {
        await expect(sign(badge({ issuer }), signSettings({ signer: signers.EdDSA }))).rejects.toMatchObject({
          code: 'usage.signer_not_issuer',
        })
      }
    }
  })

  test.each([
    ['no credential', undefined],
    ['null', null],
    ['a JWT', 'eyJhbGciOiJFZERTQSJ9.e30.c2ln'],
    ['a list', []],
    [
      'a cycle',
      (() => {
        const a: Record<string, unknown> = {}
        a.a = a
        return a
      })(),
    ],
  ])('%s', async (_what, value) => {
    for (const sign of [signEmbedded, signJwt]) {
      await expect(sign(value as never, signSettings({ signer: signers.EdDSA }))).rejects.toThrow(ParseError)
    }
  })

  test('dates of a proof that are none', async () => {
    for (const settings of [
      { now: new Date(Number.NaN) },
      { proof: { expires: new Date(Number.NaN) } },
      { proof: { mandatoryPointers: ['/issuer'] } },
    ]) {
      await expect(signEmbedded(own('EdDSA'), signSettings({ signer: signers.EdDSA, ...settings }))).rejects.toThrow(
        UsageError,
      )
    }
  })
})

describe('extensions', () => {
  test('a further context that defines its terms is signed, inline and loaded', async () => {
    const url = 'https://school.example/context.jsonld'
    const loader = fakeLoader({ [url]: { '@context': { shoeSize: 'https://school.example/shoeSize' } } })
    for (const [context, documents] of [
      [{ shoeSize: 'https://school.example/shoeSize' }, fakeLoader()],
      [url, loader],
    ] as const) {
      const credential = own('EdDSA', { '@context': [VC_V2, OB_V3, context], shoeSize: '43' })
      const settings = signSettings({ signer: signers.EdDSA, context: testContext({ loader: documents, now: NOW }) })
      const signed = await signEmbedded(credential, settings)
      const report = await verifyCredential(signed, { trustedIssuers: anyIssuer, loader: documents, now: NOW })
      expect(report.outcome).toBe('valid')
    }
  })
})

describe('VCDM 2.0 section 4.8: a credential that claims nothing', () => {
  const empty = (credentialSubject: unknown) => ({
    '@context': [VC_V2],
    type: ['VerifiableCredential'],
    issuer: issuerOf(KEYS.EdDSA),
    credentialSubject,
  })
  test.each([[[]], [{}], [[{}]], [{ role: [] }]])(
    '%j is not signed, and is invalid where another signed it',
    async (subject) => {
      const document = empty(subject) as unknown as OpenBadgeCredential
      await expect(signCredential(document, { signer: signers.EdDSA })).rejects.toThrow(/credentialSubject/)
      await expect(signCredential(document, { signer: signers.EdDSA, format: 'jwt' })).rejects.toThrow(
        /credentialSubject/,
      )
      const report = await verifyCredential(
        { ...document, proof: { type: 'DataIntegrityProof' } },
        { trustedIssuers: anyIssuer, loader: fakeLoader(), now: NOW, accept: 'any-credential' },
      )
      expect(report.outcome).toBe('invalid')
      expect(
        report.checks.schema.findings.map(({ code, pointer }) => [code, pointer?.startsWith('/credentialSubject')]),
      ).toContainEqual(['schema.mismatch', true])
    },
  )
})

describe('signCredential, the public function', () => {
  test('signs both forms with its defaults', async () => {
    const signer = signers.EdDSA
    expect(await signCredential(own('EdDSA'), { signer, now: NOW })).toHaveProperty(
      'proof.0.created',
      '2030-01-02T03:04:05Z',
    )
    expect((await signCredential(own('EdDSA'), { signer, format: 'jwt' })).split('.')).toHaveLength(3)
  })

  test('a shape is for JWTs', async () => {
    const signer = signers.EdDSA
    for (const options of [
      { jwt: 'vc+jwt' },
      { format: 'jwt', jwt: 'sd-jwt' },
      { format: 'embedded', jwt: 'vc-claim' },
    ])
      await expect(signCredential(own('EdDSA'), { signer, ...options } as never)).rejects.toMatchObject({
        code: 'usage.invalid_option',
      })
  })

  test('refuses options that are none', async () => {
    const signer = signers.EdDSA
    for (const options of [
      { signer, format: 'png' },
      { signer, limits: { depth: -1 } },
      { signer, limits: { size: 1 } },
      { signer: undefined },
      { signer: publicJwk(KEYS.EdDSA) },
    ]) {
      await expect(signCredential(own('EdDSA'), options as never)).rejects.toThrow(UsageError)
    }
  })

  test('an aborted call rejects with the reason', async () => {
    const reason = new Error('no longer needed')
    await expect(
      signCredential(own('EdDSA'), { signer: signers.EdDSA, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason)
  })
})

/** A public report: people paste addresses with spaces, and were told that these are not absolute. */
describe('a URL with white space is named as that, with the way out', () => {
  test.each([
    ['https://school.example/my badge.png'],
    ['https://school.example/a\tb'],
    ['https://school.example/a\nb'],
    ['urn:x:a b'],
  ])('%j', async (id) => {
    const { signer, id: issuer } = await newIssuer()
    const unsigned = badgeOf({ id: issuer, signer }, { evidence: [{ id }] })
    for (const how of [{}, { suite: 'eddsa-jcs-2022' }, { format: 'jwt' }] as const)
      await expect(signCredential(unsigned, { signer, ...how } as { signer: Signer })).rejects.toMatchObject({
        code: 'parse.undefined_term',
        message: expect.stringMatching(
          /"(?:https|urn):.* has white space in it, and no URL does: write a space as %20/,
        ),
      })
  })
  test('what is no URL at all is not', async () => {
    const { signer, id: issuer } = await newIssuer()
    const unsigned = { ...badgeOf({ id: issuer, signer }), evidence: [{ id: 'my badge', type: ['Evidence'] }] }
    await expect(signCredential(unsigned, { signer })).rejects.toMatchObject({
      message: expect.not.stringContaining('white space'),
    })
  })
})
