/** VC Data Integrity 1.0 section 2.1 (`id`, `previousProof`) and 2.1.2: proof chains, begun and continued by this library. */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createPresentation,
  deriveCredential,
  type EmbeddedCredential,
  type KeyAlgorithm,
  type Proof,
  type ProofOptions,
  type Signer,
  signCredential,
  signPresentation,
  UsageError,
  verifyCredential,
} from '../../src/entries/index.js'
import { onlyProof } from '../only-proof.js'
import { badgeOf, codesOf, type Issuer, NOW, newIssuer, web } from '../verify/kit.js'

const SCHOOL = 'did:web:school.example'
const FIRST = 'urn:uuid:00000000-0000-4000-8000-000000000001'
const SECOND = 'https://school.example/proofs/2'

/** A school whose badges need the teacher's key first and the head's after it. */
let teacher: Issuer
let head: Issuer
let loader: ReturnType<typeof web>
beforeAll(async () => {
  teacher = await newIssuer('EdDSA', `${SCHOOL}#teacher`)
  head = await newIssuer('ES256', `${SCHOOL}#head`)
  const method = ({ signer }: Issuer) => ({
    id: signer.verificationMethod,
    type: 'JsonWebKey',
    controller: SCHOOL,
    publicKeyJwk: signer.publicKey,
  })
  loader = web({
    'https://school.example/.well-known/did.json': {
      '@context': ['https://www.w3.org/ns/did/v1'],
      id: SCHOOL,
      verificationMethod: [method(teacher), method(head)],
      assertionMethod: [method(teacher).id, method(head).id],
    },
  })
})
const sign = (
  credential: Parameters<typeof signCredential>[0],
  { signer }: Issuer,
  proof: ProofOptions,
  suite?: string,
) =>
  signCredential(credential as EmbeddedCredential, {
    signer,
    now: NOW,
    proof,
    ...(suite === undefined ? {} : { suite }),
  })
const verify = (document: object) => verifyCredential(document, { trustedIssuers: anyIssuer, now: NOW, loader })
const codes = async (document: object) => codesOf(await verify(document)).filter((code) => code.startsWith('proof.'))

describe.each([
  ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019'],
  ['eddsa-jcs-2022', 'ecdsa-rdfc-2019'],
  ['eddsa-rdfc-2022', 'ecdsa-jcs-2019'],
  ['eddsa-jcs-2022', 'ecdsa-jcs-2019'],
])('%s, and %s that builds on it', (one, two) => {
  let chain: { readonly proof: readonly Proof[] }
  beforeAll(async () => {
    const begun = await sign(badgeOf({ id: SCHOOL, signer: teacher.signer }), teacher, { id: FIRST }, one)
    expect(await codes(begun)).toEqual(['proof.verified'])
    chain = await sign(begun, head, { id: SECOND, previousProof: FIRST }, two)
  })

  test('both verify', async () => {
    expect(chain.proof).toMatchObject([
      { id: FIRST, verificationMethod: `${SCHOOL}#teacher` },
      { id: SECOND, previousProof: FIRST, verificationMethod: `${SCHOOL}#head` },
    ])
    expect(await codes(chain)).toEqual(['proof.verified', 'proof.verified'])
    expect((await verify(chain)).outcome).toBe('valid')
    // The order of a set says nothing; `previousProof` does.
    expect(await codes({ ...chain, proof: [...chain.proof].reverse() })).toEqual(['proof.verified', 'proof.verified'])
  })
  test('a third proof on the second', async () => {
    const three = await sign(chain as never, teacher, { previousProof: SECOND }, one)
    expect(await codes(three)).toEqual(['proof.verified', 'proof.verified', 'proof.verified'])
  })
  test('without the first the second is nothing', async () => {
    const [, last] = chain.proof as [Proof, Proof]
    expect(await codes({ ...chain, proof: [last] })).toEqual(['proof.malformed'])
  })
  test('on another first proof the second does not verify', async () => {
    const [, last] = chain.proof as [Proof, Proof]
    const other = await sign(
      badgeOf({ id: SCHOOL, signer: teacher.signer }),
      teacher,
      { id: FIRST, domain: 'elsewhere.example' },
      one,
    )
    expect(await codes({ ...chain, proof: [onlyProof(other), last] })).toEqual(['proof.verified', 'proof.mismatch'])
    expect((await verify({ ...chain, proof: [onlyProof(other), last] })).outcome).toBe('invalid')
  })
  test('the first alone stays what it was', async () => {
    expect(await codes({ ...chain, proof: [chain.proof[0]] })).toEqual(['proof.verified'])
  })
  test('the id is signed', async () => {
    const [first] = chain.proof as [Proof, Proof]
    for (const id of ['urn:uuid:00000000-0000-4000-8000-000000000002', undefined]) {
      const { id: _, ...rest } = first
      expect(await codes({ ...chain, proof: { ...rest, ...(id === undefined ? {} : { id }) } })).toEqual([
        'proof.mismatch',
      ])
    }
  })
})

