/**
 * The other direction: what we issue satisfies the published rules of 1EdTech's validator. Open Badges 3.0
 * sections 8.2 (JSON Web Token) and 8.3 (Data Integrity), both JSON Schemas, JSON-LD in safe mode. Judged by others' code: jose,
 * ajv, jsonld; @digitalbazaar/vc verifies the same badges in test/interop.
 */
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createEndorsement,
  deriveCredential,
  type KeyAlgorithm,
  signCredential,
  verifyCredential,
} from '../../src/entries/index.js'
import { onlyProof } from '../only-proof.js'
import { shared } from '../shared.js'
import { canonicalForm, type Node } from './attacks/canonical-form.js'
import { badgeOf, NOW, newIssuer, TEACHER, web } from './kit.js'

const LEVEL = 'urn:uuid:00000000-0000-4000-8000-00000000000a'
const DESCRIPTION = 'urn:uuid:00000000-0000-4000-8000-000000000001'
type Overrides = NonNullable<Parameters<typeof badgeOf>[1]>

const BADGES: Readonly<Record<string, Overrides>> = {
  minimal: {},
  'with an end': { validUntil: '2030-01-01T00:00:00Z' },
  'for an e-mail address': {
    credentialSubject: {
      id: undefined,
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityHash: `sha256$${'ab'.repeat(32)}`,
          identityType: 'emailAddress',
          salt: 'pepper',
        },
      ],
    } as never,
  },
  'with status, refresh and schema': {
    credentialStatus: {
      id: 'https://issuer.example/status/1#7',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: 'https://issuer.example/status/1',
    } as never,
    refreshService: { id: 'https://issuer.example/refresh/1', type: '1EdTechCredentialRefresh' },
    credentialSchema: [
      {
        id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
        type: '1EdTechJsonSchemaValidator2019',
      },
    ],
    extensions: { contexts: ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], properties: {} },
  },
  'with levels and results': {
    credentialSubject: {
      achievement: {
        id: 'https://school.example/achievements/giving-feedback',
        name: 'Giving Feedback \u00AE',
        description: 'Feedback that helps others grow \u{1F331}.',
        criteria: { narrative: 'Three pieces of feedback.' },
        achievementType: 'Competency',
        image: { id: 'https://school.example/badge.png', caption: 'A tree' },
        tag: ['feedback'],
        alignment: [
          {
            targetName: 'Giving feedback',
            targetUrl: 'https://frameworks.example/feedback',
            targetType: 'CFItem',
            targetCode: 'F1',
          },
        ],
        resultDescription: [
          {
            id: DESCRIPTION,
            name: 'Level',
            resultType: 'RubricCriterionLevel',
            rubricCriterionLevel: [{ id: LEVEL, name: 'Mastered' }],
          },
        ],
      },
      result: [{ resultDescription: DESCRIPTION, achievedLevel: LEVEL }],
    } as never,
    evidence: [{ id: 'https://school.example/evidence/1', name: 'A recording' }] as never,
  },
}

const files = {
  current: shared('schemas/ob/ob_v3p0_achievementcredential_schema.json'),
  strict: shared('schemas/ob-strict/ob_v3p0_achievementcredential_schema.json-ld-variant.json'),
}
const validators = Object.entries(files).flatMap(([name, path]) => {
  if (path === undefined) return []
  const ajv = new Ajv2019({ strict: false })
  formats.default(ajv)
  return [[name, ajv.compile(JSON.parse(readFileSync(path, 'utf8')))] as const]
})
function expectSchemas(document: object): void {
  for (const [name, validate] of validators) {
    validate(document)
    expect({ name, errors: validate.errors }).toEqual({ name, errors: null })
  }
}
const verify = (input: object | string) =>
  verifyCredential(input, {
    trustedIssuers: anyIssuer,
    now: NOW,
    loader: web({}),
    policy: { status: 'report-only', refresh: 'report-only' },
  })

