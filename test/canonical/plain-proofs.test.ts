/** vc-di-eddsa section 3.2.5: proof configurations whose kind is known have the canonical form, and the problems, of the whole path. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../src/canonical/analyze.js'
import { canonicalize } from '../../src/canonical/canonicalize.js'
import type { Analysis } from '../../src/canonical/types.js'
import type { JsonObject } from '../../src/internal/types.js'
import { context } from './support.js'

const VC = 'https://www.w3.org/ns/credentials/v2'
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const proof = {
  '@context': [VC, OB],
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-01-01T00:00:00Z',
  verificationMethod: 'did:key:z6Mk#z6Mk',
  proofPurpose: 'assertionMethod',
}
const outcome = ({ dataset, problems }: Analysis): unknown => {
  if (dataset === undefined || problems.length > 0) return problems
  try {
    return canonicalize(dataset, { hash: 'SHA-256', maxSteps: 100 })
  } catch (error) {
    return String(error)
  }
}
const known = context()
await analyze(proof, known)
await analyze({ ...proof, proofPurpose: 'authentication' }, known)
await analyze({ ...proof, '@context': [VC] }, known)

/** By the forms that are known by now, and as if it were the first of its kind. */
async function demandSame(document: JsonObject): Promise<boolean> {
  const fast = await analyze(document, known)
  const whole = outcome(await analyze(document, context()))
  expect(fast.nquads ?? whole).toEqual(whole)
  expect(outcome(fast)).toEqual(whole)
  return fast.nquads !== undefined
}

describe('the form of a kind that is known', () => {
  test.each<[string, JsonObject]>([
    ['another time', { created: '2027-01-01T00:00:00+02:00' }],
    ['a key with a scheme of its own', { verificationMethod: 'xsd:key' }],
    ['another key', { verificationMethod: 'https://issuer.example/keys#1' }],
    ['another purpose', { proofPurpose: 'authentication' }],
    ['another context', { '@context': [VC] }],
    ['characters that are escaped', { created: 'a "b"\n\\', verificationMethod: 'https://issuer.example/<"{}>' }],
    ['characters beyond the basic plane', { created: '\u{1f600}' }],
  ])('is used for %s', async (_, change) => expect(await demandSame({ ...proof, ...change })).toBe(true))

  test.each<[string, JsonObject]>([
    ['a relative key', { verificationMethod: '#key' }],
    ['a blank node as key', { verificationMethod: '_:key' }],
    ['a lone surrogate', { created: '\ud800' }],
    ['an id', { id: 'urn:uuid:1' }],
    ['a challenge', { challenge: 'c' }],
    ['another member', { created2: 'x' }],
    ['a list', { created: ['2026-01-01T00:00:00Z'] }],
    ['another suite', { cryptosuite: 'ecdsa-rdfc-2019' }],
    ['another type', { type: 'Ed25519Signature2020' }],
    ['a suite with a line break', { cryptosuite: 'eddsa-rdfc-2022\nassertionMethod' }],
    ['a context of its own', { '@context': [VC, OB, { created: 'https://example.org/created' }] }],
    ['no context', { '@context': [] }],
  ])('is not used for %s', async (_, change) => {
    const kinds = context()
    await analyze(proof, kinds)
    expect((await analyze({ ...proof, ...change }, kinds)).nquads).toBeUndefined()
    await demandSame({ ...proof, ...change })
  })

  test('whatever the texts are', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.oneof(fc.string(), fc.webUrl()), async (created, method) => {
        await demandSame({ ...proof, created, verificationMethod: method })
      }),
      { numRuns: 200 },
    ))
})
