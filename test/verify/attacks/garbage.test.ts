/** Whatever stands in a document: a report, never an error, and in bounded time. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anyHolder,
  anyIssuer,
  createVerifier,
  noChallenge,
  type VerificationReport,
  verifyCredential,
} from '../../../src/entries/index.js'
import { onlyProof } from '../../only-proof.js'
import { badgeOf, codesOf, NOW, newIssuer, signed, signRaw, web, withMember } from '../kit.js'
import { type Node, placesIn } from './canonical-form.js'

const issuer = await newIssuer()
const badge = (await signed(issuer)) as unknown as Node
const subject = badge.credentialSubject as Node
const options = { trustedIssuers: anyIssuer, now: NOW, loader: web({}) } as const
const verifier = createVerifier({ ...options, accept: 'any-credential' })
const verify = async (input: unknown): Promise<VerificationReport> => {
  const report = (await verifier.verify(input as object, { now: NOW })) as VerificationReport
  expect(Object.keys(report.checks)).toHaveLength(10)
  return report
}
const present = (input: unknown) =>
  verifier.verifyPresentation(input as object, { now: NOW, challenge: noChallenge, holder: anyHolder })

const JUNK: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  'did:key:',
  'https://',
  '\u0000',
  [],
  [[]],
  [null],
  [5, null, 'x'],
  {},
  { id: null },
  { id: {}, type: 5 },
  { '@id': '_:b0', '@type': [] },
  { '@value': {} },
  { '@graph': [{}] },
  { constructor: { prototype: {} } },
]

describe('junk in the place of each member', () => {
  for (const [how, sign] of [
    ['signed by somebody who signed that', true],
    ['put in later', false],
  ] as const) {
    test(`${how}`, async () => {
      for (const [index, place] of placesIn(badge).entries()) {
        // What is in the proof cannot have been signed.
        if (sign && place[0] === 'proof') continue
        // Each place gets a third of it, and each kind of it gets to a third of the places.
        for (const junk of JUNK.filter((_, at) => (at + index) % 3 === 0)) {
          const { proof, ...document } = withMember(badge, place, junk)
          const resigned = sign ? await signRaw(issuer, document).catch(() => undefined) : { ...document, proof }
          if (resigned !== undefined) await verify(resigned)
        }
      }
    })
  }
  test('of each list', async () => {
    const lists = {
      endorsement: [5, null, 'x', [], {}, [[]]],
      endorsementJwt: [5, null, 'x', 'a.b.c', {}],
      verifiableCredential: [null, 5, [], {}, 'a.b.c'],
      credentialStatus: [[], null, 5, {}, { type: null }, { type: 'BitstringStatusListEntry' }],
      credentialSchema: [[], null, {}, { id: 5, type: 'JsonSchema' }],
      refreshService: [[], null, {}, { id: 'x', type: '1EdTechCredentialRefresh' }],
      relatedResource: [[], null, {}, { id: 5 }, { id: 'https://www.w3.org/ns/credentials/v2', digestSRI: 5 }],
      evidence: [null, 5],
      termsOfUse: [null, [[]]],
    }
    for (const [name, values] of Object.entries(lists)) {
      for (const value of [values, ...values]) {
        const documents = [
          { ...badge, [name]: value },
          { ...badge, credentialSubject: { ...subject, [name]: value } },
          { ...badge, issuer: { ...(badge.issuer as Node), [name]: value } },
          {
            ...badge,
            type: ['VerifiableCredential', 'ClrCredential'],
            credentialSubject: { ...subject, [name]: value },
          },
        ]
        for (const document of documents) {
          const { outcome } = await verify(document)
          // An empty list and null say nothing: JSON-LD does not even see them.
          if ([value].flat(9).some((item) => item !== null)) expect(outcome).not.toBe('valid')
        }
      }
    }
  })
  test('in the place of proofs', async () => {
    const proof = onlyProof(badge)
    const junk = [[[], 5], [null], [[proof]], 5, 'x', {}, [{}], { ...proof, type: {} }, { ...proof, cryptosuite: [] }]
    for (const one of junk) expect((await verify({ ...badge, proof: one })).outcome).not.toBe('valid')
    for (const one of [5, null, 'x', [], {}]) {
      expect((await verify({ ...badge, proof: [one, proof] })).outcome).not.toBe('valid')
      expect((await verify({ ...badge, proof: [proof, one] })).outcome).not.toBe('valid')
    }
  })
  test('pointers are those of the document', async () => {
    const broken = { ...onlyProof(badge), proofValue: 'z1' }
    const report = await verify({ ...badge, proof: [5, broken] })
    expect(report.checks.proof.findings[0]?.pointer).toBe('/proof/1/proofValue')
  })
})

describe('inputs that are no document', () => {
  test.each([
    [''],
    ['   '],
    ['null'],
    ['5'],
    ['"x"'],
    ['[]'],
    ['{}'],
    ['{"a":1}{"a":1}'],
    ['\ufeff{}'],
    ['a.b.c'],
    ['..'],
    ['eyJhbGciOiJub25lIn0.e30.'],
    ['https://example.org'],
    ['<svg'],
    ['{"__proto__":{"x":1}}'],
    ['{"\\u005f_proto__":{"x":1}}'],
    ['{"type":"\\ud800"}'],
    [[]],
    [{}],
    [new Map()],
    [new Date(0)],
    [new Uint8Array(0)],
    [new Uint8Array([0xff, 0xfe])],
    [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    [null],
    [undefined],
    [5],
    [Symbol('x')],
    [() => 1],
  ])('%s', async (input) => {
    expect((await verify(input)).outcome).toBe('invalid')
    expect((await present(input)).outcome).toBe('invalid')
  })
  test('anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        async (input) => {
          expect((await verify(input)).outcome).toBe('invalid')
          expect((await present(input)).outcome).toBe('invalid')
        },
      ),
      { numRuns: 150 },
    )
  })
  test('any JSON text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        expect((await verify(text)).outcome).toBe('invalid')
        expect((await present(text)).outcome).toBe('invalid')
      }),
      { numRuns: 150 },
    )
  })
})

describe('objects that answer otherwise each time', () => {
  test('a getter is read once: what is judged is what was read', async () => {
    let asked = 0
    const twoFaced = {
      ...badge,
      get validUntil() {
        asked++
        return asked === 1 ? undefined : '2020-01-01T00:00:00Z'
      },
    }
    const report = await verify(twoFaced)
    expect(asked).toBe(1)
    expect(report.outcome).toBe('valid')
    expect(report.outcome === 'valid' && report.secured).not.toHaveProperty('validUntil')
  })
  test('a proxy sees nothing after the call', async () => {
    let over = false
    const watched = new Proxy(structuredClone(badge), {
      get(target, name, receiver) {
        if (over) throw new Error('too late')
        return Reflect.get(target, name, receiver)
      },
    })
    const pending = verify(watched)
    over = true
    expect((await pending).outcome).toBe('valid')
  })
  test.each([
    [
      'a getter that throws',
      {
        ...badge,
        get issuer() {
          throw new Error('no')
        },
      },
    ],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('no')
          },
        },
      ),
    ],
    ['a toJSON', { ...badge, toJSON: () => badge }],
    ['a function', { ...badge, name: () => 'x' }],
    ['a bigint', { ...badge, name: 5n }],
    ['a Date', { ...badge, validFrom: new Date(0) }],
    ['a hole', { ...badge, type: new Array(3) }],
    ['not a number', { ...badge, points: Number.NaN }],
    ['inherited members', Object.create(badge)],
    ['a class', Object.assign(new (class Badge {})(), badge)],
  ])('%s is a bad document', async (_, input) => {
    expect((await verify(input)).outcome).toBe('invalid')
  })
  test('a cycle', async () => {
    const cycle: Node = { ...badge }
    cycle.evidence = [cycle]
    expect(codesOf(await verify(cycle))).toContain('format.malformed')
  })
  test('nothing of Object.prototype is taken from or left behind', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']) {
      const text = JSON.stringify(badge).replace('{', `{${JSON.stringify(name)}:{"polluted":true},`)
      expect((await verify(text)).outcome).toBe('invalid')
      const inside = JSON.stringify({ ...badge, credentialSubject: { ...subject, x: 1 } }).replace(
        '"x":1',
        `"${name}":{}`,
      )
      expect((await verify(inside)).outcome).toBe('invalid')
    }
    expect(({} as Node).polluted).toBeUndefined()
  })
})

describe('too much of everything', () => {
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index))
  const proof = onlyProof(badge)
  const big = { ...options, limits: { documentBytes: 64 * 1024 * 1024 } }

  test('10 000 proofs: proof.too_complex, and none is verified', async () => {
    const document = { ...badge, proof: many(10_000, () => proof) }
    const report = await verifyCredential(document, big)
    expect(report.outcome !== 'valid' && report.because).toEqual(['proof.too_complex'])
    const { outcome, checks } = await verifyCredential({ ...badge, proof: many(32, () => proof) }, big)
    expect([outcome, checks.proof.findings.length]).toEqual(['valid', 32])
    expect((await verifyCredential({ ...badge, proof: many(33, () => proof) }, big)).outcome).toBe('invalid')
  })
  test('10 000 proofs of strangers: no key is fetched beyond the limit', async () => {
    const loader = web({})
    const strangers = many(10_000, (n) => ({ ...proof, verificationMethod: `did:web:host-${n}.example#key` }))
    const report = await verifyCredential({ ...badge, proof: strangers }, { ...big, loader })
    expect(report.outcome).toBe('invalid')
    expect(loader.asked.length).toBeLessThanOrEqual(32)
  })
  test('10 000 endorsements: endorsements.limit after a hundred', async () => {
    const document = { ...badgeOf(issuer), endorsementJwt: many(10_000, () => 'e30.e30.AA') }
    const report = await verifyCredential(await signRaw(issuer, document), big)
    expect(codesOf(report)).toContain('endorsements.limit')
    expect(report.endorsements).toHaveLength(100)
  })
  test('10 000 status entries of one list: loaded once', async () => {
    const entry = {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: 'https://issuer.example/status/1',
    }
    const document = await signRaw(issuer, { ...badgeOf(issuer), credentialStatus: many(10_000, () => entry) })
    const loader = web({})
    const report = await verifyCredential(document, { ...big, loader })
    expect(codesOf(report)).toContain('status.unreachable')
    expect(loader.asked).toHaveLength(1)
  })
  test('10 000 status lists: 64 are fetched', async () => {
    const document = await signRaw(issuer, {
      ...badgeOf(issuer),
      credentialStatus: many(10_000, (n) => ({
        id: `https://issuer.example/status/${n}`,
        type: '1EdTechRevocationList',
      })),
      '@context': [...badgeOf(issuer)['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
    })
    const loader = web({})
    expect(codesOf(await verifyCredential(document, { ...big, loader }))).toContain('status.limit')
    expect(loader.asked).toHaveLength(64)
  })
  test('proofs that build on each other in a circle', async () => {
    const circle = [
      { ...proof, id: 'urn:a', previousProof: 'urn:b' },
      { ...proof, id: 'urn:b', previousProof: 'urn:a' },
    ]
    expect((await verify({ ...badge, proof: circle })).outcome).toBe('invalid')
    expect((await verify({ ...badge, proof: { ...proof, id: 'urn:a', previousProof: 'urn:a' } })).outcome).toBe(
      'invalid',
    )
    const missing = await verify({ ...badge, proof: { ...proof, previousProof: 'urn:nowhere' } })
    expect(codesOf(missing)).toContain('proof.malformed')
  })
  test('depth, in JSON and in JWTs', async () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    expect(codesOf(await verify(JSON.stringify(badge).replace('{', `{"x":${deep},`)))).toContain('format.too_deep')
    const payload = Buffer.from(`{"x":${deep}}`).toString('base64url')
    expect(codesOf(await verify(`eyJhbGciOiJFUzI1NiJ9.${payload}.AA`))).toContain('format.too_deep')
  })
  test('a graph made to be slow: in each of a set of proofs', async () => {
    const nodes = many(9, (n) => ({
      id: `_:n${n}`,
      'https://example.org/knows': many(9, (to) => ({ id: `_:n${to}` })),
    }))
    const document = { ...badge, 'https://example.org/graph': nodes, proof: many(32, () => proof) }
    const report = await verifyCredential(document, options)
    expect(report.outcome !== 'valid' && report.because).toEqual(['proof.too_complex'])
  })
})
