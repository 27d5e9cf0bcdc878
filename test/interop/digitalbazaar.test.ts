/** @digitalbazaar/vc 7.3 with its own suites, as an independent oracle: it takes what we sign, and we take what it signs. */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey'
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createSigner,
  generateKey,
  type PrivateJwk,
  type Signer,
  signCredential,
  type VerifiableCredentialV1,
  verifyCredential,
} from '../../src/entries/index.js'
import { encodeBase58btc } from '../../src/internal/base58btc.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { encodePublicMultikey } from '../../src/keys/multikey.js'
import { bundledContext } from '../../src/resolve/contexts/bundle.js'
import { badge, issuerOf, NOW } from '../issue/badge.js'
import { DID_KEY_NIST, hex, KEYS } from '../keys/vectors.js'
import { onlyProof } from '../only-proof.js'
import { fakeLoader } from '../resolve/fake-loader.js'

const ROWS = [
  {
    name: 'eddsa-rdfc-2022, Ed25519',
    key: KEYS.EdDSA,
    header: '8026',
    multikey: Ed25519Multikey,
    cryptosuite: eddsaRdfc2022,
  },
  {
    name: 'ecdsa-rdfc-2019, P-256',
    key: KEYS.ES256,
    header: '8626',
    multikey: EcdsaMultikey,
    cryptosuite: ecdsaRdfc2019,
  },
  {
    name: 'ecdsa-rdfc-2019, P-384',
    key: KEYS.ES384,
    header: '8726',
    multikey: EcdsaMultikey,
    cryptosuite: ecdsaRdfc2019,
  },
] as const

/** Bundled contexts, and of a did:key its document and its one key, as they expect them. */
async function documentLoader(url: string) {
  const [did, fragment] = url.split('#') as [string, string | undefined]
  const text = did.slice('did:key:'.length)
  const key = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${text}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: text,
  }
  const document =
    bundledContext(url) ??
    (!did.startsWith('did:key:')
      ? undefined
      : fragment === undefined
        ? {
            '@context': ['https://www.w3.org/ns/did/v1'],
            id: did,
            verificationMethod: [key],
            assertionMethod: [key.id],
            authentication: [key.id],
          }
        : key)
  if (document === undefined) throw new Error(`not here: ${url}`)
  return { contextUrl: null, documentUrl: url, document }
}

const theySay = async (credential: object, cryptosuite: unknown): Promise<boolean> =>
  (
    await vc.verifyCredential({
      credential: structuredClone(credential),
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader,
      now: NOW,
    })
  ).verified
const weSay = async (credential: object, accept: 'open-badge' | 'any-credential' = 'open-badge'): Promise<string> => {
  const report = await verifyCredential(credential, {
    trustedIssuers: anyIssuer,
    loader: fakeLoader(),
    now: NOW,
    accept,
  })
  return report.outcome === 'valid' ? 'valid' : (report.because[0] as string)
}
/** What a badge may have, so that blank nodes, lists, language tags and numbers are in it. */
const rich = (issuer: string) =>
  badge({
    issuer: {
      id: issuer,
      type: ['Profile'],
      name: 'École des exemples',
      url: 'https://school.example',
      address: { type: ['Address'], addressCountry: 'FR' },
    },
    validUntil: '2031-01-01T00:00:00Z',
    description: 'Grüße, 日本語, 🎓 "quoted" \\ back\nslash',
    credentialSubject: {
      id: 'did:example:learner',
      type: ['AchievementSubject'],
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityHash: `sha256$${'7b1c'.repeat(16)}`,
          identityType: 'emailAddress',
          salt: 'x',
        },
      ],
      achievement: {
        id: 'https://school.example/achievements/1',
        type: ['Achievement'],
        achievementType: 'MicroCredential',
        name: 'Giving Feedback',
        description: 'd',
        criteria: { narrative: 'Two observed lessons.' },
        creditsAvailable: 1.5,
        alignment: [
          { type: ['Alignment'], targetName: 'A', targetUrl: 'https://framework.example/a' },
          { type: ['Alignment'], targetName: 'B', targetUrl: 'https://framework.example/b' },
        ],
      },
      result: [{ type: ['Result'], value: '3.5' }],
    },
    evidence: [{ id: 'https://school.example/evidence/1', type: ['Evidence'], name: 'Video' }],
  })

const I18N = 'https://www.w3.org/ns/i18n#'
const ARABIC = { '@value': 'تغذية راجعة', '@language': 'ar', '@direction': 'rtl' } as const
/** No Open Badge: names of those are plain texts. */
const directed = (issuer: string) =>
  ({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: 'urn:uuid:8a3c0b3e-0000-4000-8000-000000000002',
    type: ['VerifiableCredential'],
    name: ARABIC,
    issuer: { id: issuer, name: [ARABIC, { '@value': 'School', '@language': 'EN', '@direction': 'ltr' }] },
    credentialSubject: { id: 'did:example:learner' },
  }) as const
const DIRECTED: Readonly<Record<string, object>> = {
  'in a name': {},
  'without a language': { description: { '@value': 'abc', '@direction': 'rtl' } },
  'from a context': {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      { remark: { '@id': 'https://school.example/terms#remark', '@language': 'he', '@direction': 'rtl' } },
    ],
    remark: 'שלום',
  },
}

const older = (issuer: string, context: string): VerifiableCredentialV1 => {
  const { '@context': _, validFrom, ...members } = badge({ issuer: { id: issuer, type: ['Profile'], name: 'School' } })
  return {
    '@context': ['https://www.w3.org/2018/credentials/v1', `https://purl.imsglobal.org/spec/ob/v3p0/${context}.json`],
    ...members,
    issuer,
    issuanceDate: validFrom,
    expirationDate: '2031-01-01T00:00:00Z',
  }
}

