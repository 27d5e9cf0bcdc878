/** @digitalbazaar/vc 7.3 takes the badges of a batch, made from templates, like all others. */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as ecdsaRdfc2019 } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import { cryptosuite as eddsaRdfc2022 } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { expect, test } from 'vitest'
import { createAchievement, createIssuer, createSigner } from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { bundledContext } from '../../src/resolve/contexts/bundle.js'
import { KEYS } from '../keys/vectors.js'

async function documentLoader(url: string) {
  const [did, fragment] = url.split('#') as [string, string | undefined]
  const publicKeyMultibase = did.slice('did:key:'.length)
  const id = `${did}#${publicKeyMultibase}`
  const key = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase,
  }
  const controller = {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    verificationMethod: [key],
    assertionMethod: [id],
  }
  const document = did.startsWith('did:key:') ? (fragment === undefined ? controller : key) : bundledContext(url)
  if (document === undefined) throw new Error(`not here: ${url}`)
  return { contextUrl: null, documentUrl: url, document }
}

test.each([
  ['Ed25519', KEYS.EdDSA, eddsaRdfc2022],
  ['P-256', KEYS.ES256, ecdsaRdfc2019],
  ['P-384', KEYS.ES384, ecdsaRdfc2019],
] as const)('%s', async (_, key, cryptosuite) => {
  const signer = await createSigner({ key })
  const stores = memoryStores()
  const issuer = createIssuer({
    profile: {
      id: signer.verificationMethod.split('#')[0] as string,
      type: ['Profile'],
      name: 'École des exemples 🎓',
    },
    signer,
    status: { store: stores.status, listUrl: (list) => `https://school.example/status/${list}` },
  })
  const achievement = createAchievement({
    id: 'https://school.example/achievements/1',
    name: 'Giving Feedback',
    description: 'Grüße, 日本語 "quoted" \\ back\nslash',
    criteria: { narrative: 'Two lessons.' },
    alignment: [
      { targetName: 'x', targetUrl: 'https://case.example/1' },
      { targetName: 'y', targetUrl: 'https://case.example/2' },
    ],
    resultDescription: [{ id: 'urn:uuid:00000000-0000-4000-9000-000000000001', name: 'Score', resultType: 'Percent' }],
  })
  const awards = Array.from({ length: 5 }, (_, n) => ({
    id: `award-${n}`,
    achievement,
    recipient: n === 3 ? { id: 'did:example:ada' } : { email: `${n}@school.example` },
    result: [
      {
        type: ['Result'] as const,
        resultDescription: 'urn:uuid:00000000-0000-4000-9000-000000000001',
        value: String(n),
      },
    ],
    evidence: [{ id: `https://example.org/${n}`, type: ['Evidence'] as const, narrative: `"${n}"\n\ue000🎓` }],
  }))
  for await (const { credential } of issuer.issueBatch(awards as never)) {
    const result = await vc.verifyCredential({
      credential: structuredClone(credential),
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader,
      checkStatus: async () => ({ verified: true }),
    })
    expect(result.verified, JSON.stringify(result.error)).toBe(true)
  }
})
