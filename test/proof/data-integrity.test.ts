/** VC Data Integrity 1.0 section 4, vc-di-eddsa and vc-di-ecdsa section 3: what every suite does. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ParseError, UsageError } from '../../src/errors.js'
import { decodeBase58btc, encodeBase58btc } from '../../src/internal/base58btc.js'
import type { JsonObject } from '../../src/internal/types.js'
import { publicJwk } from '../../src/keys/jwk.js'
import type { Signer } from '../../src/keys/signer.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import { dataIntegritySuite } from '../../src/proof/data-integrity.js'
import { ecdsaJcs2019 } from '../../src/proof/ecdsa-jcs-2019.js'
import { ecdsaRdfc2019 } from '../../src/proof/ecdsa-rdfc-2019.js'
import { ed25519Signature2020 } from '../../src/proof/ed25519-signature-2020.js'
import { eddsaJcs2022 } from '../../src/proof/eddsa-jcs-2022.js'
import { eddsaRdfc2022 } from '../../src/proof/eddsa-rdfc-2022.js'
import type { PrepareOptions, ProofSuite } from '../../src/proof/suite.js'
import type { ResolvedKey } from '../../src/resolve/key-resolver.js'
import { resolvedKey } from '../../src/resolve/resolved-key.js'
import { badge, NOW, OB_V3, signerOf, VC_V2 } from '../issue/badge.js'
import { type Algorithm, KEYS } from '../keys/vectors.js'
import { fakeLoader, LIMITS, testContext } from '../resolve/fake-loader.js'

const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'
type Signed = JsonObject & { readonly proof: JsonObject }

const resolve = (key: PrivateJwk): Promise<ResolvedKey> =>
  resolvedKey({
    id: 'did:example:a#1',
    controller: 'did:example:a',
    purposes: [],
    publicJwk: publicJwk(key),
    evidence: {},
  })
const options = (signer: Signer, changes: Partial<PrepareOptions> = {}): PrepareOptions => ({
  verificationMethod: signer.verificationMethod,
  purpose: 'assertionMethod',
  created: NOW,
  algorithm: signer.algorithm,
  ...changes,
})
async function sign(
  suite: ProofSuite,
  document: object,
  key: PrivateJwk,
  changes: Partial<PrepareOptions> = {},
): Promise<Signed> {
  const signer = await signerOf(key)
  const prepared = await suite.prepare(document, options(signer, changes), testContext())
  return prepared.complete(await signer.sign(prepared.data)) as Signed
}
async function codesOf(suite: ProofSuite, document: object, proof: object, key: PrivateJwk, changes = {}) {
  const findings = await suite.verify(document, proof as never, await resolve(key), testContext(changes))
  return findings.map(({ code }) => code)
}
const unsigned = ({ proof, ...document }: Signed): JsonObject => document

const SUITES: readonly (readonly [name: string, ProofSuite, Algorithm])[] = [
  ['eddsa-rdfc-2022', eddsaRdfc2022, 'EdDSA'],
  ['eddsa-jcs-2022', eddsaJcs2022, 'EdDSA'],
  ['Ed25519Signature2020', ed25519Signature2020, 'EdDSA'],
  ['ecdsa-rdfc-2019', ecdsaRdfc2019, 'ES256'],
  ['ecdsa-rdfc-2019', ecdsaRdfc2019, 'ES384'],
  ['ecdsa-jcs-2019', ecdsaJcs2019, 'ES256'],
  ['ecdsa-jcs-2019', ecdsaJcs2019, 'ES384'],
]

describe.each(SUITES.map(([name, suite, algorithm]) => ({ name, suite, algorithm })))(
  '$name, $algorithm',
  ({ name, suite, algorithm }) => {
    const document = badge(name === 'Ed25519Signature2020' ? { '@context': [VC_V2, OB_V3, ED25519_2020] } : {})
    let signed: Signed
    beforeAll(async () => {
      signed = await sign(suite, document, KEYS[algorithm])
    })

    test('the proof has the members of the standard, in its order, and verifies', async () => {
      expect(signed.proof).toEqual({
        ...(name.includes('jcs') ? { '@context': document['@context'] } : {}),
        ...(name === 'Ed25519Signature2020' ? { type: name } : { type: 'DataIntegrityProof', cryptosuite: name }),
        created: '2030-01-02T03:04:05Z',
        verificationMethod: (await signerOf(KEYS[algorithm])).verificationMethod,
        proofPurpose: 'assertionMethod',
        proofValue: expect.stringMatching(/^z[1-9A-HJ-NP-Za-km-z]+$/),
      })
      expect(unsigned(signed)).toEqual(document)
      expect(await codesOf(suite, unsigned(signed), signed.proof, KEYS[algorithm])).toEqual(['proof.verified'])
    })

    test.each([
      ['a text', (one: JsonObject) => ({ ...one, name: 'Giving  Feedback' })],
      ['a date', (one: JsonObject) => ({ ...one, validFrom: '2030-01-01T00:00:01Z' })],
      ['a new member', (one: JsonObject) => ({ ...one, validUntil: '2099-01-01T00:00:00Z' })],
      ['a member less', ({ name: _, ...one }: JsonObject) => one],
      ['the issuer', (one: JsonObject) => ({ ...one, issuer: 'did:example:evil' })],
      [
        'deep inside',
        (one: JsonObject) => ({
          ...one,
          credentialSubject: { ...(one.credentialSubject as JsonObject), id: 'did:example:other' },
        }),
      ],
    ])('another document: %s', async (_what, change) => {
      expect(await codesOf(suite, change(unsigned(signed)), signed.proof, KEYS[algorithm])).toEqual(['proof.mismatch'])
    })

    test.each([
      ['created', { created: '2030-01-02T03:04:06Z' }],
      ['proofPurpose', { proofPurpose: 'authentication' }],
      ['verificationMethod', { verificationMethod: 'did:example:evil#1' }],
      ['expires, added', { expires: '2099-01-01T00:00:00Z' }],
      ['domain, added', { domain: 'evil.example' }],
      ['challenge, added', { challenge: 'x' }],
      ['id, added', { id: 'urn:uuid:1' }],
    ])('another proof: %s', async (_what, change) => {
      expect(await codesOf(suite, unsigned(signed), { ...signed.proof, ...change }, KEYS[algorithm])).toEqual([
        'proof.mismatch',
      ])
    })

    test('expires, domain and challenge are signed where they are asked for', async () => {
      const changes = {
        expires: new Date('2031-01-01T00:00:00Z'),
        domain: 'school.example',
        challenge: 'c',
        purpose: 'authentication',
      }
      const full = await sign(suite, document, KEYS[algorithm], changes)
      expect(full.proof).toMatchObject({
        expires: '2031-01-01T00:00:00Z',
        domain: 'school.example',
        challenge: 'c',
        proofPurpose: 'authentication',
      })
      expect(await codesOf(suite, unsigned(full), full.proof, KEYS[algorithm])).toEqual(['proof.verified'])
      for (const member of ['expires', 'domain', 'challenge']) {
        const { [member]: _, ...without } = full.proof
        expect(await codesOf(suite, unsigned(full), without, KEYS[algorithm])).toEqual(['proof.mismatch'])
      }
    })

    test('another key of the same kind, and keys of other kinds', async () => {
      const { cryptoPlatform } = await import('../../src/platform/crypto.js')
      const stranger = (await cryptoPlatform().generateKey(algorithm)) as PrivateJwk
      expect(await codesOf(suite, unsigned(signed), signed.proof, stranger)).toEqual(['proof.mismatch'])
      for (const other of Object.keys(KEYS) as Algorithm[]) {
        if (other === algorithm) continue
        expect(await codesOf(suite, unsigned(signed), signed.proof, KEYS[other])).not.toContain('proof.verified')
      }
    })

    test('a proof value in any other writing is malformed', async () => {
      const value = signed.proof.proofValue as string
      const bytes = decodeBase58btc(value.slice(1)) as Uint8Array
      const wrong = [
        undefined,
        null,
        7,
        '',
        'z',
        `m${value.slice(1)}`,
        ` ${value}`,
        `${value}\n`,
        `z1${value.slice(1)}`,
        `u${Buffer.from(bytes).toString('base64url')}`,
        `z${encodeBase58btc(bytes.slice(1))}`,
        `z${encodeBase58btc(Uint8Array.of(...bytes, 0))}`,
        `z${'1'.repeat(100_000)}`,
        [value],
      ]
      for (const proofValue of wrong) {
        expect(await codesOf(suite, unsigned(signed), { ...signed.proof, proofValue }, KEYS[algorithm])).toEqual([
          'proof.malformed',
        ])
      }
      const { proofValue, ...without } = signed.proof
      expect(await codesOf(suite, unsigned(signed), without, KEYS[algorithm])).toEqual(['proof.malformed'])
    })

    test('the document that is signed is not changed, and member order means nothing', async () => {
      const frozen = Object.freeze(structuredClone(document))
      await sign(suite, frozen, KEYS[algorithm])
      const reversed = Object.fromEntries(Object.entries(unsigned(signed)).reverse())
      const proof = Object.fromEntries(Object.entries(signed.proof).reverse())
      expect(await codesOf(suite, reversed, proof, KEYS[algorithm])).toEqual(['proof.verified'])
    })
  },
)

describe('proof sets and chains (VC Data Integrity sections 4.2 and 4.5)', () => {
  const document = badge()

  test('a second proof does not depend on the first: each verifies alone, in either order', async () => {
    const first = await sign(eddsaRdfc2022, document, KEYS.EdDSA)
    const both = await sign(ecdsaRdfc2019, first, KEYS.ES256)
    const all = await sign(eddsaJcs2022, both, KEYS.EdDSA)
    const proofs = all.proof as unknown as JsonObject[]
    expect(proofs.map(({ cryptosuite }) => cryptosuite)).toEqual([
      'eddsa-rdfc-2022',
      'ecdsa-rdfc-2019',
      'eddsa-jcs-2022',
    ])
    expect(proofs[0]).toEqual(first.proof)
    const [one, two, three] = proofs as [JsonObject, JsonObject, JsonObject]
    expect(await codesOf(eddsaRdfc2022, unsigned(all), one, KEYS.EdDSA)).toEqual(['proof.verified'])
    expect(await codesOf(ecdsaRdfc2019, unsigned(all), two, KEYS.ES256)).toEqual(['proof.verified'])
    expect(await codesOf(eddsaJcs2022, unsigned(all), three, KEYS.EdDSA)).toEqual(['proof.verified'])
    // The same as signed alone: Ed25519 is deterministic.
    expect(one).toEqual((await sign(eddsaRdfc2022, document, KEYS.EdDSA)).proof)
    expect(three).toEqual((await sign(eddsaJcs2022, document, KEYS.EdDSA)).proof)
  })

  test.each([
    ['eddsa-rdfc-2022', eddsaRdfc2022, 'EdDSA'],
    ['ecdsa-jcs-2019', ecdsaJcs2019, 'ES256'],
  ] as const)('%s: a proof that builds on another one secures it', async (_name, suite, algorithm) => {
    const first = await sign(eddsaRdfc2022, document, KEYS.EdDSA)
    const named = { ...first, proof: { ...first.proof, id: 'urn:uuid:first' } }
    const chain = await sign(suite, named, KEYS[algorithm], { previousProof: 'urn:uuid:first' })
    const [previous, last] = chain.proof as unknown as [JsonObject, JsonObject]
    expect(last.previousProof).toBe('urn:uuid:first')
    const secured = { ...unsigned(chain), proof: [previous] }
    expect(await codesOf(suite, secured, last, KEYS[algorithm])).toEqual(['proof.verified'])
    expect(await codesOf(suite, unsigned(chain), last, KEYS[algorithm])).toEqual(['proof.mismatch'])
    const altered = { ...secured, proof: [{ ...previous, created: '2020-01-01T00:00:00Z' }] }
    expect(await codesOf(suite, altered, last, KEYS[algorithm])).toEqual(['proof.mismatch'])
  })

  test('a previousProof that is not there is a mistake of the caller', async () => {
    await expect(sign(eddsaRdfc2022, document, KEYS.EdDSA, { previousProof: 'urn:uuid:none' })).rejects.toThrow(
      UsageError,
    )
  })
})

test('a suite takes keys of its own algorithms only, even where the signature would fit', async () => {
  const signer = await signerOf(KEYS.ES256)
  const prepared = await eddsaRdfc2022.prepare(badge(), options(signer), testContext())
  const { proof, ...document } = prepared.complete(await signer.sign(prepared.data)) as Signed
  expect(await codesOf(eddsaRdfc2022, document, proof, KEYS.ES256)).toEqual(['proof.mismatch'])
})

test('within one verification a document is hashed once for each hash, and never mistaken for another', async () => {
  const both = await sign(ecdsaRdfc2019, await sign(ecdsaRdfc2019, badge(), KEYS.ES256), KEYS.ES384)
  const [p256, p384] = both.proof as unknown as [JsonObject, JsonObject]
  const context = testContext()
  const document = unsigned(both)
  const verify = async (one: object, proof: JsonObject, key: PrivateJwk) =>
    (await ecdsaRdfc2019.verify(one, proof as never, await resolve(key), context)).map(({ code }) => code)
  for (let round = 0; round < 2; round++) {
    expect(await verify(document, p256, KEYS.ES256)).toEqual(['proof.verified'])
    expect(await verify(document, p384, KEYS.ES384)).toEqual(['proof.verified'])
    expect(await verify({ ...document, name: 'Another' }, p256, KEYS.ES256)).toEqual(['proof.mismatch'])
  }
})

describe('contexts of a proof (vc-di-eddsa section 3.3.2 step 4)', () => {
  const extended = (contexts: unknown[], document: JsonObject) => ({ ...document, '@context': contexts })

  test('JCS: a context added to the document afterwards leaves the proof good, any other change does not', async () => {
    const signed = await sign(eddsaJcs2022, badge(), KEYS.EdDSA)
    const added = extended([VC_V2, OB_V3, 'https://example.org/more'], unsigned(signed))
    expect(await codesOf(eddsaJcs2022, added, signed.proof, KEYS.EdDSA)).toEqual(['proof.verified'])
    for (const contexts of [
      [OB_V3, VC_V2],
      [VC_V2],
      ['https://evil.example', VC_V2, OB_V3],
      [VC_V2, 'https://evil.example'],
      [],
    ]) {
      expect(await codesOf(eddsaJcs2022, extended(contexts, unsigned(signed)), signed.proof, KEYS.EdDSA)).toEqual([
        'proof.malformed',
      ])
    }
    const { '@context': _, ...bare } = signed.proof
    expect(await codesOf(eddsaJcs2022, unsigned(signed), bare, KEYS.EdDSA)).toEqual(['proof.mismatch'])
  })

  test("RDF: a context of the proof's own is not used", async () => {
    const signed = await sign(eddsaRdfc2022, badge(), KEYS.EdDSA)
    const proof = { ...signed.proof, '@context': [{ created: 'https://evil.example/created' }] }
    expect(await codesOf(eddsaRdfc2022, unsigned(signed), proof, KEYS.EdDSA)).toEqual(['proof.verified'])
  })
})

describe('what cannot be understood is not signed and not believed', () => {
  const unknown = badge({ '@context': [VC_V2, OB_V3, 'https://unknown.example/v1'] })
  const undefinedTerm = badge({ shoeSize: 43 })
  const aliased = badge({
    '@context': [VC_V2, OB_V3, { until: 'https://www.w3.org/2018/credentials#validUntil' }],
    until: '2020-01-01T00:00:00Z',
  })

  test.each([
    ['an undefined term', undefinedTerm, 'parse.undefined_term', '/shoeSize'],
    ['a context that cannot be loaded', unknown, 'parse.unknown_context', '/@context/2'],
    ['an ambiguous member', aliased, 'parse.ambiguous_member', '/until'],
  ])('signing: %s', async (_what, document, code, pointer) => {
    for (const suite of [eddsaRdfc2022, ecdsaRdfc2019]) {
      const error = await sign(suite, document, suite === eddsaRdfc2022 ? KEYS.EdDSA : KEYS.ES256).catch(
        (reason: unknown) => reason,
      )
      expect(error).toBeInstanceOf(ParseError)
      expect(error).toMatchObject({ code, issues: [{ code, pointer }] })
    }
  })

  test('signing: a proof whose own terms no context defines', async () => {
    const error = await sign(ed25519Signature2020, badge(), KEYS.EdDSA).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'parse.undefined_term' })
    const { issues } = error as ParseError
    expect(issues[0]).toMatchObject({ pointer: '/proof/type', message: expect.stringContaining(ED25519_2020) })
    expect(issues.every(({ pointer }) => pointer.startsWith('/proof/'))).toBe(true)
  })

  test.each([
    ['an undefined term', undefinedTerm, 'proof.blocked'],
    ['a context that cannot be loaded', unknown, 'proof.blocked'],
    ['an ambiguous member', aliased, 'proof.ambiguous_member'],
  ])('verifying: %s', async (_what, document, code) => {
    const { proof } = await sign(eddsaRdfc2022, badge(), KEYS.EdDSA)
    expect(await codesOf(eddsaRdfc2022, document, proof, KEYS.EdDSA)).toEqual([code])
  })

  test('verifying: an undefined term in the proof, with its pointer', async () => {
    const { proof, ...document } = await sign(eddsaRdfc2022, badge(), KEYS.EdDSA)
    const findings = await eddsaRdfc2022.verify(
      document,
      { ...proof, shoeSize: 43 } as never,
      await resolve(KEYS.EdDSA),
      testContext(),
    )
    expect(findings).toMatchObject([{ code: 'proof.blocked', pointer: '/proof/shoeSize' }])
  })

  test('a context that is not bundled is loaded', async () => {
    const url = 'https://school.example/context.jsonld'
    const loader = fakeLoader({ [url]: { '@context': { shoeSize: 'https://school.example/shoeSize' } } })
    const document = badge({ '@context': [VC_V2, OB_V3, url], shoeSize: 43 })
    const signer = await signerOf(KEYS.EdDSA)
    const prepared = await eddsaRdfc2022.prepare(document, options(signer), testContext({ loader }))
    const { proof, ...rest } = prepared.complete(await signer.sign(prepared.data)) as Signed
    expect(await codesOf(eddsaRdfc2022, rest, proof, KEYS.EdDSA, { loader })).toEqual(['proof.verified'])
    // The meaning is signed, and the same name with another meaning is another document.
    const evil = fakeLoader({ [url]: { '@context': { shoeSize: 'https://school.example/height' } } })
    expect(await codesOf(eddsaRdfc2022, rest, proof, KEYS.EdDSA, { loader: evil })).toEqual(['proof.mismatch'])
  })

  test('a poisoned graph ends as proof.too_complex', async () => {
    // Trees of blank nodes that all look alike.
    const contexts = [VC_V2, OB_V3, { part: 'https://example.org/part', word: 'https://example.org/word' }]
    const tree = (depth: number): object => (depth === 0 ? { word: 'x' } : { part: [tree(depth - 1), tree(depth - 1)] })
    const { proof } = await sign(eddsaRdfc2022, badge(), KEYS.EdDSA)
    const codes = await codesOf(eddsaRdfc2022, badge({ '@context': contexts, ...tree(5) }), proof, KEYS.EdDSA, {
      limits: { ...LIMITS, canonicalSteps: 5 },
    })
    expect(codes).toEqual(['proof.too_complex'])
  })
})

describe('options that mean nothing here, or cannot be', () => {
  test.each([
    ['mandatoryPointers: nothing is disclosed selectively', { mandatoryPointers: ['/issuer'] }],
    ['created, no date', { created: new Date(Number.NaN) }],
    ['expires, no date', { expires: new Date(Number.NaN) }],
    ['expires as text', { expires: '2031-01-01T00:00:00Z' as never }],
    ['a year that cannot be written', { expires: new Date('+012031-01-01T00:00:00Z') }],
  ])('%s', async (_what, changes) => {
    await expect(sign(eddsaRdfc2022, badge(), KEYS.EdDSA, changes)).rejects.toThrow(UsageError)
  })
})

test('drafts of the suite are read, the final name is written', async () => {
  expect(eddsaRdfc2022.names).toEqual(['eddsa-rdfc-2022', 'eddsa-2022', 'eddsa-rdf-2022'])
  for (const name of eddsaRdfc2022.names.slice(1)) {
    const old = dataIntegritySuite({ names: [name], algorithms: ['EdDSA'], transformation: 'rdfc' })
    const signed = await sign(old, badge(), KEYS.EdDSA)
    expect(signed.proof.cryptosuite).toBe(name)
    expect(await codesOf(eddsaRdfc2022, unsigned(signed), signed.proof, KEYS.EdDSA)).toEqual(['proof.verified'])
  }
})

test('no byte of a signature can be changed', async () => {
  const { proof, ...document } = await sign(eddsaRdfc2022, badge(), KEYS.EdDSA)
  const bytes = decodeBase58btc((proof.proofValue as string).slice(1)) as Uint8Array
  const context = testContext()
  const key = await resolve(KEYS.EdDSA)
  await fc.assert(
    fc.asyncProperty(fc.nat(63), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const altered = bytes.slice()
      altered[at] = (altered[at] as number) ^ flip
      const findings = await eddsaRdfc2022.verify(
        document,
        { ...proof, proofValue: `z${encodeBase58btc(altered)}` } as never,
        key,
        context,
      )
      expect(findings.map(({ code }) => code)).toEqual(['proof.mismatch'])
    }),
    { numRuns: 40 },
  )
})

describe('options that are signed again within a second', () => {
  // Their hash is kept: what differs in anything must not get it.
  test('verify, whatever differs between two', async () => {
    const { createIssuer, createSigner, generateKey, signCredential, verifyCredential } = await import(
      '../../src/entries/index.js'
    )
    const [one, other] = [
      await createSigner({ key: await generateKey() }),
      await createSigner({ key: await generateKey() }),
    ]
    const achievement = { name: 'Knots', description: 'Ties knots.', criteria: { narrative: 'Ties ten.' } }
    const badgeOf = (signer: typeof one, more = {}) =>
      createIssuer({ profile: { id: signer.controller, name: 'School' }, signer, now: () => now }).issue({
        achievement: { id: 'urn:a', type: ['Achievement'], ...achievement },
        recipient: { email: 'ada@school.example' },
        ...more,
      })
    let now = new Date('2026-01-01T00:00:00.100Z')
    const made = [await badgeOf(one), await badgeOf(one), await badgeOf(other), await badgeOf(one)]
    now = new Date('2026-01-01T00:00:00.900Z')
    made.push(await badgeOf(one))
    now = new Date('2026-01-01T00:00:01Z')
    made.push(await badgeOf(one))
    const endorsed = { ...(made[0] as object), proof: undefined }
    made.push(await signCredential(JSON.parse(JSON.stringify(endorsed)), { signer: one, now }))
    for (const badge of made)
      expect((await verifyCredential(badge, { trustedIssuers: [one.controller, other.controller], now })).outcome).toBe(
        'valid',
      )
  })
})
