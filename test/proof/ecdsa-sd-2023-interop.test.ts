/**
 * With @digitalbazaar/ecdsa-sd-2023-cryptosuite, an independent implementation: base proofs, derived proofs and verification of
 * the one with those of the other. Deriving is deterministic, so both derive the same text.
 */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import {
  createConfirmCryptosuite,
  createDiscloseCryptosuite,
  createSignCryptosuite,
  createVerifyCryptosuite,
} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { analyze } from '../../src/canonical/analyze.js'
import { canonicalize } from '../../src/canonical/canonicalize.js'
import { anyIssuer, deriveCredential, signCredential, verifyCredential } from '../../src/entries/index.js'
import type { JsonObject } from '../../src/internal/types.js'
import { encodePublicMultikey } from '../../src/keys/multikey.js'
import { readDerivedProofValue, writeDerivedProofValue } from '../../src/proof/sd-proof-value.js'
import { bundledContext } from '../../src/resolve/contexts/bundle.js'
import { onlyProof } from '../only-proof.js'
import { badgeOf, type Issuer, NOW, newIssuer, web } from '../verify/kit.js'
import { contextOf } from './ecdsa-sd-2023-support.js'

let issuer: Issuer
beforeAll(async () => {
  issuer = await newIssuer('ES256')
})

const ours = {
  canonize: async (document: object) => {
    const { dataset } = await analyze(document as JsonObject, contextOf())
    return dataset && canonicalize(dataset, { hash: 'SHA-256', maxSteps: 1000 })
  },
  sign: async (badge: object, mandatoryPointers?: string[]) =>
    (await signCredential(badge as never, {
      signer: issuer.signer,
      suite: 'ecdsa-sd-2023',
      now: new Date('2026-01-01T00:00:00Z'),
      ...(mandatoryPointers === undefined ? {} : { proof: { mandatoryPointers } }),
    })) as object,
  derive: async (base: object, reveal: readonly string[]) =>
    (await deriveCredential(base as never, { reveal })) as object,
  verify: async (derived: object) =>
    (await verifyCredential(derived, { trustedIssuers: anyIssuer, now: NOW, loader: web({}) })).checks.proof.findings[0]
      .code,
}

/** Contexts, and the did:key document with its verification method. */
async function documentLoader(url: string) {
  const { verificationMethod, publicKey } = issuer.signer
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: verificationMethod,
    type: 'Multikey',
    controller: issuer.id,
    publicKeyMultibase: encodePublicMultikey(publicKey as never),
  }
  const document =
    bundledContext(url) ??
    (url === verificationMethod
      ? method
      : url === issuer.id
        ? { '@context': 'https://www.w3.org/ns/did/v1', id: url, assertionMethod: [method] }
        : undefined)
  if (document === undefined) throw new Error(`not here: ${url}`)
  return { contextUrl: null, documentUrl: url, document: structuredClone(document) }
}

const theirs = {
  sign: async (badge: object, mandatoryPointers: string[]): Promise<object> => {
    const { verificationMethod, sign } = issuer.signer
    const signer = { id: verificationMethod, algorithm: 'P-256', sign: ({ data }: { data: Uint8Array }) => sign(data) }
    const cryptosuite = createSignCryptosuite({ mandatoryPointers })
    const suite = new DataIntegrityProof({ signer, cryptosuite, date: new Date('2026-01-01T00:00:00Z') })
    return vc.issue({ credential: structuredClone(badge), suite, documentLoader })
  },
  derive: async (base: object, selectivePointers: readonly string[]): Promise<object> => {
    const suite = new DataIntegrityProof({ cryptosuite: createDiscloseCryptosuite({ selectivePointers }) })
    return vc.derive({ verifiableCredential: structuredClone(base), suite, documentLoader })
  },
  verify: async (derived: object, cryptosuite: object = createVerifyCryptosuite()): Promise<string> => {
    const suite = new DataIntegrityProof({ cryptosuite })
    const { verified, error } = await vc.verifyCredential({
      credential: structuredClone(derived),
      suite,
      documentLoader,
    })
    return verified ? 'verified' : String(error?.errors ?? error)
  },
}