describe.each(ROWS)('$name', ({ key, header, multikey, cryptosuite }) => {
  const issuer = issuerOf(key)
  let ours: Signer
  let theirs: { signer(): unknown }
  beforeAll(async () => {
    ours = await createSigner({ key })
    const publicKeyMultibase = encodePublicMultikey(publicJwk(key) as never)
    const secret = Uint8Array.of(...hex(header), ...Buffer.from(key.d, 'base64url'))
    theirs = await multikey.from({
      '@context': 'https://w3id.org/security/multikey/v1',
      type: 'Multikey',
      controller: issuer,
      id: `${issuer}#${publicKeyMultibase}`,
      publicKeyMultibase,
      secretKeyMultibase: `z${encodeBase58btc(secret)}`,
    })
  })
  const theySign = (credential: object) =>
    vc.issue({
      credential: structuredClone(credential),
      suite: new DataIntegrityProof({ signer: theirs.signer(), cryptosuite, date: NOW }),
      documentLoader,
      now: NOW,
    })

  test.each([
    ['a small badge', () => badge({ issuer: { id: issuer, type: ['Profile'] } })],
    ['a rich badge', () => rich(issuer)],
  ])('they take what we sign: %s', async (_what, make) => {
    const signed = await signCredential(make(), { signer: ours, now: NOW, loader: fakeLoader() })
    expect(await theySay(signed, cryptosuite)).toBe(true)
    expect(await theySay({ ...signed, name: 'Something else' }, cryptosuite)).toBe(false)
  })

  test.each([
    ['a small badge', () => badge({ issuer: { id: issuer, type: ['Profile'] } })],
    ['a rich badge', () => rich(issuer)],
  ])('we take what they sign: %s', async (_what, make) => {
    const signed = await theySign(make())
    expect(await weSay(signed)).toBe('valid')
    expect(await weSay({ ...signed, name: 'Something else' })).toBe('proof.mismatch')
  })

  test.each(Object.entries(DIRECTED))('VCDM 2.0 section 11.1, base directions, both ways: %s', async (_, members) => {
    const credential = { ...directed(issuer), ...members }
    const our = await signCredential(credential, { signer: ours, now: NOW, loader: fakeLoader() })
    expect(await theySay(our, cryptosuite)).toBe(true)
    const their = await theySign(credential)
    for (const signed of [our, their]) {
      expect(await weSay(signed, 'any-credential')).toBe('valid')
      expect(await weSay({ ...signed, name: { ...ARABIC, '@direction': 'ltr' } }, 'any-credential')).toBe(
        'proof.mismatch',
      )
      const { '@direction': _direction, ...without } = ARABIC
      expect(await weSay({ ...signed, name: without }, 'any-credential')).toBe('proof.mismatch')
      // The same literal in another guise.
      expect(
        await weSay({ ...signed, name: { '@value': ARABIC['@value'], '@type': `${I18N}ar_rtl` } }, 'any-credential'),
      ).not.toBe('valid')
    }
  })

  test.each(['context', 'context-3.0.1', 'context-3.0.2', 'context-3.0.3'])(
    'VCDM 1.1 with the Open Badges contexts of its time, both ways: %s',
    async (context) => {
      const credential = older(issuer, context)
      const our = await signCredential(credential, { signer: ours, now: NOW, loader: fakeLoader() })
      expect(await theySay(our, cryptosuite)).toBe(true)
      expect(await theySay({ ...our, expirationDate: '2032-01-01T00:00:00Z' }, cryptosuite)).toBe(false)
      const their = await theySign(credential)
      expect(their['@context']).toEqual(our['@context'])
      for (const signed of [our, their]) {
        expect(await weSay(signed)).toBe('valid')
        expect(await weSay({ ...signed, expirationDate: '2032-01-01T00:00:00Z' })).toBe('proof.mismatch')
      }
    },
  )

  // ECDSA has a nonce.
  if (header === '8026')
    test('of one document we sign the same bytes', async () => {
      const [our, their] = [
        await signCredential(rich(issuer), { signer: ours, now: NOW }),
        await theySign(rich(issuer)),
      ]
      expect(onlyProof(our)).toEqual(onlyProof(their))
    })

  test('a second proof of ours beside theirs: both sides take both', async () => {
    const both = await signCredential(await theySign(rich(issuer)), { signer: ours, now: NOW, loader: fakeLoader() })
    expect(both.proof).toHaveLength(2)
    expect(await weSay(both)).toBe('valid')
    expect(await theySay(both, cryptosuite)).toBe(true)
  })
})

test('keys that we make are keys to them', async () => {
  for (const algorithm of ['EdDSA', 'ES256', 'ES384'] as const) {
    const key = (await generateKey(algorithm)) as PrivateJwk
    const multikey = algorithm === 'EdDSA' ? Ed25519Multikey : EcdsaMultikey
    const imported = await multikey.fromJwk({
      jwk: { ...key, ...(algorithm === 'EdDSA' ? { alg: 'EdDSA' } : { alg: algorithm }) },
      secretKey: true,
    })
    expect(imported.publicKeyMultibase).toBe(encodePublicMultikey(publicJwk(key) as never))
  }
})

test('their P-384 keys of the did:key vectors are ours', async () => {
  for (const [did, key] of Object.entries(DID_KEY_NIST)) {
    const imported = await EcdsaMultikey.from({
      type: 'Multikey',
      controller: did,
      publicKeyMultibase: did.slice('did:key:'.length),
    })
    const jwk = await EcdsaMultikey.toJwk({ keyPair: imported })
    expect(jwk).toMatchObject({ x: key.x, y: key.y, crv: key.crv })
  }
})
