/**
 * VCDM 1.1 as JWT (section 6.3.1), both ways: what did-jwt-vc and Veramo make of ours, and what we make of theirs. Run by
 * `npm run interop` over the built package; the peers stand in package.json beside this file.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createAgent } from '@veramo/core'
import { CredentialProviderJWT } from '@veramo/credential-jwt'
import { CredentialPlugin } from '@veramo/credential-w3c'
import { DIDManager, MemoryDIDStore } from '@veramo/did-manager'
import { getDidKeyResolver, KeyDIDProvider } from '@veramo/did-provider-key'
import { DIDResolverPlugin } from '@veramo/did-resolver'
import { KeyManager, MemoryKeyStore, MemoryPrivateKeyStore } from '@veramo/key-manager'
import { KeyManagementSystem } from '@veramo/kms-local'
import { EdDSASigner, ES256Signer } from 'did-jwt'
import * as didJwtVc from 'did-jwt-vc'
import { Resolver } from 'did-resolver'
import {
  anyHolder,
  anyIssuer,
  createSigner,
  generateKey,
  signCredential,
  signPresentation,
  verifyCredential,
  verifyPresentation,
} from '../../dist/index.js'

const V1 = 'https://www.w3.org/2018/credentials/v1'
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const resolver = new Resolver(getDidKeyResolver())
const agent = createAgent({
  plugins: [
    new KeyManager({
      store: new MemoryKeyStore(),
      kms: { local: new KeyManagementSystem(new MemoryPrivateKeyStore()) },
    }),
    new DIDManager({
      store: new MemoryDIDStore(),
      defaultProvider: 'did:key',
      providers: { 'did:key': new KeyDIDProvider({ defaultKms: 'local' }) },
    }),
    new DIDResolverPlugin({ resolver }),
    new CredentialPlugin([new CredentialProviderJWT()]),
  ],
})

const achievement = {
  id: 'urn:uuid:5d1f0a1e-7a8e-4c0c-9a5c-0d0a6f3a4a12',
  type: ['Achievement'],
  name: 'Giving feedback',
  description: 'Says what helps.',
  criteria: { narrative: 'Gave it three times.' },
}
const badgeOf = (issuer, members = {}) => ({
  '@context': [V1, OB],
  id: 'urn:uuid:5d1f0a1e-7a8e-4c0c-9a5c-0d0a6f3a4a11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Giving feedback',
  issuer: { id: issuer, type: ['Profile'], name: 'School' },
  issuanceDate: '2023-01-01T00:00:00.000Z',
  expirationDate: '2093-01-01T00:00:00.000Z',
  credentialSubject: { id: 'did:example:ada', type: ['AchievementSubject'], achievement },
  ...members,
})

/** Another claim, with the signature as it was. */
function changed(jwt) {
  const [header, payload, signature] = jwt.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  claims.vc.credentialSubject.achievement.name = 'Something else'
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
}

const outcome = async (secured) => {
  const report = await verifyCredential(secured, { trustedIssuers: anyIssuer })
  return [report.outcome, ...(report.because ?? [])]
}