const rich = () =>
  badgeOf(issuer, {
    validUntil: '2027-01-01T00:00:00Z',
    name: 'Giving Feedback – Rückmeldung 🎓',
    evidence: [
      { id: 'https://school.example/evidence/1', name: 'A video', narrative: 'Of a "lesson",\nwith _ and : in it.' },
      { type: ['Evidence'], name: 'A letter' },
    ],
    credentialSubject: {
      identifier: [
        { type: 'IdentityObject', hashed: false, identityHash: 'a@school.example', identityType: 'emailAddress' },
      ],
      result: [
        { type: ['Result'], value: '3' },
        { type: ['Result'], value: '4', achievedLevel: 'urn:example:level-4', resultDescription: 'urn:example:scale' },
      ],
      role: 'Teacher',
      achievement: {
        id: 'https://school.example/achievements/giving-feedback',
        name: 'Giving Feedback',
        description: 'Feedback that helps others grow.',
        criteria: { narrative: 'Three pieces of feedback.' },
        tag: ['feedback', 'growth'],
        image: { id: 'https://school.example/image.png', caption: 'An image' },
        creator: { id: issuer.id, type: ['Profile'], name: 'Example School' },
        alignment: [
          { targetName: 'One', targetUrl: 'https://school.example/1', targetType: 'CFItem' },
          { targetName: 'Two', targetUrl: 'https://school.example/2' },
        ],
        resultDescription: [
          {
            id: 'urn:example:scale',
            name: 'Scale',
            resultType: 'RubricCriterionLevel',
            rubricCriterionLevel: [
              { id: 'urn:example:level-4', name: 'Four', level: '4' },
              { id: 'urn:example:level-3', name: 'Three', level: '3' },
            ],
          },
        ],
      },
    },
  } as never)

/** What they can select: they compact the document first, which makes a single value of an array of one. */
const POINTERS = [
  '/name',
  '/evidence',
  '/evidence/1',
  '/evidence/0/narrative',
  '/credentialSubject/identifier',
  '/credentialSubject/result',
  '/credentialSubject/result/1',
  '/credentialSubject/role',
  '/credentialSubject/achievement/tag',
  '/credentialSubject/achievement/tag/1',
  '/credentialSubject/achievement/image',
  '/credentialSubject/achievement/creator',
  '/credentialSubject/achievement/alignment/0',
  '/credentialSubject/achievement/alignment/1/targetUrl',
  '/credentialSubject/achievement/resultDescription',
  '/credentialSubject/achievement',
  '/credentialSubject',
]
const MANDATORY = ['/issuer', '/validFrom', '/credentialSubject/achievement/criteria', '/evidence/0']

describe('@digitalbazaar/ecdsa-sd-2023-cryptosuite', () => {
  // With more blank nodes than one it does not confirm its own either: it numbers those of the mandatory part anew.
  test('confirms our base proof, as its holder can', async () => {
    expect(await theirs.verify(await ours.sign(badgeOf(issuer)), createConfirmCryptosuite())).toBe('verified')
  })

  test('refuses to verify our base proof, and we theirs', async () => {
    expect(await theirs.verify(await ours.sign(rich()))).not.toBe('verified')
    expect(await ours.verify(await theirs.sign(rich(), MANDATORY))).toBe('proof.not_derived')
  })

  for (const [name, sign] of [
    ['ours', () => ours.sign(rich(), ['/evidence/0'])],
    ['theirs', () => theirs.sign(rich(), MANDATORY)],
  ] as const) {
    test(`base proof: ${name}. Both derive the same, and both verify it`, async () => {
      const base = await sign()
      const reveal = ['/credentialSubject/result/1', '/credentialSubject/achievement/tag/1', '/evidence/1']
      const derived = await ours.derive(base, reveal)
      expect(withProofObject(await theirs.derive(base, reveal))).toEqual(withProofObject(derived))
      expect([await theirs.verify(derived), await ours.verify(derived)]).toEqual(['verified', 'proof.verified'])
      const changed = structuredClone(derived) as { credentialSubject: { result: { value: string }[] } }
      ;(changed.credentialSubject.result[0] as { value: string }).value = '6'
      expect(await theirs.verify(changed)).not.toBe('verified')
      expect(await ours.verify(changed)).toBe('proof.mismatch')
    })
  }

  test('a base proof that makes nothing mandatory, not even types', async () => {
    const base = await theirs.sign(rich(), [])
    const reveal = ['/issuer', '/credentialSubject/achievement/tag']
    const derived = await ours.derive(base, reveal)
    expect(withProofObject(await theirs.derive(base, reveal))).toEqual(withProofObject(derived))
    expect([await theirs.verify(derived), await ours.verify(derived)]).toEqual(['verified', 'proof.verified'])
  })

  test('any choice of pointers', async () => {
    const bases = [await ours.sign(rich()), await theirs.sign(rich(), MANDATORY)]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bases), fc.subarray(POINTERS, { minLength: 1 }), async (base, reveal) => {
        const derived = await ours.derive(base, reveal)
        expect(withProofObject(await theirs.derive(base, reveal))).toEqual(withProofObject(derived))
        expect([await theirs.verify(derived), await ours.verify(derived)]).toEqual(['verified', 'proof.verified'])
      }),
      { numRuns: 12 },
    )
  })

  test('what they cannot divide, they verify: a list, a pointer into an array of one', async () => {
    const badge = rich() as unknown as JsonObject
    const { credentialSubject } = structuredClone(badge) as never as { credentialSubject: { achievement: object } }
    const scale = {
      id: 'urn:example:letters',
      name: 'Letters',
      resultType: 'LetterGrade',
      allowedValue: ['A', 'B', 'C'],
    }
    const achievement = {
      ...credentialSubject.achievement,
      resultDescription: [{ type: ['ResultDescription'], ...scale }],
    }
    const { result, ...subject } = credentialSubject as never as { result: object }
    const base = await ours.sign({ ...badge, credentialSubject: { ...subject, achievement } })
    const reveal = ['/credentialSubject/achievement/resultDescription/0', '/credentialSubject/identifier/0']
    await expect(theirs.derive(base, reveal)).rejects.toThrow()
    const derived = await ours.derive(base, reveal)
    expect([await theirs.verify(derived), await ours.verify(derived)]).toEqual(['verified', 'proof.verified'])
  })

  /**
   * Nothing in the specification says that labels are different. A holder who gives one label to two blank nodes, and shows
   * signatures twice, makes two results of one: the failed one can then be looked at apart from its value.
   */
  test('one result that is shown as two: they say it verifies', async () => {
    const result = [{ type: ['Result'], value: '3', status: 'Failed' }]
    const base = await theirs.sign(badgeOf(issuer, { credentialSubject: { result } } as never), MANDATORY.slice(0, 3))
    const derived = await ours.derive(base, ['/credentialSubject/result'])
    const forged = await showTwice(derived as never, [{ value: '3' }, { status: 'Failed' }])
    expect([await theirs.verify(forged), await ours.verify(forged)]).toEqual(['verified', 'proof.malformed'])
  })

  test('what an issuer leaves to the holder can be withheld, and no verifier can tell', async () => {
    const badge = badgeOf(issuer, { validUntil: '2026-03-01T00:00:00Z' })
    const base = await theirs.sign(badge, ['/issuer', '/validFrom', '/credentialSubject/achievement'])
    const report = (document: object) =>
      verifyCredential(document, { trustedIssuers: anyIssuer, now: NOW, loader: web({}) })
    expect(await report(await ours.derive(base, ['/validUntil']))).toMatchObject({ because: ['validity.expired'] })
    expect((await report(await ours.derive(base, []))).outcome).toBe('valid')
  })
})

