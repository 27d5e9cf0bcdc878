/**
 * Our suites inside @digitalbazaar/vc: `issue` and `verifyCredential`.
 */
import * as vc from '@digitalbazaar/vc'
import { describe, expect, test } from 'vitest'
import { anyIssuer, verifyCredential } from '../../src/entries/index.js'
import {
  ecdsaRdfc2019,
  ed25519Signature2020,
  eddsaRdfc2022,
  linkedDataSuite,
  type ProofSuite,
} from '../../src/entries/suites.js'
import { bundledContext } from '../../src/resolve/contexts/bundle.js'
import { badgeOf, type Issuer, newIssuer, withMember } from '../verify/kit.js'

/** Contexts, and for did:key the document that their purposes ask for. */
const loaderFor = (issuer: Issuer) => async (url: string) => {
  const method = issuer.signer.verificationMethod
  const document =
    bundledContext(url) ??
    (url === issuer.id ? { '@context': 'https://www.w3.org/ns/did/v1', id: url, assertionMethod: [method] } : undefined)
  if (document === undefined) throw new Error(`not here: ${url}`)
  return { contextUrl: null, documentUrl: url, document }
}

const rows: readonly (readonly [string, ProofSuite, 'EdDSA' | 'ES256'])[] = [
  ['eddsa-rdfc-2022', eddsaRdfc2022, 'EdDSA'],
  ['ecdsa-rdfc-2019', ecdsaRdfc2019, 'ES256'],
  ['Ed25519Signature2020', ed25519Signature2020, 'EdDSA'],
]

describe('@digitalbazaar/vc with our suites', () => {
  for (const [name, suite, algorithm] of rows) {
    test(name, async () => {
      const issuer = await newIssuer(algorithm)
      const documentLoader = loaderFor(issuer)
      const extra = name === 'Ed25519Signature2020' ? ['https://w3id.org/security/suites/ed25519-2020/v1'] : []
      const credential = badgeOf(issuer, { extensions: { contexts: extra, properties: {} } })
      const signed = await vc.issue({
        credential: structuredClone(credential),
        suite: linkedDataSuite({ suite, signer: issuer.signer }),
        documentLoader,
      })
      const verify = (document: object) =>
        vc.verifyCredential({ credential: document, suite: linkedDataSuite({ suite }), documentLoader })
      expect(await verify(signed)).toMatchObject({ verified: true })
      expect(await verify(withMember(signed, ['name'], 'Another name'))).toMatchObject({ verified: false })
      expect((await verifyCredential(signed, { trustedIssuers: anyIssuer })).outcome).toBe('valid')
    })
  }

  test('a suite without a signer does not sign', async () => {
    const issuer = await newIssuer()
    await expect(
      linkedDataSuite({ suite: eddsaRdfc2022 }).createProof({
        document: badgeOf(issuer),
        purpose: { update: () => ({}) },
        documentLoader: loaderFor(issuer),
      }),
    ).rejects.toMatchObject({ code: 'sign.failed' })
  })
})
