// VCDM 2.0 section 11.1, Language and Base Direction: signed and verified in every form, of the graph and of the JSON. What others
// sign is in test/interop.
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createSigner,
  deriveCredential,
  generateKey,
  type Signer,
  signCredential,
  verifyCredential,
} from '../../src/entries/index.js'

const ED25519 = await createSigner({ key: await generateKey() })
const P256 = await createSigner({ key: await generateKey('ES256') })
const NAME = { '@value': 'تغذية راجعة', '@language': 'ar', '@direction': 'rtl' } as const
const ED25519_CONTEXT = 'https://w3id.org/security/suites/ed25519-2020/v1'

const credentialOf = (signer: Signer, contexts: readonly string[] = []) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', ...contexts] as const,
  type: ['VerifiableCredential'],
  issuer: signer.verificationMethod.split('#')[0] as string,
  name: NAME,
  credentialSubject: { id: 'did:example:1' },
})
const verify = async (secured: object | string) => {
  const report = await verifyCredential(secured, { trustedIssuers: anyIssuer, accept: 'any-credential' })
  return report.outcome === 'valid' ? report.credential.name : report.because[0]
}

describe('a name with a base direction', () => {
  test.each([
    ['eddsa-rdfc-2022', ED25519],
    ['eddsa-jcs-2022', ED25519],
    ['ecdsa-rdfc-2019', P256],
    ['ecdsa-jcs-2019', P256],
  ])('%s', async (suite, signer) => {
    const signed = await signCredential(credentialOf(signer), { signer, suite })
    expect(await verify(signed)).toEqual(NAME)
    for (const direction of ['ltr', undefined])
      expect(await verify(JSON.parse(JSON.stringify({ ...signed, name: { ...NAME, '@direction': direction } })))).toBe(
        'proof.mismatch',
      )
  })
  test('Ed25519Signature2020', async () => {
    const signed = await signCredential(credentialOf(ED25519, [ED25519_CONTEXT]), {
      signer: ED25519,
      legacySuite: 'Ed25519Signature2020',
    })
    expect(await verify(signed)).toEqual(NAME)
  })
  test('ecdsa-sd-2023, disclosed and withheld', async () => {
    const base = await signCredential(credentialOf(P256), { signer: P256, suite: 'ecdsa-sd-2023' })
    expect(await verify(await deriveCredential(base, { reveal: ['/name'] }))).toEqual(NAME)
    expect(await verify(await deriveCredential(base, { reveal: [] }))).toBeUndefined()
  })
  test.each(['open-badges', 'vc+jwt', 'vc-claim'] as const)('JWT, %s', async (jwt) => {
    const signed = await signCredential(credentialOf(ED25519), { signer: ED25519, format: 'jwt', jwt })
    expect(await verify(signed)).toEqual(NAME)
  })
})

test('what is no direction is not signed, in any form', async () => {
  for (const direction of ['up', null, 5])
    for (const options of [{}, { suite: 'eddsa-jcs-2022' }, { format: 'jwt' }])
      await expect(
        signCredential(
          { ...credentialOf(ED25519), name: { ...NAME, '@direction': direction } } as unknown as never,
          { signer: ED25519, ...options } as never,
        ),
      ).rejects.toMatchObject({ code: 'parse.invalid' })
})