/** We write a badge's proofs as a list, they one as an object: everything else must be the same. */
const withProofObject = (derived: object) => ({ ...derived, proof: onlyProof(derived) })

interface WithResults extends JsonObject {
  readonly credentialSubject: JsonObject
}

/** Its one result as several, all under the label of the one. */
async function showTwice(derived: WithResults, results: object[]): Promise<object> {
  const { proof: _, ...document } = derived
  const proof = onlyProof(derived)
  const value = readDerivedProofValue(proof.proofValue, 99_999)
  if (typeof value === 'string') throw new Error(value)
  const criteria = (nquads: string) => Number(/riteria> _:c14n(\d)/i.exec(nquads)?.[1])
  const before = await relabel(document, (nquads) => ({
    label: (number) => value.labels.get(number) as Uint8Array,
    criteria: criteria(nquads),
  }))
  const result = results.map((each) => ({ type: ['Result'], ...each }))
  const forged = { ...document, credentialSubject: { ...document.credentialSubject, result } }
  const [ofCriteria, ofResult] = [value.labels.get(before.criteria), value.labels.get(1 - before.criteria)]
  const after = await relabel(forged, (nquads) => ({
    label: (number) => (number === criteria(nquads) ? ofCriteria : ofResult) as Uint8Array,
    criteria: criteria(nquads),
  }))
  const others = before.lines.filter((_, index) => !value.mandatoryIndexes.includes(index))
  const signatures = after.lines.flatMap((line) => value.signatures[others.indexOf(line)] ?? [])
  const mandatoryIndexes = after.lines.flatMap((line, index) => (others.includes(line) ? [] : [index]))
  const proofValue = writeDerivedProofValue({ ...value, labels: after.labels, signatures, mandatoryIndexes })
  return { ...forged, proof: { ...proof, proofValue } }
}

/** The lines as a verifier has them that does not notice when two are the same. */
async function relabel(
  document: object,
  choose: (nquads: string) => { label: (number: number) => Uint8Array; criteria: number },
) {
  const nquads = (await ours.canonize(document)) as string
  const { label, criteria } = choose(nquads)
  const labels = new Map(
    [...new Set(nquads.match(/(?<=_:c14n)\d/g))].map((number) => [Number(number), label(Number(number))]),
  )
  const name = (number: number) => `_:u${Buffer.from(labels.get(number) as Uint8Array).toString('base64url')}`
  const lines = nquads.split('\n').slice(0, -1)
  return {
    labels,
    criteria,
    lines: lines.map((line) => line.replace(/_:c14n(\d)/g, (_, number) => name(Number(number)))).sort(),
  }
}