for (const algorithm of ['EdDSA', 'ES256'])
  describe(`ours, ${algorithm}`, () => {
    let signer
    let issuer
    const sign = (members) => signCredential(badgeOf(issuer, members), { signer, format: 'jwt', jwt: 'vc-claim' })
    before(async () => {
      signer = await createSigner({ key: await generateKey(algorithm) })
      issuer = signer.verificationMethod.split('#')[0]
    })

    test('did-jwt-vc verifies it, and reads all of it', async () => {
      const { verifiableCredential } = await didJwtVc.verifyCredential(await sign(), resolver)
      // What VCDM 1.1 knows is made one object of claims and members; what Open Badges add stays in `vc`.
      const { proof, vc, ...read } = verifiableCredential
      assert.deepEqual({ ...vc, ...read, issuer: { ...vc.issuer, ...read.issuer } }, badgeOf(issuer))
      assert.equal(proof.type, 'JwtProof2020')
    })
    test('did-jwt-vc refuses it where it was changed', async () => {
      await assert.rejects(didJwtVc.verifyCredential(changed(await sign()), resolver), /signature/i)
    })
    test('did-jwt-vc finds its dates: one that has expired, one that has not begun', async () => {
      await assert.rejects(
        didJwtVc.verifyCredential(await sign({ expirationDate: '2023-02-01T00:00:00Z' }), resolver),
        /expired/i,
      )
      await assert.rejects(
        didJwtVc.verifyCredential(await sign({ issuanceDate: '2092-02-01T00:00:00Z' }), resolver),
        /before|nbf/i,
      )
    })
    test('Veramo verifies it, and refuses it where it was changed', async () => {
      const jwt = await sign()
      const verified = await agent.verifyCredential({ credential: jwt })
      assert.equal(verified.verified, true, JSON.stringify(verified.error))
      assert.equal((await agent.verifyCredential({ credential: changed(jwt) })).verified, false)
    })
    test('did-jwt-vc verifies a presentation of it, and finds challenge and domain', async () => {
      const older = {
        '@context': [V1],
        type: ['VerifiablePresentation'],
        holder: issuer,
        verifiableCredential: [await sign()],
      }
      const proof = { challenge: 'challenge', domain: 'https://school.example' }
      const jwt = await signPresentation(older, { signer, proof, format: 'jwt', jwt: 'vp-claim' })
      const asked = (challenge, domain) =>
        didJwtVc.verifyPresentation(jwt, resolver, { challenge, domain, audience: domain })
      const { verifiablePresentation } = await asked('challenge', 'https://school.example')
      assert.equal(verifiablePresentation.holder, issuer)
      assert.equal(verifiablePresentation.verifiableCredential[0].credentialSubject.id, 'did:example:ada')
      await assert.rejects(asked('another', 'https://school.example'), /challenge/i)
      await assert.rejects(asked('challenge', 'https://other.example'), /audience|domain/i)
    })
    test('so does our own verifier', async () => {
      const jwt = await sign()
      assert.deepEqual(await outcome(jwt), ['valid'])
      assert.deepEqual(await outcome(changed(jwt)), ['invalid', 'proof.mismatch'])
    })
    test('VCDM 2.0 in the same shape is none of theirs', async () => {
      const { issuanceDate, expirationDate, ...members } = badgeOf(issuer)
      const newer = {
        ...members,
        '@context': ['https://www.w3.org/ns/credentials/v2', OB],
        validFrom: issuanceDate,
      }
      const jwt = await signCredential(newer, { signer, format: 'jwt', jwt: 'vc-claim' })
      await assert.rejects(didJwtVc.verifyCredential(jwt, resolver), /context/i)
    })
  })

describe('theirs', () => {
  const inDays = (days) => Math.floor(Date.now() / 1000) + days * 86_400
  /** As did-jwt-vc's README writes it: what has a claim stands there alone. */
  const payloadOf = (issuer, claims = {}) => {
    const { id, issuanceDate, expirationDate, ...vc } = badgeOf(issuer)
    const { id: sub, ...credentialSubject } = vc.credentialSubject
    return { sub, jti: id, nbf: inDays(-1), exp: inDays(1), vc: { ...vc, credentialSubject }, ...claims }
  }
  for (const [alg, makeSigner] of [
    ['EdDSA', (jwk) => EdDSASigner(Buffer.from(jwk.d, 'base64url'))],
    ['ES256', (jwk) => ES256Signer(Buffer.from(jwk.d, 'base64url'))],
  ])
    test(`did-jwt-vc, ${alg}: credentials and presentations`, async () => {
      const jwk = await generateKey(alg)
      const { verificationMethod } = await createSigner({ key: jwk })
      const did = verificationMethod.split('#')[0]
      const them = { did, signer: makeSigner(jwk), alg }
      const make = (claims) => didJwtVc.createVerifiableCredentialJwt(payloadOf(did, claims), them)
      const jwt = await make()
      assert.deepEqual(await outcome(jwt), ['valid'])
      assert.deepEqual(await outcome(changed(jwt)), ['invalid', 'proof.mismatch'])
      assert.deepEqual(await outcome(await make({ exp: inDays(-0.5) })), ['invalid', 'validity.expired'])
      const presentation = { vp: { '@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: [jwt] } }
      const presented = await didJwtVc.createVerifiablePresentationJwt(
        { ...presentation, nonce: 'challenge', aud: 'https://school.example' },
        them,
      )
      const options = { trustedIssuers: anyIssuer, holder: anyHolder, domain: 'https://school.example' }
      const report = await verifyPresentation(presented, { ...options, challenge: 'challenge' })
      assert.deepEqual([report.outcome, report.holder, ...(report.because ?? [])], ['valid', did])
      const replayed = await verifyPresentation(presented, { ...options, challenge: 'another' })
      assert.deepEqual([replayed.outcome, ...(replayed.because ?? [])], ['invalid', 'proof.challenge_mismatch'])
    })

  test('Veramo: as JWT', async () => {
    const { did } = await agent.didManagerCreate({ options: { keyType: 'Ed25519' } })
    const credential = await agent.createVerifiableCredential({
      credential: badgeOf(did, { issuanceDate: '2023-01-01T00:00:00Z' }),
      proofFormat: 'jwt',
    })
    assert.deepEqual(await outcome(credential.proof.jwt), ['valid'])
    assert.deepEqual(await outcome(changed(credential.proof.jwt)), ['invalid', 'proof.mismatch'])
  })
})
