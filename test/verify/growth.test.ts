/**
 * The growth family: badges made to take long, of any mix of pieces that multiply each other. Work is what V8 counts, of this library and of
 * the package jsonld, for inputs of one, two and four times a size: n log n at most, whatever the badge, its proof and its outcome are.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { workOfAsync } from '../work.js'

const { createVerifier } = await import('../../src/entries/index.js')
const { badgeOf, NOW, newIssuer, signRaw, web } = await import('./kit.js')

const issuer = await newIssuer()
const list = <T>(length: number, make: (index: number) => T): T[] =>
  Array.from({ length: Math.max(1, Math.floor(length)) }, (_, index) => make(index))
const members = (count: number, make: (index: number) => readonly [string, unknown]) =>
  Object.fromEntries(list(count, make))
const long = (length: number, start = 'https://example.org/') => start + 'T'.repeat(length)

// biome-ignore lint/suspicious/noExplicitAny: documents that are turned inside out
type Loose = any
/** Adds about `n` characters to a badge. */
type Piece = (badge: Loose, n: number) => void
const context = (badge: Loose, ...more: unknown[]) => void badge['@context'].push(...more)

const CONTEXTS: Readonly<Record<string, Piece>> = {
  'a long @vocab': (badge, n) => context(badge, { '@vocab': long(n) }),
  'a long prefix': (badge, n) => context(badge, { p: { '@id': long(n), '@prefix': true } }),
  'a long predicate': (badge, n) => context(badge, { v: long(n), w: long(n) }),
  'a long datatype': (badge, n) => context(badge, { v: { '@id': 'urn:v', '@type': long(n) } }),
  'a long language': (badge, n) => context(badge, { v: { '@id': 'urn:v', '@language': `en${'-a'.repeat(n / 2)}` } }),
  'terms without end': (badge, n) =>
    context(
      badge,
      members(n / 30, (index) => [`t${index}`, `urn:t:${index}`]),
    ),
  'terms with prefixes': (badge, n) =>
    context(badge, {
      p: { '@id': long(n / 2), '@prefix': true },
      ...members(n / 40, (index) => [`t${index}`, `p:${index}`]),
    }),
  'scopes in scopes': (badge, n) => {
    let scope: object = members(n / 60, (index) => [`t${index}`, `urn:${index}`])
    for (let level = 0; level < 12; level++) scope = { v: { '@id': `urn:v${level}`, '@context': [{}, scope] } }
    context(badge, scope)
  },
  'a scope for a type': (badge, n) =>
    context(badge, {
      T: { '@id': 'urn:T', '@context': members(n / 30, (index) => [`t${index}`, `urn:t${index}`]) },
      v: 'urn:v',
    }),
  'contexts one after another': (badge, n) => context(badge, ...list(n / 30, (index) => ({ [`c${index}`]: 'urn:c' }))),
  'a scope that is its own': (badge, n) =>
    context(badge, {
      v: {
        '@id': 'urn:v',
        '@context': { v: { '@id': 'urn:v', '@context': members(n / 30, (index) => [`t${index}`, 'urn:t']) } },
      },
    }),
  'an import': (badge, n) =>
    context(badge, {
      '@version': 1.1,
      '@import': 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ...members(n / 30, (index) => [`i${index}`, 'urn:i']),
    }),
}
const BODIES: Readonly<Record<string, Piece>> = {
  'members of all names': (badge, n) =>
    Object.assign(
      badge,
      members(n / 15, (index) => [`t${index}`, 'x']),
    ),
  'members with a prefix': (badge, n) =>
    Object.assign(
      badge,
      members(n / 15, (index) => [`p:${index}`, 'x']),
    ),
  'values of one member': (badge, n) => Object.assign(badge, { v: list(n / 8, (index) => `${index}`) }),
  'numbers of one member': (badge, n) => Object.assign(badge, { v: list(n / 8, Number) }),
  'objects of one member': (badge, n) =>
    Object.assign(badge, { v: list(n / 20, (index) => ({ type: 'T', t0: index })) }),
  'objects with a context': (badge, n) =>
    Object.assign(badge, { v: list(n / 40, (index) => ({ '@context': { a: 'urn:a' }, a: index })) }),
  'objects in objects': (badge, n) => {
    let inner: object = { v: list(n / 10, String) }
    for (let level = 0; level < 30; level++) inner = { v: inner }
    Object.assign(badge, inner)
  },
  'types without end': (badge, n) => badge.type.push(...list(n / 12, (index) => `t${index}`)),
  'blank nodes in rings': (badge, n) =>
    Object.assign(badge, {
      v: list(n / 60, (index) => ({ id: `_:b${index}`, v: { id: `_:b${index % 2 === 0 ? index + 1 : index - 1}` } })),
    }),
  'objects with one id': (badge, n) =>
    Object.assign(badge, {
      evidence: list(n / 60, (index) => ({ id: 'urn:e', type: ['Evidence'], name: `${index}` })),
    }),
  'the issuer in many places': (badge, n) =>
    Object.assign(badge, {
      issuer: { ...badge.issuer, description: 'D'.repeat(n / 2) },
      evidence: list(n / 150, (index) => ({
        id: `urn:${index}`,
        type: ['Evidence'],
        v: { id: badge.issuer.id, v: `${index}` },
      })),
    }),
  'references to each other': (badge, n) =>
    Object.assign(badge, {
      evidence: list(n / 70, (index) => ({
        id: `urn:${index}`,
        type: ['Evidence'],
        v: [{ id: `urn:${index + 1}` }, { id: `urn:${index + 2}` }],
      })),
    }),
  endorsements: (badge, n) =>
    Object.assign(badge, {
      endorsement: list(n / 400, (index) => ({
        '@context': badge['@context'].slice(0, 2),
        id: `urn:endorsement:${index}`,
        type: ['VerifiableCredential', 'EndorsementCredential'],
        name: 'E',
        issuer: { id: badge.issuer.id, type: ['Profile'], name: `${index}` },
        validFrom: '2026-01-01T00:00:00Z',
        credentialSubject: { id: badge.id, type: ['EndorsementSubject'], endorsementComment: 'C' },
      })),
    }),
  alignments: (badge, n) =>
    Object.assign(badge.credentialSubject.achievement, {
      alignment: list(n / 80, (index) => ({
        type: ['Alignment'],
        targetName: 'T',
        targetUrl: `https://f.example/${index}`,
      })),
    }),
  tags: (badge, n) => Object.assign(badge.credentialSubject.achievement, { tag: list(n / 10, String) }),
  'results and levels': (badge, n) => {
    const levels = list(n / 200, (index) => ({
      id: `urn:l:${index}`,
      type: ['RubricCriterionLevel'],
      name: `${index}`,
    }))
    Object.assign(badge.credentialSubject.achievement, {
      resultDescription: [
        {
          id: 'urn:r',
          type: ['ResultDescription'],
          name: 'R',
          resultType: 'RubricCriterionLevel',
          rubricCriterionLevel: levels,
        },
      ],
    })
    badge.credentialSubject.result = list(n / 200, (index) => ({
      type: ['Result'],
      resultDescription: 'urn:r',
      achievedLevel: `urn:l:${index}`,
    }))
  },
  identifiers: (badge, n) =>
    Object.assign(badge.credentialSubject, {
      identifier: list(n / 130, (index) => ({
        type: 'IdentityObject',
        hashed: false,
        identityHash: `${index}`,
        identityType: 'name',
      })),
    }),
  proofs: (badge, n) =>
    Object.assign(badge, { proof: list(n / 60, (index) => ({ type: 'DataIntegrityProof', created: `${index}` })) }),
  'a long text': (badge, n) => Object.assign(badge.credentialSubject.achievement, { description: 'D '.repeat(n / 2) }),
}