describe.each(Object.entries(BADGES))('a badge %s', (_, overrides) => {
  test.each<[KeyAlgorithm, string]>([
    ['EdDSA', 'eddsa-rdfc-2022'],
    ['ES256', 'ecdsa-rdfc-2019'],
    ['ES384', 'ecdsa-rdfc-2019'],
  ])('embedded, by a key for %s: %s', async (algorithm, cryptosuite) => {
    const issuer = await newIssuer(algorithm)
    const badge = await signCredential(badgeOf(issuer, overrides), { signer: issuer.signer, now: NOW })
    expectSchemas(badge)
    expect(await canonicalForm(badge as unknown as Node)).toBeDefined()
    // Section 8.3, and what the validator demands of a proof: its kind, its purpose, a key of the issuer's.
    expect(onlyProof(badge)).toMatchObject({
      type: 'DataIntegrityProof',
      cryptosuite,
      proofPurpose: 'assertionMethod',
      created: '2026-06-01T12:00:00Z',
      proofValue: expect.stringMatching(/^z[1-9A-HJ-NP-Za-km-z]+$/),
    })
    const [controller, fragment] = onlyProof(badge).verificationMethod?.split('#') ?? []
    expect(controller).toBe(issuer.id)
    expect(fragment).toMatch(/^z/)
    expect((await verify(badge)).outcome).toBe('valid')
  })

  test('disclosed in part: ecdsa-sd-2023', async () => {
    const issuer = await newIssuer('ES256')
    const options = { signer: issuer.signer, suite: 'ecdsa-sd-2023', now: NOW }
    const base = await signCredential(badgeOf(issuer, overrides), options)
    expect((await verify(base)).outcome).toBe('invalid')
    const derived = await deriveCredential(base, { reveal: [] })
    expectSchemas(derived)
    expect(await canonicalForm(derived as unknown as Node)).toBeDefined()
    expect(onlyProof(derived)).toMatchObject({
      type: 'DataIntegrityProof',
      cryptosuite: 'ecdsa-sd-2023',
      proofPurpose: 'assertionMethod',
      proofValue: expect.stringMatching(/^u[\w-]+$/),
    })
    expect((await verify(derived)).outcome).toBe('valid')
  })

  test.each<KeyAlgorithm>(['RS256', 'ES256'])('as a JWT, %s', async (algorithm) => {
    const issuer = await newIssuer(algorithm)
    const badge = badgeOf(issuer, overrides)
    const jwt = await signCredential(badge, { signer: issuer.signer, format: 'jwt', now: NOW })
    const key = await importJWK(issuer.signer.publicKey as never, algorithm)
    const { payload } = await jwtVerify(jwt, key, { currentDate: NOW, algorithms: [algorithm], issuer: issuer.id })
    // Section 8.2.2.1, JOSE header; 8.2.2.2, the claims.
    expect(decodeProtectedHeader(jwt)).toMatchObject({
      alg: algorithm,
      typ: 'JWT',
      kid: issuer.signer.verificationMethod,
    })
    const { subject, ...claims } = {
      iss: issuer.id,
      jti: badge.id,
      nbf: Date.parse(badge.validFrom) / 1000,
      subject: (badge.credentialSubject as { id?: string }).id,
    }
    expect(payload).toMatchObject(claims)
    expect(payload.sub).toBe(subject)
    if (subject !== undefined) expect(subject).toBe(TEACHER)
    const { validUntil } = badge as { validUntil?: string }
    expect(payload.exp).toBe(validUntil === undefined ? undefined : Date.parse(validUntil) / 1000)
    const { iss, jti, sub, nbf, exp, ...credential } = payload
    expect(credential).toEqual(JSON.parse(JSON.stringify(badge)))
    expectSchemas(credential)
    expectSchemas(payload)
    expect((await verify(jwt)).outcome).toBe('valid')
  })
})

test('a badge with an endorsement of ours inside', async () => {
  const [issuer, endorser] = [await newIssuer(), await newIssuer('ES256')]
  const draft = createEndorsement({
    name: 'A good badge',
    issuer: { id: endorser.id },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: badgeOf(issuer).id },
  })
  const endorsement = await signCredential(draft, { signer: endorser.signer, now: NOW })
  const badge = await signCredential(badgeOf(issuer, { endorsement: [endorsement] }), {
    signer: issuer.signer,
    now: NOW,
  })
  expect(badge.endorsement?.[0]?.proof).toEqual([onlyProof(endorsement)])
  expectSchemas(badge)
  expect((await verify(badge)).outcome).toBe('valid')
})

test.skipIf(validators.length === 0)('the schemas can say no', () => {
  for (const [, validate] of validators) expect(validate({ type: ['VerifiableCredential'] })).toBe(false)
})
