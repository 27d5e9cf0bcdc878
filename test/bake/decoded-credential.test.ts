/** decodeCredential tells container, version, and whether anything secures what it read (contract: nothing has been verified). */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  anyIssuer,
  bakeImage,
  createPresentation,
  decodeCredential,
  signCredential,
  verifyCredential,
} from '../../src/entries/index.js'
import { badgeOf, codesOf, type Issuer, NOW, newIssuer } from '../verify/kit.js'
import { png } from './samples.js'

const SVG = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')
let issuer: Issuer
beforeAll(async () => {
  issuer = await newIssuer()
})
const sign = () => signCredential(badgeOf(issuer), { signer: issuer.signer, now: NOW })
const signJwt = () => signCredential(badgeOf(issuer), { signer: issuer.signer, now: NOW, format: 'jwt' })

describe('signed', () => {
  test('with a proof, with several, as a JWT', async () => {
    const badge = await sign()
    for (const input of [badge, JSON.stringify(badge), { ...badge, proof: badge.proof[0] }])
      expect(await decodeCredential(input)).toMatchObject({ signed: true, container: 'json', version: '2.0' })
    const jwt = await signJwt()
    expect(await decodeCredential(jwt)).toMatchObject({ signed: true, container: 'jwt', secured: jwt })
  })
  test.each([
    ['png', () => png],
    ['svg', () => SVG],
  ])('baked into a %s', async (container, image) => {
    for (const badge of [await sign(), await signJwt()])
      expect(await decodeCredential(await bakeImage(image(), badge))).toMatchObject({
        signed: true,
        container,
        secured: badge,
      })
  })
  test('says nothing of the signature', async () => {
    const forged = { ...(await sign()), name: 'Another name' }
    expect((await decodeCredential(forged)).signed).toBe(true)
    expect((await verifyCredential(forged, { trustedIssuers: anyIssuer, now: NOW })).outcome).toBe('invalid')
  })
})

describe('not signed', () => {
  test.each([
    ['no proof', {}],
    ['an empty list of proofs', { proof: [] }],
  ])('%s', async (_what, proof) => {
    const document = { ...badgeOf(issuer), ...proof }
    const decoded = await decodeCredential(document)
    expect(decoded).toMatchObject({ signed: false, container: 'json', secured: document })
    await expect(bakeImage(SVG, decoded.secured as never)).rejects.toMatchObject({ code: 'usage.unsigned_credential' })
    const report = await verifyCredential(decoded.secured, { trustedIssuers: anyIssuer, now: NOW })
    expect(codesOf(report)).toContain('proof.missing')
  })
  test('a VCDM 1.1 document', async () => {
    const document = {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      type: ['VerifiableCredential'],
      issuer: issuer.id,
      issuanceDate: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:teacher' },
    }
    expect(await decodeCredential(document)).toMatchObject({ signed: false, version: '1.1' })
  })
  test('what is no credential is refused, whether anything in it is signed or not', async () => {
    const presentation = createPresentation({ holder: issuer.id, credentials: [await sign()] })
    await expect(decodeCredential(presentation)).rejects.toMatchObject({ code: 'parse.invalid' })
  })
})