function made(contexts: readonly string[], bodies: readonly string[], size: number): object {
  const badge = structuredClone(badgeOf(issuer)) as Loose
  const share = size / (contexts.length + bodies.length)
  for (const name of contexts) CONTEXTS[name]?.(badge, share)
  for (const name of bodies) BODIES[name]?.(badge, share)
  return badge
}

/** As it can be sent: signed where it can be, and with a proof that fails. */
async function sent(document: object): Promise<object> {
  const forged = {
    proof: {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      proofPurpose: 'assertionMethod',
      verificationMethod: issuer.signer.verificationMethod,
      created: '2026-01-01T00:00:00Z',
      proofValue: `z${'3'.repeat(86)}`,
    },
  }
  const signed = await signRaw(issuer, document).catch(() => undefined)
  return signed ?? { ...forged, ...document }
}

/** Of one, two and four times the size: how much is sent, and how much work it is. */
async function growth(contexts: readonly string[], bodies: readonly string[]): Promise<readonly Measured[]> {
  const verifier = createVerifier({
    trustedIssuers: [issuer.id],
    trustedEndorsers: [issuer.id],
    loader: web({}),
    timeoutMs: 600_000,
  })
  const measured: Measured[] = []
  // What is loaded and remembered once is no part of it.
  for (const times of [1, 1, 2, 4]) {
    const input = await sent(made(contexts, bodies, times * SIZE))
    const work = await workOfAsync(() => verifier.verify(input, { now: NOW }))
    measured.push({ bytes: JSON.stringify(input).length, work })
  }
  return measured.slice(1)
}
interface Measured {
  readonly bytes: number
  readonly work: number
}
const SIZE = 6_000
/** Pieces of code that are run for a byte, at most: below that, and with a whole context for each object, more than n log n is allowed. */
const PER_BYTE = 2_500
/** Scopes in scopes times nodes that only the package jsonld walks: six times the work for four times the bytes, until the budget ends it. */
const PER_BYTE_OF_A_MIX = 8_000

/** n log n from 6 000 to 24 000 is 4.6; what is set up once only makes it less. */
function expectGrowth([one, , four]: readonly Measured[], what: string, perByte = PER_BYTE): void {
  if (one === undefined || four === undefined) throw new Error('nothing was measured')
  const most = Math.max(1.5 * (four.bytes / one.bytes) * one.work, perByte * four.bytes)
  expect(four.work, what).toBeLessThan(most)
}

describe('work grows with the badge', () => {
  test.each(Object.keys(BODIES))('%s', async (body) => expectGrowth(await growth([], [body]), body))
  test.each(Object.keys(CONTEXTS))('%s', async (name) => {
    expectGrowth(await growth([name], ['objects of one member']), name)
  })
  test('any mix of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...Object.keys(CONTEXTS)), { maxLength: 3 }),
        fc.uniqueArray(fc.constantFrom(...Object.keys(BODIES)), { minLength: 1, maxLength: 3 }),
        async (contexts, bodies) =>
          expectGrowth(await growth(contexts, bodies), [...contexts, ...bodies].join(', '), PER_BYTE_OF_A_MIX),
      ),
      { numRuns: 6 },
    )
  })
})