describe('an id is refused', () => {
  const suites: readonly (readonly [KeyAlgorithm, string])[] = [
    ['EdDSA', 'eddsa-rdfc-2022'],
    ['EdDSA', 'eddsa-jcs-2022'],
    ['ES256', 'ecdsa-sd-2023'],
  ]
  describe.each(suites)('%s, %s', (algorithm, suite) => {
    let issuer: Issuer
    beforeAll(async () => {
      issuer = await newIssuer(algorithm)
    })
    test.each(['', 'p1', '#p1', '/proofs/1', 'not a url', '//school.example/1', 7, null, {}, ['urn:uuid:1']])(
      'that is no absolute URL: %j',
      async (id) => {
        const failure = sign(badgeOf(issuer), issuer, { id: id as never }, suite)
        await expect(failure).rejects.toThrow(UsageError)
        await expect(failure).rejects.toMatchObject({
          code: 'usage.invalid_option',
          message: expect.stringMatching(/^"proof\.id" is an absolute URL/),
        })
      },
    )
    test("that is the credential's own, or another proof's", async () => {
      const badge = badgeOf(issuer)
      await expect(sign(badge, issuer, { id: badge.id }, suite)).rejects.toMatchObject({ code: 'usage.invalid_option' })
      const signed = await sign(badge, issuer, { id: FIRST }, suite)
      await expect(sign(signed, issuer, { id: FIRST }, suite)).rejects.toMatchObject({ code: 'usage.invalid_option' })
      expect((await sign(signed, issuer, { id: SECOND }, suite)).proof).toHaveLength(2)
    })
  })
  test('a JWT has no proof that it could name', async () => {
    const issuer = await newIssuer()
    await expect(
      signCredential(badgeOf(issuer), { signer: issuer.signer, format: 'jwt', proof: { id: FIRST } }),
    ).rejects.toMatchObject({ code: 'usage.invalid_option' })
  })
})

test('previousProof must be there', async () => {
  const issuer = await newIssuer()
  const named = await sign(badgeOf(issuer), issuer, { id: FIRST })
  const unnamed = await sign(badgeOf(issuer), issuer, {})
  for (const [credential, previousProof] of [
    [named, SECOND],
    [unnamed, FIRST],
    [badgeOf(issuer), FIRST],
  ] as const)
    await expect(sign(credential, issuer, { previousProof })).rejects.toMatchObject({
      code: 'usage.invalid_option',
      message: expect.stringContaining(previousProof),
    })
})

test('a disclosure keeps the id of the base proof', async () => {
  const issuer = await newIssuer('ES256')
  const derived = await deriveCredential(await sign(badgeOf(issuer), issuer, { id: FIRST }, 'ecdsa-sd-2023'), {
    reveal: [],
  })
  expect(onlyProof(derived).id).toBe(FIRST)
  expect(await codes(derived)).toEqual(['proof.verified'])
})

test("a presentation's proof has one too", async () => {
  const holder = await newIssuer()
  const signer: Signer = holder.signer
  const badge = await signCredential(badgeOf(holder), { signer, now: NOW })
  const presentation = createPresentation({ holder: holder.id, credentials: [badge] })
  expect(await signPresentation(presentation, { signer, now: NOW, proof: { id: FIRST } })).toMatchObject({
    proof: { id: FIRST, proofPurpose: 'authentication' },
  })
})
