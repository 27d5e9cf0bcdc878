// VCDM 2.0 sections 4.13.1 and 4.13.2: an envelope has a context that defines it, its type alone, and a data: URL.
import { beforeAll, describe, expect, test } from 'vitest'
import {
  anyHolder,
  anyIssuer,
  createPresentation,
  createSigner,
  decodeCredential,
  defaultLimits,
  explain,
  generateKey,
  noChallenge,
  type Signer,
  signCredential,
  verifyCredential,
  verifyPresentation,
} from '../../src/entries/index.js'
import { importBadges } from '../../src/entries/wallet.js'
import type { Json } from '../../src/internal/types.js'

const V2 = 'https://www.w3.org/ns/credentials/v2'
let signer: Signer
let jwt: string
let idOf: string
beforeAll(async () => {
  signer = await createSigner({ key: await generateKey() })
  idOf = signer.verificationMethod.split('#')[0] as string
  const credential = {
    '@context': [V2],
    type: ['VerifiableCredential'],
    issuer: idOf,
    credentialSubject: { id: 'did:example:ada' },
  }
  jwt = (await signCredential(credential as never, { signer, format: 'jwt', jwt: 'vc+jwt' })) as string
})

type Envelope = Record<string, Json | undefined>
const envelope = (members: Envelope = {}): object =>
  Object.fromEntries(
    Object.entries({
      '@context': V2,
      type: 'EnvelopedVerifiableCredential',
      id: `data:application/vc+jwt,${jwt}`,
      ...members,
    }).filter(([, value]) => value !== undefined),
  )
const verify = (document: object) => verifyCredential(document, { trustedIssuers: anyIssuer, accept: 'any-credential' })
const judged = async (document: object) => {
  const { outcome, checks } = await verify(document)
  const [first] = checks.format.findings
  return [outcome, first?.code, first?.pointer]
}

describe('what an envelope may be', () => {
  test.each<[string, () => Envelope]>([
    ['the base context alone', () => ({})],
    ['in a list', () => ({ '@context': [V2] })],
    ['with others', () => ({ '@context': [V2, 'https://www.w3.org/ns/credentials/examples/v2'] })],
    ['its type in a list', () => ({ type: ['EnvelopedVerifiableCredential'] })],
    ['application/jwt', () => ({ id: `data:application/jwt,${jwt}` })],
    ['vc+ld+jwt', () => ({ id: `data:application/vc+ld+jwt,${jwt}` })],
    ['vc+ld+json+jwt', () => ({ id: `data:application/vc+ld+json+jwt,${jwt}` })],
    ['in capitals', () => ({ id: `DATA:Application/VC+JWT,${jwt}` })],
    ['with a parameter', () => ({ id: `data:application/vc+jwt;charset=utf-8,${jwt}` })],
    ['RFC 2397: in base64', () => ({ id: `data:application/vc+jwt;base64,${Buffer.from(jwt).toString('base64')}` })],
    ['RFC 2397: in percent-encoding', () => ({ id: `data:application/vc+jwt,${jwt.replaceAll('.', '%2E')}` })],
  ])('%s', async (_, members) => {
    expect(await judged(envelope(members()))).toEqual(['valid', 'format.parsed', undefined])
  })
  test.each<[string, () => Envelope, string, string]>([
    ['no context', () => ({ '@context': undefined }), 'format.malformed', '/@context'],
    ['an empty list of contexts', () => ({ '@context': [] }), 'format.malformed', '/@context'],
    [
      'a context that does not define it',
      () => ({ '@context': 'https://www.w3.org/ns/credentials/examples/v2' }),
      'format.malformed',
      '/@context',
    ],
    ['VCDM 1.1', () => ({ '@context': ['https://www.w3.org/2018/credentials/v1'] }), 'format.malformed', '/@context'],
    ['a number for a context', () => ({ '@context': 5 }), 'format.malformed', '/@context'],
    ['null for a context', () => ({ '@context': null }), 'format.malformed', '/@context'],
    ['an object for a context', () => ({ '@context': { [V2]: V2 } }), 'format.malformed', '/@context'],
    [
      'a second type',
      () => ({ type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] }),
      'format.malformed',
      '/type',
    ],
    ['no id', () => ({ id: undefined }), 'format.malformed', '/id'],
    ['a number for an id', () => ({ id: 5 }), 'format.malformed', '/id'],
    ['a URL that is none of data', () => ({ id: 'https://issuer.example/badge.jwt' }), 'format.malformed', '/id'],
    ['no comma', () => ({ id: 'data:application/vc+jwt' }), 'format.malformed', '/id'],
    ['bad percent-encoding', () => ({ id: 'data:application/vc+jwt,%E0%A4%A' }), 'format.malformed', '/id'],
    ['bad base64', () => ({ id: 'data:application/vc+jwt;base64,!!' }), 'format.malformed', '/id'],
    ['bytes that are no text', () => ({ id: 'data:application/vc+jwt;base64,gICA' }), 'format.malformed', '/id'],
  ])('refused: %s', async (_, members, code, pointer) => {
    expect(await judged(envelope(members()))).toEqual(['invalid', code, pointer])
  })
  test('nothing longer than a badge is unpacked', async () => {
    const id = `data:application/vc+jwt,${'A'.repeat(defaultLimits.documentBytes)}`
    expect((await judged(envelope({ id })))[0]).toBe('invalid')
  })
})

// VC-JOSE-COSE section 6.1 registers all of them, and this library reads JWTs.
const UNREAD = [
  ['an SD-JWT', 'data:application/vc+sd-jwt,eyJhbGciOiJFUzI1NiJ9.e30.AA~x~'],
  ['an SD-JWT', 'data:application/vc+ld+json+sd-jwt,eyJhbGciOiJFUzI1NiJ9.e30.AA~x~'],
  ['an SD-JWT', 'data:application/dc+sd-jwt,eyJhbGciOiJFUzI1NiJ9.e30.AA~x~'],
  ['an SD-JWT', 'data:application/sd-jwt,eyJhbGciOiJFUzI1NiJ9.e30.AA~x~'],
  ['COSE', 'data:application/vc+cose;base64,0oRYVqQB'],
  ['COSE', 'data:application/vc+ld+json+cose;base64,0oRYVqQB'],
  ['COSE', 'data:application/cose;base64,0oRYVqQB'],
  ['COSE', 'data:application/cose; cose-type="cose-sign1";base64,0oRYVqQB'],
  ['COSE', 'data:application/vc+cwt;base64,0oRYVqQB'],
  ['ISO/IEC 18013-5', 'data:application/mso_mdoc;base64,0oRYVqQB'],
  ['JSON', 'data:application/vc,%7B%7D'],
  ['JSON', 'data:application/ld+json,%7B%7D'],
  ['something else', 'data:text/plain,hello'],
  ['something else', 'data:,hello'],
  ['something else', 'data:application/vc+jwt+zip,hello'],
  ['a presentation', 'data:application/vp+jwt,e30.e30.AA'],
] as const

describe('what an envelope holds that is not read', () => {
  test.each(UNREAD)('%s: %s', async (what, id) => {
    const report = await verify(envelope({ id }))
    const [found] = report.checks.format.findings
    expect([report.outcome, report.outcome === 'valid' ? [] : report.because, found?.code, found?.pointer]).toEqual([
      'invalid',
      expect.arrayContaining(['format.unsupported']),
      'format.unsupported',
      '/id',
    ])
    expect(found?.message).toContain(what)
    expect(found?.message).toContain('application/vc+jwt')
    // Nothing is said of a signature that nobody looked at.
    expect(explain(report).join(' ')).not.toMatch(/sign(ed|ature) by|did not sign|nothing is signed/i)
    await expect(decodeCredential(envelope({ id }))).rejects.toMatchObject({ code: 'parse.unsupported' })
    // To a wallet a presentation is as welcome, and this one says nothing.
    const { badges, problems } = await importBadges(envelope({ id }))
    expect(badges).toEqual([])
    expect(problems).toEqual([
      expect.objectContaining({ code: what === 'a presentation' ? 'parse.invalid' : 'parse.unsupported' }),
    ])
  })
  test('it stands in a presentation among others: each has its own answer', async () => {
    const presentation = createPresentation({ holder: 'did:example:ada', credentials: [jwt] })
    const verifiableCredential = [
      ...(presentation.verifiableCredential ?? []),
      envelope({ '@context': [V2], type: ['EnvelopedVerifiableCredential'], id: UNREAD[0][1] }),
    ]
    const { outcome, credentials } = await verifyPresentation({ ...presentation, verifiableCredential } as never, {
      trustedIssuers: anyIssuer,
      accept: 'any-credential',
      challenge: noChallenge,
      unsignedPresentation: true,
      holder: anyHolder,
    })
    expect([outcome, ...credentials.map((each) => each.outcome)]).toEqual(['invalid', 'valid', 'invalid'])
    expect(credentials[1]?.checks.format.findings[0]?.code).toBe('format.unsupported')
  })
})

describe('what an envelope is given to', () => {
  test('a presentation to verifyCredential, a credential to verifyPresentation', async () => {
    expect(await judged(envelope({ type: 'EnvelopedVerifiablePresentation' }))).toEqual([
      'invalid',
      'format.unsupported',
      '/type',
    ])
    const { outcome, checks } = await verifyPresentation(envelope(), {
      trustedIssuers: anyIssuer,
      challenge: noChallenge,
    })
    expect([outcome, checks.format.findings[0]?.code]).toEqual(['invalid', 'format.unsupported'])
    expect(checks.format.findings[0]?.message).toContain('verifyCredential')
  })
  test('decodeCredential and importBadges find the credential in it', async () => {
    const decoded = await decodeCredential(envelope())
    expect([decoded.secured, decoded.unverified.issuer, decoded.signed]).toEqual([jwt, idOf, true])
    const { badges } = await importBadges(envelope())
    expect(badges.map(({ secured }) => secured)).toEqual([jwt])
  })
})
